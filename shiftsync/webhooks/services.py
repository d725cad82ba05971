"""What changes webhooks: for owners, by REST, the admin and the command alike; and what the sender notes of them."""

import secrets
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from shiftsync.core.actor import Actor, Role
from shiftsync.core.clock import now
from shiftsync.core.errors import Forbidden, Gone, ValidationFailed
from shiftsync.core.history import delete_with_history, save_with_history
from shiftsync.core.ids import new_id
from shiftsync.core.outward.addresses import require_fit
from shiftsync.core.scopes import require_scope
from shiftsync.core.upkeep import delete_in_batches, register_upkeep
from shiftsync.realtime.models import Change
from shiftsync.realtime.protocol.wire import BROADCASTS, topic_area
from shiftsync.realtime.stream.selectors import position_of
from shiftsync.tenants.models import Restaurant, SecurityKind
from shiftsync.tenants.security_log import note
from shiftsync.tenants.selectors import roles_in
from shiftsync.webhooks.models import DeliveryState, Webhook, WebhookCursor, WebhookDelivery, WebhookState
from shiftsync.webhooks.rules.names import TEST
from shiftsync.webhooks.selectors import (
    delivery_in,
    digest_of,
    secret_of,
    secrets_of,
    types_among,
    webhook_in,
    webhooks_of,
)

LEAST_SECRET_HOURS, OLD_SECRET_HOURS, MOST_SECRET_HOURS = 0, 24, 168
MOST_WAITING = 20
"""How many deliveries of a webhook may wait that owners have asked for."""


def webhook_create(
    actor: Actor, *, url: str, events: Sequence[str], description: str = "", id: UUID | None = None
) -> Webhook:
    """A webhook that is told of what happens from now on.

    Raises :class:`ValidationFailed` for an address or events that cannot be, and where there are too many.
    """
    _require_owner(actor)
    webhook = Webhook(id=id or new_id(), restaurant_id=actor.restaurant_id, description=description)
    webhook.url, webhook.events = _fit_url(url), _fit_events(events)
    _require_hearing(actor, webhook)
    _make_secret(webhook)
    with transaction.atomic():
        Restaurant.objects.select_for_update().filter(id=actor.restaurant_id).first()
        most = settings.CONFIG.limits.webhooks_per_restaurant
        if webhooks_of(actor.restaurant_id).count() >= most:
            raise ValidationFailed.of("url", f"A restaurant has at most {most} webhooks.")
        save_with_history(webhook, actor, reason="Added")
        position = position_of(actor.restaurant_id)
        WebhookCursor.objects.create(
            webhook=webhook, restaurant_id=actor.restaurant_id, epoch=position.epoch, version=position.version
        )
        _note(SecurityKind.WEBHOOK_ADDED, actor, webhook)
    return webhook


def webhook_update(
    actor: Actor,
    *,
    webhook_id: object,
    url: str | None = None,
    events: Sequence[str] | None = None,
    description: str | None = None,
) -> Webhook:
    """Changes what is given; what waits for another attempt is attempted at once. Raises as :func:`webhook_create` does, and
    :class:`NotFound`."""

    def change(webhook: Webhook) -> None:
        webhook.url = webhook.url if url is None else _fit_url(url)
        webhook.events = webhook.events if events is None else _fit_events(events)
        webhook.description = webhook.description if description is None else description
        _require_hearing(actor, webhook)

    return _changed(actor, webhook_id, change, reason="Changed")


def webhook_pause(actor: Actor, *, webhook_id: object) -> Webhook:
    """Stops deliveries; what happens meanwhile waits. Raises :class:`NotFound`."""

    def change(webhook: Webhook) -> None:
        webhook.state = WebhookState.PAUSED

    return _changed(actor, webhook_id, change, reason="Paused")


def webhook_resume(actor: Actor, *, webhook_id: object, skip: bool = False) -> Webhook:
    """Takes deliveries up again where they stopped, or (``skip``) at what happens from now on. Raises :class:`NotFound`."""

    def change(webhook: Webhook) -> None:
        webhook.state = WebhookState.ACTIVE
        if skip:
            position = position_of(actor.restaurant_id)
            WebhookCursor.objects.filter(webhook=webhook).update(epoch=position.epoch, version=position.version)

    return _changed(actor, webhook_id, change, reason="Resumed from now on" if skip else "Resumed")


