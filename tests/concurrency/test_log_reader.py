"""Reading what other processes have committed: over a connection of the event loop, and by a thread where that is not enough."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

import psycopg
import pytest

from schedules.services.cells import CellEdit, cell_edit
from shiftsync.core.encoding import decode
from shiftsync.core.fence import within
from shiftsync.realtime.hub.log_reader import LogReader
from shiftsync.realtime.stream.database import run_db
from shiftsync.realtime.stream.log import read_after, read_after_many
from shiftsync.realtime.stream.requests import ChangeRequest, Outcome
from shiftsync.realtime.stream.restaurants import restaurant_update
from shiftsync.tenants.hooks import RestaurantUpdate
from tests.support.waiting import PATIENCE_SECONDS
from tests.support.world import World, make_world

pytestmark = pytest.mark.services

OWN = "shiftsync-log-under-test"
"""Servers of other tests read the same database, under the usual name."""


@asynccontextmanager
async def reader() -> AsyncIterator[LogReader]:
    """A reader, which is ended afterwards."""
    found = LogReader(OWN)
    try:
        yield found
    finally:
        await found.close()


def edit(world: World, value: str) -> Outcome:
    """Sets the first cell."""
    intent = CellEdit(world.schedule_id, world.staff_ids[0], "2025-08-01", value)
    with within(world.id):
        return cell_edit(ChangeRequest(world.actor(), intent, request_id=uuid4()))


def move(world: World) -> Outcome:
    """Moves the restaurant to another country, of whose holidays the log keeps nothing."""
    with within(world.id):
        return restaurant_update(ChangeRequest(world.system, RestaurantUpdate({"country": "DE"})))


def end_connections(database_url: str) -> int:
    """Ends the reader's connections, as a restart of PostgreSQL does; how many there were."""
    with psycopg.connect(database_url, autocommit=True) as administrator:
        ended = administrator.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name = %s",
            [OWN],
        ).fetchall()
    return len(ended)


async def test_changes_of_several_restaurants__are_as_a_thread_reads_them(db_with_commits: None) -> None:
    worlds = [await run_db(make_world, name) for name in ("One", "Other", "Silent")]
    for world, value in ((worlds[0], '"\\ü'), (worlds[1], "×"), (worlds[0], "")):
        await run_db(edit, world, value)
    since = {world.id: version for world, version in zip(worlds, (0, 1, 10_000), strict=True)}
    async with reader() as log:
        found = await asyncio.wait_for(
            asyncio.gather(*(log.after(each, version) for each, version in since.items())), PATIENCE_SECONDS
        )
    told = await run_db(read_after_many, since, 500)
    assert found == [told.get(each, []) for each in since]
    assert found[0] == await run_db(read_after, worlds[0].id, 0, 500)
    assert found[0][-1].type == "SHIFT_BROADCAST"
    assert found[2] == []


async def test_change_that_the_log_keeps_as_a_reference__is_read_whole(world: World) -> None:
    await run_db(edit, world, "×")
    outcome = await run_db(move, world)
    async with reader() as log:
        found = await asyncio.wait_for(log.after(world.id, 0), PATIENCE_SECONDS)
    assert found == await run_db(read_after, world.id, 0, 500)
    assert found[-1].version == outcome.version
    assert decode(found[-1].payload)["holidays"]


async def test_connection_lost__next_read__finds_everything(world: World, database_url: str) -> None:
    async with reader() as log:
        before = await run_db(lambda: world.position)
        assert await log.after(world.id, before.version) == []
        assert await run_db(end_connections, database_url) == 1
        outcome = await run_db(edit, world, "×")
        for _ in range(2):
            found = await asyncio.wait_for(log.after(world.id, before.version), PATIENCE_SECONDS)
            assert [change.version for change in found] == [outcome.version]
        assert await run_db(end_connections, database_url) == 1, "and has a connection again"
