"""Making a document of the facts as they are now."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from schedules.generation.kinds import BLANK, Kind, ShiftTypes
from schedules.generation.loading import load_member
from schedules.generation.meaning import meaning
from schedules.generation.problem import Staff
from schedules.rules.publication.document import Blank, Cover, Document, Person, Wire, dates_between, special_days


@dataclass(frozen=True, slots=True)
class Heading:
    """Which month it is, and of which restaurant."""

    schedule_id: str
    start_date: date
    end_date: date
    restaurant: str
    timezone: str
    text_counts_as: str = "nothing"


def build_document(
    heading: Heading,
    *,
    members: Sequence[Wire],
    shift_types: Iterable[Wire],
    days: Iterable[Wire],
    cells: Mapping[str, Mapping[str, str]],
    covers: Iterable[Cover],
    holidays: Iterable[Wire] = (),
    groups: Iterable[Wire] = (),
) -> Document:
    """The document of a month whose ``members`` (as on the wire, in their order) belong to it; ``groups`` are staff groups as on the
    wire.

    Cells of others, blank ones and those outside the period are left out, and so are ordinary days and other people's membership.
    """
    dates = dates_between(heading.start_date, heading.end_date)
    inside = {str(day) for day in dates}
    special = tuple(sorted((each for each in days if each["date"] in inside), key=lambda each: str(each["date"])))
    closed = special_days(special, "closed")
    people = tuple(
        Person({**member, "period": None}, blanks_of(load_member(member), dates, closed)) for member in members
    )
    known = {person.id for person in people}
    return Document(
        schedule_id=heading.schedule_id,
        start_date=heading.start_date,
        end_date=heading.end_date,
        restaurant=heading.restaurant,
        timezone=heading.timezone,
        people=people,
        shift_types=tuple(shift_types),
        days=special,
        cells={person.id: row for person in people if (row := _filled(cells.get(person.id, {}), inside))},
        covers=tuple(each for each in covers if each.staff_id in known and each.date_key in inside),
        text_counts_as=heading.text_counts_as,
        holidays=tuple(holidays),
        groups=tuple(_group(row, known) for row in groups),
    )


def _group(row: Wire, known: Container[str]) -> Wire:
    members = row["groupConfig"].get("members") or ()
    return {"id": row["id"], "name": row["name"], "members": [each for each in members if each in known]}


def blanks_of(member: Staff, dates: Iterable[date], closed: frozenset[date]) -> str:
    """What a blank means for that person on each of those days."""
    return "".join(_blank(member, day, closed) for day in dates)


def _blank(member: Staff, day: date, closed: frozenset[date]) -> Blank:
    return _BLANKS[meaning(member, day, BLANK, types=_TYPES, closed=closed).kind]


_TYPES = ShiftTypes()
_BLANKS = {Kind.NORMAL: Blank.WORK, Kind.FREE: Blank.FREE, Kind.OFF: Blank.CLOSED, Kind.ABSENT: Blank.ABSENT}


def _filled(row: Mapping[str, Any], inside: set[str]) -> dict[str, str]:
    return {day: value for day, value in sorted(row.items()) if value and day in inside}
