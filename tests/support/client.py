"""A client that speaks the protocol over a real socket, as existing clients do."""

import json
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from types import TracebackType
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from tests.support.waiting import PATIENCE_SECONDS

Message = dict[str, Any]

V2 = "shiftsync.v2"


class Client:
    """One connection. Messages are taken in the order in which they came; those of a ``BATCH`` one by one.

    ``received`` is all that came so far. What a wait passes over stays for the next one.
    """

    def __init__(
        self,
        server_url: str,
        *,
        token: str | None = None,
        v2: bool = False,
        headers: Sequence[tuple[str, str]] = (),
        **parameters: Any,
    ) -> None:
        query = urlencode({key: value for key, value in parameters.items() if value is not None})
        bearer = [("Authorization", f"Bearer {token}")] if token else []
        self._open = ExitStack()
        self.socket: ClientConnection = self._open.enter_context(
            connect(
                f"{server_url.replace('http', 'ws', 1)}/staff-sync?{query}",
                subprotocols=[Subprotocol(V2)] if v2 else None,
                additional_headers=[*bearer, *headers],
                max_size=64 << 20,
                open_timeout=PATIENCE_SECONDS,
                proxy=None,
            )
        )
        self.received: list[Message] = []
        self._waiting: list[Message] = []

    # --- sending ---

    def send(self, type: str, payload: Any = None, **envelope: Any) -> None:
        """Sends a message; ``envelope`` holds ``requestId``, ``clientId``."""
        self.send_text(json.dumps({"type": type, "payload": payload, **envelope}))

    def send_text(self, text: str) -> None:
        """Sends a frame as it is."""
        self.socket.send(text)

    def request(self, type: str, payload: Any = None, request_id: str | None = None) -> Message:
        """Sends a message with a ``requestId`` and returns what answers it: ``ACK``, ``ERROR``, ``CONFLICT`` or a reply."""
        request_id = request_id or str(uuid4())
        self.send(type, payload, requestId=request_id)
        return self.wait_for(lambda message: message.get("requestId") == request_id)

    def ack(self, type: str, payload: Any = None, request_id: str | None = None) -> dict[str, Any]:
        """Sends a change and returns the payload of its ``ACK``."""
        answer = self.request(type, payload, request_id)
        assert answer["type"] == "ACK", answer
        payload_of_answer: dict[str, Any] = answer["payload"]
        return payload_of_answer

    # --- receiving ---

    def next(self, timeout: float = PATIENCE_SECONDS) -> Message:
        """The next message."""
        while not self._waiting:
            self._read(timeout)
        return self._waiting.pop(0)

    def wait_for(self, accepts: Callable[[Message], bool], timeout: float = PATIENCE_SECONDS) -> Message:
        """The next message that ``accepts`` takes."""
        deadline = time.monotonic() + timeout
        passed = 0
        while True:
            for index in range(passed, len(self._waiting)):
                if accepts(self._waiting[index]):
                    return self._waiting.pop(index)
            passed = len(self._waiting)
            self._read(max(0.001, deadline - time.monotonic()))

    def _read(self, timeout: float) -> None:
        message = json.loads(self.socket.recv(timeout=timeout))
        messages = message["payload"]["messages"] if message["type"] == "BATCH" else [message]
        self.received += messages
        self._waiting += messages

    def expect(self, *types: str, timeout: float = PATIENCE_SECONDS) -> Message:
        """The next message of one of those types."""
        return self.wait_for(lambda message: message["type"] in types, timeout)

    def settled(self) -> list[Message]:
        """What waits, up to the answer to a question asked now: all changes that it contains have been told before it, an edit
        that was just acknowledged to another client among them. Presence is left out."""
        asked = str(uuid4())
        self.send("CALENDAR_SYNC_REQUEST", {}, requestId=asked)
        self.wait_for(lambda message: message.get("requestId") == asked)
        messages, self._waiting = self._waiting, []
        return [message for message in messages if message["type"] != "PRESENCE_STATE"]

    def close_code(self, timeout: float = PATIENCE_SECONDS) -> int:
        """Reads until the server closes, and returns the code."""
        deadline = time.monotonic() + timeout
        try:
            while True:
                self.next(max(0.001, deadline - time.monotonic()))
        except ConnectionClosed as closed:
            if closed.rcvd is None:
                raise
            return closed.rcvd.code

    def close(self) -> None:
        """Closes the socket in an orderly way."""
        self._open.close()

    def __enter__(self) -> "Client":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
