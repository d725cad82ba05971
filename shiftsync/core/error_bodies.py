"""How a refusal looks on the wire: over the socket, and over REST."""

from rest_framework import serializers

from shiftsync.core.errors import ERROR_CODES, REST_CODES
from shiftsync.core.serializers import WireSerializer


class ErrorBody(WireSerializer):
    """What the payload of an `ERROR` message says."""

    code = serializers.ChoiceField(choices=ERROR_CODES, help_text="One of the protocol's error codes.")
    message = serializers.CharField()
    error = serializers.CharField(help_text="The same text, for older clients.")
    message_ja = serializers.CharField(
        required=False, help_text="`message` in Japanese, with the field's name; to clients of version 2 and over REST."
    )
    details = serializers.DictField(help_text="By field.")
    details_ja = serializers.DictField(
        required=False,
        help_text="`details` with its sentences in Japanese, where that makes a difference; as `messageJa`.",
    )
    retry_after_seconds = serializers.FloatField(required=False)


class ProblemDetails(ErrorBody):
    """The body of every refusal: the payload of an `ERROR` message, and what RFC 9457 asks for."""

    code = serializers.ChoiceField(choices=REST_CODES, help_text="What went wrong; programs decide by this.")
    type = serializers.CharField(help_text="The address at which the code is explained.")
    title = serializers.CharField(help_text="The status in words.")
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="The same text as `message`.")
    instance = serializers.CharField(help_text="The request that this answers, as `X-Request-Id` and our log name it.")
