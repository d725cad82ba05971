"""The payloads that belong to no app: those of the connection itself, and what every change may carry."""

from collections.abc import Callable
from typing import Any

from rest_framework import serializers
from rest_framework.serializers import Field

from shiftsync.core.actor import Role
from shiftsync.core.error_bodies import ErrorBody
from shiftsync.core.lists import ListField
from shiftsync.core.serializers import SpelledChoiceField, WireSerializer
from shiftsync.realtime.protocol.wire import TOPICS, answer
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
    """A client's sign of life."""

    timestamp = serializers.JSONField(required=False, help_text="Anything; echoed in the answer.")
    pause_seconds = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=600,
        help_text="How long until the next PING: a page in the background has slow timers.",
    )


class PongPayload(WireSerializer):
    """The answer to a PING, with the position that this connection has reached."""

    timestamp = serializers.JSONField(required=False, help_text="As sent.")
    epoch = serializers.CharField()
    version = serializers.IntegerField(help_text="The version up to which this connection has been sent changes.")


class SubscriptionPayload(WireSerializer):
    """The topics that a connection wants to hear about from now on."""

    topics = ListField(child=serializers.CharField(max_length=32), max_length=50)

    def get_fields(self) -> dict[str, Any]:
        return {
            **super().get_fields(),
            **{each.narrowed_by: _ids(each.name) for each in TOPICS.values() if each.narrowed_by},
        }


def _ids(topic: str) -> ListField:
    return ListField(
        child=serializers.CharField(max_length=64), required=False, max_length=200, help_text=f"Narrows `{topic}`."
    )


class ResumePayload(WireSerializer):
    """The last position that a client has applied; it is sent everything after it."""

    since = serializers.CharField(max_length=64, help_text="`<epoch>:<version>`")


class PositionPayload(WireSerializer):
    """A place in a restaurant's change log."""

    epoch = serializers.CharField()
    version = serializers.IntegerField()


class ResumedPayload(PositionPayload):
    """The replay is over: everything after ``from`` up to this position has been sent."""

    def get_fields(self) -> dict[str, Any]:
        return {"from": serializers.IntegerField(), **super().get_fields()}


class ResyncPayload(PositionPayload):
    """The changes since the client's position cannot be replayed; it must ask for everything anew."""

    reason = serializers.CharField()


class HolidaySerializer(WireSerializer):
    """A public holiday of the restaurant's country."""

    date = serializers.DateField()
    name_ja = serializers.CharField()
    name_en = serializers.CharField()


INTRODUCED: dict[str, Callable[[], Field[Any, Any, Any, Any]]] = {}
"""What apps add to ``CONNECTION_ACK``, each with its shape; see ``introduces``."""


class ConnectionAckPayload(WireSerializer):
    """The first message on a connection: who the client is, its limits, and the position it starts from."""

    status = serializers.ChoiceField(choices=["connected"])
    client_id = serializers.CharField()
    restaurant_id = serializers.UUIDField()
    role = serializers.ChoiceField(choices=[role.value for role in Role])
    sight = serializers.CharField(
        help_text="Names what the user sees. What a client keeps is only good as long as this is the same."
    )
    user_id = serializers.UUIDField(allow_null=True, help_text="Null for the anonymous editor in development.")
    user_name = serializers.CharField(allow_blank=True)
    epoch = serializers.CharField()
    version = serializers.IntegerField()
    protocol = serializers.IntegerField()
    heartbeat_seconds = serializers.IntegerField()
    max_frame_bytes = serializers.IntegerField(help_text="Larger frames close the connection with 1009.")
    server_time = serializers.DateTimeField()

    def get_fields(self) -> dict[str, Any]:
        return {**super().get_fields(), **{name: make() for name, make in INTRODUCED.items()}}


class RoleChangedPayload(WireSerializer):
    """The user's role, or what the user sees otherwise, was changed while connected: everything is to be asked for again."""

    role = serializers.ChoiceField(
        choices=[role.value for role in Role], help_text="The user's role on this connection from now on."
    )
    sight = serializers.CharField(
        help_text="Names what the user sees. What a client keeps is only good as long as this is the same."
    )


class ErrorPayload(ErrorBody):
    """What a refused request gets, the same as over REST."""

    wire_name = "ErrorPayload"

    frame = serializers.IntegerField(
        required=False,
        help_text="The number of the frame on this connection, from 1, if its `requestId` cannot be read.",
    )


class ConflictItem(WireSerializer):
    """One field that somebody else changed since the author's base version, with all three values."""

    entity = serializers.CharField()
    entity_id = serializers.CharField()
    field = serializers.CharField()
    base = serializers.JSONField(allow_null=True)
    yours = serializers.JSONField(allow_null=True)
    theirs = serializers.JSONField(allow_null=True)
    their_author = serializers.CharField(allow_blank=True)
    changed_at = serializers.DateTimeField(allow_null=True)


class AckResult(WireSerializer):
    """What a change did besides what was asked, and what else its author should know."""

    has_other_keys = True

    overwritten = ConflictItem(many=True, required=False, help_text="Later changes by others that this one overwrote.")
    refused = ConflictItem(
        many=True, required=False, help_text="Parts that were not done, since others had changed them."
    )


class AckPayload(WireSerializer):
    """The change is durable, as ``version``."""

    version = serializers.IntegerField()
    result = AckResult()


class ConflictPayload(WireSerializer):
    """Nothing was written: the author has to decide about these fields."""

    items = ConflictItem(many=True)
    current_version = serializers.IntegerField()


class BatchPayload(WireSerializer):
    """Everything that one commit changed, in one frame."""

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
