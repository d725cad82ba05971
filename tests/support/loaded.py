"""The server's application, which also says at ``/loaded`` which modules its process has loaded."""

import sys
from typing import Any

import orjson

from shiftsync.asgi import application as served


async def application(scope: Any, receive: Any, send: Any) -> None:
    """As the server's, but for that path."""
    if scope.get("path") != "/loaded":
        return await served(scope, receive, send)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": orjson.dumps(list(sys.modules))})
    return None
