"""A hub ends when its loop does, whatever its tasks were in the middle of."""

import asyncio

from channels.layers import get_channel_layer

from shiftsync.realtime.hub.hub import Hub
from tests.support.waiting import PATIENCE_SECONDS

STEPS = 80
STEP_SECONDS = 0.0002


async def ended_after(seconds: float) -> None:
    """A hub that is cancelled while its tasks begin, as by a loop that closes."""
    others = asyncio.all_tasks()
    hub = Hub()
    await asyncio.sleep(seconds)
    tasks = asyncio.all_tasks() - others
    for task in tasks:
        task.cancel()
    _, pending = await asyncio.wait(tasks, timeout=PATIENCE_SECONDS)
    assert not pending, f"cancelled after {seconds:.4f} s: {pending}"
    await hub.close()
    layer = get_channel_layer()
    assert layer is not None
    await layer.flush()


async def test_hub__cancelled_at_any_moment_of_its_beginning__ends() -> None:
    for step in range(STEPS):
        await ended_after(step * STEP_SECONDS)
