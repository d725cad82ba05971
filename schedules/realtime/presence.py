"""Where everybody is on the schedules: which cell a client has selected or is editing."""

from dataclasses import dataclass, field

from schedules.serializers.places import PlacePayload, PresenceStatePayload
from shiftsync.core.payloads import FromPayload, from_payload
from shiftsync.realtime.hub.presence import LEFT, Entry, places
from shiftsync.realtime.protocol.wire import answer
from shiftsync.realtime.socket.appearing import move
from shiftsync.realtime.socket.router import Context, Payload, on_connection
from shiftsync.realtime.socket.session import Session


def _narrow(entry: Entry, only: str) -> Entry:
    """Which colleague's day somebody edits tells that something changes there."""
    cell = entry["cell"]
    return entry if cell is None or cell["staffId"] == only else {**entry, "cell": None}


places(begin={"scheduleId": None, "cell": None, "state": "viewing"}, end={"cell": None, "state": LEFT}, narrow=_narrow)
answer("PRESENCE_STATE", PresenceStatePayload)


def _cell_of(given: dict[str, str] | None) -> dict[str, str] | None:
    return {"staffId": given["staff_id"], "dateKey": given["date_key"]} if given else None


@dataclass(frozen=True, slots=True)
class Place(FromPayload):
    """Where a client is. ``cell`` is written as on the wire."""

    state: str
    schedule_id: str | None = None
    cell: dict[str, str] | None = field(default=None, metadata=from_payload(read=_cell_of))


@on_connection("PRESENCE_UPDATE", PlacePayload)
async def presence_update(session: Session, context: Context, payload: Payload) -> None:
    """Tells the others where this client is."""
    asked = Place.of(payload)
    place = {"scheduleId": asked.schedule_id, "cell": asked.cell, "state": asked.state}
    move(session, place, context.envelope.client_id or session.actor.client_id or "")
