"""Ends the processes of ``make run`` when the supervisor is gone, however it went: ``python -m shiftsync.guard``.

A process that is killed ends nothing itself, and Linux alone can be asked to pass a parent's death on. But the pipe to this process closes
with its writer on every system. The supervisor writes a line for each process group that it starts.
"""

import os
import signal
import sys
import time
from collections.abc import Iterable

PATIENCE_SECONDS = 15.0
LOOK_SECONDS = 0.1


def main() -> None:
    """Reads process groups from standard input until it closes, then ends them."""
    for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    end_groups([int(line) for line in sys.stdin])


def end_groups(groups: Iterable[int]) -> None:
    """Asks those process groups to end, and ends by force what has not after a while."""
    left = [group for group in groups if send(group, signal.SIGTERM)]
    deadline = time.monotonic() + PATIENCE_SECONDS
    while left and time.monotonic() < deadline:
        time.sleep(LOOK_SECONDS)
        left = [group for group in left if send(group, 0)]
    for group in left:
        send(group, signal.SIGKILL)


def send(group: int, number: int) -> bool:
    """Sends a signal; whether there was anybody to get it."""
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):  # macOS says the latter of a group that has only ended processes
        return False
    return True


if __name__ == "__main__":
    main()
