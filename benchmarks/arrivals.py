"""Everybody comes at once: in the morning for the first time, and again after the network was cut."""

import asyncio
import re
import time
from collections.abc import Iterator
from contextlib import ExitStack
from statistics import median

from benchmarks.builds import before, today
from benchmarks.chain import BEFORE
from benchmarks.driving import run, settle
from benchmarks.house import House
from benchmarks.measures import Measure, Note, suite, target
from benchmarks.processes import Server
from benchmarks.sockets import Socket, connect
from benchmarks.worlds import World, message

ROUNDS = 3
POSITION = re.compile(rb'"epoch":"([^"]+)","version":(\d+)')
MISSED = 100
Place = tuple[Server, World]


@suite("arrival")
def arrival(house: House) -> Iterator[Measure | Note]:
    """300 and 1,000 clients who connect and ask for a month of 17 people; 300 who come back and lack a hundred edits."""
    with ExitStack() as stack:
        build = today(house)
        places: list[Place] = [(stack.enter_context(build.server()), build.worlds(1, filled=True)[0])]
        old = stack.enter_context(before(house))
        if isinstance(old, str):
            yield Note(f"{BEFORE} is left out: {old}")
        else:
            places.append((stack.enter_context(old.server()), old.worlds(1, filled=True)[0]))
        for clients, limit in ((300, 4.0), (1000, 10.0)):
            came, returned = run(_rounds(places, clients))
            yield from _measures(f"{clients:,} clients at once, the last has its month", came, limit)
            if clients == 300:
                yield from _measures("300 clients after a cut, the last has what it missed", returned, 2.0)


def _measures(what: str, seconds: list[float], limit: float) -> Iterator[Measure]:
    yield Measure(what, seconds[0], "s", bound=target(limit))
    if len(seconds) > 1:
        yield Measure(f"{what}: {BEFORE}", seconds[0], "s", seconds[1])


async def _rounds(places: list[Place], clients: int) -> tuple[list[float], list[float]]:
    """The medians of each place: seconds until the last of those who came was served, and of those who came back."""
    found = [[await _round(server, world, clients) for server, world in places] for _ in range(ROUNDS)]
    came, returned = (
        [median(times) for times in zip(*([pair[part] for pair in each] for each in found), strict=True)]
        for part in (0, 1)
    )
    return came, returned


async def _round(server: Server, world: World, clients: int) -> tuple[float, float]:
    started = time.perf_counter()
    sockets = await asyncio.gather(*(_come(server, world, number) for number in range(clients)))
    came = time.perf_counter() - started
    since = await _cut(server, world, sockets)
    started = time.perf_counter()
    again = await asyncio.gather(*(_return(server, world, number, since) for number in range(clients)))
    returned = time.perf_counter() - started
    for socket in again:
        socket.close()
    await settle(server)
    return came, returned


async def _come(server: Server, world: World, number: int) -> Socket:
    socket = await connect(server.port, world.tokens[number % len(world.tokens)])
    await socket.ask(message("SHIFT_SYNC_REQUEST", {"scheduleId": world.schedule_id}), "SHIFT_SYNC_RESPONSE")
    return socket


async def _cut(server: Server, world: World, sockets: list[Socket]) -> str:
    """Where all stood when they were cut off, after which somebody goes on."""
    for socket in sockets:
        socket.close()
    writer = await connect(server.port, world.tokens[0])
    position = POSITION.search(writer.greeting)
    assert position is not None
    edits = world.edits()
    for _ in range(MISSED):
        await writer.ask(next(edits), "ACK")
    writer.close()
    await settle(server)
    return f"{position[1].decode()}:{position[2].decode()}"


async def _return(server: Server, world: World, number: int, since: str) -> Socket:
    token = world.tokens[number % len(world.tokens)]
    return await connect(server.port, token, greeting="RESUMED", since=since)
