"""What HTTP costs, counted before anything of Django: how many requests, with which answers, how long they take.

``/health`` and ``/metrics`` also answer whoever comes by address: a scraper, or a balancer's check, knows no host name. Their answer
depends on no host, so for them the header is replaced by a name that Django lets pass.
"""

import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from shiftsync.core.metrics import HTTP_REQUESTS, HTTP_SECONDS
from shiftsync.core.tracing import begin, enter

Application = Callable[[Any, Any, Any], Awaitable[None]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]

FOR_SCRAPERS = frozenset({"/health", "/health/ready", "/metrics"})
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
AREAS = ("/api/", "/static/", "/admin/")
UNTRACED = frozenset({"health", "static"})


def area_of(path: str) -> str:
    """Which part of the product a path belongs to; one of few, since clients choose paths."""
    if path in FOR_SCRAPERS:
        return "health"
    return next((area.strip("/") for area in AREAS if path.startswith(area)), "pages")


class MeasuredRequests:
    """Hands requests on to ``app`` and measures them."""

    def __init__(self, app: Application, host: str) -> None:
        self.app = app
        self._host = (b"host", host.encode())

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Send) -> None:
        area = area_of(scope["path"])
        if area == "health":
            others = [header for header in scope["headers"] if header[0] not in (b"host", b"x-forwarded-host")]
            scope = {**scope, "headers": [self._host, *others]}
        kind: str | None = None
        method = scope["method"] if scope["method"] in METHODS else "other"
        span = begin(f"{method} {area}", {"http.request.method": method}) if area not in UNTRACED else None
        enter(span)

        async def noting(message: Mapping[str, Any]) -> None:
            nonlocal kind
            if message["type"] == "http.response.start":
                kind = f"{message['status'] // 100}xx"
                if span is not None:
                    span.tell({"http.response.status_code": message["status"]})
            await send(message)

        began = time.perf_counter()
        try:
            await self.app(scope, receive, noting)
        except Exception:
            kind = kind or "5xx"
            raise
        finally:
            if span is not None:
                span.end()
            HTTP_REQUESTS.labels(area=area, method=method, status=kind or "none").inc()
            HTTP_SECONDS.labels(area=area).observe(time.perf_counter() - began)
