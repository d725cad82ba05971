"""REST about invitations: those to an account, and those by link."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from django.urls import reverse
from rest_framework.response import Response

from shiftsync.core.actor import Role
from shiftsync.core.errors import (
    Forbidden,
    NotFound,
)
from shiftsync.core.ids import parse_id
from shiftsync.core.payloads import FromPayload
from shiftsync.core.scopes import Area
from shiftsync.core.viewsets import Payload
from shiftsync.tenants.api.as_read import (
    as_read,
    conditional_endpoint,
    conditional_once_endpoint,
    conditional_own_endpoint,
    lock_user,
)
from shiftsync.tenants.api.base import (
    RestaurantViewSetBase,
    SignedInViewSet,
    once,
    own_endpoint,
    restaurant_endpoint,
)
from shiftsync.tenants.api.members import Offered
from shiftsync.tenants.models import InvitationLink
from shiftsync.tenants.selectors import (
    invitations_for,
    links_of,
)
from shiftsync.tenants.serializers.invitations import (
    AddressedLink,
    InvitationLinkCreation,
    InvitationLinkSerializer,
    InvitationMailing,
    InvitationSerializer,
    invitation_payload,
    link_payload,
    mail_payload,
)
from shiftsync.tenants.serializers.restaurants import RestaurantSerializer, restaurant_payload
from shiftsync.tenants.services import (
    MailTo,
    invitation_accept,
    invitation_decline,
    invitation_link_create,
    invitation_link_revoke,
    invitation_link_secret,
    invitation_mail_send,
    last_mails,
)


@dataclass(frozen=True, slots=True)
class OfferedByLink(Offered):
    """What an invitation by link is to offer."""

    staff_id: UUID | None = None
    note: str = ""
    email: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Mailed(FromPayload):
    """To whom an invitation is to be mailed."""

    email: str
    language: str = ""


class InvitationsViewSet(SignedInViewSet):
    """Your invitations. A token is limited to one restaurant, so this needs a sign-in."""

    area: ClassVar[Area | None] = None

    def admit(self, needs: Role, path: Payload) -> Response | None:
        """Raises :class:`Forbidden` for who comes by a token."""
        if self.token is not None:
            raise Forbidden("Sign in to do this; a token is for one restaurant only.")
        return None

    @own_endpoint(gives=InvitationSerializer(many=True), source="query")
    def list(self, payload: Payload) -> list[Payload]:
        """Your open invitations."""
        return [invitation_payload(each) for each in invitations_for(self.user)]

    @conditional_own_endpoint(gives=RestaurantSerializer)
    @once(200)
    @as_read("list", lock=lock_user)
    def accept(self, payload: Payload, id: str) -> Payload:
        """Makes you a member of the restaurant."""
        membership = invitation_accept(self.user, invitation_id=_invitation_id(id))
        return restaurant_payload(membership.restaurant, Role(membership.role))

    @conditional_own_endpoint(gives=None, status=204)
    @once(204)
    @as_read("list", lock=lock_user)
    def decline(self, payload: Payload, id: str) -> None:
        """Lets it be; it is not shown to you any more."""
        invitation_decline(self.user, invitation_id=_invitation_id(id))


class InvitationLinksViewSet(RestaurantViewSetBase):
    """Invitations by an address that is passed on: for owners, and of those who only look for managers."""

    @restaurant_endpoint(gives=AddressedLink(many=True), source="query", needs=Role.MANAGER)
    def list(self, payload: Payload) -> list[Payload]:
        """Those that can still be taken, the newest first, with their addresses."""
        links = links_of(self.actor.restaurant_id)
        shown = [link for link in links if self.actor.role.covers(Role.OWNER) or not _reaches_far(link.role)]
        mails = last_mails(shown)
        return [
            {**link_payload(link), "url": self._url(link), "mail": mail_payload(mails.get(link.id))} for link in shown
        ]

    @conditional_once_endpoint(
        takes=InvitationLinkCreation, gives=InvitationLinkSerializer, status=201, needs=Role.MANAGER
    )
    @once(201)
    @as_read("list")
    def create(self, payload: Payload) -> Payload:
        """Makes one. Its address is in the list; whoever opens it makes an account or takes theirs, and is a member. It is mailed too, if
        `email` says to whom."""
        offered = OfferedByLink.of(payload)
        mail_to = self._mail_to(offered.email, offered.language) if "email" in payload else None
        return link_payload(
            invitation_link_create(
                self.actor, role=offered.role, staff_id=offered.staff_id, remark=offered.note, mail_to=mail_to
            )
        )

    @conditional_once_endpoint(takes=InvitationMailing, gives=InvitationLinkSerializer, needs=Role.MANAGER)
    @once(200)
    @as_read("list")
    def mail(self, payload: Payload, id: str) -> Payload:
        """Mails its address to somebody: again, or for the first time. The list says what became of the mail."""
        wanted = Mailed.of(payload)
        return link_payload(
            invitation_mail_send(
                self.actor, link_id=_invitation_id(id), to=self._mail_to(wanted.email, wanted.language)
            )
        )

    @conditional_endpoint(gives=None, status=204, needs=Role.MANAGER)
    @as_read("list")
    def destroy(self, payload: Payload, id: str) -> None:
        """Takes one back: its address leads nowhere any more."""
        invitation_link_revoke(self.actor, link_id=_invitation_id(id))

    def _mail_to(self, address: str, language: str) -> MailTo:
        return MailTo(address, self.request.build_absolute_uri("/"), language)

    def _url(self, link: InvitationLink) -> str | None:
        secret = invitation_link_secret(link)
        return self.request.build_absolute_uri(reverse("join", args=[secret])) if secret else None


def _reaches_far(role: str) -> bool:
    """Whether a role is more than looking: its address is not for managers."""
    return Role(role).covers(Role.MANAGER)


def _invitation_id(id: str) -> UUID:
    found = parse_id(id)
    if found is None:
        raise NotFound("No such invitation.")
    return found
