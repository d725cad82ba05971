"""A program that receives traces: a real HTTP server on a free port that takes OpenTelemetry's OTLP, as a collector does."""

import threading
from collections import defaultdict
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest


@dataclass(frozen=True)
class SpanSeen:
    """A span as it was reported, and by which process."""

    name: str
    trace: str
    id: str
    parent: str
    process: str
    start: int
    end: int
    attributes: dict[str, Any]


class Collector:
    """Takes whatever is reported to it."""

    def __init__(self) -> None:
        self._spans: list[SpanSeen] = []
        collector = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if self.path == "/v1/traces":
                    collector._spans += spans_in(body)
                self.send_response(200 if self.path == "/v1/traces" else 404)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args: object) -> None:
                """Nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def traces(self) -> dict[str, list[SpanSeen]]:
        """All spans so far, by their trace and in the order of their beginnings."""
        found: dict[str, list[SpanSeen]] = defaultdict(list)
        for span in sorted(self._spans, key=lambda each: each.start):
            found[span.trace].append(span)
        return dict(found)

    def __enter__(self) -> "Collector":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()


def spans_in(body: bytes) -> list[SpanSeen]:
    """What one report holds."""
    report: Any = ExportTraceServiceRequest.FromString(body)
    found = []
    for part in report.resource_spans:
        process = _attributes(part.resource)["service.instance.id"]
        for span in (span for scope in part.scope_spans for span in scope.spans):
            ids = (span.trace_id.hex(), span.span_id.hex(), span.parent_span_id.hex())
            times = (span.start_time_unix_nano, span.end_time_unix_nano)
            found.append(SpanSeen(span.name, *ids, process, *times, _attributes(span)))
    return found


def _attributes(of: Any) -> dict[str, Any]:
    return {each.key: getattr(each.value, each.value.WhichOneof("value")) for each in of.attributes}
