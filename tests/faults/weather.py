"""What goes wrong in a run of faults: each breaks something for a while, and has mended it when it returns."""

import asyncio
import os
import random
import signal
from collections.abc import Awaitable, Callable, Iterator
from functools import wraps
from uuid import uuid4

import psycopg
from psycopg.sql import SQL, Literal

from tests.faults.commands import manage
from tests.faults.mood import AWAY, FORGETFUL, WELL, Mood
from tests.faults.restoring import installation_restored
from tests.faults.stage import Stage
from tests.support.ledger import LOG, Ledger
from tests.support.server import ServerProcess
from tests.support.worker import WorkerProcess

Fault = Callable[[Stage], Awaitable[None]]

OTHERS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
# The log is what every change needs to write; the error is the one that PostgreSQL raises where a disk has no room.
FILL_DISK = """
CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$;
CREATE TRIGGER no_room BEFORE INSERT ON realtime_change FOR EACH STATEMENT EXECUTE FUNCTION no_room();
"""
FREE_DISK = "DROP TRIGGER IF EXISTS no_room ON realtime_change; DROP FUNCTION IF EXISTS no_room();"
AGE = (
    "UPDATE realtime_change SET created_at = created_at - interval '3 days' WHERE restaurant_id = {} AND version <= {}"
)


def at_the_database(fault: Fault) -> Fault:
    """Of these faults one at a time: each needs the database, or connections to it, itself."""

    @wraps(fault)
    async def in_turn(stage: Stage) -> None:
        async with stage.database_turn:
            await fault(stage)

    return in_turn


def at_redis(fault: Fault) -> Fault:
    """The same for Redis: one that is away takes no command."""

    @wraps(fault)
    async def in_turn(stage: Stage) -> None:
        async with stage.redis_turn:
            await fault(stage)

    return in_turn


async def server_killed(stage: Stage) -> None:
    server = stage.chance.choice(stage.servers)
    await asyncio.to_thread(server.kill)
    await asyncio.to_thread(server.start)


async def server_stands_still(stage: Stage) -> None:
    await _stands_still(stage.chance.choice(stage.servers), stage.chance.uniform(2, 4))


async def worker_killed(stage: Stage) -> None:
    if stage.workers:
        worker = stage.chance.choice(stage.workers)
        await asyncio.to_thread(worker.kill)
        worker.start()


async def worker_stands_still(stage: Stage) -> None:
    if stage.workers:
        await _stands_still(stage.chance.choice(stage.workers), stage.chance.uniform(2, 4))


async def _stands_still(process: ServerProcess | WorkerProcess, seconds: float) -> None:
    os.kill(process.pid, signal.SIGSTOP)
    try:
        await asyncio.sleep(seconds)
    finally:
        os.kill(process.pid, signal.SIGCONT)


@at_redis
async def redis_connections_killed(stage: Stage) -> None:
    for kind in ("pubsub", "normal"):
        await asyncio.to_thread(stage.redis.call, "CLIENT", "KILL", "TYPE", kind, "SKIPME", "yes")


@at_redis
async def redis_emptied(stage: Stage) -> None:
    await asyncio.to_thread(stage.redis.call, "FLUSHALL")


@at_redis
async def redis_away(stage: Stage) -> None:
    """For ten seconds. An edit is seen nevertheless: it is no outage."""
    await asyncio.to_thread(stage.redis.stop)
    try:
        await asyncio.sleep(10)
        await require_all_equal(stage, "without Redis")
    finally:
        await asyncio.to_thread(stage.redis.start)


@at_the_database
async def database_connections_ended(stage: Stage) -> None:
    await asyncio.to_thread(_execute, stage, OTHERS)


@at_the_database
async def database_stopped_at_once(stage: Stage) -> None:
    await asyncio.to_thread(stage.postgres.stop, signal.SIGQUIT)
    try:
        await asyncio.sleep(stage.chance.uniform(1, 4))
    finally:
        await asyncio.to_thread(stage.postgres.start)


async def connections_cut(stage: Stage) -> None:
    for proxy in stage.proxies:
        proxy.cut()


async def connections_delayed(stage: Stage) -> None:
    proxy = stage.chance.choice(stage.proxies)
    proxy.delay(0.3)
    await asyncio.sleep(2)
    proxy.heal()


async def connections_half_open(stage: Stage) -> None:
    proxy = stage.chance.choice(stage.proxies)
    proxy.fall_silent()
    await asyncio.sleep(4)
    proxy.heal()


async def readers_slow(stage: Stage) -> None:
    proxy = stage.chance.choice(stage.proxies)
    proxy.slow_down()
    await asyncio.sleep(2)
    proxy.heal()


