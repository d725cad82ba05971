"""Giving out and revoking the addresses of calendar feeds. They are credentials, so the change log does not know them."""

from django.db import transaction

from schedules.models import FeedLink
from shiftsync.core.actor import Actor, Role
from shiftsync.core.clock import now
from shiftsync.core.errors import Forbidden, NotFound
from shiftsync.core.ids import parse_id
from shiftsync.tenants.credentials import make_secret
from shiftsync.tenants.models import SecurityKind
from shiftsync.tenants.security_log import note
from shiftsync.tenants.selectors import person_of
from staff.selectors import staff_member


def require_own_or_editor(actor: Actor, staff_id: str) -> None:
    """Raises :class:`Forbidden` unless the actor edits, or is that person themselves."""
    if actor.role.covers(Role.MANAGER):
        return
    mine = person_of(actor)
    if mine is None or mine.id != parse_id(staff_id):
        raise Forbidden


def feed_issue(actor: Actor, *, staff_id: str, seed: bytes | None = None) -> tuple[FeedLink, str]:
    """A new link for that person and its secret, which is shown this once; an older link stops working. ``seed``: see ``make_secret``."""
    require_own_or_editor(actor, staff_id)
    with transaction.atomic():
        member = staff_member(actor.restaurant_id, staff_id)
        _revoke(actor, staff_id)
        secret, digest = make_secret(seed)
        link = FeedLink.objects.create(restaurant_id=actor.restaurant_id, staff=member, digest=digest)
        note(SecurityKind.FEED_ISSUED, actor, staffId=str(member.id), name=member.name)
    return link, secret


def feed_revoke(actor: Actor, *, staff_id: str) -> None:
    """Revokes that person's link. Raises :class:`NotFound` if there is none."""
    require_own_or_editor(actor, staff_id)
    with transaction.atomic():
        if not _revoke(actor, staff_id):
            raise NotFound("There is no calendar link.")


def _revoke(actor: Actor, staff_id: str) -> int:
    member = staff_member(actor.restaurant_id, staff_id, include_deleted=True)
    count = FeedLink.objects.filter(staff=member, revoked_at=None).update(revoked_at=now())
    if count:
        note(SecurityKind.FEED_REVOKED, actor, staffId=str(member.id), name=member.name)
    return count
