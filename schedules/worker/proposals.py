"""What a run of the generator proposes, as its job keeps it and the wire tells it."""

from collections.abc import Mapping
from typing import Any

from schedules.generation import Problem, Result, Scorer, fairness_table, per_day, per_need, per_person, wish_statistics
from schedules.generation.problem import Cell
from schedules.generation.solving import Explanation, explain, relaxation_gains
from schedules.selectors.evaluation import warnings_of

GAINS = 3
GAIN_SECONDS = 0.4


def proposal_of(problem: Problem, result: Result, *, is_brief: bool) -> dict[str, Any]:
    """The schedule, its diff to the present grid, score before and after, what it breaks and why, and how fair it is.

    ``is_brief`` leaves out what would be looked for by solving again.
    """
    before = Scorer(problem, compiled=result.compiled)
    after = Scorer(problem, result.values, result.covering, compiled=result.compiled)
    return {
        "score": after.score.to_wire(),
        "scoreBefore": before.score.to_wire(),
        "objective": result.score.soft,
        "bound": result.soft_bound,
        "gap": round(result.gap, 4),
        "elapsedSeconds": round(result.elapsed, 2),
        "violations": [violation.to_wire() for violation in result.violations],
        "explanation": _explanation(problem, result, after, is_brief=is_brief),
        "fairness": [row.to_wire() for row in fairness_table(after)],
        "fairnessBefore": [row.to_wire() for row in fairness_table(before)],
        "people": [row.to_wire() for row in per_person(after)],
        "days": [row.to_wire() for row in per_day(after)],
        "needs": [row.to_wire() for row in per_need(after)],
        "wishes": wish_statistics(after).to_wire(),
        **warnings_of(problem),
        "scheduleData": schedule_data(result.values),
        "covering": covering_list(result.covering),
        "diff": [_difference(problem, result, cell) for cell in result.changed],
    }


def _explanation(problem: Problem, result: Result, after: Scorer, *, is_brief: bool) -> dict[str, Any]:
    """Why hard rules are broken, if any are; else what the soft ones cost and what giving them up would gain."""
    broken = tuple(violation for violation in result.violations if violation.is_hard)
    why = explain(problem, broken) if broken and not is_brief else Explanation(None, broken)
    tried = 0 if is_brief or broken else GAINS
    costs = relaxation_gains(after, most=tried, seconds=GAIN_SECONDS)
    return {**why.to_wire(), "costs": [cost.to_wire() for cost in costs]}


def _difference(problem: Problem, result: Result, cell: Cell) -> dict[str, Any]:
    staff_id, day = cell
    return {
        "staffId": staff_id,
        "dateKey": day.isoformat(),
        "shiftValue": result.values[cell],
        "previousValue": problem.values.get(cell, ""),
        "groupId": result.covering.get(cell),
    }


def schedule_data(values: Mapping[Cell, str]) -> dict[str, dict[str, str]]:
    """The filled cells as the wire has them."""
    data: dict[str, dict[str, str]] = {}
    for (staff_id, day), value in values.items():
        if value:
            data.setdefault(staff_id, {})[day.isoformat()] = value
    return data


def covering_list(covering: Mapping[Cell, str]) -> list[dict[str, str]]:
    """Which cells cover which group, as the wire has them."""
    return [
        {"staffId": staff_id, "dateKey": day.isoformat(), "groupId": group_id}
        for (staff_id, day), group_id in covering.items()
    ]
