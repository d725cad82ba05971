"""REST over what somebody is told: their own, and nobody else's."""

from shiftsync.core.viewsets import Payload
from shiftsync.notices import services
from shiftsync.notices.selectors import notices_payload, settings_of, settings_payload
from shiftsync.notices.serializers import (
    NoticeSettingsChanges,
    NoticeSettingsSerializer,
    NoticesPayload,
    NoticesRead,
)
from shiftsync.tenants.api.base import RestaurantViewSetBase, once, once_endpoint, restaurant_endpoint


class NoticesViewSet(RestaurantViewSetBase):
    """What you were told."""

    @restaurant_endpoint(gives=NoticesPayload, source="query")
    def retrieve(self, payload: Payload) -> Payload:
        """What you were told lately, the newest first."""
        return notices_payload(self.actor)

    @once_endpoint(takes=NoticesRead, gives=NoticesPayload)
    @once(200)
    def read(self, payload: Payload) -> Payload:
        """Notes that you have read those notices, or all; your other pages learn of it. To say so again makes no difference."""
        services.notices_read(self.actor, ids=payload.get("ids"))
        return notices_payload(self.actor)


class NoticeSettingsViewSet(RestaurantViewSetBase):
    """How you are told."""

    @restaurant_endpoint(gives=NoticeSettingsSerializer, source="query")
    def retrieve(self, payload: Payload) -> Payload:
        """What you are told of in this restaurant, and by which channels."""
        return settings_payload(settings_of(self.actor.restaurant_id, self.user.id), self.user.email)

    @restaurant_endpoint(takes=NoticeSettingsChanges, gives=NoticeSettingsSerializer)
    def partial_update(self, payload: Payload) -> Payload:
        """Switches channels on and off, and says in which language to write to you. What is not named stays as it is."""
        return settings_payload(services.notice_settings_change(self.actor, **payload), self.user.email)
