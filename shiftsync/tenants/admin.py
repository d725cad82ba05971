"""Restaurants and access in the admin, and the base of every page about something of a restaurant.

Tickets have no page: they live for half a minute.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.db.models import DateTimeField, ForeignKey, Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shiftsync.core.actor import Actor, Role
from shiftsync.core.admin import ServiceAdmin, ServiceForm
from shiftsync.core.admin_history import HistoryAdmin, moment_of
from shiftsync.core.admin_site import Task
from shiftsync.core.errors import DomainError, ValidationFailed
from shiftsync.core.scopes import Scope, scopes_in
from shiftsync.core.spelling import spelled
from shiftsync.core.whence import serve
from shiftsync.core.wording import named, said
from shiftsync.tenants import services
from shiftsync.tenants.hooks import RestaurantUpdate
from shiftsync.tenants.models import (
    ApiToken,
    ConflictStrategy,
    Invitation,
    Membership,
    Restaurant,
    SecurityEvent,
    TextMeaning,
    User,
)
from shiftsync.tenants.selectors import actor_in, restaurants_with_role

_RESTAURANT, _USER = _("restaurant"), _("user")
_CREATED, _UPDATED = _("added at"), _("changed at")

named(
    Restaurant,
    _RESTAURANT,
    _("restaurants"),
    name=_("name"),
    timezone=_("time zone"),
    closing_day=_("closing day (31: end of the month)"),
    country=_("country of the public holidays"),
    conflict_strategy=_("when two people change the same"),
    text_counts_as=_("text that is no shift type counts as"),
    wish_limit=_("wishes per person and month (blank: any number)"),
    swaps=_("swaps among the staff"),
    created_at=_CREATED,
    updated_at=_UPDATED,
)
named(
    Membership,
    _("member"),
    _("members"),
    restaurant=_RESTAURANT,
    user=_USER,
    role=_("role"),
    is_active=_("active"),
    staff_id=_("who on the schedule"),
    created_at=_CREATED,
    updated_at=_UPDATED,
)
named(
    Invitation,
    _("invitation"),
    _("invitations"),
    restaurant=_RESTAURANT,
    username=_("user name"),
    role=_("role"),
    invited_by=_("invited by"),
    declined_at=_("declined at"),
    created_at=_("invited at"),
)
named(
    SecurityEvent,
    _("security event"),
    _("security log"),
    restaurant=_RESTAURANT,
    at=_("at"),
    kind=_("what happened"),
    actor=_("by"),
    about=_("about"),
    address=_("address"),
    details=_("details"),
)
named(
    ApiToken,
    _("access token"),
    _("access tokens"),
    restaurant=_RESTAURANT,
    user=_USER,
    name=_("name"),
    created_at=_("issued at"),
    last_used_at=_("last used at"),
    revoked_at=_("revoked at"),
    expires_at=_("expires"),
    scopes=_("may do"),
)
named(User, _USER, _("users"))

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
                operator, RestaurantUpdate({name: data[name] for name in ("wish_limit", "swaps")})
            )
        return id

    def change_by_service(self, request: HttpRequest, row: Restaurant, form: Any) -> None:
        given = {name: form.cleaned_data[name] for name in form.changed_data if name in self.fields}
        if "conflict_strategy" in given:
            given["conflict_strategy"] = ConflictStrategy(given["conflict_strategy"])
        request_id = form.cleaned_data.get("request_id")
        services.restaurant_change(self.actor(request, row.id), RestaurantUpdate(given), request_id)


class InvitationForm(ServiceForm):
    """Names a user by hand: a list to choose from would show who else uses the server."""

    username = forms.CharField(label=_("user name"), max_length=150, help_text=_("They get access once they accept."))


SCOPE_LABELS = [
    (Scope.EVERYTHING.value, _("everything that its user may")),
    (Scope.SCHEDULE_READ.value, _("read the schedule, wishes and the calendar")),
    (Scope.SCHEDULE_WRITE.value, _("change the schedule, wishes and the calendar")),
    (Scope.STAFF_READ.value, _("read the staff")),
    (Scope.STAFF_WRITE.value, _("change the staff")),
    (Scope.SETTINGS_READ.value, _("read rules and settings")),
    (Scope.SETTINGS_WRITE.value, _("change rules and settings")),
    (Scope.ACCESS_READ.value, _("read members, tokens and webhooks")),
    (Scope.ACCESS_WRITE.value, _("change members, tokens and webhooks")),
]


class TokenForm(ServiceForm):
    """A token of one's own."""

    wire_names: ClassVar[Mapping[str, str]] = {"expires": "expiresAt", "allows": "scopes"}
    expires = forms.DateTimeField(
        label=_("expires"), required=False, help_text=_("Leave empty for the longest time that the operator allows.")
    )
    allows = forms.MultipleChoiceField(
        label=_("may do"),
        choices=SCOPE_LABELS,
        initial=[Scope.EVERYTHING.value],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Never more than its user may. To change something is to read it as well."),
    )


