"""However a connection ends, nothing of it is left."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from shiftsync.core.actor import Role
from tests.support.client import V2
from tests.support.server import ServerProcess
from tests.support.world import World

ROUNDS = 10
WARM_UP = 4
CLIENTS = 100
# What an allocator keeps or gives back between two rounds; a leak of a connection each would be ten times as much.
TOLERANCE_BYTES = 6 << 20

SNAPSHOT = '{"type":"SHIFT_SYNC_REQUEST","payload":{"periodIndex":0}}'


async def leave_cleanly(socket: ClientConnection) -> None:
    await socket.close()


async def vanish(socket: ClientConnection) -> None:
    """With a TCP reset."""
    socket.transport.abort()


async def vanish_in_a_snapshot(socket: ClientConnection) -> None:
    await socket.send(SNAPSHOT)
    socket.transport.abort()


ENDS = (leave_cleanly, vanish, vanish_in_a_snapshot)


@pytest.fixture
async def probed(database_url: str) -> AsyncIterator[ServerProcess]:
    """A server of our own that also tells how many tasks it has."""
    server = ServerProcess({"DATABASE_URL": database_url, "DJANGO_SETTINGS_MODULE": "tests.support.probed_settings"})
    await asyncio.to_thread(server.start)
    yield server
    await asyncio.to_thread(server.stop)


@asynccontextmanager
async def health_of(server: ServerProcess) -> AsyncIterator[Callable[[], "asyncio.Future[dict[str, int]]"]]:
    async with httpx.AsyncClient(base_url=server.url, timeout=10) as http:

        async def ask() -> dict[str, int]:
            probes = (await http.get("/health")).json()["probes"]
            found: dict[str, int] = probes["leftovers"]["detail"]
            return found

        yield lambda: asyncio.ensure_future(ask())


async def come(server: ServerProcess, world: World, number: int) -> ClientConnection:
    """One client, greeted or not yet: every third does not wait for it."""
    socket = await connect(
        f"{server.url.replace('http', 'ws', 1)}/staff-sync",
        subprotocols=[Subprotocol(V2)] if number % 2 else None,
        additional_headers={"Authorization": f"Bearer {world.tokens[Role.MANAGER]}"},
        open_timeout=20,
        close_timeout=2,
        proxy=None,
    )
    if number % 3:
        await socket.recv()
    return socket


async def one_round(server: ServerProcess, world: World) -> None:
    sockets: Sequence[ClientConnection] = await asyncio.gather(*(come(server, world, n) for n in range(CLIENTS)))
    await asyncio.gather(*(ENDS[number % len(ENDS)](socket) for number, socket in enumerate(sockets)))


def resident_bytes(pid: int) -> int:
    """The memory that a process holds."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * 4096


async def test_thousand_connections__ended_in_every_way__leave_nothing_behind(
    probed: ServerProcess, world: World
) -> None:
    async with health_of(probed) as ask:
        before = await ask()
        assert set(before.values()) == {0}
        sizes = []
        for _ in range(ROUNDS):
            await one_round(probed, world)
            await settled(ask, before)
            sizes.append(resident_bytes(probed.pid))
    assert max(sizes[WARM_UP:]) - sizes[WARM_UP - 1] < TOLERANCE_BYTES, [size >> 10 for size in sizes]


async def settled(ask: Callable[[], "asyncio.Future[dict[str, int]]"], before: dict[str, int]) -> None:
    """Waits until nothing is there that was not there before."""
    deadline = asyncio.get_running_loop().time() + 20
    while (left := await ask()) != before:
        assert asyncio.get_running_loop().time() < deadline, left
