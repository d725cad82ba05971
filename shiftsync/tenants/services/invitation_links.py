"""Inviting by an address: whoever has it makes an account, or takes the one they have, and is a member. Opening it does nothing yet."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.crypto import salted_hmac

from shiftsync.core.actor import Actor, Role
from shiftsync.core.clock import now
from shiftsync.core.errors import NotFound, ValidationFailed
from shiftsync.core.fence import within
from shiftsync.core.history import save_with_history
from shiftsync.core.ids import new_id
from shiftsync.tenants.credentials import digest_of, make_secret
from shiftsync.tenants.models import InvitationLink, Membership, Restaurant, SecurityKind, User
from shiftsync.tenants.security_log import note
from shiftsync.tenants.selectors import OPEN_LINK, link_of, links_of
from shiftsync.tenants.services.access import require_keeper
from shiftsync.tenants.services.invitation_mails import MailTo, forget_mails, mail_write
from shiftsync.tenants.services.members import let_in, require_free_person

LINK_LIFETIME = timedelta(days=7)
MOST_LINKS = 200
"""How many may be open in a restaurant."""


def invitation_link_create(
    actor: Actor, *, role: Role, staff_id: UUID | None = None, remark: str = "", mail_to: MailTo | None = None
) -> InvitationLink:
    """A new address, mailed to somebody or not. An owner may offer any role, a manager those that only look.

    Raises :class:`ValidationFailed` for a person who is not there, or whom a member is already, and where too many are open or were
    mailed; then there is no invitation either.
    """
    require_keeper(actor, role)
    with transaction.atomic():
        restaurant = Restaurant.objects.select_for_update().get(id=actor.restaurant_id)
        if links_of(actor.restaurant_id).count() >= MOST_LINKS:
            raise ValidationFailed.of("role", f"At most {MOST_LINKS} invitations can be open.")
        if staff_id is not None:
            require_free_person(actor.restaurant_id, staff_id)
        link = InvitationLink(
            id=new_id(),
            restaurant_id=actor.restaurant_id,
            role=role,
            staff_id=staff_id,
            note=remark,
            invited_by_id=actor.user_id,
            expires_at=now() + LINK_LIFETIME,
        )
        link.digest = digest_of(_secret_of(link))
        save_with_history(link, actor, reason="Invited")
        note(SecurityKind.MEMBER_INVITED, actor, linkId=str(link.id), invited=remark, role=role)
        if mail_to is not None:
            mail_write(actor, restaurant, link, mail_to)
    return link


def invitation_link_secret(link: InvitationLink) -> str | None:
    """The secret in its address, made again; None where the server's key was another one then."""
    secret = _secret_of(link)
    return secret if digest_of(secret) == link.digest else None


def invitation_link_revoke(actor: Actor, *, link_id: UUID) -> None:
    """Takes one back. Raises :class:`NotFound` unless it is open."""
    require_keeper(actor)
    with transaction.atomic():
        links = InvitationLink.objects.select_for_update().filter(OPEN_LINK, restaurant_id=actor.restaurant_id)
        link = links.filter(id=link_id).first()
        if link is None:
            raise NotFound("No such invitation.")
        require_keeper(actor, Role(link.role))
        link.revoked_at = now()
        save_with_history(link, actor, reason="Withdrawn", fields=["revoked_at"])
        forget_mails(link)
        note(SecurityKind.MEMBER_REMOVED, actor, linkId=str(link.id), invited=link.note)


def invitation_link_accept(user: User, *, secret: str) -> Membership:
    """Makes ``user`` a member as the address offers; it is used up by that.

    Raises :class:`NotFound` for one that cannot be taken any more, :class:`ValidationFailed` for whoever is a member already.
    """
    found = link_of(digest_of(secret))
    with within(found.restaurant_id), transaction.atomic():
        return _join(user, found)


def invitation_link_sign_up(*, secret: str, username: str, password: str) -> Membership:
    """Makes an account and that a member. Raises as :func:`invitation_link_accept` does, and Django's ``ValidationError`` for a name
    that cannot be stored or is taken; then there is no account and the address is as before."""
    found = link_of(digest_of(secret))
    with within(found.restaurant_id), transaction.atomic():
        user = User(username=User.normalize_username(username))
        user.set_password(password)
        user.full_clean()
        user.save()
        return _join(user, found)


def _join(user: User, found: InvitationLink) -> Membership:
    restaurant = Restaurant.objects.select_for_update().get(id=found.restaurant_id)
    # Somebody else may have taken it while this waited.
    link = links_of(restaurant.id).filter(id=found.id).first()
    if link is None:
        raise NotFound("This invitation is no longer valid.")
    role = Role(link.role)
    actor = Actor(restaurant.id, user.id, role, name=user.display_name)
    former = Membership.objects.select_for_update().filter(restaurant=restaurant, user=user).first()
    if former is not None and former.is_active:
        raise ValidationFailed.of("invitation", "You belong to this restaurant already.")
    membership = let_in(actor, user, role, former, staff_id=_free(link))
    link.used_at, link.used_by = now(), user
    save_with_history(link, actor, reason="Accepted", fields=["used_at", "used_by"])
    forget_mails(link)
    membership.restaurant = restaurant
    return membership


def _free(link: InvitationLink) -> UUID | None:
    """Who they are on the schedule; nobody where that person has gone meanwhile, or is somebody else's."""
    if link.staff_id is None:
        return None
    try:
        require_free_person(link.restaurant_id, link.staff_id)
    except ValidationFailed:
        return None
    return link.staff_id


def _secret_of(link: InvitationLink) -> str:
    """Made of the server's key and the row, so that it can be shown again and stands nowhere."""
    seed = salted_hmac("shiftsync.invitation-links", link.id.hex, algorithm="sha256").digest()
    return make_secret(seed)[0]
