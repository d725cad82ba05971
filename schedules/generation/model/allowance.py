"""Time to compute in, told by work rather than by the clock."""

import time

PATIENCE = 4
"""On the clock a computation may take so many times as long: a machine that is busy with something else makes it wait."""


class Allowance:
    """``seconds`` of the processor for the thread that makes it, so that a busy machine leaves an answer as good as it was."""

    def __init__(self, seconds: float) -> None:
        self._work = time.thread_time() + seconds
        self._clock = time.monotonic() + PATIENCE * seconds

    def left(self) -> float:
        """Seconds that are left; 0 or less when time is up."""
        return min(self._work - time.thread_time(), self._clock - time.monotonic())
