"""The line at the start of a process."""

import logging
import threading

from shiftsync import __version__
from shiftsync.core.outages import heed_pool
from shiftsync.core.surroundings import database_place, database_problem, frontend_problem, redis_place, redis_problem

logger = logging.getLogger("shiftsync")


def say_started(kind: str) -> None:
    """Tells which version this is and what it is connected to, then a line for each that does not answer. Nobody waits for it.

    From here on the process logs outages as well.
    """
    heed_pool()
    threading.Thread(target=_say, args=(kind,), name="started", daemon=True).start()


def _say(kind: str) -> None:
    logger.info("%s.started version=%s database=%s redis=%s", kind, __version__, database_place(), redis_place())
    problems = {"database": database_problem(), "redis": redis_problem()}
    if kind == "server":
        problems["frontend"] = frontend_problem()
    for name, problem in problems.items():
        if problem is not None:
            logger.error("%s.wrong %s", name, problem)
