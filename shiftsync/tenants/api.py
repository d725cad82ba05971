"""REST about oneself: restaurants, memberships, tokens and tickets; and how a request finds its restaurant."""

from functools import cached_property, partial
from typing import Any, cast
from uuid import UUID

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.response import Response

from shiftsync.core.actor import Actor, Role
from shiftsync.core.errors import Forbidden, NotFound, Unauthenticated
from shiftsync.core.fence import enter
from shiftsync.core.ids import parse_id
from shiftsync.core.viewsets import Payload, WireViewSet, endpoint
from shiftsync.tenants.authentication import BearerAuthentication
from shiftsync.tenants.credentials import TICKET_LIFETIME, issue_ticket
from shiftsync.tenants.models import ApiToken, ConflictStrategy, Invitation, Membership, Restaurant, User
from shiftsync.tenants.security_log import security_log_of
from shiftsync.tenants.selectors import (
    actor_in,
    invitations_for,
    invitations_of,
    memberships_of,
    restaurants_with_role,
    tokens_visible_to,
)
from shiftsync.tenants.serializers import (
    InvitationSerializer,
    IssuedToken,
    LogQuery,
    MembershipGrant,
    MembershipRole,
    MembershipSerializer,
    MeSerializer,
    RestaurantChanges,
    RestaurantSerializer,
    SecurityEventSerializer,
    TicketSerializer,
    TokenIssue,
    TokenSerializer,
    event_payload,
    invitation_payload,
    membership_payload,
    restaurant_payload,
    token_payload,
)
from shiftsync.tenants.services import (
    invitation_accept,
    invitation_change,
    invitation_decline,
    invitation_withdraw,
    member_invite,
    membership_grant,
    membership_revoke,
    restaurant_update,
    token_issue,
    token_revoke,
)


class BearerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # its registry is untyped
    """``Authorization: Bearer <token>`` in the OpenAPI document."""

    target_class = BearerAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}


RESTAURANT = OpenApiParameter(
    "restaurant",
    OpenApiTypes.UUID,
    description="The restaurant; optional with a token or for a user with only one.",
)
restaurant_endpoint = partial(endpoint, parameters=(RESTAURANT,))


class SignedInViewSet(WireViewSet):
    """Views of somebody who said who they are."""

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        """Refuses what somebody typed whom the session no longer belongs to: the browser may have another user by now."""
        super().initial(request, *args, **kwargs)
        meant = request.headers.get("X-User-Id")
        if meant is not None and request.user.is_authenticated and meant.lower() != str(request.user.pk):
            raise Unauthenticated("You are now signed in as someone else.", {"userId": str(request.user.pk)})

    @property
    def user(self) -> User:
        """Who asks."""
        return cast(User, self.request.user)

    @property
    def token(self) -> ApiToken | None:
        """The token that they came with; None: a session."""
        token = self.request.auth
        return token if isinstance(token, ApiToken) else None

    def actor_in(self, restaurant_id: object) -> Actor:
        """The user in that restaurant (None: in their only one), of which the rest of the request then is.

        Raises the errors of ``selectors.actor_in``.
        """
        wanted = parse_id(restaurant_id)
        if restaurant_id and wanted is None:
            raise NotFound("No such restaurant.")
        key = None if self.token is not None else self.request.session.session_key
        actor = actor_in(self.user, wanted, token=self.token, session_key=key)
        enter(actor.restaurant_id)
        return actor


class RestaurantViewSetBase(SignedInViewSet):
    """Views of one restaurant: the token's, or the one that the query names."""

    @cached_property
    def actor(self) -> Actor:
        """The user in the restaurant that the request is about."""
        return self.actor_in(self.request.query_params.get("restaurant"))

    def demand(self, role: Role) -> None:
        """Raises :class:`Forbidden` for those who may do less. A write is judged again, under its lock."""
        if not self.actor.role.covers(role):
            raise Forbidden


class MeViewSet(SignedInViewSet):
    @endpoint(gives=MeSerializer, source="query")
    def retrieve(self, payload: Payload) -> Payload:
        """Who you are, and where you may do what."""
        return {
            "id": self.user.id,
            "userId": self.user.id,
            "userName": self.user.display_name,
            "username": self.user.username,
            "displayName": self.user.display_name,
            "restaurants": _restaurants(self.user, self.token),
        }


class RestaurantsViewSet(SignedInViewSet):
    """Your restaurants."""

    @endpoint(gives=RestaurantSerializer(many=True), source="query")
    def list(self, payload: Payload) -> list[Payload]:
        """The restaurants that you belong to, by name."""
        return _restaurants(self.user, self.token)

    @endpoint(gives=RestaurantSerializer, source="query")
    def retrieve(self, payload: Payload, id: str) -> Payload:
        """One of them."""
        actor = self.actor_in(id)
        return restaurant_payload(Restaurant.objects.get(id=actor.restaurant_id), actor.role)

    @endpoint(takes=RestaurantChanges, gives=RestaurantSerializer)
    def partial_update(self, payload: Payload, id: str) -> Payload:
        """Changes its settings; only an owner may."""
        actor = self.actor_in(id)
        if "conflict_strategy" in payload:
            payload["conflict_strategy"] = ConflictStrategy(payload["conflict_strategy"])
        return restaurant_payload(restaurant_update(actor, **payload), actor.role)


