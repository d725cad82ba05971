"""uvicorn's WebSocket, with a short way for what a server of many sockets does all day: short texts in, prepared frames out.

Everything else (handshake, control frames, messages in parts, errors, closing) is left to uvicorn and websockets, which see only whole
frames of it. Both go through a dozen Python calls for each frame, and tell the loop to stop and start reading for each message.
"""

from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import CloseCode, apply_mask  # type: ignore[attr-defined]  # the one in C where there is one
from websockets.http11 import Request
from websockets.protocol import State

from shiftsync.core.mailbox import Mailbox
from shiftsync.realtime.protocol.frames import FRAMES, is_final, least_sizes, opcode_of, unmasked_text

MANY_UNREAD = 16
LARGE_TEXT = 16 << 10
CONTROL_FROM = 0x8
ABNORMAL = 1006


class QuickWebSocket(WebSocketsSansIOProtocol):
    """The protocol of one connection, for uvicorn's ``--ws``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.queue: Any = Mailbox()
        self._is_asked = False
        self._is_split_here = True
        self._is_in_parts = False
        self._partial = bytearray()
        self._wanted = 0

    def connection_lost(self, exc: Exception | None) -> None:
        """As uvicorn's, which calls every end after the handshake one without a code (1005): where no close frame came, it is 1006."""
        if self.conn.state is State.OPEN and not self.close_sent:
            self.queue.put_nowait({"type": "websocket.disconnect", "code": ABNORMAL})
        super().connection_lost(exc)

    # --- out ---

    def handle_connect(self, event: Request) -> None:
        """Offers :meth:`write_frame` to the application."""
        super().handle_connect(event)
        if hasattr(self, "scope"):
            self.scope["extensions"][FRAMES] = {"write": self.write_frame}

    async def send(self, message: Any) -> None:
        """Sends, and after the handshake lets go of what it was about: a tenth of what a silent socket holds."""
        await super().send(message)
        if message["type"] == "websocket.accept":
            del self.request, self.response

    def write_frame(self, frame: bytes) -> bool:
        """Sends a whole frame at once. False: nothing was done, and ``send`` must decide (it waits, or says that the peer is gone)."""
        is_open = self.conn.state is State.OPEN and not self.transport.is_closing()
        if not is_open or not self.writable.is_set() or self.conn.extensions:
            return False
        self.transport.write(frame)
        return True

    # --- in ---

    def data_received(self, data: bytes) -> None:
        """Takes what came, frame by frame while the connection is open."""
        if self.conn.state is State.OPEN and self._is_split_here and not self.conn.extensions:
            self._take(data)
            return
        if self.conn.state is State.CONNECTING:
            # Frames before the handshake is done are in the parser already, perhaps by half.
            self._is_split_here = not self._is_asked
            self._is_asked = True
        self._hand_on(data)

    def send_receive_event_to_app(self) -> None:
        """As uvicorn's, which takes text that is no UTF-8 for a fault of its own, a traceback in the log. Anybody may send that: it is closed
        with 1007, and no more is said of it than of any other frame that breaks the rules."""
        if self.curr_msg_data_type == "text" and not self.close_sent and not _is_text(b"".join(self.frames)):
            self.frames = []
            self.conn.send_close(CloseCode.INVALID_DATA)
            self.handle_parser_exception()
            return
        super().send_receive_event_to_app()

    def _take(self, data: bytes) -> None:
        if self._partial:
            self._partial += data
            if len(self._partial) < self._wanted:
                return
            data = bytes(self._partial)
            self._partial.clear()
        start = 0
        while start < len(data) and not self.transport.is_closing():
            header, content = least_sizes(data, start)
            size = header + content
            if content > self.config.ws_max_size or self.conn.state is not State.OPEN:
                self._is_split_here = False
                self._hand_on(data[start:])
                return
            if len(data) - start < size:
                self._partial += data[start:]
                self._wanted = size
                return
            self._take_frame(data[start : start + size])
            start += size

    def _take_frame(self, frame: bytes) -> None:
        text = None if self._is_in_parts else unmasked_text(frame, apply_mask)
        if text is not None:
            self._deliver(text)
            return
        if opcode_of(frame) < CONTROL_FROM:
            self._is_in_parts = not is_final(frame)
        super().data_received(frame)

    def _deliver(self, text: str) -> None:
        """Hands a message to the application; the peer is held back where many of them wait, or a large one."""
        if self.close_sent:
            return
        self.queue.put_nowait({"type": "websocket.receive", "text": text})
        if not self.read_paused and (len(text) > LARGE_TEXT or self.queue.qsize() >= MANY_UNREAD):
            self.read_paused = True
            self.transport.pause_reading()

    def _hand_on(self, data: bytes) -> None:
        held = bytes(self._partial)
        self._partial.clear()
        super().data_received(held + data)
        if self.conn.handshake_exc is not None and not self.handshake_complete:
            self._refuse_opening()

    def _refuse_opening(self) -> None:
        """Answers an opening request that websockets could not read (a line over 8 KiB, more than 128 headers), and hangs up. uvicorn is told
        of no request then: it would leave the answer unsent and the connection open."""
        self.handshake_complete = self.close_sent = True
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.transport.close()


def _is_text(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
