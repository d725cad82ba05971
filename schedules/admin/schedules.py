"""Schedules and their cells in the admin."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from schedules.models import Schedule, Shift
from schedules.services.cells import CellEdit, cell_edit
from schedules.services.locks import CellsLock, CellsUnlock, cells_lock, cells_unlock
from schedules.services.publishing import SchedulePublish, ScheduleUnpublish, schedule_publish, schedule_unpublish
from shiftsync.core.actor import Role
from shiftsync.core.admin import HistoryAdmin, ServiceForm
from shiftsync.core.errors import ValidationFailed
from shiftsync.realtime.admin import ChangeAdmin
from shiftsync.tenants.admin import BY_RESTAURANT


@admin.register(Schedule)
class ScheduleAdmin(HistoryAdmin, ChangeAdmin):
    """Schedules come with their periods; here they are published, or taken back."""

    can_add = can_edit = False
    list_display = ("period", "restaurant", "state", "published_at")
    list_filter = (BY_RESTAURANT, "state")
    list_select_related = ("period", "restaurant")
    fields = ("restaurant", "period", "state", "published_at")
    actions = ("publish", "unpublish")

    @admin.action(description="Publish the selected schedules as they are now", permissions=["change"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Schedule]) -> None:
        def serve(row: Schedule) -> None:
            schedule_publish(self.change(request, row.restaurant_id, SchedulePublish(str(row.id))))

        self.for_each(request, queryset, serve, "schedules published")

    @admin.action(description="Unpublish the selected schedules", permissions=["change"])
    def unpublish(self, request: HttpRequest, queryset: QuerySet[Schedule]) -> None:
        def serve(row: Schedule) -> None:
            schedule_unpublish(self.change(request, row.restaurant_id, ScheduleUnpublish(str(row.id))))

        self.for_each(request, queryset, serve, "schedules unpublished")


class CellForm(ServiceForm):
    """One cell."""

    wire_names = {"schedule": "scheduleId", "staff": "staffId", "date": "dateKey", "value": "shiftValue"}


@admin.register(Shift)
class CellAdmin(HistoryAdmin, ChangeAdmin):
    """The cells that were ever filled, to be found by schedule, and edited one by one. Drafts are for editors."""

    form = CellForm
    view_role = Role.MANAGER
    list_display = ("date", "staff", "schedule", "value", "is_locked", "revision")
    list_filter = (BY_RESTAURANT, ("schedule", admin.RelatedOnlyFieldListFilter), "value", "is_locked")
    list_select_related = ("staff", "schedule", "schedule__period")
    search_fields = ("staff__name",)
    date_hierarchy = "date"
    ordering = ("date", "staff__staff_order")
    fields = ("schedule", "staff", "date", "value", "is_locked")
    actions = ("lock", "unlock")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("schedule", "staff", "date", "is_locked") if obj else ("is_locked",)

    def add_by_service(self, request: HttpRequest, form: Any) -> UUID:
        data = form.cleaned_data
        if not data["value"]:
            raise ValidationFailed.of("shiftValue", "The cell is already blank.")
        schedule, staff = data["schedule"], data["staff"]
        self._edit(request, schedule.restaurant_id, CellEdit(str(schedule.id), str(staff.id), *_day(data)), form)
        id: UUID = Shift.objects.values_list("id", flat=True).get(schedule=schedule, staff=staff, date=data["date"])
        return id

    def change_by_service(self, request: HttpRequest, row: Shift, form: Any) -> None:
        intent = CellEdit(str(row.schedule_id), str(row.staff_id), str(row.date), form.cleaned_data["value"])
        self._edit(request, row.restaurant_id, intent, form)

    def _edit(self, request: HttpRequest, restaurant_id: UUID, intent: CellEdit, form: Any) -> None:
        self.tell(request, cell_edit(self.change(request, restaurant_id, intent, form)))

    @admin.action(description="Lock the selected cells", permissions=["change"])
    def lock(self, request: HttpRequest, queryset: QuerySet[Shift]) -> None:
        self._set_locks(request, queryset, lambda row, cells: cells_lock(self._of(request, row, CellsLock, cells)))

    @admin.action(description="Unlock the selected cells", permissions=["change"])
    def unlock(self, request: HttpRequest, queryset: QuerySet[Shift]) -> None:
        self._set_locks(request, queryset, lambda row, cells: cells_unlock(self._of(request, row, CellsUnlock, cells)))

    def _of(self, request: HttpRequest, row: Shift, intent: Any, cells: list[dict[str, str]]) -> Any:
        return self.change(request, row.restaurant_id, intent(str(row.schedule_id), cells))

    def _set_locks(self, request: HttpRequest, rows: QuerySet[Shift], turn: Callable[[Shift, Any], object]) -> None:
        """One change for each schedule."""
        by_schedule: dict[UUID, list[Shift]] = {}
        for row in rows:
            by_schedule.setdefault(row.schedule_id, []).append(row)

        def serve(row: Shift) -> None:
            cells = by_schedule[row.schedule_id]
            turn(row, [{"staff_id": str(cell.staff_id), "date_key": str(cell.date)} for cell in cells])

        self.for_each(request, [cells[0] for cells in by_schedule.values()], serve, "schedules changed")


def _day(data: dict[str, Any]) -> tuple[str, str]:
    return str(data["date"]), data["value"]
