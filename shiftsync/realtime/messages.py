"""The messages of the socket itself: heartbeat, subscriptions, resuming, presence. All others live in the apps."""

from typing import Any

from rest_framework import serializers

from shiftsync.core.encoding import encode
from shiftsync.core.errors import ValidationFailed
from shiftsync.core.openapi import ErrorBody
from shiftsync.core.serializers import WireSerializer
from shiftsync.realtime.envelope import envelope
from shiftsync.realtime.greeting import catch_up
from shiftsync.realtime.presence_news import PRESENCE_TOPIC
from shiftsync.realtime.router import Context, Payload, Reply, light
from shiftsync.realtime.session import Session
from shiftsync.realtime.wire import TOPICS, answer, topic

topic(PRESENCE_TOPIC, is_default_for_v1=False)


class PingPayload(WireSerializer):
    timestamp = serializers.JSONField(required=False, help_text="Anything; it comes back.")
    pause_seconds = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=600,
        help_text="The next PING may take so long: that of a page in the background, whose timers are slow.",
    )


class PongPayload(WireSerializer):
    timestamp = serializers.JSONField(required=False, help_text="As it was sent.")
    epoch = serializers.CharField()
    version = serializers.IntegerField(help_text="What this connection has been sent up to.")


class SubscriptionPayload(WireSerializer):
    topics = serializers.ListField(child=serializers.CharField(max_length=32), max_length=50)
    schedule_ids = serializers.ListField(
        child=serializers.CharField(max_length=64), required=False, max_length=200, help_text="Narrows `shifts`."
    )


class ResumePayload(WireSerializer):
    since = serializers.CharField(max_length=64, help_text="`<epoch>:<version>`")


class PositionPayload(WireSerializer):
    epoch = serializers.CharField()
    version = serializers.IntegerField()


class ResumedPayload(PositionPayload):
    def get_fields(self) -> dict[str, Any]:
        return {"from": serializers.IntegerField(), **super().get_fields()}


class ResyncPayload(PositionPayload):
    reason = serializers.CharField()


class CellPayload(WireSerializer):
    staff_id = serializers.CharField(max_length=64)
    date_key = serializers.CharField(max_length=10)


class PlacePayload(WireSerializer):
    schedule_id = serializers.CharField(max_length=64, required=False, allow_null=True)
    cell = CellPayload(required=False, allow_null=True)
    state = serializers.ChoiceField(choices=["viewing", "editing"], default="viewing")


class PresenceEntry(PlacePayload):
    client_id = serializers.CharField()
    user_id = serializers.CharField(allow_blank=True)
    name = serializers.CharField(allow_blank=True)
    state = serializers.ChoiceField(choices=["viewing", "editing", "left"])


class PresenceStatePayload(WireSerializer):
    roster = PresenceEntry(many=True)
    complete = serializers.BooleanField(help_text="Whether this is the whole roster or only who moved.")


class PeriodEntry(WireSerializer):
    index = serializers.IntegerField()
    id = serializers.UUIDField()
    start_date = serializers.DateField()
    end_date = serializers.DateField()
    schedule_id = serializers.UUIDField(allow_null=True)
    state = serializers.CharField(allow_null=True)


class ConnectionAckPayload(WireSerializer):
    status = serializers.CharField()
    client_id = serializers.CharField()
    restaurant_id = serializers.UUIDField()
    role = serializers.CharField()
    user_id = serializers.UUIDField(allow_null=True, help_text="Null for the nameless editor of development.")
    user_name = serializers.CharField(allow_blank=True)
    epoch = serializers.CharField()
    version = serializers.IntegerField()
    protocol = serializers.IntegerField()
    heartbeat_seconds = serializers.IntegerField()
    max_frame_bytes = serializers.IntegerField(help_text="A larger frame closes the connection with 1009.")
    server_time = serializers.DateTimeField()
    periods = PeriodEntry(many=True)


class RoleChangedPayload(WireSerializer):
    role = serializers.CharField(help_text="What this connection's user may do from now on.")


class AckPayload(WireSerializer):
    version = serializers.IntegerField()
    result = serializers.JSONField()


class ErrorPayload(ErrorBody):
    """What a refused request gets, the same as over REST."""

    frame = serializers.IntegerField(
        required=False, help_text="Which frame of the connection, counted from 1, where its `requestId` cannot be read."
    )


class ConflictItem(WireSerializer):
    entity = serializers.CharField()
    entity_id = serializers.CharField()
    field = serializers.CharField()
    base = serializers.JSONField(allow_null=True)
    yours = serializers.JSONField(allow_null=True)
    theirs = serializers.JSONField(allow_null=True)
    their_author = serializers.CharField(allow_blank=True)
    changed_at = serializers.DateTimeField(allow_null=True)


class ConflictPayload(WireSerializer):
    items = ConflictItem(many=True)
    current_version = serializers.IntegerField()


class BatchPayload(WireSerializer):
    messages = serializers.ListField(child=serializers.JSONField(), help_text="Envelopes in version order.")


answer("CONNECTION_ACK", ConnectionAckPayload)
answer("ROLE_CHANGED", RoleChangedPayload)
answer("PONG", PongPayload)
answer("ACK", AckPayload)
answer("ERROR", ErrorPayload)
answer("CONFLICT", ConflictPayload)
answer("BATCH", BatchPayload)
answer("RESUMED", ResumedPayload)
answer("RESYNC_REQUIRED", ResyncPayload)
answer("PRESENCE_STATE", PresenceStatePayload)


@light("PING", PingPayload)
async def ping(session: Session, context: Context, payload: Payload) -> None:
    """Echoes the timestamp with what this connection has been sent up to."""
    session.connection.pause_seconds = payload.get("pause_seconds", 0)
    pong = {
        "timestamp": payload.get("timestamp"),
        "epoch": session.room.epoch,
        "version": session.connection.position,
    }
    session.reply(Reply("PONG", pong), context.envelope)


@light("SUBSCRIBE", SubscriptionPayload)
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
        session.show_roster()


@light("UNSUBSCRIBE", SubscriptionPayload)
async def unsubscribe(session: Session, context: Context, payload: Payload) -> None:
    """Takes topics away."""
    session.connection.subscribe(session.connection.audience.topics - _known(payload["topics"]))
    _acknowledge(session, context)


@light("RESUME", ResumePayload)
async def resume(session: Session, context: Context, payload: Payload) -> None:
    """Sends what came after ``since``, then ``RESUMED``, or ``RESYNC_REQUIRED``."""
    await catch_up(session, payload["since"], context.envelope)


@light("PRESENCE_UPDATE", PlacePayload)
async def presence_update(session: Session, context: Context, payload: Payload) -> None:
    """Tells the others where this client is."""
    cell = payload.get("cell")
    place = {
        "scheduleId": payload.get("schedule_id"),
        "cell": {"staffId": cell["staff_id"], "dateKey": cell["date_key"]} if cell else None,
        "state": payload["state"],
    }
    session.move(place, context.envelope.client_id or session.actor.client_id or "")


def _known(topics: list[str]) -> frozenset[str]:
    unknown = [name for name in topics if name not in TOPICS]
    if unknown:
        raise ValidationFailed.of("topics", f"{unknown[0]} is no topic; there are {', '.join(sorted(TOPICS))}.")
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
