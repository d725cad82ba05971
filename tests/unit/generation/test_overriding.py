"""Monthly limits that count before weekly ones, and rules about nobody."""

from typing import Any

import pytest

from schedules.generation.generate import generate
from schedules.generation.results import Status
from schedules.generation.score import Scorer
from tests.unit.generation.builders import found, grid, limit, problem, rule

ONE_OFF = limit("week", hard=True, shiftType="off", maxCount=1)


def month(*, hard: bool = True, **config: Any) -> dict[str, Any]:
    return limit("month", hard=hard, limitType="off_days", minCount=3, countHalfDays=False, **config)


@pytest.mark.parametrize(
    ("weekly", "monthly", "hardness"),
    [
        (ONE_OFF, month(), [("weekly_limit", False)]),
        (ONE_OFF, month(overrideWeeklyLimits=False), [("weekly_limit", True)]),
        (ONE_OFF, month(scope="individual", targetIds=[]), [("weekly_limit", False)]),
        (limit("week", hard=True, shiftType="any", minCount=6), month(), [("weekly_limit", False)]),
        (limit("week", hard=True, shiftType="off", maxCount=2), month(), [("weekly_limit", True)]),
        (limit("week", hard=True, shiftType="early", maxCount=0), month(), []),
    ],
)
def test_monthly_limit__that_overrides__makes_weekly_ones_step_aside_where_both_cannot_be_kept(
    weekly: dict[str, Any], monthly: dict[str, Any], hardness: list[tuple[str, bool]]
) -> None:
    given = problem(
        staff=["a"], days=14, schedule=grid(a="×××..........."), weeklyLimits=[weekly], monthlyLimits=[monthly]
    )

    assert [(each.kind, each.is_hard) for each in Scorer(given).violations()] == hardness


@pytest.mark.parametrize("weight", [1, 50])
@pytest.mark.parametrize("hard", [True, False])
def test_generate__monthly_limit_that_overrides__is_kept_and_the_weekly_one_broken_least(
    hard: bool, weight: float
) -> None:
    weekly = limit("week", hard=hard, weight=weight, shiftType="off", maxCount=1)
    result = generate(problem(staff=["a"], days=14, weeklyLimits=[weekly], monthlyLimits=[month(hard=hard)]))

    assert result.status is Status.OPTIMAL
    assert list(result.values.values()).count("×") == 3
    assert [(each.kind, each.is_hard, each.amount) for each in result.violations] == [("weekly_limit", False, 1)]


def test_monthly_limit__that_overrides__leaves_weekly_ones_of_others_and_those_not_in_the_way() -> None:
    given = problem(
        days=14,
        schedule=grid(a="×××...........", b="××............"),
        weeklyLimits=[ONE_OFF, limit("early", hard=True, shiftType="early", maxCount=1)],
        monthlyLimits=[month(scope="individual", targetIds=["a"])],
    )
    judged = [(each.rule_id, each.staff_id, each.is_hard) for each in Scorer(given).violations()]

    assert sorted(judged) == [("week", "a", False), ("week", "b", True)]


def test_monthly_limit__that_nobody_could_keep__leaves_the_weekly_ones() -> None:
    given = problem(
        staff=["a"],
        days=7,
        schedule=grid(a="××....."),
        weeklyLimits=[ONE_OFF],
        monthlyLimits=[limit("month", hard=True, limitType="off_days", minCount=8)],
    )

    assert ("week", True) in [(each.rule_id, each.is_hard) for each in Scorer(given).violations()]


def test_rule__about_nobody__has_no_effect_and_is_told() -> None:
    about: dict[str, Any] = {"staffIds": [], "aboutNobody": True}
    given = problem(schedule=grid(a="..."), priorityRules=[rule("required_off", "Mondays", hard=True, **about)])

    assert found(given) == []
    assert given.warnings == ("Rule Mondays: applies to nobody and has no effect until it names people or groups.",)


def test_rule__in_an_older_spelling__is_about_whom_it_names() -> None:
    older = {"id": "r", "name": "", "ruleDefinition": {"type": "required_off", "staff_id": "a"}}
    given = problem(days=1, priorityRules=[{**older, "ruleConfig": {}}])

    assert [rule.staff_ids for rule in given.rules] == [("a",)]
    assert found(given) == [("required_off", 1)]
