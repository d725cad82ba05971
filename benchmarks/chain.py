"""Many restaurants on one machine, beside what others would build: Socket.IO with PostgreSQL, Hocuspocus, and the commit before.

A closed loop: a writer sends its next edit when the last is acknowledged and every other socket of its restaurant has it.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from statistics import median

from benchmarks.builds import Build, before, today
from benchmarks.crowds import Load, Subject, take_turns
from benchmarks.driving import Run, run
from benchmarks.house import House
from benchmarks.measures import Measure, Note, at_least, suite
from benchmarks.peers.dialects import Hocuspocus, ShiftSync, SocketIo
from benchmarks.peers.installed import why_missing
from benchmarks.processes import Peer
from benchmarks.worlds import World

ROUNDS = 3
SOCKET_IO = "Socket.IO + pg"
HOCUSPOCUS = "Hocuspocus"
BEFORE = "the commit before"
GUARANTEES = {
    "ShiftSync": "durable before anybody hears; role, conflict and repeat checked; history, log",
    SOCKET_IO: "durable before anybody hears; the same rows; nothing checked",
    HOCUSPOCUS: "durable 2 to 10 s later; the later edit wins; nothing checked",
}
CHAIN = (
    Load("50 × 1 writer, 4 sockets", restaurants=50, writers=1, sockets=4),
    Load("50 × 4 writers, 4 sockets", restaurants=50, writers=4, sockets=4),
)
ONE = Load("1 × 50 writers, 100 sockets", restaurants=1, writers=50, sockets=100)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least ratio to each baseline."""

    socket_io: float | None = None
    hocuspocus: float | None = None
    before: float | None = None


@suite("chain")
def chain(house: House) -> Iterator[Measure | Note]:
    """Fifty small restaurants."""
    yield from (Note(f"{name}: {promise}") for name, promise in GUARANTEES.items())
    yield from _compare(house, CHAIN[0], Bounds(socket_io=1.2))
    yield from _compare(house, CHAIN[1], Bounds())


@suite("crowd")
def crowd(house: House) -> Iterator[Measure | Note]:
    """One large restaurant."""
    yield from _compare(house, ONE, Bounds())


@suite("processes")
def processes(house: House) -> Iterator[Measure | Note]:
    """The same fifty restaurants on one server process and on two, each restaurant's sockets on both."""
    if not house.is_postgresql:
        yield Note("two processes are not measured on SQLite")
        return
    build = today(house)
    load = CHAIN[0]
    with ExitStack() as stack:
        subjects = [
            Subject(
                f"{number} processes",
                ShiftSync(),
                [stack.enter_context(build.server()) for _ in range(number)],
                _worlds(build, load),
            )
            for number in (2, 1)
        ]
        two, one = run(take_turns(subjects, load, ROUNDS))
    yield Measure(f"edits/s, 2 processes, {load.name}", _rate(two), "/s", _rate(one), at_least(1.0))
    for percent in (50, 99):
        yield _late(percent, two, load, one, f"{percent}")


def _compare(house: House, load: Load, bounds: Bounds) -> Iterator[Measure | Note]:
    limits = {SOCKET_IO: bounds.socket_io, HOCUSPOCUS: bounds.hocuspocus, BEFORE: bounds.before}
    with ExitStack() as stack:
        subjects, notes = _subjects(house, load, stack)
        yield from map(Note, notes)
        ours, *others = run(take_turns(subjects, load, ROUNDS))
    for subject, theirs in zip(subjects[1:], others, strict=True):
        limit = limits[subject.name]
        bound = None if limit is None else at_least(limit)
        yield Measure(f"edits/s, {load.name}: {subject.name}", _rate(ours), "/s", _rate(theirs), bound)
        for percent in (50, 99):
            yield _late(percent, ours, load, theirs, subject.name)
        yield Measure(
            f"server CPU for an edit, {load.name}: {subject.name}",
            median(found.cpu_microseconds for found in ours),
            "µs",
            median(found.cpu_microseconds for found in theirs),
        )
    if not others:
        yield Measure(f"edits/s, {load.name}", _rate(ours), "/s")


def _subjects(house: House, load: Load, stack: ExitStack) -> tuple[list[Subject], list[str]]:
    """Ours first, then whatever there is to compare with; and what is left out, and why."""
    build, notes = today(house), []
    worlds = _worlds(build, load)
    subjects = [Subject("ShiftSync", ShiftSync(), [stack.enter_context(build.server())], worlds)]
    missing = why_missing() if house.is_postgresql else "PostgreSQL is missing"
    if missing:
        notes.append(f"{SOCKET_IO} and {HOCUSPOCUS} are left out: {missing}")
    else:
        theirs = _worlds(build, load)
        socket_io = stack.enter_context(Peer("socketio.js", house.environment))
        subjects.append(Subject(SOCKET_IO, SocketIo(), [socket_io], theirs))
        hocuspocus = stack.enter_context(Peer("hocuspocus.js", house.environment))
        subjects.append(Subject(HOCUSPOCUS, Hocuspocus(), [hocuspocus], theirs))
    old = stack.enter_context(before(house))
    if isinstance(old, str):
        notes.append(f"{BEFORE} is left out: {old}")
    else:
        worlds = _worlds(old, load)
        subjects.append(Subject(BEFORE, ShiftSync(), [stack.enter_context(old.server())], worlds))
    return subjects, notes


def _worlds(build: Build, load: Load) -> list[World]:
    """One large restaurant, or many small ones."""
    return build.worlds(1) if load.restaurants == 1 else build.worlds(load.restaurants, staff=8, users=2)


def _rate(runs: list[Run]) -> float:
    return median(found.edits_per_second for found in runs)


def _late(percent: int, ours: list[Run], load: Load, theirs: list[Run], name: str) -> Measure:
    return Measure(
        f"p{percent} from send to the last, {load.name}: {name}",
        median(found.percentile(percent) for found in ours),
        "ms",
        median(found.percentile(percent) for found in theirs),
    )
