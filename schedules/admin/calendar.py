"""Periods, calendar days and shift types in the admin."""

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import DateField, DateInput
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schedules.models import CalendarDay, ClosingRule, Period, ShiftType
from schedules.rules.times import show_times
from schedules.selectors.schedules import shift_types_of
from schedules.serializers.calendar import CalendarUpdatePayload, PeriodDays, ShiftTypeFields
from schedules.serializers.closings import ClosingRuleFields
from schedules.services import calendar as services
from schedules.services import closings
from schedules.services import shift_types as types
from schedules.services.times import today_of
from shiftsync.core.admin import ServiceForm
from shiftsync.core.admin_fields import DatedTimes, Several, Words, weekday_choices
from shiftsync.core.admin_history import HistoryAdmin
from shiftsync.core.admin_site import Task
from shiftsync.core.errors import ValidationFailed
from shiftsync.core.wording import named
from shiftsync.realtime.admin import ChangeAdmin, LastingAdmin
from shiftsync.tenants.admin import BY_RESTAURANT
from staff.admin import symbol_sources

named(Period, _("period"), _("periods"), restaurant=_("restaurant"), start_date=_("first day"), end_date=_("last day"))
named(
    CalendarDay,
    _("special day"),
    _("special days"),
    restaurant=_("restaurant"),
    date=_("date"),
    kind=_("kind of day"),
    note=_("note"),
)
named(
    ClosingRule,
    _("recurring closing"),
    _("recurring closings"),
    restaurant=_("restaurant"),
    repeats=_("repeats"),
    days_of_week=_("days of the week"),
    weeks=_("weeks of the month"),
    from_day=_("first day of the year"),
    to_day=_("last day of the year"),
    on_holiday=_("on a public holiday"),
    valid_from=_("holds from"),
    valid_until=_("holds until"),
    note=_("note"),
    is_active=_("active"),
)
named(
    ShiftType,
    _("shift type"),
    _("shift types"),
    restaurant=_("restaurant"),
    symbol=_("symbol"),
    kind=_("kind of shift"),
    label_ja=_("name (Japanese)"),
    label_en=_("name (English)"),
    color=_("colour"),
    start_time=_("starts at"),
    end_time=_("ends at"),
    times=_("times by date"),
    off_equivalent=_("counts as days off (0 to 1)"),
    aliases=_("words that can be typed for it"),
    is_leave=_("requested leave"),
    is_active=_("active"),
)


def _symbols(restaurant_id: UUID) -> list[tuple[str, str]]:
    return [(each.symbol, str(each)) for each in shift_types_of(restaurant_id)]


symbol_sources.append(_symbols)

WEEKS = ((1, "1"), (2, "2"), (3, "3"), (4, "4"), (5, "5"), (-1, _("last")))


