"""How often somebody may ask: token buckets by key, of this process.

They are not shared among processes: a shared store would cost each request a round trip and would have to be there, and what they
keep off is a flood, which fills one process's bucket as well as all.
"""

import threading
import time
from math import ceil

SWEEP_SECONDS = 60.0


class Rates:
    """So many a minute for each key, all of them at once if there was a pause. Keys that have been still are forgotten."""

    def __init__(self, per_minute: int) -> None:
        self._rate, self._burst = per_minute / 60, float(per_minute)
        self._levels: dict[object, tuple[float, float]] = {}
        self._lock = threading.Lock()
        self._swept_at = time.monotonic()

    def take(self, key: object) -> float:
        """Takes one and returns 0; if none is left, takes nothing and returns how many seconds to wait."""
        moment = time.monotonic()
        with self._lock:
            if moment - self._swept_at > SWEEP_SECONDS:
                self._sweep(moment)
            level, at = self._levels.get(key, (0.0, moment))
            level = max(0.0, level - (moment - at) * self._rate)
            if level + 1 > self._burst:
                return (level + 1 - self._burst) / self._rate
            self._levels[key] = (level + 1, moment)
        return 0.0

    def standing(self, key: object) -> tuple[int, int, int]:
        """How many a minute, how many are left at this moment, and in how many seconds all of them are."""
        moment = time.monotonic()
        with self._lock:
            level, at = self._levels.get(key, (0.0, moment))
        level = max(0.0, level - (moment - at) * self._rate)
        return int(self._burst), max(0, int(self._burst - level)), ceil(level / self._rate)

    def _sweep(self, moment: float) -> None:
        self._swept_at = moment
        still = [key for key, (level, at) in self._levels.items() if level <= (moment - at) * self._rate]
        for key in still:
            del self._levels[key]
