"""One read for all who wait for the same: hundreds of clients that come at once ask for one schedule."""

import asyncio
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

from shiftsync.realtime.stream.database import run_db

Result = TypeVar("Result")


class SharedReads(Generic[Result]):
    """The reads of one room. Who asks while a read of the same is under way shares the next one: it begins after they asked, so it
    holds everything that they have already seen."""

    def __init__(self, turns: asyncio.Semaphore) -> None:
        self._turns = turns
        self._next: dict[Hashable, asyncio.Task[Result]] = {}
        self._under_way: dict[Hashable, asyncio.Task[Any]] = {}

    async def get(self, key: Hashable, read: Callable[[], Result]) -> Result:
        """What ``read`` returns, or another's with an equal ``key``; run on a database thread in a turn of the restaurant's."""
        task = self._next.get(key)
        if task is None:
            task = self._next[key] = asyncio.get_running_loop().create_task(self._read(key, read))
            task.add_done_callback(_note)
        return await asyncio.shield(task)  # a waiter that is cancelled must not cancel it for the others

    async def _read(self, key: Hashable, read: Callable[[], Result]) -> Result:
        before = self._under_way.get(key)
        if before is not None:
            await asyncio.wait([before])
        async with self._turns:
            own = self._under_way[key] = self._next.pop(key)
            try:
                return await run_db(read)
            finally:
                if self._under_way.get(key) is own:
                    del self._under_way[key]


def _note(task: "asyncio.Task[Any]") -> None:
    """Retrieves an error that nobody waits for any more, or asyncio would log it as never retrieved."""
    if not task.cancelled():
        task.exception()
