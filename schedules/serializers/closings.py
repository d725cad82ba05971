"""Closings that repeat, on the wire, for the socket and REST alike."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from rest_framework import serializers

from schedules.models import ClosingPattern, HolidayCase
from shiftsync.core.lists import ListField
from shiftsync.core.serializers import WireSerializer
from shiftsync.realtime.protocol.payloads import ChangePayload

ID_LENGTH = 64
LEAP_YEAR = 2000


class DayOfYear(serializers.CharField):
    """A day that every year has, or every fourth: ``MM-DD``."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=5, allow_blank=True, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        value: str = super().to_internal_value(data)
        try:
            if value and f"{date.fromisoformat(f'{LEAP_YEAR}-{value}'):%m-%d}" != value:
                raise ValueError
        except ValueError:
            raise serializers.ValidationError("Must be a day as MM-DD.") from None
        return value


class Week(serializers.IntegerField):
    """The first, second ... of a weekday in its month, or the last: 1 to 5, or -1."""

    def to_internal_value(self, data: Any) -> int:
        value: int = super().to_internal_value(data)
        if value != -1 and not 1 <= value <= 5:
            raise serializers.ValidationError("Must be 1 to 5, or -1.")
        return value


class ClosingRuleFields(WireSerializer):
    """The fields of a closing that repeats; all optional."""

    repeats = serializers.ChoiceField(choices=ClosingPattern.choices, required=False)
    days_of_week = ListField(
        child=serializers.IntegerField(min_value=0, max_value=6),
        max_length=7,
        required=False,
        help_text="Weekly and monthly: 0 = Sunday ... 6 = Saturday.",
    )
    weeks = ListField(
        child=Week(),
        max_length=6,
        required=False,
        help_text="Monthly: the first, second ... of those days in a month; -1: the last.",
    )
    from_day = DayOfYear(required=False, help_text="Yearly: `MM-DD`.")
    to_day = DayOfYear(required=False, help_text="Yearly: the last day; before the first, it lies in the next year.")
    on_holiday = serializers.ChoiceField(
        choices=HolidayCase.choices, required=False, help_text="What happens when it falls on a public holiday."
    )
    valid_from = serializers.DateField(allow_null=True, required=False, help_text="null: from the beginning.")
    valid_until = serializers.DateField(allow_null=True, required=False, help_text="null: indefinitely.")
    note = serializers.CharField(
        max_length=200, allow_blank=True, required=False, help_text="Shown on each of its days."
    )


class ClosingRuleSerializer(ClosingRuleFields):
    """A closing that repeats. A calendar day of kind `open` or `all_work` is an exception to it."""

    id = serializers.UUIDField()
    repeats = serializers.ChoiceField(choices=ClosingPattern.choices)
    days_of_week = ListField(child=serializers.IntegerField())
    weeks = ListField(child=serializers.IntegerField())
    from_day = DayOfYear()
    to_day = DayOfYear()
    on_holiday = serializers.ChoiceField(choices=HolidayCase.choices)
    valid_from = serializers.DateField(allow_null=True)
    valid_until = serializers.DateField(allow_null=True)
    note = serializers.CharField(allow_blank=True)
    is_active = serializers.BooleanField()
    revision = serializers.IntegerField()


class ClosingRuleCreatePayload(ClosingRuleFields, ChangePayload):
    """Without `validFrom` it holds from today on."""

    example = {"repeats": "weekly", "daysOfWeek": [1], "note": "定休日"}

    id = serializers.CharField(max_length=ID_LENGTH, required=False)
    repeats = serializers.ChoiceField(choices=ClosingPattern.choices)


class ClosingRuleUpdatePayload(ChangePayload):
    """New values for some fields of one closing rule."""

    rule_id = serializers.CharField(max_length=ID_LENGTH)
    changes = ClosingRuleFields()


class ClosingRuleDeletePayload(ChangePayload):
    """Names the closing rule to delete."""

    rule_id = serializers.CharField(max_length=ID_LENGTH)


class ClosingRuleRestorePayload(ChangePayload):
    """Names the deleted closing rule to restore."""

    rule_id = serializers.CharField(max_length=ID_LENGTH)


class ClosingRuleDeletedPayload(WireSerializer):
    """A closing rule was deleted."""

    rule_id = serializers.UUIDField()
    revision = serializers.IntegerField()


_NAMES = frozenset(ClosingRuleFields().fields)


def closing_rule_fields(payload: Mapping[str, Any]) -> dict[str, Any]:
    """What a payload says of the closing itself."""
    return {name: value for name, value in payload.items() if name in _NAMES}
