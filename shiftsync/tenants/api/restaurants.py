"""REST about the restaurants that somebody belongs to."""

from dataclasses import replace
from typing import Any, ClassVar

from rest_framework.response import Response

from shiftsync.core.actor import Actor, Role
from shiftsync.core.conditions import IDEMPOTENCY_KEY, etag_of, holds, request_id_of
from shiftsync.core.errors import (
    ConflictError,
    Forbidden,
    PreconditionFailed,
)
from shiftsync.core.scopes import Area
from shiftsync.core.viewsets import Payload
from shiftsync.tenants.api.as_read import as_read, conditional_own_endpoint, lock_user
from shiftsync.tenants.api.base import SignedInViewSet, once, own_endpoint
from shiftsync.tenants.hooks import RestaurantUpdate
from shiftsync.tenants.models import ApiToken, Restaurant, User
from shiftsync.tenants.selectors import (
    restaurants_with_role,
)
from shiftsync.tenants.serializers.restaurants import (
    BegunRestaurant,
    RestaurantBeginning,
    RestaurantChanges,
    RestaurantSerializer,
    begun_payload,
    restaurant_payload,
)
from shiftsync.tenants.services import (
    membership_revoke,
    require_beginner,
    restaurant_begin,
    restaurant_change,
)


class RestaurantsViewSet(SignedInViewSet):
    """Your restaurants."""

    area: ClassVar[Area | None] = None

    def admit(self, needs: Role, path: Payload) -> Response | None:
        """As of the one that the address names, if any; whoever may not begin one is told so before anything about it."""
        is_repeat = self.action == "leave" and IDEMPOTENCY_KEY.name in self.request.headers
        if "id" in path and not is_repeat and not self.actor_in(path["id"]).role.covers(needs):
            raise Forbidden  # who has left comes again under their key, and is no member any more
        if self.action == "create":
            self._require_beginner()
        return None

    @own_endpoint(gives=RestaurantSerializer(many=True), source="query")
    def list(self, payload: Payload) -> list[Payload]:
        """The restaurants that you belong to, by name."""
        return restaurants_of(self.user, self.token)

    @conditional_own_endpoint(takes=RestaurantBeginning, gives=BegunRestaurant, status=201)
    @once(201, location="/api/restaurants/{id}/")
    @as_read("list", lock=lock_user)
    def create(self, payload: Payload) -> Payload:
        """Begins a restaurant that you own. The operator may, and who owns one already; a token is for one restaurant and may not."""
        begun = restaurant_begin(self.user, **payload)
        return begun_payload(begun.restaurant, Role.OWNER, begun.left_out)

    def _require_beginner(self) -> None:
        if self.token is not None:
            raise Forbidden("Sign in to do this; a token is for one restaurant only.")
        require_beginner(self.user)

    @own_endpoint(gives=RestaurantSerializer, source="query")
    def retrieve(self, payload: Payload, id: str) -> Payload:
        """One of them."""
        actor = self.actor_in(id)
        return restaurant_payload(Restaurant.objects.get(id=actor.restaurant_id), actor.role)

    @conditional_own_endpoint(
        takes=RestaurantChanges,
        gives=RestaurantSerializer,
        echoes=RestaurantSerializer,
        needs=Role.OWNER,
        area=Area.SETTINGS,
    )
    def partial_update(self, payload: Payload, id: str) -> Payload:
        """Changes its settings; only an owner may."""
        actor = self.actor_in(id)
        update = _update_in(payload)
        wanted = self.request.headers.get("If-Match", "*")
        if wanted.strip() == "*":
            return restaurant_payload(self._change(actor, update), actor.role)
        seen = Restaurant.objects.get(id=actor.restaurant_id)
        if not holds(wanted, etag_of(restaurant_payload(seen, actor.role))):
            raise PreconditionFailed
        # What is the same as it was read is so still when it is written: that is judged under the lock.
        update = replace(update, seen={name: getattr(seen, name) for name in update.fields})
        try:
            return restaurant_payload(self._change(actor, update), actor.role)
        except ConflictError as error:
            raise PreconditionFailed(details=error.details) from None

    @conditional_own_endpoint(gives=None, status=204, area=Area.ACCESS)
    @once(204)
    @as_read("retrieve", lock=lock_user)
    def leave(self, payload: Payload, id: str) -> None:
        """Ends your membership; your open sockets close. The last owner cannot leave."""
        membership_revoke(self.actor_in(id), user_id=self.user.id)

    def _change(self, actor: Actor, update: RestaurantUpdate) -> Restaurant:
        return restaurant_change(actor, update, request_id_of(self.request))


def restaurants_of(user: User, token: ApiToken | None) -> list[dict[str, Any]]:
    """Those of a user, with their role; by a token, which is for one restaurant, that one alone."""
    only = None if token is None else token.restaurant_id
    return [
        restaurant_payload(restaurant, role)
        for restaurant, role in restaurants_with_role(user)
        if only in (None, restaurant.id)
    ]


def _update_in(payload: Payload) -> RestaurantUpdate:
    seen = payload.pop("seen", {})
    return RestaurantUpdate(payload, seen)