@admin.register(Membership)
class MembershipAdmin(HistoryAdmin, ScopedAdmin):
    """Who may do what, for owners. New ones are invited."""

    task, place = Task.RESTAURANT, 2
    guide = _("Who may open the restaurant, and what they may do there.")
    view_role = edit_role = Role.OWNER
    can_add = False
    list_display = ("user", "restaurant", "role", "is_active")
    list_filter = (BY_RESTAURANT, "role", "is_active")
    list_select_related = ("user", "restaurant")
    search_fields = ("user__username",)
    actions = ("revoke", "invite")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["restaurant", "user", "role", "is_active", "request_id", "base_version"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("restaurant", "user", "is_active")

    def change_by_service(self, request: HttpRequest, row: Membership, form: Any) -> None:
        actor = self.actor(request, row.restaurant_id)
        services.membership_grant(actor, user=row.user, role=Role(form.cleaned_data["role"]))

    @admin.action(description=_("Revoke the selected memberships"), permissions=["change"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[Membership]) -> None:
        def serve(row: Membership) -> None:
            services.membership_revoke(self.actor(request, row.restaurant_id), user_id=row.user_id)

        self.for_each(request, queryset, serve, gettext("memberships revoked"))

    @admin.action(description=_("Invite the selected again"), permissions=["change"])
    def invite(self, request: HttpRequest, queryset: QuerySet[Membership]) -> None:
        def serve(row: Membership) -> None:
            actor = self.actor(request, row.restaurant_id)
            services.member_invite(actor, username=row.user.username, role=Role(row.role))

        self.for_each(request, queryset.filter(is_active=False), serve, gettext("invited"))


@admin.register(Invitation)
class InvitationAdmin(ScopedAdmin):
    """Memberships that are offered, for owners. That one was declined does not show."""

    task, place = Task.RESTAURANT, 3
    view_role = edit_role = Role.OWNER
    form = InvitationForm
    list_display = ("username", "restaurant", "role", "created_at")
    list_filter = (BY_RESTAURANT, "role")
    list_select_related = ("restaurant",)
    search_fields = ("username",)
    actions = ("withdraw",)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["restaurant", "username", "role", "request_id", "base_version"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("restaurant", "username") if obj else ()

    def add_by_service(self, request: HttpRequest, form: Any) -> UUID:
        data = form.cleaned_data
        actor = self.actor(request, data["restaurant"].id)
        made = services.member_invite(actor, username=data["username"], role=Role(data["role"]))
        if not isinstance(made, Invitation):
            raise ValidationFailed.of("username", "They are already a member; their role was changed.")
        return made.id

    def change_by_service(self, request: HttpRequest, row: Invitation, form: Any) -> None:
        actor = self.actor(request, row.restaurant_id)
        services.invitation_change(actor, invitation_id=row.id, role=Role(form.cleaned_data["role"]))

    @admin.action(description=_("Withdraw the selected invitations"), permissions=["change"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Invitation]) -> None:
        def serve(row: Invitation) -> None:
            services.invitation_withdraw(self.actor(request, row.restaurant_id), invitation_id=row.id)

        self.for_each(request, queryset, serve, gettext("invitations withdrawn"))


@admin.register(SecurityEvent)
class SecurityEventAdmin(ReadOnlyAdmin):
    """Who came in, who did not, and what became of access. What belongs to no restaurant is for the operator."""

    task, place = Task.RESTAURANT, 5
    view_role = Role.OWNER
    list_display = ("at", "kind", "actor", "about", "address", "restaurant")
    list_filter = (BY_RESTAURANT, "kind")
    list_select_related = ("actor", "about", "restaurant")
    search_fields = ("actor__username", "about__username", "address")
    fields = ("at", "kind", "actor", "about", "address", "restaurant", "details")
    ordering = ("-at", "-id")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        theirs = super().get_queryset(request)
        if not request.user.is_superuser:
            return theirs
        return theirs | SecurityEvent.objects.filter(restaurant=None).order_by(*theirs.query.order_by)

    def may(self, request: HttpRequest, role: Role, row: Any = None) -> bool:
        if row is not None and row.restaurant_id is None:
            return bool(request.user.is_active and request.user.is_superuser)
        return super().may(request, role, row)


@admin.register(ApiToken)
class ApiTokenAdmin(ScopedAdmin):
    """Tokens, for owners. A new one's secret is shown once, in the message after it was issued."""

    task, place = Task.RESTAURANT, 4
    view_role = edit_role = Role.OWNER
    can_edit = False
    list_display = ("name", "user", "restaurant", "may_do", "created_at", "last_used_at", "expires_at", "revoked_at")
    list_select_related = ("user", "restaurant")
    actions = ("revoke",)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change, form=ServiceForm if change else TokenForm, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is not None:
            return ("restaurant", "user", "name", "may_do", "created_at", "last_used_at", "expires_at", "revoked_at")
        return ("restaurant", "name", "allows", "expires", "request_id")

    def add_by_service(self, request: HttpRequest, form: Any) -> UUID:
        data = form.cleaned_data
        actor = self.actor(request, data["restaurant"].id)
        token, secret = services.token_issue(
            actor, name=data["name"], expires_at=data["expires"], scopes=data["allows"]
        )
        self.message_user(
            request, gettext("The token is %(secret)s — it is shown only once.") % {"secret": secret}, messages.WARNING
        )
        return token.id

    @admin.display(description=_("may do"))
    def may_do(self, token: ApiToken) -> str:
        """Its scopes, in words."""
        held = scopes_in(token.scopes)
        return ", ".join(str(label) for name, label in SCOPE_LABELS if name in held)

    @admin.action(description=_("Revoke the selected tokens"), permissions=["change"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[ApiToken]) -> None:
        def serve(row: ApiToken) -> None:
            services.token_revoke(self.actor(request, row.restaurant_id), token_id=row.id)

        self.for_each(request, queryset, serve, gettext("tokens revoked"))


@admin.register(User)
class UserAdmin(DjangoUserAdmin):  # type: ignore[type-arg]  # of our user
    """Accounts, for the operator: a user may belong to several restaurants, so no owner edits one."""

    task, place = Task.OPERATOR, 1
    list_display = ("username", "email", "first_name", "last_name", "is_active", "is_staff", "is_superuser")
    list_filter = ("is_active", "is_staff", "is_superuser")
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": ("first_name", "last_name", "email")}),
        (_("Access"), {"fields": ("is_active", "is_staff", "is_superuser")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    readonly_fields = ("last_login", "date_joined")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and "is_active" in form.changed_data and not obj.is_active:
            services.user_shut_out(obj)

    def _is_operator(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.is_superuser)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._is_operator(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._is_operator(request)

    has_change_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self._is_operator(request)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
