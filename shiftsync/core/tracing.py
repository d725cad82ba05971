"""Traces by OpenTelemetry, of what one message or request causes until the last of its news is sent. Off unless an address is named.

Where it is off, nothing of the library is loaded and nothing is recorded. What a span says is about work, never about people: types,
ids of restaurants, requests and versions, sizes, and statements without their values.
"""

import logging
import time
from asyncio import Future
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple, TypeVar
from uuid import uuid4

from django.db.backends.signals import connection_created

Result = TypeVar("Result")

TRACES_PATH = "/v1/traces"
EXPORT_SECONDS = 3.0
"""How long one report may take: at the end of the process somebody waits for the last."""
TEXT_CHARACTERS = 2000
EXPORTER = "opentelemetry.exporter.otlp.proto.http.trace_exporter"
TELL_EVERY_SECONDS = 60.0

Attributes = Mapping[str, Any]
Spot = str
"""Where in which trace something belongs, as text: the ``traceparent`` of W3C, which also travels with hints."""


class Trace(NamedTuple):
    """What a request carries: where its work belongs, and since when it waits."""

    spot: Spot
    since: int


class _Recorder(NamedTuple):
    """What of the library is used."""

    start: Callable[..., Any]
    context: Callable[[Spot], Any]
    server: Any
    internal: Any


@dataclass(slots=True)
class Span:
    """A message or request that is being served. ``is_kept_open``: its answer comes later, and ends it."""

    _inner: Any
    spot: Spot
    is_kept_open: bool = False

    def tell(self, attributes: Attributes) -> None:
        """Adds what has become known."""
        self._inner.set_attributes(_told(attributes))

    def rename(self, name: str) -> None:
        """Gives it the name by which it is found."""
        self._inner.update_name(name)

    def keep_until(self, verdict: "Future[Any]") -> None:
        """Its answer comes later, by a callback of that future; then it ends."""
        self.is_kept_open = True
        verdict.add_done_callback(lambda _: self.end())

    def end(self) -> None:
        """It has been answered."""
        self._inner.end()


class _Here(NamedTuple):
    root: Span | None
    spots: tuple[Spot, ...]


_NOWHERE = _Here(None, ())
_here: ContextVar[_Here] = ContextVar("trace", default=_NOWHERE)
_recorder: _Recorder | None = None


def start(endpoint: str, version: str, kind: str = "server") -> None:
    """From here on this process, a server or worker, reports to the OpenTelemetry collector at ``endpoint``. Which share of the requests, and how often, say
    the library's own variables (``OTEL_TRACES_SAMPLER``, ``OTEL_BSP_...``, ``OTEL_EXPORTER_OTLP_HEADERS``)."""
    global _recorder  # noqa: PLW0603 - one per process, as the log is
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415 - only here
    from opentelemetry.sdk.resources import Resource  # noqa: PLC0415 - as above
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415 - as above
    from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415 - as above
    from opentelemetry.trace import SpanKind  # noqa: PLC0415 - as above
    from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator  # noqa: PLC0415 - as above

    names = {"service.name": f"shiftsync-{kind}", "service.version": version, "service.instance.id": str(uuid4())}
    provider = TracerProvider(resource=Resource.create(names))
    exporter = OTLPSpanExporter(endpoint.rstrip("/") + TRACES_PATH, timeout=EXPORT_SECONDS)
    provider.add_span_processor(BatchSpanProcessor(exporter))
    logging.getLogger(EXPORTER).addFilter(_OnceAMinute())
    context = TraceContextTextMapPropagator().extract
    _recorder = _Recorder(
        provider.get_tracer("shiftsync", version).start_span,
        lambda spot: context({"traceparent": spot}),
        SpanKind.SERVER,
        SpanKind.INTERNAL,
    )
    connection_created.connect(_watch, dispatch_uid="tracing")


class _OnceAMinute(logging.Filter):
    """A collector that is away is a line a minute, not one for each report."""

    _told = float("-inf")

    def filter(self, record: logging.LogRecord) -> bool:
        if time.monotonic() - self._told < TELL_EVERY_SECONDS:
            return False
        self._told = time.monotonic()
        return True


# --- what is served ---


def begin(name: str, attributes: Attributes, since: int = 0, spot: Spot | None = None) -> Span | None:
    """The beginning of a trace, or of what follows from ``spot`` in its trace, at ``since`` (``time.time_ns()``; 0: now). None where
    this one is not recorded."""
    if _recorder is None:
        return None
    context = None if spot is None else _recorder.context(spot)
    about = _told(attributes)
    inner = _recorder.start(name, context=context, kind=_recorder.server, start_time=since or None, attributes=about)
    return Span(inner, _spot_of(inner)) if inner.is_recording() else None


