"""Starts coroutines without a task, which one that finishes at its first step does not need."""

from collections.abc import Awaitable, Generator
from functools import partial
from typing import Any


class Started:
    """A coroutine that was started and is now waiting. Awaiting it in a task runs it to its end."""

    def __init__(self, steps: Generator[Any, Any, Any], waits_for: Any) -> None:
        self._steps = steps
        self._waits_for = waits_for

    def __await__(self) -> Generator[Any, Any, None]:
        while True:
            try:
                result = yield self._waits_for
            except BaseException as error:
                go_on = partial(self._steps.throw, error)
            else:
                go_on = partial(self._steps.send, result)
            try:
                self._waits_for = go_on()
            except StopIteration:
                return


def start(work: Awaitable[Any]) -> Started | None:
    """Runs ``work`` until it first waits. Returns None if it has ended. Raises what it raises.

    For work that rarely has to wait and does not depend on the task in which it starts.
    """
    steps = work.__await__()
    try:
        return Started(steps, steps.send(None))
    except StopIteration:
        return None
