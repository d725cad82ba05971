"""REST about who has seen a published month."""

from rest_framework import serializers

from schedules.publications.readers import readers_of
from schedules.services.reminding import readers_remind
from shiftsync.core.actor import Role
from shiftsync.core.serializers import WireSerializer
from shiftsync.core.viewsets import Payload
from shiftsync.tenants.api.base import RestaurantViewSetBase, once, once_endpoint, restaurant_endpoint

STATES = ("seen", "unseen", "no_account", "edits")


class Reader(WireSerializer):
    """Somebody on a published month."""

    staff_id = serializers.UUIDField()
    name = serializers.CharField()
    state = serializers.ChoiceField(
        choices=STATES,
        help_text="`seen`: looked at it, by page or calendar, since they were told that it is published or has changed for them. "
        "`edits`: sees the plan, so it is not known. `no_account`: nobody is linked to them.",
    )
    seen_at = serializers.DateTimeField(allow_null=True, help_text="When they last looked.")
    reminded_at = serializers.DateTimeField(allow_null=True)


class Readers(WireSerializer):
    """Who has seen a published month."""

    rest_name = "ReadersOfMonth"

    number = serializers.IntegerField(help_text="Of the publication that is shown.")
    readers = Reader(many=True, help_text="In the order of the month.")


class ReadersViewSet(RestaurantViewSetBase):
    """Who has seen a published month, and who has not."""

    @restaurant_endpoint(gives=Readers, source="query", needs=Role.MANAGER)
    def retrieve(self, payload: Payload, id: str) -> Payload:
        """Everybody on it. Raises 404 where nothing is published."""
        return readers_of(self.actor.restaurant_id, id)

    @once_endpoint(gives=Readers, needs=Role.MANAGER)
    @once(200)
    def remind(self, payload: Payload, id: str) -> Payload:
        """Tells those again who have not seen it, at most once a day."""
        readers_remind(self.actor, schedule_id=id)
        return readers_of(self.actor.restaurant_id, id)
