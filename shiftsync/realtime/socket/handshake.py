"""The handshake: from a WebSocket's opening request to an actor, or a refusal."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

from django.conf import settings
from django.http.request import validate_host

from shiftsync.core.actor import Actor, Role
from shiftsync.core.errors import DomainError, NotFound, Unauthenticated, ValidationFailed
from shiftsync.core.fence import within
from shiftsync.core.ids import new_id, parse_id
from shiftsync.core.origins import Origin
from shiftsync.core.scopes import Scope, require_scopes
from shiftsync.core.text import unfit
from shiftsync.realtime.hub.gathered import Gathered
from shiftsync.realtime.protocol.envelope import client_id_from
from shiftsync.realtime.protocol.wire import Protocol
from shiftsync.realtime.socket.clients import are_own_clients
from shiftsync.realtime.socket.viewing import viewed
from shiftsync.realtime.stream.database import run_db
from shiftsync.tenants.authentication import bearer_secret
from shiftsync.tenants.credentials import redeem_ticket, tokens_for, user_of_session
from shiftsync.tenants.models import ApiToken, Restaurant, User
from shiftsync.tenants.selectors import SignedIn, actors_of, place_of

SUBPROTOCOL = "shiftsync.v2"
ANONYMOUS = "anonymous"
WHOLE_STATES = (Scope.SCHEDULE_READ, Scope.STAFF_READ, Scope.SETTINGS_READ)
"""What the token of a version 1 client must be for: such a client is told of changes by whole states, in which these are mixed."""
LOCAL_HOSTS = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True, slots=True)
class Opening:
    """An opening request, parsed but not checked."""

    protocol: Protocol
    headers: dict[bytes, bytes]
    parameters: dict[str, str]

    @classmethod
    def of(cls, scope: dict[str, Any]) -> "Opening":
        """Reads an ASGI scope. If a parameter is repeated, the last one counts."""
        query = parse_qs(scope.get("query_string", b"").decode("utf-8", "replace"))
        protocol = Protocol.V2 if SUBPROTOCOL in scope.get("subprotocols", []) else Protocol.V1
        return cls(protocol, dict(scope["headers"]), {key: values[-1] for key, values in query.items()})

    @property
    def viewed(self) -> int:
        """What the client is viewing, as the app reads it that shows it."""
        return viewed(self.parameters)

    @property
    def client_id(self) -> str | None:
        """The client's own id, if it is valid."""
        return client_id_from(self.parameters.get("client"))

    @property
    def origin(self) -> str | None:
        """The ``Origin`` header; None for a client that is no browser."""
        value = self.headers.get(b"origin")
        return None if value is None else value.decode("latin-1")

    @property
    def token(self) -> str | None:
        """The secret of a token; a ticket counts before it."""
        if "ticket" in self.parameters:
            return None
        return bearer_secret(self.headers.get(b"authorization", b""))

    def has_foreign_origin(self) -> bool:
        """Whether a page of another site opened this socket."""
        return self.origin is not None and not self._is_allowed(self.origin)

    def _is_allowed(self, origin: str) -> bool:
        asking = Origin.parse(origin)
        if asking is None:
            return False
        if asking in map(Origin.parse, settings.ALLOWED_ORIGINS):
            return True
        if settings.DEBUG and asking.host in LOCAL_HOSTS:
            return True
        own = Origin.of_host(asking.scheme, self.headers.get(b"host", b"").decode("latin-1"))
        return asking == own and validate_host(own.bracketed, settings.ALLOWED_HOSTS)


async def admit(gathered: Gathered, opening: Opening) -> Actor:
    """The actor behind an opening request; those who come at the same time are looked up together.

    A client id that another user has used is replaced by a new one. Raises :class:`Unauthenticated` without
    credentials, :class:`ScopeMissing`, and the errors of ``actor_in``.
    """
    if opening.token is not None:
        shown: SignedIn | Actor = await gathered.ask(shown_by_tokens, None, opening)
    else:
        shown = await run_db(_shown_by, opening)
    actor = shown if isinstance(shown, Actor) else await gathered.ask(actors_of, None, shown)
    if opening.protocol is Protocol.V1:
        require_scopes(actor.scopes, WHOLE_STATES)
    if opening.client_id is None or await gathered.ask(are_own_clients, actor.restaurant_id, actor):
        return actor
    return replace(actor, client_id=str(new_id()))


def shown_by_tokens(openings: Sequence[Opening]) -> list[SignedIn | DomainError]:
    """Whose tokens those opening requests bring, or why they do not count."""
    tokens = tokens_for({opening.token for opening in openings if opening.token is not None})
    return [_shown_by_token(opening, tokens.get(opening.token or "")) for opening in openings]


def _shown_by_token(opening: Opening, token: ApiToken | None) -> SignedIn | DomainError:
    try:
        restaurant_id = _restaurant_id(opening)
        if token is None:
            raise Unauthenticated("The token is not valid.")
        return SignedIn(token.user, place_of(token.user, restaurant_id, token), _client_id(opening), token)
    except DomainError as error:
        return error


def _shown_by(opening: Opening) -> SignedIn | Actor:
    """Who has signed in in a browser, or got a ticket; the anonymous editor, where there is one."""
    restaurant_id = _restaurant_id(opening)
    if (ticket := opening.parameters.get("ticket")) is not None:
        found = redeem_ticket(ticket)
        if restaurant_id not in (None, found.restaurant_id):
            raise NotFound("No such restaurant.")
        place = place_of(found.user, found.restaurant_id, found.token)
        return SignedIn(found.user, place, _client_id(opening), found.token, found.session_key or None)
    signed_in = _signed_in(opening)
    if signed_in is not None:
        user, session_key = signed_in
        return SignedIn(user, place_of(user, restaurant_id), _client_id(opening), session_key=session_key)
    return _anonymous(restaurant_id, _client_id(opening))


def _client_id(opening: Opening) -> str:
    return opening.client_id or str(new_id())


def _restaurant_id(opening: Opening) -> UUID | None:
    given = opening.parameters.get("restaurant")
    if not given:
        return None
    restaurant_id = parse_id(given)
    if restaurant_id is None:
        raise NotFound("No such restaurant.")
    return restaurant_id


def _signed_in(opening: Opening) -> tuple[User, str] | None:
    """The signed-in user and the key of the session; a cookie counts only with an ``Origin``, which the handshake has allowed."""
    if opening.origin is None:
        return None
    try:
        cookie = SimpleCookie(opening.headers.get(b"cookie", b"").decode("latin-1")).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return None
    if cookie is None or unfit(cookie.value):
        return None
    user = user_of_session(cookie.value)
    return None if user is None else (user, cookie.value)


def _anonymous(restaurant_id: UUID | None, client_id: str) -> Actor:
    """The anonymous editor of the one configured restaurant, allowed in development only."""
    configured = settings.ANONYMOUS_RESTAURANT
    if configured is None or restaurant_id not in (None, configured):
        raise Unauthenticated
    with within(configured):
        is_there = Restaurant.objects.filter(id=configured).exists()
    if not is_there:
        raise ValidationFailed.of("restaurant", "SHIFTSYNC_ANONYMOUS_RESTAURANT does not match any restaurant.")
    return Actor(restaurant_id=configured, user_id=None, role=Role.MANAGER, client_id=client_id, name=ANONYMOUS)
