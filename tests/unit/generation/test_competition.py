"""On a machine that does other things too a run ends, keeps what must be kept, and does not claim more than is true."""

import pytest

from benchmarks.competition import competition, distance, understated
from benchmarks.restaurants import restaurant
from schedules.generation.generate import generate
from schedules.generation.problem import Options
from schedules.generation.results import Status

# Seconds: what a run is given beside others, and what no run here takes.
SHORT, ENDLESS = 3, 600


@pytest.mark.slow
@pytest.mark.parametrize("size", [17, 30])
def test_generate__beside_busy_processes__tells_a_gap_that_is_not_smaller_than_the_true_one(size: int) -> None:
    with competition():
        result = generate(restaurant(size, options=Options(time_limit=SHORT)))
    best = generate(restaurant(size, options=Options(time_limit=ENDLESS)))

    assert best.status is Status.OPTIMAL
    assert result.score.hard == best.score.hard == 0
    assert result.bound <= best.score.objective <= result.score.objective
    assert understated(result, best) == 0
    assert result.gap >= distance(result, best)
