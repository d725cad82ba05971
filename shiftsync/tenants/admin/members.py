"""Who belongs to a restaurant, and who is invited, by name or by a link."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shiftsync.core.actor import Role
from shiftsync.core.admin import ServiceForm
from shiftsync.core.admin_history import HistoryAdmin
from shiftsync.core.admin_site import Task
from shiftsync.core.errors import ValidationFailed
from shiftsync.core.wording import named
from shiftsync.tenants import services
from shiftsync.tenants.admin.scoped import BY_RESTAURANT, ScopedAdmin
from shiftsync.tenants.models import Invitation, Membership

named(
    Membership,
    _("member"),
    _("members"),
    restaurant=_("restaurant"),
    user=_("user"),
    role=_("role"),
    is_active=_("active"),
    staff_id=_("who on the schedule"),
    created_at=_("added at"),
    updated_at=_("changed at"),
)
named(
    Invitation,
    _("invitation"),
    _("invitations"),
    restaurant=_("restaurant"),
    username=_("user name"),
    role=_("role"),
    invited_by=_("invited by"),
    declined_at=_("declined at"),
    created_at=_("invited at"),
)


class InvitationForm(ServiceForm):
    """Names a user by hand: a list to choose from would show who else uses the server."""

    username = forms.CharField(label=_("user name"), max_length=150, help_text=_("They get access once they accept."))


@admin.register(Membership)
class MembershipAdmin(HistoryAdmin, ScopedAdmin):
    """Who may do what, for owners. New ones are invited."""

    task, place = Task.RESTAURANT, 2
    guide = _("Who can open the restaurant, and what they can do there.")
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
