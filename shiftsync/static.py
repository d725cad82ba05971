"""Static files at the ASGI level, before Django: no thread, no middleware, cached and compressed by WhiteNoise."""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from asgiref.sync import sync_to_async
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import Response

Send = Callable[[Mapping[str, Any]], Awaitable[None]]
Application = Callable[[Any, Any, Any], Awaitable[None]]

CHUNK = 64 * 1024

_HASHED = re.compile(r"/frontend/assets/.+-[A-Za-z0-9_-]{8}\.\w+$")


def is_immutable(url: str) -> bool:
    """Whether the name holds a hash of the content, so that a browser may keep it: Vite's chunks and assets."""
    return _HASHED.search(url) is not None


class _Files(WhiteNoiseMiddleware):
    """WhiteNoise with Django's settings and finders; only its index of files is used."""

    def immutable_file_test(self, path: str, url: str) -> bool:
        return is_immutable(url)

    def find(self, path: str) -> Any:
        """The file for a URL path, or None."""
        return self.find_file(path) if self.autorefresh else self.files.get(path)


class StaticFiles:
    """Answers requests for static files and hands everything else to ``app``."""

    def __init__(self, app: Application) -> None:
        self.app = app
        self.files = _Files()

    async def __call__(self, scope: Mapping[str, Any], receive: Any, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith(self.files.static_prefix):
            response = await sync_to_async(self._response, thread_sensitive=False)(scope)
            if response is not None:
                await _send(response, send)
                return
        await self.app(scope, receive, send)

    def _response(self, scope: Mapping[str, Any]) -> Response | None:
        found = self.files.find(scope["path"])
        return None if found is None else found.get_response(scope["method"], _environ(scope))


def _environ(scope: Mapping[str, Any]) -> dict[str, str]:
    """The headers as WhiteNoise reads them."""
    names = {b"accept-encoding", b"if-modified-since", b"if-none-match", b"range"}
    return {
        f"HTTP_{name.decode().upper().replace('-', '_')}": value.decode("latin-1")
        for name, value in scope["headers"]
        if name in names
    }


async def _send(response: Response, send: Send) -> None:
    headers = [(name.lower().encode(), value.encode("latin-1")) for name, value in response.headers]
    headers.append((b"x-content-type-options", b"nosniff"))
    await send({"type": "http.response.start", "status": int(response.status), "headers": headers})
    if response.file is not None:
        await _send_file(response.file, send)
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _send_file(file: Any, send: Send) -> None:
    read = sync_to_async(file.read, thread_sensitive=False)
    try:
        while chunk := await read(CHUNK):
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
    finally:
        file.close()
