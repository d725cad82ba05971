"""What questions about a schedule ask for."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from shiftsync.core.payloads import FromPayload, from_payload
from shiftsync.realtime.socket.router import Context, Payload, Query


@dataclass(frozen=True, slots=True)
class OfSchedule(FromPayload):
    """A question about a schedule."""

    schedule_id: str


@dataclass(frozen=True, slots=True)
class DaysOfSchedule(OfSchedule):
    """A question about some days of a schedule; None: from its first day, to its last."""

    first: date | None = field(default=None, metadata=from_payload("from"))
    last: date | None = field(default=None, metadata=from_payload("to"))


def about_schedule(read: Callable[[UUID, str], dict[str, Any]]) -> Query:
    """The handler of a question that ``read(restaurant_id, schedule_id)`` answers."""

    def run(context: Context, payload: Payload) -> dict[str, Any]:
        return read(context.actor.restaurant_id, OfSchedule.of(payload).schedule_id)

    return run
