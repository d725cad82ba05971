"""However a connection ends, nothing of it is left."""

import asyncio
from collections.abc import AsyncIterator, Sequence

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from shiftsync.core.actor import Role
from tests.support.client import V2
from tests.support.server import ServerProcess
from tests.support.waiting import PATIENCE_SECONDS
from tests.support.world import World

ROUNDS = 64
# Rounds until caches, thread pools and free lists have their size: some 700 blocks, whatever the number of connections.
WARM_UP = 40
WINDOW = 4
CLIENTS = 100
# Blocks of memory by which the least of four rounds may differ: requests and caches that come and go. One object that every
# connection left would add 2,000 between the first four and the last; a connection that was kept has hundreds.
TOLERANCE = 900

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


class Health:
    """What a server tells of itself."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def probe(self, name: str) -> dict[str, int]:
        probes = (await self._http.get("/health")).json()["probes"]
        found: dict[str, int] = probes[name]["detail"]
        return found

    async def settled(self, before: dict[str, int]) -> None:
        """Waits until nothing is there that was not there before."""
        deadline = asyncio.get_running_loop().time() + PATIENCE_SECONDS
        while (left := await self.probe("leftovers")) != before:
            assert asyncio.get_running_loop().time() < deadline, left


@pytest.fixture
async def health(probed: ServerProcess) -> AsyncIterator[Health]:
    async with httpx.AsyncClient(base_url=probed.url, timeout=PATIENCE_SECONDS) as http:
        yield Health(http)


async def come(server: ServerProcess, world: World, number: int) -> ClientConnection:
    """One client, greeted or not yet: every third does not wait for it."""
    socket = await connect(
        f"{server.url.replace('http', 'ws', 1)}/staff-sync",
        subprotocols=[Subprotocol(V2)] if number % 2 else None,
        additional_headers={"Authorization": f"Bearer {world.tokens[Role.MANAGER]}"},
        open_timeout=PATIENCE_SECONDS,
        close_timeout=2,
        proxy=None,
    )
    if number % 3:
        await socket.recv()
    return socket


async def one_round(server: ServerProcess, world: World) -> None:
    sockets: Sequence[ClientConnection] = await asyncio.gather(*(come(server, world, n) for n in range(CLIENTS)))
    await asyncio.gather(*(ENDS[number % len(ENDS)](socket) for number, socket in enumerate(sockets)))


async def test_thousand_connections__ended_in_every_way__leave_nothing_behind(
    probed: ServerProcess, world: World, health: Health
) -> None:
    before = await health.probe("leftovers")
    assert set(before.values()) == {0}
    blocks = []
    for _ in range(ROUNDS):
        await one_round(probed, world)
        await health.settled(before)
        blocks.append((await health.probe("memory"))["blocks"])
    assert min(blocks[-WINDOW:]) - min(blocks[WARM_UP : WARM_UP + WINDOW]) < TOLERANCE, blocks
