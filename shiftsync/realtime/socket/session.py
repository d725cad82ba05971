"""One socket's session: its requests, one after the other, and their answers."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from shiftsync.core.actor import Actor
from shiftsync.core.clock import iso, now
from shiftsync.core.database_errors import TRANSIENT_KINDS, is_transient
from shiftsync.core.encoding import encode
from shiftsync.core.errors import (
    ConflictError,
    DomainError,
    Forbidden,
    InternalError,
    RateLimited,
    Unavailable,
    UnknownType,
)
from shiftsync.core.fence import within
from shiftsync.core.mailbox import Mailbox
from shiftsync.core.metrics import count_message
from shiftsync.core.scopes import require_scope
from shiftsync.core.tracing import Span, begin, enter, moment
from shiftsync.core.whence import serve_message
from shiftsync.realtime.hub.connection import TRY_AGAIN, Connection
from shiftsync.realtime.hub.eager import Started, start
from shiftsync.realtime.hub.hub import Hub
from shiftsync.realtime.hub.room import Room
from shiftsync.realtime.protocol.envelope import Envelope, envelope, error_envelope, parse, request_id_from
from shiftsync.realtime.protocol.frames import Frame
from shiftsync.realtime.protocol.wire import Protocol
from shiftsync.realtime.socket.answers import refusal_text, reply_text
from shiftsync.realtime.socket.backlog import Backlog
from shiftsync.realtime.socket.limits import Limiter
from shiftsync.realtime.socket.router import (
    AnyHandler,
    ChangeHandler,
    ConnectionHandler,
    Context,
    Correction,
    LaneHandler,
    Payload,
    QueryHandler,
    Reply,
    handler_of,
    no_correction,
)
from shiftsync.realtime.socket.v1_payloads import as_meant
from shiftsync.realtime.stream.commit import RETRY_AFTER_SECONDS, remember_refusal
from shiftsync.realtime.stream.database import run_db
from shiftsync.realtime.stream.log import logged
from shiftsync.realtime.stream.requests import Outcome, Unread
from shiftsync.realtime.stream.selectors import reading
from shiftsync.realtime.stream.settling import Verdict
from shiftsync.realtime.stream.turns import refuse_who_waited_in_vain

logger = logging.getLogger(__name__)

WAITING_REQUESTS = 64
WAITING_EDITS = 256
TRANSIENT = (Unavailable, RateLimited)

Told = tuple[int, list[str]]
"""The version at which something was read, and the texts that tell of it."""
Understood = tuple[Envelope, AnyHandler]


@dataclass(frozen=True, slots=True)
class Incoming:
    """A received frame; ``number`` counts the frames of its connection from 1. ``since``: when it came, for its trace.
    ``started``: what is left to do of it."""

    text: str | None
    number: int
    is_resume: bool
    since: int
    started: Started | None = None


class Session:
    """Takes the frames of one client. Requests are carried out in the order sent; those of a lane may be under way
    together, and every other request waits for them."""

    def __init__(self, hub: Hub, room: Room, connection: Connection, period_index: int) -> None:
        self.hub = hub
        self.room = room
        self.connection = connection
        self.period_index = period_index
        self._limiter = Limiter(connection.actor.user_id)
        self._requests: Mailbox[Incoming] = Mailbox(WAITING_REQUESTS)
        self._frames = 0
        self._is_busy = True
        self._backlog = Backlog(connection.protocol)
        connection.says_more_than = self._backlog.holds_changes_after
        self._edits: list[asyncio.Future[Any]] = []
        self._last_edit: asyncio.Future[Verdict] | None = None
        self._in_order = asyncio.Lock()

    @property
    def actor(self) -> Actor:
        """Whose socket it is."""
        return self.connection.actor

    # --- frames ---

    async def receive(self, text: str | None) -> None:
        """Takes one frame; returns when the next may be read."""
        self._frames += 1
        incoming = Incoming(text, self._frames, self._asks_to_resume(text), moment())
        try:
            wait = self._limiter.wait_seconds()
        except RateLimited as error:
            self._fail(error, incoming)
            return
        if incoming.is_resume:
            # Held from here, not from its turn: live changes must not come before replayed ones.
            self.connection.pin()
        if wait > 0:
            await asyncio.sleep(wait)
        self._backlog.add(incoming.number, incoming.text)
        if not self._is_done_at_once(incoming):
            await self._requests.put(incoming)

    def _asks_to_resume(self, text: str | None) -> bool:
        """Whether the frame may be a ``RESUME``. A false positive only means that changes are held while it is
        processed."""
        return self.connection.protocol is Protocol.V2 and text is not None and '"RESUME"' in text

    async def run(self) -> None:
        """Processes received frames until cancelled; frames that arrive after closing began are discarded."""
        while True:
            self._is_busy = False
            incoming = await self._requests.get()
            self._is_busy = True
            if incoming.started is not None:
                await incoming.started
            elif self.connection.is_closing:
                continue
            else:
                await self._take_turn(incoming)
            self._backlog.done(incoming.number)

    def _is_done_at_once(self, incoming: Incoming) -> bool:
        """Submits an edit whose turn it is already: to wake :meth:`run` for it would cost as much as all else that is done here.

        What then has to wait goes on in its turn, as does every other request.
        """
        if self._is_busy or self._requests.qsize() or self.connection.is_closing:
            return False
        try:
            understood = self._understood(incoming.text)
        except DomainError:
            return False
        if not isinstance(understood[1], LaneHandler):
            return False
        started = start(self._carry_out(incoming, understood))
        if started is None:
            self._backlog.done(incoming.number)
        else:
            self._requests.put_nowait(replace(incoming, started=started))
        return True

    async def _take_turn(self, incoming: Incoming) -> None:
        if incoming.is_resume:
            self.connection.unpin()
        await self._carry_out(incoming)
        if incoming.is_resume:
            self.connection.release()

    async def _carry_out(self, incoming: Incoming, understood: Understood | None = None) -> None:
        type = span = None
        try:
            message, handler = understood or self._understood(incoming.text)
            type = handler.type
            span = self._traced(type, message, incoming)
            await self._handle(message, handler, span)
        except DomainError as error:
            self._fail(error, incoming, type)
        except TRANSIENT_KINDS as error:
            self._fault(error, incoming, type)
        except Exception:
            logger.exception("session.failed restaurant=%s", self.actor.restaurant_id)
            self._fail(InternalError(), incoming, type)
        finally:
            if span is not None and not span.is_kept_open:
                span.end()

    def _traced(self, type: str, message: Envelope, incoming: Incoming) -> Span | None:
        about = {"shiftsync.restaurant": self.actor.restaurant_id, "shiftsync.request": message.request_id}
        return begin(type, about, incoming.since)

    def _fault(self, error: Exception, incoming: Incoming, type: str | None) -> None:
        if is_transient(error):
            logger.warning("session.database error=%r", error)
            self._fail(Unavailable(retry_after=RETRY_AFTER_SECONDS), incoming, type)
        else:
            logger.error("session.failed restaurant=%s", self.actor.restaurant_id, exc_info=error)
            self._fail(InternalError(), incoming, type)

    async def settle(self) -> None:
        """Waits for the edits in progress."""
        while self._edits:
            await asyncio.wait(tuple(self._edits))

    def _fail(self, error: DomainError, incoming: Incoming, type: str | None = None) -> None:
        count_message(type, error.code)
        client_id = self.actor.client_id
        request_id = request_id_from(incoming.text)
        frame = incoming.number if request_id is None else None
        self.connection.send_text(error_envelope(error, client_id=client_id, request_id=request_id, frame=frame))
        if isinstance(error, TRANSIENT):
            self.connection.close(TRY_AGAIN)

    def _understood(self, text: str | None) -> Understood:
        message = parse(text)
        handler = handler_of(message.type, self.connection.protocol)
        if handler is None:
            raise UnknownType(f"{message.type} is not a message of this protocol.")
        if self.connection.protocol is Protocol.V1:
            message = as_meant(message)
        return message, handler

    async def _handle(self, message: Envelope, handler: AnyHandler, span: Span | None) -> None:
        serve_message(message.request_id, self.actor.user_id, self.actor.restaurant_id)
        enter(span)
        traits = self.connection.audience.traits
        context = Context(self.actor, self.connection.protocol, self.period_index, message, traits, span)
        try:
            await self._dispatch(handler, context)
        except DomainError as error:
            await self._refuse(context, handler, error)

    async def _dispatch(self, handler: AnyHandler, context: Context) -> None:
        if isinstance(handler, LaneHandler):
            await self._submit(handler, context)
            return
        await self.settle()
        if self.connection.is_closing:
            return  # an earlier edit failed: the client sends both again, in order
        _permit(handler, self.connection)
        payload = handler.validated(context.envelope.payload)
        match handler:
            case ChangeHandler():
                await self._change(handler, context, payload)
            case QueryHandler():
                await self._query(handler, context, payload)
            case ConnectionHandler():
                await handler.run(self, context, payload)
        count_message(handler.type, "ok")

    # --- changes ---

    async def _change(self, handler: ChangeHandler, context: Context, payload: Payload) -> None:
        self._speaks_as(context.envelope)
        since = time.monotonic()
        async with self.room.database_turns:
            refuse_who_waited_in_vain(self.actor.restaurant_id, since)
            outcome = await run_db(within(self.actor.restaurant_id)(handler.run), context, payload)
        self._backlog.changed(outcome.version)
        self._acknowledge(context, outcome)
        for reply in handler.replies(context, payload, outcome):
            self.reply(reply, context.envelope, outcome.version)
        await self._echo(handler, context, outcome)

    async def _submit(self, handler: LaneHandler, context: Context) -> None:
        while len(self._edits) >= WAITING_EDITS:
            # Unlike a plain await, this yields to other tasks even if that edit is already done.
            await asyncio.wait([self._edits[0]])
        if self._is_cut_off():
            return
        self._speaks_as(context.envelope)
        enter(context.span)  # again: it may have waited, and goes on elsewhere then
        try:
            _permit(handler, self.connection)
            request = handler.make(context, handler.validated(context.envelope.payload))
        except DomainError as error:
            await self.settle()
            await self._refuse(context, handler, error)
            return
        verdict = self.hub.lanes.submit(self.actor.restaurant_id, handler.lane, request)
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
        is_v1 = self.connection.protocol is Protocol.V1
        if isinstance(verdict, DomainError):
            self._tell_refusal(context, handler, verdict)
            if is_v1:
                self._add_edit(self._put_right_after(verdict, handler, context))
            return
        count_message(handler.type, "ok")
        self._acknowledge(context, verdict)
        if is_v1:
            self._add_edit(self._echo(handler, context, verdict))

    def _add_edit(self, rest: Coroutine[Any, Any, None]) -> None:
        """Counts what is left to do of an edit among those under way."""
        task = asyncio.create_task(rest)
        self._edits.append(task)
        task.add_done_callback(self._edits.remove)

    def _acknowledge(self, context: Context, outcome: Outcome) -> None:
        request_id = context.envelope.request_id
        if request_id is None:
            return
        client_id = self.actor.client_id
        self.connection.send_text(
            envelope("ACK", outcome.answer(), client_id=client_id, version=outcome.version, request_id=request_id)
        )

    async def _echo(self, handler: ChangeHandler | LaneHandler, context: Context, outcome: Outcome) -> None:
        """A version 1 client has no ``ACK``, so it gets the broadcast back even if nothing changed."""
        if outcome.echo is None or self.connection.protocol is not Protocol.V1:
            return
        if self.connection.position > outcome.version and handler.correct is not no_correction:
            # It may already have received a later change of the same item, which the echo would hide.
            await self._put_right(handler.correct, context, ConflictError())
            return
        request = context.sender.change(None, {})
        change = logged(outcome.echo, request, self.actor.restaurant_id, outcome.version, iso(now()))
        await self.room.echo(change, self.connection)

    async def _refuse(self, context: Context, handler: AnyHandler, error: DomainError) -> None:
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
        if self.connection.protocol is Protocol.V1:
            await self._put_right_after(error, handler, context)

    def _tell_refusal(self, context: Context, handler: AnyHandler, error: DomainError) -> None:
        count_message(handler.type, error.code)
        self.connection.send_text(refusal_text(context, self.actor, error))
        if isinstance(error, TRANSIENT):
            self.connection.close(TRY_AGAIN)

    async def _put_right_after(self, error: DomainError, handler: AnyHandler, context: Context) -> None:
        if isinstance(handler, ChangeHandler | LaneHandler) and not isinstance(error, TRANSIENT):
            await self._put_right(handler.correct, context, error)

    async def _put_right(self, correct: Correction, context: Context, error: DomainError) -> None:
        if correct is no_correction or not isinstance(context.envelope.payload, dict):
            return

        def read() -> Told:
            with reading(self.actor.restaurant_id) as position:
                replies = correct(context, error)
            return position.version, [
                reply_text(reply, self.actor, context.envelope, position.version) for reply in replies
            ]

        async def ask() -> Told:
            async with self.room.database_turns:
                return await run_db(read)

        await self._answer_in_order(ask)

    # --- questions ---

    async def _query(self, handler: QueryHandler, context: Context, payload: Payload) -> None:
        if self.connection.protocol is Protocol.V1:
            # Before deliveries are held: what waits beside the answer is then made for these traits already.
            self.connection.take_traits(handler.traits(context.traits, payload))
            context = replace(context, traits=self.connection.audience.traits)

        await self._answer_in_order(partial(self._ask, handler, context, payload))
        if self._backlog.holds_changes_after(self.connection.position):
            self.connection.overtaken |= {handler.answer}

    async def _ask(self, handler: QueryHandler, context: Context, payload: Payload) -> Told:
        def read() -> tuple[int, Payload, str]:
            with reading(self.actor.restaurant_id) as position:
                answer = handler.run(context, payload)
            return position.version, answer, encode(answer)

        if handler.is_shared(context):
            facets = (self.actor.role, context.protocol, context.traits, context.period_index, encode(payload))
            version, answer, text = await self.room.reads.get((handler.type, *facets), read)
        else:
            async with self.room.database_turns:
                version, answer, text = await run_db(read)
        if handler.narrows and self.connection.protocol is Protocol.V1:
            self.connection.narrow(frozenset({answer["scheduleId"]}))
        return version, [reply_text(Reply(handler.answer, answer), self.actor, context.envelope, version, encoded=text)]

    async def _answer_in_order(self, ask: Callable[[], Awaitable[Told]]) -> None:
        """Sends what ``ask`` returns at its place in the order of versions: after the changes that it contains, before
        all others."""
        async with self._in_order:
            self.connection.hold()
            version = None
            frames: list[Frame] = []
            try:
                version, texts = await ask()
                frames = [Frame.of(text) for text in texts]
                await self.room.reach(version)
            finally:
                self.connection.release(version, frames)

    # --- sending ---

    def reply(self, reply: Reply, message: Envelope, version: int | None = None) -> None:
        """Sends ``reply`` to this client."""
        self.connection.send_text(reply_text(reply, self.actor, message, version))

    def _speaks_as(self, message: Envelope) -> None:
        """A version 1 client may give its id only in messages; changes under that id are its own."""
        if message.client_id:
            self.connection.author = (self.actor.user_id, message.client_id)


def _permit(handler: AnyHandler, connection: Connection) -> None:
    require_scope(connection.actor.scopes, handler.area, writes=handler.writes)
    if not handler.admits(connection.actor.role, connection.person):
        raise Forbidden
