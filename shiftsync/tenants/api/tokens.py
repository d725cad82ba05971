"""REST about credentials for other clients than browsers, and about who came in by any."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from shiftsync.core.actor import Role
from shiftsync.core.errors import (
    Forbidden,
    NotFound,
)
from shiftsync.core.ids import parse_id
from shiftsync.core.payloads import FromPayload, from_payload
from shiftsync.core.scopes import Area
from shiftsync.core.viewsets import Payload
from shiftsync.tenants.api.as_read import as_read, conditional_endpoint, conditional_once_endpoint
from shiftsync.tenants.api.base import RestaurantViewSetBase, once, once_endpoint, restaurant_endpoint
from shiftsync.tenants.credentials import TICKET_LIFETIME, issue_ticket
from shiftsync.tenants.models import ApiToken
from shiftsync.tenants.security_log import security_log_of
from shiftsync.tenants.selectors import (
    tokens_visible_to,
)
from shiftsync.tenants.serializers.security_log import LogQuery, SecurityEventSerializer, event_payload
from shiftsync.tenants.serializers.tokens import (
    IssuedToken,
    TicketSerializer,
    TokenIssue,
    TokenSerializer,
    token_payload,
)
from shiftsync.tenants.services import (
    token_issue,
    token_revoke,
)


@dataclass(frozen=True, slots=True)
class WantedToken(FromPayload):
    """A token to issue. ``username``: whose; None: the one who asks."""

    name: str = ""
    username: str | None = None
    expires_at: datetime | None = None
    scopes: tuple[str, ...] | None = field(
        default=None, metadata=from_payload(read=lambda given: given and tuple(given))
    )


@dataclass(frozen=True, slots=True)
class PartOfLog(FromPayload):
    """Which events of the security log: before that moment, of that kind; None: all."""

    limit: int
    before: datetime | None = None
    kind: str | None = None


def _token_id(id: str) -> UUID:
    wanted = parse_id(id)
    if wanted is None:
        raise NotFound("No such token.")
    return wanted


def _lock_token(view: RestaurantViewSetBase, path: Payload) -> None:
    """Its use is noted, and it is revoked, without the restaurant's lock."""
    ApiToken.objects.select_for_update().filter(id=_token_id(path["id"])).first()


class TokensViewSet(RestaurantViewSetBase):
    """Long-lived credentials for clients other than browsers."""

    @restaurant_endpoint(gives=TokenSerializer(many=True), source="query")
    def list(self, payload: Payload) -> list[Payload]:
        """Your valid tokens; an owner sees everybody's."""
        return [token_payload(token) for token in tokens_visible_to(self.actor)]

    @restaurant_endpoint(gives=TokenSerializer, source="query")
    def retrieve(self, payload: Payload, id: str) -> Payload:
        """One of them."""
        found = tokens_visible_to(self.actor).filter(id=_token_id(id)).first()
        if found is None:
            raise NotFound("No such token.")
        return token_payload(found)

    @conditional_once_endpoint(takes=TokenIssue, gives=IssuedToken, status=201)
    @once(201, location="/api/tokens/{id}/")
    @as_read("list")
    def create(self, payload: Payload) -> Payload:
        """Issues a token for yourself. The answer is the only place where its secret ever stands."""
        wanted = WantedToken.of(payload)
        if wanted.username not in (None, self.user.username):
            raise Forbidden("You can only issue tokens for yourself.")
        token, secret = token_issue(
            self.actor, name=wanted.name, expires_at=wanted.expires_at, seed=self.seed, scopes=wanted.scopes
        )
        return {**token_payload(token), "token": secret}

    @conditional_endpoint(gives=None, status=204)
    @as_read("retrieve", also=_lock_token)
    def destroy(self, payload: Payload, id: str) -> None:
        """Revokes a token of yours, or (as an owner) of anybody, and those made with it; their open sockets close."""
        token_revoke(self.actor, token_id=_token_id(id))


class TicketsViewSet(RestaurantViewSetBase):
    """Tickets, with which browsers open a socket."""

    area: ClassVar[Area | None] = None

    @once_endpoint(gives=TicketSerializer, status=201)
    @once(201)
    def create(self, payload: Payload) -> Payload:
        """A ticket for one connection within 30 seconds, for a client that can send neither cookie nor header."""
        lifetime = int(TICKET_LIFETIME.total_seconds())
        return {"ticket": issue_ticket(self.actor, self.seed), "expiresInSeconds": lifetime}


class SecurityLogViewSet(RestaurantViewSetBase):
    """The security log of a restaurant."""

    @restaurant_endpoint(takes=LogQuery, gives=SecurityEventSerializer(many=True), source="query", needs=Role.OWNER)
    def list(self, payload: Payload) -> list[Payload]:
        """Who came in, who did not, and what became of access, the newest first; for owners."""
        asked = PartOfLog.of(payload)
        events = security_log_of(self.actor.restaurant_id)
        if asked.before is not None:
            events = events.filter(at__lt=asked.before)
        if asked.kind is not None:
            events = events.filter(kind=asked.kind)
        return [event_payload(event) for event in events[: asked.limit]]
