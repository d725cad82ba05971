"""Browsers that may be pushed to: which there are, and the key by which push services know this installation."""

import base64
import binascii
import secrets
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.signals import user_logged_out
from django.db import transaction
from django.db.models import QuerySet
from django.dispatch import receiver
from django.utils.crypto import salted_hmac

from shiftsync.core.actor import Actor
from shiftsync.core.errors import Forbidden, ValidationFailed
from shiftsync.core.fence import everywhere
from shiftsync.core.outward.addresses import require_fit
from shiftsync.notices.models import PushKey, PushSubscription
from shiftsync.tenants.models import User, password_changed, session_ended

P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
POINT_BYTES, AUTH_BYTES, UNCOMPRESSED = 65, 16, 4
MOST_BROWSERS = 20


def private_number(nonce: str) -> int:
    """The private key, made again of the server's key: a number from 1 to below the order of the curve."""
    halves = (
        salted_hmac("shiftsync.notices.push", f"{nonce}:{half}", algorithm="sha256").digest() for half in range(2)
    )
    return int.from_bytes(b"".join(halves)) % (P256_ORDER - 1) + 1


def push_key() -> PushKey:
    """The installation's key, made when it is first asked for.

    After a new ``SHIFTSYNC_SECRET_KEY`` there is another; browsers that subscribed under the former cannot be reached by it, so they go
    and subscribe again when their page is opened.
    """
    found = PushKey.objects.filter(id=1).first()
    if found is not None and found.digest == _digest(found.nonce):
        return found
    with transaction.atomic():
        PushKey.objects.bulk_create([PushKey(id=1)], ignore_conflicts=True)
        row = PushKey.objects.select_for_update().get(id=1)
        if row.digest == _digest(row.nonce):
            return row
        row.nonce = secrets.token_hex(32)
        row.digest, row.public = _digest(row.nonce), _public(row.nonce)
        row.save()
        with everywhere():
            PushSubscription.objects.all().delete()
        return row


def _digest(nonce: str) -> str:
    return sha256(private_number(nonce).to_bytes(32)).hexdigest() if nonce else "-"


def _public(nonce: str) -> str:
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415 - only for who makes the key, and who sends
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat  # noqa: PLC0415 - as above

    point = ec.derive_private_key(private_number(nonce), ec.SECP256R1()).public_key()
    return as_base64(point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def push_subscribe(
    actor: Actor, *, endpoint: str, p256dh: str, auth: str, language: str, session_key: str | None = None
) -> PushSubscription:
    """Pushes to that browser from now on what its user is told in this restaurant. Somebody else who used it before is not told there
    any more.

    Raises :class:`ValidationFailed` for an address or keys that cannot be, and where there are too many.
    """
    if actor.user_id is None:
        raise Forbidden("Sign in to do this.")
    _require_fit(endpoint, p256dh, auth)
    push_key()  # a new one would end what was subscribed before it
    place = sha256(endpoint.encode()).hexdigest()
    known: dict[str, Any] = {"endpoint": endpoint, "p256dh": p256dh, "auth": auth, "language": language}
    known |= {"user_id": actor.user_id, "session": session_digest(session_key)}
    with transaction.atomic():
        User.objects.select_for_update().filter(id=actor.user_id).first()
        with everywhere():
            PushSubscription.objects.filter(place=place).exclude(user_id=actor.user_id).delete()
        if browsers_of(actor).exclude(place=place).count() >= MOST_BROWSERS:
            raise ValidationFailed.of("endpoint", f"At most {MOST_BROWSERS} browsers of a user can be notified.")
        made, _ = PushSubscription.objects.update_or_create(
            restaurant_id=actor.restaurant_id, place=place, defaults=known
        )
    return made


def browsers_of(actor: Actor) -> QuerySet[PushSubscription]:
    """Those of the actor, in their restaurant."""
    mine = PushSubscription.objects.filter(restaurant_id=actor.restaurant_id)
    return mine.none() if actor.user_id is None else mine.filter(user_id=actor.user_id)


def push_unsubscribe(actor: Actor, *, endpoint: str) -> None:
    """Does not push to that browser of the actor any more; if it is none of theirs, nothing changes."""
    place = sha256(endpoint.encode()).hexdigest()
    browsers_of(actor).filter(place=place).delete()


def push_ended(restaurant_id: UUID, subscription_id: UUID) -> None:
    """Its push service knows it no more."""
    PushSubscription.objects.filter(restaurant_id=restaurant_id, id=subscription_id).delete()


def session_digest(session_key: str | None) -> str:
    """What is kept of a session; blank where there is none, as with a token."""
    return sha256(session_key.encode()).hexdigest() if session_key else ""


@receiver(user_logged_out)
def end_with_sign_out(sender: Any, request: Any, user: Any, **_: Any) -> None:
    """The browser may be used by somebody else from now on."""
    key = getattr(getattr(request, "session", None), "session_key", None)
    if key:
        with everywhere():
            PushSubscription.objects.filter(session=session_digest(key)).delete()


@receiver(session_ended)
def end_with_session(sender: Any, session_key: str, **_: Any) -> None:
    """Whoever signs a lost phone out from elsewhere wants nothing shown on it any more."""
    with everywhere():
        PushSubscription.objects.filter(session=session_digest(session_key)).delete()


@receiver(password_changed)
def end_with_password(sender: Any, user: User, **_: Any) -> None:
    """Whoever knew the former one may have made some of them."""
    with everywhere():
        PushSubscription.objects.filter(user_id=user.pk).delete()


def _require_fit(endpoint: str, p256dh: str, auth: str) -> None:
    try:
        require_fit(endpoint, settings.CONFIG.push_networks)
    except ValueError as problem:
        raise ValidationFailed.of("endpoint", str(problem)) from None
    point, secret = from_base64(p256dh), from_base64(auth)
    if len(point) != POINT_BYTES or point[0] != UNCOMPRESSED:
        raise ValidationFailed.of("p256dh", "Is not a key of a push subscription.")
    if len(secret) != AUTH_BYTES:
        raise ValidationFailed.of("auth", "Is not a key of a push subscription.")


def as_base64(data: bytes) -> str:
    """Base64 for URLs, without padding, as browsers have keys."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def from_base64(text: str) -> bytes:
    """The reverse; nothing where it is none."""
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return b""
