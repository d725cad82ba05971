"""The payloads that belong to no app: those of the connection itself, and what every change may carry."""

from typing import Any

from rest_framework import serializers

from shiftsync.core.actor import Role
from shiftsync.core.openapi import ErrorBody
from shiftsync.core.serializers import SpelledChoiceField, WireSerializer
from shiftsync.realtime.protocol.wire import answer
from shiftsync.realtime.rules.conflicts import Strategy


class ChangePayload(WireSerializer):
    """What every change may carry besides its own fields."""

    wire_name = "ChangeOptions"

    base_version = serializers.IntegerField(required=False, min_value=0, help_text="The version the author had seen.")
    strategy = SpelledChoiceField(
        required=False,
        choices=[strategy.value for strategy in Strategy],
        help_text="Overrides the restaurant's strategy.",
    )
    reason = serializers.CharField(required=False, allow_blank=True, max_length=100, help_text="For the audit trail.")


class Nothing(WireSerializer):
    """An empty payload."""


class PingPayload(WireSerializer):
    timestamp = serializers.JSONField(required=False, help_text="Anything; echoed in the answer.")
    pause_seconds = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=600,
        help_text="How long until the next PING: a page in the background has slow timers.",
    )


class PongPayload(WireSerializer):
    timestamp = serializers.JSONField(required=False, help_text="As sent.")
    epoch = serializers.CharField()
    version = serializers.IntegerField(help_text="The version up to which this connection has been sent changes.")


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
    schedule_id = serializers.CharField(allow_null=True)
    cell = CellPayload(allow_null=True)
    state = serializers.ChoiceField(choices=["viewing", "editing", "left"])


class PresenceStatePayload(WireSerializer):
    roster = PresenceEntry(many=True)
    complete = serializers.BooleanField(help_text="Whether this is the whole roster or only those who moved.")


class PeriodEntry(WireSerializer):
    wire_name = "Period"

    index = serializers.IntegerField()
    id = serializers.UUIDField()
    start_date = serializers.DateField()
    end_date = serializers.DateField()
    schedule_id = serializers.UUIDField(allow_null=True)
    state = serializers.ChoiceField(choices=["draft", "published"], allow_null=True)


class HolidaySerializer(WireSerializer):
    date = serializers.DateField()
    name_ja = serializers.CharField()
    name_en = serializers.CharField()


class ConnectionAckPayload(WireSerializer):
    status = serializers.ChoiceField(choices=["connected"])
    client_id = serializers.CharField()
    restaurant_id = serializers.UUIDField()
    role = serializers.ChoiceField(choices=[role.value for role in Role])
    user_id = serializers.UUIDField(allow_null=True, help_text="Null for the anonymous editor in development.")
    user_name = serializers.CharField(allow_blank=True)
    epoch = serializers.CharField()
    version = serializers.IntegerField()
    protocol = serializers.IntegerField()
    heartbeat_seconds = serializers.IntegerField()
    max_frame_bytes = serializers.IntegerField(help_text="Larger frames close the connection with 1009.")
    server_time = serializers.DateTimeField()
    periods = PeriodEntry(many=True)


class RoleChangedPayload(WireSerializer):
    role = serializers.ChoiceField(
        choices=[role.value for role in Role], help_text="The user's role on this connection from now on."
    )


class ErrorPayload(ErrorBody):
    """What a refused request gets, the same as over REST."""

    wire_name = "ErrorPayload"

    frame = serializers.IntegerField(
        required=False,
        help_text="The number of the frame on this connection, from 1, if its `requestId` cannot be read.",
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


class AckResult(WireSerializer):
    """What a change did besides what was asked, and what else is to be told of it."""

    has_other_keys = True

    overwritten = ConflictItem(many=True, required=False, help_text="Later changes by others that this one overwrote.")
    refused = ConflictItem(
        many=True, required=False, help_text="Parts that were not done, since others had changed them."
    )


class AckPayload(WireSerializer):
    version = serializers.IntegerField()
    result = AckResult()


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
