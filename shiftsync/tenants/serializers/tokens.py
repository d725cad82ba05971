"""API tokens, and tickets for the socket, on the wire."""

from typing import Any

from rest_framework import serializers

from shiftsync.core.lists import ListField
from shiftsync.core.scopes import SCOPES
from shiftsync.core.serializers import WireSerializer
from shiftsync.tenants.models import ApiToken

SCOPES_HELP = "What it may do of what its user may: by area, and `*` for everything. To write is to read as well."


class ScopeField(serializers.ChoiceField):
    """One scope."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=SCOPES, **kwargs)


class TokenSerializer(WireSerializer):
    """An API token, without its secret."""

    id = serializers.UUIDField()
    name = serializers.CharField(allow_blank=True)
    user_id = serializers.UUIDField()
    username = serializers.CharField()
    created_at = serializers.DateTimeField()
    last_used_at = serializers.DateTimeField(allow_null=True, help_text="To within five minutes.")
    expires_at = serializers.DateTimeField(allow_null=True, help_text="Null if it is valid until revoked.")
    scopes = serializers.ListField(child=ScopeField(), help_text=SCOPES_HELP)


class IssuedToken(TokenSerializer):
    """A token that was just issued."""

    token = serializers.CharField(help_text="The secret; shown only once.")


class TokenIssue(WireSerializer):
    """A token to be issued for oneself."""

    example = {"name": "給与計算", "scopes": ["schedule:read", "staff:read"]}

    name = serializers.CharField(max_length=100, required=False, allow_blank=True, help_text="What it is for.")
    username = serializers.CharField(
        max_length=150, required=False, help_text="Your own user name; tokens can only be issued for yourself."
    )
    expires_at = serializers.DateTimeField(
        required=False, allow_null=True, help_text="When it expires; no later than the token that creates it."
    )
    scopes = ListField(
        child=ScopeField(),
        required=False,
        min_length=1,
        max_length=len(SCOPES),
        help_text=f"{SCOPES_HELP} Left out: as much as you may now.",
    )


class TicketSerializer(WireSerializer):
    """A single-use credential for opening the socket."""

    rest_name = "IssuedTicket"

    ticket = serializers.CharField(help_text="Goes into the socket's URL; valid for one connection.")
    expires_in_seconds = serializers.IntegerField()


def token_payload(token: ApiToken) -> dict[str, Any]:
    """A token without its secret, which is not stored."""
    return {
        "id": token.id,
        "name": token.name,
        "userId": token.user_id,
        "username": token.user.username,
        "createdAt": token.created_at,
        "lastUsedAt": token.last_used_at,
        "expiresAt": token.expires_at,
        "scopes": token.scopes.split(),
    }
