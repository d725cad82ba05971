"""The linear relaxation: a bound that no schedule goes below, and a run that ends with it."""

from math import prod

from hypothesis import assume, given, settings

from benchmarks.restaurants import restaurant
from schedules.generation.choices import Choices
from schedules.generation.compiled import Compiled
from schedules.generation.generate import generate
from schedules.generation.model.encode import Encoder, Hard
from schedules.generation.model.relaxed import as_linear, relax
from schedules.generation.problem import Options, Problem
from schedules.generation.terms import Tier
from tests.unit.generation.builders import brute_force
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
