"""A month that exists is found, and none that is worse than one that exists is called the best."""

import pytest

from schedules.generation.generate import generate
from schedules.generation.results import Status
from schedules.generation.score import Scorer
from tests.unit.generation.planted import as_asked, planted

SHARE = 25
"""Months in each test: a failure names its own by the number in the message."""


@pytest.mark.parametrize("first", range(0, 400, SHARE))
def test_generate__month_with_a_schedule_that_keeps_all_hard_rules__keeps_them(first: int) -> None:
    tried = 0
    for seed in range(first, first + SHARE):
        given, plan = as_asked(planted(seed), soft=False)
        if plan.hard:  # a cell at random that must stay spoils it
            continue
        result = generate(given)
        tried += 1
        assert [(seed, each.message) for each in result.violations if each.is_hard] == []
        assert result.score == Scorer(given, result.values, result.covering).score
    assert tried > SHARE / 2


@pytest.mark.parametrize("first", range(1000, 1400, SHARE))
def test_generate__month_called_the_best__is_not_worse_than_one_that_exists(first: int) -> None:
    proved = 0
    for seed in range(first, first + SHARE):
        given, plan = as_asked(planted(seed), soft=True)
        result = generate(given)
        if result.status is Status.OPTIMAL or result.hard_bound:
            proved += 1
            assert (seed, result.hard_bound) <= (seed, plan.hard)
            assert (seed, result.score.hard, result.score.objective) <= (seed, plan.hard, plan.objective)
    assert proved > SHARE / 2
