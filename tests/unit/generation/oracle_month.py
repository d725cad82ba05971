"""A schedule as the naive count of :mod:`tests.unit.generation.oracle` sees it: marks by day and person, and nothing of the generator's."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

Row = Mapping[str, Any]
Marks = Mapping[str, Sequence[str]]
"""By person, one mark a day; the first day of the period is a Sunday."""

SYMBOLS = {"early": "△", "late": "◇"}
OFF = ("×", "★")
STATUS = {"a": "社員", "b": "派遣", "c": "社員"}
CALLED = "p"
"""Who is called by shift: to all others a blank means work."""


def works(person: str, mark: str) -> bool:
    return mark in ("○", "△", "◇") or (mark == "" and person != CALLED)


def has(shift: str, person: str, mark: str) -> bool:
    if shift == "any":
        return works(person, mark)
    if shift == "off":
        return mark in OFF
    if shift == "normal":
        return works(person, mark) and mark in ("", "○")
    return mark == SYMBOLS[shift]


def outside(count: int, least: int | None, most: int | None) -> int:
    under = max(0, least - count) if least is not None else 0
    return under + (max(0, count - most) if most is not None else 0)


def is_day(row: Row, day: int) -> bool:
    """Whether the weekday, or the date by its number, is one that the row names; if it names none, each is."""
    weekdays, dates = row.get("daysOfWeek") or [], row.get("days") or []
    return (not weekdays and not dates) or day % 7 in weekdays or day in dates


@dataclass(frozen=True)
class Month:
    """A schedule, who is in which group, and on which days the restaurant is closed. The first ``before`` marks of a person lie before
    the period, the last ``after`` behind it; day 0 is the first of the period. ``absent``: days on which somebody is not employed, and
    ``past`` the months before, the latest first, whose day 0 is a Sunday too: only fairness looks at these two. From ``other_times_from``
    on :data:`oracle_rules.OTHER_TIMES` hold."""

    written: Marks
    groups: Mapping[str, Sequence[str]]
    closed: frozenset[int] = frozenset()
    before: int = 0
    after: int = 0
    absent: Mapping[str, frozenset[int]] = field(default_factory=dict)
    past: Sequence["Month"] = ()
    other_times_from: int | None = None

    @cached_property
    def marks(self) -> Marks:
        """As they are meant: on a closed day nobody works for having no mark."""
        return {
            person: [
                "×" if mark == "" and person != CALLED and day in self.closed else mark
                for day, mark in enumerate(marks, -self.before)
            ]
            for person, marks in self.written.items()
        }

    @property
    def days(self) -> range:
        return range(len(next(iter(self.written.values()))) - self.before - self.after)

    @property
    def known(self) -> range:
        """The days of the period and those around it."""
        return range(-self.before, len(self.days) + self.after)

    def mark(self, person: str, day: int) -> str:
        return self.marks[person][day + self.before]

    @property
    def open(self) -> list[int]:
        return [day for day in self.days if day not in self.closed]

    def asked(self, row: Row) -> list[int]:
        """The open days that a row is about."""
        return [day for day in self.open if is_day(row, day)]

    def count(self, people: Sequence[str], days: Sequence[int], shift: str) -> int:
        return sum(has(shift, person, self.mark(person, day)) for person in people for day in days)

    def rested(self, person: str, days: Sequence[int]) -> int:
        """Days off, and for who is called by shift all days without one."""
        return sum(self.mark(person, day) in OFF or (person == CALLED and self.mark(person, day) == "") for day in days)

    def people(self, row: Row) -> list[str]:
        named = [*row.get("staffIds", ()), *(each for group in row.get("groupIds", ()) for each in self.groups[group])]
        return [person for person in self.marks if not named or person in named]

    def sets(self, row: Row) -> list[list[str]]:
        if row["scope"] == "individual" and not row["targetIds"]:
            return [[person] for person in self.marks]
        if row["scope"] == "staff_status":
            return [[person for person in self.marks if STATUS.get(person) == status] for status in row["targetIds"]]
        if row["scope"] == "individual":
            return [[person for person in self.marks if person in row["targetIds"]]]
        if row["scope"] == "group":
            return [list(self.groups[group]) for group in row["targetIds"]]
        return [list(self.marks)]

    def windows(self, length: int) -> Iterator[tuple[str, int, Sequence[str]]]:
        """Days that follow one another, at least one of them in the period: who, the first, the marks."""
        for person in self.marks:
            for first in range(max(-self.before, 1 - length), len(self.days)):
                if first + length - 1 in self.known:
                    yield person, first, [self.mark(person, day) for day in range(first, first + length)]
