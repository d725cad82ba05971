"""Whatever breaks: every acknowledged edit is there exactly once, and all clients become equal."""

import asyncio

import pytest

from tests.faults.storm import Storm
from tests.support.cluster import Cluster
from tests.support.waiting import PATIENCE_SECONDS, until

pytestmark = [pytest.mark.services, pytest.mark.slow]

# Nothing but the poll, which is due every second, tells of an edit elsewhere as early as that.
SEEN_SECONDS = 20


async def break_redis(cluster: Cluster) -> None:
    """Empties it, kills its subscriptions, takes it away and brings it back."""
    await asyncio.to_thread(cluster.redis.call, "FLUSHALL")
    await asyncio.to_thread(cluster.redis.call, "CLIENT", "KILL", "TYPE", "pubsub")
    await asyncio.to_thread(cluster.redis.restart)


async def kill_a_server(cluster: Cluster) -> None:
    """In the middle of writing; afterwards it is started again on its port."""
    await asyncio.to_thread(cluster.servers[0].kill)
    await asyncio.to_thread(cluster.servers[0].start)


async def weather(storm: Storm) -> None:
    """All faults, one after the other, while everybody writes."""
    await storm.write()
    for fault in (break_redis, kill_a_server, break_redis):
        await storm.write_while(asyncio.ensure_future(fault(storm.cluster)))
    await storm.write()
    await storm.all_acked()
    await storm.send_old_ones_again()


async def test_storm__redis_breaks_and_a_server_is_killed__nothing_is_lost_or_doubled(cluster: Cluster) -> None:
    async with Storm(cluster) as storm:
        await weather(storm)
        assert await storm.violations() == []
        assert all(agent.versions == sorted(set(agent.versions)) for agent in storm.agents if agent.is_v2)


@pytest.mark.parametrize("cluster", ["tests.support.sabotage_deduplication"], indirect=True)
async def test_storm__without_deduplication__is_seen_to_apply_twice(cluster: Cluster) -> None:
    async with Storm(cluster) as storm:
        await storm.write(2 * 6)
        await storm.all_acked()
        await storm.send_old_ones_again()
        assert any("was applied 2 times" in line for line in await storm.violations())


@pytest.mark.parametrize("cluster", ["tests.support.sabotage_gap_filling"], indirect=True)
async def test_storm__without_gap_filling__is_seen_to_diverge(cluster: Cluster) -> None:
    async with Storm(cluster) as storm:
        await storm.write()
        await storm.all_acked()
        assert any("is not equal to the database" in line for line in await storm.violations())


async def write_without_redis(storm: Storm) -> None:
    """Everybody sees an edit, also those at the other process, without Redis."""
    await asyncio.to_thread(storm.cluster.redis.stop)
    author, staff_id = storm.agents[0], storm.cluster.place.staff[0]
    edit = await author.edit(staff_id, "2025-07-31", "later")
    await until(lambda: edit.request_id in author.acked, PATIENCE_SECONDS, "the acknowledgement")
    cell = (staff_id, "2025-07-31")
    await until(lambda: all(agent.cells.get(cell) == "later" for agent in storm.agents), SEEN_SECONDS, "all to see it")


async def test_redis_down__an_edit_elsewhere__is_seen_by_all(cluster: Cluster) -> None:
    try:
        async with Storm(cluster) as storm:
            await write_without_redis(storm)
    finally:
        cluster.redis.start()


@pytest.mark.parametrize("cluster", ["tests.support.sabotage_polling"], indirect=True)
async def test_redis_down__without_polling__is_seen_to_stay_behind(cluster: Cluster) -> None:
    try:
        async with Storm(cluster) as storm:
            with pytest.raises(AssertionError, match="for all to see it"):
                await write_without_redis(storm)
    finally:
        cluster.redis.start()
