"""Invitations by a link, for owners."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from shiftsync.core.actor import Role
from shiftsync.core.admin import ServiceForm
from shiftsync.core.admin_site import Task
from shiftsync.core.clock import now
from shiftsync.core.errors import ValidationFailed
from shiftsync.core.models import DeliveryState
from shiftsync.core.wording import named
from shiftsync.tenants import services
from shiftsync.tenants.admin.scoped import BY_RESTAURANT, ScopedAdmin
from shiftsync.tenants.models import InvitationLink, InvitationMail

named(
    InvitationLink,
    _("invitation link"),
    _("invitation links"),
    restaurant=_("restaurant"),
    role=_("role"),
    staff_id=_("who on the schedule"),
    note=_("for whom"),
    invited_by=_("invited by"),
    expires_at=_("can be used until"),
    used_at=_("used at"),
    used_by=_("used by"),
    revoked_at=_("revoked at"),
    created_at=_("invited at"),
    updated_at=_("changed at"),
)

MAIL_STATES = {
    DeliveryState.WAITING: _("on its way to %(address)s"),
    DeliveryState.SENT: _("sent to %(address)s"),
    DeliveryState.FAILED: _("could not be sent to %(address)s"),
    DeliveryState.DROPPED: _("was not sent to %(address)s"),
    DeliveryState.UNCERTAIN: _("may not have reached %(address)s"),
}


class InvitationLinkForm(ServiceForm):
    """With where to mail it."""

    email = forms.CharField(
        label=_("Send by email to"),
        max_length=254,
        required=False,
        help_text=_("Leave empty to pass the link on yourself."),
    )


@admin.register(InvitationLink)
class InvitationLinkAdmin(ScopedAdmin):
    """Addresses that make whoever opens them a member, once. A new one is shown once, in the message after it was made."""

    task, place = Task.RESTAURANT, 3
    guide = _(
        "The first person to open and accept a link becomes a member of the restaurant. It expires after seven days."
    )
    form = InvitationLinkForm
    view_role = edit_role = Role.OWNER
    can_edit = False
    list_display = (
        "for_whom",
        "restaurant",
        "role",
        "told_state",
        "told_mail",
        "invited_by",
        "created_at",
        "expires_at",
    )
    list_display_links = ("for_whom",)
    list_filter = (BY_RESTAURANT, "role")
    list_select_related = ("restaurant", "invited_by", "used_by")
    search_fields = ("note",)
    ordering = ("-created_at", "-id")
    actions = ("mail_again", "take_back")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is not None:
            return ("restaurant", "note", "role", "told_state", "told_mail", "invited_by", "created_at", "expires_at")
        return ("restaurant", "role", "note", *(("email",) if services.mails_invitations() else ()), "request_id")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        mails = InvitationMail.objects.exclude(address="").order_by("created_at", "id")
        return super().get_queryset(request).prefetch_related(Prefetch("mails", mails, to_attr="known_mails"))

    @admin.display(description=_("for whom"), ordering="note")
    def for_whom(self, row: InvitationLink) -> str:
        return row.note or gettext("whoever has it")

    @admin.display(description=_("state"))
    def told_state(self, row: InvitationLink) -> str:
        """Whether it can still be used, and if not, why."""
        if row.used_at is not None:
            name = row.used_by.display_name if row.used_by else ""
            return gettext("used by %(name)s") % {"name": name} if name else gettext("used")
        if row.revoked_at is not None:
            return gettext("revoked")
        return gettext("can be used") if row.expires_at > now() else gettext("expired")

    @admin.display(description=_("email"))
    def told_mail(self, row: InvitationLink) -> str:
        """What became of its last mail, while it is open."""
        mails: list[InvitationMail] = row.known_mails  # type: ignore[attr-defined]  # prefetched
        return str(MAIL_STATES[DeliveryState(mails[-1].state)]) % {"address": mails[-1].address} if mails else ""

    def add_by_service(self, request: HttpRequest, form: Any) -> UUID:
        data = form.cleaned_data
        actor = self.actor(request, data["restaurant"].id)
        mail_to = self._mail_to(request, data["email"]) if data["email"] else None
        link = services.invitation_link_create(actor, role=Role(data["role"]), remark=data["note"], mail_to=mail_to)
        secret = services.invitation_link_secret(link)
        assert secret is not None, "it was made with the server's key of this moment"
        url = request.build_absolute_uri(reverse("join", args=[secret]))
        text = gettext("Copy this link and pass it on; here it is shown only once: %(url)s") % {"url": url}
        self.message_user(request, text, messages.WARNING)
        if mail_to is not None:
            self.message_user(request, gettext("It is emailed to %(address)s as well.") % {"address": mail_to.address})
        return link.id

    def _mail_to(self, request: HttpRequest, address: str) -> services.MailTo:
        return services.MailTo(address, request.build_absolute_uri("/"), (get_language() or "")[:2])

    @admin.action(description=_("Email the selected links again"), permissions=["change"])
    def mail_again(self, request: HttpRequest, queryset: QuerySet[InvitationLink]) -> None:
        def serve(row: InvitationLink) -> None:
            mails: list[InvitationMail] = row.known_mails  # type: ignore[attr-defined]  # prefetched
            if not mails:
                raise ValidationFailed.of("email", "This link was not emailed, or is no longer valid.")
            to = self._mail_to(request, mails[-1].address)
            services.invitation_mail_send(self.actor(request, row.restaurant_id), link_id=row.id, to=to)

        self.for_each(request, queryset, serve, gettext("links emailed"))

    @admin.action(description=_("Revoke the selected links"), permissions=["change"])
    def take_back(self, request: HttpRequest, queryset: QuerySet[InvitationLink]) -> None:
        def serve(row: InvitationLink) -> None:
            services.invitation_link_revoke(self.actor(request, row.restaurant_id), link_id=row.id)

        self.for_each(request, queryset, serve, gettext("links revoked"))
