"""A whole large schedule written at once, and how long others wait meanwhile."""

import asyncio
import time
from collections.abc import Iterator
from datetime import date
from statistics import median
from uuid import UUID, uuid4

from benchmarks.driving import run, settle
from benchmarks.floors.rows import Cell, Logged, Place, Store, open_store
from benchmarks.house import House
from benchmarks.measures import Measure, at_most, suite
from benchmarks.processes import Server
from benchmarks.sockets import Socket, connect
from benchmarks.worlds import World, make_world

ROUNDS = 4


@suite("bulk")
def bulk(house: House) -> Iterator[Measure]:
    """300 staff × 62 days, every cell changed, against the bare statements for the same rows."""
    world, other = make_world(300, 62), make_world(300, 62)
    for empty in (world, other):
        empty.fill()
    store = open_store(house.database_url)
    with house.server() as server:
        times, floors, waits = run(_compare(server, store, world, other))
    yield Measure("bulk update of 18,600 cells", median(times) * 1000, "ms", median(floors) * 1000, at_most(3))
    yield Measure("longest wait of another writer meanwhile", max(waits) * 1000, "ms", bound=at_most(1000))


async def _compare(
    server: Server, store: Store, world: World, other: World
) -> tuple[list[float], list[float], list[float]]:
    socket, neighbour = await connect(server.port, world.tokens[0]), await connect(server.port, world.tokens[1])
    place = Place(other.restaurant_id, UUID(other.schedule_id), other.user_ids[0])
    edits = world.edits()
    times, floors, waits = [], [], []
    for shift in range(1, ROUNDS + 1):
        request = world.bulk_update(shift)
        writing = asyncio.create_task(_timed(socket, request))
        while not writing.done():
            waits.append(await _timed(neighbour, next(edits)))
        times.append(await writing)
        await settle(server)
        floors.append(_written(store, place, other, shift))
    for open_socket in (socket, neighbour):
        open_socket.close()
    return times, floors, waits


async def _timed(socket: Socket, request: bytes) -> float:
    started = time.perf_counter()
    await socket.ask(request, "ACK")
    return time.perf_counter() - started


def _written(store: Store, place: Place, world: World, shift: int) -> float:
    grid = world.grid(shift)
    cells = [
        (0, Cell(uuid4(), UUID(staff_id), date.fromisoformat(day), value))
        for staff_id, row in grid.items()
        for day, value in row.items()
    ]
    payload = world.bulk_update(shift).decode()
    change = Logged(uuid4(), "SHIFT_BULK_BROADCAST", payload, payload)
    started = time.perf_counter()
    store.commit(place, cells, [change])
    return time.perf_counter() - started
