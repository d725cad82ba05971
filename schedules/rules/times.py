"""When a shift type is worked, which may change from a day on.

A type that has always been worked at the same time has it in its own fields alone; else ``times`` holds all of its times, dated, and the
fields what holds today, as with the terms of staff members. On the wire ``times`` stands only where there is more than one.
"""

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any, Protocol

from shiftsync.core.dated import VALID_FROM, Fact, fact_on, facts_within, settled

TIME_FIELDS = {"start_time": "startTime", "end_time": "endTime"}
"""The facts about a shift type that hold from a day, by their names here and on the wire."""

Times = Fact
"""``validFrom``, and ``startTime`` and ``endTime`` (``HH:MM`` or None) from then on, as on the wire."""

Wire = Mapping[str, Any]


class Timed(Protocol):
    """A shift type, as it is or as it was."""

    start_time: time | None
    end_time: time | None
    times: list[Times]


def wire_time(moment: time | None) -> str | None:
    """A time of day on the wire."""
    return moment.strftime("%H:%M") if moment else None


def times_of(shift_type: Timed) -> list[Times]:
    """The times of a shift type, the oldest first; there is always one."""
    return list(shift_type.times) or [
        {VALID_FROM: None, **{wire: wire_time(getattr(shift_type, name)) for name, wire in TIME_FIELDS.items()}}
    ]


def set_times(shift_type: Timed, times: Sequence[Times], today: date) -> None:
    """Makes ``times`` (there is one) those of the shift type."""
    shift_type.times = list(times) if len(times) > 1 else []
    _show(shift_type, fact_on(times, today))


def show_times(shift_type: Timed, today: date) -> None:
    """Lets the fields of a shift type show what holds today; nothing is stored."""
    if shift_type.times:
        _show(shift_type, fact_on(shift_type.times, today))


def _show(shift_type: Timed, times: Times) -> None:
    """A time that the field has to the second stays so where it is the same to the minute."""
    for name, wire in TIME_FIELDS.items():
        if wire_time(getattr(shift_type, name)) != times[wire]:
            setattr(shift_type, name, time.fromisoformat(times[wire]) if times[wire] else None)


def are_whole(times: Times) -> bool:
    """Whether it is known from when until when."""
    return bool(times["startTime"] and times["endTime"])


def given_times(wanted: Sequence[Mapping[str, Any]], earliest: Times) -> list[Times]:
    """Dated times as they are kept; ``earliest`` holds until the first of them where none of them holds from the beginning."""
    rows = [_row(each) for each in wanted]
    return settled(rows if any(row[VALID_FROM] is None for row in rows) else [{**earliest, VALID_FROM: None}, *rows])


def _row(given: Mapping[str, Any]) -> Times:
    day = given.get("valid_from")
    return {
        VALID_FROM: None if day is None else str(day),
        **{wire: wire_time(given.get(name)) for name, wire in TIME_FIELDS.items()},
    }


def times_on(shift_type: Wire, day: date) -> Wire:
    """The ``startTime`` and ``endTime`` of a shift type (as on the wire) on ``day``."""
    times = shift_type.get("times")
    return fact_on(times, day) if times else shift_type


def as_of_month(shift_type: Wire, first: date, last: date) -> dict[str, Any]:
    """A shift type as on the wire, with the times that hold on some day from ``first`` to ``last`` and no others.

    Its own are those of ``first``, whenever this is asked: what a month says does not depend on the day on which it is published.
    """
    others = {name: value for name, value in shift_type.items() if name != "times"}
    if not shift_type.get("times"):
        return others
    times = facts_within(shift_type["times"], first, last)
    own = {wire: times[0][wire] for wire in TIME_FIELDS.values()}
    return {**others, **own, **({"times": times} if len(times) > 1 else {})}