@contextmanager
def work(name: str, attributes: Attributes, spot: Spot | None = None) -> Iterator[Span | None]:
    """Work that nobody waits for at a socket: what is done within is of a span of its own, in the trace of ``spot`` or in a new one."""
    span, before = begin(name, attributes, spot=spot), _here.get()
    enter(span)
    try:
        yield span
    finally:
        if span is not None:
            span.end()
        _here.set(before)


def note(name: str, since: int, attributes: Attributes | None = None) -> None:
    """A part of what is being done here, from ``since`` until now."""
    for spot in _here.get().spots:
        record(name, spot, since, attributes)


def moment() -> int:
    """Now, for ``since``; 0 where nothing is recorded."""
    return 0 if _recorder is None else time.time_ns()


def enter(span: Span | None) -> None:
    """What is done from here on, in this task or thread, is of that span; None: of none."""
    if _recorder is not None:
        _here.set(_NOWHERE if span is None else _Here(span, (span.spot,)))


def served() -> Span | None:
    """The message or request that is being served here, if it is recorded."""
    return _here.get().root


def current() -> Trace | None:
    """What a request that is made here carries along."""
    if _recorder is None or not (spots := _here.get().spots):
        return None
    return Trace(spots[0], time.time_ns())


def carried(function: Callable[[], Result]) -> Callable[[], Result]:
    """``function`` for another thread, where it is of the same span."""
    here = _here.get()
    return function if here is _NOWHERE else partial(_run_at, here, function)


def _run_at(here: _Here, function: Callable[[], Result]) -> Result:
    before = _here.set(here)
    try:
        return function()
    finally:
        _here.reset(before)


# --- what is done for it ---


def record(name: str, spot: Spot, since: int, attributes: Attributes | None = None) -> None:
    """Something that was done for ``spot`` from ``since`` until now."""
    if _recorder is not None:
        _start(_recorder, name, spot, since, attributes or {}).end()


class Work:
    """A transaction for several requests: a span for each of them that is recorded, since each is a trace of its own."""

    def __init__(self, inners: Sequence[Any]) -> None:
        self._inners = inners
        self.spots = tuple(_spot_of(inner) for inner in inners)

    def sql(self, since: int, statements: Sequence[str]) -> None:
        """They were sent together at ``since``, and are answered now."""
        if self.spots:
            _record_sql(self.spots, since, ";\n".join(statements), len(statements))


@contextmanager
def transaction(traces: Iterable[Trace | None], size: int) -> Iterator[Work]:
    """The transaction of ``size`` requests, for which those with these traces have been waiting; its statements are parts of it."""
    recorder = _recorder
    if recorder is None:
        yield _IDLE
        return
    known, now = [trace for trace in traces if trace is not None], time.time_ns()
    for trace in known:
        record("wait", trace.spot, trace.since)
    about = {"shiftsync.batch.size": size}
    inners = [_start(recorder, "transaction", trace.spot, now, about) for trace in known]
    work = Work(inners)
    before = _here.get()
    _here.set(_Here(before.root, work.spots))
    try:
        yield work
    finally:
        _here.set(before)
        for inner in inners:
            inner.end()


_IDLE = Work(())


def _watch(connection: Any, **ignored: Any) -> None:
    if _told_statement not in connection.execute_wrappers:
        connection.execute_wrappers.append(_told_statement)


def _told_statement(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
    spots = _here.get().spots
    if not spots:
        return execute(sql, params, many, context)
    since = time.time_ns()
    try:
        return execute(sql, params, many, context)
    finally:
        _record_sql(spots, since, str(sql), 1)


def _record_sql(spots: Sequence[Spot], since: int, text: str, count: int) -> None:
    about = {"db.query.text": text[:TEXT_CHARACTERS], "db.operation.batch.size": count}
    for spot in spots:
        record("sql", spot, since, about)


def _start(recorder: _Recorder, name: str, spot: Spot, since: int, attributes: Attributes) -> Any:
    kind, told = recorder.internal, _told(attributes)
    return recorder.start(name, context=recorder.context(spot), kind=kind, start_time=since, attributes=told)


def _spot_of(inner: Any) -> Spot:
    context = inner.get_span_context()
    return f"00-{context.trace_id:032x}-{context.span_id:016x}-{int(context.trace_flags):02x}"


def _told(attributes: Attributes) -> Attributes:
    """What can be told: numbers, truth values and text."""
    return {
        name: value if isinstance(value, int | float) else str(value)
        for name, value in attributes.items()
        if value is not None
    }
