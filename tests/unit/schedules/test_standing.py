"""Scorers that stand by between one edit and the next."""

from dataclasses import replace
from uuid import uuid4

from hypothesis import given, settings

from benchmarks.restaurants import restaurant
from schedules.generation import Problem
from schedules.generation.judging import problems_of
from schedules.generation.score import Scorer
from schedules.generation.scorer_cache import ScorerCache
from tests.support.effort import calls_in
from tests.unit.generation.builders import grid, limit, problem, rule
from tests.unit.generation.strategies import problems


def month(**marks: str) -> Problem:
    rows = grid(**marks)
    return problem(schedule=rows, dailyLimits=[limit(shiftType="off", maxCount=1)])


def test_standing__grid_edited__same_scorer_says_what_is_broken_now() -> None:
    bench, schedule_id = ScorerCache(), uuid4()
    first = bench.of(schedule_id, month(a="×..", b="×.."))
    assert [each.kind for each in first.judge(month(a="×..", b="×.."))[1]] == ["daily_limit"]
    assert bench.of(schedule_id, month(a="×..", b="...")) is first
    assert first.judge(month(a="×..", b="..."))[1] == []


def test_standing__rules_changed__another_scorer() -> None:
    bench, schedule_id = ScorerCache(), uuid4()
    given = month(a="×..", b="×..")
    first = bench.of(schedule_id, given)
    stricter = problem(schedule=grid(a="×..", b="×.."), priorityRules=[rule("avoid_shift", shiftType="off")])
    second = bench.of(schedule_id, stricter)
    assert second is not first
    assert {each.kind for each in second.judge(stricter)[1]} == {"avoid_shift"}


def test_bench__too_many_cells__the_least_lately_asked_goes() -> None:
    bench, ids = ScorerCache(most_cells=12), [uuid4() for _ in range(3)]
    given = month(a="...", b="...")
    first, second = bench.of(ids[0], given), bench.of(ids[1], given)
    assert bench.of(ids[0], given) is first
    bench.of(ids[2], given)
    assert len(bench) == 2
    assert bench.of(ids[0], given) is first
    assert bench.of(ids[1], given) is not second


@settings(max_examples=40, deadline=None)
@given(one=problems(), other=problems())
def test_standing__any_two_grids__as_if_scored_anew(one: Problem, other: Problem) -> None:
    bench, schedule_id = ScorerCache(), uuid4()
    edited = replace(one, values=other.values, covering={}, locked=other.locked)
    for each in (one, edited, one):
        assert bench.of(schedule_id, each).judge(each) == problems_of(Scorer(each), each.locked)


def test_standing__edit_among_100_people__is_judged_with_a_fraction_of_the_first_effort() -> None:
    bench, schedule_id, given = ScorerCache(), uuid4(), restaurant(100)
    edited = replace(given, values={**given.values, (given.staff[0].id, given.days[3]): "◇"})
    first = calls_in(lambda: bench.of(schedule_id, given).judge(given))
    assert calls_in(lambda: bench.of(schedule_id, edited).judge(edited)) < first / 5
