"""The WebSocket side of the server: one path."""

from collections.abc import Awaitable, Callable
from typing import Any

from channels.routing import URLRouter
from django.urls import re_path

from shiftsync.realtime.hub.hub import hub
from shiftsync.realtime.socket.consumer import SyncConsumer

Application = Callable[[Any, Any, Any], Awaitable[None]]


async def reject(scope: Any, receive: Any, send: Any) -> None:
    """Refuses sockets at any other path, with HTTP 403 at the handshake."""
    await send({"type": "websocket.close"})


websocket_application = URLRouter([re_path(r"^staff-sync/?$", SyncConsumer.as_asgi()), re_path(r"", reject)])  # type: ignore[arg-type]  # ASGI, not a view


def with_hub(application: Application) -> Application:
    """``application`` with a hub that starts at the first request, so that changes over HTTP send hints too."""

    async def serve(scope: Any, receive: Any, send: Any) -> None:
        hub()
        await application(scope, receive, send)

    return serve
