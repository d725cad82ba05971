"""Reads that many wait for: how often they are done, and who gets which."""

import asyncio
from collections.abc import Callable
from itertools import count
from threading import Event

import pytest

from shiftsync.core.errors import NotFound
from shiftsync.realtime.hub.shared_reads import SharedReads
from tests.support.waiting import PATIENCE_SECONDS, until

# The threads on which reads run look after their database connections.
pytestmark = pytest.mark.django_db(transaction=True)


class Source:
    """What is read: each read has the next number, and waits until it may end."""

    def __init__(self) -> None:
        self.let_go = Event()
        self.begun = 0
        self._numbers = count(1)

    def read(self) -> int:
        self.begun += 1
        number = next(self._numbers)
        self.let_go.wait(PATIENCE_SECONDS)
        return number


def reads() -> SharedReads[int]:
    return SharedReads(asyncio.Semaphore(2))


async def begun(source: Source, number: int) -> None:
    await until(lambda: source.begun == number, PATIENCE_SECONDS, f"read {number} to begin")


async def test_get__many_while_one_is_read__share_the_next(db_with_commits: None) -> None:
    shared, source = reads(), Source()
    first = asyncio.create_task(shared.get("schedule", source.read))
    await begun(source, 1)
    later = [asyncio.create_task(shared.get("schedule", source.read)) for _ in range(10)]
    await asyncio.sleep(0)
    assert source.begun == 1
    source.let_go.set()
    assert await first == 1
    assert await asyncio.gather(*later) == [2] * 10
    assert await shared.get("schedule", source.read) == 3


async def test_get__something_else__does_not_wait(db_with_commits: None) -> None:
    shared, source, other = reads(), Source(), Source()
    other.let_go.set()
    first = asyncio.create_task(shared.get("schedule", source.read))
    await begun(source, 1)
    assert await shared.get("another", other.read) == 1
    source.let_go.set()
    assert await first == 1


async def test_get__one_leaves__the_others_still_get_it(db_with_commits: None) -> None:
    shared, source = reads(), Source()
    leaving, staying = (asyncio.create_task(shared.get("schedule", source.read)) for _ in range(2))
    await begun(source, 1)
    leaving.cancel()
    source.let_go.set()
    assert await staying == 1
    assert leaving.cancelled() or leaving.cancelling()


async def test_get__it_fails__all_who_wait_are_told_and_the_next_is_read_anew(db_with_commits: None) -> None:
    shared, source = reads(), Source()

    def refuse() -> int:
        source.read()
        raise NotFound("No such schedule.")

    waiting = [asyncio.create_task(shared.get("schedule", refuse)) for _ in range(3)]
    source.let_go.set()
    told = await asyncio.gather(*waiting, return_exceptions=True)
    assert [type(each) for each in told] == [NotFound] * 3
    reading: Callable[[], int] = source.read
    assert await shared.get("schedule", reading) == 2
