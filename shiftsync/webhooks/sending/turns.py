"""The sender's side of the database: which webhooks are due, whose turn it is, what to deliver, and what became of it.

A turn is a lease on one webhook: nobody else delivers for it, so its events arrive in order. The cursor moves only after an answer;
whoever takes the turn over from a worker that was killed delivers the event again, under the same id.
"""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from shiftsync.core.clock import iso, now
from shiftsync.core.encoding import decode, encode
from shiftsync.core.fence import everywhere, within
from shiftsync.core.outward.backoff import pause_after
from shiftsync.realtime.events import LoggedChange
from shiftsync.realtime.stream.log import read_after
from shiftsync.realtime.stream.selectors import Position, author_names, reading
from shiftsync.webhooks.models import DeliveryState, Webhook, WebhookCursor, WebhookDelivery, WebhookState
from shiftsync.webhooks.rules.names import RESYNC, event_name
from shiftsync.webhooks.rules.signing import signed_headers
from shiftsync.webhooks.selectors import secrets_of, types_among
from shiftsync.webhooks.services import webhook_disable

LEASE_MARGIN = timedelta(seconds=5)
"""How much longer than an attempt may take a worker holds its turn without being heard of."""
PAGE = 20
MOST_BYTES = 256 * 1024
"""A larger event is sent without its ``data``, which its receiver reads in the log."""
GONE = 410


@dataclass(frozen=True, slots=True)
class Turn:
    """A webhook that this worker delivers for, until it lets go."""

    webhook_id: UUID
    restaurant_id: UUID
    holder: UUID


@dataclass(frozen=True, slots=True)
class Outgoing:
    """An event on its way. ``position``: where the cursor stands once it is delivered; None: it was asked for, by ``delivery_id``."""

    event: str
    event_id: str
    body: bytes
    version: int | None = None
    position: tuple[UUID, int] | None = None
    delivery_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """What became of one. ``status`` None: there was no answer, for the reason ``error``."""

    began: datetime
    milliseconds: int
    status: int | None = None
    text: str = ""
    error: str = ""
    retry_after: float | None = None

    @property
    def is_success(self) -> bool:
        """Whether the event has been received."""
        return self.status is not None and 200 <= self.status < 300


@everywhere()
def claim_due(most: int) -> list[Turn]:
    """Up to so many webhooks for which something is to be delivered, and which nobody holds; those that have waited longest first."""
    moment = now()
    stream = "restaurant__stream"
    behind = Q(version__lt=F(f"{stream}__version")) | ~Q(epoch=F(f"{stream}__epoch"))
    has_changes = behind & Q(webhook__state=WebhookState.ACTIVE, next_attempt_at__lte=moment)
    waiting = WebhookDelivery.objects.filter(webhook=OuterRef("pk"), state=DeliveryState.WAITING)
    is_free = Q(lease_until=None) | Q(lease_until__lt=moment)
    due = WebhookCursor.objects.filter(is_free, has_changes | Exists(waiting)).order_by("next_attempt_at")
    turns = []
    for webhook_id, restaurant_id in due.values_list("webhook_id", "restaurant_id")[:most]:
        turn = Turn(webhook_id, restaurant_id, uuid4())
        free = WebhookCursor.objects.filter(is_free, webhook_id=webhook_id)
        if free.update(holder=turn.holder, lease_until=_lease()):
            turns.append(turn)
    return turns


def let_go(turn: Turn) -> None:
    """Ends the turn."""
    with within(turn.restaurant_id):
        WebhookCursor.objects.filter(webhook_id=turn.webhook_id, holder=turn.holder).update(
            holder=None, lease_until=None
        )


def to_deliver(turn: Turn) -> list[Outgoing]:
    """What comes next: what owners asked for, then the following changes in order; nothing: the turn is over.

    Where none of the following changes is an event of this webhook, the cursor has moved past them.
    """
    with within(turn.restaurant_id):
        webhook = _held(turn)
        if webhook is None:
            return []
        asked = WebhookDelivery.objects.filter(webhook=webhook, state=DeliveryState.WAITING).order_by("id")[:PAGE]
        found = [each for row in asked if (each := _requested(webhook, row)) is not None]
        if found or webhook.state != WebhookState.ACTIVE or webhook.cursor.next_attempt_at > now():
            return found
        return _changes(webhook, turn)


def _held(turn: Turn) -> Webhook | None:
    held = Webhook.objects.select_related("cursor").filter(id=turn.webhook_id, cursor__holder=turn.holder)
    return held.first()


def _changes(webhook: Webhook, turn: Turn) -> list[Outgoing]:
    cursor = webhook.cursor
    with reading(webhook.restaurant_id) as position:
        if str(cursor.epoch) != position.epoch or not position.floor <= cursor.version <= position.version:
            return [_resync(webhook, position)]
        found = read_after(
            webhook.restaurant_id, cursor.version, PAGE, position.version, types=types_among(webhook.events)
        )
        names = author_names({change.user_id for change in found if change.user_id})
    if not found:
        own = WebhookCursor.objects.filter(webhook=webhook, holder=turn.holder)
        own.filter(version=cursor.version, epoch=cursor.epoch).update(version=position.version)
    return [_outgoing(change, cursor.epoch, names) for change in found]


