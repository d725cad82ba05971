"""The messages of the socket itself: heartbeat, subscriptions, resuming, presence. All others live in the apps."""

from shiftsync.core.encoding import encode
from shiftsync.core.errors import ValidationFailed
from shiftsync.realtime.hub.presence_news import PRESENCE_TOPIC
from shiftsync.realtime.protocol.envelope import envelope
from shiftsync.realtime.protocol.payloads import PingPayload, PlacePayload, ResumePayload, SubscriptionPayload
from shiftsync.realtime.protocol.wire import TOPICS, topic
from shiftsync.realtime.socket.appearing import move, show_roster
from shiftsync.realtime.socket.greeting import catch_up
from shiftsync.realtime.socket.router import Context, Payload, Reply, on_connection
from shiftsync.realtime.socket.session import Session

topic(PRESENCE_TOPIC, is_default_for_v1=False)


@on_connection("PING", PingPayload)
async def ping(session: Session, context: Context, payload: Payload) -> None:
    """Echoes the timestamp, with the version up to which this connection has been sent changes."""
    session.connection.pause_seconds = payload.get("pause_seconds", 0)
    pong = {
        "timestamp": payload.get("timestamp"),
        "epoch": session.room.epoch,
        "version": session.connection.position,
    }
    session.reply(Reply("PONG", pong), context.envelope)


@on_connection("SUBSCRIBE", SubscriptionPayload)
async def subscribe(session: Session, context: Context, payload: Payload) -> None:
    """Adds topics; ``scheduleIds`` narrows the topic of shifts."""
    topics = _known(payload["topics"])
    connection = session.connection
    is_joining = PRESENCE_TOPIC in topics - connection.audience.topics
    connection.subscribe(connection.audience.topics | topics)
    if "schedule_ids" in payload:
        connection.narrow(frozenset(payload["schedule_ids"]))
    _acknowledge(session, context)
    if is_joining:
        show_roster(session)


@on_connection("UNSUBSCRIBE", SubscriptionPayload)
async def unsubscribe(session: Session, context: Context, payload: Payload) -> None:
    """Removes topics."""
    session.connection.subscribe(session.connection.audience.topics - _known(payload["topics"]))
    _acknowledge(session, context)


@on_connection("RESUME", ResumePayload)
async def resume(session: Session, context: Context, payload: Payload) -> None:
    """Sends what came after ``since``, then ``RESUMED``, or ``RESYNC_REQUIRED``."""
    await catch_up(session, payload["since"], context.envelope)


@on_connection("PRESENCE_UPDATE", PlacePayload)
async def presence_update(session: Session, context: Context, payload: Payload) -> None:
    """Tells the others where this client is."""
    cell = payload.get("cell")
    place = {
        "scheduleId": payload.get("schedule_id"),
        "cell": {"staffId": cell["staff_id"], "dateKey": cell["date_key"]} if cell else None,
        "state": payload["state"],
    }
    move(session, place, context.envelope.client_id or session.actor.client_id or "")


def _known(topics: list[str]) -> frozenset[str]:
    unknown = [name for name in topics if name not in TOPICS]
    if unknown:
        raise ValidationFailed.of("topics", f"{unknown[0]} is not a topic; the topics are {', '.join(sorted(TOPICS))}.")
    return frozenset(topics)


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
