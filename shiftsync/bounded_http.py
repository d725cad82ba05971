"""uvicorn's HTTP, with bounds on the head of a request: how long it is, and how long it takes to come.

uvicorn has none. Whoever sends a cookie of 60 MB, or a header a minute, holds memory or a connection before anything is known of
them, and before any middleware sees the request.
"""

import asyncio
from typing import Any
from uuid import uuid4

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from shiftsync.core.encoding import encode
from shiftsync.core.errors import InvalidMessage
from shiftsync.core.problems import PROBLEM_JSON, REQUEST_ID, problem

LONGEST_HEAD = 64 << 10
DRAIN_SECONDS = 2.0
API = b" /api/"
TOO_LONG = b"HTTP/1.1 431 Request Header Fields Too Large"
TOO_SLOW = b"HTTP/1.1 408 Request Timeout"


class BoundedHttp(HttpToolsProtocol):
    """The protocol of one connection, for uvicorn's ``--http``."""

    head_seconds = 30.0

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._is_in_head = True
        self._head_bytes = 0
        self._has_begun = False
        self._is_refused = False
        self._latest = b""
        self._patience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's
        """As uvicorn's; the first head is waited for from here on."""
        super().connection_made(transport)
        self._wait_for_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """As uvicorn's."""
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """As uvicorn's, unless the head has become too long."""
        if self._is_refused:
            return
        if self._is_in_head:
            self._head_bytes += len(data)
            self._latest = data
        super().data_received(data)
        if self._is_in_head and self._head_bytes > LONGEST_HEAD:
            self._refuse(TOO_LONG)

    def on_message_begin(self) -> None:
        """As uvicorn's; the bytes of this head count from the next ones on."""
        if not self._is_in_head:
            self._is_in_head, self._head_bytes = True, 0
            self._wait_for_head()
        self._has_begun = True
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """As uvicorn's; from here on the application counts."""
        self._is_in_head, self._latest = False, b""
        self._stop_waiting()
        super().on_headers_complete()

    def send_400_response(self, msg: str) -> None:
        """As uvicorn's, in JSON to a program that asks for something below ``/api/``, as far as that can be read."""
        method, space, rest = self._latest.partition(b" ")
        if not method.isalpha() or not (space + rest).startswith(API):
            super().send_400_response(msg)
            return
        occurrence = uuid4()
        error = InvalidMessage("The request is not valid HTTP: its address must be percent-encoded ASCII.")
        body = encode(problem(error, error.status, occurrence)).encode()
        head = (
            "HTTP/1.1 400 Bad Request",
            f"content-type: {PROBLEM_JSON}",
            f"content-length: {len(body)}",
            f"{REQUEST_ID.lower()}: {occurrence}",
            "connection: close",
        )
        self.transport.write("\r\n".join(head).encode() + b"\r\n\r\n" + body)
        self.transport.close()

    def _wait_for_head(self) -> None:
        self._patience = self.loop.call_later(self.head_seconds, self._give_up)

    def _stop_waiting(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None

    def _give_up(self) -> None:
        """Browsers open connections ahead of need: an answer that nobody asked for would be read as that to the next request."""
        if self._has_begun:
            self._refuse(TOO_SLOW)
        else:
            self.transport.close()

    def _refuse(self, status: bytes) -> None:
        """Answers and hangs up. What is on its way is thrown away for a moment: an end while more comes is a reset, which may overtake
        the answer. Where an earlier request is not answered yet there is no place for one."""
        self._is_refused = True
        self._stop_waiting()
        earlier: RequestResponseCycle | None = self.cycle
        if earlier is None or earlier.response_complete:
            self.transport.write(status + b"\r\nconnection: close\r\ncontent-length: 0\r\n\r\n")
        self.loop.call_later(DRAIN_SECONDS, self.transport.close)
