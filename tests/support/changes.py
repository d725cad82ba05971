"""Changes as the log holds them, made up."""

from uuid import UUID

from shiftsync.core.encoding import encode
from shiftsync.realtime.events import LoggedChange

RESTAURANT = UUID(int=1)
SCHEDULE = str(UUID(int=2))
OTHER_SCHEDULE = str(UUID(int=3))
AUTHOR = UUID(int=4)


def cell_change(version: int, *, schedule_id: str = SCHEDULE, client_id: str | None = "author") -> LoggedChange:
    """One edited cell; its value tells the version."""
    return logged_change(
        version, "shifts", "SHIFT_BROADCAST", schedule_id, {"shiftValue": str(version)}, client_id=client_id
    )


def logged_change(
    version: int,
    topic: str,
    type: str,
    entity_id: str,
    payload: object,
    *,
    client_id: str | None = "author",
) -> LoggedChange:
    """A change of any kind."""
    return LoggedChange(
        restaurant_id=RESTAURANT,
        version=version,
        topic=topic,
        type=type,
        entity_id=entity_id,
        payload=encode(payload),
        user_id=AUTHOR,
        client_id=client_id,
        request_id=None,
        timestamp="2025-08-01T00:00:00.000Z",
    )
