"""A WebSocket client that costs next to nothing, so that one process can be a thousand of them.

It reads frames by their header alone and hands their bytes on unparsed; it masks with zeros, which the protocol allows.
"""

import asyncio
import struct
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from typing import Any, cast
from urllib.parse import quote

TEXT, BINARY, CLOSE, PING, PONG = 0x1, 0x2, 0x8, 0x9, 0xA
WAIT_SECONDS = 60.0
VERSION = b'"version":'
HEARTBEAT = b'{"type":"PING"}'
HEARTBEAT_SECONDS = 25.0

OnFrame = Callable[[bytes], None]
IsAwaited = Callable[[bytes], bool]


def ignore(frame: bytes) -> None:
    """What one does who only listens."""


def version_of(frame: bytes) -> int:
    """The version in the envelope of a message; it stands behind the payload."""
    start = frame.rindex(VERSION) + len(VERSION)
    end = frame.find(b",", start)
    return int(frame[start : end if end > 0 else -1])


class Socket(asyncio.Protocol):
    """One connection; ``on_frame`` gets each frame. ``answers`` are given at once: to pings of the application's own kind."""

    def __init__(self, path: str, headers: Sequence[str]) -> None:
        self.on_frame: OnFrame = ignore
        self.answers: Mapping[bytes, bytes] = {}
        self.greeting = b""
        self._request = "\r\n".join(
            [
                f"GET {path} HTTP/1.1",
                "Host: 127.0.0.1",
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
                "Sec-WebSocket-Version: 13",
                *headers,
                "\r\n",
            ]
        )
        self._buffer = bytearray()
        self._is_open = False
        self._awaited: tuple[IsAwaited, asyncio.Future[bytes]] | None = None
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._heartbeat: asyncio.TimerHandle | None = None
        self.is_closed = False

    # --- what the transport calls ---

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._transport.write(self._request.encode())

    def connection_lost(self, error: Exception | None) -> None:
        self.is_closed = True
        if self._heartbeat is not None:
            self._heartbeat.cancel()
        if self._awaited is not None and not self._awaited[1].done():
            self._awaited[1].set_exception(ConnectionError("the server closed the socket"))

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not self._is_open:
            end = self._buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            if not self._buffer.startswith(b"HTTP/1.1 101"):
                raise ConnectionError(bytes(self._buffer[:200]).decode())
            del self._buffer[: end + 4]
            self._is_open = True
            self.opened.set_result(None)
        start = 0
        while (end := self._frame(start)) > start:
            start = end
        if start:
            del self._buffer[:start]

    def _frame(self, start: int) -> int:
        """Takes the frame at ``start``; returns where it ends, or ``start`` while it is not all there."""
        buffer = self._buffer
        if len(buffer) < start + 2:
            return start
        length, begin = buffer[start + 1], start + 2
        if length > 125:
            begin += 2 if length == 126 else 8
            if len(buffer) < begin:
                return start
            length = int.from_bytes(buffer[start + 2 : begin], "big")
        if len(buffer) < begin + length:
            return start
        self._take(buffer[start] & 0x0F, bytes(buffer[begin : begin + length]))
        return begin + length

    def _take(self, opcode: int, body: bytes) -> None:
        if opcode == PING:
            self._write(PONG, body)
        elif opcode in (TEXT, BINARY):
            if self._awaited is not None and self._awaited[0](body):
                self._awaited[1].set_result(body)
                self._awaited = None
            if body in self.answers:
                self.send(self.answers[body])
            self.on_frame(body)

    # --- what its owner calls ---

    def keep_alive(self) -> None:
        """Shows from now on that it is there, as version 2 clients must."""
        if self._heartbeat is not None:
            self.send(HEARTBEAT)
        self._heartbeat = asyncio.get_running_loop().call_later(HEARTBEAT_SECONDS, self.keep_alive)

    def send(self, content: bytes, opcode: int = TEXT) -> None:
        """Sends a frame, of text unless said otherwise."""
        self._write(opcode, content)

    def _write(self, opcode: int, body: bytes) -> None:
        size = len(body)
        if size < 126:
            head = struct.pack("!BB", 0x80 | opcode, 0x80 | size)
        elif size < 1 << 16:
            head = struct.pack("!BBH", 0x80 | opcode, 0x80 | 126, size)
        else:
            head = struct.pack("!BBQ", 0x80 | opcode, 0x80 | 127, size)
        self._transport.write(head + b"\0\0\0\0" + body)

    def expect(self, kind: str) -> asyncio.Future[bytes]:
        """The next message of that type; one expectation at a time."""
        return self.expect_start(f'{{"type":"{kind}"'.encode())

    def expect_start(self, start: bytes) -> asyncio.Future[bytes]:
        """The next frame that begins so."""
        return self.expect_that(lambda frame: frame.startswith(start))

    def expect_that(self, is_awaited: IsAwaited) -> asyncio.Future[bytes]:
        """The next frame of which that is true."""
        future: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._awaited = (is_awaited, future)
        return future

    async def ask(self, text: bytes, answer: str) -> bytes:
        """Sends a message and waits for one of type ``answer``."""
        future = self.expect(answer)
        self.send(text)
        return await asyncio.wait_for(future, WAIT_SECONDS)

    def close(self) -> None:
        """Ends the connection without ceremony."""
        self._transport.abort()


async def open_socket(socket: Socket, port: int, greeting: bytes | None = None) -> None:
    """Connects ``socket`` and waits until it is open, and has got a frame that begins with ``greeting``."""
    waited: asyncio.Future[Any] = socket.opened if greeting is None else socket.expect_start(greeting)
    await asyncio.get_running_loop().create_connection(lambda: socket, "127.0.0.1", port)
    socket.greeting = await asyncio.wait_for(waited, WAIT_SECONDS) or b""


_clients = count()


async def connect(
    port: int, token: str, *, greeting: str = "CONNECTION_ACK", is_v2: bool = True, since: str | None = None
) -> Socket:
    """Opens a socket of the application (or of a floor that greets alike) and waits for the greeting; ``since`` resumes."""
    path = f"/staff-sync?client={quote(f'bench-{next(_clients)}')}{f'&since={quote(since)}' if since else ''}"
    headers = [f"Authorization: Bearer {token}", *(["Sec-WebSocket-Protocol: shiftsync.v2"] if is_v2 else [])]
    socket = Socket(path, headers)
    await open_socket(socket, port, f'{{"type":"{greeting}"'.encode())
    socket.keep_alive()
    return socket


async def connect_many(port: int, tokens: Sequence[str], number: int, *, is_v2: bool = True) -> list[Socket]:
    """Opens ``number`` sockets, some at a time."""
    sockets: list[Socket] = []
    while len(sockets) < number:
        some = range(len(sockets), min(number, len(sockets) + 20))
        joining = (connect(port, tokens[place % len(tokens)], is_v2=is_v2) for place in some)
        sockets += await asyncio.gather(*joining)
    return sockets
