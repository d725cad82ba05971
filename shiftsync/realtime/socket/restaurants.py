"""The message about the restaurant itself."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from shiftsync.core.actor import Role
from shiftsync.core.holidays import holidays_around_now
from shiftsync.realtime.events import RESTAURANT_TOPIC
from shiftsync.realtime.protocol.payloads import ChangePayload, HolidaySerializer
from shiftsync.realtime.protocol.wire import broadcast, topic
from shiftsync.realtime.socket.router import Payload, change_message
from shiftsync.realtime.stream.restaurants import restaurant_update
from shiftsync.tenants.hooks import RestaurantUpdate
from shiftsync.tenants.serializers.restaurants import RestaurantFacts, RestaurantFields


class RestaurantUpdatePayload(ChangePayload):
    """New values for some of the restaurant's own fields."""

    example = {"changes": {"country": "FR", "textCountsAs": "off"}}

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
    """The payload of an update, rebuilt from what the log keeps of it."""
    if "country" not in kept["changed"]:
        return kept
    return {**kept, "holidays": [each.to_wire() for each in holidays_around_now(kept["country"])]}


topic(RESTAURANT_TOPIC, None)  # what every token may know
# Version 1 clients do not know this message: they get what they need as snapshots of other topics.
broadcast(
    "RESTAURANT_UPDATE",
    RESTAURANT_TOPIC,
    RestaurantUpdatedPayload,
    expand=with_holidays,
    told=_("changed the restaurant"),
)


change_message("RESTAURANT_UPDATE", RestaurantUpdatePayload, RestaurantUpdate, restaurant_update, needs=Role.OWNER)
