"""Database work of the event loop: on a bounded pool of threads of its own.

Django's thread-sensitive executor is one thread for all sockets; a slow query there would delay everybody's messages.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

from django.conf import settings
from django.db import close_old_connections, reset_queries

Params = ParamSpec("Params")
Result = TypeVar("Result")

_pool = ThreadPoolExecutor(max_workers=max(2, settings.CONFIG.database_pool // 2), thread_name_prefix="shiftsync-db")


async def run_db(
    function: Callable[Params, Result],
    *args: Params.args,
    **kwargs: Params.kwargs,
) -> Result:
    """Runs ``function`` on a database thread; connections are checked before and returned after."""
    return await run_db_in(_pool, partial(function, *args, **kwargs))


async def run_db_in(executor: Executor, function: Callable[[], Result]) -> Result:
    """The same on the threads of ``executor``."""
    return await asyncio.get_running_loop().run_in_executor(executor, partial(_with_connection, function))


def _with_connection(function: Callable[[], Result]) -> Result:
    close_old_connections()
    # With DEBUG on, a thread keeps the text of its queries until an HTTP request begins; none ever does here.
    reset_queries()
    try:
        return function()
    finally:
        close_old_connections()
