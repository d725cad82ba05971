"""The settings of restaurants, and restaurants that begin, on the wire."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from rest_framework import serializers

from shiftsync.core.actor import Role
from shiftsync.core.serializers import SpelledChoiceField, WireSerializer
from shiftsync.tenants.hooks import LeftOut
from shiftsync.tenants.models import (
    MOST_WISHES,
    ConflictStrategy,
    Restaurant,
    SwapPolicy,
    TextMeaning,
    check_country,
    check_timezone,
)
from shiftsync.tenants.services.restaurants import USUAL, restaurant_facts

ROLES = [role.value for role in Role]
WISH_LIMIT = "How many wishes each of the staff may have in a period that says nothing else; null: any."
SWAPS = "Whether staff may swap shifts with each other, and whether a manager has to approve."


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
    """The settings of a restaurant that all its members may see."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    timezone = serializers.CharField()
    closing_day = serializers.IntegerField()
    country = serializers.CharField(help_text="ISO 3166, two letters; determines the public holidays.")
    conflict_strategy = serializers.ChoiceField(choices=ConflictStrategy.choices)
    text_counts_as = serializers.ChoiceField(
        choices=TextMeaning.choices, help_text="What text in a cell counts as that no shift type explains."
    )
    wish_limit = serializers.IntegerField(allow_null=True, help_text=WISH_LIMIT)
    swaps = serializers.ChoiceField(choices=SwapPolicy.choices, help_text=SWAPS)
    staff_see_colleagues = serializers.BooleanField(
        help_text="Whether members of the role staff see the shifts of others in what is published; else their own alone."
    )


class RestaurantSerializer(RestaurantFacts):
    """A restaurant and the role that the caller has in it."""

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
    wish_limit = serializers.IntegerField(
        allow_null=True, required=False, min_value=0, max_value=MOST_WISHES, help_text=WISH_LIMIT
    )
    swaps = serializers.ChoiceField(choices=SwapPolicy.choices, required=False, help_text=SWAPS)
    staff_see_colleagues = serializers.BooleanField(
        required=False,
        help_text="Whether members of the role staff see the shifts of others in what is published; else their own alone.",
    )


class RestaurantBeginning(WireSerializer):
    """What a restaurant cannot begin without."""

    request_id = serializers.UUIDField(
        required=False, help_text="Chosen by the client; makes the request safe to repeat."
    )
    name = serializers.CharField(max_length=200)
    timezone = serializers.CharField(max_length=64, validators=[known_timezone])
    closing_day = serializers.IntegerField(min_value=1, max_value=31)
    country = serializers.CharField(max_length=2, default="JP", validators=[known_country])
    preset = serializers.CharField(
        max_length=40, default=USUAL, help_text="The kind of workplace whose shift times it begins with."
    )
    copy_from = serializers.UUIDField(
        required=False,
        help_text="A restaurant that you own, whose settings, shift types and closings it begins with instead; not its people.",
    )


class LeftOutSerializer(WireSerializer):
    """Something that a copied restaurant does not have as its original has it, since it is about people."""

    rest_name = "LeftOut"

    what = serializers.CharField(help_text="The collection: `staffGroups`, `priorityRules` and so on.")
    name = serializers.CharField()
    people = serializers.IntegerField(help_text="How many people it names there.")
    is_whole = serializers.BooleanField(help_text="It was left out; else it is there without its people.")


class BegunRestaurant(RestaurantSerializer):
    """A restaurant that was begun."""

    left_out = LeftOutSerializer(
        many=True, required=False, help_text="What was not copied, if it is a copy and was made just now."
    )


class RestaurantChanges(RestaurantFields):
    """What its owner changes, and what they saw when they began."""

    example = {"name": "小料理 しおり"}

    seen = RestaurantFields(
        required=False,
        help_text="What stood there when its author began. Where something else does now, nothing is written (`conflict`).",
    )


def restaurant_payload(restaurant: Restaurant, role: Role) -> dict[str, Any]:
    """A restaurant as somebody with that role sees it."""
    return {**restaurant_facts(restaurant), "role": role.value}


def begun_payload(restaurant: Restaurant, role: Role, left_out: Sequence[LeftOut]) -> dict[str, Any]:
    """A restaurant that was begun, with what it does not have of its original."""
    told = [
        {"what": each.what, "name": each.name, "people": each.people, "isWhole": each.is_whole} for each in left_out
    ]
    return {**restaurant_payload(restaurant, role), **({"leftOut": told} if told else {})}
