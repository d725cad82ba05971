"""Periods, calendar days and shift types in the admin."""

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from schedules.models import CalendarDay, ClosingRule, Period, ShiftType
from schedules.serializers.calendar import CalendarUpdatePayload, PeriodDays, ShiftTypeFields
from schedules.serializers.closings import ClosingRuleFields
from schedules.services import calendar as services
from schedules.services import closings
from schedules.services import shift_types as types
from shiftsync.core.admin import HistoryAdmin
from shiftsync.core.errors import ValidationFailed
from shiftsync.realtime.admin import ChangeAdmin, LastingAdmin
from shiftsync.tenants.admin import BY_RESTAURANT


@admin.register(Period)
class PeriodAdmin(HistoryAdmin, ChangeAdmin):
    """Periods are added, each with its empty schedule; one that is still empty may be corrected or removed."""

    shape = PeriodDays
    actions = ("remove",)
    list_display = ("start_date", "end_date", "restaurant")
    list_select_related = ("restaurant",)
    fields = ("restaurant", "start_date", "end_date")

    def add_by_service(self, request: HttpRequest, form: Any) -> UUID:
        data = form.cleaned_data
        intent = services.PeriodCreate(data["start_date"], data["end_date"], data["request_id"])
        services.period_create(self.change(request, data["restaurant"].id, intent, form))
        id: UUID = data["request_id"]
        return id

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("restaurant",) if obj else ()

    def change_by_service(self, request: HttpRequest, row: Period, form: Any) -> None:
        intent = services.PeriodUpdate(str(row.id), **self.checked(form))
        self.tell(request, services.period_update(self.change(request, row.restaurant_id, intent, form)))

    @admin.action(description="Delete the selected periods that are empty", permissions=["change"])
    def remove(self, request: HttpRequest, queryset: QuerySet[Period]) -> None:
        def serve(row: Period) -> None:
            services.period_delete(self.change(request, row.restaurant_id, services.PeriodDelete(str(row.id))))

        self.for_each(request, queryset, serve, "periods deleted")


@admin.register(CalendarDay)
class CalendarDayAdmin(HistoryAdmin, ChangeAdmin):
    """The days that are not like the others; an ordinary day has neither kind nor note."""

    shape = CalendarUpdatePayload
    list_display = ("date", "restaurant", "kind", "note")
    list_filter = (BY_RESTAURANT, "kind")
    list_select_related = ("restaurant",)
    fields = ("restaurant", "date", "kind", "note")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("restaurant", "date") if obj else ()

    def add_by_service(self, request: HttpRequest, form: Any) -> UUID:
        data = form.cleaned_data
        if not data["kind"] and not data["note"]:
            raise ValidationFailed.of("kind", "Enter what is special about this day.")
        intent = services.CalendarDayUpdate(data["date"], data["kind"], data["note"])
        outcome = services.calendar_day_update(self.change(request, data["restaurant"].id, intent, form))
        return UUID(outcome.result["day"]["id"])

    def change_by_service(self, request: HttpRequest, row: CalendarDay, form: Any) -> None:
        intent = services.CalendarDayUpdate(row.date, form.changed.get("kind"), form.changed.get("note"))
        self.tell(request, services.calendar_day_update(self.change(request, row.restaurant_id, intent, form)))


@admin.register(ClosingRule)
class ClosingRuleAdmin(LastingAdmin):
    """The recurring closings."""

    shape = ClosingRuleFields
    list_display = ("repeats", "days_of_week", "weeks", "from_day", "to_day", "restaurant", "note", "is_active")
    list_filter = (BY_RESTAURANT, "repeats", "is_active")
    list_select_related = ("restaurant",)
    actions = ("deactivate",)
    fields = (
        "restaurant",
        "repeats",
        "days_of_week",
        "weeks",
        "from_day",
        "to_day",
        "on_holiday",
        "valid_from",
        "valid_until",
        "note",
    )

    def add_by_service(self, request: HttpRequest, form: Any) -> UUID:
        id: UUID = form.cleaned_data["request_id"]
        intent = closings.ClosingRuleCreate(self.checked(form), id)
        closings.closing_rule_create(self.change(request, form.cleaned_data["restaurant"].id, intent, form))
        return id

    def change_by_service(self, request: HttpRequest, row: ClosingRule, form: Any) -> None:
        intent = closings.ClosingRuleUpdate(str(row.id), self.checked(form))
        self.tell(request, closings.closing_rule_update(self.change(request, row.restaurant_id, intent, form)))

    @admin.action(description="Remove the selected closings", permissions=["change"])
    def deactivate(self, request: HttpRequest, queryset: QuerySet[ClosingRule]) -> None:
        def serve(row: ClosingRule) -> None:
            intent = closings.ClosingRuleDelete(str(row.id))
            closings.closing_rule_delete(self.change(request, row.restaurant_id, intent))

        self.for_each(request, queryset, serve, "closings removed")


@admin.register(ShiftType)
class ShiftTypeAdmin(LastingAdmin):
    """The symbols that may stand in a cell."""

    shape = ShiftTypeFields
    list_display = ("symbol", "restaurant", "kind", "label_ja", "label_en", "off_equivalent", "is_active")
    list_filter = (BY_RESTAURANT, "kind", "is_active")
    list_select_related = ("restaurant",)
    actions = ("deactivate",)
    fields = (
        "restaurant",
        "symbol",
        "kind",
        "label_ja",
        "label_en",
        "color",
        "start_time",
        "end_time",
        "off_equivalent",
        "aliases",
        "is_leave",
    )

    def add_by_service(self, request: HttpRequest, form: Any) -> UUID:
        id: UUID = form.cleaned_data["request_id"]
        intent = types.ShiftTypeCreate(self.checked(form), id)
        types.shift_type_create(self.change(request, form.cleaned_data["restaurant"].id, intent, form))
        return id

    def change_by_service(self, request: HttpRequest, row: ShiftType, form: Any) -> None:
        intent = types.ShiftTypeUpdate(str(row.id), self.checked(form))
        self.tell(request, types.shift_type_update(self.change(request, row.restaurant_id, intent, form)))

    @admin.action(description="Delete the selected shift types", permissions=["change"])
    def deactivate(self, request: HttpRequest, queryset: QuerySet[ShiftType]) -> None:
        def serve(row: ShiftType) -> None:
            types.shift_type_delete(self.change(request, row.restaurant_id, types.ShiftTypeDelete(str(row.id))))

        self.for_each(request, queryset, serve, "shift types deleted")
