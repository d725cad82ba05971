"""The messages of the socket itself: heartbeat, subscriptions, resuming. All others live in the apps."""

from dataclasses import dataclass, field
from typing import Any

from shiftsync.core.encoding import encode
from shiftsync.core.errors import ValidationFailed
from shiftsync.core.payloads import FromPayload, from_payload, rest_of_payload
from shiftsync.core.scopes import Area, require_scope
from shiftsync.realtime.hub.presence_news import PRESENCE_TOPIC
from shiftsync.realtime.protocol.envelope import envelope
from shiftsync.realtime.protocol.payloads import PingPayload, ResumePayload, SubscriptionPayload
from shiftsync.realtime.protocol.wire import TOPICS, topic, topic_area
from shiftsync.realtime.socket.appearing import show_roster
from shiftsync.realtime.socket.greeting import catch_up
from shiftsync.realtime.socket.router import Context, Payload, Reply, on_connection
from shiftsync.realtime.socket.session import Session

topic(PRESENCE_TOPIC, Area.SCHEDULE, is_default_for_v1=False)


@dataclass(frozen=True, slots=True)
class Ping(FromPayload):
    """``pause_seconds``: how long until the next one; 0: as agreed when connecting."""

    timestamp: Any = None
    pause_seconds: int = 0


@dataclass(frozen=True, slots=True)
class Subscription(FromPayload):
    """Topics to add or to remove. ``narrowed``: the entities to which topics that can be narrowed are, by the fields that the topics name."""

    topics: frozenset[str] = field(metadata=from_payload(read=frozenset))
    narrowed: dict[str, list[str]] = field(default_factory=dict, metadata=rest_of_payload())


@dataclass(frozen=True, slots=True)
class Resume(FromPayload):
    """``since``: the position up to which the client has everything, ``<epoch>:<version>``."""

    since: str


@on_connection("PING", PingPayload)
async def ping(session: Session, context: Context, payload: Payload) -> None:
    """Echoes the timestamp, with the version up to which this connection has been sent changes."""
    asked = Ping.of(payload)
    session.connection.pause_seconds = asked.pause_seconds
    pong = {
        "timestamp": asked.timestamp,
        "epoch": session.room.epoch,
        "version": session.connection.position,
    }
    session.reply(Reply("PONG", pong), context.envelope)


@on_connection("SUBSCRIBE", SubscriptionPayload)
async def subscribe(session: Session, context: Context, payload: Payload) -> None:
    """Adds topics, and narrows those that can be to the entities that are named."""
    asked = Subscription.of(payload)
    topics = _known(asked.topics)
    connection = session.connection
    for name in sorted(topics):
        require_scope(connection.actor.scopes, topic_area(name), writes=False)
    is_joining = PRESENCE_TOPIC in topics - connection.audience.topics
    connection.subscribe(connection.audience.topics | topics)
    for entity_ids in asked.narrowed.values():
        connection.narrow(frozenset(entity_ids))
    _acknowledge(session, context)
    if is_joining:
        show_roster(session)


@on_connection("UNSUBSCRIBE", SubscriptionPayload)
async def unsubscribe(session: Session, context: Context, payload: Payload) -> None:
    """Removes topics."""
    session.connection.subscribe(session.connection.audience.topics - _known(Subscription.of(payload).topics))
    _acknowledge(session, context)


@on_connection("RESUME", ResumePayload)
async def resume(session: Session, context: Context, payload: Payload) -> None:
    """Sends what came after ``since``, then ``RESUMED``, or ``RESYNC_REQUIRED``."""
    await catch_up(session, Resume.of(payload).since, context.envelope)


def _known(topics: frozenset[str]) -> frozenset[str]:
    unknown = sorted(topics - set(TOPICS))
    if unknown:
        raise ValidationFailed.of("topics", f"{unknown[0]} is not a topic; the topics are {', '.join(sorted(TOPICS))}.")
    return topics


def _acknowledge(session: Session, context: Context) -> None:
    if context.envelope.request_id is None:
        return
    version = session.connection.position
    text = encode({"version": version, "result": {"topics": sorted(session.connection.audience.topics)}})
    session.connection.send_text(
        envelope(
            "ACK", text, client_id=session.actor.client_id, version=version, request_id=context.envelope.request_id
        )
    )
