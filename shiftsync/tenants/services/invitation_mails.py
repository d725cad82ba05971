"""Mailing the address of an invitation: asked for here, sent by a worker. The mail's address goes when its invitation ends."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from unicodedata import normalize
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.crypto import salted_hmac

from shiftsync.core.actor import Actor, Role
from shiftsync.core.clock import now
from shiftsync.core.errors import NotFound, ValidationFailed
from shiftsync.core.fence import everywhere
from shiftsync.core.models import DeliveryState
from shiftsync.core.text import unfit
from shiftsync.core.upkeep import delete_in_batches, register_upkeep
from shiftsync.tenants.models import InvitationLink, InvitationMail, Restaurant, SecurityKind
from shiftsync.tenants.security_log import note
from shiftsync.tenants.selectors import OPEN_LINK, links_of
from shiftsync.tenants.services.access import require_keeper

COUNTED_FOR = timedelta(days=1)
MOST_TO_A_MAILBOX = 3
"""How many one restaurant, or one inviter, may send to the same mailbox within :data:`COUNTED_FOR`."""
LONGEST_ADDRESS = 254
JAPAN = "JP"


@dataclass(frozen=True, slots=True)
class MailTo:
    """Where an invitation is mailed to. ``origin``: where the installation was asked, which the link begins with. ``language``: of the
    mail; blank: that of the restaurant's country."""

    address: str
    origin: str
    language: str = ""


def mails_invitations() -> bool:
    """Whether invitations can be mailed here."""
    return settings.CONFIG.mails_links and settings.CONFIG.limits.invitation_mails_per_day > 0


def invitation_mail_send(actor: Actor, *, link_id: UUID, to: MailTo) -> InvitationLink:
    """Mails the address of an open invitation, once more or for the first time.

    Raises :class:`NotFound` unless it is open, :class:`ValidationFailed` as :func:`mail_write` does.
    """
    require_keeper(actor)
    with transaction.atomic():
        restaurant = Restaurant.objects.select_for_update().get(id=actor.restaurant_id)
        link = links_of(restaurant.id).filter(id=link_id).first()
        if link is None:
            raise NotFound("No such invitation.")
        require_keeper(actor, Role(link.role))
        mail_write(actor, restaurant, link, to)
    return link


def mail_write(actor: Actor, restaurant: Restaurant, link: InvitationLink, to: MailTo) -> None:
    """Lets a worker mail the invitation. The caller holds the restaurant's row, so that its mails are counted one after the other.

    Raises :class:`ValidationFailed` for what is no address, where no mail is sent, and where too much was.
    """
    if not mails_invitations():
        raise ValidationFailed.of("email", "This server sends no email; pass the link on yourself.")
    address = _checked(to.address)
    mailbox = salted_hmac("shiftsync.mailboxes", address.lower(), algorithm="sha256").hexdigest()
    _judge(actor, mailbox)
    InvitationMail.objects.create(
        restaurant=restaurant,
        link=link,
        sent_by_id=actor.user_id,
        address=address,
        mailbox=mailbox,
        origin=to.origin[:300],
        language=to.language or ("ja" if restaurant.country == JAPAN else "en"),
    )
    note(SecurityKind.INVITATION_MAILED, actor, linkId=str(link.id))


def forget_mails(link: InvitationLink) -> None:
    """The invitation has ended: to whom it was mailed is kept no longer, and what still waits is not sent."""
    mails = InvitationMail.objects.filter(link=link)
    mails.filter(state=DeliveryState.WAITING).update(state=DeliveryState.DROPPED, settled_at=now())
    mails.update(address="", error="")


def last_mails(links: Iterable[InvitationLink]) -> dict[UUID, InvitationMail]:
    """The last mail of each of those invitations that was mailed and is open, by the invitation."""
    mails = InvitationMail.objects.filter(link__in=list(links)).exclude(address="")
    return {mail.link_id: mail for mail in mails.order_by("created_at", "id")}


def _checked(text: str) -> str:
    """The address, as whoever invites may type it: a Japanese keyboard writes full-width letters."""
    address = normalize("NFKC", text).strip()
    try:
        if unfit(address) or len(address) > LONGEST_ADDRESS:
            raise ValidationError("")
        validate_email(address)
    except ValidationError:
        raise ValidationFailed.of("email", "Enter an email address.") from None
    return address


def _judge(actor: Actor, mailbox: str) -> None:
    """Nobody mails strangers in bulk: counted for the restaurant, and for whoever invites in all of theirs. What other restaurants have sent
    to a mailbox does not count, which would tell of it."""
    since = now() - COUNTED_FOR
    here = InvitationMail.objects.filter(restaurant_id=actor.restaurant_id, created_at__gt=since)
    # In their other restaurants they may send at this moment too; then it is a few more.
    mine = InvitationMail.objects.filter(sent_by_id=actor.user_id or actor.restaurant_id, created_at__gt=since)
    most = settings.CONFIG.limits.invitation_mails_per_day
    if here.count() >= most or _everywhere(mine) >= most:
        raise ValidationFailed.of("email", f"At most {most} invitations can be emailed within a day.")
    to_it = {"mailbox": mailbox}
    if max(here.filter(**to_it).count(), _everywhere(mine.filter(**to_it))) >= MOST_TO_A_MAILBOX:
        raise ValidationFailed.of("email", f"At most {MOST_TO_A_MAILBOX} emails a day can go to one address.")


def _everywhere(mails: QuerySet[InvitationMail]) -> int:
    with everywhere():
        return mails.count()


@everywhere()
def prune_invitation_mails() -> int:
    """Forgets to whom invitations were mailed that have ended, and removes their mails once they are counted no more; returns how many."""
    moment = now()
    ended = InvitationLink.objects.exclude(OPEN_LINK).values("id")
    InvitationMail.objects.filter(link__in=ended).exclude(address="").update(address="", error="")
    return delete_in_batches(InvitationMail, Q(address="", created_at__lt=moment - COUNTED_FOR))


register_upkeep("emailed invitations", prune_invitation_mails)
