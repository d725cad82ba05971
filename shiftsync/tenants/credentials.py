"""Tokens and tickets: how they are made, digested and looked up."""

import secrets
from datetime import timedelta
from hashlib import sha256

from django.db import transaction

from shiftsync.core.actor import Actor
from shiftsync.core.clock import now
from shiftsync.core.errors import Unauthenticated
from shiftsync.core.fence import everywhere
from shiftsync.tenants.models import ApiToken, Ticket
from shiftsync.tenants.selectors import LIVE_TOKEN, live_tokens

TICKET_LIFETIME = timedelta(seconds=30)
LAST_USED_GRAIN = timedelta(minutes=5)
_PREFIX = "ss_"


def make_secret() -> tuple[str, str]:
    """A new secret and its digest. The secret has 256 bits, so that a plain SHA-256 is digest enough."""
    secret = _PREFIX + secrets.token_urlsafe(32)
    return secret, digest_of(secret)


def digest_of(secret: str) -> str:
    """What is stored of a secret."""
    return sha256(secret.encode()).hexdigest()


@everywhere()
def token_for(secret: str) -> ApiToken:
    """The live token of that secret, with its user. Raises :class:`Unauthenticated`."""
    token = ApiToken.objects.select_related("user").filter(LIVE_TOKEN, digest=digest_of(secret)).first()
    if token is None:
        raise Unauthenticated("The token is not valid.")
    moment = now()
    if token.last_used_at is None or moment - token.last_used_at > LAST_USED_GRAIN:
        ApiToken.objects.filter(id=token.id).update(last_used_at=moment)
    return token


def issue_ticket(actor: Actor) -> str:
    """A ticket for ``actor``'s user and restaurant; it lets in one connection within 30 seconds, which ends with the sign-in.

    Raises :class:`Unauthenticated` for one without a user.
    """
    if actor.user_id is None:
        raise Unauthenticated
    secret, digest = make_secret()
    moment = now()
    with everywhere():
        Ticket.objects.filter(expires_at__lt=moment).delete()
    Ticket.objects.create(
        digest=digest,
        restaurant_id=actor.restaurant_id,
        user_id=actor.user_id,
        token_id=actor.token_id,
        session_key=actor.session_key or "",
        expires_at=moment + TICKET_LIFETIME,
    )
    return secret


@everywhere()
def redeem_ticket(secret: str) -> Ticket:
    """Takes the ticket, with its user and token. Raises :class:`Unauthenticated` if it is used, late or unknown."""
    with transaction.atomic():
        ticket = Ticket.objects.select_related("user", "token").filter(digest=digest_of(secret)).first()
        taken, _ = Ticket.objects.filter(digest=digest_of(secret)).delete()
    if ticket is None or not taken or ticket.expires_at < now():
        raise Unauthenticated("The ticket is no longer valid.")
    if not ticket.user.is_active or (ticket.token_id is not None and not live_tokens([ticket.token_id])):
        raise Unauthenticated("The ticket is no longer valid.")
    return ticket