def webhook_rotate_secret(actor: Actor, *, webhook_id: object, hours: int = OLD_SECRET_HOURS) -> Webhook:
    """Makes a new secret; the one of before signs as well for so many hours. Raises :class:`NotFound`."""
    if not LEAST_SECRET_HOURS <= hours <= MOST_SECRET_HOURS:
        raise ValidationFailed.of("hours", f"Must be from {LEAST_SECRET_HOURS} to {MOST_SECRET_HOURS}.")

    def change(webhook: Webhook) -> None:
        is_known = digest_of(secret_of(webhook.id, webhook.nonce)) == webhook.secret_digest
        webhook.former_nonce = webhook.nonce if is_known else ""
        webhook.former_until = now() + timedelta(hours=hours) if hours and is_known else None
        _make_secret(webhook)

    return _changed(actor, webhook_id, change, reason="New secret")


def webhook_secrets(actor: Actor, *, webhook_id: object) -> list[str]:
    """The secrets that sign now, the present one first; that they were shown stands in the security log. Raises :class:`NotFound`."""
    _require_owner(actor)
    webhook = webhook_in(actor.restaurant_id, webhook_id)
    shown = secrets_of(webhook, now())
    _note(SecurityKind.WEBHOOK_SECRET_SHOWN, actor, webhook)
    return shown


def webhook_delete(actor: Actor, *, webhook_id: object) -> None:
    """Removes it with its log; what was not delivered is not delivered. Raises :class:`NotFound`."""
    _require_owner(actor)
    with transaction.atomic():
        webhook = _locked(actor, webhook_id)
        _note(SecurityKind.WEBHOOK_REMOVED, actor, webhook)
        delete_with_history(webhook, actor, reason="Removed")


def webhook_test(actor: Actor, *, webhook_id: object) -> WebhookDelivery:
    """Has an event delivered that is about nothing, whatever the state. Raises :class:`NotFound`."""
    _require_owner(actor)
    with transaction.atomic():
        id = new_id()
        return _asked_for(_locked(actor, webhook_id), id=id, event=TEST, event_id=f"msg_{id.hex}")


def delivery_repeat(actor: Actor, *, webhook_id: object, delivery_id: object) -> WebhookDelivery:
    """Has an event delivered once more, under its id of then, beside those whose turn it is.

    Raises :class:`NotFound`, and :class:`Gone` where the log does not reach back to it.
    """
    _require_owner(actor)
    with transaction.atomic():
        webhook = _locked(actor, webhook_id)
        former = delivery_in(webhook, delivery_id)
        if former.version is not None and not _is_logged(former, former.version):
            raise Gone("The log does not reach back to this event.")
        return _asked_for(webhook, version=former.version, event=former.event, event_id=former.event_id)


def webhook_disable(webhook: Webhook, state: WebhookState, error: str) -> None:
    """What the sender does after days of failure, in its transaction: owners see it in the admin and in the security log."""
    system = Actor.system(webhook.restaurant_id)
    webhook.state = state
    save_with_history(webhook, system, reason=f"Disabled: {error}", fields=["state"])
    note(SecurityKind.WEBHOOK_DISABLED, system, webhookId=str(webhook.id), url=webhook.url, state=state, error=error)


def _changed(actor: Actor, webhook_id: object, change: Callable[[Webhook], None], *, reason: str) -> Webhook:
    _require_owner(actor)
    with transaction.atomic():
        webhook = _locked(actor, webhook_id)
        before = _content(webhook)
        change(webhook)
        if _content(webhook) != before:
            save_with_history(webhook, actor, reason=reason)
            _note(SecurityKind.WEBHOOK_CHANGED, actor, webhook, what=reason)
        # Whoever delivers for it at this moment does so by what it was; the turn is taken away, and begins anew.
        WebhookCursor.objects.filter(webhook=webhook).update(
            failures=0, failing_since=None, next_attempt_at=now(), holder=None, lease_until=None
        )
        return webhook_in(actor.restaurant_id, webhook.id)


