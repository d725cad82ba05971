"""The lane of a process over all its restaurants: what arrives while a transaction is under way goes with the next one.

A chain of small restaurants is what people run: were each to commit for itself, every edit would pay a whole commit.
"""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable, Sequence
from uuid import UUID

import psycopg
from django.db import InterfaceError, OperationalError

from shiftsync.core.errors import InternalError, Unavailable
from shiftsync.core.metrics import count_commit
from shiftsync.core.tracing import moment, transaction
from shiftsync.realtime.stream.announce import announce
from shiftsync.realtime.stream.commit import RETRY_AFTER_SECONDS
from shiftsync.realtime.stream.database import run_db
from shiftsync.realtime.stream.many import Decision, ManyRestaurants, compile_questions, decide, questions
from shiftsync.realtime.stream.pipeline import Lost, Pipeline
from shiftsync.realtime.stream.requests import AnyRequest
from shiftsync.realtime.stream.settling import Pending, Verdict, pending

logger = logging.getLogger(__name__)

BATCH = 64
"""How many requests are judged together. They are judged on the event loop, which blocks incoming frames for that time."""
LEFT_OUT_AT_MOST = 3
PAUSE_SECONDS = 0.004
"""How long somebody else's transaction is given when nothing else is to be done."""
PATIENCE_SECONDS = 5.0
FIRST_PAUSE_SECONDS = 0.02
LONGEST_PAUSE_SECONDS = 0.5

GONE = (Lost, OperationalError, InterfaceError)

Entry = tuple[AnyRequest, "asyncio.Future[Verdict]"]
HandOver = Callable[[UUID, Sequence[Entry]], None]


