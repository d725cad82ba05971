"""Reading webhooks, their deliveries and secrets, and which types of change their events are."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from shiftsync.core.errors import NotFound, ValidationFailed
from shiftsync.core.ids import parse_id
from shiftsync.realtime.protocol.wire import BROADCASTS
from shiftsync.webhooks.models import Webhook, WebhookDelivery
from shiftsync.webhooks.rules.names import event_name, is_among
from shiftsync.webhooks.rules.signing import as_secret


def event_types() -> dict[str, str]:
    """The type of change by the name of its event: everything that is broadcast, so what a manager sees, and nothing internal."""
    return {event_name(type): type for type in BROADCASTS}


def types_among(patterns: Iterable[str]) -> list[str]:
    """The types of change that those names, areas or all are about."""
    chosen = list(patterns)
    return [type for name, type in event_types().items() if is_among(name, chosen)]


def webhooks_of(restaurant_id: UUID) -> QuerySet[Webhook]:
    """A restaurant's webhooks with how far they are, the oldest first."""
    return Webhook.objects.filter(restaurant_id=restaurant_id).select_related("cursor").order_by("created_at", "id")


def webhook_in(restaurant_id: UUID, id: object) -> Webhook:
    """One of them. Raises :class:`NotFound`."""
    wanted = parse_id(id)
    found = None if wanted is None else webhooks_of(restaurant_id).filter(id=wanted).first()
    if found is None:
        raise NotFound("No such webhook.")
    return found


def deliveries_of(webhook: Webhook) -> QuerySet[WebhookDelivery]:
    """Every attempt of the last weeks, the newest first."""
    return WebhookDelivery.objects.filter(webhook=webhook).order_by("-created_at", "-id")


def delivery_in(webhook: Webhook, id: object) -> WebhookDelivery:
    """One of them. Raises :class:`NotFound`."""
    wanted = parse_id(id)
    found = None if wanted is None else deliveries_of(webhook).filter(id=wanted).first()
    if found is None:
        raise NotFound("No such delivery.")
    return found


def secret_of(webhook_id: UUID, nonce: str) -> str:
    """A secret, made again of the server's key."""
    key = salted_hmac("shiftsync.webhooks", f"{webhook_id.hex}:{nonce}", algorithm="sha256").digest()
    return as_secret(key)


def digest_of(secret: str) -> str:
    """What is stored of a secret: whether it is made of the same key as it was."""
    return sha256(secret.encode()).hexdigest()


def secrets_of(webhook: Webhook, moment: datetime) -> list[str]:
    """The secrets that sign at that moment, the present one first.

    Raises :class:`ValidationFailed` where the server's key is another one than when it was made: the receiver would refuse all.
    """
    secret = secret_of(webhook.id, webhook.nonce)
    if digest_of(secret) != webhook.secret_digest:
        raise ValidationFailed.of("secret", "The server's key has changed since. Rotate the secret.")
    is_former_valid = webhook.former_until is not None and webhook.former_until > moment
    return [secret, secret_of(webhook.id, webhook.former_nonce)] if is_former_valid else [secret]
