"""What rows of the settings mean, counted naively from their JSON and the marks: no code of the generator's in here.

For months without decimals (but half days off) and changes of staff; docs/generation.md says the same in words. Each function
answers how much a schedule breaks a row, by kind.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from tests.unit.generation.oracle_month import CALLED, OFF, STATUS, Month, Row, has, is_day, outside, works
from tests.unit.generation.oracle_rules import OTHER_TIMES, RULES, TIMES, cannot

__all__ = ["CALLED", "OTHER_TIMES", "RULES", "STATUS", "TIMES", "Month", "Row", "cannot"]


def daily(month: Month, row: Row) -> int:
    return sum(
        outside(month.count(people, [day], row["shiftType"]), row.get("minCount"), row.get("maxCount"))
        for people in month.sets(row)
        for day in month.asked(row)
    )


NAMES = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")


def needed(row: Row, day: int) -> int | None:
    """How many a need asks for on a day: ``dates`` and ``holidays`` by number."""
    if day in row["dates"]:
        return int(row["dates"][day])
    for name, is_one in (("holiday", day in row["holidays"]), ("beforeHoliday", day + 1 in row["holidays"])):
        if is_one and row["perDay"].get(name) is not None:
            return int(row["perDay"][name])
    number: int | None = row["perDay"].get(NAMES[day % 7])
    return number


def needs(month: Month, row: Row) -> Counter[str]:
    amounts: Counter[str] = Counter()
    for people in month.sets(row):
        for day in month.open:
            number = needed(row, day)
            there = month.count(people, [day], row["shiftType"])
            if number is not None:
                amounts["staffing_need"] += max(0, number - there)
            if number is not None and row["tooManyWeight"]:
                amounts["staffing_surplus"] += max(0, there - number - row["spare"])
    return amounts


Costs = tuple[float, float]


def has_level(skill: Row, person: str, least: int, day: int) -> bool:
    """``levels``: the people of each, without dates; ``dated``: on some days, by their numbers."""
    if any(person in people for people in skill["levels"][least - 1 :]):
        return True
    return any(
        each["staffId"] == person
        and each["level"] >= least
        and (each["from"] is None or each["from"] <= day)
        and (each["until"] is None or each["until"] >= day)
        for each in skill["dated"]
    )


def places(month: Month, skills: Mapping[str, Row], rows: Sequence[Row]) -> Costs:
    """What the places of all rows with a skill cost where they stay empty, hard and soft: of all ways in which each person fills one
    place at most, or none, the cheapest."""
    hard = soft = 0.0
    for day in month.open:
        kinds = [(row, people, needed(row, day) or 0) for row in rows for people in month.sets(row)]
        wanted = tuple(number for _, _, number in kinds)
        ways = {wanted}
        for person in month.marks:
            fits = [
                place
                for place, (row, people, _) in enumerate(kinds)
                if person in people
                and has(row["shiftType"], person, month.mark(person, day))
                and has_level(skills[row["skillId"]], person, row["minLevel"], day)
            ]
            ways |= {_one_less(way, place) for way in ways for place in fits if way[place]}
        best = min(_costs([row for row, _, _ in kinds], way) for way in ways)
        hard, soft = hard + best[0], soft + best[1]
    return hard, soft


def _one_less(way: tuple[int, ...], place: int) -> tuple[int, ...]:
    return (*way[:place], way[place] - 1, *way[place + 1 :])


def _costs(rows: Sequence[Row], empty: Sequence[int]) -> Costs:
    hard, soft = (
        sum(
            1000 * row["penaltyWeight"] * number
            for row, number in zip(rows, empty, strict=True)
            if row["hard"] is is_hard
        )
        for is_hard in (True, False)
    )
    return hard, soft


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
        shift = COUNTS.get(row["limitType"], row["shiftType"])
        if (shift, mark, switches["countHalfDays"]) == ("off", "△", True):
            return 0.5
        return has(shift, person, mark) or (rest and shift == "off" and called_by_nobody)
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


def unkept(month: Month, wish: Row) -> int:
    """Whether the month does not keep a wish of one person for one day (``day``, by its number)."""
    person, day, kind = wish["staffId"], wish["day"], wish["kind"]
    mark = month.mark(person, day)
    if kind == "prefer":
        asked = {"○": "normal", "△": "early", "◇": "late", "×": "off"}[wish["shiftValue"]]
        granted = mark == wish["shiftValue"] or (asked == "normal" and has(asked, person, mark))
        return int(day not in month.closed and mark != "★" and not granted)
    if kind == "avoid":
        is_normal = wish["shiftValue"] == "○" and has("normal", person, mark)
        return int(is_normal or mark == wish["shiftValue"])
    return int(works(person, mark))


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
