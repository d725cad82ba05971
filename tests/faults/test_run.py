"""``make faults`` in small: what it plays is played to its end, and what it compares is equal."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults import weather
from tests.faults.run import Plan, play
from tests.faults.stage import Stage
from tests.faults.weather import FAULTS, schedule
from tests.support.cluster import Cluster
from tests.support.provision import Place
from tests.support.waiting import PATIENCE_SECONDS

SHORT = (weather.connections_cut, weather.redis_connections_killed, weather.database_connections_ended)


@pytest.mark.services
@pytest.mark.slow
async def test_faults__a_few_seconds_of_them__every_promise_is_kept(
    cluster: Cluster, places: Iterator[Place], tmp_path: Path
) -> None:
    services = (cluster.postgres, cluster.redis, cluster.database_url)
    stage = Stage(*services, cluster.servers, [], [], [cluster.place, next(places)], 1, tmp_path)
    assert await play(stage, Plan(1, 2, clients=10, faults=SHORT, liveness_seconds=PATIENCE_SECONDS)) == []
    assert all(agent.acked for agent in stage.agents)


def test_schedule__same_seed__the_same_faults_and_all_of_them() -> None:
    def first(seed: int) -> list[tuple[weather.Fault, ...]]:
        found: list[tuple[weather.Fault, ...]] = []
        played = schedule(random.Random(seed), FAULTS)
        while sum(len(gust) for gust in found) < len(FAULTS):
            found.append(next(played))
        return found

    assert first(5) == first(5) != first(6)
    assert {fault for gust in first(5) for fault in gust} == set(FAULTS)
