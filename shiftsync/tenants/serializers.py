"""Restaurants, memberships, tokens and tickets on the wire."""

from typing import Any

from django.core.exceptions import ValidationError
from rest_framework import serializers

from shiftsync.core.actor import Role
from shiftsync.core.serializers import SpelledChoiceField, WireSerializer
from shiftsync.tenants.models import ApiToken, ConflictStrategy, Membership, Restaurant, check_country, check_timezone

ROLES = [role.value for role in Role]


def known_timezone(name: str) -> None:
    """The model's check, as this layer reports it."""
    try:
        check_timezone(name)
    except ValidationError as error:
        raise serializers.ValidationError(error.messages) from None


def known_country(code: str) -> None:
    """The model's check, as this layer reports it."""
    try:
        check_country(code)
    except ValidationError as error:
        raise serializers.ValidationError(error.messages) from None


class RestaurantSerializer(WireSerializer):
    id = serializers.UUIDField()
    name = serializers.CharField()
    timezone = serializers.CharField()
    closing_day = serializers.IntegerField()
    country = serializers.CharField(help_text="ISO 3166, two letters: whose public holidays there are.")
    conflict_strategy = serializers.ChoiceField(choices=ConflictStrategy.choices)
    role = serializers.ChoiceField(choices=ROLES, help_text="Yours.")


class RestaurantChanges(WireSerializer):
    """The settings of a restaurant that its owner may change; all optional."""

    name = serializers.CharField(max_length=200, required=False)
    timezone = serializers.CharField(max_length=64, required=False, validators=[known_timezone])
    closing_day = serializers.IntegerField(min_value=1, max_value=31, required=False)
    country = serializers.CharField(max_length=2, required=False, validators=[known_country])
    conflict_strategy = SpelledChoiceField(choices=ConflictStrategy.choices, required=False)


class MembershipSerializer(WireSerializer):
    id = serializers.UUIDField()
    user_id = serializers.UUIDField()
    username = serializers.CharField()
    display_name = serializers.CharField()
    role = serializers.ChoiceField(choices=ROLES)


class MembershipGrant(WireSerializer):
    username = serializers.CharField(max_length=150)
    role = serializers.ChoiceField(choices=ROLES)


class MembershipRole(WireSerializer):
    role = serializers.ChoiceField(choices=ROLES)


class TokenSerializer(WireSerializer):
    id = serializers.UUIDField()
    name = serializers.CharField(allow_blank=True)
    user_id = serializers.UUIDField()
    username = serializers.CharField()
    created_at = serializers.DateTimeField()
    last_used_at = serializers.DateTimeField(allow_null=True, help_text="To within five minutes.")
    expires_at = serializers.DateTimeField(allow_null=True, help_text="Null: it lasts until it is revoked.")


class IssuedToken(TokenSerializer):
    token = serializers.CharField(help_text="The secret; it is shown this once.")


class TokenIssue(WireSerializer):
    name = serializers.CharField(max_length=100, required=False, allow_blank=True, help_text="What it is for.")
    username = serializers.CharField(
        max_length=150, required=False, help_text="Your own user name; a token is issued for oneself only."
    )
    expires_at = serializers.DateTimeField(
        required=False, allow_null=True, help_text="Its end, at most as late as that of the token it is made with."
    )


class TicketSerializer(WireSerializer):
    ticket = serializers.CharField(help_text="Goes into the socket's URL; lets in one connection.")
    expires_in_seconds = serializers.IntegerField()


class MeSerializer(WireSerializer):
    id = serializers.UUIDField()
    user_id = serializers.UUIDField(help_text="As `CONNECTION_ACK` names you; the same as `id`.")
    user_name = serializers.CharField()
    username = serializers.CharField()
    display_name = serializers.CharField()
    restaurants = RestaurantSerializer(many=True)


def restaurant_payload(restaurant: Restaurant, role: Role) -> dict[str, Any]:
    """A restaurant as somebody with that role sees it."""
    return {
        "id": restaurant.id,
        "name": restaurant.name,
        "timezone": restaurant.timezone,
        "closingDay": restaurant.closing_day,
        "country": restaurant.country,
        "conflictStrategy": restaurant.conflict_strategy,
        "role": role.value,
    }


def membership_payload(membership: Membership) -> dict[str, Any]:
    """A membership with who it is."""
    return {
        "id": membership.id,
        "userId": membership.user_id,
        "username": membership.user.username,
        "displayName": membership.user.display_name,
        "role": membership.role,
    }


def token_payload(token: ApiToken) -> dict[str, Any]:
    """A token without its secret, which nobody has any more."""
    return {
        "id": token.id,
        "name": token.name,
        "userId": token.user_id,
        "username": token.user.username,
        "createdAt": token.created_at,
        "lastUsedAt": token.last_used_at,
        "expiresAt": token.expires_at,
    }
