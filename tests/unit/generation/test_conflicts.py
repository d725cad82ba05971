"""The smallest set of hard rules that contradict each other: that they do, and that none can be left out."""

from collections.abc import Iterable
from itertools import product
from math import prod
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings

from benchmarks.generation_cases import contradictions
from schedules.generation.choices import Choices
from schedules.generation.conflicts import Found, Unit, contradiction, hard_terms, unit_of
from schedules.generation.explain import find_conflict
from schedules.generation.model.allowance import Allowance
from schedules.generation.problem import Problem
from schedules.generation.score import Scorer
from tests.unit.generation.builders import day, group, key, limit, member, problem, rule
from tests.unit.generation.strategies import problems

ENOUGH = 60
"""Seconds that no machine needs."""


def broken_by_each(given: Problem) -> list[frozenset[Unit]]:
    """Which units each possible schedule breaks."""
    scorer = Scorer(given, compiled=hard_terms(given))
    units = [unit_of(term) for term in scorer.compiled.terms]
    found = []
    for states in product(*Choices(given).all()):
        scorer.put_all(dict(enumerate(states)))
        found.append(frozenset(unit for unit, amount in zip(units, scorer.amounts, strict=True) if amount))
    return found


def found_in(given: Problem) -> Found | None:
    return contradiction(hard_terms(given), Allowance(ENOUGH))


def is_minimal(units: frozenset[Unit], broken: Iterable[frozenset[Unit]]) -> bool:
    """Without any one of them the others can be kept."""
    alone = {unit for each in broken if len(each & units) == 1 for unit in each & units}
    return alone == units


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(given=problems(longest=3))
def test_contradiction__small_case__is_one_and_nothing_can_be_left_out(given: Problem) -> None:
    assume(prod(len(options) for options in Choices(given).all()) <= 3_000)
    broken, found = broken_by_each(given), found_in(given)

    if any(not each for each in broken):
        assert found is None
    else:
        assert found is not None
        assert found.minimal
        assert not any(each.isdisjoint(found.units) for each in broken)
        assert is_minimal(found.units, broken)


def days_off(count: int, **config: Any) -> dict[str, Any]:
    return limit("rest", hard=True, limitType="min_off_days", shiftType="off", minCount=count, **config)


def test_conflict__needs_of_each_day_against_rest_of_each_person__is_found_by_their_sum() -> None:
    """Ten people with three days off each are thirty; twenty-eight are the most that seven days allow."""
    given = problem(
        staff=[f"s{number}" for number in range(10)],
        days=7,
        monthlyLimits=[days_off(3)],
        dailyLimits=[limit("floor", hard=True, shiftType="off", maxCount=4)],
    )
    conflict = find_conflict(given, ENOUGH)

    assert conflict is not None
    assert conflict.minimal
    assert {part.rule for part in conflict.parts} == {"rest", "floor"}
    assert sum(part.staff_id is not None for part in conflict.parts) == 10


def test_conflict__beside_rules_that_have_no_part_in_it__names_only_those_that_do() -> None:
    given = problem(
        staff=["a", "b", "c", member("d", position="ホール")],
        days=7,
        monthlyLimits=[days_off(3, scope="individual", targetIds=["a", "b", "c"])],
        dailyLimits=[
            limit("floor", hard=True, shiftType="off", maxCount=1),
            limit("lates", hard=True, shiftType="late", minCount=1),
        ],
        priorityRules=[
            rule("max_consecutive_work", hard=True, maxCount=6),
            rule("fairness", hard=True, shiftType="late", maxCount=3),
            rule("max_weekends", hard=True, maxCount=2),
        ],
    )
    conflict = find_conflict(given, ENOUGH)

    assert conflict is not None
    assert conflict.minimal
    assert {part.rule for part in conflict.parts} == {"rest", "floor"}


def test_conflict__worked_weekends_against_the_need_of_weekends__is_found_by_their_sum() -> None:
    """Three people who work one weekend of two each cover three of the four that two a day need."""
    given = problem(
        staff=["a", "b", "c"],
        days=14,
        dailyLimits=[limit("need", hard=True, shiftType="any", minCount=2, daysOfWeek=[0, 6])],
        priorityRules=[rule("max_weekends", hard=True, maxCount=1)],
    )
    conflict = find_conflict(given, ENOUGH)

    assert conflict is not None
    assert conflict.minimal
    assert {part.rule for part in conflict.parts} == {"need", "max_weekends"}


def test_conflict__that_fractions_do_not_show__is_found_by_trying() -> None:
    """Of three people at least one must be early, no two may be alike: halves of each would do, whole shifts do not."""
    pairs = [("a", "b"), ("b", "c"), ("a", "c")]
    given = problem(
        days=1,
        staff=["a", "b", "c"],
        dailyLimits=[
            limit(
                f"one of {''.join(pair)}",
                hard=True,
                shiftType="early",
                minCount=1,
                maxCount=1,
                scope="individual",
                targetIds=list(pair),
            )
            for pair in pairs
        ],
    )
    conflict = find_conflict(given, ENOUGH)

    assert conflict is not None
    assert conflict.minimal
    assert len(conflict.parts) == 3


def test_conflict__one_rule_that_nobody_can_keep__is_named_alone() -> None:
    given = problem(
        staff=["a", "b"],
        schedule={"a": {key(1): "★"}},
        staffGroups=[group("kitchen", ["a", "b"], minimumCoverage=2)],
        dailyLimits=[limit("late", hard=True, shiftType="late", minCount=1)],
    )
    conflict = find_conflict(given, ENOUGH)

    assert conflict is not None
    assert [(part.rule, part.dates) for part in conflict.parts] == [("kitchen", (day(1),))]
    assert conflict.minimal


@pytest.mark.parametrize(
    ("name", "rules"), [("everybody at work", 1), ("too few days off in all", 2), ("six days of a fair", 2)]
)
def test_conflict__restaurant_of_fifty__is_minimal_within_its_allowance(name: str, rules: int) -> None:
    conflict = find_conflict(dict(contradictions(50))[name], ENOUGH)

    assert conflict is not None
    assert conflict.minimal
    assert len({part.rule for part in conflict.parts}) == rules


def test_conflict__without_time__is_none() -> None:
    given = problem(
        dailyLimits=[
            limit("nobody", hard=True, shiftType="any", maxCount=0),
            limit("two", hard=True, shiftType="any", minCount=2),
        ]
    )

    assert find_conflict(given, 0) is None
    assert find_conflict(given, ENOUGH) is not None
