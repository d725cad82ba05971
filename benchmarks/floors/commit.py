"""The floor of a durable edit: what waits is committed together, then acknowledged and told to all, one frame a commit.

It checks nothing: no permission, no repeat, no conflict, no bounds.
"""

import asyncio
import json
import os
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from benchmarks.floors.rows import Cell, Logged, Place, open_store
from benchmarks.floors.wire import ack, frame, greeting, is_heartbeat

Send = Callable[[dict[str, Any]], Awaitable[None]]
Waiting = tuple[Send, dict[str, Any]]

PLACE = Place(*(UUID(os.environ[name]) for name in ("BENCH_RESTAURANT", "BENCH_SCHEDULE", "BENCH_USER")))


class Floor:
    """One restaurant: who listens, what waits, and the one writer."""

    def __init__(self) -> None:
        self.sends: set[Send] = set()
        self._waiting: list[Waiting] = []
        self._writer: asyncio.Task[None] | None = None
        self._ids: dict[tuple[str, str], UUID] = {}
        self._store = open_store(os.environ["DATABASE_URL"])
        self._thread = ThreadPoolExecutor(1)

    def submit(self, send: Send, text: str) -> None:
        """Takes one edit."""
        self._waiting.append((send, json.loads(text)))
        if self._writer is None:
            self._writer = asyncio.create_task(self._drain())

    async def _drain(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            loop = asyncio.get_running_loop()
            last, changes = await loop.run_in_executor(self._thread, self._commit, [message for _, message in batch])
            await self._tell(batch, changes, last)
        self._writer = None

    def _commit(self, messages: list[dict[str, Any]]) -> tuple[int, list[Logged]]:
        changes = [_logged(message) for message in messages]
        cells = [(number, self._cell(message["payload"])) for number, message in enumerate(messages)]
        return self._store.commit(PLACE, cells, changes), changes

    def _cell(self, edit: dict[str, str]) -> Cell:
        key = (edit["staffId"], edit["dateKey"])
        return Cell(self._ids.setdefault(key, uuid4()), UUID(key[0]), date.fromisoformat(key[1]), edit["shiftValue"])

    async def _tell(self, batch: list[Waiting], changes: list[Logged], last: int) -> None:
        first = last - len(batch) + 1
        for version, (send, message) in enumerate(batch, first):
            await send({"type": "websocket.send", "text": ack(message["requestId"], version)})
        messages = [frame(change.type, change.payload, version) for version, change in enumerate(changes, first)]
        told = {"type": "websocket.send", "text": frame("BATCH", f'{{"messages":[{",".join(messages)}]}}', last)}
        for send in tuple(self.sends):
            await send(told)


def _logged(message: dict[str, Any]) -> Logged:
    edit = message["payload"]
    payload = json.dumps({**edit, "periodIndex": 0, "timestamp": "2025-08-21T00:00:00.000Z"}, ensure_ascii=False)
    old = json.dumps({"cells": [[edit["staffId"], edit["dateKey"], ""]]})
    return Logged(UUID(message["requestId"]), "SHIFT_BROADCAST", payload, old)


_floor = Floor()


async def application(scope: dict[str, Any], receive: Callable[[], Awaitable[dict[str, Any]]], send: Send) -> None:
    """Serves one socket."""
    await receive()
    await send({"type": "websocket.accept", "subprotocol": (scope["subprotocols"] or [None])[0]})
    await send({"type": "websocket.send", "text": greeting()})
    _floor.sends.add(send)
    try:
        while (message := await receive())["type"] == "websocket.receive":
            if not is_heartbeat(message["text"]):
                _floor.submit(send, message["text"])
    finally:
        _floor.sends.discard(send)
