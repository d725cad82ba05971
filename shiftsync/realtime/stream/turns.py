"""Limits how many changes of one restaurant may wait for its stream in this process.

Only one can hold the stream, and a second can follow at once. If all waited in the database, a restaurant whose stream
is held (by a frozen server, say) would take every connection. Waiting here takes none.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID
from weakref import WeakValueDictionary

from django.db import connection

from shiftsync.core.database_errors import has_waited
from shiftsync.core.errors import Unavailable

AT_A_TIME = 2
WAIT_SECONDS = 5.0
RETRY_AFTER_SECONDS = 2.0

_turns: WeakValueDictionary[UUID, threading.BoundedSemaphore] = WeakValueDictionary()
_guard = threading.Lock()
_in_vain: dict[UUID, float] = {}
"""When a change last timed out waiting for the restaurant's stream, on the monotonic clock."""


@contextmanager
def turn(restaurant_id: UUID) -> Iterator[None]:
    """The turn of one change. Raises :class:`Unavailable` after ``WAIT_SECONDS``, or when an earlier change has timed
    out on the stream: those behind it would only time out as well."""
    since = time.monotonic()
    with _guard:
        semaphore = _turns.get(restaurant_id)
        if semaphore is None:
            semaphore = _turns[restaurant_id] = threading.BoundedSemaphore(AT_A_TIME)
    if not semaphore.acquire(blocking=False):
        if not connection.in_atomic_block:
            connection.close()  # back to the pool: an HTTP request has held one since authentication
        if not semaphore.acquire(timeout=WAIT_SECONDS):
            raise Unavailable(retry_after=RETRY_AFTER_SECONDS)
    try:
        refuse_who_waited_in_vain(restaurant_id, since)
        yield
    except Unavailable as error:
        if error.__cause__ is not None and has_waited(error.__cause__):
            _in_vain[restaurant_id] = time.monotonic()
        raise
    finally:
        semaphore.release()


def refuse_who_waited_in_vain(restaurant_id: UUID, since: float) -> None:
    """Raises :class:`Unavailable` if a change has timed out on the restaurant's stream since ``since``
    (``time.monotonic()``)."""
    if _in_vain.get(restaurant_id, 0.0) > since:
        raise Unavailable(retry_after=RETRY_AFTER_SECONDS)
