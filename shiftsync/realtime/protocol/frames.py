"""WebSocket frames as bytes (RFC 6455, 5.2): those of the server whole, those of clients as far as the short way needs them."""

from collections.abc import Callable
from typing import Any

FRAMES = "shiftsync.frames"
"""The ASGI extension of a server that takes whole frames: ``write(frame) -> bool``, false where it did nothing."""
FINAL_TEXT = 0x81
MASKED = 0x80
LENGTH = 0x7F
MASK_SIZE = 4
SHORT, MEDIUM = 125, 0xFFFF
TWO_BYTES, EIGHT_BYTES = 126, 127

Unmask = Callable[[bytes, bytes], bytes]


class Frame:
    """A text for any number of sockets: ``wire`` is the frame whole, for servers that take it so; ``size`` how many bytes it has."""

    __slots__ = ("_content_at", "_message", "size", "wire")

    def __init__(self, wire: bytes, content_at: int) -> None:
        self.wire = wire
        self.size = len(wire)
        self._content_at = content_at
        self._message: dict[str, Any] | None = None

    @classmethod
    def of(cls, text: str) -> "Frame":
        """The frame that carries ``text``."""
        content = text.encode()
        header = _header(len(content))
        return cls(header + content, len(header))

    @property
    def message(self) -> dict[str, Any]:
        """The ASGI message that sends it, made when a receiver first needs it."""
        if self._message is None:
            self._message = {"type": "websocket.send", "text": self.wire[self._content_at :].decode()}
        return self._message

    @property
    def text(self) -> str:
        """What it says."""
        return str(self.message["text"])


def _header(length: int) -> bytes:
    if length <= SHORT:
        return bytes((FINAL_TEXT, length))
    if length <= MEDIUM:
        return bytes((FINAL_TEXT, TWO_BYTES)) + length.to_bytes(2, "big")
    return bytes((FINAL_TEXT, EIGHT_BYTES)) + length.to_bytes(8, "big")


def least_sizes(data: bytes, start: int) -> tuple[int, int]:
    """How many bytes header and content of the frame at ``start`` have at the least: exactly so many, once its header is all there."""
    begin = _content_at(data, start)
    return begin - start, _length(data, start) if len(data) >= begin else 0


def unmasked_text(frame: bytes, unmask: Unmask) -> str | None:
    """The text of a whole frame that is a whole message; None if it is anything else, or breaks the protocol."""
    if frame[0] != FINAL_TEXT or not frame[1] & MASKED:
        return None
    begin = _content_at(frame, 0)
    try:
        return unmask(frame[begin:], frame[begin - MASK_SIZE : begin]).decode()
    except UnicodeDecodeError:
        return None


def opcode_of(frame: bytes) -> int:
    """What kind of frame it is."""
    return frame[0] & 0x0F


def is_final(frame: bytes) -> bool:
    """Whether its message ends with it."""
    return bool(frame[0] & 0x80)


def _content_at(data: bytes, start: int) -> int:
    """Where the content of the frame at ``start`` begins; as far as can be told where less than two bytes of it are there."""
    if len(data) < start + 2:
        return start + 2
    second = data[start + 1]
    begin = start + 2 + (MASK_SIZE if second & MASKED else 0)
    return begin + {TWO_BYTES: 2, EIGHT_BYTES: 8}.get(second & LENGTH, 0)


def _length(data: bytes, start: int) -> int:
    length = data[start + 1] & LENGTH
    if length <= SHORT:
        return length
    return int.from_bytes(data[start + 2 : start + (4 if length == TWO_BYTES else 10)], "big")
