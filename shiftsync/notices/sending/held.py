"""Mails that a worker takes, row by row: each is one worker's at a time, and is never begun twice. What a row says is for its own module."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.core.mail import EmailMessage
from django.db import transaction

from shiftsync.core.clock import now
from shiftsync.core.fence import everywhere
from shiftsync.core.models import DeliveryState, OnItsWay
from shiftsync.notices.sending.turns import Outcome, is_free, lease, note_attempt, settle


@dataclass(frozen=True, slots=True)
class Post:
    """A table of mails that wait. ``write`` makes the mail of a row, or None where it is not to be sent any more."""

    model: type[OnItsWay]
    write: Callable[[Any], EmailMessage | None]


@dataclass(frozen=True, slots=True)
class Held:
    """A mail that this worker holds."""

    post: Post
    id: UUID
    holder: UUID


def claim(post: Post, most: int) -> list[Held]:
    """Up to so many mails that are due and that nobody holds, those that have waited longest first."""
    moment, taken = now(), []
    rows: Any = post.model._default_manager
    due = rows.filter(is_free(moment), state=DeliveryState.WAITING, next_attempt_at__lte=moment)
    with everywhere():
        for id in list(due.order_by("next_attempt_at").values_list("id", flat=True)[:most]):
            held = Held(post, id, uuid4())
            free = rows.filter(is_free(moment), id=id, state=DeliveryState.WAITING)
            if free.update(holder=held.holder, lease_until=lease()):
                taken.append(held)
    return taken


def begin(held: Held) -> EmailMessage | None:
    """The mail, noted as begun before it leaves; None: there is none, or one that may have been sent."""
    with everywhere(), transaction.atomic():
        row = _row(held)
        if row is None:
            return None
        if row.begun_at is not None:
            settle(row, DeliveryState.UNCERTAIN, "The worker ended while it sent this.")
            return None
        mail = held.post.write(row)
        if mail is None:
            settle(row, DeliveryState.DROPPED)
            return None
        row.begun_at, row.lease_until = now(), lease()
        row.save()
        return mail


def end(held: Held, outcome: Outcome, error: str) -> None:
    """Notes what became of an attempt."""
    with everywhere(), transaction.atomic():
        row = _row(held)
        if row is not None:
            note_attempt(row, outcome, error, None)


def _row(held: Held) -> Any:
    """Locked, since it is saved whole: what is blanked meanwhile must stay blank."""
    rows: Any = held.post.model._default_manager
    return rows.select_for_update().filter(id=held.id, holder=held.holder).first()
