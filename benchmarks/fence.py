"""What row-level security costs a durable edit: the same server as the role that it binds and as one that passes it, edit by edit in turn."""

import asyncio
import os
import secrets
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg

from benchmarks.driving import run, settle
from benchmarks.house import House
from benchmarks.measures import Measure, Note, at_most, suite
from benchmarks.processes import Server
from benchmarks.sockets import Socket, connect
from benchmarks.worlds import World, make_world
from shiftsync.tenants.fencing import let_in

ALONE, CHAIN = 1, 20
PAIRS = {ALONE: 1_500, CHAIN: 300}
WARM_UP = 40


@dataclass(slots=True)
class Side:
    """A server, restaurants on it with a writer each, and how long each turn took, in milliseconds."""

    server: Server
    worlds: Sequence[World]
    writers: list[Socket] = field(default_factory=list)
    took: list[float] = field(default_factory=list)
    cpu_seconds: float = 0.0

    async def turn(self) -> None:
        """One edit in each restaurant, all at once, until all are acknowledged."""
        used, started = self.server.cpu_seconds, time.perf_counter()
        await asyncio.gather(
            *(writer.ask(next(edits), "ACK") for writer, edits in zip(self.writers, self._edits, strict=True))
        )
        self.took.append((time.perf_counter() - started) * 1000)
        self.cpu_seconds += self.server.cpu_seconds - used

    async def open(self) -> None:
        """Connects the writers."""
        self.writers = [await connect(self.server.port, world.tokens[0]) for world in self.worlds]
        self._edits = [world.edits() for world in self.worlds]
        await settle(self.server)

    _edits: list[Iterator[bytes]] = field(default_factory=list)


@suite("fence")
def fence(house: House) -> Iterator[Measure | Note]:
    """One writer alone, and one in each of twenty restaurants."""
    if not house.is_postgresql:
        yield Note("row-level security is PostgreSQL's; it is not measured on SQLite")
        return
    with _servers_url(house) as url:
        bound = House({**house.environment, "DATABASE_URL": url})
        for number in (ALONE, CHAIN):
            worlds = [[make_world(8, users=1) for _ in range(number)] for _ in range(2)]
            with bound.server() as fenced, house.server() as open_one:
                sides = Side(fenced, worlds[0]), Side(open_one, worlds[1])
                run(_in_turn(sides, PAIRS[number]))
            what = "an edit" if number == ALONE else f"{number} edits of {number} restaurants at once"
            with_it, without = (side.took[WARM_UP:] for side in sides)
            yield Measure(f"{what}, until acknowledged", median(with_it), "ms", median(without), at_most(1.05))
            cpu, cpu_without = (side.cpu_seconds / len(side.took) / number * 1e6 for side in sides)
            yield Measure(f"{what}: server CPU for each", cpu, "µs", cpu_without)


async def _in_turn(sides: Sequence[Side], pairs: int) -> None:
    for side in sides:
        await side.open()
    for number in range(pairs + WARM_UP):
        for side in sides if number % 2 else reversed(sides):
            await side.turn()
    for side in sides:
        for writer in side.writers:
            writer.close()


@contextmanager
def _servers_url(house: House) -> Iterator[str]:
    """The address of the benchmarks' database with a role that row-level security binds; the role is gone afterwards."""
    name, password = f"shiftsync_bench_{os.getpid()}", secrets.token_hex(16)
    let_in(name, password)
    parts = urlsplit(house.database_url)
    try:
        yield urlunsplit(parts._replace(netloc=f"{name}:{quote(password)}@{parts.netloc.rpartition('@')[2]}"))
    finally:
        with psycopg.connect(house.database_url, autocommit=True) as owner:
            owner.execute(f'DROP OWNED BY "{name}"'.encode())
            owner.execute(f'DROP ROLE "{name}"'.encode())