@at_the_database
async def log_pruned(stage: Stage) -> None:
    """Up to what every author knows to be done: a request is remembered as long as the log."""
    for place in stage.places:
        waiting = {request_id for agent in stage.agents_of(place) for request_id in agent.waiting}
        with psycopg.connect(stage.database_url, autocommit=True) as connection:
            log = connection.execute(LOG, [place.restaurant]).fetchall()
            unknown = [row[0] for row in log if row[3] in waiting]
            floor = min([*unknown, len(log) + log[0][0] if log else 0]) - 1
            known = stage.pruned.setdefault(place.restaurant, [])
            known += [row for row in log if row[0] <= floor]
            connection.execute(SQL(AGE).format(Literal(place.restaurant), Literal(floor)))
    await asyncio.to_thread(manage, stage.database_url, "prune_changes", "--days", "1")


@at_the_database
async def backup_taken(stage: Stage) -> None:
    """In the middle of everything; what it is worth, :func:`stories_of_backups` says at the end."""
    file = stage.folder / f"backup-{len(stage.backups)}"
    await asyncio.to_thread(manage, stage.database_url, "backup", str(file))
    stage.backups.append(file)


async def stories_of_backups(stage: Stage) -> list[str]:
    """What is wrong with the backups once they are restored beside: whenever each was taken, it must tell one story."""
    found = []
    for file in stage.backups:
        beside = await asyncio.to_thread(stage.postgres.create, f"restored_{uuid4().hex[:12]}")
        await asyncio.to_thread(manage, beside, "restore", str(file))
        for place in stage.places:
            pruned = stage.pruned.get(place.restaurant, ())
            ledger = await asyncio.to_thread(Ledger, beside, place, pruned)
            found += [f"a backup that was restored: {line}" for line in ledger.violations([])]
    return found


async def receiver_away(stage: Stage) -> None:
    await _receiver_is(stage, Mood(AWAY), 3)


async def receiver_slow(stage: Stage) -> None:
    await _receiver_is(stage, Mood(pause=1.5), 3)


async def receiver_forgets(stage: Stage) -> None:
    """It has taken what it answers with an error, so it gets that twice."""
    await _receiver_is(stage, Mood(FORGETFUL), 4)


async def _receiver_is(stage: Stage, mood: Mood, seconds: float) -> None:
    if stage.mood is not None:
        stage.mood.status, stage.mood.pause = mood.status, mood.pause
        await asyncio.sleep(seconds)
        stage.mood.status, stage.mood.pause = WELL, 0.0


@at_the_database
async def disk_full(stage: Stage) -> None:
    await asyncio.to_thread(_execute, stage, FILL_DISK)
    try:
        await asyncio.sleep(2)
    finally:
        await asyncio.to_thread(_execute, stage, FREE_DISK)


def _execute(stage: Stage, statements: str) -> None:
    with psycopg.connect(stage.database_url, autocommit=True) as connection:
        connection.execute(statements.encode())


class Behind(AssertionError):
    """Somebody does not hold what the database holds."""


async def require_all_equal(stage: Stage, when: str, seconds: float = 5) -> None:
    """Writing pauses until all is answered and everybody holds what the database holds; :class:`Behind` where that takes longer."""
    stage.may_write.clear()
    try:
        deadline = asyncio.get_running_loop().time() + seconds
        while found := await asyncio.to_thread(_behind, stage):
            if asyncio.get_running_loop().time() > deadline:
                raise Behind(f"{when}, after {seconds} s: {', '.join(found[:5])}")
            await asyncio.sleep(0.1)
    finally:
        stage.may_write.set()


def _behind(stage: Stage) -> list[str]:
    unanswered = [f"{agent.name} waits for {len(agent.waiting)} answers" for agent in stage.agents if agent.waiting]
    if unanswered:
        return unanswered
    return [
        f"{name} is not equal to the database"
        for place in stage.places
        for name in stage.ledger(place).behind(stage.agents_of(place))
    ]


FAULTS: tuple[Fault, ...] = (
    server_killed,
    server_stands_still,
    worker_killed,
    worker_stands_still,
    redis_connections_killed,
    redis_emptied,
    redis_away,
    database_connections_ended,
    database_stopped_at_once,
    connections_cut,
    connections_delayed,
    connections_half_open,
    readers_slow,
    log_pruned,
    backup_taken,
    installation_restored,
    disk_full,
    receiver_away,
    receiver_slow,
    receiver_forgets,
)


ALONE = {installation_restored}
EARLY = (1, 4)


def schedule(chance: random.Random, faults: tuple[Fault, ...]) -> Iterator[tuple[Fault, ...]]:
    """Without end: one or two at a time, every fault before any comes again.

    What must come alone has its turn after a few others: early enough for a run of a minute, which does not get to all of them.
    """
    while True:
        left = [fault for fault in faults if fault not in ALONE]
        chance.shuffle(left)
        for fault in faults:
            if fault in ALONE:
                left.insert(max(0, len(left) - chance.randrange(*EARLY)), fault)
        while left:
            gust = [left.pop()]
            if chance.choice((1, 1, 2)) == 2 and left and ALONE.isdisjoint((gust[0], left[-1])):
                gust.append(left.pop())
            yield tuple(gust)
