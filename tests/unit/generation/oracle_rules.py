"""What priority rules mean, counted as in :mod:`tests.unit.generation.oracle`."""

from collections import Counter
from collections.abc import Callable, Mapping
from fractions import Fraction
from math import ceil

from tests.unit.generation.oracle_month import CALLED, Month, Row, has, is_day, outside, works


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


def _unfollowed(month: Month, row: Row) -> int:
    """Where a sequence was begun, its first day that is not as asked; text and ★ are never wrong, nor is a closed day for a shift."""
    sequence, amount = row["sequence"], 0

    def is_it(shift: str, person: str, day: int) -> bool:
        mark = month.mark(person, day)
        return has(shift, person, mark) or (shift == "off" and person == CALLED and mark == "")

    for person in month.people(row):
        for first in month.known:
            for place, shift in enumerate(sequence):
                day = first + place
                if day not in month.known or (place == 0 and not is_day(row, first)):
                    break
                if is_it(shift, person, day):
                    continue
                concerned = any(each in month.days for each in range(first, day + 1))
                excused = month.mark(person, day) == "★" or (day in month.closed and shift != "off")
                amount += place > 0 and concerned and not excused
                break
    return amount


def _apart(month: Month, row: Row) -> int:
    days = month.asked(row)
    people, most = month.people(row), row.get("maxCount", 1)
    return sum(outside(month.count(people, [day], row["shiftType"]), None, most) for day in days)


def _together(month: Month, row: Row) -> int:
    people = month.people(row)
    days = month.asked(row)
    return sum(0 < month.count(people, [day], row["shiftType"]) < len(people) for day in days)


def _there(month: Month, row: Row, person: str) -> list[int]:
    """The days that a rule is about, as far as the person was employed."""
    return [day for day in month.asked(row) if person in month.marks and day not in month.absent.get(person, ())]


def _fairness(month: Month, row: Row) -> int:
    """How far apart people are from what would be their part of all that they have together, by the days that they were there."""
    own = [person for person in month.people(row) if person != CALLED and _there(month, row, person)]
    months = [month, *month.past[: row.get("pastPeriods", 0)]]
    counts, days = Counter[str](), Counter[str]()
    for person in own:
        for each in months:
            there = _there(each, row, person)
            days[person] += len(there)
            counts[person] += each.count([person], there, row["shiftType"])
    if len(own) < 2:
        return 0
    rate = Fraction(sum(counts.values()), sum(days.values()))
    above = [counts[person] - rate * days[person] for person in own]
    least_allowed = 0 if len(set(days.values())) == 1 else 1
    return max(0, ceil(max(above) - min(above)) - max(least_allowed, int(row.get("maxCount", 1))))


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
                concerned = (*run, *around)
                if all(day in month.known for day in concerned) and any(day in month.days for day in concerned):
                    amount += all(counts(person, month.mark(person, day)) for day in run) and not any(
                        counts(person, month.mark(person, day)) for day in around
                    )
    return amount


TIMES: Mapping[str, tuple[int, int]] = {"○": (9, 17), "△": (6, 13), "◇": (15, 24)}
"""When a mark at work begins and ends, in hours."""


OTHER_TIMES = {**TIMES, "○": (11, 18), "◇": (13, 22)}


def _times(month: Month, person: str, day: int) -> tuple[int, int] | None:
    mark, changed = month.mark(person, day), month.other_times_from
    times = TIMES if changed is None or day < changed else OTHER_TIMES
    return times["○" if mark == "" else mark] if works(person, mark) else None


def cannot(month: Month, row: Row) -> int:
    """On how many days somebody works though they cannot, or not at these times: ``first``, ``last``, ``begins`` and ``ends`` by number."""
    amount = 0
    for day in month.days:
        times = _times(month, row["staffId"], day)
        is_meant = day % 7 in row["weekdays"] and row["first"] <= day and (row["last"] is None or day <= row["last"])
        if is_meant and times is not None:
            begins, ends = row["begins"], row["ends"]
            is_none = begins is None and ends is None
            amount += is_none or times[0] < (begins or 0) or (ends is not None and times[1] > ends)
    return amount


def _hours_of(row: Row, month: Month, person: str, day: int) -> float:
    times = _times(month, person, day)
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
                worked = sum(_hours_of(row, month, person, day) for day in known)
                amount += max(0, (row.get("minHours") or 0) - worked) if len(known) == length else 0
                amount += max(0, worked - row["maxHours"]) if row.get("maxHours") is not None else 0
    return amount


def _short_rests(month: Month, row: Row) -> int:
    amount = 0
    for person, first, _ in month.windows(2):
        times, following = _times(month, person, first), _times(month, person, first + 1)
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
    "required_sequence": _unfollowed,
    "not_together": _apart,
    "together": _together,
    "fairness": _fairness,
    "run_length": _in_a_row,
    "max_weekends": _worked_weekends,
    "whole_weekends": _split_weekends,
    "hours": _hours,
    "rest_between": _short_rests,
}
