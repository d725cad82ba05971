"""The greeting on a socket, and catching up after a disconnection."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.conf import settings
from rest_framework.serializers import Field

from shiftsync.core.actor import Actor, Sight
from shiftsync.core.clock import iso, now
from shiftsync.core.encoding import encode
from shiftsync.core.errors import DomainError, Forbidden
from shiftsync.realtime.hub.connection import MAX_WAITING_BYTES
from shiftsync.realtime.hub.delivery import Audience, AuthorKey, Delivery
from shiftsync.realtime.protocol.envelope import MAX_FRAME_BYTES, Envelope, envelope
from shiftsync.realtime.protocol.frames import Frame
from shiftsync.realtime.protocol.payloads import INTRODUCED
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

Introduction = Callable[[UUID], Any]
INTRODUCTIONS: dict[str, Introduction] = {}


def introduces(name: str, field: Callable[[], Field[Any, Any, Any, Any]]) -> Callable[[Introduction], Introduction]:
    """Registers what an app adds to a restaurant's ``CONNECTION_ACK`` under ``name``, shaped as ``field``; called in the same consistent
    read as the version."""

    def register(function: Introduction) -> Introduction:
        INTRODUCED[name] = field
        INTRODUCTIONS[name] = function
        return function

    return register


@dataclass(frozen=True, slots=True)
class Comer:
    """Who is to be greeted, or only to be told what they missed: since ``since``, None: nothing. Frames are for ``audience`` and for
    ``person``, and answer ``request_id``."""

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
        return cls(session.actor, connection.audience, connection.author, since, connection.sight.person, request_id)

    def seeing(self, sight: Sight) -> "Comer":
        """The same one, of whom it is known what they see."""
        return replace(self, audience=self.audience.seeing(sight), person=sight.person)


@dataclass(frozen=True, slots=True)
class Greeting:
    """What a comer is told: where the restaurant stands, what apps say of it, and what they missed; and what they see."""

    position: Position
    introduction: dict[str, Any]
    sight: Sight
    missed: list[Frame]


async def greet(session: Session, since: str | None) -> None:
    """``CONNECTION_ACK``, then (version 2, with ``since``) what was missed; the connection is held when this begins."""
    actor, connection, known = session.actor, session.connection, session.connection.sight
    greeting = await session.hub.gathered.ask(greetings, actor.restaurant_id, Comer.of(session, since))
    version = greeting.position.version
    # What the log has said to this connection meanwhile may be newer than what was read; who on the schedule it is, the log never says.
    seen = greeting.sight if connection.sight is known else replace(connection.sight, person=greeting.sight.person)
    connection.take_sight(seen)
    await session.room.reach(version)
    ack = Frame.of(_acknowledgement(session, greeting))
    connection.release(version, [ack, *greeting.missed], skip_older=True)
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
    with reading(restaurant_id) as position:
        truth = sign_ins_of(comer.actor for comer in comers)
        sights = [_sight(truth, comer.actor) for comer in comers]
        introduction = {name: introduce(restaurant_id) for name, introduce in INTRODUCTIONS.items()}
        welcome = [
            comer.seeing(sight)
            for comer, sight in zip(comers, sights, strict=True)
            if not isinstance(sight, DomainError)
        ]
        missed = iter(_missed(restaurant_id, position, welcome))
    return [
        sight if isinstance(sight, DomainError) else Greeting(position, introduction, sight, next(missed))
        for sight in sights
    ]


def _sight(truth: SignIns, actor: Actor) -> Sight | DomainError:
    """What they see. Checks access again: a revocation between the handshake and joining the room would otherwise be missed."""
    try:
        sight = truth.sight_of(actor)
    except DomainError as error:
        return error
    return sight if sight.role.covers(actor.role) else Forbidden()


def _acknowledgement(session: Session, greeting: Greeting) -> str:
    actor, position = session.actor, greeting.position
    payload = {
        "status": "connected",
        "clientId": actor.client_id,
        "restaurantId": actor.restaurant_id,
        "role": actor.role.value,
        "sight": session.connection.sight.mark,
        "userId": actor.user_id,
        "userName": actor.name,
        "epoch": position.epoch,
        "version": position.version,
        "protocol": int(session.connection.protocol),
        "heartbeatSeconds": settings.HEARTBEAT_SECONDS,
        "maxFrameBytes": MAX_FRAME_BYTES,
        "serverTime": iso(now()),
        **greeting.introduction,
    }
    return envelope("CONNECTION_ACK", encode(payload), client_id=actor.client_id, version=position.version)


def _missed_by(comer: Comer) -> tuple[int, list[Frame]]:
    """Who asks sees by then what they see at that position, not what was last told to their socket."""
    with reading(comer.actor.restaurant_id) as position:
        now = _sight(sign_ins_of([comer.actor]), comer.actor)
        if isinstance(now, DomainError):
            raise now
        (frames,) = _missed(comer.actor.restaurant_id, position, [comer.seeing(now)])
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