class MembershipsViewSet(RestaurantViewSetBase):
    """Who may do what in the restaurant; for owners."""

    @restaurant_endpoint(gives=MembershipSerializer(many=True), source="query")
    def list(self, payload: Payload) -> list[Payload]:
        """Everybody who belongs to the restaurant, by name, then those who are invited."""
        self.demand(Role.OWNER)
        restaurant_id = self.actor.restaurant_id
        members = [membership_payload(each) for each in memberships_of(restaurant_id)]
        return members + [membership_payload(each) for each in invitations_of(restaurant_id)]

    @restaurant_endpoint(takes=MembershipGrant, gives=MembershipSerializer, status=201)
    def create(self, payload: Payload) -> Payload:
        """Invites a user, who is let in by accepting it; gives a member another role. Whether there is a user of that name is not told."""
        self.demand(Role.OWNER)
        return membership_payload(member_invite(self.actor, username=payload["username"], role=Role(payload["role"])))

    @restaurant_endpoint(takes=MembershipRole, gives=MembershipSerializer)
    def partial_update(self, payload: Payload, id: str) -> Payload:
        """Gives a member another role; their open sockets are told (`ROLE_CHANGED`). Of one who is invited: offers another."""
        self.demand(Role.OWNER)
        found, role = self._member(id), Role(payload["role"])
        if isinstance(found, Invitation):
            return membership_payload(invitation_change(self.actor, invitation_id=found.id, role=role))
        return membership_payload(membership_grant(self.actor, user=found.user, role=role))

    @restaurant_endpoint(gives=None, status=204)
    def destroy(self, payload: Payload, id: str) -> None:
        """Takes a membership away; the member's open sockets close. Takes an invitation back."""
        self.demand(Role.OWNER)
        found = self._member(id)
        if isinstance(found, Invitation):
            invitation_withdraw(self.actor, invitation_id=found.id)
        else:
            membership_revoke(self.actor, user_id=found.user_id)

    def _member(self, id: str) -> Membership | Invitation:
        wanted = parse_id(id)
        found: Membership | Invitation | None = None
        if wanted is not None:
            found = memberships_of(self.actor.restaurant_id).filter(id=wanted).first()
            found = found or invitations_of(self.actor.restaurant_id).filter(id=wanted).first()
        if found is None:
            raise NotFound("No such member.")
        return found


class InvitationsViewSet(SignedInViewSet):
    """What you are invited to. A token is for one restaurant and answers for no other: sign in for this."""

    @endpoint(gives=InvitationSerializer(many=True), source="query")
    def list(self, payload: Payload) -> list[Payload]:
        """Your open invitations."""
        return [invitation_payload(each) for each in invitations_for(self._person)]

    @endpoint(gives=RestaurantSerializer)
    def accept(self, payload: Payload, id: str) -> Payload:
        """Makes you a member of the restaurant."""
        membership = invitation_accept(self._person, invitation_id=_invitation_id(id))
        return restaurant_payload(membership.restaurant, Role(membership.role))

    @endpoint(gives=None, status=204)
    def decline(self, payload: Payload, id: str) -> None:
        """Lets it be; it is not shown to you any more."""
        invitation_decline(self._person, invitation_id=_invitation_id(id))

    @property
    def _person(self) -> User:
        if self.token is not None:
            raise Forbidden("Sign in to do this; a token is for one restaurant only.")
        return self.user


class SecurityLogViewSet(RestaurantViewSetBase):
    @restaurant_endpoint(takes=LogQuery, gives=SecurityEventSerializer(many=True), source="query")
    def list(self, payload: Payload) -> list[Payload]:
        """Who came in, who did not, and what became of access, the newest first; for owners."""
        self.demand(Role.OWNER)
        events = security_log_of(self.actor.restaurant_id)
        if "before" in payload:
            events = events.filter(at__lt=payload["before"])
        if "kind" in payload:
            events = events.filter(kind=payload["kind"])
        return [event_payload(event) for event in events[: payload["limit"]]]


class TokensViewSet(RestaurantViewSetBase):
    """Lasting credentials for clients that are no browsers."""

    @restaurant_endpoint(gives=TokenSerializer(many=True), source="query")
    def list(self, payload: Payload) -> list[Payload]:
        """Your tokens that count; an owner sees everybody's."""
        return [token_payload(token) for token in tokens_visible_to(self.actor)]

    @restaurant_endpoint(takes=TokenIssue, gives=IssuedToken, status=201)
    def create(self, payload: Payload) -> Response:
        """Issues a token for yourself. The answer is the only place where its secret ever stands."""
        if payload.get("username", self.user.username) != self.user.username:
            raise Forbidden("You can only issue tokens for yourself.")
        token, secret = token_issue(self.actor, name=payload.get("name", ""), expires_at=payload.get("expires_at"))
        return Response({**token_payload(token), "token": secret}, status=201, headers={"Cache-Control": "no-store"})

    @restaurant_endpoint(gives=None, status=204)
    def destroy(self, payload: Payload, id: str) -> None:
        """Revokes a token of yours, or (as an owner) of anybody, and those made with it; their open sockets close."""
        wanted = parse_id(id)
        if wanted is None:
            raise NotFound("No such token.")
        token_revoke(self.actor, token_id=wanted)


class TicketsViewSet(RestaurantViewSetBase):
    @restaurant_endpoint(gives=TicketSerializer, status=201)
    def create(self, payload: Payload) -> Response:
        """A ticket for one connection within 30 seconds, for a client that can send neither cookie nor header."""
        ticket = {"ticket": issue_ticket(self.actor), "expiresInSeconds": int(TICKET_LIFETIME.total_seconds())}
        return Response(ticket, status=201, headers={"Cache-Control": "no-store"})


def _restaurants(user: User, token: ApiToken | None) -> list[dict[str, Any]]:
    only = None if token is None else token.restaurant_id
    return [
        restaurant_payload(restaurant, role)
        for restaurant, role in restaurants_with_role(user)
        if only in (None, restaurant.id)
    ]


def _invitation_id(id: str) -> UUID:
    found = parse_id(id)
    if found is None:
        raise NotFound("No such invitation.")
    return found
