"""What rows of the settings mean, counted naively from their JSON and the marks: no code of the generator's in here.

For months without decimals (but half days off) and changes of staff; docs/generation.md says the same in words. Each function
answers how much a schedule breaks a row, by kind.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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
    the period, the last ``after`` behind it; day 0 is the first of the period."""

    written: Marks
    groups: Mapping[str, Sequence[str]]
    closed: frozenset[int] = frozenset()
    before: int = 0
    after: int = 0

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


def daily(month: Month, row: Row) -> int:
    return sum(
        outside(month.count(people, [day], row["shiftType"]), row.get("minCount"), row.get("maxCount"))
        for people in month.sets(row)
        for day in month.asked(row)
    )


def _by_person(month: Month, row: Row, person: str, days: Sequence[int], *, asks_least: bool) -> int:
    shift, least = row["shiftType"], row.get("minCount")
    counted = month.count([person], days, shift)
    reached = month.rested(person, days) if shift == "off" else counted
    under = max(0, least - reached) if asks_least and least is not None else 0
    return under + outside(counted, None, row.get("maxCount"))


def weekly(month: Month, row: Row) -> int:
    amount = 0
    for first in range(row["weekStartsOn"] - 7, len(month.days), 7):
        week = [day for day in range(first, first + 7) if is_day(row, day)]
        days = [day for day in week if day in month.known]
        concerned = any(day in month.days for day in days)
        for person in {person for people in month.sets(row) for person in people} if concerned else ():
            amount += _by_person(month, row, person, days, asks_least=days == week)
    return amount


def monthly(month: Month, row: Row) -> int:
    people = {person for people in month.sets(row) for person in people}
    return sum(_by_person(month, row, person, month.days, asks_least=True) for person in people)


COUNTS: Mapping[Any, str] = {"max_work_days": "any", "max_early_shifts": "early", "max_late_shifts": "late"}


def limit_of_a_month(month: Month, row: Row) -> float:
    """A monthly limit by its type and its switches, which are on for ``off_days`` unless set, and off for all others."""
    usual = row["limitType"] == "off_days"
    switches = {name: row[name] if row.get(name) is not None else usual for name in SWITCHES}
    people = {person for people in month.sets(row) for person in people}
    amount = 0.0
    for person in people:
        least, most = (
            sum(_of_a_month(month, row, switches, person, day, rest=rest) for day in month.days)
            for rest in (True, False)
        )
        amount += max(0, (row.get("minCount") or 0) - least)
        amount += max(0, most - row["maxCount"]) if row.get("maxCount") is not None else 0
    return amount


SWITCHES = ("countHalfDays", "excludeCalendarRules", "excludeEarlyShiftCalendar")


def _of_a_month(month: Month, row: Row, switches: Mapping[str, bool], person: str, day: int, *, rest: bool) -> float:
    mark, closed = month.mark(person, day), day in month.closed
    called_by_nobody = person == CALLED and mark == ""
    if closed and switches["excludeCalendarRules"] and (mark in OFF or called_by_nobody):
        return 0
    if closed and switches["excludeEarlyShiftCalendar"] and mark == "△":
        return 0
    if not row["limitType"].endswith("off_days"):
        return has(COUNTS.get(row["limitType"], row["shiftType"]), person, mark)
    if mark == "△":
        return 0.5 if switches["countHalfDays"] else 0
    return mark in OFF or (rest and called_by_nobody)


def distribution(month: Month, row: Row) -> Counter[str]:
    wanted, shift = row["distributionRules"], row["shiftType"]
    between, longest = wanted.get("minDaysBetween"), wanted.get("maxConsecutive")
    amounts: Counter[str] = Counter()
    longest = longest or (1 if between else None)
    if longest:
        for person, _, marks in month.windows(longest + 1):
            amounts["distribution"] += all(has(shift, person, mark) for mark in marks)
    for gap in range(1, between or 0):
        for person, _, marks in month.windows(gap + 2):
            ends = has(shift, person, marks[0]) and has(shift, person, marks[-1])
            amounts["distribution"] += ends and not any(has(shift, person, mark) for mark in marks[1:-1])
    if wanted.get("preferWeekends"):
        weekdays = [day for day in month.days if day % 7 not in (0, 6)]
        amounts["prefer_weekends"] += month.count(list(month.marks), weekdays, shift)
    return amounts


