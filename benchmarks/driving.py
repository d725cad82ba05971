"""Running asynchronous measures, what a run of them shows, and waiting until a server rests."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from statistics import quantiles
from typing import Any, TypeVar

import uvloop

from benchmarks.processes import Served

Result = TypeVar("Result")

REST_SECONDS = 0.25
REST_SHARE = 0.1


@dataclass(slots=True)
class Run:
    """What one run showed: edits a second, milliseconds from sending to the last receiver, server CPU for one edit."""

    edits_per_second: float
    latencies: list[float]
    cpu_microseconds: float

    def percentile(self, percent: int) -> float:
        """Of the latencies."""
        return quantiles(self.latencies, n=100)[percent - 1]


def run(work: Coroutine[Any, Any, Result]) -> Result:
    """What ``work`` returns, on a loop whose own cost is small."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(work)


async def settle(server: Served) -> None:
    """Returns when the server has been all but idle for a moment."""
    while True:
        used = server.cpu_seconds
        await asyncio.sleep(REST_SECONDS)
        if server.cpu_seconds - used < REST_SHARE * REST_SECONDS:
            return
