"""The staff of all periods, as those version 1 clients get it anew that keep all of it.

Such a client files a new member under one period and never moves anybody between periods, so whatever changes who belongs where is
followed by the whole, which replaces what it has.
"""

from functools import partial
from typing import Any
from uuid import UUID

from schedules.events.calendar import CALENDAR_TOPIC
from schedules.publications.shown import published_staff_of_all_periods
from schedules.realtime import calendar, publication  # noqa: F401 - what they register is followed here
from schedules.selectors.schedules import sync_all_periods
from shiftsync.core.encoding import decode
from shiftsync.realtime.events import LoggedChange
from shiftsync.realtime.protocol.wire import BROADCASTS, Listener, Snapshot, Traits, follow_for_v1
from shiftsync.realtime.socket.router import Payload
from shiftsync.realtime.stream.selectors import reading
from staff import realtime  # noqa: F401 - as above
from staff.events import TOPIC as STAFF_TOPIC

ALL_PERIODS = "staff.all_periods"
"""The trait of a connection that has ever asked for the staff of all periods."""

MEMBERSHIP = frozenset({"start_period", "end_period"})


def traits_of_question(traits: Traits, payload: Payload) -> Traits:
    """Who has asked once keeps what it got."""
    return traits | {ALL_PERIODS}


def after_change(change: LoggedChange, listener: Listener) -> list[Snapshot]:
    """For a change of who is there, of their order, or of the periods."""
    if ALL_PERIODS not in listener.traits:
        return []
    return [
        Snapshot(
            key=("staff of all periods", listener.is_viewer, listener.only),
            type="SYNC_ALL_PERIODS_RESPONSE",
            read=partial(_read, change.restaurant_id, listener),
            has_client_id=False,
            topic=STAFF_TOPIC,
            comes_last=True,
        )
    ]


def after_update(change: LoggedChange, listener: Listener) -> list[Snapshot]:
    """For a change of one person: only where it is about when they are employed."""
    return after_change(change, listener) if MEMBERSHIP & decode(change.old_values).keys() else []


def after_publication(change: LoggedChange, listener: Listener) -> list[Snapshot]:
    """For those who only look: whom they see is who was published."""
    return after_change(change, listener) if listener.is_viewer else []


def _read(restaurant_id: UUID, listener: Listener) -> tuple[int, dict[str, Any]]:
    with reading(restaurant_id) as position:
        if listener.is_viewer:
            return position.version, published_staff_of_all_periods(restaurant_id, listener.only)
        return position.version, sync_all_periods(restaurant_id)


def _follow() -> None:
    for type in ("STAFF_CREATE", "STAFF_RESTORE", "STAFF_REORDER"):
        follow_for_v1(type, after_change)
    follow_for_v1("STAFF_UPDATE", after_update, reads_old_values=True)
    for type in ("SCHEDULE_PUBLISH", "SCHEDULE_UNPUBLISH"):
        follow_for_v1(type, after_publication)
    of_periods = [spec.type for spec in BROADCASTS.values() if spec.topic == CALENDAR_TOPIC and "PERIOD" in spec.type]
    for type in of_periods:
        follow_for_v1(type, after_change)


_follow()
