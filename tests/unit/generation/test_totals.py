"""Totals of whole numbers: a higher bound than the relaxation's, and one that no schedule goes below."""

import random
from collections.abc import Sequence
from itertools import product
from math import inf, prod

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from ortools.math_opt.model_pb2 import ModelProto

from schedules.generation.choices import Choices
from schedules.generation.compiled import Compiled
from schedules.generation.model.encode import Encoder, Hard
from schedules.generation.model.linear import Row, as_model
from schedules.generation.model.linear_solver import Simplex, optimum, proved_least
from schedules.generation.model.relaxed import nothing, relax
from schedules.generation.model.totals import Totals, totals_of
from schedules.generation.problem import Problem
from schedules.generation.terms import Tier
from tests.unit.generation.builders import brute_force, limit, member, problem, rule
from tests.unit.generation.strategies import problems
from tests.unit.generation.test_agreement import SOME


def raised(given: Problem, hard: int) -> tuple[float, list[float]]:
    """The bound of the relaxation, and those that its totals give."""
    encoder = Encoder(Compiled(given), Choices(given).all(), hard=Hard.SLACK)
    encoder.model.minimize(encoder.penalty(Tier.SOFT, Tier.MINOR))
    encoder.model.add(encoder.penalty(Tier.HARD) <= hard)
    relaxed = relax(encoder, 60, lambda: False)
    assert relaxed is not None
    bounds: list[float] = []
    Totals(encoder, relaxed, 60, lambda: False).raise_bound(bounds.append)
    return relaxed.bound, bounds


def odd_circle() -> Problem:
    """Three are asked for of whom no two may be together: with halves of shifts one and a half are missing, with whole ones two."""
    asked = limit(weight=0.5, shiftType="early", minCount=3, scope="individual", targetIds=[*"abc"])
    return problem(
        [*map(member, "abc")],
        1,
        dailyLimits=[asked],
        priorityRules=[
            rule("not_together", "".join(pair), hard=True, staffIds=[*pair], shiftType="early")
            for pair in ("ab", "bc", "ac")
        ],
    )


def test_totals__half_of_a_weight__is_rounded_up_to_the_best_schedule() -> None:
    given = odd_circle()
    hard, best = brute_force(given)
    bound, bounds = raised(given, hard)

    assert bound < best
    assert bounds[-1] == best


@settings(SOME, max_examples=60)
@given(given=problems(longest=3))
def test_totals__small_month__is_a_bound_of_the_best(given: Problem) -> None:
    assume(prod(len(options) for options in Choices(given).all()) <= 4_000)
    hard, best = brute_force(given)
    bound, bounds = raised(given, hard)

    assert [bound, *bounds] == sorted([bound, *bounds])
    assert max([bound, *bounds]) <= best


def test_totals__nobody_wants_them__are_left() -> None:
    given = odd_circle()
    encoder = Encoder(Compiled(given), Choices(given).all(), hard=Hard.STRICT)
    encoder.model.minimize(encoder.penalty(Tier.SOFT, Tier.MINOR))
    relaxed = relax(encoder, 60, lambda: False)
    assert relaxed is not None
    bounds: list[float] = []
    Totals(encoder, relaxed, 60, lambda: True).raise_bound(bounds.append)

    assert not bounds


@pytest.mark.parametrize(
    ("costs", "expected"),
    [
        ({}, []),
        ({1: 0}, []),
        ({1: 500, 2: -1000}, [{1: 1, 2: -2}, {2: -1}]),
        ({1: 500, 2: 1000, 3: 100}, [{1: 5, 2: 10, 3: 1}, {1: 1, 2: 2}, {2: 1}]),
        ({1: 6, 2: 4}, [{1: 3, 2: 2}, {1: 1}, {2: 1}]),
    ],
)
def test_totals_of__points__are_what_each_number_divides(
    costs: dict[int, int], expected: Sequence[dict[int, int]]
) -> None:
    found = totals_of(costs)

    assert sorted(found, key=repr) == sorted(expected, key=repr)
    assert [len(each) for each in found] == sorted((len(each) for each in found), reverse=True)


def drawn(seed: int) -> tuple[ModelProto, dict[int, float], list[Row]]:
    """A small programme with whole numbers up to two, and its costs."""
    chance = random.Random(seed)
    costs = {column: float(chance.randint(-3, 5)) for column in range(4)}
    rows = []
    for _ in range(3):
        entries = {column: float(chance.randint(-2, 3)) for column in range(4)}
        low = float(chance.randint(-2, 3))
        rows.append(Row(low if chance.random() < 0.7 else -inf, low + 4 if chance.random() < 0.5 else inf, entries))
    return as_model([(0.0, 2.0)] * 4, rows, costs), costs, rows


@settings(SOME, max_examples=80)
@given(seed=st.integers(0, 10_000), multipliers=st.lists(st.floats(-5, 5), min_size=3, max_size=3))
def test_proved_least__any_multipliers__are_a_bound_of_every_solution(seed: int, multipliers: list[float]) -> None:
    model, costs, rows = drawn(seed)
    bound = proved_least(model, costs, multipliers)

    for values in product(range(3), repeat=4):
        sums = [sum(factor * values[column] for column, factor in row.entries.items()) for row in rows]
        if all(row.low <= found <= row.high for row, found in zip(rows, sums, strict=True)):
            assert sum(cost * values[column] for column, cost in costs.items()) >= bound - 1e-6


@settings(SOME, max_examples=80)
@given(seed=st.integers(0, 10_000))
def test_simplex__raised_row__is_as_good_as_the_programme_with_that_row(seed: int) -> None:
    model, costs, rows = drawn(seed)
    first = optimum(model, 10, lambda: False, nothing, is_simplex=True)
    assume(first is not None)
    assert first is not None
    assert first.basis is not None
    total = {0: 1.0, 1: 2.0, 3: 1.0}
    simplex = Simplex(model, [total])
    start = simplex.basis(first.basis)
    simplex.raise_row(0, 3.0)
    found = simplex.least(None, start, 10, lambda: False)
    anew = optimum(
        as_model([(0.0, 2.0)] * 4, [*rows, Row(3.0, inf, total)], costs), 10, lambda: False, nothing, is_simplex=True
    )

    assert (found is None) == (anew is None)
    if found is not None and anew is not None:
        assert found.value == pytest.approx(anew.value)
