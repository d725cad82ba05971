"""The questions of one socket: what was read is sent at its place among the changes."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial

from shiftsync.core.actor import Actor
from shiftsync.core.encoding import encode
from shiftsync.realtime.hub.connection import Connection
from shiftsync.realtime.hub.room import Room
from shiftsync.realtime.protocol.frames import Frame
from shiftsync.realtime.protocol.wire import Protocol
from shiftsync.realtime.socket.answers import reply_text
from shiftsync.realtime.socket.backlog import Backlog
from shiftsync.realtime.socket.router import Context, Payload, QueryHandler, Reply
from shiftsync.realtime.stream.database import run_db
from shiftsync.realtime.stream.selectors import reading

Told = tuple[int, list[str]]
"""The version at which something was read, and the texts that tell of it."""


class Questions:
    """Answers those of one connection, one after the other."""

    def __init__(self, room: Room, connection: Connection, backlog: Backlog) -> None:
        self._room = room
        self._connection = connection
        self._backlog = backlog
        self._in_order = asyncio.Lock()

    @property
    def _actor(self) -> Actor:
        return self._connection.actor

    async def query(self, handler: QueryHandler, context: Context, payload: Payload) -> None:
        """Reads and answers."""
        if self._connection.protocol is Protocol.V1:
            # Before deliveries are held: what waits beside the answer is then made for these traits already.
            self._connection.take_traits(handler.traits(context.traits, payload))
            context = replace(context, traits=self._connection.audience.traits)

        await self.answer_in_order(partial(self._ask, handler, context, payload))
        if self._backlog.holds_changes_after(self._connection.position):
            self._connection.overtaken |= {handler.answer}

    async def _ask(self, handler: QueryHandler, context: Context, payload: Payload) -> Told:
        def read() -> tuple[int, Payload, str]:
            with reading(self._actor.restaurant_id) as position:
                answer = handler.run(context, payload)
            return position.version, answer, encode(answer)

        if handler.is_shared(context):
            facets = (self._actor.role, context.protocol, context.traits, context.viewed, encode(payload))
            version, answer, text = await self._room.reads.get((handler.type, *facets), read)
        else:
            async with self._room.database_turns:
                version, answer, text = await run_db(read)
        if handler.narrows and self._connection.protocol is Protocol.V1:
            self._connection.narrow(frozenset({answer[handler.narrows]}))
        return version, [
            reply_text(Reply(handler.answer, answer), self._actor, context.envelope, version, encoded=text)
        ]

    async def answer_in_order(self, ask: Callable[[], Awaitable[Told]]) -> None:
        """Sends what ``ask`` returns at its place in the order of versions: after the changes that it contains, before
        all others."""
        async with self._in_order:
            self._connection.hold()
            version = None
            frames: list[Frame] = []
            try:
                version, texts = await ask()
                frames = [Frame.of(text) for text in texts]
                await self._room.reach(version)
            finally:
                self._connection.release(version, frames)
