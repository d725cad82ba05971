"""Changing when a shift type is worked, from a day on."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from schedules.models import Period, Shift, ShiftKind, ShiftType
from schedules.rules.times import TIME_FIELDS, are_whole, given_times, set_times, times_of, wire_time
from schedules.selectors.schedules import shift_types_of
from shiftsync.core.clock import local_today
from shiftsync.core.dated import VALID_FROM, fact_on, with_fact
from shiftsync.core.dates import OFF_CALENDAR, is_on_calendar, require_on_calendar
from shiftsync.core.errors import ValidationFailed

MAX_TIMES = 100


def today_of(shift_type: ShiftType) -> date:
    """The day that it is at the shift type's restaurant."""
    return local_today(shift_type.restaurant.timezone)


def read_dated(shift_type: Any, field: str) -> Any:
    """What a shift type, or an entry of its history, says of a field; of ``times`` always all of them."""
    return times_of(shift_type) if field == "times" else getattr(shift_type, field)


def asked_fields(shift_type: ShiftType, changes: Mapping[str, Any], valid_from: date | None) -> dict[str, Any]:
    """``changes`` with the ``times`` that they ask for, as they are kept. Raises :class:`ValidationFailed`.

    A start or an end that holds from a day to be told (``valid_from``) is a part of the times, and judged as such.
    """
    require_on_calendar("validFrom", valid_from)
    asked = dict(changes)
    if "times" in asked:
        check_times(asked["times"])
        asked["times"] = given_times(asked["times"], times_of(shift_type)[0])
    if valid_from is not None and (dated := _facts(asked)):
        if "times" in asked:
            raise ValidationFailed.of("validFrom", "Cannot be combined with times.")
        asked = {name: value for name, value in asked.items() if name not in TIME_FIELDS}
        asked["times"] = with_fact(times_of(shift_type), valid_from, dated)
    return asked


def change_times(shift_type: ShiftType, apply: Mapping[str, Any]) -> None:
    """Lets ``apply`` hold: all times, or a start and an end from today on; from the beginning where nothing says otherwise.

    That is where the type has never had times, so that they are filled in, and where nothing was worked by it before today, so that
    what was just typed is corrected.
    """
    facts = _facts(apply)
    if "times" in apply:
        times = apply["times"]
        if facts and any(fact_on(times, today_of(shift_type))[wire] != value for wire, value in facts.items()):
            raise ValidationFailed.of("times", "For today, must agree with startTime and endTime.")
    elif facts:
        times = with_fact(times_of(shift_type), _effective_day(shift_type), facts)
    else:
        return
    if len(times) > MAX_TIMES:
        raise ValidationFailed.of("times", f"A shift type has at most {MAX_TIMES} times.")
    set_times(shift_type, times, today_of(shift_type))


def begin_times(shift_type: ShiftType, wanted: Sequence[Mapping[str, Any]]) -> None:
    """Gives a new shift type its dated times. Raises :class:`ValidationFailed`."""
    check_times(wanted)
    set_times(shift_type, given_times(wanted, times_of(shift_type)[0]), today_of(shift_type))


def check_times(wanted: Sequence[Mapping[str, Any]]) -> None:
    """Raises :class:`ValidationFailed`, naming the entry, for a day that comes twice or is out of range."""
    problems: dict[str, Any] = {}
    days = [each.get("valid_from") for each in wanted]
    for place, day in enumerate(days):
        if day in days[:place]:
            text = "Occurs twice: the beginning." if day is None else f"Occurs twice: {day}."
            problems[str(place)] = {VALID_FROM: [text]}
        elif day is not None and not is_on_calendar(day):
            problems[str(place)] = {VALID_FROM: [OFF_CALENDAR]}
    if problems:
        raise ValidationFailed.by_field({"times": problems})


def _facts(changes: Mapping[str, Any]) -> dict[str, str | None]:
    return {wire: wire_time(changes[name]) for name, wire in TIME_FIELDS.items() if name in changes}


def _effective_day(shift_type: ShiftType) -> date | None:
    times = times_of(shift_type)
    is_filled_in = not any(map(are_whole, times))
    today = today_of(shift_type)
    return None if is_filled_in or (len(times) == 1 and not _was_worked(shift_type, today)) else today


def _was_worked(shift_type: ShiftType, today: date) -> bool:
    """Whether somebody may have worked by the shift type before that day. What a blank is, nobody has to enter."""
    restaurant = {"restaurant_id": shift_type.restaurant_id}
    if _is_meant_by_blanks(shift_type) and Period.objects.filter(**restaurant, start_date__lt=today).exists():
        return True
    return Shift.objects.filter(**restaurant, date__lt=today, value=shift_type.symbol).exists()


def _is_meant_by_blanks(shift_type: ShiftType) -> bool:
    normal = shift_types_of(shift_type.restaurant_id).filter(kind=ShiftKind.NORMAL).first()
    return normal is not None and normal.id == shift_type.id
