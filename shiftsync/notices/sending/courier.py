"""What tells people beside the tasks of a worker, on an event loop of its own; several workers may run."""

import asyncio
import logging
import threading
import time

from django.db import Error

from shiftsync.core.beside import End, runs_beside_tasks
from shiftsync.core.database_errors import is_transient
from shiftsync.notices.kinds import WATCHES
from shiftsync.realtime.stream.database import run_db

logger = logging.getLogger("shiftsync.notices")

POLL_SECONDS = 1.0
WATCH_SECONDS = 300.0


class Courier:
    """What :func:`send_notices` runs; tests run it as well."""

    def __init__(self) -> None:
        self._stopped = threading.Event()
        self._watched_at: float | None = None
        self._thread = threading.Thread(target=self._run, name="notices", daemon=True)

    def start(self) -> "Courier":
        """Begins, on a thread that ends with the process."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """Ends it after what is under way; returns when it has ended."""
        self._stopped.set()
        self._thread.join()

    def _run(self) -> None:
        asyncio.run(self._work())

    async def _work(self) -> None:
        while not self._stopped.is_set():
            if self._watched_at is None or time.monotonic() - self._watched_at >= WATCH_SECONDS:
                await self._watch()
            await asyncio.sleep(POLL_SECONDS)

    async def _watch(self) -> None:
        """Tells of what no change brings about. What goes wrong is tried again after a while."""
        self._watched_at = time.monotonic()
        for look in WATCHES:
            try:
                await run_db(look)
            except Error as error:
                _say(error)
            except Exception:  # the thread must not end by it
                logger.exception("notices.watch_failed")


def _say(error: Error) -> None:
    if not is_transient(error):
        logger.error("notices.database error=%r", error)


@runs_beside_tasks
def send_notices() -> End:
    """Tells people in this worker, too."""
    return Courier().start().stop
