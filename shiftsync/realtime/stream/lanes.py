"""Group commit: requests of one kind and restaurant that arrive together are committed together.

A commit costs one fsync, and a restaurant's stream takes one commit at a time; so what arrives while one is under way
waits and goes as the next batch.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence
from uuid import UUID

from shiftsync.core.errors import DomainError, InternalError, Unavailable
from shiftsync.realtime.stream.commit import Verdict
from shiftsync.realtime.stream.database import run_db
from shiftsync.realtime.stream.requests import AnyRequest

logger = logging.getLogger(__name__)

BATCH = 256

Lane = Callable[[Sequence[AnyRequest]], list[Verdict]]
"""Carries out many requests of one restaurant in one transaction; a verdict for each."""


class LaneQueue:
    """The waiting requests of one lane and restaurant in this process, and the one writer that drains them."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane
        self._waiting: deque[tuple[AnyRequest, asyncio.Future[Verdict]]] = deque()
        self._writer: asyncio.Task[None] | None = None

    def submit(self, request: AnyRequest) -> asyncio.Future[Verdict]:
        """The verdict to come. Requests are carried out in the order submitted."""
        future: asyncio.Future[Verdict] = asyncio.get_running_loop().create_future()
        self._waiting.append((request, future))
        if self._writer is None:
            self._writer = asyncio.get_running_loop().create_task(self._drain())
        return future

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

    def _next_batch(self) -> list[tuple[AnyRequest, asyncio.Future[Verdict]]]:
        """The waiting requests, up to a repeat of one that is already in the batch: a repeat waits for its original's
        answer."""
        batch: list[tuple[AnyRequest, asyncio.Future[Verdict]]] = []
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
            return await run_db(self._lane, requests)
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
    """The lane queues of one hub."""

    def __init__(self) -> None:
        self._queues: dict[tuple[UUID, Lane], LaneQueue] = {}

    def submit(self, restaurant_id: UUID, lane: Lane, request: AnyRequest) -> asyncio.Future[Verdict]:
        """Puts ``request`` into the queue of its lane and restaurant."""
        queue = self._queues.get((restaurant_id, lane))
        if queue is None:
            queue = self._queues[(restaurant_id, lane)] = LaneQueue(lane)
        return queue.submit(request)
