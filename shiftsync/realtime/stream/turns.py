"""Few at a time: how many changes of one restaurant may wait for its stream in this process.

Only one can hold the stream; a second is ready to follow it at once. Were all to wait at the database, a restaurant whose stream is held
(by a server that stands still, say) would take the connections of every other. Who waits here holds none.
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
"""When a change of a restaurant last gave up on its stream, by the monotonic clock."""


@contextmanager
def turn(restaurant_id: UUID) -> Iterator[None]:
    """The turn of one change. Raises :class:`Unavailable` when none has come within ``WAIT_SECONDS``, or when one that came before
    has waited for the stream in vain: who waits behind it would wait for that time again."""
    since = time.monotonic()
    with _guard:
        semaphore = _turns.get(restaurant_id)
        if semaphore is None:
            semaphore = _turns[restaurant_id] = threading.BoundedSemaphore(AT_A_TIME)
    if not semaphore.acquire(blocking=False):
        if not connection.in_atomic_block:
            connection.close()  # back to the pool: an HTTP request has one since it asked who is signed in
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
    """Raises :class:`Unavailable` if a change has given up on the restaurant's stream after ``since`` (``time.monotonic()``)."""
    if _in_vain.get(restaurant_id, 0.0) > since:
        raise Unavailable(retry_after=RETRY_AFTER_SECONDS)
