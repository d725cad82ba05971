"""The message about the restaurant itself."""

from rest_framework import serializers

from shiftsync.core.actor import Role
from shiftsync.realtime.events import RESTAURANT_TOPIC
from shiftsync.realtime.protocol.payloads import ChangePayload
from shiftsync.realtime.protocol.wire import V1Form, broadcast, topic
from shiftsync.realtime.socket.router import Context, Payload, change
from shiftsync.realtime.stream.requests import Outcome
from shiftsync.realtime.stream.restaurants import restaurant_update
from shiftsync.tenants.hooks import RestaurantUpdate
from shiftsync.tenants.models import ConflictStrategy
from shiftsync.tenants.serializers import RestaurantFacts, RestaurantFields


class RestaurantUpdatePayload(ChangePayload):
    changes = RestaurantFields()
    seen = RestaurantFields(
        required=False,
        help_text="What stood there when its author began. Where something else does now, nothing is written (`CONFLICT`).",
    )


class RestaurantUpdatedPayload(RestaurantFacts):
    """The restaurant as it is now. Where `country` has changed, so have the holidays: clients ask for the calendar anew."""

    changed = serializers.ListField(
        child=serializers.CharField(), help_text="The names of the fields that are different."
    )


topic(RESTAURANT_TOPIC)
# Version 1 clients know no such message: what they need of it comes as snapshots of other topics.
broadcast("RESTAURANT_UPDATE", RESTAURANT_TOPIC, RestaurantUpdatedPayload, v1=V1Form(keeps=False))


@change("RESTAURANT_UPDATE", RestaurantUpdatePayload, needs=Role.OWNER)
def update(context: Context, payload: Payload) -> Outcome:
    """Changes settings of the restaurant."""
    fields = dict(payload["changes"])
    if "conflict_strategy" in fields:
        fields["conflict_strategy"] = ConflictStrategy(fields["conflict_strategy"])
    return restaurant_update(context.change(RestaurantUpdate(fields, payload.get("seen") or {}), payload))
