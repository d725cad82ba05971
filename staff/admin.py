"""Staff members, and when they can work, in the admin."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.db.models import Field, Q, QuerySet
from django.forms import CharField, DateField, DateInput
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from shiftsync.core.actor import Actor, Role
from shiftsync.core.admin import ServiceForm
from shiftsync.core.admin_fields import MonthOrDay, Several, weekday_choices
from shiftsync.core.admin_site import Task
from shiftsync.core.wording import named
from shiftsync.realtime.admin import LastingAdmin
from shiftsync.tenants.admin import BY_RESTAURANT, WordsFilter, roles_of
from shiftsync.tenants.selectors import sight_of
from staff import services
from staff.admin_order import OrderPages
from staff.availability import AvailabilityDelete, AvailabilityUpdate, availability_delete, availability_update
from staff.models import Availability, StaffMember
from staff.serializers import AvailabilityFields, StaffChanges

BY_STATUS = _("by status: is not scheduled for part-timers (パート, アルバイト), works as usual for all others")

named(
    StaffMember,
    _("staff member"),
    _("staff members"),
    restaurant=_("restaurant"),
    name=_("name"),
    position=_("position"),
    department=_("department"),
    type=_("type"),
    status=_("employment status"),
    staff_order=_("place in the order"),
    start_period=_("employed from"),
    end_period=_("employed until"),
    blank_means=_("an empty cell means"),
    allowed_shift_types=_("allowed shift types"),
    terms=_("terms by date"),
    employments=_("spans of employment"),
    is_active=_("active"),
)
named(
    Availability,
    _("availability"),
    _("availability"),
    restaurant=_("restaurant"),
    staff=_("staff member"),
    weekdays=_("weekdays"),
    available_from=_("can work from"),
    available_until=_("can work until"),
    valid_from=_("valid from"),
    valid_until=_("valid until"),
    note=_("note"),
    made_by=_("entered by"),
    is_own=_("entered by the person"),
    is_active=_("active"),
)

symbol_sources: list[Callable[[UUID], list[tuple[str, str]]]] = []
"""Who knows the shift types of a restaurant: symbol and label. The app of schedules, above this one, registers itself."""


class StaffForm(ServiceForm):
    """The member's fields, and from which day the terms among them hold."""

    start_period = MonthOrDay(label=_("employed from"), required=False)
    end_period = MonthOrDay(label=_("employed until"), required=False)
    allowed_shift_types = Several(label=_("allowed shift types"), help_text=_("None ticked: all are allowed."))
    valid_from = DateField(
        label=_("changes hold from"),
        required=False,
        widget=DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("The day from which changes of type, status, blank and shift types apply; today if left empty."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields.get("allowed_shift_types")
        if isinstance(field, Several):
            restaurants = [self.instance.restaurant_id] if self.instance.restaurant_id else self.restaurants
            symbols = [pair for source in symbol_sources for id in restaurants for pair in source(id)]
            field.offer(dict(symbols).items(), self.instance.allowed_shift_types or [])

    @property
    def restaurants(self) -> list[UUID]:
        """Those that somebody new may belong to."""
        field: Any = self.fields.get("restaurant")
        return [row.pk for row in field.queryset] if field is not None else []


@admin.register(StaffMember)
class StaffMemberAdmin(OrderPages, LastingAdmin):
    """The staff in the order of the schedule, those who left after them."""

    task, place = Task.PEOPLE, 1
    guide = _("Everybody who can stand in the schedule, in its order.")
    form = StaffForm
    shape = StaffChanges
    list_display = ("name", "restaurant", "position", "type", "status", "staff_order", "is_active")
    list_filter = (BY_RESTAURANT, "is_active", *((name, WordsFilter) for name in ("status", "position", "department")))
    list_select_related = ("restaurant",)
    search_fields = ("name", "position", "department")
    actions = ("deactivate", "restore")
    fields = (
        "restaurant",
        "name",
        "position",
        "department",
        "type",
        "status",
        "staff_order",
        "start_period",
        "end_period",
        "blank_means",
        "allowed_shift_types",
        "valid_from",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Staff who do not see their colleagues' shifts find themselves alone here, as everywhere."""
        rows = super().get_queryset(request)
        for restaurant_id, role in roles_of(request).items():
            only = sight_of(Actor(restaurant_id, request.user.pk, role)).only
            if only is not None:
                rows = rows.exclude(Q(restaurant_id=restaurant_id) & ~Q(id=only or None))
        return rows

    def formfield_for_dbfield(self, db_field: Field[Any, Any], request: HttpRequest, **kwargs: Any) -> Any:
        """As Django's, but a name keeps the spaces around it."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "name" and isinstance(field, CharField):
            field.strip = False
        return field

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Of somebody new nobody has said yet what a blank means: the status says it, unless one chooses."""
        form = super().get_form(request, obj, change, **kwargs)
        field = form.base_fields.get("blank_means")
        if obj is None and field is not None:
            field.choices = [("", BY_STATUS), *field.choices]
            field.initial, field.required = "", False
        return form

    def add_by_service(self, request: HttpRequest, form: Any) -> UUID:
        id: UUID = form.cleaned_data["request_id"]
        intent = services.StaffCreate(self.checked(form), id)
        services.staff_create(self.change(request, form.cleaned_data["restaurant"].id, intent, form))
        return id

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Somebody new has no terms to change from a day on."""
        return [name for name in super().get_fields(request, obj) if obj is not None or name != "valid_from"]

    def change_by_service(self, request: HttpRequest, row: StaffMember, form: Any) -> None:
        intent = services.StaffUpdate(str(row.id), self.checked(form), valid_from=form.cleaned_data.get("valid_from"))
        self.tell(request, services.staff_update(self.change(request, row.restaurant_id, intent, form)))

    @admin.action(description=_("Deactivate the selected staff members"), permissions=["change"])
    def deactivate(self, request: HttpRequest, queryset: QuerySet[StaffMember]) -> HttpResponse | None:
        rows = [*queryset.filter(is_active=True)]
        asked = self.confirmation(
            request,
            rows,
            title=gettext("Deactivate staff members?"),
            consequences=[
                ngettext(
                    "%(count)d person leaves the schedule from today.",
                    "%(count)d people leave the schedule from today.",
                    len(rows),
                )
                % {"count": len(rows)},
                ", ".join(row.name for row in rows[:20]) + (" …" if len(rows) > 20 else ""),
                gettext("Earlier days and what is published stay as they are. They can be restored."),
            ],
            button=gettext("Deactivate"),
        )
        if asked is not None:
            return asked

        def serve(row: StaffMember) -> None:
            services.staff_delete(self.change(request, row.restaurant_id, services.StaffDelete(str(row.id))))

        self.for_each(request, rows, serve, gettext("staff members deleted"))
        return None

    @admin.action(description=_("Restore the selected staff members"), permissions=["change"])
    def restore(self, request: HttpRequest, queryset: QuerySet[StaffMember]) -> None:
        def serve(row: StaffMember) -> None:
            services.staff_restore(self.change(request, row.restaurant_id, services.StaffRestore(str(row.id))))

        self.for_each(request, queryset, serve, gettext("staff members restored"))


class AvailabilityForm(ServiceForm):
    """When somebody can work."""

    weekdays = Several(label=_("weekdays"), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields.get("weekdays")
        if isinstance(field, Several):
            field.offer(weekday_choices(), ())


@admin.register(Availability)
class AvailabilityAdmin(LastingAdmin):
    """Availability is entered where people are kept, or by themselves; here it is corrected and withdrawn."""

    task, place = Task.PEOPLE, 2
    view_role = Role.MANAGER
    guide = _("When people can work each week. Without times they cannot work on these weekdays.")
    can_add = False
    form = AvailabilityForm
    shape = AvailabilityFields
    list_display = (
        "staff",
        "days",
        "available_from",
        "available_until",
        "valid_from",
        "valid_until",
        "note",
        "restaurant",
        "is_active",
    )
    list_filter = (BY_RESTAURANT, "is_active")
    list_select_related = ("restaurant", "staff")
    date_hierarchy = "valid_from"
    actions = ("withdraw",)
    fields = (
        "restaurant",
        "staff",
        "weekdays",
        "available_from",
        "available_until",
        "valid_from",
        "valid_until",
        "note",
        "made_by",
        "is_own",
    )

    @admin.display(description=_("weekdays"))
    def days(self, row: Availability) -> str:
        names = dict(weekday_choices())
        return ", ".join(str(names[day]) for day in row.weekdays)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("restaurant", "staff", "made_by", "is_own")

    def change_by_service(self, request: HttpRequest, row: Availability, form: Any) -> None:
        intent = AvailabilityUpdate(str(row.id), self.checked(form))
        self.tell(request, availability_update(self.change(request, row.restaurant_id, intent, form)))

    @admin.action(description=_("Withdraw the selected availability"), permissions=["change"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Availability]) -> None:
        def serve(row: Availability) -> None:
            availability_delete(self.change(request, row.restaurant_id, AvailabilityDelete(str(row.id))))

        self.for_each(request, queryset, serve, gettext("availability withdrawn"))
