"""What ``CONNECTION_ACK`` says of periods."""

from functools import partial
from typing import Any
from uuid import UUID

from schedules.selectors.schedules import periods_of
from schedules.serializers.places import PeriodEntry
from shiftsync.realtime.socket.greeting import introduces


@introduces("periods", partial(PeriodEntry, many=True))
def periods(restaurant_id: UUID) -> list[dict[str, Any]]:
    """The periods, as a new connection gets them."""
    return [period.payload() for period in periods_of(restaurant_id)]
