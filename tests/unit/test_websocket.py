"""The short way of the WebSocket says and does what uvicorn's own does, whatever comes and however it is cut."""

import asyncio
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from uvicorn.config import Config
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from uvicorn.server import ServerState
from websockets.frames import CloseCode

from shiftsync.realtime.protocol.frames import FRAMES, Frame
from shiftsync.websocket import MANY_UNREAD, QuickWebSocket

LARGEST = 4096
REQUEST = (
    b"GET /staff-sync HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)
TEXT, CONTINUATION, BINARY, CLOSE, PING, PONG = 0x1, 0x0, 0x2, 0x8, 0x9, 0xA


class Transport(asyncio.Transport):
    """Keeps what is written."""

    def __init__(self) -> None:
        super().__init__()
        self.written = b""
        self.reads = True
        self.is_closed = False

    def write(self, data: Any) -> None:
        self.written += bytes(data)

    def pause_reading(self) -> None:
        self.reads = False

    def resume_reading(self) -> None:
        self.reads = True

    def is_closing(self) -> bool:
        return self.is_closed

    def close(self) -> None:
        self.is_closed = True


class Served:
    """A connection that was accepted by an application that reads when it is told to."""

    def __init__(self, kind: type[WebSocketsSansIOProtocol]) -> None:
        config = Config(
            self._application,
            interface="asgi3",
            ws_max_size=LARGEST,
            ws_per_message_deflate=False,
            log_config=None,
            lifespan="off",
        )
        config.load()
        self._is_over = asyncio.Event()
        self.transport = Transport()
        self.protocol = kind(config, ServerState(), {}, asyncio.get_running_loop())
        self.protocol.connection_made(self.transport)

    async def _application(self, scope: Any, receive: Any, send: Any) -> None:
        self.scope, self.receive, self.send = scope, receive, send
        await receive()
        await send({"type": "websocket.accept"})
        self.transport.written = b""
        await self._is_over.wait()

    async def opened(self) -> "Served":
        """Itself, once the handshake is done."""
        self.protocol.data_received(REQUEST)
        for _ in range(5):
            await asyncio.sleep(0)
        assert self.protocol.handshake_complete
        return self

    async def heard(self) -> list[dict[str, Any]]:
        """What the application is told."""
        told = []
        while not self.protocol.queue.empty():
            told.append(dict(await self.receive()))
        return told

    def end(self) -> None:
        """Ends the application."""
        self._is_over.set()


def frame(opcode: int, content: bytes, *, is_final: bool = True, mask: bytes | None = b"\x01\x02\x03\x04") -> bytes:
    """A client's frame."""
    size = len(content)
    head = bytes([opcode | (0x80 if is_final else 0)])
    masked = 0x80 if mask is not None else 0
    if size < 126:
        head += bytes([masked | size])
    else:
        head += bytes([masked | 126]) + size.to_bytes(2, "big")
    if mask is None:
        return head + content
    return head + mask + bytes(byte ^ mask[place % 4] for place, byte in enumerate(content))


contents = st.one_of(st.text(max_size=200).map(str.encode), st.binary(max_size=200), st.just(b"x" * (LARGEST + 1)))
frames = st.builds(
    frame,
    st.sampled_from([TEXT, TEXT, TEXT, TEXT, CONTINUATION, BINARY, PING, PONG, CLOSE, 0x3]),
    contents,
    is_final=st.sampled_from([True, True, True, False]),
    mask=st.sampled_from([b"\x01\x02\x03\x04", b"\0\0\0\0", b"\xff\x80\x7f\x01", None]),
)


def pieces(data: bytes, cuts: Sequence[int]) -> list[bytes]:
    """``data``, cut at those places."""
    places = sorted({0, len(data), *(cut % (len(data) + 1) for cut in cuts)})
    return [data[start:end] for start, end in pairwise(places)]


@given(st.lists(frames, min_size=1, max_size=6), st.lists(st.integers(0, 10_000), max_size=6))
@settings(max_examples=200, deadline=None)
def test_data_received__any_frames_cut_anywhere__as_uvicorn_itself_frame_by_frame(
    sent: list[bytes], cuts: list[int]
) -> None:
    async def both() -> list[Any]:
        found = []
        cut = pieces(b"".join(sent), cuts)
        for kind, come in ((QuickWebSocket, cut), (WebSocketsSansIOProtocol, sent)):
            served = await Served(kind).opened()
            for piece in come:
                if served.transport.is_closed:
                    break
                served.protocol.data_received(piece)
            found.append((await served.heard(), served.transport.written, served.transport.is_closed))
            served.end()
        return found

    quick, plain = asyncio.run(both())
    assert quick == plain


@pytest.mark.parametrize(
    "sent",
    [
        frame(TEXT, b"\xff"),
        frame(TEXT, b"{}\xe3"),
        frame(TEXT, b'"\xed\xa0\x80"'),
        frame(TEXT, b"\xe3", is_final=False) + frame(CONTINUATION, b"a"),
    ],
    ids=["no text", "cut off", "half of a pair", "in parts"],
)
async def test_data_received__text_that_is_no_utf_8__is_closed_and_no_fault_in_the_log(
    sent: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    served = await Served(QuickWebSocket).opened()
    served.protocol.data_received(sent)
    assert [each["code"] for each in await served.heard()] == [CloseCode.INVALID_DATA]
    assert served.transport.is_closed
    assert served.transport.written == b"\x88\x02" + CloseCode.INVALID_DATA.to_bytes(2, "big")
    assert caplog.records == []
    served.end()


async def test_data_received__a_byte_at_a_time__the_whole_text() -> None:
    served = await Served(QuickWebSocket).opened()
    text = "あ" * 500
    for byte in frame(TEXT, text.encode()) + frame(PING, b"?"):
        served.protocol.data_received(bytes([byte]))
    assert await served.heard() == [{"type": "websocket.receive", "text": text}]
    assert served.transport.written == b"\x8a\x01?"
    served.end()


async def test_data_received__nobody_reads__holds_the_peer_back_until_somebody_does() -> None:
    served = await Served(QuickWebSocket).opened()
    for _ in range(MANY_UNREAD):
        assert served.transport.reads
        served.protocol.data_received(frame(TEXT, b"{}"))
    assert not served.transport.reads
    assert len(await served.heard()) == MANY_UNREAD
    assert served.transport.reads
    served.end()


@pytest.mark.parametrize("size", [0, 125, 126, 65_535, 65_536])
async def test_write_frame__any_size__as_send(size: int) -> None:
    quick, plain = await Served(QuickWebSocket).opened(), await Served(WebSocketsSansIOProtocol).opened()
    told = Frame.of("x" * size)
    assert quick.scope["extensions"][FRAMES]["write"](told.wire)
    await plain.send(told.message)
    assert quick.transport.written == plain.transport.written
    quick.end()
    plain.end()


async def test_write_frame__peer_does_not_read_or_has_closed__is_left_to_send() -> None:
    served = await Served(QuickWebSocket).opened()
    write = served.scope["extensions"][FRAMES]["write"]
    served.protocol.pause_writing()
    assert not write(Frame.of("a").wire)
    served.protocol.resume_writing()
    served.protocol.data_received(frame(CLOSE, b"\x03\xe8"))
    served.transport.written = b""
    assert not write(Frame.of("a").wire)
    assert served.transport.written == b""
    served.end()


async def test_data_received__frames_before_the_handshake_is_done__none_is_lost() -> None:
    served = Served(QuickWebSocket)
    early = frame(TEXT, b"early")
    served.protocol.data_received(REQUEST)
    served.protocol.data_received(early[:3])
    for _ in range(5):
        await asyncio.sleep(0)
    served.protocol.data_received(early[3:] + frame(TEXT, b"late"))
    assert [told["text"] for told in await served.heard()] == ["early", "late"]
    served.end()
