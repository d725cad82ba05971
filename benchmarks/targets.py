"""What one person at one restaurant waits for, beside what was promised."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from statistics import median

from benchmarks.driving import run
from benchmarks.house import House
from benchmarks.measures import Measure, suite, target
from benchmarks.processes import Server
from benchmarks.sockets import connect
from benchmarks.worlds import World, make_world, message

ROUNDS = 15


@suite("targets")
def targets(house: House) -> Iterator[Measure]:
    """17 staff, one period of 31 days."""
    world = make_world()
    world.fill()
    with house.server() as server:
        yield from run(_measured(server, world))


async def _measured(server: Server, world: World) -> list[Measure]:
    writer, reader = await connect(server.port, world.tokens[0]), await connect(server.port, world.tokens[1])
    edits = world.edits()
    shifts = iter(range(1, 2 * ROUNDS))

    async def update() -> None:
        await writer.ask(next(edits), "ACK")

    async def broadcast() -> None:
        heard = reader.expect("SHIFT_BROADCAST")
        writer.send(next(edits))
        await heard

    async def bulk() -> None:
        await writer.ask(world.bulk_update(next(shifts)), "ACK")

    async def first_sync() -> None:
        newcomer = await connect(server.port, world.tokens[2])
        await newcomer.ask(message("SYNC_REQUEST", {"period": 0}), "SYNC_RESPONSE")
        await newcomer.ask(message("SHIFT_SYNC_REQUEST", {"scheduleId": world.schedule_id}), "SHIFT_SYNC_RESPONSE")
        newcomer.close()

    return [
        Measure("single update, send to ACK", await _milliseconds(update), "ms", bound=target(100)),
        Measure("bulk update of 527 cells, send to ACK", await _milliseconds(bulk), "ms", bound=target(200)),
        Measure("first sync: connect, staff, schedule", await _milliseconds(first_sync), "ms", bound=target(300)),
        Measure("broadcast, send to another client", await _milliseconds(broadcast), "ms", bound=target(50)),
    ]


async def _milliseconds(work: Callable[[], Awaitable[None]]) -> float:
    await work()
    times = []
    for _ in range(ROUNDS):
        await asyncio.sleep(0.02)
        started = time.perf_counter()
        await work()
        times.append(time.perf_counter() - started)
    return median(times) * 1000