def _outgoing(change: LoggedChange, epoch: UUID, names: dict[UUID, str]) -> Outgoing:
    told: dict[str, Any] = {
        "type": event_name(change.type),
        "timestamp": change.timestamp,
        "restaurantId": change.restaurant_id,
        "epoch": epoch,
        "version": change.version,
        "changeType": change.type,
        "changedBy": names.get(change.user_id) if change.user_id else None,
        "clientId": change.client_id,
        "requestId": change.request_id,
        "data": decode(change.payload),
    }
    body = encode(told).encode()
    if len(body) > MOST_BYTES:
        body = encode({**told, "data": None}).encode()
    event_id = f"msg_{epoch.hex}_{change.version}"
    return Outgoing(told["type"], event_id, body, change.version, position=(epoch, change.version))


def _resync(webhook: Webhook, position: Position) -> Outgoing:
    cursor = webhook.cursor
    epoch = UUID(position.epoch)
    data = {"since": f"{cursor.epoch}:{cursor.version}", "epoch": position.epoch, "version": position.version}
    body = _of_no_change(webhook, RESYNC, data)
    event_id = f"msg_{epoch.hex}_{position.version}_resync"
    return Outgoing(RESYNC, event_id, body, position=(epoch, position.version))


def _requested(webhook: Webhook, row: WebhookDelivery) -> Outgoing | None:
    """What an owner asked for; None where the log has lost it since, which its row then says."""
    known: dict[str, Any] = {
        "event": row.event,
        "event_id": row.event_id,
        "delivery_id": row.id,
        "version": row.version,
    }
    if row.version is None:
        data = {"webhookId": webhook.id}
        return Outgoing(body=_of_no_change(webhook, row.event, data), **known)
    with reading(webhook.restaurant_id):
        found = read_after(webhook.restaurant_id, row.version - 1, 1, row.version)
        names = author_names({change.user_id for change in found if change.user_id})
    if not found:
        error = "The log does not reach back to this event."
        WebhookDelivery.objects.filter(id=row.id).update(state=DeliveryState.FAILED, error=error)
        return None
    epoch = UUID(row.event_id.split("_")[1])
    return Outgoing(body=_outgoing(found[0], epoch, names).body, **known)


def _of_no_change(webhook: Webhook, event: str, data: dict[str, Any]) -> bytes:
    told = {"type": event, "timestamp": iso(now()), "restaurantId": webhook.restaurant_id, "data": data}
    return encode(told).encode()


def destination(turn: Turn, outgoing: Outgoing, moment: datetime) -> tuple[str, dict[str, str]] | None:
    """Where to send it, and its headers, signed for an attempt at ``moment``; None: somebody else has the turn.

    Raises :class:`ValidationFailed` where it cannot be signed.
    """
    with within(turn.restaurant_id):
        webhook = _held(turn)
        if webhook is None:
            return None
        secrets = secrets_of(webhook, moment)
        return webhook.url, signed_headers(outgoing.event_id, int(moment.timestamp()), outgoing.body, secrets)


def record(turn: Turn, outgoing: Outgoing, attempt: Attempt) -> bool:
    """Notes an attempt and moves the cursor after it; whether to go on.

    The log of deliveries and the cursor change together: neither tells what the other does not.
    """
    with within(turn.restaurant_id), transaction.atomic():
        # First the webhook, then its cursor, as its owners do: with the cursor in hand, to disable it would be to wait for somebody who
        # waits for the cursor, and its last entry would be written while it is removed.
        webhook = Webhook.objects.select_for_update(no_key=True).filter(id=turn.webhook_id).first()
        own = WebhookCursor.objects.select_for_update().filter(webhook=webhook, holder=turn.holder)
        cursor = None if webhook is None else own.first()
        if webhook is None or cursor is None:
            return False
        cursor.webhook = webhook
        _log(cursor, outgoing, attempt)
        cursor.lease_until = _lease()
        if outgoing.position is not None:
            _move(cursor, outgoing.position, attempt)
        cursor.save()
        return attempt.is_success or outgoing.position is None


def _log(cursor: WebhookCursor, outgoing: Outgoing, attempt: Attempt) -> None:
    told = {
        "state": DeliveryState.SUCCEEDED if attempt.is_success else DeliveryState.FAILED,
        "sent_at": attempt.began,
        "status": attempt.status,
        "error": attempt.error[:200],
        "response": attempt.text,
        "milliseconds": attempt.milliseconds,
    }
    if outgoing.delivery_id is not None:
        WebhookDelivery.objects.filter(id=outgoing.delivery_id).update(**told)
        return
    WebhookDelivery.objects.create(
        restaurant_id=cursor.restaurant_id,
        webhook_id=cursor.webhook_id,
        version=outgoing.version,
        event=outgoing.event,
        event_id=outgoing.event_id,
        attempt=cursor.failures + 1,
        created_at=attempt.began,
        **told,
    )


def _move(cursor: WebhookCursor, position: tuple[UUID, int], attempt: Attempt) -> None:
    moment = now()
    if attempt.is_success:
        cursor.epoch, cursor.version = position
        cursor.failures, cursor.failing_since, cursor.next_attempt_at = 0, None, moment
        return
    cursor.failures += 1
    cursor.failing_since = cursor.failing_since or attempt.began
    cursor.next_attempt_at = moment + timedelta(
        seconds=pause_after(cursor.failures, random.random(), attempt.retry_after)
    )
    error = attempt.error or f"HTTP {attempt.status}"
    if attempt.status == GONE:
        webhook_disable(cursor.webhook, WebhookState.GONE, error)
    elif moment - cursor.failing_since >= timedelta(days=settings.CONFIG.webhook_days):
        webhook_disable(cursor.webhook, WebhookState.FAILING, error)


def _lease() -> datetime:
    return now() + timedelta(seconds=settings.WEBHOOK_TIMEOUT_SECONDS) + LEASE_MARGIN
