"""The greeting on a socket, and catching up after a disconnection."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.conf import settings

from shiftsync.core.actor import Actor
from shiftsync.core.clock import iso, now
from shiftsync.core.encoding import encode
from shiftsync.core.errors import DomainError, Forbidden
from shiftsync.realtime.hub.connection import MAX_WAITING_BYTES
from shiftsync.realtime.hub.delivery import Audience, AuthorKey, Delivery
from shiftsync.realtime.protocol.envelope import MAX_FRAME_BYTES, Envelope, envelope
from shiftsync.realtime.protocol.frames import Frame
from shiftsync.realtime.protocol.wire import Protocol
from shiftsync.realtime.socket.appearing import appear
from shiftsync.realtime.socket.session import Session
from shiftsync.realtime.stream.database import run_db
from shiftsync.realtime.stream.log import in_pages
from shiftsync.realtime.stream.selectors import Position, reading
from shiftsync.tenants.selectors import SignIns, sign_ins_of

LONGEST_REPLAY = 20_000
LARGEST_REPLAY_BYTES = MAX_WAITING_BYTES // 2
TOO_MUCH_HAS_CHANGED = "Too much has changed; a full sync is quicker."

Introduction = Callable[[UUID], dict[str, Any]]
INTRODUCTIONS: list[Introduction] = []


def introduces(function: Introduction) -> Introduction:
    """Registers what an app adds to a restaurant's ``CONNECTION_ACK``; called in the same consistent read as the version."""
    INTRODUCTIONS.append(function)
    return function


@dataclass(frozen=True, slots=True)
class Comer:
    """Who is to be greeted, or only to be told what they missed: since ``since``, None: nothing. Frames are for ``audience`` and for
    ``person`` (:class:`Connection`), and answer ``request_id``."""

    actor: Actor
    audience: Audience
    author: AuthorKey
    since: str | None
    person: str | None = None
    request_id: UUID | None = None

    @classmethod
    def of(cls, session: Session, since: str | None, message: Envelope | None = None) -> "Comer":
        """Who is behind ``session``; ``message`` is the request that the greeting answers, if any. Version 1 clients are never
        told what they missed."""
        connection = session.connection
        is_told = connection.protocol is not Protocol.V1
        request_id = message.request_id if message else None
        since = since if is_told else None
        return cls(session.actor, connection.audience, connection.author, since, connection.person, request_id)


@dataclass(frozen=True, slots=True)
class Greeting:
    """What a comer is told: where the restaurant stands, what apps say of it, and what they missed; and who on the schedule they are."""

    position: Position
    introduction: dict[str, Any]
    person: str | None
    missed: list[Frame]


async def greet(session: Session, since: str | None) -> None:
    """``CONNECTION_ACK``, then (version 2, with ``since``) what was missed; the connection is held when this begins."""
    actor = session.actor
    greeting = await session.hub.gathered.ask(greetings, actor.restaurant_id, Comer.of(session, since))
    version = greeting.position.version
    await session.room.reach(version)
    session.connection.take_person(greeting.person)
    ack = Frame.of(_acknowledgement(session, greeting.position, greeting.introduction))
    session.connection.release(version, [ack, *greeting.missed], skip_older=True)
    await appear(session)


async def catch_up(session: Session, since: str, message: Envelope) -> None:
    """Replays the changes after ``since`` and ends with ``RESUMED``, or says why it cannot. Live changes follow."""
    connection = session.connection
    connection.hold()
    version: int | None = None
    frames: list[Frame] = []
    try:
        reached, frames = await run_db(_missed_by, Comer.of(session, since, message))
        await session.room.reach(reached)
        version = reached
    finally:
        connection.release(version, frames, skip_older=True)


def greetings(comers: Sequence[Comer]) -> list[Greeting | DomainError]:
    """What each of those comers of one restaurant is told, all of it in one consistent read, or why they are not let in."""
    restaurant_id = comers[0].actor.restaurant_id
    introduction: dict[str, Any] = {}
    with reading(restaurant_id) as position:
        truth = sign_ins_of(comer.actor for comer in comers)
        refusals = [_refusal(truth, comer.actor) for comer in comers]
        for introduce in INTRODUCTIONS:
            introduction |= introduce(restaurant_id)
        welcome = [
            replace(comer, person=truth.person_of(comer.actor))
            for comer, refusal in zip(comers, refusals, strict=True)
            if refusal is None
        ]
        missed = _missed(restaurant_id, position, welcome)
    greeted = iter(
        Greeting(position, introduction, comer.person, frames) for comer, frames in zip(welcome, missed, strict=True)
    )
    return [refusal or next(greeted) for refusal in refusals]


def _refusal(truth: SignIns, actor: Actor) -> DomainError | None:
    """Checks access again: a revocation between the handshake and joining the room would otherwise be missed."""
    try:
        return None if truth.role_of(actor).covers(actor.role) else Forbidden()
    except DomainError as error:
        return error


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


def _missed_by(comer: Comer) -> tuple[int, list[Frame]]:
    with reading(comer.actor.restaurant_id) as position:
        (frames,) = _missed(comer.actor.restaurant_id, position, [comer])
    return position.version, frames


def _missed(restaurant_id: UUID, position: Position, comers: Sequence[Comer]) -> list[list[Frame]]:
    """The frames that bring each of them to ``position``; the log is read once for all who lack the same, as after a cut."""
    together: dict[str, list[int]] = {}
    for place, comer in enumerate(comers):
        if comer.since is not None:
            together.setdefault(comer.since, []).append(place)
    found: list[list[Frame]] = [[] for _ in comers]
    for since, places in together.items():
        frames = _replay(restaurant_id, position, since, [comers[place] for place in places])
        for place, each in zip(places, frames, strict=True):
            found[place] = each
    return found


def _replay(restaurant_id: UUID, position: Position, since: str, comers: Sequence[Comer]) -> list[list[Frame]]:
    start, reason = starting_version(since, position)
    if start is None:
        return [[_resync(comer, position, reason)] for comer in comers]
    found: list[list[Frame]] = [[] for _ in comers]
    sizes = [0] * len(comers)
    for page in in_pages(restaurant_id, start, position.version):
        delivery = Delivery(page)
        for place, comer in enumerate(comers):
            if sizes[place] > LARGEST_REPLAY_BYTES:
                continue
            more = delivery.frames_for(comer.audience, comer.author, comer.person)
            sizes[place] += sum(frame.size for frame in more)
            found[place] += more
        if min(sizes) > LARGEST_REPLAY_BYTES:
            break
    for place, comer in enumerate(comers):
        if sizes[place] > LARGEST_REPLAY_BYTES:
            found[place] = [_resync(comer, position, TOO_MUCH_HAS_CHANGED)]
        else:
            found[place].append(_told(comer, position, "RESUMED", {"from": start}))
    return found


def _resync(comer: Comer, position: Position, reason: str) -> Frame:
    return _told(comer, position, "RESYNC_REQUIRED", {"reason": reason})


def _told(comer: Comer, position: Position, type: str, said: dict[str, Any]) -> Frame:
    payload = encode({**said, "epoch": position.epoch, "version": position.version})
    client_id = comer.actor.client_id
    return Frame.of(envelope(type, payload, client_id=client_id, version=position.version, request_id=comer.request_id))


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
