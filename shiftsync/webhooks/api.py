"""REST over webhooks, for owners."""

from dataclasses import dataclass
from functools import partial
from uuid import UUID

from rest_framework.response import Response

from shiftsync.core.actor import Role
from shiftsync.core.payloads import FromPayload
from shiftsync.core.viewsets import Payload
from shiftsync.tenants.api.as_read import as_read, conditional_endpoint, conditional_once_endpoint
from shiftsync.tenants.api.base import RestaurantViewSetBase, once, restaurant_endpoint
from shiftsync.webhooks import services
from shiftsync.webhooks.selectors import deliveries_of, event_types, webhook_in, webhooks_of
from shiftsync.webhooks.serializers import (
    DeliveriesQuery,
    DeliverySerializer,
    EventKindSerializer,
    SecretRotation,
    WebhookChanges,
    WebhookFields,
    WebhookResume,
    WebhookSecretsSerializer,
    WebhookSerializer,
    delivery_payload,
    webhook_payload,
)

read = partial(restaurant_endpoint, source="query", needs=Role.OWNER)
write = partial(conditional_once_endpoint, gives=WebhookSerializer, needs=Role.OWNER)


@dataclass(frozen=True, slots=True)
class WantedDeliveries(FromPayload):
    """Which deliveries; None: all."""

    state: str | None = None


def _lock_webhook(view: RestaurantViewSetBase, path: Payload) -> None:
    """Workers write how far it was told, and do not lock the restaurant."""
    services.webhook_hold(view.actor, webhook_id=path["id"])


class WebhooksViewSet(RestaurantViewSetBase):
    """Addresses of other programs that are told of changes."""

    @read(gives=WebhookSerializer(many=True))
    def list(self, payload: Payload) -> list[Payload]:
        """The restaurant's webhooks, with how far each has been told."""
        return [webhook_payload(each) for each in webhooks_of(self.actor.restaurant_id)]

    @write(takes=WebhookFields, status=201)
    @once(201, location="/api/webhooks/{id}/")
    @as_read("list")
    def create(self, payload: Payload) -> Payload:
        """Tells an address of what happens from now on. `GET /api/webhooks/{id}/secret/` says what deliveries are signed with."""
        return self._told(services.webhook_create(self.actor, **payload).id)

    @read(gives=WebhookSerializer)
    def retrieve(self, payload: Payload, id: str) -> Payload:
        """One of them."""
        return self._told(id)

    @write(takes=WebhookChanges)
    @once(200)
    @as_read("retrieve", also=_lock_webhook)
    def partial_update(self, payload: Payload, id: str) -> Payload:
        """Changes what is given. What waits for another attempt is attempted at once."""
        return self._told(services.webhook_update(self.actor, webhook_id=id, **payload).id)

    @conditional_endpoint(gives=None, status=204, needs=Role.OWNER)
    @as_read("retrieve", also=_lock_webhook)
    def destroy(self, payload: Payload, id: str) -> None:
        """Removes it with its log of deliveries."""
        services.webhook_delete(self.actor, webhook_id=id)

    @write()
    @once(200)
    @as_read("retrieve", also=_lock_webhook)
    def pause(self, payload: Payload, id: str) -> Payload:
        """Stops deliveries; what happens meanwhile waits."""
        return self._told(services.webhook_pause(self.actor, webhook_id=id).id)

    @write(takes=WebhookResume)
    @once(200)
    @as_read("retrieve", also=_lock_webhook)
    def resume(self, payload: Payload, id: str) -> Payload:
        """Takes deliveries up again, where they stopped or from now on; also of one that was disabled."""
        return self._told(services.webhook_resume(self.actor, webhook_id=id, **payload).id)

    @read(gives=WebhookSecretsSerializer)
    def secret(self, payload: Payload, id: str) -> Response:
        """What deliveries are signed with. That it was shown stands in the security log."""
        secret, *former = services.webhook_secrets(self.actor, webhook_id=id)
        until = webhook_in(self.actor.restaurant_id, id).former_until if former else None
        shown = {"secret": secret, "formerSecret": former[0] if former else None, "formerSecretUntil": until}
        return Response(shown, headers={"Cache-Control": "no-store"})

    @write(takes=SecretRotation)
    @once(200)
    @as_read("retrieve", also=_lock_webhook)
    def rotate_secret(self, payload: Payload, id: str) -> Payload:
        """Makes a new secret. For so many hours deliveries are signed with both."""
        return self._told(services.webhook_rotate_secret(self.actor, webhook_id=id, **payload).id)

    @write(gives=DeliverySerializer, status=202)
    @once(202)
    @as_read("retrieve", also=_lock_webhook)
    def test(self, payload: Payload, id: str) -> Payload:
        """Has an event `webhook.test` delivered, whatever the state. It waits for a worker."""
        return delivery_payload(services.webhook_test(self.actor, webhook_id=id))

    def _told(self, id: UUID | str) -> Payload:
        return webhook_payload(webhook_in(self.actor.restaurant_id, id))


class DeliveriesViewSet(RestaurantViewSetBase):
    """What was delivered, and what was not."""

    @read(takes=DeliveriesQuery, gives=DeliverySerializer(many=True))
    def list(self, payload: Payload, id: str) -> list[Payload]:
        """Every attempt as far back as the change log reaches, the newest first."""
        found = deliveries_of(webhook_in(self.actor.restaurant_id, id))
        state = WantedDeliveries.of(payload).state
        return [delivery_payload(each) for each in (found if state is None else found.filter(state=state))]

    @write(gives=DeliverySerializer, status=202)
    @once(202)
    @as_read("list")
    def repeat(self, payload: Payload, id: str, delivery_id: str) -> Payload:
        """Has an event delivered once more, under the same `webhook-id`. It waits for a worker."""
        return delivery_payload(services.delivery_repeat(self.actor, webhook_id=id, delivery_id=delivery_id))


class EventKindsViewSet(RestaurantViewSetBase):
    """What webhooks can be told of."""

    @read(gives=EventKindSerializer(many=True))
    def list(self, payload: Payload) -> list[Payload]:
        """The events by name, with the type of change that each is about."""
        return [{"name": name, "changeType": type} for name, type in sorted(event_types().items())]
