"""What it costs to deliver one frame to one more socket, and to keep a socket that does nothing."""

import asyncio
from collections.abc import Iterator
from statistics import median

from benchmarks.driving import run, settle
from benchmarks.house import House
from benchmarks.measures import Measure, at_most, suite
from benchmarks.processes import Server
from benchmarks.sockets import Socket, connect, connect_many
from benchmarks.worlds import World, make_world

FRAMES = 20_000
ROUNDS = 5


@suite("fanout")
def fanout(house: House) -> Iterator[Measure]:
    """CPU for each delivered frame, against an application that does nothing but deliver."""
    world, other = make_world(), make_world()
    with house.server() as server, house.floor("fanout:application") as floor:
        for receivers in (100, 1000):
            crowds = Broadcaster(server, world), Broadcaster(server, other), Broadcaster(floor, world)
            yield from run(_compare(*crowds, receivers))


async def _compare(
    subject: "Broadcaster", unheard: "Broadcaster", bare: "Broadcaster", receivers: int
) -> list[Measure]:
    """The cost of an edit without listeners is that of another restaurant at the same time, so that noise cancels out."""
    edits = FRAMES // receivers
    floor_alone = await bare.cost(edits)
    await subject.gather(receivers)
    await bare.gather(receivers)
    rounds = [(await subject.cost(edits), await unheard.cost(edits), await bare.cost(edits)) for _ in range(ROUNDS)]
    for crowd in (subject, unheard, bare):
        await crowd.leave()
    whole = median(cost for cost, _, _ in rounds)
    more = median(cost - alone for cost, alone, _ in rounds)
    least = median(cost for _, _, cost in rounds)
    return [
        Measure(
            f"CPU per delivered frame, {receivers:,} receivers",
            more * 1e6 / receivers,
            "µs",
            (least - floor_alone) * 1e6 / receivers,
            at_most(2),
        ),
        Measure("with the whole cost of a single edit in it", whole * 1e6 / receivers, "µs", least * 1e6 / receivers),
    ]


class Broadcaster:
    """One socket that sends and many that receive, at one server."""

    def __init__(self, server: Server, world: World) -> None:
        self._server = server
        self._tokens = world.tokens
        self._edits = world.edits()
        self._sender: Socket | None = None
        self._receivers: list[Socket] = []
        self._missing = 0
        self._all_heard = asyncio.Event()

    async def gather(self, number: int) -> None:
        """Connects the receivers."""
        self._receivers = await connect_many(self._server.port, self._tokens, number)
        for receiver in self._receivers:
            receiver.on_frame = self._count
        await settle(self._server)

    async def leave(self) -> None:
        """Disconnects everybody."""
        for socket in (*self._receivers, *([self._sender] if self._sender else [])):
            socket.close()
        self._receivers, self._sender = [], None
        await settle(self._server)

    def _count(self, frame: bytes) -> None:
        if frame.startswith(b'{"type":"SHIFT'):
            self._missing -= 1
            if not self._missing:
                self._all_heard.set()

    async def cost(self, edits: int) -> float:
        """The server's CPU seconds for one edit that everybody hears, one after the other."""
        if self._sender is None:
            self._sender = await connect(self._server.port, self._tokens[0])
            self._sender.on_frame = self._count
            await self._tell(10)
        used = self._server.cpu_seconds
        await self._tell(edits)
        return (self._server.cpu_seconds - used) / edits

    async def _tell(self, edits: int) -> None:
        assert self._sender is not None
        for _ in range(edits):
            self._missing = len(self._receivers) + 1
            self._all_heard.clear()
            self._sender.send(next(self._edits))
            await self._all_heard.wait()


@suite("memory")
def memory(house: House) -> Iterator[Measure]:
    """What a thousand sockets hold that say nothing."""
    world = make_world()
    with house.server() as server, house.floor("fanout:application") as floor:
        more, least = run(_held(world, server)), run(_held(world, floor))
    yield Measure("memory per idle connection, 1,000 of them", more, "KiB", bound=at_most(50))
    yield Measure("of which the bare application needs as much", least, "KiB")


async def _held(world: World, server: Server) -> float:
    for socket in await connect_many(server.port, world.tokens, 20):
        socket.close()
    await settle(server)
    before = server.memory_bytes
    sockets = await connect_many(server.port, world.tokens, 1000)
    await settle(server)
    held = (server.memory_bytes - before) / len(sockets) / 1024
    for socket in sockets:
        socket.close()
    return held