def group(month: Month, row: Row) -> Counter[str]:
    members, rules = row["members"], row["coverageRules"]
    amounts: Counter[str] = Counter()
    for day in month.open:
        early, late = month.count(members, [day], "early"), month.count(members, [day], "late")
        away = month.count(members, [day], "off") + (0 if rules.get("minEarly") else early)
        amounts["minimum_coverage"] += outside(
            month.count(members, [day], "any"), rules.get("minimumCoverage", 0), None
        )
        amounts["max_off_per_day"] += outside(away, None, rules["maxOffPerDay"])
        amounts["min_early"] += outside(early, rules.get("minEarly", 0), None)
        amounts["min_late"] += outside(late, rules.get("minLate", 0), None)
    return amounts


def _misses(month: Month, row: Row) -> int:
    """Wishes and demands: on the named days that shift; without named days, whenever the person works. ★ misses nothing."""
    shift, names_days = row["shiftType"], bool(row.get("daysOfWeek") or row.get("days"))
    missed = 0
    for person in month.people(row):
        for day in month.asked(row):
            mark = month.mark(person, day)
            rests = person == CALLED and mark == "" and shift == "off"
            asked = names_days or shift == "any" or works(person, mark)
            missed += asked and not (mark == "★" or rests or has(shift, person, mark))
    return missed


def _avoided(month: Month, row: Row) -> int:
    return month.count(month.people(row), month.asked(row), row["shiftType"])


def _avoided_but(month: Month, row: Row) -> int:
    exceptions = row.get("allowedShifts") or []
    return sum(
        has(row["shiftType"], person, month.mark(person, day))
        and not any(has(shift, person, month.mark(person, day)) for shift in exceptions)
        for person in month.people(row)
        for day in month.asked(row)
    )


def _off(month: Month, row: Row) -> int:
    return _avoided(month, {**row, "shiftType": "any"})


def _longest(month: Month, row: Row) -> int:
    length, people = row["maxCount"] + 1, month.people(row)
    return sum(
        person in people
        and all(works(person, mark) for mark in marks)
        and first + length - 1 not in month.closed
        and is_day(row, first + length - 1)
        for person, first, marks in month.windows(length)
    )


def _sequence(month: Month, row: Row) -> int:
    sequence, people = row["sequence"], month.people(row)
    return sum(
        person in people
        and is_day(row, first)
        and month.closed.isdisjoint(range(first, first + len(sequence)))
        and all(has(shift, person, mark) for shift, mark in zip(sequence, marks, strict=True))
        for person, first, marks in month.windows(len(sequence))
    )


def _apart(month: Month, row: Row) -> int:
    days = month.asked(row)
    people, most = month.people(row), row.get("maxCount", 1)
    return sum(outside(month.count(people, [day], row["shiftType"]), None, most) for day in days)


def _together(month: Month, row: Row) -> int:
    people = month.people(row)
    days = month.asked(row)
    return sum(0 < month.count(people, [day], row["shiftType"]) < len(people) for day in days)


def _fairness(month: Month, row: Row) -> int:
    days = month.asked(row)
    own = [person for person in month.people(row) if person != CALLED]
    counts = [month.count([person], days, row["shiftType"]) for person in own]
    return max(0, max(counts) - min(counts) - row.get("maxCount", 1)) if len(counts) > 1 and days else 0


def _in_a_row(month: Month, row: Row) -> int:
    """Windows of one day too many, and whole runs that are too short, with the days before and after them known."""
    shift, people, amount = row["shiftType"], month.people(row), 0

    def counts(person: str, mark: str) -> bool:
        return has(shift, person, mark) or (shift == "off" and person == CALLED and mark == "")

    if row.get("maxCount") is not None:
        for person, _, marks in month.windows(row["maxCount"] + 1):
            amount += person in people and all(counts(person, mark) for mark in marks)
    for person in people:
        for first in month.known:
            for length in range(1, row.get("minCount") or 0):
                run = range(first, first + length)
                around = (first - 1, first + length)
                if all(day in month.known for day in (*run, *around)) and any(day in month.days for day in run):
                    amount += all(counts(person, month.mark(person, day)) for day in run) and not any(
                        counts(person, month.mark(person, day)) for day in around
                    )
    return amount


TIMES: Mapping[str, tuple[int, int]] = {"○": (9, 17), "△": (6, 13), "◇": (15, 24)}
"""When a mark at work begins and ends, in hours."""


def _times(person: str, mark: str) -> tuple[int, int] | None:
    return TIMES["○" if mark == "" else mark] if works(person, mark) else None


def _hours_of(row: Row, person: str, mark: str) -> float:
    times = _times(person, mark)
    length = times[1] - times[0] if times else 0
    return length - row.get("breakMinutes", 0) / 60 if length > row.get("breakOverHours", 6) else length


