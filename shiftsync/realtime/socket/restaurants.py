"""The message about the restaurant itself."""

from uuid import UUID

from rest_framework import serializers

from shiftsync.core.actor import Role
from shiftsync.core.holidays import holidays_around_now
from shiftsync.realtime.events import RESTAURANT_TOPIC
from shiftsync.realtime.protocol.payloads import ChangePayload, HolidaySerializer
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
    """The restaurant as it is now. Where `country` has changed, so have the holidays."""

    changed = serializers.ListField(
        child=serializers.CharField(), help_text="The names of the fields that are different."
    )

    holidays = HolidaySerializer(many=True, required=False, help_text="If `country` has changed: those of the new one.")


def with_holidays(restaurant_id: UUID, kept: Payload) -> Payload:
    """What an update told, from what the log kept of it."""
    if "country" not in kept["changed"]:
        return kept
    return {**kept, "holidays": [each.to_wire() for each in holidays_around_now(kept["country"])]}


topic(RESTAURANT_TOPIC)
# Version 1 clients know no such message: what they need of it comes as snapshots of other topics.
broadcast("RESTAURANT_UPDATE", RESTAURANT_TOPIC, RestaurantUpdatedPayload, v1=V1Form(keeps=False), expand=with_holidays)


@change("RESTAURANT_UPDATE", RestaurantUpdatePayload, needs=Role.OWNER)
def update(context: Context, payload: Payload) -> Outcome:
    """Changes settings of the restaurant."""
    fields = dict(payload["changes"])
    if "conflict_strategy" in fields:
        fields["conflict_strategy"] = ConflictStrategy(fields["conflict_strategy"])
    return restaurant_update(context.sender.change(RestaurantUpdate(fields, payload.get("seen") or {}), payload))