def _content(webhook: Webhook) -> dict[str, Any]:
    return {field.attname: getattr(webhook, field.attname) for field in Webhook._meta.concrete_fields}


def webhook_hold(actor: Actor, *, webhook_id: object) -> Webhook:
    """The webhook as it is, which nobody else changes until the transaction around ends. Raises :class:`NotFound`."""
    _require_owner(actor)
    _locked(actor, webhook_id)
    return webhook_in(actor.restaurant_id, webhook_id)


def _locked(actor: Actor, webhook_id: object) -> Webhook:
    """The webhook, which nobody else changes until the transaction ends. Raises :class:`NotFound`."""
    found = webhook_in(actor.restaurant_id, webhook_id)
    # Not against references to it. Its cursor and its deliveries are changed after this, by the sender too.
    locked = Webhook.objects.select_for_update(no_key=True).filter(id=found.id).first()
    return locked or webhook_in(actor.restaurant_id, webhook_id)


def _asked_for(webhook: Webhook, **known: Any) -> WebhookDelivery:
    waiting = WebhookDelivery.objects.filter(webhook=webhook, state=DeliveryState.WAITING)
    if waiting.count() >= MOST_WAITING:
        raise ValidationFailed.of("webhook", f"At most {MOST_WAITING} deliveries can wait to be repeated.")
    return WebhookDelivery.objects.create(
        restaurant_id=webhook.restaurant_id,
        webhook=webhook,
        state=DeliveryState.WAITING,
        is_requested=True,
        **known,
    )


def _is_logged(delivery: WebhookDelivery, version: int) -> bool:
    """Whether the log still has the change, and its past is still the same."""
    is_of_log = delivery.event_id.startswith(f"msg_{UUID(position_of(delivery.restaurant_id).epoch).hex}_")
    return is_of_log and Change.objects.filter(restaurant_id=delivery.restaurant_id, version=version).exists()


def _make_secret(webhook: Webhook) -> None:
    webhook.nonce = secrets.token_hex(32)
    webhook.secret_digest = digest_of(secret_of(webhook.id, webhook.nonce))


def _fit_url(url: str) -> str:
    try:
        require_fit(url, settings.CONFIG.webhook_networks)
    except ValueError as problem:
        raise ValidationFailed.of("url", str(problem)) from None
    return url


def _fit_events(events: Sequence[str]) -> list[str]:
    chosen = list(dict.fromkeys(events))
    unknown = next((each for each in chosen if not types_among([each])), None)
    if unknown is not None:
        raise ValidationFailed.of("events", f"There is no event {unknown}.")
    if not chosen:
        raise ValidationFailed.of("events", "Name at least one event, an area such as staff.*, or all with *.")
    return chosen


def _require_hearing(actor: Actor, webhook: Webhook) -> None:
    """Raises :class:`ScopeMissing` where a token would have others told what it may not read itself."""
    for type in types_among(webhook.events):
        require_scope(actor.scopes, topic_area(BROADCASTS[type].topic), writes=False)


def _require_owner(actor: Actor) -> None:
    """Raises :class:`Forbidden` unless the actor is an owner at this moment, or the system."""
    if actor.user_id is None:
        return
    role = roles_in(actor.restaurant_id, [actor.user_id]).get(actor.user_id)
    if role is None or not role.covers(Role.OWNER):
        raise Forbidden("Only an owner can do this.")


def _note(kind: SecurityKind, actor: Actor, webhook: Webhook, **details: Any) -> None:
    note(kind, actor, webhookId=str(webhook.id), url=webhook.url, **details)


def prune_deliveries() -> int:
    """Removes attempts that are older than the change log, beyond which none can be repeated; returns how many."""
    before = now() - timedelta(days=settings.CHANGE_LOG_DAYS)
    return delete_in_batches(WebhookDelivery, Q(created_at__lt=before))


register_upkeep("webhook deliveries", prune_deliveries)