class SharedLane:
    """Requests of one kind and all restaurants. ``hand_over`` takes those of a restaurant that must wait for themselves: its stream
    is held elsewhere, or one of them makes the database fail."""

    def __init__(self, many: ManyRestaurants, hand_over: HandOver) -> None:
        self._many = many
        self._hand_over = hand_over
        self._pipeline = Pipeline()
        self._waiting: dict[UUID, deque[Entry]] = {}
        self._left_out: dict[UUID, int] = {}
        self._writer: asyncio.Task[None] | None = None
        self._is_compiled = False

    def submit(self, request: AnyRequest) -> "asyncio.Future[Verdict]":
        """The verdict to come. Requests of one restaurant are carried out in the order submitted."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Verdict] = loop.create_future()
        self._waiting.setdefault(request.actor.restaurant_id, deque()).append((request, future))
        if self._writer is None:
            self._writer = loop.create_task(self._drain())
        return future

    async def close(self) -> None:
        """Ends the writer and the connection."""
        if self._writer is not None:
            self._writer.cancel()
            await asyncio.gather(self._writer, return_exceptions=True)
        await self._pipeline.close()

    async def _drain(self) -> None:
        try:
            while self._waiting:
                # The loop reads what has arrived meanwhile: it goes with this batch, not with the next. A batch costs about as much as eight
                # edits, however many it has.
                await asyncio.sleep(0)
                batch = self._next_batch()
                try:
                    await self._carry_out(batch)
                except Exception:
                    logger.exception("lane.failed size=%s", len(batch))
                    _answer(batch, [InternalError()] * len(batch))
        finally:
            self._writer = None

    def _next_batch(self) -> list[Entry]:
        """One of each restaurant in turn, until the batch is full; those who got less than they wait for are first next time.

        A repeat of a request that is in the batch waits for its answer, and its restaurant's others behind it.
        """
        batch: list[Entry] = []
        seen: set[tuple[UUID, UUID | None, UUID]] = set()
        turn = list(self._waiting)
        while turn and len(batch) < BATCH:
            again = []
            for restaurant_id in turn[: BATCH - len(batch)]:
                waiting = self._waiting[restaurant_id]
                request = waiting[0][0]
                key = request.request_id and (restaurant_id, request.actor.user_id, request.request_id)
                if key in seen:
                    continue
                if key:
                    seen.add(key)
                batch.append(waiting.popleft())
                if waiting:
                    again.append(restaurant_id)
            turn = again
        for restaurant_id in {request.actor.restaurant_id for request, _ in batch}:
            waiting = self._waiting.pop(restaurant_id)
            if waiting:
                self._waiting[restaurant_id] = waiting
        return batch

    async def _carry_out(self, batch: Sequence[Entry]) -> None:
        entries = pending([request for request, _ in batch])
        began = time.perf_counter()
        try:
            decision = await self._decided(entries)
        except GONE:
            self._refuse_all(batch)
            return
        except psycopg.Error as error:
            logger.warning("lane.by_restaurant size=%s error=%r", len(batch), error)
            await self._pipeline.give_up()
            self._part(batch)
            return
        seconds = time.perf_counter() - began
        # First those who listen, so that the loop sends the news in one go with the answers.
        for restaurant_id, changes in decision.changes.items():
            announce(restaurant_id, changes)
        left_out = [entry for entry, verdict in zip(batch, decision.verdicts, strict=True) if verdict is None]
        if len(left_out) < len(batch):
            count_commit(len(batch) - len(left_out), seconds)
        _answer(batch, decision.verdicts)
        await self._put_back(left_out, is_all=len(left_out) == len(batch))

    async def _decided(self, entries: Sequence[Pending]) -> Decision:
        """Carries the batch out, again where the connection was lost: remembered answers make that safe even if it had committed."""
        loop = asyncio.get_running_loop()
        until, pause = loop.time() + PATIENCE_SECONDS, FIRST_PAUSE_SECONDS
        while True:
            try:
                return await self._attempt(entries)
            except GONE:
                if loop.time() > until:
                    raise
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)

    async def _attempt(self, entries: Sequence[Pending]) -> Decision:
        if not self._is_compiled:
            await run_db(compile_questions, self._many)
            self._is_compiled = True
        restaurants = {request.actor.restaurant_id for request, _, _ in entries}
        asked = questions(self._many, entries)
        with transaction((request.trace for request, _, _ in entries), len(entries)) as work:
            began = moment()
            answers = await self._pipeline.begin(asked, restaurants)
            work.sql(began, [each.sql for each in asked])
            decision = decide(self._many, entries, answers)
            began = moment()
            await self._pipeline.commit(decision.statements)
            work.sql(began, [sql for sql, _ in decision.statements])
        return decision

    async def _put_back(self, entries: Sequence[Entry], *, is_all: bool) -> None:
        """Those whose stream somebody held go with the next batch; after some times they wait for it, by themselves."""
        restaurants = dict.fromkeys(request.actor.restaurant_id for request, _ in entries)
        self._left_out = {each: self._left_out.get(each, 0) + 1 for each in restaurants}
        for entry in reversed(entries):
            self._waiting.setdefault(entry[0].actor.restaurant_id, deque()).appendleft(entry)
        for restaurant_id in restaurants:
            if self._left_out[restaurant_id] >= LEFT_OUT_AT_MOST:
                del self._left_out[restaurant_id]
                self._hand_over(restaurant_id, self._waiting.pop(restaurant_id))
        if is_all and self._waiting:
            await asyncio.sleep(PAUSE_SECONDS)

    def _part(self, batch: Sequence[Entry]) -> None:
        """Each restaurant's requests by themselves, with those that wait behind them."""
        parts: dict[UUID, list[Entry]] = {}
        for entry in batch:
            parts.setdefault(entry[0].actor.restaurant_id, []).append(entry)
        for restaurant_id, entries in parts.items():
            self._hand_over(restaurant_id, [*entries, *self._waiting.pop(restaurant_id, ())])

    def _refuse_all(self, batch: Sequence[Entry]) -> None:
        """What waits is refused too: nothing that a socket sent later may be applied before what it sent earlier."""
        refused = [*batch, *(entry for waiting in self._waiting.values() for entry in waiting)]
        self._waiting.clear()
        _answer(refused, [Unavailable(retry_after=RETRY_AFTER_SECONDS)] * len(refused))


def _answer(batch: Sequence[Entry], verdicts: Sequence[Verdict | None]) -> None:
    for (_, future), verdict in zip(batch, verdicts, strict=True):
        if verdict is not None and not future.done():
            future.set_result(verdict)
