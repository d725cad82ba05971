"""Tokens and tickets: how they are made, digested and looked up."""

import secrets
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256
from importlib import import_module
from types import SimpleNamespace

from django.conf import settings
from django.contrib.auth import get_user
from django.db import transaction

from shiftsync.core.actor import Actor
from shiftsync.core.clock import now
from shiftsync.core.errors import Unauthenticated
from shiftsync.core.fence import everywhere
from shiftsync.tenants.models import ApiToken, Ticket, User
from shiftsync.tenants.selectors import LIVE_TOKEN, live_tokens

TICKET_LIFETIME = timedelta(seconds=30)
LAST_USED_GRAIN = timedelta(minutes=5)
_PREFIX = "ss_"


def make_secret(seed: bytes | None = None) -> tuple[str, str]:
    """A new secret and its digest, or that of a seed. The secret has 256 bits, so that a plain SHA-256 is digest enough."""
    secret = _PREFIX + urlsafe_b64encode(seed or secrets.token_bytes(32)).rstrip(b"=").decode()
    return secret, digest_of(secret)


def digest_of(secret: str) -> str:
    """What is stored of a secret."""
    return sha256(secret.encode()).hexdigest()


@everywhere()
def token_for(secret: str) -> ApiToken:
    """The live token of that secret, with its user. Raises :class:`Unauthenticated`."""
    token = tokens_for([secret]).get(secret)
    if token is None:
        raise Unauthenticated("The token is not valid.")
    return token


@everywhere()
def tokens_for(secrets: Iterable[str]) -> dict[str, ApiToken]:
    """The live token of each of those secrets that has one, with its user."""
    digests = {digest_of(secret): secret for secret in secrets}
    if not digests:
        return {}
    tokens = ApiToken.objects.select_related("user").filter(LIVE_TOKEN, digest__in=list(digests))
    found = {digests[token.digest]: token for token in tokens}
    moment = now()
    stale = [
        token.id
        for token in found.values()
        if token.last_used_at is None or moment - token.last_used_at > LAST_USED_GRAIN
    ]
    if stale:
        ApiToken.objects.filter(id__in=stale).update(last_used_at=moment)
    return found


def issue_ticket(actor: Actor, seed: bytes | None = None) -> str:
    """A ticket for ``actor``'s user and restaurant; it opens one connection within 30 seconds, which ends with the sign-in.

    Raises :class:`Unauthenticated` for one without a user.
    """
    if actor.user_id is None:
        raise Unauthenticated
    secret, digest = make_secret(seed)
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
    if not ticket.user.is_active or not _is_sign_in_there(ticket):
        raise Unauthenticated("The ticket is no longer valid.")
    return ticket


def _is_sign_in_there(ticket: Ticket) -> bool:
    """Whether the token or session with which the ticket was asked for still counts. A session of before a new password is still stored,
    so that its row being there says nothing."""
    if ticket.token_id is not None:
        return bool(live_tokens([ticket.token_id]))
    return not ticket.session_key or user_of_session(ticket.session_key) == ticket.user


def user_of_session(key: str) -> User | None:
    """Who is signed in by the session of that key; None where it has ended, or its user has a new password or is not active."""
    session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    user = get_user(SimpleNamespace(session=session))  # type: ignore[arg-type]  # all it reads is the session
    return user if isinstance(user, User) and user.is_active else None
