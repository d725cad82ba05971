"""A client without manners: it floods, does not read, or vanishes with a TCP reset."""

import base64
import os
import socket
import struct
import time
from contextlib import suppress
from urllib.parse import urlencode

from tests.support.client import V2
from tests.support.waiting import PATIENCE_SECONDS

TEXT, CLOSE = 0x1, 0x8
NOTICE_SECONDS = 0.1


class RawSocket:
    """An open WebSocket whose frames we write and read ourselves. The answer to the handshake has been read."""

    def __init__(
        self, port: int, token: str, *, v2: bool = False, receive_buffer: int | None = None, **parameters: str
    ) -> None:
        self.socket = socket.socket()
        if receive_buffer is not None:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(PATIENCE_SECONDS)
        self.socket.connect(("127.0.0.1", port))
        self.socket.sendall(_opening(port, token, v2, parameters))
        self._read = b""
        while b"\r\n\r\n" not in self._read:
            self._read += self.socket.recv(1024)
        head, self._read = self._read.split(b"\r\n\r\n", 1)
        assert b" 101 " in head, head

    def send(self, text: str) -> None:
        """Sends one message."""
        self.socket.sendall(frame(text))

    def flood(self, text: str, times: int) -> None:
        """Sends the same message as fast as the server takes it, until done or cut off, or until :meth:`reset` by another thread. What comes
        back is not read."""
        left = memoryview(frame(text) * times)
        # Closing a socket does not wake the thread that waits for room in it.
        self.socket.settimeout(NOTICE_SECONDS)
        with suppress(OSError):
            while left:
                with suppress(TimeoutError):
                    left = left[self.socket.send(left) :]

    def close_code(self, seconds: float = PATIENCE_SECONDS) -> int:
        """Reads to the end, and returns the code of the close frame."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            opcode, payload = self._frame()
            if opcode == CLOSE:
                self.reset()
                code: int = struct.unpack("!H", payload[:2])[0]
                return code
        raise AssertionError("no close frame came")

    def reset(self) -> None:
        """Ends the connection with a TCP reset, as a machine that lost its power does not even do."""
        with suppress(OSError):
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()

    def _frame(self) -> tuple[int, bytes]:
        first, second = self._bytes(2)
        size = second & 0x7F
        if size > 125:
            size = int.from_bytes(self._bytes(2 if size == 126 else 8), "big")
        return first & 0xF, self._bytes(size)

    def _bytes(self, count: int) -> bytes:
        while len(self._read) < count:
            more = self.socket.recv(1 << 20)
            assert more, "the connection ended without a close frame"
            self._read += more
        taken, self._read = self._read[:count], self._read[count:]
        return taken


def frame(text: str) -> bytes:
    """A text frame of a client, masked with zeros."""
    data = text.encode()
    size = len(data)
    head = bytes([0x80 | TEXT])
    if size < 126:
        head += bytes([0x80 | size])
    elif size < 1 << 16:
        head += bytes([0x80 | 126]) + size.to_bytes(2, "big")
    else:
        head += bytes([0x80 | 127]) + size.to_bytes(8, "big")
    return head + bytes(4) + data


def _opening(port: int, token: str, v2: bool, parameters: dict[str, str]) -> bytes:
    key = base64.b64encode(os.urandom(16)).decode()
    lines = [
        f"GET /staff-sync?{urlencode(parameters)} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Key: {key}",
        "Sec-WebSocket-Version: 13",
        f"Authorization: Bearer {token}",
        *([f"Sec-WebSocket-Protocol: {V2}"] if v2 else []),
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()
