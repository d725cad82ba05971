"""The whole schedule, as version 1 clients get it after changes that they know no message for."""

from dataclasses import replace
from uuid import UUID

from schedules.events.calendar import CALENDAR_TOPIC
from schedules.events.cells import SHIFTS_TOPIC
from schedules.models import DayKind
from schedules.publications.shown import published_shifts, published_staff
from schedules.selectors.schedules import flat_calendar, sync_shifts
from settings_app.events import SETTINGS_TOPIC
from settings_app.realtime.snapshots import after_version_change
from shiftsync.core.encoding import decode
from shiftsync.realtime.events import LoggedChange
from shiftsync.realtime.protocol.wire import Listener, Snapshot
from shiftsync.realtime.stream.selectors import reading


def whole_schedule(change: LoggedChange, listener: Listener) -> Snapshot:
    """The dense schedule that ``change`` is about."""
    return _state(change.restaurant_id, change.entity_id, listener)


def published_schedule(change: LoggedChange, listener: Listener) -> Snapshot | None:
    """What viewers see anew after a publication; editors have the live schedule already."""
    return _state(change.restaurant_id, change.entity_id, listener) if listener.is_viewer else None


def published_staff_too(change: LoggedChange, listener: Listener) -> list[Snapshot]:
    """What viewers see anew besides: who is on the month. Only for those who look at it: such clients show any staff that comes."""
    if not listener.is_viewer:
        return []

    def read() -> tuple[int, dict[str, object]]:
        with reading(change.restaurant_id) as position:
            return position.version, published_staff(change.restaurant_id, index, listener.only)

    index = int(decode(change.payload)["periodIndex"])
    key = ("published staff", change.entity_id, listener.only)
    return [Snapshot(key=key, type="SYNC_RESPONSE", read=read, has_client_id=False)]


def whole_calendar(change: LoggedChange, listener: Listener) -> Snapshot:
    """The calendar with what repeats as days, since such clients know nothing else."""

    def read() -> tuple[int, dict[str, object]]:
        with reading(change.restaurant_id) as position:
            return position.version, flat_calendar(change.restaurant_id)

    return Snapshot(key=("calendar",), type="CALENDAR_SYNC_RESPONSE", read=read, has_client_id=False)


def after_restaurant(change: LoggedChange, listener: Listener) -> list[Snapshot]:
    """In another country other days are holidays, and what repeats may be closed on other days. Viewers have the days of documents."""
    if listener.is_viewer or "country" not in decode(change.payload)["changed"]:
        return []
    return [replace(whole_calendar(change, listener), topic=CALENDAR_TOPIC)]


def after_period(change: LoggedChange, listener: Listener) -> list[Snapshot]:
    """Days that repeat are told for as long as there are periods: a new one, or one with other days, may have more of them."""
    return [] if listener.is_viewer else [whole_calendar(change, listener)]


def after_day(change: LoggedChange, listener: Listener) -> list[Snapshot]:
    """A day of which nothing is said, or that is open for once: whether it is closed depends on what repeats."""
    return [whole_calendar(change, listener)] if decode(change.payload)["kind"] in (None, DayKind.OPEN) else []


def after_move(change: LoggedChange, listener: Listener) -> list[Snapshot]:
    """What version 1 clients need where a shift symbol was renamed or replaced: the schedules and the settings that named it.

    Nobody's own: its author, too, holds the old symbol.
    """
    moved = decode(change.payload).get("moved")
    if moved is None:
        return []
    schedules = (
        [] if listener.is_viewer else [_state(change.restaurant_id, each, listener) for each in moved["scheduleIds"]]
    )
    settings = [replace(after_version_change(change, listener), topic=SETTINGS_TOPIC)] if moved["settings"] else []
    return [replace(state, topic=SHIFTS_TOPIC, has_client_id=False) for state in schedules] + settings


def _state(restaurant_id: UUID, schedule_id: str, listener: Listener) -> Snapshot:
    def read() -> tuple[int, dict[str, object]]:
        with reading(restaurant_id) as position:
            if listener.is_viewer:
                payload = published_shifts(restaurant_id, schedule_id, None, is_dense=True, only=listener.only)
            else:
                payload = sync_shifts(restaurant_id, schedule_id, None, is_dense=True)
            return position.version, payload

    return Snapshot(
        key=("schedule", schedule_id, listener.is_viewer, listener.only),
        type="SHIFT_SYNC_RESPONSE",
        read=read,
        extra={"broadcast": True},
        entity_id=schedule_id,
    )
