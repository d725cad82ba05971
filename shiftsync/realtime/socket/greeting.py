"""The greeting on a socket, and catching up after a disconnection."""

from collections.abc import Callable
from typing import Any

from django.conf import settings

from shiftsync.core.actor import Actor
from shiftsync.core.clock import iso, now
from shiftsync.core.encoding import encode
from shiftsync.core.errors import Forbidden, Unauthenticated
from shiftsync.realtime.hub.connection import MAX_WAITING_BYTES
from shiftsync.realtime.hub.delivery import Delivery, Frame
from shiftsync.realtime.protocol.envelope import MAX_FRAME_BYTES, Envelope, envelope
from shiftsync.realtime.protocol.wire import Protocol
from shiftsync.realtime.socket.appearing import appear
from shiftsync.realtime.socket.session import Session
from shiftsync.realtime.stream.database import run_db
from shiftsync.realtime.stream.log import in_pages
from shiftsync.realtime.stream.selectors import Position, reading
from shiftsync.tenants.selectors import live_tokens, roles_in

LONGEST_REPLAY = 20_000
LARGEST_REPLAY_BYTES = MAX_WAITING_BYTES // 2
TOO_MUCH_HAS_CHANGED = "Too much has changed; a full sync is quicker."

Introduction = Callable[[Actor], dict[str, Any]]
INTRODUCTIONS: list[Introduction] = []


def introduces(function: Introduction) -> Introduction:
    """Registers what an app adds to ``CONNECTION_ACK``; called in the same consistent read as the version."""
    INTRODUCTIONS.append(function)
    return function


async def greet(session: Session, since: str | None) -> None:
    """``CONNECTION_ACK``, then (version 2, with ``since``) what was missed; the connection is held when this begins."""
    position, introduction = await run_db(_introduction, session)
    await session.room.reach(position.version)
    ack = Frame.of(_acknowledgement(session, position, introduction))
    if since is None or session.connection.protocol is Protocol.V1:
        session.connection.release(position.version, [ack], skip_older=True)
        await appear(session)
        return
    session.connection.push(ack)
    await catch_up(session, since, None)
    await appear(session)


async def catch_up(session: Session, since: str, message: Envelope | None) -> None:
    """Replays the changes after ``since`` and ends with ``RESUMED``, or says why it cannot. Live changes follow."""
    connection = session.connection
    connection.hold()
    version: int | None = None
    frames: list[Frame] = []
    try:
        reached, frames = await run_db(_replay, session, since, message)
        await session.room.reach(reached)
        version = reached
    finally:
        connection.release(version, frames, skip_older=True)


def _introduction(session: Session) -> tuple[Position, dict[str, Any]]:
    extras: dict[str, Any] = {}
    with reading(session.actor.restaurant_id) as position:
        _require_access(session.actor)
        for introduce in INTRODUCTIONS:
            extras |= introduce(session.actor)
    return position, extras


def _require_access(actor: Actor) -> None:
    """Checks access again: a revocation between the handshake and joining the room would otherwise be missed."""
    if actor.token_id is not None and not live_tokens([actor.token_id]):
        raise Unauthenticated("The token is not valid.")
    role = actor.role if actor.user_id is None else roles_in(actor.restaurant_id, [actor.user_id]).get(actor.user_id)
    if role is None or not role.covers(actor.role):
        raise Forbidden


def _acknowledgement(session: Session, position: Position, introduction: dict[str, Any]) -> str:
    actor = session.actor
    payload = {
        "status": "connected",
        "clientId": actor.client_id,
        "restaurantId": actor.restaurant_id,
        "role": actor.role.value,
        "userId": actor.user_id,
        "userName": actor.name,
        "epoch": position.epoch,
        "version": position.version,
        "protocol": int(session.connection.protocol),
        "heartbeatSeconds": settings.HEARTBEAT_SECONDS,
        "maxFrameBytes": MAX_FRAME_BYTES,
        "serverTime": iso(now()),
        **introduction,
    }
    return envelope("CONNECTION_ACK", encode(payload), client_id=actor.client_id, version=position.version)


def _replay(session: Session, since: str, message: Envelope | None) -> tuple[int, list[Frame]]:
    """The frames that bring a client from ``since`` to a version, and that version."""
    actor = session.actor
    request_id = message.request_id if message else None

    def told(type: str, payload: dict[str, Any], version: int) -> Frame:
        text = envelope(type, encode(payload), client_id=actor.client_id, version=version, request_id=request_id)
        return Frame.of(text)

    with reading(actor.restaurant_id) as position:
        start, reason = starting_version(since, position)
        where = {"epoch": position.epoch, "version": position.version}
        if start is None:
            return position.version, [told("RESYNC_REQUIRED", {**where, "reason": reason}, position.version)]
        frames: list[Frame] = []
        size = 0
        for page in in_pages(actor.restaurant_id, start, position.version):
            more = Delivery(page).frames_for(session.connection.audience, session.connection.author)
            size += sum(frame.size for frame in more)
            if size > LARGEST_REPLAY_BYTES:
                return position.version, [
                    told("RESYNC_REQUIRED", {**where, "reason": TOO_MUCH_HAS_CHANGED}, position.version)
                ]
            frames += more
        frames.append(told("RESUMED", {"from": start, **where}, position.version))
        return position.version, frames


def starting_version(since: str, position: Position) -> tuple[int | None, str]:
    """The version to replay from, or None and why the log cannot serve ``since`` (``<epoch>:<version>``)."""
    epoch, _, number = since.partition(":")
    if epoch != position.epoch or not number.isdecimal() or len(number) > 18:
        return None, "The server's history has been replaced."
    version = int(number)
    if version > position.version:
        return None, "This version is ahead of the server's."
    if version < position.floor:
        return None, "The change log does not reach back that far."
    if position.version - version > LONGEST_REPLAY:
        return None, TOO_MUCH_HAS_CHANGED
    return version, ""
