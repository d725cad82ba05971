"""One small restaurant on SQLite, as ``make run`` starts it: one person's edit, and what large changes do to it meanwhile."""

import asyncio
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

from benchmarks.builds import Build, before, today
from benchmarks.chain import BEFORE
from benchmarks.driving import run, settle
from benchmarks.house import House
from benchmarks.measures import Measure, Note, at_most, suite, target
from benchmarks.processes import Server
from benchmarks.sockets import Socket, connect
from benchmarks.worlds import World, message

ROUNDS = 5
EDITS = 60
LARGE = 300
PAUSE_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Place:
    """A server on a database file of its own, with a restaurant of 17 people."""

    server: Server
    build: Build
    world: World


@suite("small")
def small(house: House) -> Iterator[Measure | Note]:
    """SQLite: an edit until acknowledged, against the commit before; the longest one beside an import and publishing."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="shiftsync-bench-")))
        places = [_place(stack, today(house), folder / "today.sqlite3")]
        old = stack.enter_context(before(house))
        if isinstance(old, str):
            yield Note(f"{BEFORE} is left out: {old}")
        else:
            places.append(_place(stack, old, folder / "before.sqlite3"))
        ours, *others = run(_alone(places))
        yield Measure("SQLite: one person's edit until acknowledged, p50", ours, "ms", bound=target(50))
        for theirs in others:
            yield Measure(f"SQLite: one person's edit: {BEFORE}", ours, "ms", theirs, at_most(1.3))
        (large,) = places[0].build.worlds(1, staff=LARGE, users=1)
        for what, waits in run(_beside(places[0], large)).items():
            yield Measure(f"SQLite: the longest edit beside {what}", max(waits), "ms", bound=target(300))


def _place(stack: ExitStack, build: Build, file: Path) -> Place:
    own = replace(build, environment={**build.environment, "DATABASE_URL": f"sqlite:///{file}"})
    (world,) = own.worlds(1)
    return Place(stack.enter_context(own.server()), own, world)


async def _alone(places: list[Place]) -> list[float]:
    """The median of each place, in milliseconds; they take turns."""
    sockets = [await connect(place.server.port, place.world.tokens[0]) for place in places]
    edits = [place.world.edits() for place in places]
    found: list[list[float]] = [[] for _ in places]
    for _ in range(ROUNDS):
        for times, socket, more in zip(found, sockets, edits, strict=True):
            for _ in range(EDITS):
                times.append(await _timed(socket, next(more)))
    for socket in sockets:
        socket.close()
    return [median(times) for times in found]


async def _beside(place: Place, large: World) -> dict[str, list[float]]:
    """How long edits of the small restaurant took, in milliseconds, while the large one imported a month and published it."""
    editor = await connect(place.server.port, place.world.tokens[1])
    manager = await connect(place.server.port, large.tokens[0])
    edits = place.world.edits()
    work = {
        "an import of a month of 300 people": large.bulk_update(1),
        "another import over it": large.bulk_update(2),
        "publishing it": message("SCHEDULE_PUBLISH", {"scheduleId": large.schedule_id}),
    }
    waits: dict[str, list[float]] = {}
    for what, request in work.items():
        await settle(place.server)
        under_way = asyncio.create_task(manager.ask(request, "ACK"))
        times = waits[what] = []
        while not under_way.done() or not times:
            times.append(await _timed(editor, next(edits)))
            await asyncio.sleep(PAUSE_SECONDS)
        await under_way
    editor.close()
    manager.close()
    return waits


async def _timed(socket: Socket, request: bytes) -> float:
    started = time.perf_counter()
    await socket.ask(request, "ACK")
    return (time.perf_counter() - started) * 1000
