"""The solver, the scorer and trying everything agree, whatever the settings."""

import random
from itertools import product
from math import prod

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from benchmarks.restaurants import restaurant
from schedules.generation.choices import Choices
from schedules.generation.compiled import Compiled
from schedules.generation.generate import generate
from schedules.generation.model.encode import Encoder, Part
from schedules.generation.model.search import Limits, solver_for
from schedules.generation.problem import Options, Problem
from schedules.generation.results import Status
from schedules.generation.score import Scorer
from schedules.generation.terms import Tier
from tests.unit.generation.builders import brute_force
from tests.unit.generation.strategies import problems

MANY = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
SOME = settings(MANY, max_examples=30)


FIRST = 10**7


def solved_penalty(encoder: Encoder, pinned: dict[int, int]) -> int:
    """The least penalty with these choices taken."""
    for cell, choice in pinned.items():
        if encoder.literals[cell]:
            encoder.model.add(encoder.literals[cell][choice] == 1)
    # What must be kept comes first, as in the score: who may fill one place of two fills that.
    encoder.model.minimize(FIRST * encoder.penalty(Tier.HARD) + encoder.penalty(Tier.SOFT, Tier.MINOR))
    solver = solver_for(Limits(seconds=20, workers=1, seed=1))
    solver.solve(encoder.model)
    return sum(round(solver.value(encoder.penalty(tier))) for tier in Tier)


@MANY
@given(problem=problems(), seed=st.integers(0, 10_000))
def test_objective__any_schedule__equals_the_score(problem: Problem, seed: int) -> None:
    compiled, choices = Compiled(problem), Choices(problem).all()
    chance = random.Random(seed)
    pinned = {cell: chance.randrange(len(options)) for cell, options in enumerate(choices)}
    scorer = Scorer(problem, compiled=compiled)
    scorer.put_all({cell: choices[cell][choice] for cell, choice in pinned.items()})

    assert solved_penalty(Encoder(compiled, choices), pinned) == sum(scorer.totals)


@SOME
@given(problem=problems(), seed=st.integers(0, 10_000))
def test_objective__part_of_a_schedule__differs_as_the_score_does(problem: Problem, seed: int) -> None:
    compiled, choices = Compiled(problem), Choices(problem).all()
    chance = random.Random(seed)
    scorer = Scorer(problem, compiled=compiled)
    scorer.put_all({cell: chance.choice(options) for cell, options in enumerate(choices)})
    free = chance.sample(range(len(choices)), min(3, len(choices)))
    now = {cell: choices[cell].index(scorer.states[cell]) for cell in free}
    then = {cell: chance.randrange(len(choices[cell])) for cell in free}
    part = Part(free, list(scorer.states), list(scorer.sums))
    before = sum(scorer.totals)
    difference = solved_penalty(Encoder(compiled, choices, part=part), then) - solved_penalty(
        Encoder(compiled, choices, part=part), now
    )
    scorer.put_all({cell: choices[cell][choice] for cell, choice in then.items()})

    assert difference == sum(scorer.totals) - before


@MANY
@given(problem=problems(), edits=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 4), st.sampled_from("○△◇×★ "))))
def test_scorer__edited_cell_by_cell__equals_one_made_anew(problem: Problem, edits: list[tuple[int, int, str]]) -> None:
    scorer = Scorer(problem)
    standing = {each.to_wire()["message"]: each for each in scorer.violations()}
    for row, column, value in edits:
        if row < len(problem.staff) and column < len(problem.days):
            edit = scorer.set(problem.staff[row].id, problem.days[column], value.strip())
            assert edit.score == scorer.score
    fresh = Scorer(problem, scorer.values(), scorer.covering())

    assert scorer.score == fresh.score
    assert scorer.violations() == fresh.violations()
    assert len(standing) <= len(Compiled(problem).terms)


@SOME
@given(problem=problems(longest=3))
def test_generate__small_case__is_as_good_as_the_best_of_all(problem: Problem) -> None:
    assume(prod(len(options) for options in Choices(problem).all()) <= 6_000)
    result = generate(problem)

    assert (result.score.hard, result.score.objective) == brute_force(problem)
    assert result.status is (Status.INFEASIBLE if result.score.hard else Status.OPTIMAL)


@SOME
@given(problem=problems())
def test_generate__locked_and_designated_cells__stay(problem: Problem) -> None:
    result = generate(problem)

    for member, day in product(problem.staff, problem.days):
        if problem.fixed(member, day) and problem.state(member, day, problem.values[member.id, day]).kind != "off":
            assert result.values[member.id, day] == problem.values[member.id, day]
    for cell in problem.locked:
        assert result.values[cell] == problem.values[cell]


@settings(SOME, max_examples=12)
@given(problem=problems())
def test_generate__same_seed_and_one_worker__gives_the_same_schedule(problem: Problem) -> None:
    assert generate(problem).values == generate(problem).values


@SOME
@given(problem=problems())
def test_generate__result__is_scored_as_the_scorer_would(problem: Problem) -> None:
    result = generate(problem)
    scorer = Scorer(problem, result.values, result.covering)

    assert result.score == scorer.score
    assert result.violations == scorer.violations()
    assert result.bound <= result.score.objective


@pytest.mark.parametrize("seed", range(3))
def test_generate__progress__never_gets_worse(seed: int) -> None:
    told: list[tuple[str, int]] = []
    generate(
        restaurant(6, seed=seed, options=Options(deterministic_time=1, seed=seed)),
        lambda progress: told.append((progress.phase, progress.objective)),
    )
    soft = [objective for phase, objective in told if phase == "soft"]

    assert told[0][0] == "first"
    assert soft == sorted(soft, reverse=True)
