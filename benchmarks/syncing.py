"""How long a whole schedule takes to arrive."""

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from statistics import median
from uuid import UUID

import orjson

from benchmarks.driving import run, settle
from benchmarks.floors.rows import Store, open_store
from benchmarks.house import House
from benchmarks.measures import Bound, Measure, at_most, suite
from benchmarks.processes import Server
from benchmarks.sockets import Socket, connect, connect_many
from benchmarks.worlds import World, make_world, message

ROUNDS = 15


@suite("sync")
def sync(house: House) -> Iterator[Measure]:
    """A schedule with every cell filled, against reading the rows and writing them as JSON."""
    with house.server() as server:
        store = open_store(house.database_url)
        small, large = _filled(17, 31), _filled(300, 62)
        yield run(_compare(server, store, small, None))
        for receivers in (10, 1000):
            yield run(_among(server, store, small, receivers))
        yield run(_compare(server, store, large, at_most(3)))
        yield run(_compare(server, store, large, at_most(3), is_v2=False))


def _filled(staff: int, days: int) -> World:
    world = make_world(staff, days, users=1)
    world.fill()
    return world


async def _among(server: Server, store: Store, world: World, receivers: int) -> Measure:
    """The same while so many others of the restaurant are connected."""
    others = await connect_many(server.port, world.tokens, receivers)
    await settle(server)
    found = await _compare(server, store, world, None)
    for other in others:
        other.close()
    await settle(server)
    return replace(found, what=f"{found.what}, among {receivers:,} others")


async def _compare(server: Server, store: Store, world: World, bound: Bound | None, *, is_v2: bool = True) -> Measure:
    socket = await connect(server.port, world.tokens[0], is_v2=is_v2)
    question = message("SHIFT_SYNC_REQUEST", {"scheduleId": world.schedule_id})
    times, floors = [], []
    for _ in range(ROUNDS):
        times.append(await _timed(socket, question))
        floors.append(_elapsed(lambda: _bare(store, UUID(world.schedule_id))))
        await asyncio.sleep(0.01)
    socket.close()
    version = "version 2" if is_v2 else "version 1, dense"
    return Measure(
        f"sync of {len(world.staff_ids)} staff × {len(world.days)} days, {version}",
        median(times) * 1000,
        "ms",
        median(floors) * 1000,
        bound,
    )


async def _timed(socket: Socket, question: bytes) -> float:
    started = time.perf_counter()
    await socket.ask(question, "SHIFT_SYNC_RESPONSE")
    return time.perf_counter() - started


def _bare(store: Store, schedule_id: UUID) -> bytes:
    return orjson.dumps(store.read(schedule_id))


def _elapsed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
