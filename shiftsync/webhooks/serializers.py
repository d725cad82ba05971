"""Webhooks and their deliveries on the wire."""

from typing import Any

from rest_framework import serializers

from shiftsync.core.lists import ListField
from shiftsync.core.serializers import WireSerializer
from shiftsync.webhooks.models import DeliveryState, Webhook, WebhookDelivery, WebhookState
from shiftsync.webhooks.services import MOST_SECRET_HOURS, OLD_SECRET_HOURS

EVENTS_HELP = "Names of events, areas (`staff.*`) or all (`*`); `GET /api/webhooks/events/` lists them."
MOST_EVENTS = 100


class WebhookFields(WireSerializer):
    """A webhook to be made."""

    example = {"url": "https://payroll.example.com/shiftsync", "events": ["schedule.published", "staff.*"]}

    url = serializers.CharField(
        max_length=1000, help_text="Where to deliver: an `https://` address on the public internet."
    )
    events = ListField(
        child=serializers.CharField(max_length=100), min_length=1, max_length=MOST_EVENTS, help_text=EVENTS_HELP
    )
    description = serializers.CharField(max_length=200, required=False, allow_blank=True)


class WebhookChanges(WireSerializer):
    """What to change of a webhook; all optional."""

    example = {"events": ["*"]}

    url = serializers.CharField(max_length=1000, required=False)
    events = ListField(
        child=serializers.CharField(max_length=100),
        min_length=1,
        max_length=MOST_EVENTS,
        required=False,
        help_text=EVENTS_HELP,
    )
    description = serializers.CharField(max_length=200, required=False, allow_blank=True)


class WebhookResume(WireSerializer):
    """Where deliveries go on."""

    skip = serializers.BooleanField(
        default=False, help_text="True: at what happens from now on; else where they stopped, with all that waits."
    )


class SecretRotation(WireSerializer):
    """How long the secret of before still signs."""

    hours = serializers.IntegerField(min_value=0, max_value=MOST_SECRET_HOURS, default=OLD_SECRET_HOURS)


class WebhookSerializer(WireSerializer):
    """An address that is told of changes, and how far it has been told."""

    id = serializers.UUIDField()
    url = serializers.CharField()
    events = ListField(child=serializers.CharField())
    description = serializers.CharField(allow_blank=True)
    state = serializers.ChoiceField(
        choices=WebhookState.choices,
        help_text="`active`: deliveries are made. `paused`: by an owner. `failing`: disabled after days of failure. "
        "`gone`: disabled, since the receiver answered 410. What happens meanwhile waits.",
    )
    position = serializers.CharField(help_text="`<epoch>:<version>` up to which everything has been delivered.")
    failures = serializers.IntegerField(help_text="Attempts in a row that failed.")
    failing_since = serializers.DateTimeField(allow_null=True)
    next_attempt_at = serializers.DateTimeField(allow_null=True, help_text="When what failed is tried again.")
    former_secret_until = serializers.DateTimeField(
        allow_null=True, help_text="Until when deliveries are signed with the former secret as well."
    )
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class WebhookSecretsSerializer(WireSerializer):
    """What signs deliveries."""

    rest_name = "WebhookSecrets"

    secret = serializers.CharField(help_text="`whsec_` and a key in Base64.")
    former_secret = serializers.CharField(allow_null=True, help_text="The one of before, while it still signs.")
    former_secret_until = serializers.DateTimeField(allow_null=True)


class DeliverySerializer(WireSerializer):
    """One attempt to deliver an event, or one that was asked for and waits."""

    rest_name = "WebhookDelivery"

    id = serializers.UUIDField()
    event_id = serializers.CharField(help_text="The header `webhook-id`; the same in every attempt.")
    event = serializers.CharField()
    version = serializers.IntegerField(allow_null=True, help_text="Of the change; null: of none.")
    state = serializers.ChoiceField(choices=DeliveryState.choices)
    attempt = serializers.IntegerField()
    is_requested = serializers.BooleanField(help_text="An owner asked for it: a test, or a repeat.")
    created_at = serializers.DateTimeField()
    sent_at = serializers.DateTimeField(allow_null=True)
    status = serializers.IntegerField(allow_null=True, help_text="Of the receiver's answer; null: there was none.")
    error = serializers.CharField(allow_blank=True, help_text="Why there was no answer.")
    response = serializers.CharField(allow_blank=True, help_text="The beginning of the answer.")
    milliseconds = serializers.IntegerField(allow_null=True)


class DeliveriesQuery(WireSerializer):
    """Which deliveries."""

    state = serializers.ChoiceField(choices=DeliveryState.choices, required=False)


class EventKindSerializer(WireSerializer):
    """An event that webhooks can be told of."""

    rest_name = "WebhookEventKind"

    name = serializers.CharField()
    change_type = serializers.CharField(help_text="The type in the change log; `data` has the shape of its `payload`.")


def webhook_payload(webhook: Webhook) -> dict[str, Any]:
    """As :class:`WebhookSerializer` has it."""
    cursor = webhook.cursor
    return {
        "id": webhook.id,
        "url": webhook.url,
        "events": webhook.events,
        "description": webhook.description,
        "state": webhook.state,
        "position": f"{cursor.epoch}:{cursor.version}",
        "failures": cursor.failures,
        "failingSince": cursor.failing_since,
        "nextAttemptAt": cursor.next_attempt_at if cursor.failures else None,
        "formerSecretUntil": webhook.former_until,
        "createdAt": webhook.created_at,
        "updatedAt": webhook.updated_at,
    }


def delivery_payload(delivery: WebhookDelivery) -> dict[str, Any]:
    """As :class:`DeliverySerializer` has it."""
    return {
        "id": delivery.id,
        "eventId": delivery.event_id,
        "event": delivery.event,
        "version": delivery.version,
        "state": delivery.state,
        "attempt": delivery.attempt,
        "isRequested": delivery.is_requested,
        "createdAt": delivery.created_at,
        "sentAt": delivery.sent_at,
        "status": delivery.status,
        "error": delivery.error,
        "response": delivery.response,
        "milliseconds": delivery.milliseconds,
    }
