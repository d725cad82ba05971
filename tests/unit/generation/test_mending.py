"""Repairs of large months: few cells around the edit change, no rule that can be kept is broken."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from benchmarks.generation_cases import Edit, edited, edits
from benchmarks.restaurants import restaurant
from schedules.generation.choices import Choices
from schedules.generation.generate import generate, never
from schedules.generation.model import mending
from schedules.generation.model.mending import mended
from schedules.generation.model.neighbourhoods import Neighbourhoods
from schedules.generation.model.search import Limits
from schedules.generation.problem import Options, Problem
from schedules.generation.repair import for_repair, repair
from schedules.generation.results import Result
from schedules.generation.score import Scorer

ENOUGH = 60
"""Seconds that no machine needs."""


@pytest.fixture(scope="module")
def month() -> tuple[Problem, Result]:
    problem = restaurant(14, options=Options(time_limit=60))
    return problem, generate(problem)


@pytest.fixture(autouse=True)
def _few_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    """A part is a part: six people of fourteen."""
    monkeypatch.setattr(mending, "FREE", 200)


def mend(after: Problem, edit: Edit) -> Scorer:
    """The schedule after a repair, as it is scored by the rules alone (what is changed has no price)."""
    given = for_repair(after, [edit[0]])
    scorer, choices = Scorer(given), Choices(given).all()
    scorer.put_all(dict(enumerate(mended(scorer, choices, ENOUGH, never))))
    return scorer


def cases(month: tuple[Problem, Result]) -> Iterator[tuple[str, Problem, Edit]]:
    for name, edit in edits(*month):
        yield name, edited(*month, edit), edit


def test_mended__each_edit__is_as_good_as_the_proved_repair_or_nearly(month: tuple[Problem, Result]) -> None:
    for name, after, edit in cases(month):
        whole = repair(replace(after, options=replace(after.options, time_limit=ENOUGH)), [edit[0]])
        by_parts = mend(after, edit)

        assert by_parts.score.hard == whole.score.hard, name
        assert by_parts.score.objective <= 1.1 * whole.score.objective, name
        assert by_parts.values()[edit[0]] == edit[1], name


def test_mended__each_edit__changes_few_other_cells(month: tuple[Problem, Result]) -> None:
    for name, after, edit in cases(month):
        changed = [cell for cell, value in mend(after, edit).values().items() if value != after.values[cell]]

        assert len(changed) <= 5, name


def test_mended__hard_rule_broken_far_from_the_edit__is_mended_too(month: tuple[Problem, Result]) -> None:
    problem, made = month
    late = next(cell for cell, value in made.values.items() if value == "" and cell[1] == problem.days[20])
    values = {
        cell: "" if cell[0] == late[0] and value != "★" and cell[1] not in problem.closed else value
        for cell, value in made.values.items()
    }
    after = replace(problem, values=values, covering=made.covering)
    edit = (next(cell for cell, value in values.items() if value == "" and cell[0] != late[0]), "×")

    assert Scorer(edited(problem, made, edit)).score.hard <= Scorer(after).score.hard
    assert Scorer(after).score.hard > 0
    assert mend(replace(after, values={**values, edit[0]: "×"}), edit).score.hard == 0


def test_repair__of_a_large_month__takes_this_way_and_keeps_the_edit(
    month: tuple[Problem, Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("schedules.generation.generate.MENDED_CELLS", 100)
    _, after, edit = next(cases(month))
    result = repair(after, [edit[0]])

    assert result.values[edit[0]] == edit[1]
    assert result.score.hard == 0
    assert len(result.changed) <= 5
    assert result.bound == 0  # nothing is claimed about months that were not looked at


def test_repair__cancelled_at_once__leaves_the_grid(
    month: tuple[Problem, Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("schedules.generation.generate.MENDED_CELLS", 100)
    _, after, edit = next(cases(month))

    assert repair(after, [edit[0]], cancelled=lambda: True).changed == ()


def test_around__many_edits__takes_two_days_at_a_time(month: tuple[Problem, Result]) -> None:
    given, _ = month
    scorer = Scorer(given)
    parts = Neighbourhoods(scorer.compiled, Choices(given).all(), scorer, Limits(seconds=1, workers=1, seed=1))
    width = len(given.days)
    free = mending.Mending(parts, ENOUGH)._around([3, 7 + width])

    assert {row * width + column for row in range(len(given.staff)) for column in (3, 7)} <= free
    assert set(range(2 * width)) <= free
