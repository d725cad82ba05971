"""A queue for one reader: its order, its bound, and what a reader that gives up leaves behind."""

import asyncio

import pytest

from shiftsync.core.mailbox import Mailbox


async def test_get__items_are_there__in_their_order() -> None:
    mailbox: Mailbox[int] = Mailbox()
    for number in range(3):
        mailbox.put_nowait(number)
    assert [await mailbox.get() for _ in range(3)] == [0, 1, 2]
    assert mailbox.empty()


async def test_put__is_full__waits_until_one_is_taken() -> None:
    mailbox: Mailbox[int] = Mailbox(1)
    await mailbox.put(1)
    waiting = asyncio.create_task(mailbox.put(2))
    await asyncio.sleep(0)
    assert mailbox.full()
    assert not waiting.done()
    assert await mailbox.get() == 1
    await waiting
    assert await mailbox.get() == 2


async def test_get__reader_is_cancelled_as_something_comes__the_next_one_gets_it() -> None:
    mailbox: Mailbox[int] = Mailbox()
    reader = asyncio.create_task(mailbox.get())
    await asyncio.sleep(0)
    mailbox.put_nowait(7)
    reader.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reader
    assert await mailbox.get() == 7
