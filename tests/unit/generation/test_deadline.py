"""A run ends when its time is up, whatever it is at: each step that finds no time left gives up before it begins."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest

from benchmarks.generation_cases import contradictions
from benchmarks.restaurants import restaurant
from schedules.generation.choices import Choices
from schedules.generation.compiled import Compiled
from schedules.generation.construct import starting_states
from schedules.generation.generate import Generation, never
from schedules.generation.model.encode import Abandoned, Encoder, Part
from schedules.generation.model.neighbourhoods import Neighbourhoods
from schedules.generation.model.relaxed import as_linear, relax
from schedules.generation.model.search import Limits
from schedules.generation.problem import Options, Problem
from schedules.generation.results import Progress
from schedules.generation.score import Scorer

HOURS = 3600
FEW, MANY = 8, 30
"""People whose month CP-SAT gets whole, and people whose month has a thread for the bound."""


def run_of(given: Problem) -> tuple[Generation, list[Progress]]:
    told: list[Progress] = []
    return Generation(given, told.append, never), told


@contextmanager
def nothing_is_solved() -> Iterator[None]:
    """No thread that solves is begun or left behind."""
    before = set(threading.enumerate())
    yield
    assert not [each for each in threading.enumerate() if each not in before and each.is_alive()]


STEPS: dict[str, Callable[[Generation], None]] = {
    "the first schedule": Generation._construct,
    "hard rules": Generation._minimise_hard,
    "soft rules": Generation._minimise_soft,
}


@pytest.mark.parametrize("size", [FEW, MANY])
@pytest.mark.parametrize("step", STEPS)
def test_step__time_that_is_up__gives_up_and_leaves_the_schedule(step: str, size: int) -> None:
    _, given = next(contradictions(size))
    generation, told = run_of(given)
    before = generation.kept.states()
    assert generation.kept.score.hard
    generation.deadline = time.monotonic()

    with nothing_is_solved(), suppress(Abandoned):
        STEPS[step](generation)
    assert generation.kept.states() == before
    assert told == []


@pytest.mark.parametrize("size", [FEW, MANY])
@pytest.mark.parametrize("reports", [1, 2, 3])
def test_run__time_that_is_up_at_a_report__reports_no_more(size: int, reports: int) -> None:
    told: list[Progress] = []

    def hear(progress: Progress) -> None:
        told.append(progress)
        if len(told) == reports:
            generation.deadline = time.monotonic()

    generation = Generation(restaurant(size, options=Options(time_limit=HOURS)), hear, never)
    result = generation.run()

    # What a solver has found when it is stopped counts, and is told once.
    assert reports <= len(told) <= reports + 2
    assert len(result.values) == size * 31
    heard = len(told)
    generation.kept.tell("soft", 0, 0)
    generation.kept.raise_bound(10**9)
    assert not generation.kept.take_better(dict(enumerate(generation.kept.states())))
    assert len(told) == heard


def test_run__repeatable__looks_at_no_clock() -> None:
    generation, _ = run_of(restaurant(3, options=Options(time_limit=HOURS, workers=1, deterministic_time=1)))
    generation.deadline = time.monotonic() - HOURS

    assert not generation.gives_up()


def test_models__nobody_wants_them_any_more__are_not_put_together() -> None:
    given = restaurant(FEW)
    compiled, choices = Compiled(given), Choices(given).all()
    with pytest.raises(Abandoned):
        Encoder(compiled, choices, cancelled=lambda: True)
    month = Encoder(compiled, choices)
    with pytest.raises(Abandoned):
        as_linear(month.model.proto, lambda: True)
    assert relax(month, HOURS, lambda: True) is None


def test_part__time_that_is_up__changes_nothing() -> None:
    given = restaurant(FEW)
    compiled, choices = Compiled(given), Choices(given).all()
    scorer = Scorer(given, compiled=compiled)
    scorer.put_all(starting_states(given, choices, scorer.states))
    before = list(scorer.states)
    parts = Neighbourhoods(compiled, choices, scorer, Limits(HOURS, workers=1, seed=1))

    assert not parts.improve(next(parts.parts()), lambda: HOURS, lambda: True)
    assert scorer.states == before


def test_part__put_together__is_given_what_time_is_left_then() -> None:
    given = restaurant(FEW)
    compiled, choices = Compiled(given), Choices(given).all()
    scorer = Scorer(given, compiled=compiled)
    asked: list[str] = []

    def left() -> float:
        asked.append("time")
        return 0.0

    def cancelled() -> bool:
        asked.append("wanted")
        return False

    free = range(len(choices))
    assert len(Part(free, scorer.states, scorer.sums).free) == len(choices)
    Neighbourhoods(compiled, choices, scorer, Limits(HOURS, workers=1, seed=1)).improve(set(free), left, cancelled)
    assert asked.index("time") > asked.index("wanted")
