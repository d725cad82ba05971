"""Generating in the words of version 1 clients: what they ask, and how the outcome is told to them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from settings_app.rules.shapes import Field
from settings_app.rules.v1.inputs import read_input
from settings_app.rules.values import Number
from shiftsync.core.errors import ValidationFailed

USUAL_SECONDS = 30.0
MOST_SECONDS = 50.0
"""They give up after sixty."""

_SECONDS = Field(Number(), "Seconds")

Grid = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class V1Request:
    """A month to plan: whom, on which days, and the cells that stay as they are shown to its author."""

    staff_ids: tuple[str, ...]
    dates: tuple[str, ...]
    held: Grid = field(default_factory=dict)
    seconds: float = USUAL_SECONDS

    @property
    def first_day(self) -> date:
        """It names the period."""
        return date.fromisoformat(self.dates[0])

    @property
    def last_day(self) -> date:
        """The last of the days that are asked for."""
        return max(map(date.fromisoformat, self.dates))


def read_request(payload: Mapping[str, Any], zone: ZoneInfo) -> V1Request:
    """What a payload asks for; ``zone`` is where its moments are days. Raises :class:`ValidationFailed` in the words that they know."""
    people, days = payload.get("staffMembers"), payload.get("dateRange")
    if not isinstance(people, list):
        raise ValidationFailed("Missing or invalid staffMembers field")
    if not isinstance(days, list):
        raise ValidationFailed("Missing or invalid dateRange field")
    staff_ids = tuple(dict.fromkeys(str(each["id"]) for each in people if isinstance(each, dict) and each.get("id")))
    if not staff_ids:
        raise ValidationFailed("staffMembers is empty: there is nobody to plan.")
    if not days:
        raise ValidationFailed("dateRange is empty: there are no days to plan.")
    dates = tuple(dict.fromkeys(_day_asked(each, zone) for each in days))
    constraints = payload.get("constraints")
    prefilled = (constraints if isinstance(constraints, dict) else {}).get("prefilledSchedule")
    held = _held(prefilled if prefilled is not None else payload.get("prefilledSchedule"), zone)
    return V1Request(staff_ids, dates, held, _seconds(payload.get("timeout")))


def generated(result: Mapping[str, Any], status: str, asked: V1Request, planned: set[str]) -> dict[str, Any]:
    """The payload of ``SCHEDULE_GENERATED`` for what a job found; dense over the days, for those who were ``planned``."""
    data: Grid = result["scheduleData"]
    rows = {
        staff_id: {
            day: data.get(staff_id, {}).get(day) or asked.held.get(staff_id, {}).get(day, "") for day in asked.dates
        }
        for staff_id in asked.staff_ids
        if staff_id in planned
    }
    stats = {name: result.get(name) for name in ("objective", "bound", "gap", "score")}
    return {
        "schedule": rows,
        "solveTime": result["elapsedSeconds"],
        "isOptimal": status == "optimal",
        "status": status.upper(),
        "stats": {**stats, "violations": len(result["violations"])},
    }


def problem_of(status: str, error: str, violations: list[Mapping[str, Any]]) -> str | None:
    """Why a job that has ended has no schedule for them; None where it has."""
    if status in ("optimal", "feasible"):
        return None
    if status == "infeasible":
        broken = [str(each["message"]) for each in violations if each.get("isHard")]
        return f"No schedule satisfies every hard rule: {'; '.join(broken[:3]) or 'they contradict each other'}"
    return error or "Schedule generation was cancelled"


def _day_asked(value: object, zone: ZoneInfo) -> str:
    day = day_of(value, zone)
    if day is None:
        raise ValidationFailed(f"Invalid dateRange: {str(value)[:40]} is not a day (YYYY-MM-DD)")
    return day


def day_of(value: object, zone: ZoneInfo) -> str | None:
    """The day (``YYYY-MM-DD``) that is meant; None where none is.

    A date of theirs made into JSON is a moment. Midnight is that of the day which it names, whatever the zone, since a date without a
    time becomes midnight of UTC; any other moment lies on the day that it is in ``zone``.
    """
    try:
        moment = datetime.fromisoformat(str(value).strip())
    except ValueError:
        return None
    if moment.tzinfo is None or moment.time() == time():
        return moment.date().isoformat()
    try:
        return moment.astimezone(zone).date().isoformat()
    except OverflowError:
        return None


def _held(prefilled: object, zone: ZoneInfo) -> dict[str, dict[str, str]]:
    """The filled cells; values other than text are left out."""
    rows = prefilled.items() if isinstance(prefilled, dict) else ()
    cells = {str(staff_id): row for staff_id, row in rows if isinstance(row, dict)}
    filled = {
        staff_id: {
            day_of(day, zone) or str(day): value
            for day, value in row.items()
            if isinstance(value, str) and value.strip()
        }
        for staff_id, row in cells.items()
    }
    return {staff_id: row for staff_id, row in filled.items() if row}


def _seconds(value: object) -> float:
    value = read_input(value, _SECONDS)
    if isinstance(value, bool) or not isinstance(value, int | float) or not value > 0:
        return USUAL_SECONDS
    return min(max(float(value), 1.0), MOST_SECONDS)
