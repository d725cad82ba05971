"""Which parts of a large month are searched."""

from itertools import islice

from schedules.generation.choices import Choices
from schedules.generation.compiled import Compiled
from schedules.generation.model.neighbourhoods import Neighbourhoods
from schedules.generation.model.search import Limits
from schedules.generation.score import Scorer
from tests.unit.generation.builders import START, problem, rule

KINDS = 4
"""Kinds of parts in one round; the first is around what is broken."""


def test_parts__hard_rules_that_must_be_broken__are_around_soft_ones() -> None:
    """p0 is asked for both work and a day off; only p57 breaks a soft rule."""
    asked = [
        rule("required_shift", "work", hard=True, staffIds=["p0"], shiftType="any", dates=[START.isoformat()]),
        rule("required_off", "off", hard=True, staffIds=["p0"], dates=[START.isoformat()]),
        rule("avoid_shift", "wish", staffIds=["p57"], shiftType="normal", dates=[START.isoformat()]),
    ]
    given = problem([f"p{number}" for number in range(100)], 62, priorityRules=asked)
    scorer = Scorer(given, compiled=Compiled(given))
    assert scorer.score.hard > 0
    assert scorer.score.soft > 0
    cell = scorer.compiled.cell("p57", START)

    def around_broken(hard_bound: int) -> list[set[int]]:
        limits = Limits(600, workers=1, seed=1, deterministic=20.0)
        parts = Neighbourhoods(scorer.compiled, Choices(given).all(), scorer, limits, hard_bound=hard_bound)
        return list(islice(parts.parts(), 0, 10 * KINDS, KINDS))

    assert all(cell in free for free in around_broken(scorer.score.hard))
    assert not all(cell in free for free in around_broken(0))
