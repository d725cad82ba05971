"""Coroutines that are started at once and carried on by a task where they wait."""

import asyncio

import pytest

from shiftsync.realtime.hub.eager import start


async def test_start__never_waits__has_ended() -> None:
    said = []

    async def work() -> None:
        said.append("done")

    assert start(work()) is None
    assert said == ["done"]


async def test_start__waits_several_times__goes_on_when_awaited() -> None:
    said: list[str] = []
    gate = asyncio.Event()

    async def work() -> None:
        said.append("begun")
        await gate.wait()
        await asyncio.sleep(0)
        said.append("ended")

    started = start(work())
    assert started is not None
    assert said == ["begun"]
    gate.set()
    await started
    assert said == ["begun", "ended"]


async def test_start__raises_at_once__raised_here() -> None:
    async def work() -> None:
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        start(work())


async def test_start__raises_later__raised_where_awaited() -> None:
    async def work() -> None:
        await asyncio.sleep(0)
        raise OSError("gone")

    started = start(work())
    assert started is not None
    with pytest.raises(OSError, match="gone"):
        await started


async def test_start__cancelled_while_it_waits__hears_of_it() -> None:
    heard = []
    begun = asyncio.Event()

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            heard.append("cancelled")
            raise

    async def carry_on() -> None:
        started = start(work())
        assert started is not None
        begun.set()
        await started

    task = asyncio.create_task(carry_on())
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert heard == ["cancelled"]
