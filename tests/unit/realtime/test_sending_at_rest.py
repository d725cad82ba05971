"""What is pushed while a socket's writer rests goes out at once, in order, and its failure ends the writer."""

import asyncio
from typing import Any

import pytest

from shiftsync.realtime.hub.connection import Connection
from shiftsync.realtime.hub.delivery import Delivery
from tests.support.changes import cell_change
from tests.support.peer import Peer, open_connection


async def at_rest(connection: Connection) -> "asyncio.Task[None]":
    """The connection's writer, started and with nothing to do."""
    writer = asyncio.create_task(connection.write())
    await asyncio.sleep(0)
    return writer


async def test_push__writer_rests__is_out_on_return() -> None:
    peer = Peer()
    connection = open_connection(peer)
    writer = await at_rest(connection)
    connection.deliver(Delivery([cell_change(1)]))
    connection.deliver(Delivery([cell_change(2)]))
    assert peer.versions == [1, 2]
    connection.close(1000)
    await writer


async def test_push__peer_does_not_read_meanwhile__everything_follows_in_order() -> None:
    peer = Peer()
    connection = open_connection(peer)
    writer = await at_rest(connection)
    peer.reads.clear()
    for version in (1, 2, 3):
        connection.deliver(Delivery([cell_change(version)]))
    assert peer.versions == []
    peer.reads.set()
    connection.close(1000)
    await writer
    assert peer.versions == [1, 2, 3]
    assert peer.close_code == 1000


async def test_push__peer_is_gone__the_writer_raises_and_the_hub_does_not() -> None:
    class Gone(Peer):
        async def send(self, message: dict[str, Any]) -> None:
            raise OSError("gone")

    connection = open_connection(Gone())
    writer = await at_rest(connection)
    connection.deliver(Delivery([cell_change(1)]))
    connection.deliver(Delivery([cell_change(2)]))
    with pytest.raises(OSError, match="gone"):
        await writer
