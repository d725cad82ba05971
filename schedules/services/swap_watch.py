"""Beside the tasks of every worker: once a minute what swaps have come to nothing by itself ends, and those concerned are told."""

import logging
import threading

from django.db import Error, connection

from schedules.models import PENDING_SWAP, Swap
from schedules.services.swap_endings import swaps_end
from shiftsync.core.beside import End, runs_beside_tasks
from shiftsync.core.database_errors import is_transient
from shiftsync.core.errors import DomainError
from shiftsync.core.fence import everywhere

logger = logging.getLogger("shiftsync.swaps")

EVERY_SECONDS = 60.0


def end_all() -> None:
    """Ends what has come to nothing in all restaurants; one of them that fails keeps no other from it."""
    with everywhere():
        waiting = Swap.objects.filter(state__in=PENDING_SWAP).order_by().values_list("restaurant_id", flat=True)
        restaurant_ids = sorted(set(waiting))
    for restaurant_id in restaurant_ids:
        try:
            swaps_end(restaurant_id)
        except DomainError as error:
            logger.warning("swaps.end restaurant=%s error=%s", restaurant_id, error.message)


@runs_beside_tasks
def watch_swaps() -> End:
    """Begins, on a thread that ends with the process."""
    over = threading.Event()

    def watch() -> None:
        while not over.wait(EVERY_SECONDS):
            try:
                end_all()
            except Error as error:
                if not is_transient(error):
                    logger.exception("swaps.watch")
            finally:
                connection.close()

    thread = threading.Thread(target=watch, name="swaps", daemon=True)
    thread.start()

    def end() -> None:
        over.set()
        thread.join()

    return end
