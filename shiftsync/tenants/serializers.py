"""Restaurants, memberships, tokens and tickets on the wire."""

from typing import Any

from django.core.exceptions import ValidationError
from rest_framework import serializers

from shiftsync.core.actor import Role
from shiftsync.core.serializers import SpelledChoiceField, WireSerializer
from shiftsync.tenants.models import (
    ApiToken,
    ConflictStrategy,
    Invitation,
    Membership,
    Restaurant,
    SecurityEvent,
    SecurityKind,
    TextMeaning,
    check_country,
    check_timezone,
)
from shiftsync.tenants.services.restaurants import restaurant_facts

ROLES = [role.value for role in Role]
INVITED, ACTIVE = MEMBER_STATES = ("invited", "active")


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


class RestaurantFacts(WireSerializer):
    """What everybody in a restaurant may know of it."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    timezone = serializers.CharField()
    closing_day = serializers.IntegerField()
    country = serializers.CharField(help_text="ISO 3166, two letters; determines the public holidays.")
    conflict_strategy = serializers.ChoiceField(choices=ConflictStrategy.choices)
    text_counts_as = serializers.ChoiceField(
        choices=TextMeaning.choices, help_text="What text in a cell counts as that no shift type explains."
    )


class RestaurantSerializer(RestaurantFacts):
    role = serializers.ChoiceField(choices=ROLES, help_text="Yours.")


class RestaurantFields(WireSerializer):
    """The settings of a restaurant that its owner may change; all optional."""

    name = serializers.CharField(max_length=200, required=False)
    timezone = serializers.CharField(max_length=64, required=False, validators=[known_timezone])
    closing_day = serializers.IntegerField(min_value=1, max_value=31, required=False)
    country = serializers.CharField(max_length=2, required=False, validators=[known_country])
    conflict_strategy = SpelledChoiceField(choices=ConflictStrategy.choices, required=False)
    text_counts_as = serializers.ChoiceField(
        choices=TextMeaning.choices,
        required=False,
        help_text="What text in a cell counts as that no shift type explains.",
    )


class RestaurantChanges(RestaurantFields):
    """What its owner changes, and what they saw when they began."""

    seen = RestaurantFields(
        required=False,
        help_text="What stood there when its author began. Where something else does now, nothing is written (`conflict`).",
    )


class MembershipSerializer(WireSerializer):
    id = serializers.UUIDField()
    user_id = serializers.UUIDField(allow_null=True, help_text="Null for someone who is only invited.")
    username = serializers.CharField()
    display_name = serializers.CharField(help_text="The user name of someone who is only invited.")
    role = serializers.ChoiceField(choices=ROLES)
    state = serializers.ChoiceField(
        choices=MEMBER_STATES, help_text="`invited`: they have not accepted; whether there is such a user is not told."
    )


class MembershipGrant(WireSerializer):
    username = serializers.CharField(max_length=150)
    role = serializers.ChoiceField(choices=ROLES)


class InvitationSerializer(WireSerializer):
    id = serializers.UUIDField()
    restaurant_name = serializers.CharField()
    role = serializers.ChoiceField(choices=ROLES)
    invited_by = serializers.CharField(help_text="Their name; blank for the operator.", allow_blank=True)
    created_at = serializers.DateTimeField()


class LogQuery(WireSerializer):
    """Which part of the security log."""

    before = serializers.DateTimeField(required=False, help_text="Only events before that moment.")
    kind = serializers.ChoiceField(choices=SecurityKind.choices, required=False)
    limit = serializers.IntegerField(min_value=1, max_value=500, default=100)


class SecurityEventSerializer(WireSerializer):
    id = serializers.UUIDField()
    at = serializers.DateTimeField()
    kind = serializers.ChoiceField(choices=SecurityKind.choices)
    actor = serializers.CharField(
        allow_null=True, help_text="The user name of the author; null for the system or if unknown."
    )
    about = serializers.CharField(allow_null=True, help_text="The user name of the person concerned.")
    address = serializers.CharField(allow_blank=True, help_text="The network address it came from.")
    details = serializers.DictField()


class MembershipRole(WireSerializer):
    role = serializers.ChoiceField(choices=ROLES)


class TokenSerializer(WireSerializer):
    id = serializers.UUIDField()
    name = serializers.CharField(allow_blank=True)
    user_id = serializers.UUIDField()
    username = serializers.CharField()
    created_at = serializers.DateTimeField()
    last_used_at = serializers.DateTimeField(allow_null=True, help_text="To within five minutes.")
    expires_at = serializers.DateTimeField(allow_null=True, help_text="Null if it is valid until revoked.")


class IssuedToken(TokenSerializer):
    token = serializers.CharField(help_text="The secret; shown only once.")


class TokenIssue(WireSerializer):
    name = serializers.CharField(max_length=100, required=False, allow_blank=True, help_text="What it is for.")
    username = serializers.CharField(
        max_length=150, required=False, help_text="Your own user name; tokens can only be issued for yourself."
    )
    expires_at = serializers.DateTimeField(
        required=False, allow_null=True, help_text="When it expires; no later than the token that creates it."
    )


class TicketSerializer(WireSerializer):
    ticket = serializers.CharField(help_text="Goes into the socket's URL; valid for one connection.")
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
    return {**restaurant_facts(restaurant), "role": role.value}


def membership_payload(member: Membership | Invitation) -> dict[str, Any]:
    """A membership with who it is, or one that is offered."""
    if isinstance(member, Invitation):
        return {
            "id": member.id,
            "userId": None,
            "username": member.username,
            "displayName": member.username,
            "role": member.role,
            "state": INVITED,
        }
    return {
        "id": member.id,
        "userId": member.user_id,
        "username": member.user.username,
        "displayName": member.user.display_name,
        "role": member.role,
        "state": ACTIVE,
    }


def invitation_payload(invitation: Invitation) -> dict[str, Any]:
    """An invitation as the one who is invited sees it."""
    return {
        "id": invitation.id,
        "restaurantName": invitation.restaurant.name,
        "role": invitation.role,
        "invitedBy": invitation.invited_by.display_name if invitation.invited_by else "",
        "createdAt": invitation.created_at,
    }


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
    }
