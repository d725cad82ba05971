"""The log of an outage in few lines: one when a service goes away, one a minute, one when it is back.

Everything that needs PostgreSQL or Redis fails while they are away, a hundred times a second, each with a line or a traceback of its
own, and not only ours: Django, channels and uvicorn log what they meet. So the lines are recognized where they are written, by the
error that they carry; they become this one story, which a thread goes on telling until the service answers again.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator

import psycopg
import redis
from django.db import InterfaceError, OperationalError

from shiftsync.core.database_errors import IDLE_IN_TRANSACTION
from shiftsync.core.surroundings import database_problem, reason_of, redis_problem

logger = logging.getLogger("shiftsync.services")

ASK_EVERY_SECONDS = 0.5
TELL_EVERY_SECONDS = 60.0
SETTLE_SECONDS = 2.0
"""What was under way when a service came back fails a moment later."""

_LOST_STATES = ("08", "57P01", "57P02", "57P03")
_LOST = (psycopg.OperationalError, psycopg.InterfaceError)
_REDIS = (redis.ConnectionError, redis.TimeoutError)
_DEPTH = 10
_POOL = "psycopg.pool"


class Outage:
    """The story of one service. ``problem`` asks it: why it cannot be used, None if it answers."""

    def __init__(self, name: str, problem: Callable[[], str | None]) -> None:
        self._name = name
        self._problem = problem
        self._lock = threading.Lock()
        self._is_told = False
        self._lines = 0

    def met(self, error: BaseException) -> None:
        """Somebody met that error. Returns at once."""
        with self._lock:
            self._lines += 1
            if self._is_told:
                return
            self._is_told = True
        threading.Thread(target=self._tell, args=(reason_of(error),), name=f"{self._name}-away", daemon=True).start()

    def _tell(self, first: str) -> None:
        since = told = time.monotonic()
        problem = self._problem()
        if problem is None:
            logger.warning("%s.connection_lost error=%s", self._name, first)
        else:
            logger.warning("%s.away %s", self._name, problem)
            while (problem := self._problem()) is not None:
                if time.monotonic() - told >= TELL_EVERY_SECONDS:
                    told = time.monotonic()
                    logger.warning("%s.still_away seconds=%d %s", self._name, told - since, problem)
                time.sleep(ASK_EVERY_SECONDS)
            logger.warning("%s.back seconds=%d", self._name, time.monotonic() - since)
        time.sleep(SETTLE_SECONDS)
        with self._lock:
            self._is_told, lines, self._lines = False, self._lines, 0
        if lines > 1:
            logger.info("%s.left_out lines=%d", self._name, lines)


database = Outage("database", database_problem)
cache = Outage("redis", redis_problem)


def heed_pool() -> None:
    """Makes this process log what the connection pool meets: it is the first to notice, and the only one where requests just wait for a connection.

    For servers and workers, which outlive an outage. The filter writes none of the pool's own lines.
    """
    logging.getLogger(_POOL).setLevel(logging.WARNING)


class OutageFilter(logging.Filter):
    """Lets a line pass unless it is about a service that does not answer."""

    def filter(self, record: logging.LogRecord) -> bool:
        for error in _errors_of(record):
            for each in _chain(error):
                outage = _outage_of(each)
                if outage is not None:
                    outage.met(each)
                    return False
        # Of the pool's records only errors count: it also logs every connection that it discards or tries to open.
        return record.name != _POOL


def _errors_of(record: logging.LogRecord) -> Iterator[BaseException]:
    if record.exc_info and record.exc_info[1] is not None:
        yield record.exc_info[1]
    if isinstance(record.args, tuple):
        yield from (each for each in record.args if isinstance(each, BaseException))


def _chain(error: BaseException) -> Iterator[BaseException]:
    each: BaseException | None = error
    for _ in range(_DEPTH):
        if each is None:
            return
        yield each
        inner = each.exceptions[0] if isinstance(each, BaseExceptionGroup) else None
        each = inner or each.__cause__ or each.__context__


def _outage_of(error: BaseException) -> Outage | None:
    if isinstance(error, _REDIS):
        return cache
    if isinstance(error, _LOST) and _is_lost(error.sqlstate):
        return database
    # Django's own, whose cause is looked at next where there is one.
    if isinstance(error, OperationalError | InterfaceError) and error.__cause__ is None and "closed" in str(error):
        return database
    return None


def _is_lost(sqlstate: str | None) -> bool:
    """Without a code the connection broke, or none was to be had; others are about a statement."""
    return sqlstate is None or (sqlstate.startswith(_LOST_STATES) and sqlstate != IDLE_IN_TRANSACTION)
