"""What ``CONNECTION_ACK`` says of periods."""

from typing import Any
from uuid import UUID

from schedules.selectors.schedules import periods_of
from shiftsync.realtime.socket.greeting import introduces


@introduces
def periods(restaurant_id: UUID) -> dict[str, Any]:
    """The periods, as a new connection gets them in ``CONNECTION_ACK``."""
    return {"periods": [period.payload() for period in periods_of(restaurant_id)]}
