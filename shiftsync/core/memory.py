"""Giving memory back after a request that took much.

What a large body became is often held by a cycle (an error, its traceback, the request), which Python's collector looks for the less
often the more there is; and what is freed stays with the C library, a part for each thread.
"""

import ctypes
import gc
import threading
from collections.abc import Callable

PAUSE_SECONDS = 1.0

_lock = threading.Lock()
_asked = 0
_is_planned = False


def give_back_soon() -> None:
    """Runs it a moment later in the background, once for all who ask until then, and once more for who asked meanwhile: what took the
    memory may still be at work when it asks."""
    global _asked, _is_planned  # noqa: PLW0603 - memory is the process's, and so is this
    with _lock:
        _asked += 1
        if _is_planned:
            return
        _is_planned = True
        _plan(_asked)


def _plan(asked: int) -> None:
    timer = threading.Timer(PAUSE_SECONDS, _give_back, [asked])
    timer.daemon = True
    timer.start()


def _give_back(asked: int) -> None:
    global _is_planned  # noqa: PLW0603 - as above
    is_done = _collected()
    _trim()
    with _lock:
        _is_planned = not is_done or asked != _asked
        if _is_planned:
            _plan(_asked)


def _collected() -> bool:
    """Whether all was looked through. While another thread is about it, Python's collector returns at once and says nothing, and the
    other may have begun before the newest was garbage."""
    before = gc.get_stats()[-1]["collections"]
    gc.collect()
    return bool(gc.get_stats()[-1]["collections"] != before)


def _trimmer() -> Callable[[], object]:
    """Returns free memory to the system by glibc's call; other C libraries lack it and do not need it."""
    try:
        trim = ctypes.CDLL(None).malloc_trim
    except (OSError, AttributeError):
        return lambda: None
    return lambda: trim(0)


_trim = _trimmer()
