"""The socket ``/staff-sync``: the handshake, the tasks of one connection, and their end."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from channels.consumer import AsyncConsumer
from channels.exceptions import StopConsumer
from django.conf import settings

from shiftsync.core.actor import Actor
from shiftsync.core.errors import (
    DomainError,
    Forbidden,
    InternalError,
    NotFound,
    RateLimited,
    Unauthenticated,
    Unavailable,
)
from shiftsync.core.metrics import CONNECTIONS, REFUSED, count_close
from shiftsync.realtime.hub.connection import FORBIDDEN, SILENT, TRY_AGAIN, UNAUTHENTICATED, Connection
from shiftsync.realtime.hub.hub import Hub, hub
from shiftsync.realtime.protocol.envelope import error_envelope, is_too_large
from shiftsync.realtime.protocol.frames import FRAMES
from shiftsync.realtime.protocol.wire import Protocol
from shiftsync.realtime.socket.greeting import greet
from shiftsync.realtime.socket.handshake import SUBPROTOCOL, Opening, admit
from shiftsync.realtime.socket.session import Session

logger = logging.getLogger(__name__)

Receive = Callable[[], Awaitable[dict[str, Any]]]

ABNORMAL = 1006
TOO_LARGE = 1009


class SyncConsumer(AsyncConsumer):
    """One client. Reading, processing and writing are three tasks, so that none waits for another."""

    hub: Hub
    connection: Connection | None = None
    session: Session | None = None

    async def __call__(self, scope: Any, receive: Receive, send: Callable[..., Any]) -> None:
        """Serves the socket until it ends, and cleans up however it ends."""
        self.scope = scope
        self.base_send = send
        self._heard_at = 0.0
        self._watching: asyncio.TimerHandle | None = None
        self._given_up: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        reading = asyncio.create_task(self._read(receive))
        self._tasks: list[asyncio.Task[None]] = [reading]
        try:
            await asyncio.wait((reading, self._given_up), return_when=asyncio.FIRST_COMPLETED)
            if reading.done():
                reading.result()
            else:
                count_close(ABNORMAL)
        except StopConsumer:
            pass
        finally:
            await self._end()

    async def _read(self, receive: Receive) -> None:
        """Handles the socket's events one after the other. Channels' own loop would create a task for each."""
        while True:
            message = await receive()
            match message["type"]:
                case "websocket.connect":
                    await self._connect()
                case "websocket.receive":
                    await self._receive(message.get("text"))
                case "websocket.disconnect":
                    count_close(message.get("code"))
                    raise StopConsumer

    # --- opening ---

    async def _connect(self) -> None:
        opening = Opening.of(self.scope)
        if opening.has_foreign_origin():
            REFUSED.labels(reason="origin").inc()
            await self._reject()
            return
        try:
            actor = await admit(hub().gathered, opening)
        except DomainError as error:
            await self._turn_away(opening, error)
            return
        except Exception:
            logger.exception("consumer.admit_failed")
            await self._turn_away(opening, Unavailable(retry_after=2))
            return
        is_v2 = opening.protocol is Protocol.V2
        await self.base_send({"type": "websocket.accept", "subprotocol": SUBPROTOCOL if is_v2 else None})
        frames = self.scope.get("extensions", {}).get(FRAMES, {})
        connection = Connection(self.base_send, actor, opening.protocol, str(id(self)), frames.get("write"))
        self._start(connection)
        try:
            room = await self.hub.join(connection)
            self.session = Session(self.hub, room, connection, opening.viewed)
            await greet(self.session, _since(opening, actor))
        except (Unauthenticated, Forbidden, NotFound) as error:
            REFUSED.labels(reason=error.code).inc()
            connection.revoke(UNAUTHENTICATED if isinstance(error, Unauthenticated) else FORBIDDEN)
            return
        except RateLimited as error:
            self._send_away(connection, error)
            return
        except Exception:
            logger.exception("consumer.greeting_failed")
            self._send_away(connection, Unavailable(retry_after=2))
            return
        self._tasks.append(asyncio.create_task(self.session.run()))

    def _start(self, connection: Connection) -> None:
        self.hub = hub()
        self.connection = connection
        CONNECTIONS.labels(protocol=_label(connection.protocol)).inc()
        self._heard_at = self.hub.loop.time()
        self._tasks.append(asyncio.create_task(self._write(connection)))
        if connection.protocol is Protocol.V2:
            self._watch(connection)

    def _send_away(self, connection: Connection, error: DomainError) -> None:
        REFUSED.labels(reason=error.code).inc()
        connection.send_text(error_envelope(error, connection.protocol, client_id=connection.actor.client_id))
        connection.close(TRY_AGAIN)

    async def _reject(self) -> None:
        """Before accepting: HTTP 403."""
        await self.base_send({"type": "websocket.close"})
        raise StopConsumer

    async def _turn_away(self, opening: Opening, error: DomainError) -> None:
        REFUSED.labels(reason=error.code).inc()
        is_transient = isinstance(error, (Unavailable, RateLimited, InternalError))
        if opening.protocol is Protocol.V1 and not is_transient:
            await self._reject()
        is_v2 = opening.protocol is Protocol.V2
        await self.base_send({"type": "websocket.accept", "subprotocol": SUBPROTOCOL if is_v2 else None})
        told = Forbidden("No such restaurant, or no access to it.") if isinstance(error, NotFound) else error
        await self.base_send({"type": "websocket.send", "text": error_envelope(told, opening.protocol, client_id=None)})
        code = TRY_AGAIN if is_transient else UNAUTHENTICATED if isinstance(error, Unauthenticated) else FORBIDDEN
        await self.base_send({"type": "websocket.close", "code": code})
        raise StopConsumer

    # --- serving ---

    async def _receive(self, text: str | None) -> None:
        session = self.session
        if session is None or session.connection.is_closing:
            return
        if text is not None and is_too_large(text):
            session.connection.close(TOO_LARGE)
            return
        self._heard_at = self.hub.loop.time()
        await session.receive(text)

    async def _write(self, connection: Connection) -> None:
        try:
            await connection.write()
        except asyncio.CancelledError:
            raise
        except Exception as error:
            # The peer is gone or does not even read the close frame. Its end would be noticed only after everything it
            # had sent.
            logger.debug("consumer.write_ended error=%r", error)
            self._given_up.set_result(None)

    def _watch(self, connection: Connection) -> None:
        """Closes a version 2 client that was silent for two heartbeats; else looks again when it would have been."""
        limit = 2 * max(settings.HEARTBEAT_SECONDS, connection.pause_seconds)
        silence = self.hub.loop.time() - self._heard_at
        if silence < limit:
            self._watching = self.hub.loop.call_later(limit - silence, self._watch, connection)
        else:
            connection.close(SILENT)

    # --- the end ---

    async def _end(self) -> None:
        for task in self._tasks:
            task.cancel()
        if self._watching is not None:
            self._watching.cancel()
        connection = self.connection
        if connection is None:
            return
        CONNECTIONS.labels(protocol=_label(connection.protocol)).dec()
        connection.is_closing = True
        self.hub.leave(connection)
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.connection = self.session = None


def _since(opening: Opening, actor: Actor) -> str | None:
    """The position from which the client resumes. A client that used another user's client id cannot resume."""
    since = opening.parameters.get("since")
    is_another = opening.client_id is not None and opening.client_id != actor.client_id
    return "" if is_another and since is not None else since


def _label(protocol: Protocol) -> str:
    return "v2" if protocol is Protocol.V2 else "v1"
