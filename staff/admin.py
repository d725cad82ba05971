"""Staff members in the admin."""

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.db.models import Field, QuerySet
from django.forms import CharField, DateField
from django.http import HttpRequest

from shiftsync.core.admin import ServiceForm
from shiftsync.realtime.admin import LastingAdmin
from shiftsync.tenants.admin import BY_RESTAURANT
from staff import services
from staff.models import BlankMeans, StaffMember
from staff.serializers import StaffChanges

BY_STATUS = "by status: is not scheduled for part-timers (パート, アルバイト), works as usual for all others"


class StaffForm(ServiceForm):
    """The member's fields, and from which day the terms among them hold."""

    valid_from = DateField(
        required=False,
        help_text="The day from which changes of type, status, blank and shift types apply; today if left empty.",
    )


@admin.register(StaffMember)
class StaffMemberAdmin(LastingAdmin):
    form = StaffForm
    shape = StaffChanges
    list_display = ("name", "restaurant", "position", "type", "status", "staff_order", "is_active")
    list_filter = (BY_RESTAURANT, "is_active", "status")
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
            field.choices = [("", BY_STATUS), *BlankMeans.choices]
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

    @admin.action(description="Delete the selected staff members", permissions=["change"])
    def deactivate(self, request: HttpRequest, queryset: QuerySet[StaffMember]) -> None:
        def serve(row: StaffMember) -> None:
            services.staff_delete(self.change(request, row.restaurant_id, services.StaffDelete(str(row.id))))

        self.for_each(request, queryset, serve, "staff members deleted")

    @admin.action(description="Restore the selected staff members", permissions=["change"])
    def restore(self, request: HttpRequest, queryset: QuerySet[StaffMember]) -> None:
        def serve(row: StaffMember) -> None:
            services.staff_restore(self.change(request, row.restaurant_id, services.StaffRestore(str(row.id))))

        self.for_each(request, queryset, serve, "staff members restored")
