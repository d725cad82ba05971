"""REST about the account that asks."""

from typing import ClassVar

from shiftsync.core.conditions import IDEMPOTENCY_KEY
from shiftsync.core.qr import qr_code
from shiftsync.core.scopes import Area
from shiftsync.core.viewsets import Payload, endpoint
from shiftsync.tenants.api.base import OWN, RestaurantViewSetBase, SignedInViewSet, own_endpoint, restaurant_endpoint
from shiftsync.tenants.api.restaurants import restaurants_of
from shiftsync.tenants.selectors import (
    person_of,
)
from shiftsync.tenants.serializers.accounts import MeSerializer, PersonSerializer, QrCodeSerializer, QrText


class MeViewSet(SignedInViewSet):
    """The account that asks."""

    area: ClassVar[Area | None] = None

    @own_endpoint(gives=MeSerializer, source="query")
    def retrieve(self, payload: Payload) -> Payload:
        """Who you are, and your role in each restaurant."""
        return {
            "id": self.user.id,
            "userId": self.user.id,
            "userName": self.user.display_name,
            "username": self.user.username,
            "displayName": self.user.display_name,
            "restaurants": restaurants_of(self.user, self.token),
        }


class PersonViewSet(RestaurantViewSetBase):
    """The person on the schedule that the account is."""

    area: ClassVar[Area | None] = None

    @restaurant_endpoint(gives=PersonSerializer, source="query")
    def retrieve(self, payload: Payload) -> Payload:
        """Who on the restaurant's schedule you are."""
        mine = person_of(self.actor)
        return {"staffId": mine.id if mine else None, "name": mine.name if mine else None}


class QrCodeViewSet(SignedInViewSet):
    """Addresses for the camera of a phone."""

    area: ClassVar[Area | None] = None

    @endpoint(takes=QrText, gives=QrCodeSerializer, parameters=(OWN, IDEMPOTENCY_KEY))
    def draw(self, payload: Payload) -> Payload:
        """A text, such as an address that was just made, as a QR code. Nothing is kept of it, so a key makes no difference."""
        code = qr_code(payload["text"])
        return {"size": code.size, "path": code.path}
