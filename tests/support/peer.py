"""The other end of a connection inside the process: an ASGI server's ``send`` that notes what it is given."""

import asyncio
import json
from typing import Any
from uuid import UUID

from shiftsync.core.actor import Actor, Role
from shiftsync.realtime.hub.connection import Connection
from shiftsync.realtime.protocol.wire import Protocol
from tests.support.changes import RESTAURANT


class Peer:
    """Takes frames as long as ``reads`` is set; a peer that does not read holds the sender up."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []
        self.close_code: int | None = None
        self.reads = asyncio.Event()
        self.reads.set()

    async def send(self, message: dict[str, Any]) -> None:
        await self.reads.wait()
        if message["type"] == "websocket.close":
            self.close_code = message["code"]
        else:
            frame = json.loads(message["text"])
            self.messages += frame["payload"]["messages"] if frame["type"] == "BATCH" else [frame]

    @property
    def versions(self) -> list[int]:
        """The versions of what came, in its order."""
        return [message["version"] for message in self.messages]

    @property
    def types(self) -> list[str]:
        """The types of what came, in its order."""
        return [message["type"] for message in self.messages]


def open_connection(
    peer: Peer, protocol: Protocol = Protocol.V2, role: Role = Role.MANAGER, actor: Actor | None = None
) -> Connection:
    """A connection to ``peer``; whoever calls runs its ``write``."""
    actor = actor or Actor(RESTAURANT, UUID(int=5), role, "listener")
    return Connection(peer.send, actor, protocol, f"connection-{id(peer)}")


async def flushed(connection: Connection) -> None:
    """Sends what is queued, and closes."""
    connection.close(1000)
    await connection.write()
