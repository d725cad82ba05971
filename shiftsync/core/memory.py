"""Giving memory back after a request that took much.

What a large body became is often held by a cycle (an error, its traceback, the request), which Python's collector looks for the less
often the more there is; and what is freed stays with the C library, a part for each thread.
"""

import ctypes
import gc
import threading
from collections.abc import Callable

PAUSE_SECONDS = 1.0

_waiting = threading.Event()


def give_back_soon() -> None:
    """Runs it a moment later in the background, once for all who ask until then."""
    if not _waiting.is_set():
        _waiting.set()
        timer = threading.Timer(PAUSE_SECONDS, _give_back)
        timer.daemon = True
        timer.start()


def _give_back() -> None:
    _waiting.clear()
    gc.collect()
    _trim()


def _trimmer() -> Callable[[], object]:
    """Returns free memory to the system by glibc's call; other C libraries lack it and do not need it."""
    try:
        trim = ctypes.CDLL(None).malloc_trim
    except (OSError, AttributeError):
        return lambda: None
    return lambda: trim(0)


_trim = _trimmer()
