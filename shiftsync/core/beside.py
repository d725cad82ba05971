"""What runs in every worker beside the tasks of the queue: each app registers how its part begins."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

End = Callable[[], None]
_parts: list[Callable[[], End]] = []


def runs_beside_tasks(begin: Callable[[], End]) -> Callable[[], End]:
    """Registers ``begin``, which returns at once with what ends its part in order. A worker that is killed ends none."""
    _parts.append(begin)
    return begin


@contextmanager
def beside_the_tasks() -> Iterator[None]:
    """All parts run within this block."""
    with ExitStack() as ending:
        for begin in _parts:
            ending.callback(begin())
        yield
