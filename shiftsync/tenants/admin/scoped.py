"""The base of every page about something of a restaurant: who may see and change it, in its words and its zone."""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.db.models import DateTimeField, ForeignKey, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext

from shiftsync.core.actor import Actor, Role
from shiftsync.core.admin import ServiceAdmin
from shiftsync.core.admin_history import moment_of
from shiftsync.core.errors import DomainError
from shiftsync.core.whence import serve
from shiftsync.core.wording import said
from shiftsync.tenants.models import Restaurant, User
from shiftsync.tenants.selectors import actor_in, restaurants_with_role

BY_RESTAURANT = ("restaurant", admin.RelatedOnlyFieldListFilter)


class WordsFilter(admin.AllValuesFieldListFilter):
    """The words that stand in a column of the rows that the user may see; where there is none, that has a name too."""

    def choices(self, changelist: Any) -> Iterator[Any]:
        """Django's choices."""
        for choice in super().choices(changelist):
            yield {**choice, "display": choice["display"] or gettext("(empty)")}


def roles_of(request: HttpRequest) -> dict[UUID, Role]:
    """What the signed-in user may do in which restaurant, read once per request."""
    known: dict[UUID, Role] | None = getattr(request, "roles", None)
    if known is None:
        user = request.user
        pairs = restaurants_with_role(user) if isinstance(user, User) and user.is_active and user.is_staff else []
        known = request.roles = {restaurant.id: role for restaurant, role in pairs}  # type: ignore[attr-defined]  # ours
    return known


class ScopedAdmin(ServiceAdmin):
    """Pages about rows of restaurants: who may see and edit them is a matter of memberships, not of Django's permissions."""

    view_role: ClassVar[Role] = Role.VIEWER
    edit_role: ClassVar[Role] = Role.MANAGER
    can_add: ClassVar[bool] = True
    can_edit: ClassVar[bool] = True
    restaurant_field: ClassVar[str] = "restaurant_id"
    list_filter: ClassVar[Any] = (BY_RESTAURANT,)

    def actor(self, request: HttpRequest, restaurant_id: UUID) -> Actor:
        """The signed-in user in that restaurant. Raises :class:`NotFound`."""
        assert isinstance(request.user, User)
        serve(request.user.pk, restaurant_id)
        return actor_in(request.user, restaurant_id)

    def visible(self, request: HttpRequest, role: Role | None = None) -> list[UUID]:
        """The restaurants where the user may do what ``role`` (default: that of viewing) may."""
        return [id for id, mine in roles_of(request).items() if mine.covers(role or self.view_role)]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(**{f"{self.restaurant_field}__in": self.visible(request)})

    def may(self, request: HttpRequest, role: Role, row: Any = None) -> bool:
        """Whether the user may do what ``role`` may: to ``row``, or (without one) anywhere."""
        restaurants = self.visible(request, role)
        return bool(restaurants) if row is None else getattr(row, self.restaurant_field) in restaurants

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.may(request, self.view_role)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may(request, self.view_role, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if self.keeps_typed(request):
            return True
        return self.may(request, self.edit_role, obj) and (self.can_edit or obj is None)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.keeps_typed(request) or (self.can_add and self.may(request, self.edit_role))

    def why_not(self, request: HttpRequest, row: Any) -> str:
        if self.can_edit and not self.may(request, self.edit_role, row):
            role = gettext("an owner") if self.edit_role is Role.OWNER else gettext("a manager")
            return gettext("You can look at this, but only %(role)s may change it.") % {"role": role}
        return ""

    def get_list_display(self, request: HttpRequest) -> Any:
        """Moments in the restaurant's zone, and no column for the restaurant where there is one only."""
        is_only = len(self.visible(request)) == 1
        names = [name for name in super().get_list_display(request) if not (is_only and name == "restaurant")]
        return [self._moments.get(name, name) for name in names]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Moments, which no form changes, in the restaurant's zone."""
        return [
            (title, {**options, "fields": [self._moments.get(name, name) for name in options["fields"]]})
            for title, options in super().get_fieldsets(request, obj)
        ]

    @cached_property
    def _moments(self) -> dict[Any, Any]:
        moments = [field for field in self.opts.concrete_fields if isinstance(field, DateTimeField)]
        return {field.name: _moment_column(field) for field in moments}

    def formfield_for_foreignkey(self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any) -> Any:
        """Offers rows of the user's restaurants only, and never a list of users."""
        related: Any = db_field.related_model
        rows = related._default_manager
        if related is Restaurant:
            mine = self.visible(request, self.edit_role)
            kwargs |= {"initial": mine[0], "empty_label": None} if len(mine) == 1 else {}
        path = "id__in" if related is Restaurant else "restaurant_id__in"
        kwargs["queryset"] = (
            rows.none() if related is User else rows.filter(**{path: self.visible(request, self.edit_role)})
        )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def for_each(self, request: HttpRequest, rows: Iterable[Any], serve: Callable[[Any], object], done: Any) -> None:
        """Runs an action's service for each row; says how many were done (``done``: of what), and why others were not."""
        count = 0
        for row in rows:
            try:
                serve(row)
                count += 1
            except DomainError as refusal:
                self.message_user(request, f"{row}: {said(refusal.message)}", messages.ERROR)
        if count:
            self.message_user(
                request, gettext("%(count)d %(what)s.") % {"count": count, "what": done}, messages.SUCCESS
            )


def _moment_column(field: Any) -> Callable[[Any], str]:
    """A column, or a field to look at, for a moment: in the zone of the row's restaurant."""

    def shown(row: Any) -> str:
        return moment_of(row, getattr(row, field.name))

    shown.short_description = field.verbose_name  # type: ignore[attr-defined]  # read by Django
    shown.admin_order_field = field.name  # type: ignore[attr-defined]  # read by Django
    shown.__name__ = field.name
    return shown


class ReadOnlyAdmin(ScopedAdmin):
    """Pages to look at."""

    form = forms.ModelForm
    can_add = False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
