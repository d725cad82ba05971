"""The floor of an edit of one settings row: the row is written and committed, then told to all; nothing is checked."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

import django

from benchmarks.floors.wire import frame, greeting, is_heartbeat

django.setup()

from benchmarks.floors.settings import store_from_environment  # noqa: E402 - its models need Django
from settings_app.models import DailyLimit  # noqa: E402 - as above
from shiftsync.core.encoding import encode  # noqa: E402 - as above

Send = Callable[[dict[str, Any]], Awaitable[None]]

_sends: set[Send] = set()
_thread = ThreadPoolExecutor(1)
_store = store_from_environment()


@cache
def _template() -> dict[str, Any]:
    return _store.template(DailyLimit)


def _commit(text: str) -> str:
    row = _template() | {"description": text[-60:]}
    version = _store.update(DailyLimit, row)
    return frame("SETTINGS_UPDATE_DAILY_LIMITS", encode({"limitId": row["id"], "updatedLimit": row}), version)


async def application(scope: dict[str, Any], receive: Callable[[], Awaitable[dict[str, Any]]], send: Send) -> None:
    """Serves one socket."""
    await receive()
    await send({"type": "websocket.accept", "subprotocol": (scope["subprotocols"] or [None])[0]})
    await send({"type": "websocket.send", "text": greeting()})
    _sends.add(send)
    try:
        while (message := await receive())["type"] == "websocket.receive":
            if is_heartbeat(message["text"]):
                continue
            told = await asyncio.get_running_loop().run_in_executor(_thread, _commit, message["text"])
            for other in tuple(_sends):
                await other({"type": "websocket.send", "text": told})
    finally:
        _sends.discard(send)
