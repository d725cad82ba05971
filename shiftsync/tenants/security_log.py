"""The security log: who came in, who did not, and what became of access; from which address, for the owners to look up.

It is written in the transaction of the event itself, so that neither exists without the other.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db.models import Q, QuerySet
from django.dispatch import receiver

from shiftsync.core.actor import Actor
from shiftsync.core.clock import now
from shiftsync.core.errors import ValidationFailed
from shiftsync.core.fence import everywhere
from shiftsync.core.upkeep import delete_in_batches, register_upkeep
from shiftsync.core.whence import address_now
from shiftsync.tenants.models import ApiToken, SecurityEvent, SecurityKind, User, password_changed

LEAST_DAYS, MOST_DAYS = 1, 3650
"""How long the log may be kept; SHIFTSYNC_SECURITY_LOG_DAYS has the same bounds."""


def note(kind: SecurityKind, actor: Actor, about: UUID | None = None, **details: Any) -> None:
    """Something that ``actor`` did in a restaurant; ``about``: the user whom it concerns."""
    SecurityEvent.objects.create(
        restaurant_id=actor.restaurant_id,
        kind=kind,
        actor_id=actor.user_id,
        about_id=about,
        address=address_now(),
        details=details,
    )


@everywhere()
def note_account(kind: SecurityKind, username: str, *, is_theirs: bool, asked_from: str | None = None) -> None:
    """Something about the account of that name, in the log of each restaurant that its user belongs to.

    ``is_theirs``: its user did it. ``asked_from``: from where, if that is not the present request. A name that nobody has is not kept, since people type passwords there; for both there are as
    many statements, so that the time does not tell them apart either.
    """
    rows = list(
        User.objects.filter(username=username).values_list("id", "memberships__restaurant_id", "memberships__is_active")
    )
    user_id = rows[0][0] if rows else None
    restaurants: list[UUID | None] = [restaurant for _, restaurant, is_active in rows if is_active]
    SecurityEvent.objects.bulk_create(
        SecurityEvent(
            restaurant_id=restaurant,
            kind=kind,
            actor_id=user_id if is_theirs else None,
            about_id=user_id,
            address=address_now() if asked_from is None else asked_from,
        )
        for restaurant in restaurants or [None]
    )


def security_log_of(restaurant_id: UUID) -> QuerySet[SecurityEvent]:
    """A restaurant's log, the newest first."""
    events = SecurityEvent.objects.filter(restaurant_id=restaurant_id).select_related("actor", "about")
    return events.order_by("-at", "-id")


@everywhere()
def prune_security_log(days: int | None = None) -> int:
    """Removes what is older than ``days`` (default: SHIFTSYNC_SECURITY_LOG_DAYS), and says how many entries that were.

    Raises :class:`ValidationFailed` for days beyond the bounds.
    """
    if days is not None and not LEAST_DAYS <= days <= MOST_DAYS:
        raise ValidationFailed.of("days", f"Must be from {LEAST_DAYS} to {MOST_DAYS}.")
    before = now() - timedelta(days=settings.CONFIG.security_log_days if days is None else days)
    return delete_in_batches(SecurityEvent, Q(at__lt=before))


def prune_dead_tokens() -> int:
    """Removes tokens that ended before the oldest entry of the security log, which still names them until then; returns how many."""
    before = now() - timedelta(days=settings.CONFIG.security_log_days)
    return delete_in_batches(ApiToken, Q(revoked_at__lt=before) | Q(expires_at__lt=before))


register_upkeep("entries of the security log", prune_security_log)
register_upkeep("tokens that had ended", prune_dead_tokens)


@receiver(user_logged_in)
def _signed_in(sender: Any, user: User, **kwargs: Any) -> None:
    note_account(SecurityKind.SIGN_IN, user.username, is_theirs=True)


@receiver(user_logged_out)
def _signed_out(sender: Any, user: User | None, **kwargs: Any) -> None:
    if user is not None:
        note_account(SecurityKind.SIGN_OUT, user.username, is_theirs=True)


@receiver(password_changed)
def _new_password(sender: Any, user: User, **kwargs: Any) -> None:
    note_account(SecurityKind.PASSWORD_CHANGED, user.username, is_theirs=False)
