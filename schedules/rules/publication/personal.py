"""What a published month says to each of its people, and what of that is new to somebody who knew it as it was before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from schedules.rules.publication.document import Blank, Document, Person, Wire
from schedules.rules.times import times_on

NORMAL = "normal"


@dataclass(frozen=True, slots=True)
class PersonalDay:
    """A day of one person: the value of the cell, what a blank one means (also of a filled one, where they are not employed), from when
    until when, and the group that is covered."""

    value: str
    blank: str
    start_time: str | None = None
    end_time: str | None = None
    covers: str = ""

    def payload(self) -> dict[str, Any]:
        """The day as a notice keeps it."""
        return {
            "value": self.value,
            "blank": self.blank,
            "startTime": self.start_time,
            "endTime": self.end_time,
            "covers": self.covers,
        }


ABSENT = PersonalDay("", Blank.ABSENT.value)


def changes_by_person(before: Document, after: Document) -> dict[str, list[dict[str, Any]]]:
    """By their ids, those who were in ``before`` and whose days are others now: ``dateKey``, ``before``, ``after`` of each such day.

    A day that only one of the two has is compared with one on which they are not employed.
    """
    now, then = _Days(after), _Days(before)
    dates = sorted({*before.dates(), *after.dates()})
    found = {}
    for person in before.people:
        was, is_now = then.of(person.id), now.of(person.id)
        changed = [
            {"dateKey": str(day), "before": old.payload(), "after": new.payload()}
            for day in dates
            if (old := was.get(day, ABSENT)) != (new := is_now.get(day, ABSENT))
        ]
        if changed:
            found[person.id] = changed
    return found


def day_with(document: Document, staff_id: str, day: date, value: str) -> PersonalDay:
    """Somebody's day as they read it where its cell holds ``value``, and they cover nobody; absent where they are not on the month."""
    return _Days(document).with_value(staff_id, day, value)


class _Days:
    """The days of a document, by person."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._dates = document.dates()
        self._people = {person.id: person for person in document.people}
        self._types = {str(each["symbol"]): each for each in document.shift_types}
        self._usual = next((each for each in document.shift_types if each["kind"] == NORMAL), None)
        self._covers = {(each.staff_id, each.date_key): each.group_name for each in document.covers}

    def of(self, staff_id: str) -> Mapping[date, PersonalDay]:
        """Somebody's days; none of somebody who is not on the month."""
        person = self._people.get(staff_id)
        if person is None:
            return {}
        return {
            day: self._day(person, day, Blank(letter)) for day, letter in zip(self._dates, person.blanks, strict=True)
        }

    def with_value(self, staff_id: str, day: date, value: str) -> PersonalDay:
        """As :func:`day_with`."""
        person = self._people.get(staff_id)
        if person is None or day not in self._dates:
            return ABSENT
        return self._read(day, value, Blank(person.blanks[self._dates.index(day)]), covers="")

    def _day(self, person: Person, day: date, blank: Blank) -> PersonalDay:
        value = self._document.value(person.id, str(day))
        return self._read(day, value, blank, covers=self._covers.get((person.id, str(day)), ""))

    def _read(self, day: date, value: str, blank: Blank, *, covers: str) -> PersonalDay:
        shift = self._types.get(value) if value else self._usual if blank is Blank.WORK else None
        times: Wire = {} if shift is None else times_on(shift, day)
        return PersonalDay(
            value,
            "" if value and blank is not Blank.ABSENT else blank.value,
            times.get("startTime"),
            times.get("endTime"),
            covers,
        )
