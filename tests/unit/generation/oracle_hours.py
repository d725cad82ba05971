"""Needs by the hour, counted half an hour by half an hour from the marks: no code of the generator's in here."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tests.unit.generation.oracle import Costs, _costs, _one_less, has_level, needed
from tests.unit.generation.oracle_month import Month, Row, has, works

Times = Callable[[int], Mapping[str, tuple[int, int]]]
"""By the number of a day, when a mark begins and ends, in hours."""


def halves(row: Row) -> range:
    begins, ends = row["from"], row["until"]
    return range(2 * begins, 2 * (ends if ends > begins else ends + 24))


def _covers(times: Times, mark: str, day: int, moment: float) -> bool:
    """``moment``: in hours after the beginning of day 0."""
    begins, ends = times(day)["○" if mark == "" else mark]
    return begins <= moment - 24 * day < ends


def _is_there(month: Month, times: Times, shift: str, person: str, moment: float) -> bool:
    return any(
        works(person, month.mark(person, day))
        and has(shift, person, month.mark(person, day))
        and _covers(times, month.mark(person, day), day, moment)
        for day in month.known
    )


def _is_known(month: Month, times: Times, shift: str, moment: float) -> bool:
    """Whether all days are known of which some shift that counts would cover that moment."""
    around = range(int(moment // 24) - 1, int(moment // 24) + 1)
    return all(
        day in month.known
        or not any(has(shift, "a", mark) and _covers(times, mark, day, moment) for mark in ("○", "△", "◇"))
        for day in around
    )


def by_the_hour(month: Month, row: Row, times: Times) -> Counter[str]:
    """What each half hour costs, by kind."""
    costs: Counter[str] = Counter()
    for people in month.sets(row):
        for day in month.open:
            number = needed(row, day)
            if number is None:
                continue
            for half in halves(row):
                moment = 24 * day + half / 2
                there = sum(_is_there(month, times, row["shiftType"], person, moment) for person in people)
                if _is_known(month, times, row["shiftType"], moment):
                    costs["staffing_need"] += int(500 * row["penaltyWeight"] * max(0, number - there))
                costs["staffing_surplus"] += int(500 * row["tooManyWeight"] * max(0, there - number - row["spare"]))
    return costs


def places_by_the_hour(month: Month, skills: Mapping[str, Row], rows: Sequence[Row], times: Times) -> Costs:
    """Of each half hour the cheapest way in which each person who is there fills one place at most."""
    asked: dict[float, list[Any]] = {}
    for row in rows:
        for people in month.sets(row):
            for day in month.open:
                for half in halves(row) if needed(row, day) else ():
                    moment = 24 * day + half / 2
                    able = [each for each in people if has_level(skills[row["skillId"]], each, row["minLevel"], day)]
                    if not able or _is_known(month, times, row["shiftType"], moment):
                        asked.setdefault(moment, []).append((row, able, needed(row, day)))
    hard = soft = 0.0
    for moment, kinds in asked.items():
        ways = {tuple(number for _, _, number in kinds)}
        for person in month.marks:
            fits = [
                place
                for place, (row, able, _) in enumerate(kinds)
                if person in able and _is_there(month, times, row["shiftType"], person, moment)
            ]
            ways |= {_one_less(way, place) for way in ways for place in fits if way[place]}
        best = min(_costs([row for row, _, _ in kinds], way) for way in ways)
        hard, soft = hard + best[0] / 2, soft + best[1] / 2
    return hard, soft
