"""One socket's session: its requests, one after the other, and their answers."""

import asyncio
import logging
from dataclasses import dataclass, replace

from shiftsync.core.actor import Actor
from shiftsync.core.database_errors import TRANSIENT_KINDS, is_transient
from shiftsync.core.errors import (
    DomainError,
    InternalError,
    RateLimited,
    Unavailable,
    UnknownType,
)
from shiftsync.core.mailbox import Mailbox
from shiftsync.core.metrics import count_message
from shiftsync.core.tracing import Span, begin, enter, moment
from shiftsync.core.whence import serve_message
from shiftsync.realtime.hub.connection import TRY_AGAIN, Connection
from shiftsync.realtime.hub.eager import Started, start
from shiftsync.realtime.hub.hub import Hub
from shiftsync.realtime.hub.room import Room
from shiftsync.realtime.protocol.envelope import Envelope, error_envelope, parse, request_id_from
from shiftsync.realtime.protocol.wire import Protocol
from shiftsync.realtime.socket.answers import reply_text
from shiftsync.realtime.socket.asking import Questions
from shiftsync.realtime.socket.backlog import Backlog
from shiftsync.realtime.socket.changing import TRANSIENT, Changes, permit
from shiftsync.realtime.socket.limits import Limiter
from shiftsync.realtime.socket.router import (
    AnyHandler,
    ChangeHandler,
    ConnectionHandler,
    Context,
    LaneHandler,
    QueryHandler,
    Reply,
    handler_of,
)
from shiftsync.realtime.socket.v1_payloads import as_meant
from shiftsync.realtime.stream.commit import RETRY_AFTER_SECONDS

logger = logging.getLogger(__name__)

WAITING_REQUESTS = 64
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

    def __init__(self, hub: Hub, room: Room, connection: Connection, viewed: int) -> None:
        self.hub = hub
        self.room = room
        self.connection = connection
        self.viewed = viewed
        self._limiter = Limiter(connection.actor.user_id)
        self._requests: Mailbox[Incoming] = Mailbox(WAITING_REQUESTS)
        self._frames = 0
        self._is_busy = True
        self._backlog = Backlog(connection.protocol)
        connection.says_more_than = self._backlog.holds_changes_after
        self.questions = Questions(room, connection, self._backlog)
        self.changes = Changes(hub, room, connection, self._backlog, self.questions)

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

    def _fail(self, error: DomainError, incoming: Incoming, type: str | None = None) -> None:
        count_message(type, error.code)
        client_id = self.actor.client_id
        request_id = request_id_from(incoming.text)
        frame = incoming.number if request_id is None else None
        protocol = self.connection.protocol
        self.connection.send_text(
            error_envelope(error, protocol, client_id=client_id, request_id=request_id, frame=frame)
        )
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
        context = Context(self.actor, self.connection.protocol, self.viewed, message, traits, span)
        try:
            await self._dispatch(handler, context)
        except DomainError as error:
            await self.changes.refuse(context, handler, error)

    async def _dispatch(self, handler: AnyHandler, context: Context) -> None:
        if isinstance(handler, LaneHandler):
            await self.changes.submit(handler, context)
            return
        await self.changes.settle()
        if self.connection.is_closing:
            return  # an earlier edit failed: the client sends both again, in order
        permit(handler, self.connection)
        payload = handler.validated(context.envelope.payload)
        match handler:
            case ChangeHandler():
                await self.changes.change(handler, context, payload)
            case QueryHandler():
                await self.questions.query(handler, context, payload)
            case ConnectionHandler():
                await handler.run(self, context, payload)
        count_message(handler.type, "ok")

    # --- sending ---

    def reply(self, reply: Reply, message: Envelope, version: int | None = None) -> None:
        """Sends ``reply`` to this client."""
        self.connection.send_text(reply_text(reply, self.actor, message, version))
