"""The changes of one socket: edits under way in their lanes, their answers and refusals."""

import asyncio
import time
from collections.abc import Coroutine
from functools import partial
from typing import Any

from shiftsync.core.actor import Actor
from shiftsync.core.clock import iso, now
from shiftsync.core.errors import ConflictError, DomainError, Forbidden, RateLimited, Unavailable
from shiftsync.core.fence import within
from shiftsync.core.metrics import count_message
from shiftsync.core.scopes import require_scope
from shiftsync.core.tracing import enter
from shiftsync.realtime.hub.connection import TRY_AGAIN, Connection
from shiftsync.realtime.hub.delivery import Delivery
from shiftsync.realtime.hub.hub import Hub
from shiftsync.realtime.hub.room import Room
from shiftsync.realtime.protocol.envelope import Envelope, envelope
from shiftsync.realtime.protocol.wire import Protocol
from shiftsync.realtime.socket.answers import refusal_text, reply_text
from shiftsync.realtime.socket.asking import Questions, Told
from shiftsync.realtime.socket.backlog import Backlog
from shiftsync.realtime.socket.router import (
    AnyHandler,
    ChangeHandler,
    Context,
    Correction,
    LaneHandler,
    Payload,
    no_correction,
)
from shiftsync.realtime.stream.commit import remember_refusal
from shiftsync.realtime.stream.database import run_db
from shiftsync.realtime.stream.log import logged
from shiftsync.realtime.stream.requests import Outcome, Unread
from shiftsync.realtime.stream.selectors import reading
from shiftsync.realtime.stream.settling import Verdict
from shiftsync.realtime.stream.turns import refuse_who_waited_in_vain

WAITING_EDITS = 256
TRANSIENT = (Unavailable, RateLimited)


