"""People in several restaurants who edit, whoever serves them: how many edits a second, and how late the last one hears."""

import asyncio
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import count

from benchmarks.driving import Run, settle
from benchmarks.peers.dialects import Dialect, Seat
from benchmarks.processes import Served
from benchmarks.sockets import Socket
from benchmarks.worlds import World

WARM_UP_SECONDS = 1.5
SECONDS = 3.0
JOIN_AT_A_TIME = 20
MARK = re.compile(rb"~(\d+)~")


@dataclass(frozen=True, slots=True)
class Load:
    """How many restaurants, and in each how many sockets, of which so many write."""

    name: str
    restaurants: int
    writers: int
    sockets: int


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom the load is put on; where there are several servers, the sockets of each restaurant are spread over them."""

    name: str
    dialect: Dialect
    servers: Sequence[Served]
    worlds: Sequence[World]

    @property
    def cpu_seconds(self) -> float:
        """CPU time of all its servers so far."""
        return sum(server.cpu_seconds for server in self.servers)


@dataclass(slots=True)
class Writer:
    """One who edits; ``number`` is the edit under way, ``lacking`` how many have yet to hear of it (itself: the answer)."""

    socket: Socket
    seat: Seat
    others: int
    edits: int = 0
    number: int = -1
    lacking: int = 0
    sent: float = 0.0


@dataclass(slots=True)
class Crowd:
    """Everybody at one subject."""

    subject: Subject
    load: Load
    sockets: list[Socket] = field(default_factory=list)
    _writers: list[Writer] = field(default_factory=list)
    _under_way: dict[int, Writer] = field(default_factory=dict)
    _numbers: "count[int]" = field(default_factory=count)
    _is_on: bool = False
    _rests: asyncio.Event = field(default_factory=asyncio.Event)
    _latencies: list[float] = field(default_factory=list)
    _last_frame: bytes = b""
    _last_marks: list[int] = field(default_factory=list)

    async def gather(self) -> None:
        """Connects everybody."""
        seats = [
            Seat(world, table, number, self.load.writers)
            for table, world in enumerate(self.subject.worlds)
            for number in range(self.load.sockets)
        ]
        for start in range(0, len(seats), JOIN_AT_A_TIME):
            await asyncio.gather(*map(self._sit, seats[start : start + JOIN_AT_A_TIME]))
        for server in self.subject.servers:
            await settle(server)

    async def _sit(self, seat: Seat) -> None:
        servers = self.subject.servers
        socket = await self.subject.dialect.connect(servers[(seat.table + seat.number) % len(servers)].port, seat)
        self.sockets.append(socket)
        writer = None
        if seat.number < self.load.writers:
            writer = Writer(socket, seat, self.load.sockets - 1)
            self._writers.append(writer)
        socket.on_frame = partial(self._hear, writer)

    def leave(self) -> None:
        """Disconnects everybody."""
        for socket in self.sockets:
            socket.close()

    async def edit(self, seconds: float) -> Run:
        """Edits for that long, and waits until everybody has heard of everything."""
        self._latencies = []
        self._rests.clear()
        used, started = self.subject.cpu_seconds, time.perf_counter()
        self._is_on = True
        for writer in self._writers:
            self._write(writer)
        await asyncio.sleep(seconds)
        self._is_on = False
        await asyncio.wait_for(self._rests.wait(), 60)
        elapsed = time.perf_counter() - started
        edits = len(self._latencies)
        cpu = (self.subject.cpu_seconds - used) * 1e6 / edits
        return Run(edits / elapsed, self._latencies, cpu)

    def _write(self, writer: Writer) -> None:
        number = writer.number = next(self._numbers)
        writer.lacking = writer.others + 1
        self._under_way[number] = writer
        writer.sent = time.perf_counter()
        self.subject.dialect.edit(writer.socket, writer.seat, writer.edits, f"~{number}~")
        writer.edits += 1

    def _hear(self, own: Writer | None, frame: bytes) -> None:
        if own is not None and self.subject.dialect.is_acknowledgement(frame):
            self._heard_of(own)
            return
        if frame != self._last_frame:
            self._last_frame, self._last_marks = frame, list(map(int, MARK.findall(frame)))
        for number in self._last_marks:
            writer = self._under_way.get(number)
            if writer is not None and writer is not own:
                self._heard_of(writer)

    def _heard_of(self, writer: Writer) -> None:
        writer.lacking -= 1
        if writer.lacking:
            return
        del self._under_way[writer.number]
        self._latencies.append((time.perf_counter() - writer.sent) * 1000)
        if self._is_on:
            self._write(writer)
        elif not self._under_way:
            self._rests.set()


async def take_turns(subjects: Sequence[Subject], load: Load, rounds: int) -> list[list[Run]]:
    """The runs of each subject, in order; they take turns, so that whatever the machine does meets all alike."""
    crowds = [Crowd(subject, load) for subject in subjects]
    for crowd in crowds:
        await crowd.gather()
        await crowd.edit(WARM_UP_SECONDS)
    runs: list[list[Run]] = [[] for _ in crowds]
    for _ in range(rounds):
        for crowd, found in zip(crowds, runs, strict=True):
            found.append(await crowd.edit(SECONDS))
    for crowd in crowds:
        crowd.leave()
    return runs
