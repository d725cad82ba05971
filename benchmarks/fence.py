"""What row-level security costs a durable edit: the same server as a role that it binds and as one that passes it, edit by edit in turn.

The two roles differ in nothing else. A superuser would also be spared PostgreSQL's look at the privileges on each table.
"""

import asyncio
import os
import secrets
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median
from typing import NamedTuple
from urllib.parse import urlsplit, urlunsplit

import psycopg

from benchmarks.driving import run, settle
from benchmarks.house import House
from benchmarks.measures import Measure, Note, at_most, suite
from benchmarks.processes import Server, backend_cpu_seconds
from benchmarks.sockets import Socket, connect
from benchmarks.worlds import World, make_world
from shiftsync.realtime.stream.pipeline import APPLICATION
from shiftsync.tenants.fencing import let_in

ALONE, CHAIN = 1, 20
PAIRS = {ALONE: 1_500, CHAIN: 300}
WARM_UP = 40
PARTS = 10
NEIGHBOURS = 300
LANES = f"SELECT pid FROM pg_stat_activity WHERE usename = %s AND application_name = '{APPLICATION}'"
"""The connections by which a role's servers commit edits."""


class Role(NamedTuple):
    """A role of the benchmarks' database, and the address by which its servers come."""

    name: str
    url: str


@dataclass(slots=True)
class Side:
    """A server that connects as that role, restaurants on it with a writer each, and how long each turn took, in milliseconds."""

    server: Server
    role: Role
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
    _move_in(house)
    with _role(house, "bound") as bound, _role(house, "passing", "BYPASSRLS") as passing:
        for number in (ALONE, CHAIN):
            yield from _compared(house, (bound, passing), number)


def _move_in(house: House) -> None:
    """Restaurants with a month each, and statistics of them. In a database with next to nothing in it the tables are read whole, and a
    policy is asked about rows that an index leaves out where there are more."""
    for _ in range(NEIGHBOURS):
        make_world(users=1).fill()
    with psycopg.connect(house.database_url, autocommit=True) as owner:
        owner.execute("VACUUM ANALYZE")


def _compared(house: House, roles: Sequence[Role], number: int) -> Iterator[Measure | Note]:
    """Edits of ``number`` restaurants at once by servers of the first role, and of the second."""
    houses = [House({**house.environment, "DATABASE_URL": role.url}) for role in roles]
    worlds = [[make_world(8, users=1) for _ in range(number)] for _ in roles]
    what = "an edit" if number == ALONE else f"{number} edits of {number} restaurants at once"
    with houses[0].server() as bound, houses[1].server() as passing:
        sides = [Side(*side) for side in zip((bound, passing), roles, worlds, strict=True)]
        run(_in_turn(sides, PAIRS[number]))
        lanes = [_lane_cpu(house, side) for side in sides]
    with_it, without = (side.took[WARM_UP:] for side in sides)
    yield Measure(f"{what}, until acknowledged", median(with_it), "ms", median(without), at_most(1.05))
    ratios = [median(ours) / median(theirs) for ours, theirs in zip(_parts(with_it), _parts(without), strict=True)]
    yield Note(f"{what}: in parts of a tenth of the run the ratio is {min(ratios):.2f} to {max(ratios):.2f}")
    cpu, cpu_without = (side.cpu_seconds / len(side.took) / number * 1e6 for side in sides)
    yield Measure(f"{what}: server CPU for each", cpu, "µs", cpu_without)
    if lanes[0] is None or lanes[1] is None:
        yield Note(f"{what}: PostgreSQL is on another machine, so its CPU is not measured")
        return
    used, used_without = (seconds / len(sides[0].took) / number * 1e6 for seconds in lanes if seconds)
    yield Measure(f"{what}: PostgreSQL's CPU for each", used, "µs", used_without)


def _parts(took: Sequence[float]) -> list[Sequence[float]]:
    size = len(took) // PARTS
    return [took[part * size : (part + 1) * size] for part in range(PARTS)]


def _lane_cpu(house: House, side: Side) -> float | None:
    """What PostgreSQL has used on the lane of that side's server; None where that cannot be read."""
    with psycopg.connect(house.database_url) as owner:
        ((pid,),) = owner.execute(LANES, [side.role.name]).fetchall()
    return backend_cpu_seconds(pid)


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
def _role(house: House, kind: str, attribute: str = "") -> Iterator[Role]:
    """A role with what servers need, and that ``attribute``; gone afterwards."""
    name, password = f"shiftsync_bench_{os.getpid()}_{kind}", secrets.token_hex(16)
    let_in(name, password)
    parts = urlsplit(house.database_url)
    with psycopg.connect(house.database_url, autocommit=True) as owner:
        try:
            if attribute:
                owner.execute(f'ALTER ROLE "{name}" {attribute}'.encode())
            place = f"{name}:{password}@{parts.netloc.rpartition('@')[2]}"
            yield Role(name, urlunsplit(parts._replace(netloc=place)))
        finally:
            owner.execute(f'DROP OWNED BY "{name}"'.encode())
            owner.execute(f'DROP ROLE "{name}"'.encode())
