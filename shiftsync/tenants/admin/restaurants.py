"""Restaurants."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from shiftsync.core.actor import Actor, Role
from shiftsync.core.admin_history import HistoryAdmin
from shiftsync.core.admin_site import Task
from shiftsync.core.spelling import spelled
from shiftsync.core.wording import named
from shiftsync.tenants import services
from shiftsync.tenants.admin.scoped import ScopedAdmin
from shiftsync.tenants.hooks import RestaurantUpdate
from shiftsync.tenants.models import ConflictStrategy, Restaurant, TextMeaning

named(
    Restaurant,
    _("restaurant"),
    _("restaurants"),
    name=_("name"),
    timezone=_("time zone"),
    closing_day=_("closing day (31: end of the month)"),
    country=_("country of the public holidays"),
    conflict_strategy=_("when two people change the same"),
    text_counts_as=_("text that is no shift type counts as"),
    wish_limit=_("wishes per person and month (blank: any number)"),
    swaps=_("swaps among the staff"),
    staff_see_colleagues=_("staff see each other's shifts"),
    created_at=_("added at"),
    updated_at=_("changed at"),
)


class StrategyChoiceField(forms.TypedChoiceField):
    """A strategy in any of its spellings."""

    def to_python(self, value: Any) -> str:
        return spelled(value, ConflictStrategy.values) or super().to_python(value)


@admin.register(Restaurant)
class RestaurantAdmin(HistoryAdmin, ScopedAdmin):
    """The restaurants of the user; its owner changes the settings, the operator adds new ones."""

    task, place = Task.RESTAURANT, 1
    restaurant_field = "id"
    edit_role = Role.OWNER
    list_filter = ()
    list_display = (
        "name",
        "timezone",
        "country",
        "closing_day",
        "conflict_strategy",
        "text_counts_as",
        "wish_limit",
        "swaps",
        "staff_see_colleagues",
    )
    search_fields = ("name",)
    fields = (
        "name",
        "timezone",
        "country",
        "closing_day",
        "conflict_strategy",
        "text_counts_as",
        "wish_limit",
        "swaps",
        "staff_see_colleagues",
    )

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """As Django's, but a strategy may be spelled otherwise."""
        if db_field.name == "conflict_strategy":
            kwargs["choices_form_class"] = StrategyChoiceField
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.is_superuser)

    def add_by_service(self, request: HttpRequest, form: Any) -> UUID:
        data = form.cleaned_data
        id: UUID = data["request_id"]
        if not Restaurant.objects.filter(id=id).exists():
            operator = Actor(restaurant_id=id, user_id=request.user.pk, role=Role.OWNER)
            first = {name: data[name] for name in ("name", "timezone", "closing_day", "country")}
            services.restaurant_create(operator, **first, id=id)
            services.restaurant_update(
                operator,
                conflict_strategy=ConflictStrategy(data["conflict_strategy"]),
                text_counts_as=TextMeaning(data["text_counts_as"]),
            )
            services.restaurant_change(
                operator,
                RestaurantUpdate({name: data[name] for name in ("wish_limit", "swaps", "staff_see_colleagues")}),
            )
        return id

    def change_by_service(self, request: HttpRequest, row: Restaurant, form: Any) -> None:
        given = {name: form.cleaned_data[name] for name in form.changed_data if name in self.fields}
        if "conflict_strategy" in given:
            given["conflict_strategy"] = ConflictStrategy(given["conflict_strategy"])
        request_id = form.cleaned_data.get("request_id")
        services.restaurant_change(self.actor(request, row.id), RestaurantUpdate(given), request_id)
