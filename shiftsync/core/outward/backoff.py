"""When a delivery that failed is tried again."""

FIRST_SECONDS, FACTOR, LONGEST_SECONDS = 5.0, 3.0, 3600.0
JITTER = 0.25
"""By how much of itself a pause may be longer, so that what failed together does not come back together."""


def pause_after(failures: int, chance: float, asked: float | None = None) -> float:
    """The seconds until the next attempt after that many failures in a row: 5, 15, 45 ... at most an hour, and up to a quarter longer.

    ``chance``: from 0 to 1. ``asked``: what the receiver's ``Retry-After`` said, which counts up to the same bound.
    """
    pause = min(LONGEST_SECONDS, FIRST_SECONDS * FACTOR ** min(failures - 1, 20))
    pause = max(pause, min(LONGEST_SECONDS, asked or 0.0))
    return pause * (1 + JITTER * chance)
