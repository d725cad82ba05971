"""What the relaxation has decided stays; the rest is small, and has a schedule."""

from itertools import pairwise

from benchmarks.restaurants import restaurant
from schedules.generation.choices import Choices
from schedules.generation.compiled import Compiled
from schedules.generation.generate import Generation, never
from schedules.generation.model.encode import Encoder, Hard
from schedules.generation.model.neighbourhoods import PART, Neighbourhoods
from schedules.generation.model.relaxed import relax
from schedules.generation.model.search import Limits
from schedules.generation.model.settling import settled
from schedules.generation.problem import Options
from schedules.generation.results import Progress
from schedules.generation.score import Scorer
from schedules.generation.terms import Tier


def month() -> Encoder:
    given = restaurant(30, seed=2)
    encoder = Encoder(Compiled(given), Choices(given).all(), hard=Hard.STRICT)
    encoder.model.minimize(encoder.penalty(Tier.SOFT, Tier.MINOR))
    return encoder


def test_settled__month__decides_most_cells_and_leaves_all_choices_of_the_others() -> None:
    encoder = month()
    relaxed = relax(encoder, 60, lambda: False)
    assert relaxed is not None
    left = settled(encoder, relaxed, 60, lambda: False)
    assert left is not None

    open_cells = [cell for cell, options in enumerate(encoder.choices) if len(options) > 1]
    decided = [cell for cell in open_cells if len(left[cell]) == 1]
    assert len(decided) > len(open_cells) / 2
    for cell, options in enumerate(encoder.choices):
        assert left[cell] == options or (len(left[cell]) == 1 and left[cell][0] in options)
    # What is whole in the relaxation itself stays as it is there.
    whole = [cell for cell in open_cells if len(relaxed.support[cell]) == 1]
    assert all(left[cell] == relaxed.support[cell] for cell in whole)


def test_settled__nobody_wants_it__is_left() -> None:
    encoder = month()
    relaxed = relax(encoder, 60, lambda: False)
    assert relaxed is not None

    assert settled(encoder, relaxed, 60, lambda: True) is None


def test_generate__large_month__is_proved_by_what_the_relaxation_decides() -> None:
    """3,720 cells: both threads go on part by part until the bound is met."""
    told: list[Progress] = []
    generation = Generation(restaurant(60, seed=1, days=62, options=Options(time_limit=300)), told.append, never)
    result = generation.run()

    assert result.score.hard == result.hard_bound
    assert result.gap < 0.02
    assert all(each.bound <= each.objective for each in told)
    assert all(one.objective >= other.objective for one, other in pairwise(told) if one.phase == other.phase)


def test_widen__parts__become_larger_and_then_small_again() -> None:
    given = restaurant(60, seed=1, days=62)
    compiled, choices = Compiled(given), Choices(given).all()
    parts = Neighbourhoods(compiled, choices, Scorer(given, compiled=compiled), Limits(1, 1, 1, deterministic=2.0))
    seen, work = [], []
    for _ in range(4):
        seen.append(len(next(parts.parts())))
        work.append(parts._limits(1).deterministic)
        parts.widen()

    assert seen[0] <= PART < seen[1] < seen[2]
    assert seen[3] == seen[0]
    assert work == [2.0, 3.0, 4.5, 2.0]