class Changes:
    """Carries out those of one connection. Edits of a lane may be under way together; :meth:`settle` waits for them."""

    def __init__(self, hub: Hub, room: Room, connection: Connection, backlog: Backlog, questions: Questions) -> None:
        self._hub = hub
        self._room = room
        self._connection = connection
        self._backlog = backlog
        self._questions = questions
        self._edits: list[asyncio.Future[Any]] = []
        self._last_edit: asyncio.Future[Verdict] | None = None

    @property
    def _actor(self) -> Actor:
        return self._connection.actor

    @property
    def _is_v1(self) -> bool:
        return self._connection.protocol is Protocol.V1

    @property
    def under_way(self) -> int:
        """How many edits have not been answered."""
        return len(self._edits)

    async def settle(self) -> None:
        """Waits for the edits in progress."""
        while self._edits:
            await asyncio.wait(tuple(self._edits))

    async def change(self, handler: ChangeHandler, context: Context, payload: Payload) -> None:
        """Carries a change out and answers it. To a version 1 client, what is committed after it is told after its answer: an echo
        is read by itself, and told later it would bring an older state back.
        """
        self._speaks_as(context.envelope)
        try:
            outcome = await self._carry_out(handler, context, payload)
            self._backlog.changed(outcome.version)
            self._acknowledge(context, outcome)
            for reply in handler.replies(context, payload, outcome):
                self._connection.send_text(reply_text(reply, self._actor, context.envelope, outcome.version))
            await self._echo(context, outcome)
        finally:
            if self._is_v1:
                self._connection.release()

    async def _carry_out(self, handler: ChangeHandler, context: Context, payload: Payload) -> Outcome:
        since = time.monotonic()
        async with self._room.database_turns:
            refuse_who_waited_in_vain(self._actor.restaurant_id, since)
            if self._is_v1:
                self._connection.hold()  # not while it waits for its turn
            return await run_db(within(self._actor.restaurant_id)(handler.run), context, payload)

    async def submit(self, handler: LaneHandler, context: Context) -> None:
        """Hands an edit to its lane; returns when the next may be."""
        while len(self._edits) >= WAITING_EDITS:
            # Unlike a plain await, this yields to other tasks even if that edit is already done.
            await asyncio.wait([self._edits[0]])
        if self._is_cut_off():
            return
        self._speaks_as(context.envelope)
        enter(context.span)  # again: it may have waited, and goes on elsewhere then
        try:
            permit(handler, self._connection)
            request = handler.make(context, handler.validated(context.envelope.payload))
        except DomainError as error:
            await self.settle()
            await self.refuse(context, handler, error)
            return
        verdict = self._hub.lanes.submit(self._actor.restaurant_id, handler.lane, request)
        self._last_edit = verdict
        self._edits.append(verdict)
        verdict.add_done_callback(partial(self._edited, handler, context))
        if context.span is not None:
            context.span.keep_until(verdict)

    def _is_cut_off(self) -> bool:
        """Whether an edit has failed: the socket is about to close, and no later edit may overtake it."""
        last = self._last_edit
        return last is not None and last.done() and isinstance(last.result(), TRANSIENT)

    def _edited(self, handler: LaneHandler, context: Context, future: asyncio.Future[Verdict]) -> None:
        """Answers an edit once its verdict is known. There is no task per edit, since most do not have to wait."""
        self._edits.remove(future)
        verdict = future.result()
        if isinstance(verdict, DomainError):
            self._tell_refusal(context, handler, verdict)
            if self._is_v1:
                self._add_edit(self._put_right_after(verdict, handler, context))
            return
        count_message(handler.type, "ok")
        self._acknowledge(context, verdict)
        if self._is_v1:
            self._add_edit(self._echo_edit(handler, context, verdict))

    def _add_edit(self, rest: Coroutine[Any, Any, None]) -> None:
        """Counts what is left to do of an edit among those under way."""
        task = asyncio.create_task(rest)
        self._edits.append(task)
        task.add_done_callback(self._edits.remove)

    def _acknowledge(self, context: Context, outcome: Outcome) -> None:
        request_id = context.envelope.request_id
        if request_id is None:
            return
        client_id = self._actor.client_id
        self._connection.send_text(
            envelope("ACK", outcome.answer(), client_id=client_id, version=outcome.version, request_id=request_id)
        )

    async def _echo(self, context: Context, outcome: Outcome) -> None:
        """A version 1 client has no ``ACK``, so it gets the broadcast back even if nothing changed: after the changes that its request
        saw, before all others, which wait meanwhile."""
        echo = await self._echo_of(context, outcome)
        if echo is not None:
            await self._room.reach(outcome.version)
            self._connection.release(outcome.version, echo=echo)

    async def _echo_edit(self, handler: LaneHandler, context: Context, outcome: Outcome) -> None:
        """The same for an edit of a lane, whose author holds nothing up: where later changes were told already, one of them may be of
        the same item, which the echo would hide."""
        if outcome.echo is not None and self._connection.position > outcome.version:
            await self._put_right(handler.correct, context, ConflictError())
            return
        echo = await self._echo_of(context, outcome)
        if echo is not None:
            self._connection.take(echo)

    async def _echo_of(self, context: Context, outcome: Outcome) -> Delivery | None:
        if outcome.echo is None or not self._is_v1:
            return None
        request = context.sender.change(None, {})
        change = logged(outcome.echo, request, self._actor.restaurant_id, outcome.version, iso(now()))
        return await self._room.echo_of(change, self._connection)

    async def refuse(self, context: Context, handler: AnyHandler, error: DomainError) -> None:
        """Tells the author, unless the request stands: a copy of it was carried out before."""
        if (
            isinstance(error, Forbidden)
            and context.envelope.request_id
            and isinstance(handler, ChangeHandler | LaneHandler)
        ):
            # The role may have changed between two copies of a request; both get the same answer.
            stands = await run_db(remember_refusal, context.sender.change(Unread(), {}), error)
            if isinstance(stands, Outcome):
                count_message(handler.type, "ok")
                self._acknowledge(context, stands)
                return
            error = stands
        self._tell_refusal(context, handler, error)
        if self._is_v1:
            await self._put_right_after(error, handler, context)

    def _tell_refusal(self, context: Context, handler: AnyHandler, error: DomainError) -> None:
        count_message(handler.type, error.code)
        self._connection.send_text(refusal_text(context, self._actor, error))
        if isinstance(error, TRANSIENT):
            self._connection.close(TRY_AGAIN)

    async def _put_right_after(self, error: DomainError, handler: AnyHandler, context: Context) -> None:
        if isinstance(handler, ChangeHandler | LaneHandler) and not isinstance(error, TRANSIENT):
            await self._put_right(handler.correct, context, error)

    async def _put_right(self, correct: Correction, context: Context, error: DomainError) -> None:
        if correct is no_correction or not isinstance(context.envelope.payload, dict):
            return

        def read() -> Told:
            with reading(self._actor.restaurant_id) as position:
                replies = correct(context, error)
            return position.version, [
                reply_text(reply, self._actor, context.envelope, position.version) for reply in replies
            ]

        async def ask() -> Told:
            async with self._room.database_turns:
                return await run_db(read)

        await self._questions.answer_in_order(ask)

    def _speaks_as(self, message: Envelope) -> None:
        """A version 1 client may give its id only in messages; changes under that id are its own."""
        if message.client_id:
            self._connection.author = (self._actor.user_id, message.client_id)


def permit(handler: AnyHandler, connection: Connection) -> None:
    """Raises a refusal where the client's token or role does not reach as far as that message."""
    require_scope(connection.actor.scopes, handler.area, writes=handler.writes)
    if not handler.admits(connection.actor.role, connection.sight.person):
        raise Forbidden
