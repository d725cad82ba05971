"""The lanes of a server process, for those who call from threads: cell edits go the way that sockets' edits go."""

import asyncio
import threading
from collections.abc import Sequence
from types import TracebackType

from schedules.services.cells import CELL_EDITS
from shiftsync.realtime.stream.lanes import Lanes
from shiftsync.realtime.stream.requests import AnyRequest
from shiftsync.realtime.stream.settling import Verdict
from tests.support.waiting import PATIENCE_SECONDS


class LaneThread:
    """An event loop in a thread of its own, and the lanes on it."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._lanes = Lanes()

    def __enter__(self) -> "LaneThread":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._lanes.close(), self._loop).result(PATIENCE_SECONDS)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def together(self, requests: Sequence[AnyRequest]) -> list[Verdict]:
        """The verdicts on requests that arrive at the same time, of whatever restaurants."""
        return asyncio.run_coroutine_threadsafe(self._submit(requests), self._loop).result(PATIENCE_SECONDS)

    async def _submit(self, requests: Sequence[AnyRequest]) -> list[Verdict]:
        return await asyncio.gather(
            *(self._lanes.submit(request.actor.restaurant_id, CELL_EDITS, request) for request in requests)
        )
