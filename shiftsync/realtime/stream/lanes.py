"""Group commit: requests of one kind and restaurant that arrive together are committed together.

A commit costs one fsync, and a restaurant's stream takes one commit at a time; so what arrives while one is under way
waits and goes as the next batch.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Iterable, Sequence
from functools import partial
from uuid import UUID

from shiftsync.core.errors import DomainError, InternalError, Unavailable
from shiftsync.core.sql import is_postgresql
from shiftsync.realtime.stream.database import run_db
from shiftsync.realtime.stream.many import Lane, Together
from shiftsync.realtime.stream.requests import AnyRequest
from shiftsync.realtime.stream.settling import Verdict
from shiftsync.realtime.stream.shared import Entry, SharedLane

logger = logging.getLogger(__name__)

BATCH = 256

"""Carries out many requests of one restaurant in one transaction; a verdict for each."""


class LaneQueue:
    """The waiting requests of one lane and restaurant in this process, and the one writer that drains them."""

    def __init__(self, together: Together) -> None:
        self._together = together
        self._waiting: deque[Entry] = deque()
        self._writer: asyncio.Task[None] | None = None

    def submit(self, request: AnyRequest) -> asyncio.Future[Verdict]:
        """The verdict to come. Requests are carried out in the order submitted."""
        future: asyncio.Future[Verdict] = asyncio.get_running_loop().create_future()
        self._waiting.append((request, future))
        if self._writer is None:
            self._writer = asyncio.get_running_loop().create_task(self._drain())
        return future

    @property
    def is_busy(self) -> bool:
        """Whether anything waits or is under way."""
        return self._writer is not None

    def adopt(self, entries: Iterable[Entry]) -> None:
        """Takes requests over that somebody waits for already."""
        self._waiting.extend(entries)
        if self._writer is None and self._waiting:
            self._writer = asyncio.get_running_loop().create_task(self._drain())

    async def _drain(self) -> None:
        try:
            while self._waiting:
                batch = self._next_batch()
                verdicts = await self._carry_out([request for request, _ in batch])
                if isinstance(verdicts[-1], Unavailable):
                    # Waiting requests are refused too: a socket's later request must not be applied before an earlier
                    # one.
                    verdicts += [verdicts[-1]] * len(self._waiting)
                    batch += self._waiting
                    self._waiting.clear()
                for (_, future), verdict in zip(batch, verdicts, strict=True):
                    if not future.done():
                        future.set_result(verdict)
        finally:
            self._writer = None

    def _next_batch(self) -> list[Entry]:
        """The waiting requests, up to a repeat of one that is already in the batch: a repeat waits for its original's
        answer."""
        batch: list[Entry] = []
        seen: set[tuple[UUID | None, UUID]] = set()
        while self._waiting and len(batch) < BATCH:
            request = self._waiting[0][0]
            if request.request_id is not None:
                key = (request.actor.user_id, request.request_id)
                if key in seen:
                    break
                seen.add(key)
            batch.append(self._waiting.popleft())
        return batch

    async def _carry_out(self, requests: Sequence[AnyRequest]) -> list[Verdict]:
        try:
            return await run_db(self._together, requests)
        except DomainError as error:
            return [error for _ in requests]
        except Exception as error:
            logger.exception("lane.failed size=%s", len(requests))
            if len(requests) == 1:
                return [InternalError()]
            logger.warning("lane.one_by_one size=%s error=%s", len(requests), type(error).__name__)
        return await self._one_by_one(requests)

    async def _one_by_one(self, requests: Sequence[AnyRequest]) -> list[Verdict]:
        """Runs each in its own transaction, so that a bad one fails alone. After a fault no more are tried."""
        verdicts: list[Verdict] = []
        for request in requests:
            if verdicts and isinstance(verdicts[-1], Unavailable):
                verdicts.append(verdicts[-1])
            else:
                verdicts += await self._carry_out([request])
        return verdicts


class Lanes:
    """The lanes of one hub. On PostgreSQL requests go with those of other restaurants, as long as their own does not have to wait."""

    def __init__(self) -> None:
        self._queues: dict[tuple[UUID, Together], LaneQueue] = {}
        self._shared: dict[Together, SharedLane] = {}

    def submit(self, restaurant_id: UUID, lane: Lane, request: AnyRequest) -> asyncio.Future[Verdict]:
        """Puts ``request`` in line behind those of its lane and restaurant."""
        own = self._queues.get((restaurant_id, lane.together))
        if lane.many is None or not is_postgresql() or (own is not None and own.is_busy):
            return self._own(restaurant_id, lane.together).submit(request)
        shared = self._shared.get(lane.together)
        if shared is None:
            shared = self._shared[lane.together] = SharedLane(lane.many, partial(self._hand_over, lane.together))
        return shared.submit(request)

    async def close(self) -> None:
        """Ends all running work; for tests and for the end of the process."""
        for shared in self._shared.values():
            await shared.close()

    def _own(self, restaurant_id: UUID, together: Together) -> LaneQueue:
        queue = self._queues.get((restaurant_id, together))
        if queue is None:
            queue = self._queues[(restaurant_id, together)] = LaneQueue(together)
        return queue

    def _hand_over(self, together: Together, restaurant_id: UUID, entries: Sequence[Entry]) -> None:
        self._own(restaurant_id, together).adopt(entries)
