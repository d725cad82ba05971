"""``make faults`` in small: what it plays is played to its end, and what it compares is equal."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults import weather
from tests.faults.restoring import installation_restored
from tests.faults.run import Plan, play
from tests.faults.stage import DAYS, Stage
from tests.faults.weather import FAULTS, schedule
from tests.support.agent import Edit
from tests.support.cluster import Cluster, database_name, two_servers
from tests.support.ledger import Ledger
from tests.support.provision import Place, provision
from tests.support.services import Postgres, RedisServer
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


@pytest.mark.services
@pytest.mark.slow
async def test_faults__installation_restored_meanwhile__nothing_but_what_came_after_the_backup_is_lost(
    postgres: Postgres, redis: RedisServer, tmp_path: Path
) -> None:
    before = postgres.create(database_name())
    places = provision(before, staff=11, places=2)
    with two_servers({"DATABASE_URL": before, "REDIS_URL": redis.url}) as servers:
        stage = Stage(postgres, redis, before, servers, [], [], places, 1, tmp_path)
        faults = (installation_restored,)
        assert await play(stage, Plan(1, 0, clients=10, faults=faults, liveness_seconds=PATIENCE_SECONDS)) == []
    assert stage.database_url != before
    assert len(stage.kept) == len(places)
    old, new = (Ledger(url, places[0]) for url in (before, stage.database_url))
    assert stage.kept[old.epoch] < old.version
    # Who took the one past for the other would be seen.
    (agent, *_) = stage.agents_of(places[0])
    agent.sent.append(Edit("lost", places[0].staff[0], DAYS[0], "lost"))
    agent.acked["lost"], agent.epoch = old.version, old.epoch
    assert new.violations([agent]) == [
        f"{agent.name}: lost was acknowledged and is lost",
        f"{agent.name}: is of an epoch that is over",
    ]


def test_schedule__what_must_come_alone__does_and_not_late() -> None:
    for seed in range(20):
        gusts = [gust for gust, _ in zip(schedule(random.Random(seed), FAULTS), range(5), strict=False)]
        assert [gust for gust in gusts if installation_restored in gust] == [(installation_restored,)]


def test_schedule__same_seed__the_same_faults_and_all_of_them() -> None:
    def first(seed: int) -> list[tuple[weather.Fault, ...]]:
        found: list[tuple[weather.Fault, ...]] = []
        played = schedule(random.Random(seed), FAULTS)
        while sum(len(gust) for gust in found) < len(FAULTS):
            found.append(next(played))
        return found

    assert first(5) == first(5) != first(6)
    assert {fault for gust in first(5) for fault in gust} == set(FAULTS)
