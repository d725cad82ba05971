"""The floor of delivery: whatever one socket sends goes to all of them, in the server's words."""

from collections.abc import Awaitable, Callable
from typing import Any

from benchmarks.floors.wire import frame, greeting, is_heartbeat

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

_sends: set[Send] = set()
_version = 0


async def application(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """Serves one socket."""
    global _version  # noqa: PLW0603 - a floor has no business with objects
    await receive()
    await send({"type": "websocket.accept", "subprotocol": (scope["subprotocols"] or [None])[0]})
    await send({"type": "websocket.send", "text": greeting()})
    _sends.add(send)
    try:
        while (message := await receive())["type"] == "websocket.receive":
            if is_heartbeat(message["text"]):
                continue
            _version += 1
            told = {"type": "websocket.send", "text": frame("SHIFT_BROADCAST", message["text"], _version)}
            for other in tuple(_sends):
                await other(told)
    finally:
        _sends.discard(send)
