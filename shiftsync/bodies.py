"""How much of a request is read, and how many requests are, before anything of Django sees them.

Django's handler takes the whole body first and asks afterwards who sends it: 60 MB were read before the 401. Here a body that is said to
be, or turns out, too large ends at once, and so does what comes too often from one address.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any
from uuid import UUID, uuid4

from shiftsync.core.api import MAX_BODY_BYTES
from shiftsync.core.encoding import encode
from shiftsync.core.errors import DomainError, PayloadTooLarge, RateLimited
from shiftsync.core.ids import parse_id
from shiftsync.core.memory import give_back_soon
from shiftsync.core.problems import PROBLEM_JSON, REQUEST_ID, problem
from shiftsync.core.rates import Rates
from shiftsync.core.whence import network_of

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]
Application = Callable[[Any, Any, Any], Awaitable[None]]

API = "/api/"
LARGE_BYTES = 256 << 10
DRAIN_SECONDS = 2.0
DRAIN_BYTES = 4 * MAX_BODY_BYTES
TOO_LARGE = f"A request has at most {MAX_BODY_BYTES >> 20} MiB."


class BoundedRequests:
    """Hands requests on to ``app`` that are not too large, and below ``/api/`` not too many from their address."""

    def __init__(self, app: Application, per_minute: int) -> None:
        self.app = app
        self._rates = Rates(per_minute)

    async def __call__(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal is not None:
            await _refuse(scope, receive, send, refusal)
            return
        await _Bounded(scope, receive, send).serve(self.app)

    def _refusal(self, scope: Mapping[str, Any]) -> DomainError | None:
        if _length_of(scope) > MAX_BODY_BYTES:
            return PayloadTooLarge(TOO_LARGE)
        if not scope["path"].startswith(API):
            return None
        wait = self._rates.take(network_of((scope.get("client") or ("",))[0]))
        return RateLimited("Too many requests from your address; slow down.", retry_after=wait) if wait else None


class _Bounded:
    """One request whose length is counted as it comes, since it may not have been said."""

    def __init__(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        self._scope, self._receive, self._send = scope, receive, send
        self._read = 0
        self._is_refused = self._is_answered = False

    async def serve(self, app: Application) -> None:
        try:
            await app(self._scope, self.receive, self.send)
        finally:
            if self._read > LARGE_BYTES:
                give_back_soon()

    async def receive(self) -> MutableMapping[str, Any]:
        if self._is_refused:
            return {"type": "http.disconnect"}
        message = await self._receive()
        self._read += len(message.get("body", b""))
        if self._read <= MAX_BODY_BYTES:
            return message
        self._is_refused = True
        if not self._is_answered:
            await _refuse(self._scope, self._receive, self._send, PayloadTooLarge(TOO_LARGE))
        return {"type": "http.disconnect"}

    async def send(self, message: Mapping[str, Any]) -> None:
        if self._is_refused:
            return
        self._is_answered = True
        await self._send(message)


def _length_of(scope: Mapping[str, Any]) -> int:
    """How long the body is said to be. What is no number is left to the server, which has refused it by now."""
    found = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    return int(found) if found.isdigit() else 0


def _occurrence_of(scope: Mapping[str, Any]) -> UUID:
    name = REQUEST_ID.lower().encode()
    given = next((value for key, value in scope["headers"] if key == name), b"")
    return parse_id(given.decode("latin-1")) or uuid4()


async def _refuse(scope: Mapping[str, Any], receive: Receive, send: Send, error: DomainError) -> None:
    """Answers at once, then lets the server end the connection.

    What is on its way is thrown away first, within bounds: an end while more comes is a reset, which may overtake the answer.
    """
    is_api = scope["path"].startswith(API)
    occurrence = _occurrence_of(scope)
    text = encode(problem(error, error.status, occurrence)) if is_api else f"{error.status} {error.message}\n"
    kind = PROBLEM_JSON.encode() if is_api else b"text/plain; charset=utf-8"
    headers = [(b"content-type", kind), (b"connection", b"close"), (b"x-content-type-options", b"nosniff")]
    headers.append((REQUEST_ID.lower().encode(), str(occurrence).encode()))
    if error.retry_after is not None:
        headers.append((b"retry-after", str(max(1, round(error.retry_after))).encode()))
    body = text.encode()
    headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": error.status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": True})
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(DRAIN_SECONDS):
            await _throw_away(receive)
    await send({"type": "http.response.body", "body": b""})


async def _throw_away(receive: Receive) -> None:
    thrown = 0
    while thrown < DRAIN_BYTES:
        message = await receive()
        thrown += len(message.get("body", b""))
        if message["type"] == "http.disconnect" or not message.get("more_body"):
            return
