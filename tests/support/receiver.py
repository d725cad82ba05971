"""A program that receives webhooks: a real HTTP server on a free port, which does what a test tells it."""

import base64
import hashlib
import hmac
import json
import ssl
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

from tests.support.waiting import wait_until

PATIENCE = 150.0
Handle = Callable[["Received"], int]


@dataclass(frozen=True)
class Received:
    """One request as it came. ``number`` counts from 1."""

    number: int
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def event(self) -> dict[str, Any]:
        """The body's JSON."""
        told: dict[str, Any] = json.loads(self.body)
        return told

    @property
    def id(self) -> str:
        """The event's id, the same in each attempt."""
        return self.headers["webhook-id"]

    @property
    def version(self) -> int:
        """Of the change that it is about."""
        return int(self.event["version"])

    def is_signed_with(self, secret: str) -> bool:
        """Whether one of the signatures is of that secret, computed as the specification says it."""
        key = base64.b64decode(secret.removeprefix("whsec_"))
        content = f"{self.id}.{self.headers['webhook-timestamp']}.".encode() + self.body
        expected = "v1," + base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
        return expected in self.headers["webhook-signature"].split(" ")


class Receiver:
    """Answers 204 to everything, unless ``handle`` says otherwise; it runs before the answer is sent."""

    def __init__(
        self,
        handle: Handle = lambda received: 204,
        *,
        headers: Sequence[tuple[str, str]] = (),
        answer: bytes = b"",
        security: ssl.SSLContext | None = None,
    ) -> None:
        self.handle, self.received = handle, list[Received]()
        self.leave = threading.Event()
        receiver, lock = self, threading.Lock()

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                with lock:
                    named = {name.lower(): value for name, value in self.headers.items()}
                    received = Received(len(receiver.received) + 1, self.path, named, body)
                    receiver.received.append(received)
                status = receiver.handle(received)
                if not status:
                    self.close_connection = True
                    return
                self.send_response(status)
                for name, value in headers:
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *args: object) -> None:
                """Nothing."""

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, request: Any, client_address: Any) -> None:
                """Whoever hangs up is no error here."""

        self._server = Server(("127.0.0.1", 0), Handler)
        scheme = "http"
        if security is not None:
            self._server.socket = security.wrap_socket(self._server.socket, server_side=True)
            scheme = "https"
        self.port = self._server.server_address[1]
        self.url = f"{scheme}://127.0.0.1:{self.port}/hook?of=shiftsync"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def hold(self, received: Received) -> int:
        """A ``handle`` that does not answer until the test is over."""
        self.leave.wait()
        return 0

    def wait_for(self, count: int) -> list[Received]:
        """Until so many requests have come."""
        wait_until(lambda: len(self.received) >= count, PATIENCE, f"{count} deliveries")
        return list(self.received)

    def __enter__(self) -> "Receiver":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.leave.set()
        self._server.shutdown()
        self._server.server_close()
