"""The security log on the wire."""

from typing import Any

from rest_framework import serializers

from shiftsync.core.serializers import WireSerializer
from shiftsync.tenants.models import SecurityEvent, SecurityKind


class LogQuery(WireSerializer):
    """Which part of the security log."""

    before = serializers.DateTimeField(required=False, help_text="Only events before that moment.")
    kind = serializers.ChoiceField(choices=SecurityKind.choices, required=False)
    limit = serializers.IntegerField(min_value=1, max_value=500, default=100)


class SecurityEventSerializer(WireSerializer):
    """One entry of the security log."""

    id = serializers.UUIDField()
    at = serializers.DateTimeField()
    kind = serializers.ChoiceField(choices=SecurityKind.choices)
    actor = serializers.CharField(
        allow_null=True, help_text="The user name of the author; null for the system or if unknown."
    )
    about = serializers.CharField(allow_null=True, help_text="The user name of the person concerned.")
    address = serializers.CharField(allow_blank=True, help_text="The network address it came from.")
    details = serializers.DictField()


def event_payload(event: SecurityEvent) -> dict[str, Any]:
    """An entry of the security log."""
    return {
        "id": event.id,
        "at": event.at,
        "kind": event.kind,
        "actor": event.actor.username if event.actor else None,
        "about": event.about.username if event.about else None,
        "address": event.address,
        "details": event.details,
    }
