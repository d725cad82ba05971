"""Waiting for a condition, never for a time."""

import asyncio
import time
from collections.abc import Callable

STEP_SECONDS = 0.02

# How long to wait for what must come. It costs nothing where it comes, so it is far beyond what a machine needs that does other
# things too; a test whose claim is that something takes no longer than that says its own limit.
PATIENCE_SECONDS = 300.0


def wait_until(holds: Callable[[], bool], seconds: float, what: str) -> float:
    """Returns as soon as ``holds`` does, and how long that took; fails after ``seconds``."""
    started = time.monotonic()
    while not holds():
        if time.monotonic() - started > seconds:
            raise AssertionError(f"waited {seconds} s for {what}")
        time.sleep(STEP_SECONDS)
    return time.monotonic() - started


async def until(holds: Callable[[], bool], seconds: float, what: str) -> float:
    """The same on an event loop."""
    started = time.monotonic()
    while not holds():
        if time.monotonic() - started > seconds:
            raise AssertionError(f"waited {seconds} s for {what}")
        await asyncio.sleep(STEP_SECONDS)
    return time.monotonic() - started
