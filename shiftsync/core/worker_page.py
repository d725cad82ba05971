"""``/health`` and ``/metrics`` of a worker, which has no web server: a small one of its own, on one thread."""

import json
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from django.db import Error, close_old_connections
from prometheus_client import CONTENT_TYPE_LATEST

from shiftsync import __version__
from shiftsync.core.beat import LATE_SECONDS, Beat
from shiftsync.core.described import described
from shiftsync.core.metrics import UP, WORKER_BEAT
from shiftsync.core.queue import measure_queue
from shiftsync.core.surroundings import redis_problem


def serve_worker_page(port: int, beat: Beat, host: str = "127.0.0.1") -> ThreadingHTTPServer:
    """Answers at that port until the process ends. Raises ``OSError`` if the port is taken."""

    class Handler(BaseHTTPRequestHandler):
        server_version, sys_version = "ShiftSync", ""
        timeout = 10

        def do_GET(self) -> None:
            if self.path == "/metrics":
                self._answer(HTTPStatus.OK, CONTENT_TYPE_LATEST, _metrics(beat))
            elif self.path in ("/health", "/health/ready"):
                is_well = beat.seconds_since < LATE_SECONDS
                body = {
                    "status": "ok" if is_well else "late",
                    "version": __version__,
                    "beat": round(beat.seconds_since, 1),
                }
                is_asked_for_fitness = self.path == "/health/ready" and not is_well
                status = HTTPStatus.SERVICE_UNAVAILABLE if is_asked_for_fitness else HTTPStatus.OK
                self._answer(status, "application/json", json.dumps(body).encode())
            else:
                self._answer(HTTPStatus.NOT_FOUND, "text/plain", b"404\n")

        def _answer(self, status: HTTPStatus, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Nothing: it is asked every few seconds."""

    server = ThreadingHTTPServer((host, port), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, name="worker-page", daemon=True).start()
    return server


def _metrics(beat: Beat) -> bytes:
    WORKER_BEAT.set(beat.at)
    try:
        measure_queue()
        UP.labels(service="database").set(1)
    except Error:
        UP.labels(service="database").set(0)
    finally:
        close_old_connections()
    UP.labels(service="redis").set(redis_problem() is None)
    return described()
