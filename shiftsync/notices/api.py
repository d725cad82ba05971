"""REST over what somebody is told: their own, and nobody else's."""

from shiftsync.core.viewsets import Payload
from shiftsync.notices import push, services
from shiftsync.notices.models import NoticeSettings
from shiftsync.notices.selectors import notices_payload, settings_of, settings_payload
from shiftsync.notices.serializers import (
    NoticeSettingsChanges,
    NoticeSettingsSerializer,
    NoticesPayload,
    NoticesRead,
    PushBrowser,
    PushBrowsers,
    PushPlace,
)
from shiftsync.tenants.api.as_read import as_read, conditional_once_endpoint
from shiftsync.tenants.api.base import RestaurantViewSetBase, once, once_endpoint, restaurant_endpoint


class NoticesViewSet(RestaurantViewSetBase):
    """What you were told."""

    @restaurant_endpoint(gives=NoticesPayload, source="query")
    def retrieve(self, payload: Payload) -> Payload:
        """What you were told lately, the newest first."""
        return notices_payload(self.actor)

    @conditional_once_endpoint(takes=NoticesRead, gives=NoticesPayload)
    @once(200)
    @as_read("retrieve")
    def read(self, payload: Payload) -> Payload:
        """Notes that you have read those notices, or all; your other pages learn of it. To say so again makes no difference."""
        services.notices_read(self.actor, ids=payload.get("ids"))
        return notices_payload(self.actor)


class NoticeSettingsViewSet(RestaurantViewSetBase):
    """How you are told."""

    @restaurant_endpoint(gives=NoticeSettingsSerializer, source="query")
    def retrieve(self, payload: Payload) -> Payload:
        """What you are told of in this restaurant, and by which channels."""
        return self._told(settings_of(self.actor.restaurant_id, self.user.id))

    @conditional_once_endpoint(takes=NoticeSettingsChanges, gives=NoticeSettingsSerializer)
    @once(200)
    @as_read("retrieve")
    def partial_update(self, payload: Payload) -> Payload:
        """Switches channels on and off, and says in which language to write to you. What is not named stays as it is."""
        return self._told(services.notice_settings_change(self.actor, **payload))

    def _told(self, known: NoticeSettings) -> Payload:
        return settings_payload(known, self.user.email, push.push_key().public)


class PushSubscriptionsViewSet(RestaurantViewSetBase):
    """Browsers that show what you are told while no page is open."""

    @once_endpoint(takes=PushBrowser, gives=PushBrowsers)
    @once(200)
    def create(self, payload: Payload) -> Payload:
        """Notifies you in this browser, until you sign out of it, have a new password, or end it. Again makes no difference."""
        push.push_subscribe(self.actor, session_key=self.actor.session_key, **payload)
        return self._told()

    @once_endpoint(takes=PushPlace, gives=PushBrowsers)
    @once(200)
    def end(self, payload: Payload) -> Payload:
        """Does not notify you in this browser any more."""
        push.push_unsubscribe(self.actor, endpoint=payload["endpoint"])
        return self._told()

    def _told(self) -> Payload:
        return {"browsers": push.browsers_of(self.actor).count()}
