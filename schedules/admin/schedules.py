"""Schedules and their cells in the admin."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from schedules.admin.planning import PlanningPages
from schedules.models import Schedule, ScheduleState, Shift
from schedules.publications.kept import publication_preview
from schedules.services.cells import CellEdit, cell_edit
from schedules.services.locks import CellsLock, CellsUnlock, cells_lock, cells_unlock
from schedules.services.publishing import SchedulePublish, ScheduleUnpublish, schedule_publish, schedule_unpublish
from shiftsync.core.actor import Role
from shiftsync.core.admin import ServiceForm
from shiftsync.core.admin_history import HistoryAdmin
from shiftsync.core.admin_site import Task
from shiftsync.core.errors import ValidationFailed
from shiftsync.core.wording import named
from shiftsync.realtime.admin import ChangeAdmin
from shiftsync.tenants.admin import BY_RESTAURANT, WordsFilter
from staff.models import StaffMember

named(
    Schedule,
    _("month"),
    _("months"),
    restaurant=_("restaurant"),
    period=_("period"),
    state=_("state"),
    published_at=_("published at"),
    publication=_("publication"),
    wish_deadline=_("last day for wishes"),
    wish_limit=_("wishes per person"),
)
named(
    Shift,
    _("cell"),
    _("cells"),
    restaurant=_("restaurant"),
    schedule=_("month"),
    staff=_("staff member"),
    date=_("date"),
    value=_("shift"),
    is_locked=_("locked"),
    revision=_("version"),
)


class PositionFilter(admin.SimpleListFilter):
    """Cells of the people in a position. Django's own filter would list the positions of every restaurant."""

    title = _("position")
    parameter_name = "position"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        people = StaffMember.objects.filter(restaurant_id__in=model_admin.visible(request)).exclude(position="")
        names = people.order_by("position").values_list("position", flat=True).distinct()
        return [(name, name) for name in names]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Shift]) -> QuerySet[Shift]:
        return queryset.filter(staff__position=self.value()) if self.value() else queryset


@admin.register(Schedule)
class ScheduleAdmin(HistoryAdmin, PlanningPages):
    """Schedules come with their periods; here they are planned, published, or taken back."""

    task, place = Task.MONTH, 1
    guide = _("Open a month to plan its days and people; publish it when it is ready.")
    can_add = can_edit = False
    list_display = ("period", "restaurant", "state", "published_at", "wish_deadline", "plan")
    list_filter = (BY_RESTAURANT, "state")
    list_select_related = ("period", "restaurant")
    fields = ("restaurant", "period", "state", "published_at", "wish_deadline", "wish_limit")
    actions = ("publish", "unpublish")

    @admin.display(description=_("planning"))
    def plan(self, row: Schedule) -> str:
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:schedules_schedule_month", args=[row.pk]), gettext("Plan this month")
        )

    @admin.action(description=_("Publish the selected schedules as they are now"), permissions=["change"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Schedule]) -> HttpResponse | None:
        rows = [*queryset]
        asked = self.confirmation(
            request,
            rows,
            title=gettext("Publish?"),
            consequences=[_what_publishing_changes(row) for row in rows],
            button=gettext("Publish"),
        )
        if asked is not None:
            return asked

        def serve(row: Schedule) -> None:
            schedule_publish(self.change(request, row.restaurant_id, SchedulePublish(str(row.id))))

        self.for_each(request, rows, serve, gettext("schedules published"))
        return None

    @admin.action(description=_("Unpublish the selected schedules"), permissions=["change"])
    def unpublish(self, request: HttpRequest, queryset: QuerySet[Schedule]) -> HttpResponse | None:
        rows = [*queryset.filter(state=ScheduleState.PUBLISHED)] or [*queryset]
        asked = self.confirmation(
            request,
            rows,
            title=gettext("Withdraw what is published?"),
            consequences=[_what_taking_back_means(row) for row in rows],
            button=gettext("Withdraw"),
        )
        if asked is not None:
            return asked

        def serve(row: Schedule) -> None:
            schedule_unpublish(self.change(request, row.restaurant_id, ScheduleUnpublish(str(row.id))))

        self.for_each(request, rows, serve, gettext("schedules unpublished"))
        return None


def _what_publishing_changes(row: Schedule) -> str:
    preview = publication_preview(row.restaurant_id, row.pk)
    cells, others = len(preview["diff"]), sum(len(section) for section in preview["changes"].values())
    words = {"period": row.period, "cells": cells, "others": others}
    if not cells and not others:
        return gettext("%(period)s: nothing differs from what is published.") % words
    return gettext("%(period)s: %(cells)d cells and %(others)d other things change for staff and viewers.") % words


def _what_taking_back_means(row: Schedule) -> str:
    seen = len(publication_preview(row.restaurant_id, row.pk)["seenBy"])
    words = {"period": row.period, "count": seen}
    text = ngettext(
        "%(period)s disappears for staff and viewers and from calendars; %(count)d has seen it.",
        "%(period)s disappears for staff and viewers and from calendars; %(count)d have seen it.",
        seen,
    )
    return text % words


class CellForm(ServiceForm):
    """One cell."""

    wire_names = {"schedule": "scheduleId", "staff": "staffId", "date": "dateKey", "value": "shiftValue"}


@admin.register(Shift)
class CellAdmin(HistoryAdmin, ChangeAdmin):
    """The cells that were ever filled, to be found by schedule, and edited one by one. Drafts are for editors."""

    task, place = Task.MONTH, 3
    form = CellForm
    kept_fields = ("value",)
    view_role = Role.MANAGER
    list_display = ("date", "staff", "schedule", "value", "is_locked", "revision")
    list_filter = (
        BY_RESTAURANT,
        ("schedule", admin.RelatedOnlyFieldListFilter),
        ("value", WordsFilter),
        "is_locked",
        PositionFilter,
    )
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

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        is_open = obj is None or not obj.is_locked or self.keeps_typed(request)
        return super().has_change_permission(request, obj) and is_open

    def why_not(self, request: HttpRequest, row: Any) -> str:
        if row is not None and row.is_locked:
            return gettext("This cell is locked. Unlock it in the list before you change it.")
        return super().why_not(request, row)

    @admin.action(description=_("Lock the selected cells"), permissions=["change"])
    def lock(self, request: HttpRequest, queryset: QuerySet[Shift]) -> None:
        self._set_locks(request, queryset, lambda row, cells: cells_lock(self._of(request, row, CellsLock, cells)))

    @admin.action(description=_("Unlock the selected cells"), permissions=["change"])
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

        self.for_each(request, [cells[0] for cells in by_schedule.values()], serve, gettext("schedules changed"))


def _day(data: dict[str, Any]) -> tuple[str, str]:
    return str(data["date"]), data["value"]
