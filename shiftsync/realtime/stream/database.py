"""Database work of the event loop: on a bounded pool of threads of its own.

Django's thread-sensitive executor is one thread for all sockets; a slow query there would delay everybody's messages.
"""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

from django.conf import settings
from django.db import close_old_connections, reset_queries

from shiftsync.core.tracing import carried

Params = ParamSpec("Params")
Result = TypeVar("Result")

THREADS = max(2, settings.CONFIG.database_pool // 2)
SHARE = max(1, THREADS // 2)
"""How many threads one restaurant's sockets may use at a time, so that it cannot hold up the others."""

_pool = ThreadPoolExecutor(max_workers=THREADS, thread_name_prefix="shiftsync-db")


async def run_db(
    function: Callable[Params, Result],
    *args: Params.args,
    **kwargs: Params.kwargs,
) -> Result:
    """Runs ``function`` on a database thread; connections are checked before and returned after."""
    return await run_db_in(_pool, partial(function, *args, **kwargs))


async def run_db_in(executor: Executor, function: Callable[[], Result]) -> Result:
    """The same on the threads of ``executor``."""
    return await asyncio.get_running_loop().run_in_executor(executor, partial(_with_connection, carried(function)))


class _Later(threading.local):
    """What this thread does after returning its connection; None on threads that never do."""

    calls: list[Callable[[], None]] | None = None


_later = _Later()


def once_done(call: Callable[[], None]) -> None:
    """Calls it when the work of this database thread is done, before its result is published; at once on every other thread.

    For waking the event loop: any earlier, the loop and the rest of this work would wait for each other.
    """
    if _later.calls is None:
        call()
    else:
        _later.calls.append(call)


def _with_connection(function: Callable[[], Result]) -> Result:
    close_old_connections()
    # With DEBUG on, a thread collects its queries until the next HTTP request begins, which never happens here.
    reset_queries()
    calls: list[Callable[[], None]] = []
    _later.calls = calls
    try:
        return function()
    finally:
        _later.calls = None
        close_old_connections()
        for call in calls:
            call()