class ClosingForm(ServiceForm):
    """A closing, with days and weeks to tick."""

    days_of_week = Several(label=_("days of the week"), coerce=int, help_text=_("For closings by week or month."))
    weeks = Several(label=_("weeks of the month"), coerce=int, help_text=_("For closings by month."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("days_of_week", weekday_choices()), ("weeks", WEEKS)):
            field = self.fields.get(name)
            if isinstance(field, Several):
                field.offer(choices, getattr(self.instance, name) or [])
        for name in ("from_day", "to_day"):
            if name in self.fields:
                self.fields[name].help_text = _("Month and day, 12-31; for closings by year.")


class ShiftTypeForm(ServiceForm):
    """A shift type, its other words as words, and from which day its times hold."""

    valid_from = DateField(
        label=_("changed times hold from"),
        required=False,
        widget=DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_(
            "The day from which a changed start or end applies; today if left empty, "
            "the beginning for a type that had no times or was not used before today."
        ),
    )
    times = DatedTimes(label=_("times by date"))

    aliases = Words(label=_("words that can be typed for it"), required=False, help_text=_("Separated by commas."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "color" in self.fields:
            self.fields["color"].help_text = _("As #2e68a8; empty: the colour of its kind.")


@admin.register(Period)
class PeriodAdmin(HistoryAdmin, ChangeAdmin):
    """Periods are added, each with its empty schedule; one that is still empty may be corrected or removed."""

    task, place = Task.MONTH, 4
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

    @admin.action(description=_("Delete the selected periods that are empty"), permissions=["change"])
    def remove(self, request: HttpRequest, queryset: QuerySet[Period]) -> None:
        def serve(row: Period) -> None:
            services.period_delete(self.change(request, row.restaurant_id, services.PeriodDelete(str(row.id))))

        self.for_each(request, queryset, serve, gettext("periods deleted"))


@admin.register(CalendarDay)
class CalendarDayAdmin(HistoryAdmin, ChangeAdmin):
    """The days that are not like the others; an ordinary day has neither kind nor note."""

    task, place = Task.MONTH, 5
    kept_fields = ("kind", "note")
    guide = _("Days on which it is closed, open by exception, or everybody works.")
    date_hierarchy = "date"
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

    task, place = Task.MONTH, 6
    form = ClosingForm
    shape = ClosingRuleFields
    list_display = ("repeats", "told_days", "told_weeks", "from_day", "to_day", "restaurant", "note", "is_active")
    list_filter = (BY_RESTAURANT, "repeats", "is_active")
    list_select_related = ("restaurant",)
    actions = ("deactivate", "restore")
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

    @admin.display(description=_("days of the week"))
    def told_days(self, row: ClosingRule) -> str:
        names = dict(weekday_choices())
        return ", ".join(str(names.get(day, day)) for day in row.days_of_week)

    @admin.display(description=_("weeks of the month"))
    def told_weeks(self, row: ClosingRule) -> str:
        names = dict(WEEKS)
        return ", ".join(str(names.get(week, week)) for week in row.weeks)

    @admin.action(description=_("Remove the selected closings"), permissions=["change"])
    def deactivate(self, request: HttpRequest, queryset: QuerySet[ClosingRule]) -> None:
        def serve(row: ClosingRule) -> None:
            intent = closings.ClosingRuleDelete(str(row.id))
            closings.closing_rule_delete(self.change(request, row.restaurant_id, intent))

        self.for_each(request, queryset, serve, gettext("closings removed"))

    @admin.action(description=_("Restore the selected closings"), permissions=["change"])
    def restore(self, request: HttpRequest, queryset: QuerySet[ClosingRule]) -> None:
        def serve(row: ClosingRule) -> None:
            intent = closings.ClosingRuleRestore(str(row.id))
            closings.closing_rule_restore(self.change(request, row.restaurant_id, intent))

        self.for_each(request, queryset, serve, gettext("closings restored"))


@admin.register(ShiftType)
class ShiftTypeAdmin(LastingAdmin):
    """The symbols that a cell may contain."""

    task, place = Task.MONTH, 7
    form = ShiftTypeForm
    guide = _("The symbols that may stand in a cell.")
    shape = ShiftTypeFields
    list_display = ("symbol", "restaurant", "kind", "label_ja", "label_en", "off_equivalent", "is_active")
    list_filter = (BY_RESTAURANT, "kind", "is_active")
    list_select_related = ("restaurant",)
    actions = ("deactivate", "restore")
    fields = (
        "restaurant",
        "symbol",
        "kind",
        "label_ja",
        "label_en",
        "color",
        "start_time",
        "end_time",
        "valid_from",
        "times",
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
        intent = types.ShiftTypeUpdate(str(row.id), self.checked(form), form.cleaned_data.get("valid_from"))
        self.tell(request, types.shift_type_update(self.change(request, row.restaurant_id, intent, form)))

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A new type has no times to change from a day on."""
        return [name for name in super().get_fields(request, obj) if obj is not None or name != "valid_from"]

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> ShiftType | None:
        """As Django's, with the times that hold today."""
        found: ShiftType | None = super().get_object(request, object_id, from_field)
        if found is not None:
            show_times(found, today_of(found))
        return found

    @admin.action(description=_("Delete the selected shift types"), permissions=["change"])
    def deactivate(self, request: HttpRequest, queryset: QuerySet[ShiftType]) -> None:
        def serve(row: ShiftType) -> None:
            types.shift_type_delete(self.change(request, row.restaurant_id, types.ShiftTypeDelete(str(row.id))))

        self.for_each(request, queryset, serve, gettext("shift types deleted"))

    @admin.action(description=_("Restore the selected shift types"), permissions=["change"])
    def restore(self, request: HttpRequest, queryset: QuerySet[ShiftType]) -> None:
        def serve(row: ShiftType) -> None:
            types.shift_type_restore(self.change(request, row.restaurant_id, types.ShiftTypeRestore(str(row.id))))

        self.for_each(request, queryset, serve, gettext("shift types restored"))
