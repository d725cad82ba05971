"""Lines about a service that does not answer become one story."""

import logging
import threading
from collections.abc import Iterator

import psycopg
import pytest
import redis
from django.db import OperationalError

from shiftsync.core import outages
from shiftsync.core.outages import Outage, OutageFilter

LOST = psycopg.OperationalError("connection failed: refused\n\tIs the server running?")
LOCKED = psycopg.errors.LockNotAvailable("canceling statement due to lock timeout")


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> Iterator[list[str]]:
    monkeypatch.setattr(outages, "ASK_EVERY_SECONDS", 0.001)
    monkeypatch.setattr(outages, "SETTLE_SECONDS", 0.0)
    caplog.set_level("INFO", "shiftsync.services")
    told: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: told.append(record.getMessage())  # type: ignore[method-assign]  # the least handler
    outages.logger.addHandler(handler)
    yield told
    outages.logger.removeHandler(handler)


def ended() -> None:
    for thread in threading.enumerate():
        if thread.name.endswith("-away"):
            thread.join(10)


def test_outage__met_many_times__one_line_when_it_goes_and_one_when_it_is_back(lines: list[str]) -> None:
    answers = threading.Event()
    outage = Outage("database", lambda: None if answers.is_set() else "postgresql://h:5432/x: refused")
    for _ in range(500):
        outage.met(LOST)
    answers.set()
    ended()
    assert [line.split()[0] for line in lines] in (
        ["database.away", "database.back", "database.left_out"],
        ["database.connection_lost", "database.left_out"],
    )
    assert lines[-1] == "database.left_out lines=500"


def test_outage__lasts__a_line_a_minute(lines: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outages, "TELL_EVERY_SECONDS", 0.0)
    told = iter(["away", "still", "still", None])
    outage = Outage("redis", lambda: next(told))
    outage.met(redis.ConnectionError("gone"))
    ended()
    assert [line.split()[0] for line in lines] == ["redis.away", "redis.still_away", "redis.still_away", "redis.back"]


def test_outage__service_answers__tells_the_reason_once(lines: list[str]) -> None:
    outage = Outage("database", lambda: None)
    outage.met(LOST)
    ended()
    assert lines == ["database.connection_lost error=connection failed: refused Is the server running?"]
    outage.met(LOST)
    ended()
    assert len(lines) == 2


def django_error(cause: Exception) -> OperationalError:
    error = OperationalError(str(cause))
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "service"),
    [
        (LOST, "database"),
        (django_error(LOST), "database"),
        (ExceptionGroup("many", [django_error(LOST)]), "database"),
        (psycopg.errors.AdminShutdown("terminating connection"), "database"),
        (redis.ConnectionError("refused"), "redis"),
        (redis.TimeoutError("late"), "redis"),
        (LOCKED, None),
        (django_error(LOCKED), None),
        (psycopg.errors.IdleInTransactionSessionTimeout("idle"), None),
        (OperationalError("database is locked"), None),
        (ValueError("x"), None),
    ],
)
@pytest.mark.parametrize("is_argument", [True, False])
def test_filter__line_that_carries_an_error__passes_unless_a_service_is_away(
    error: Exception, service: str | None, is_argument: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    met: list[str] = []
    for name in ("database", "cache"):
        outage = Outage({"cache": "redis"}.get(name, name), lambda: None)
        monkeypatch.setattr(outage, "met", lambda _, told=outage._name: met.append(told))
        monkeypatch.setattr(outages, name, outage)
    arguments, info = ((error,), None) if is_argument else ((1,), (type(error), error, None))
    record = logging.LogRecord("django.request", logging.ERROR, __file__, 1, "failed %r", arguments, info)
    assert OutageFilter().filter(record) is (service is None)
    assert met == ([] if service is None else [service])
