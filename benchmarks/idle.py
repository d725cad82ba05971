"""Thousands who only look on: what each of them holds, and whether all hear of everything while some write."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from statistics import median

from benchmarks.builds import Build, before, today
from benchmarks.chain import BEFORE
from benchmarks.crowds import WARM_UP_SECONDS, Crowd, Load, Subject
from benchmarks.driving import Run, run, settle
from benchmarks.house import House
from benchmarks.measures import Measure, Note, at_most, suite
from benchmarks.peers.dialects import ShiftSync
from benchmarks.sockets import connect_many

KIBIBYTE = 1024
SECONDS = 4.0
FEW = Load("5 × 4 writers, 104 sockets", restaurants=5, writers=4, sockets=104)
MANY = Load("50 × 4 writers, 104 sockets", restaurants=50, writers=4, sockets=104)


@dataclass(frozen=True, slots=True)
class Held:
    """What a server held for each socket that was silent, and how it went when some wrote. A run ends only when everybody has
    heard of every edit, and fails where somebody has not within a minute."""

    bytes_each: float
    edits: Run


@suite("idle")
def idle(house: House) -> Iterator[Measure | Note]:
    """5,000 sockets that say nothing and 200 that write, in fifty restaurants; a tenth of both, for how it grows."""
    if not house.is_postgresql:
        yield Note("fifty restaurants are not measured on SQLite")
        return
    few, many = run(_held(today(house), FEW)), run(_held(today(house), MANY))
    yield Measure("memory for each of 5,200 silent sockets", many.bytes_each / KIBIBYTE, "KiB", bound=at_most(30))
    with ExitStack() as stack:
        old = stack.enter_context(before(house))
        if isinstance(old, str):
            yield Note(f"{BEFORE} is left out: {old}")
        else:
            theirs = run(_held(old, FEW))
            yield Measure(
                f"memory for each of 520: {BEFORE}", few.bytes_each / KIBIBYTE, "KiB", theirs.bytes_each / KIBIBYTE
            )
    heard = f"edits/s that all heard of, {MANY.name}: ten times the restaurants"
    yield Measure(heard, many.edits.edits_per_second, "/s", few.edits.edits_per_second)
    yield Measure("p50 from send to the last", median(many.edits.latencies), "ms", median(few.edits.latencies))
    yield Measure("server CPU for an edit", many.edits.cpu_microseconds, "µs", few.edits.cpu_microseconds)


async def _held(build: Build, load: Load) -> Held:
    worlds = build.worlds(load.restaurants, staff=8, users=4)
    with build.server() as server:
        for socket in await connect_many(server.port, worlds[0].tokens, 20):
            socket.close()  # what the first ones load stays
        await settle(server)
        empty = server.memory_bytes
        crowd = Crowd(Subject("ShiftSync", ShiftSync(), [server], worlds), load)
        await crowd.gather()
        held = (server.memory_bytes - empty) / (load.restaurants * load.sockets)
        await crowd.edit(WARM_UP_SECONDS)
        edits = await crowd.edit(SECONDS)
        crowd.leave()
    return Held(held, edits)
