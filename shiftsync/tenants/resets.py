"""Setting a forgotten password by an address: made by the owner of a member's only restaurant, by the operator, or mailed to its user.

The address holds Django's token of the user, so that it ends with a new password, with a sign-in, and after a day. One that an owner made
is judged again when it is opened: it lets nobody into what its user belongs to since.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.tokens import default_token_generator
from django.core import signing

from shiftsync.core.actor import Actor, Role
from shiftsync.core.clock import now
from shiftsync.core.errors import Forbidden, NotFound
from shiftsync.core.fence import everywhere
from shiftsync.core.ids import parse_id
from shiftsync.tenants.models import Invitation, Membership, SecurityKind, User
from shiftsync.tenants.security_log import note, note_account
from shiftsync.tenants.services.access import require_keeper

LIFETIME = timedelta(days=1)
_SALT = "shiftsync.reset"
NOT_THEIRS = "Only the user or the operator can set this password."


@dataclass(frozen=True, slots=True)
class ResetLink:
    """The secret part of the address, and until when it counts."""

    secret: str
    expires_at: datetime


def reset_link_create(actor: Actor, *, membership: Membership) -> ResetLink:
    """An address at which that member sets a new password. For owners, of those who belong to no other restaurant.

    Raises :class:`Forbidden` for everybody else: whoever has the address is that user, everywhere that they may go.
    """
    require_keeper(actor, Role.OWNER)
    if not _is_of_this_restaurant_alone(membership.user, actor.restaurant_id):
        raise Forbidden(NOT_THEIRS)
    note(SecurityKind.RESET_OFFERED, actor, membership.user_id)
    return _link(membership.user, actor.restaurant_id)


def reset_link_for(user: User) -> ResetLink:
    """The same by the operator, for any user."""
    note_account(SecurityKind.RESET_OFFERED, user.username, is_theirs=False)
    return _link(user, None)


def reset_link_mailed(user: User, *, asked_from: str) -> ResetLink:
    """The same for a mail to the user's own address, which alone proves who reads it: so for whomever, wherever they belong."""
    note_account(SecurityKind.RESET_MAILED, user.username, is_theirs=False, asked_from=asked_from)
    return _link(user, None)


def user_of_reset(secret: str) -> User:
    """Whose password may be set by that secret. Raises :class:`NotFound` for one that counts no more, or never did."""
    try:
        given = signing.loads(secret, salt=_SALT, max_age=LIFETIME)
        user_id = parse_id(given["user"])
        user = User.objects.filter(id=user_id, is_active=True).first() if user_id else None
        restaurant_id = parse_id(given["restaurant"])
        is_token_right = user is not None and default_token_generator.check_token(user, given["token"])
    except (signing.BadSignature, KeyError, TypeError):
        raise NotFound from None
    if user is None or not is_token_right:
        raise NotFound
    if restaurant_id is not None and not _is_of_this_restaurant_alone(user, restaurant_id):
        raise NotFound
    return user


def _link(user: User, restaurant_id: UUID | None) -> ResetLink:
    token = default_token_generator.make_token(user)
    given = {"user": str(user.id), "token": token, "restaurant": str(restaurant_id or "")}
    return ResetLink(signing.dumps(given, salt=_SALT), now() + LIFETIME)


@everywhere()
def _is_of_this_restaurant_alone(user: User, restaurant_id: UUID) -> bool:
    """Whether all that the user may do is what the restaurant's owner may do as well. An invitation elsewhere could be accepted in their
    name; owners and those who enter the admin set their own."""
    if not user.is_active or user.is_superuser or user.is_staff:
        return False
    memberships = Membership.objects.filter(user=user, is_active=True)
    here = memberships.filter(restaurant_id=restaurant_id).exclude(role=Role.OWNER.value)
    elsewhere = memberships.exclude(restaurant_id=restaurant_id)
    invited = Invitation.objects.filter(username=user.username).exclude(restaurant_id=restaurant_id)
    return here.exists() and not elsewhere.exists() and not invited.exists()
