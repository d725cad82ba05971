"""Access tokens."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shiftsync.core.actor import Role
from shiftsync.core.admin import ServiceForm
from shiftsync.core.admin_site import Task
from shiftsync.core.scopes import Scope, scopes_in
from shiftsync.core.wording import named
from shiftsync.tenants import services
from shiftsync.tenants.admin.scoped import ScopedAdmin
from shiftsync.tenants.models import ApiToken

named(
    ApiToken,
    _("access token"),
    _("access tokens"),
    restaurant=_("restaurant"),
    user=_("user"),
    name=_("name"),
    created_at=_("issued at"),
    last_used_at=_("last used at"),
    revoked_at=_("revoked at"),
    expires_at=_("expires"),
    scopes=_("may do"),
)

SCOPE_LABELS = [
    (Scope.EVERYTHING.value, _("everything its user can do")),
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
        help_text=_("Never more than its user can. Write access includes read access."),
    )


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
