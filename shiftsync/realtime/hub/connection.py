"""The outgoing side of one socket: a bounded queue, its position in the order of versions, and its subscriptions."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from shiftsync.core.actor import Actor, Sight
from shiftsync.core.encoding import encode
from shiftsync.core.errors import Forbidden, Unauthenticated
from shiftsync.core.metrics import DELIVERED
from shiftsync.core.scopes import Scopes
from shiftsync.realtime.hub.delivery import Audience, AuthorKey, Delivery
from shiftsync.realtime.hub.eager import Started, start
from shiftsync.realtime.protocol.envelope import envelope, error_envelope
from shiftsync.realtime.protocol.frames import Frame
from shiftsync.realtime.protocol.wire import TOPICS, Protocol, Traits, may_hear

Send = Callable[[dict[str, Any]], Awaitable[None]]
Write = Callable[[bytes], bool]

MAX_WAITING_BYTES = 8 << 20
BUSY_FROM_BYTES = 64 << 10
CLOSE_GRACE_SECONDS = 5.0

RESTART = 1012
TRY_AGAIN = 1013
UNAUTHENTICATED = 4401
FORBIDDEN = 4403
SILENT = 4408


class Connection:
    """Everything that the hub and the requests send goes through here, in one order.

    ``pause_seconds`` is the longest pause that the client has announced before its next sign of life. ``position`` is
    the version up to which the client has been sent changes. While the connection is held, deliveries wait, so that a
    snapshot can take its place among them. ``author`` is the user and client under which its changes are logged. ``overtaken`` names the
    whole states that others' changes brought it since its own last came as nobody's; ``says_more_than`` whether it had sent more
    changes by then than the one of that version. ``sight`` is what its user sees; until that is known, the least that one of their role
    may. ``write`` sends a whole frame at once, where the server can
    (:data:`shiftsync.realtime.protocol.frames.FRAMES`).
    """

    def __init__(
        self, send: Send, actor: Actor, protocol: Protocol, connection_id: str, write: Write | None = None
    ) -> None:
        self.actor = actor
        self.protocol = protocol
        self.connection_id = connection_id
        self.author: AuthorKey = (actor.user_id, actor.client_id)
        self.overtaken: frozenset[str] = frozenset()
        self.says_more_than: Callable[[int], bool] = lambda version: False
        self.position = 0
        self.is_greeted = False
        self.has_missed_presence = False
        self.is_closing = False
        self.sight = Sight(actor.role, sees_colleagues=False)
        self.audience = Audience.of(protocol, True, _default_topics(protocol, actor.scopes)).seeing(self.sight)
        self._send = send
        self._write = write
        self._queue: deque[Frame] = deque()
        self._waiting_bytes = 0
        self._rest: asyncio.Future[None] | None = None
        self._under_way: Started | None = None
        self._close_code: int | None = None
        self._patience: asyncio.Timeout | None = None
        self._held: list[Delivery] | None = None
        self._pins = 0
        self.pause_seconds = 0

    @property
    def takes_light_news(self) -> bool:
        """Whether it takes ephemeral news: it has been greeted, and its queue is not so long that such news is dropped."""
        return self.is_greeted and self._waiting_bytes < BUSY_FROM_BYTES

    # --- what the hub calls ---

    def deliver(self, delivery: Delivery) -> None:
        """Sends the changes of ``delivery`` that this connection should get, or stores them while it is held."""
        if self._held is not None:
            self._held.append(delivery)
            return
        self.take(delivery)
        self.position = max(self.position, delivery.version)

    def take(self, delivery: Delivery) -> None:
        """Queues the frames of ``delivery`` for this connection, regardless of its position."""
        told = delivery.told_to(self.audience, self.author, self.overtaken, self.sight.person)
        self.overtaken = told.overtaken
        if told.settled and self.says_more_than(delivery.latest_of(self.author)):
            self.overtaken |= told.settled
        for frame in told.frames:
            self.push(frame)
        if told.frames:
            DELIVERED.inc(len(told.frames))

    def subscribe(self, topics: frozenset[str]) -> None:
        """Replaces the subscriptions by ``topics``."""
        self.audience = self.audience.hearing(topics, self.audience.entity_ids)

    def narrow(self, entity_ids: frozenset[str] | None) -> None:
        """Limits the topics that can be narrowed to the changes of those entities; None: no limit."""
        self.audience = self.audience.hearing(self.audience.topics, entity_ids)

    def take_traits(self, traits: Traits) -> None:
        """Sets the traits that decide which snapshots this connection gets."""
        self.audience = self.audience.having(traits)

    # --- order among changes ---

    def hold(self) -> None:
        """Makes deliveries wait until :meth:`release`."""
        if self._held is None:
            self._held = []

    def pin(self) -> None:
        """Holds deliveries for a query that is still to run: no :meth:`release` takes effect before :meth:`unpin`."""
        self._pins += 1
        self.hold()

    def unpin(self) -> None:
        """Removes one pin. What is held still waits for a release."""
        self._pins = max(0, self._pins - 1)

    def release(
        self,
        version: int | None = None,
        frames: Sequence[Frame] = (),
        *,
        skip_older: bool = False,
        echo: Delivery | None = None,
    ) -> None:
        """Sends what waited up to ``version``, then ``frames`` (a state read at ``version``) or ``echo`` (a change that changed nothing
        at ``version``), then what waited beyond.

        ``skip_older`` drops what waited up to ``version``, since the frames include it.
        """
        if self._pins:
            for frame in frames:
                self.push(frame)
            return
        held, self._held = self._held or [], None
        later: list[Delivery] = []
        for delivery in held:
            before, after = (None, delivery) if version is None else delivery.split(version)
            if before is not None and not skip_older:
                self.deliver(before)
            if after is not None:
                later.append(after)
        for frame in frames:
            self.push(frame)
        if echo is not None:
            self.take(echo)
        if version is not None:
            self.position = max(self.position, version)
        for delivery in later:
            self.deliver(delivery)

    # --- the queue ---

    def send_text(self, text: str) -> None:
        """Queues one message."""
        self.push(Frame.of(text))

    def push(self, frame: Frame) -> None:
        """Queues one frame; a client that does not read is closed with 1013 and may resume later."""
        if self.is_closing:
            return
        if self._rest is not None:  # so nothing waits
            self._send_at_once(frame)
            return
        if self._waiting_bytes and self._waiting_bytes + frame.size > MAX_WAITING_BYTES:
            self._queue.clear()
            self.close(TRY_AGAIN)
            return
        self._queue.append(frame)
        self._waiting_bytes += frame.size
        self._rouse()

    def close(self, code: int) -> None:
        """Closes the socket with ``code`` once what is queued has been sent."""
        if not self.is_closing:
            self.is_closing = True
            self._close_code = code
            self._rouse()
            self._bound_patience()

    def revoke(self, code: int) -> None:
        """Closes the socket because its access was revoked. A version 2 client is told why."""
        if self.protocol is Protocol.V2:
            error = (
                Unauthenticated() if code == UNAUTHENTICATED else Forbidden("Your access has changed; sign in again.")
            )
            self.send_text(error_envelope(error, self.protocol, client_id=self.actor.client_id))
        self.close(code)

    def take_sight(self, sight: Sight) -> None:
        """Applies what its user sees now: their role, who on the schedule they are, whether they see colleagues. Once it is greeted, a
        version 2 client is told and syncs what it may now see; a version 1 client has to reconnect where it would see something else."""
        if sight == self.sight:
            return
        before, self.sight = self.sight, sight
        self.actor = replace(self.actor, role=sight.role)
        self.audience = self.audience.seeing(sight)
        if not self.is_greeted:
            return
        if self.protocol is Protocol.V1:
            if (sight.role, sight.only) != (before.role, before.only):
                self.close(RESTART)
        elif sight.mark != before.mark:
            told = encode({"role": sight.role, "sight": sight.mark})
            self.send_text(envelope("ROLE_CHANGED", told, client_id=self.actor.client_id))

    def start_over(self, epoch: str, version: int, reason: str) -> None:
        """Tells the client to sync in full. Version 1 clients are disconnected instead, since they do so when they
        reconnect."""
        self.position = version
        if self.protocol is Protocol.V1:
            self.close(RESTART)
            return
        payload = encode({"epoch": epoch, "version": version, "reason": reason})
        self.send_text(envelope("RESYNC_REQUIRED", payload, client_id=self.actor.client_id, version=version))

    async def write(self) -> None:
        """Sends what is queued until the socket is closed. One task of the consumer runs this.

        Raises ``TimeoutError`` if the client stops reading for too long after closing began.
        """
        try:
            async with asyncio.timeout(None) as self._patience:
                self._bound_patience()
                await self._write_until_closed()
        finally:
            self._patience = None

    def _bound_patience(self) -> None:
        if self._patience is not None and self._close_code is not None:
            self._patience.reschedule(asyncio.get_running_loop().time() + CLOSE_GRACE_SECONDS)

    async def _write_until_closed(self) -> None:
        while self._close_code is None:
            await self._drain()
            if self._close_code is None:
                self._rest = rest = asyncio.get_running_loop().create_future()
                await rest
        await self._drain()
        await self._send({"type": "websocket.close", "code": self._close_code})

    def _send_at_once(self, frame: Frame) -> None:
        """Sends directly while the writer task is idle, since waking it costs as much as sending. The writer takes over
        if the send has to wait."""
        try:
            if self._write is not None and self._write(frame.wire):
                return
            self._under_way = start(self._send(frame.message))
        except Exception as error:  # the peer is gone: the writer ends as if its own send had failed
            self._rouse(error)
        if self._under_way is not None:
            self._rouse()

    def _rouse(self, error: Exception | None = None) -> None:
        """Wakes the writer; with ``error``, to end it."""
        rest, self._rest = self._rest, None
        if rest is None or rest.done():
            return
        if error is None:
            rest.set_result(None)
        else:
            rest.set_exception(error)

    async def _drain(self) -> None:
        if self._under_way is not None:
            under_way, self._under_way = self._under_way, None
            await under_way
        while self._queue:
            frame = self._queue.popleft()
            self._waiting_bytes -= frame.size
            if not self._is_written(frame):
                await self._send(frame.message)

    def _is_written(self, frame: Frame) -> bool:
        """Whether the server took the frame whole; where it did not, ``send`` waits, or tells that the peer is gone."""
        return self._write is not None and self._write(frame.wire)


@cache
def _default_topics(protocol: Protocol, scopes: Scopes) -> frozenset[str]:
    names = (topic.name for topic in TOPICS.values() if protocol is Protocol.V2 or topic.is_default_for_v1)
    return frozenset(name for name in names if may_hear(scopes, name))
