"""What the generator is asked besides a whole month: edits to repair and contradictions to explain, from fixed seeds."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from benchmarks.restaurants import DAYS, START, restaurant_data
from schedules.generation.kinds import Kind
from schedules.generation.loading import PlanningData, load_problem
from schedules.generation.problem import Cell, Options, Problem
from schedules.generation.results import Result
from schedules.generation.score import Score, Scorer

DRAWS = 40

Edit = tuple[Cell, str]
Data = dict[str, Any]


def edits(problem: Problem, result: Result, seed: int = 1) -> Iterator[tuple[str, Edit]]:
    """Four edits of a finished month, each named: a plain absence, and of forty drawn ones those that break most."""
    chance = random.Random(seed)
    scorer = Scorer(problem, result.values, result.covering, compiled=result.compiled)
    working = [cell for cell, value in result.values.items() if value == ""]
    middle = problem.days[len(problem.days) // 2]
    yield "ill on a working day", (next(cell for cell in working if cell[1] >= middle), "×")
    yield "the absence that breaks most", _worst(scorer, chance, working, "×")
    late = [cell for cell, value in result.values.items() if _is(scorer, cell, value, Kind.LATE)]
    yield "nobody to close", _worst(scorer, chance, late, "×")
    off = [cell for cell, value in result.values.items() if _is(scorer, cell, value, Kind.OFF)]
    yield "work instead of a day off", _worst(scorer, chance, off, "")


def _is(scorer: Scorer, cell: Cell, value: str, kind: Kind) -> bool:
    problem = scorer.problem
    fixed = problem.fixed(problem.staff_by_id[cell[0]], cell[1])
    return not fixed and problem.state(problem.staff_by_id[cell[0]], cell[1], value).kind is kind


def _worst(scorer: Scorer, chance: random.Random, cells: list[Cell], value: str) -> Edit:
    drawn = chance.sample(cells, min(DRAWS, len(cells)))
    return max(drawn, key=lambda cell: _after(scorer, cell, value)), value


def _after(scorer: Scorer, cell: Cell, value: str) -> Score:
    number = scorer.compiled.cell(*cell)
    assert number is not None
    before = scorer.states[number]
    score = scorer.set(*cell, value).score
    scorer.put(number, before)
    return score


def edited(problem: Problem, result: Result, edit: Edit) -> Problem:
    """The problem whose grid is the finished month with that edit."""
    cell, value = edit
    covering = {key: group for key, group in result.covering.items() if key != cell}
    return replace(problem, values={**result.values, cell: value}, covering=covering)


def contradictions(size: int) -> Iterator[tuple[str, Problem]]:
    """Four restaurants with hard rules that cannot all be kept, each named."""
    for name, change in CONTRADICTIONS.items():
        data = restaurant_data(size)
        change(data)
        yield name, load_problem(PlanningData(**data), Options())


def _all_hands(data: Data) -> None:
    """Everybody at work on all days but Sundays, against the designated days off and the longest run."""
    _limit(data, "all-hands", "全員出勤", shiftType="any", minCount=len(data["staff"]), daysOfWeek=[1, 2, 3, 4, 5, 6])


def _too_few_days_off(data: Data) -> None:
    """Fewer days off in the whole month than people must have besides the closed day: no single day shows it."""
    full_time = sum(row["blankMeans"] == "work" for row in data["staff"])
    _limit(data, "few-off", "休みの上限", shiftType="off", maxCount=(full_time * 7 - 1) // (DAYS - 1))


def _six_days_of_a_fair(data: Data) -> None:
    """One person must be there on six days that follow one another; nobody may be, for more than five."""
    fair = {
        "ruleType": "required_shift",
        "shiftType": "any",
        "staffIds": [data["staff"][7]["id"]],
        "dates": [_day(step).isoformat() for step in range(5, 11)],
    }
    rule = {"id": "fair", "name": "催事", "isHardConstraint": True, "ruleDefinition": fair}
    data["settings"]["priorityRules"].append({**rule, "penaltyWeight": 1, "priorityLevel": 1})


def _group_away(data: Data) -> None:
    """Three of a group of four have their designated day off on the same day."""
    for staff_id in data["settings"]["staffGroups"][1]["groupConfig"]["members"][:3]:
        data["schedule_data"].setdefault(staff_id, {})[_day(9).isoformat()] = "★"


def _day(step: int) -> date:
    return START + timedelta(days=step)


def _limit(data: Data, row_id: str, name: str, **config: Any) -> None:
    data["settings"]["dailyLimits"].append(
        {"id": row_id, "name": name, "isHardConstraint": True, "limitConfig": config}
    )


CONTRADICTIONS: dict[str, Callable[[Data], None]] = {
    "everybody at work": _all_hands,
    "too few days off in all": _too_few_days_off,
    "six days of a fair": _six_days_of_a_fair,
    "three of four away": _group_away,
}
