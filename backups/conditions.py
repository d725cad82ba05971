"""What is asked of a backup assignment beyond its own fields, as pure functions of what it refers to."""

from datetime import date

from settings_app.rules.rows import Row
from settings_app.rules.table import Referred
from settings_app.rules.values import ShapeError
from staff.rules import first_day, last_day


def assignment_conditions(row: Row, referred: Referred) -> list[ShapeError]:
    """A member of a group cannot stand in for it."""
    members = (referred.get("groupId", {}).get("groupConfig") or {}).get("members") or ()
    if row.get("staffId") in members:
        return [ShapeError("staffId", "is a member of the group and cannot back it up")]
    return []


def assignment_cautions(row: Row, referred: Referred, today: date) -> list[str]:
    """Why the backup could never be called: the days in force are over, or the person is not employed on any of them."""
    starts, ends = _day(row.get("effectiveFrom")), _day(row.get("effectiveUntil"))
    if ends is not None and ends < today:
        return [f"effectiveUntil: {ends} has passed; the backup will no longer be called"]
    person = referred.get("staffId", {})
    employed_from, employed_until = first_day(person.get("startPeriod")), last_day(person.get("endPeriod"))
    first = max(starts or today, today)
    if employed_until is not None and employed_until < first:
        return [f"staffId: {person.get('name', '')} is employed until {employed_until}; the backup cannot be called"]
    if employed_from is not None and ends is not None and employed_from > ends:
        return [f"staffId: {person.get('name', '')} is employed from {employed_from}; the backup cannot be called"]
    return []


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