def _hours(month: Month, row: Row) -> float:
    first_days = [0] if row["per"] == "period" else range(row["weekStartsOn"] - 7, len(month.days), 7)
    length = len(month.days) if row["per"] == "period" else 7
    amount = 0.0
    for person in month.people(row):
        for first in first_days:
            span = range(first, first + length)
            known = [day for day in span if day in month.known]
            if any(day in month.days for day in known):
                worked = sum(_hours_of(row, person, month.mark(person, day)) for day in known)
                amount += max(0, (row.get("minHours") or 0) - worked) if len(known) == length else 0
                amount += max(0, worked - row["maxHours"]) if row.get("maxHours") is not None else 0
    return amount


def _short_rests(month: Month, row: Row) -> int:
    amount = 0
    for person, _, (one, other) in month.windows(2):
        times, following = _times(person, one), _times(person, other)
        if person in month.people(row) and times and following:
            amount += following[0] + 24 - times[1] < row["minHours"]
    return amount


def _weekends(month: Month, row: Row) -> list[list[int]]:
    """Runs of the named days, or of Saturdays and Sundays, that have a day in the period."""
    named = row if row.get("daysOfWeek") or row.get("days") else {**row, "daysOfWeek": [0, 6]}
    found: list[list[int]] = [[]]
    for day in range(-7, len(month.days) + 7):
        if is_day(named, day):
            found[-1].append(day)
        elif found[-1]:
            found.append([])
    return [each for each in found if any(day in month.days for day in each)]


def _worked_weekends(month: Month, row: Row) -> int:
    """Nothing is asked where days outside the period have decided about every weekend."""
    amount = 0
    for person in month.people(row):
        decided, worked = 0, 0
        for weekend in _weekends(month, row):
            at_work = [day for day in weekend if day in month.known and works(person, month.mark(person, day))]
            decided += any(day not in month.days for day in at_work)
            worked += bool(at_work)
        if decided < len(_weekends(month, row)):
            amount += outside(worked, None, row.get("maxCount"))
    return amount


def _split_weekends(month: Month, row: Row) -> int:
    """Beside days outside the period that are known, each day that is not as they are; inside it, 1 where days differ."""
    amount = 0
    for weekend in _weekends(month, row):
        if len(weekend) < 2 or not month.closed.isdisjoint(weekend):
            continue
        for person in month.people(row):
            marks = {day: works(person, month.mark(person, day)) for day in weekend if day in month.known}
            inside = [marks[day] for day in weekend if day in month.days]
            around = {marks[day] for day in weekend if day in month.known and day not in month.days}
            if not around:
                amount += len(set(inside)) > 1
            elif len(around) == 1:
                amount += sum(each not in around for each in inside)
    return amount


RULES: Mapping[str, Callable[[Month, Row], float]] = {
    "preferred_shift": _misses,
    "required_shift": _misses,
    "avoid_shift": _avoided,
    "avoid_shift_with_exceptions": _avoided_but,
    "required_off": _off,
    "max_consecutive_work": _longest,
    "forbidden_sequence": _sequence,
    "not_together": _apart,
    "together": _together,
    "fairness": _fairness,
    "run_length": _in_a_row,
    "max_weekends": _worked_weekends,
    "whole_weekends": _split_weekends,
    "hours": _hours,
    "rest_between": _short_rests,
}


def _rank(row: Row) -> int:
    if "scope" in row:
        ranks = {"all": 0, "staff_status": 1, "group": 2, "individual": 3}
        return ranks[row["scope"]] if row["targetIds"] else 0
    return 3 if row.get("staffIds") else 2 if row.get("groupIds") else 0


def _concerns(month: Month, row: Row, person: str) -> bool:
    return person in (
        month.people(row) if "scope" not in row else [each for people in month.sets(row) for each in people]
    )


def instead(month: Month, rows: Sequence[Row], row: Row, person: str) -> Row:
    """One of several rows about the same, without the bounds that a more particular one of the others sets for this person."""
    counted = dict(row)
    for other in rows:
        if _rank(other) > _rank(row) and _concerns(month, other, person) and (other["hard"] or not row["hard"]):
            for least, most in (("minCount", "maxCount"), ("minHours", "maxHours")):
                for own, opposite, sign in ((least, most, 1), (most, least, -1)):
                    if other.get(own) is not None:
                        counted[own] = None
                        if row.get(opposite) is not None and sign * other[own] > sign * row[opposite]:
                            counted[opposite] = None
    return counted
