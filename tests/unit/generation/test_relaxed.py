"""The linear relaxation: a bound that no schedule goes below, and a run that ends with it."""

from itertools import combinations, product
from math import prod

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from benchmarks.generation_cases import contradictions
from benchmarks.restaurants import restaurant
from schedules.generation.choices import Choices
from schedules.generation.compiled import Compiled
from schedules.generation.generate import Generation, generate, never
from schedules.generation.model.encode import Encoder, Hard
from schedules.generation.model.relaxed import as_linear, decided, reachable, relax
from schedules.generation.problem import Cell, Options, Problem
from schedules.generation.results import Progress
from schedules.generation.score import Scorer
from schedules.generation.terms import Tier
from tests.unit.generation.builders import brute_force, limit, member, problem, rule
from tests.unit.generation.strategies import problems
from tests.unit.generation.test_agreement import SOME


def month(given: Problem, hard: Hard = Hard.SLACK) -> Encoder:
    encoder = Encoder(Compiled(given), Choices(given).all(), hard=hard)
    encoder.model.minimize(encoder.penalty(Tier.SOFT, Tier.MINOR))
    return encoder


@settings(SOME, max_examples=40)
@given(given=problems(longest=3))
def test_relax__small_month__is_a_bound_of_the_best_and_uses_offered_choices(given: Problem) -> None:
    choices = Choices(given).all()
    assume(prod(len(options) for options in choices) <= 4_000)
    hard, best = brute_force(given)
    encoder = month(given)
    encoder.model.add(encoder.penalty(Tier.HARD) <= hard)
    relaxed = relax(encoder, 10, lambda: False)

    assert relaxed is not None
    assert relaxed.bound <= best
    assert all(used and set(used) <= set(offered) for used, offered in zip(relaxed.support, choices, strict=True))


@settings(SOME, max_examples=60)
@given(given=problems(longest=3), spare=st.sampled_from([0, 500, 1000]))
def test_decided__small_month__leaves_out_no_schedule_of_that_cost(given: Problem, spare: int) -> None:
    choices = Choices(given).all()
    assume(prod(len(options) for options in choices) <= 2_000)
    least, _ = brute_force(given)
    encoder = Encoder(Compiled(given), choices, soft=False)
    encoder.model.minimize(encoder.penalty(Tier.HARD))
    relaxed = relax(encoder, 10, lambda: False, is_simplex=True)
    assert relaxed is not None
    assert relaxed.bound <= least
    found = decided(encoder, relaxed, least + spare)

    scorer = Scorer(given, compiled=encoder.compiled)
    for states in product(*choices):
        scorer.put_all(dict(enumerate(states)))
        if scorer.score.hard <= least + spare:
            assert all(state in left for state, left in zip(states, found.choices, strict=True))
            assert not [number for number in found.strict if scorer.amounts[number]]


def test_as_linear__assumptions__are_not_linear() -> None:
    given = restaurant(3, seed=1)

    assert as_linear(month(given).model.proto) is not None
    assert as_linear(month(given, Hard.ASSUMED).model.proto) is None


def test_relax__nobody_wants_it__is_left() -> None:
    assert relax(month(restaurant(3, seed=1)), 10, lambda: True) is None


def test_generate__more_people_than_cp_sat_proves_at_once__ends_with_a_bound_that_means_something() -> None:
    result = generate(restaurant(30, seed=1, options=Options(time_limit=60)))

    assert result.score.hard == 0
    assert result.gap < 0.02


@pytest.mark.parametrize("case", range(4))
def test_hard_rules__that_cannot_all_be_kept__are_broken_as_little_as_proved(case: int) -> None:
    _, given = list(contradictions(30))[case]
    told: list[Progress] = []
    generation = Generation(given, told.append, never)
    generation._construct()
    generation._minimise_hard()

    assert generation.kept.hard_bound == generation.kept.score.hard > 0
    assert generation.kept.score.hard == Scorer(given, *found(generation)).score.hard
    assert all(each.bound <= generation.kept.hard_bound for each in told if each.phase == "hard")
    # What no such schedule breaks is held strictly, and the schedule at hand is still among the choices.
    assert generation.strict
    assert not [number for number in generation.strict if generation.kept.best.amounts[number]]
    states = generation.kept.states()
    assert all(state in left for state, left in zip(states, generation.choices, strict=True))


def found(generation: Generation) -> tuple[dict[Cell, str], dict[Cell, str]]:
    return generation.kept.best.values(), generation.kept.best.covering()


def test_hard_rules__relaxation_that_is_no_proof__leaves_the_rest_to_cp_sat() -> None:
    """Two of five are asked for of whom no two may be together: halves of shifts keep both."""
    asked = limit(hard=True, shiftType="early", minCount=2, scope="individual", targetIds=[*"abcde"])
    given = problem(
        [*map(member, "abcde"), *(member(f"s{number}") for number in range(30))],
        1,
        options=Options(time_limit=600),
        dailyLimits=[asked],
        priorityRules=[
            rule("not_together", "".join(pair), hard=True, staffIds=[*pair], shiftType="early")
            for pair in combinations("abcde", 2)
        ],
    )
    generation = Generation(given, lambda progress: None, never)
    relaxed = relax(generation._hard_rules(generation.choices), 60, never, is_simplex=True)
    generation._minimise_hard()

    assert relaxed is not None
    assert relaxed.bound < generation.kept.score.hard == 1000 == generation.kept.hard_bound


@pytest.mark.parametrize(("bound", "reached"), [(-0.5, 1.0), (7.0, 7.0), (7.1, 13.0), (13.0, 13.0), (1384.2, 1387.0)])
def test_reachable__objective_of_some_steps__is_the_next_of_them(bound: float, reached: float) -> None:
    model = cp_model.CpModel()
    model.minimize(6 * model.new_int_var(0, 900, "") + 12 * model.new_bool_var("") + 7)

    assert reachable(bound, model.proto.objective) == reached
