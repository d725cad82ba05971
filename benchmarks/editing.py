"""Many people who edit as fast as they are answered, and many who watch: durable edits a second, and how late they arrive."""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from benchmarks.driving import Run, run, settle
from benchmarks.house import House
from benchmarks.measures import Measure, at_least, suite
from benchmarks.processes import Server
from benchmarks.sockets import Socket, connect_many, version_of
from benchmarks.worlds import World, make_world

WRITERS = 50
WARM_UP_SECONDS = 1.0
SECONDS = 3.0
ACK = b'{"type":"ACK"'
CHANGES = (b'{"type":"BATCH"', b'{"type":"SHIFT')


@dataclass(slots=True)
class Crowd:
    """The writers and receivers of one server; each writer sends its next edit when the last was acknowledged."""

    server: Server
    world: World
    writers: list[Socket] = field(default_factory=list)
    receivers: list[Socket] = field(default_factory=list)
    _edits: Iterator[bytes] = field(init=False)
    _is_on: bool = False
    _under_way: int = 0
    _awaited: int = -1
    _idle: asyncio.Event = field(default_factory=asyncio.Event)
    _sent: dict[int, float] = field(default_factory=dict)
    _heard: dict[int, int] = field(default_factory=dict)
    _complete: dict[int, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._edits = self.world.edits()

    async def gather(self, receivers: int) -> None:
        """Connects everybody."""
        self.writers = await connect_many(self.server.port, self.world.tokens, WRITERS)
        self.receivers = await connect_many(self.server.port, self.world.tokens, receivers)
        for receiver in self.receivers:
            receiver.on_frame = self._receive
        await settle(self.server)

    def leave(self) -> None:
        """Disconnects everybody."""
        for socket in (*self.writers, *self.receivers):
            socket.close()

    async def edit(self, seconds: float) -> Run:
        """Edits for that long, and waits until everybody has heard of everything."""
        self._sent.clear()
        self._heard.clear()
        self._complete.clear()
        self._idle.clear()
        self._awaited = -1
        used, started = self.server.cpu_seconds, time.perf_counter()
        self._is_on = True
        for writer in self.writers:
            self._write(writer)
        await asyncio.sleep(seconds)
        self._is_on = False
        await self._idle.wait()
        elapsed = time.perf_counter() - started
        await self._everyone_has(max(self._sent))
        cpu = (self.server.cpu_seconds - used) * 1e6 / len(self._sent)
        return Run(len(self._sent) / elapsed, self._latencies(), cpu)

    async def _everyone_has(self, version: int) -> None:
        self._awaited = version
        if version not in self._complete:
            self._idle.clear()
            await self._idle.wait()

    def _write(self, writer: Socket) -> None:
        sent = time.perf_counter()
        self._under_way += 1

        def answered(frame: bytes) -> None:
            if not frame.startswith(ACK):
                return
            self._under_way -= 1
            self._sent[version_of(frame)] = sent
            if self._is_on:
                self._write(writer)
            elif not self._under_way:
                self._idle.set()

        writer.on_frame = answered
        writer.send(next(self._edits))

    def _receive(self, frame: bytes) -> None:
        if not frame.startswith(CHANGES):
            return
        version = version_of(frame)
        heard = self._heard[version] = self._heard.get(version, 0) + 1
        if heard == len(self.receivers):
            self._complete[version] = time.perf_counter()
            if version == self._awaited:
                self._idle.set()

    def _latencies(self) -> list[float]:
        """An edit has arrived when everybody has the frame that holds its version: the first one up to it or beyond."""
        found = []
        frames = sorted(self._complete)
        for before, version in pairwise([0, *frames]):
            arrived = self._complete[version]
            found += [
                (arrived - self._sent[edit]) * 1000
                for edit in range(max(before + 1, min(self._sent)), version + 1)
                if edit in self._sent
            ]
        return found


@suite("durable")
def durable(house: House) -> Iterator[Measure]:
    """50 writers and 100 receivers."""
    yield from _measure(house, make_world(), receivers=100, rounds=3, bound=True)


@suite("growth")
def growth(house: House) -> Iterator[Measure]:
    """The same with few and with very many receivers, and in a large restaurant."""
    for receivers in (10, 1000):
        yield from _measure(house, make_world(), receivers=receivers)
    yield from _measure(house, make_world(300, 62), receivers=100)


def _measure(house: House, world: World, *, receivers: int, rounds: int = 1, bound: bool = False) -> Iterator[Measure]:
    other = make_world(len(world.staff_ids), len(world.days))
    with house.server() as server, house.floor("commit:application", **other.floor_settings) as floor:
        runs, bare = run(_interleaved(Crowd(server, world), Crowd(floor, other), receivers, rounds))
    who = f"{len(world.staff_ids)} staff, {receivers:,} receivers"
    yield Measure(
        f"edits/s, {WRITERS} writers, {who}",
        median(found.edits_per_second for found in runs),
        "/s",
        median(found.edits_per_second for found in bare),
        at_least(0.5) if bound else None,
    )
    for percent in (50, 99):
        yield Measure(
            f"p{percent} from send to last receiver, {who}",
            median(found.percentile(percent) for found in runs),
            "ms",
            median(found.percentile(percent) for found in bare),
        )
    yield Measure(
        f"server CPU for an edit, {who}",
        median(found.cpu_microseconds for found in runs),
        "µs",
        median(found.cpu_microseconds for found in bare),
    )


async def _interleaved(subject: Crowd, floor: Crowd, receivers: int, rounds: int) -> tuple[list[Run], list[Run]]:
    crowds = (subject, floor)
    for crowd in crowds:
        await crowd.gather(receivers)
        await crowd.edit(WARM_UP_SECONDS)
    found: tuple[list[Run], list[Run]] = ([], [])
    for _ in range(rounds):
        for crowd, runs in zip(crowds, found, strict=True):
            runs.append(await crowd.edit(SECONDS))
    for crowd in crowds:
        crowd.leave()
    return found
