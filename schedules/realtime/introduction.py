"""What ``CONNECTION_ACK`` says of periods."""

from typing import Any

from schedules.selectors.schedules import periods_of
from shiftsync.core.actor import Actor
from shiftsync.realtime.socket.greeting import introduces


@introduces
def periods(actor: Actor) -> dict[str, Any]:
    return {"periods": [period.payload() for period in periods_of(actor.restaurant_id)]}
