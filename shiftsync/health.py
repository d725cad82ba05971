"""``/health`` (alive?), ``/health/ready`` (send traffic here?) and ``/metrics``."""

import asyncio
import time
from collections.abc import Awaitable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from pkgutil import iter_modules
from typing import Any, TypeVar

from django.apps import AppConfig, apps
from django.conf import settings
from django.db import close_old_connections, connection, reset_queries
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST
from redis.asyncio import Redis

from shiftsync import __version__
from shiftsync.core.clock import iso, now
from shiftsync.core.described import described
from shiftsync.core.ids import new_id
from shiftsync.core.metrics import ASKED_SECONDS, UP, open_connections
from shiftsync.core.probes import ProbeResult, ask_all
from shiftsync.core.queue import measure_queue
from shiftsync.core.surroundings import frontend_problem

ENDPOINT = "/staff-sync"
PATIENCE_SECONDS = 2.0

INSTANCE = new_id().hex
"""Tells the processes behind one address apart: another one with every start."""

R = TypeVar("R", bound=HttpResponse)


@require_safe
async def live(request: HttpRequest) -> JsonResponse:
    """200 as long as the process answers at all; the parts tell how well it does."""
    answering, layer = await asyncio.gather(database.ask(), _layer())
    probes = ask_all()
    fit = all(part.ok for part in (answering, layer, *probes.values()))
    body = {
        "status": "ok" if fit else "degraded",
        "version": __version__,
        "instance": INSTANCE,
        "clients": open_connections(),
        "endpoint": ENDPOINT,
        "timestamp": iso(now()),
        "database": answering.as_json(),
        "layer": layer.as_json(),
        "probes": {name: probe.as_json() for name, probe in probes.items()},
    }
    return _fresh(JsonResponse(body))


@require_safe
async def ready(request: HttpRequest) -> JsonResponse:
    """200, or 503 with the reasons: draining, migrating, cut off from the database or from the stream of changes, or
    without the files of the front end.

    Redis is not a reason: without it changes arrive by polling, a little later.
    """
    parts = {"database": await database.ask(), **ask_all()}
    parts["migrations"] = ProbeResult(database.is_migrated or not parts["database"].ok)
    parts["frontend"] = ProbeResult(_frontend.is_there())
    reasons = sorted(name for name, part in parts.items() if not part.ok)
    body = {"status": "unready" if reasons else "ready", "reasons": reasons}
    response = _fresh(JsonResponse(body, status=503 if reasons else 200))
    response._has_been_logged = True  # type: ignore[attr-defined]  # asked every few seconds: no error in the log each time
    return response


@require_safe
async def metrics(request: HttpRequest) -> HttpResponse:
    """This process in Prometheus' text format, with what it sees of its services."""
    await asyncio.gather(_measured("database", database.ask()), _measured("redis", _layer()))
    return _fresh(HttpResponse(described(), content_type=CONTENT_TYPE_LATEST))


async def _measured(service: str, asking: Awaitable[ProbeResult]) -> None:
    began = time.perf_counter()
    answer = await asking
    UP.labels(service=service).set(answer.ok)
    ASKED_SECONDS.labels(service=service).set(time.perf_counter() - began)


def _fresh(response: R) -> R:
    response["Cache-Control"] = "no-store"
    return response


async def _within_patience(answer: Awaitable[Any]) -> ProbeResult | None:
    """None if the answer came in time; a result that names the failure if not."""
    try:
        await asyncio.wait_for(answer, PATIENCE_SECONDS)
    except Exception as error:
        return ProbeResult(False, type(error).__name__)
    return None


async def _layer() -> ProbeResult:
    if settings.CONFIG.redis_url is None:
        return ProbeResult(True, "memory")
    failure = await _within_patience(_ping(settings.CONFIG.redis_url))
    return failure or ProbeResult(True, "redis")


async def _ping(url: str) -> None:
    async with Redis.from_url(url, socket_timeout=1, socket_connect_timeout=1) as redis:
        await redis.ping()  # type: ignore[misc]  # typed for the blocking client as well


class DatabaseWatch:
    """Queries the database on one thread of its own. While a query hangs, further callers wait for the same one."""

    def __init__(self) -> None:
        self.is_migrated = False
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="health")
        self._asking: Future[None] | None = None

    async def ask(self) -> ProbeResult:
        """Whether it answers. Afterwards ``is_migrated`` is known."""
        if self._asking is None or self._asking.done():
            self._asking = self._thread.submit(self._ask)
        failure = await _within_patience(asyncio.shield(asyncio.wrap_future(self._asking)))
        return failure or ProbeResult(True, connection.vendor)

    def _ask(self) -> None:
        close_old_connections()
        # With DEBUG on, a thread collects its queries until an HTTP request begins in it, which never happens here.
        reset_queries()
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
            # Once all migrations have been applied this stays true, so it is checked only until then.
            self.is_migrated = self.is_migrated or _all_migrations_are_applied()
            if self.is_migrated:
                measure_queue()
        finally:
            close_old_connections()


class _FrontendWatch:
    """Looks for the files until all are there; from then on they stay, since a release is never changed."""

    def __init__(self) -> None:
        self._is_there = False

    def is_there(self) -> bool:
        self._is_there = self._is_there or frontend_problem() is None
        return self._is_there


_frontend = _FrontendWatch()


def _all_migrations_are_applied() -> bool:
    """By the names of their files, if all of those are noted as applied: the executor would load each of them, and it would stay in memory."""
    applied = MigrationRecorder(connection).applied_migrations()
    if all((app.label, name) in applied for app in apps.get_app_configs() for name in _migrations_of(app)):
        return True
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _migrations_of(app: AppConfig) -> list[str]:
    return [each.name for each in iter_modules([str(Path(app.path) / "migrations")]) if each.name[0] not in "_~"]


database = DatabaseWatch()
