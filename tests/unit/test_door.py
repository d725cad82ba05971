"""What the door refuses for every field of a kind, and what it lets through to the field."""

from datetime import date
from typing import Any

import pytest
from rest_framework import serializers

from shiftsync.core.dates import FIRST_DAY, LAST_DAY, is_on_calendar, require_on_calendar
from shiftsync.core.door import MAX_DEPTH, MOST, require_shallow
from shiftsync.core.errors import InvalidJson, ValidationFailed
from shiftsync.core.serializers import WireSerializer, validated
from shiftsync.core.text import unfit, without_unfit


class Part(WireSerializer):
    short_name = serializers.CharField(required=False)


class Everything(WireSerializer):
    name = serializers.CharField(required=False, max_length=50)
    many_names = serializers.ListField(child=serializers.CharField(), required=False)
    period = serializers.IntegerField(required=False)
    share = serializers.FloatField(required=False)
    weight = serializers.DecimalField(max_digits=5, decimal_places=2, required=False)
    is_held = serializers.BooleanField(required=False)
    date = serializers.DateField(required=False)
    kind = serializers.ChoiceField(choices=["a", "1"], required=False)
    id = serializers.UUIDField(required=False)
    config = serializers.JSONField(required=False)
    by_key = serializers.DictField(child=serializers.CharField(), required=False)
    changes = Part(required=False)
    parts = Part(many=True, required=False)


def refusal(payload: Any) -> ValidationFailed:
    with pytest.raises(ValidationFailed) as refused:
        validated(Everything(), payload)
    return refused.value


@pytest.mark.parametrize(
    ("payload", "field"),
    [
        ({"name": 7}, "name"),
        ({"name": 7.5}, "name"),
        ({"name": True}, "name"),
        ({"manyNames": ["a", 7]}, "manyNames"),
        ({"manyNames": [False]}, "manyNames"),
        ({"byKey": {"a": 1}}, "byKey"),
        ({"changes": {"shortName": 7}}, "changes"),
        ({"parts": [{}, {"shortName": True}]}, "parts"),
        ({"kind": 1}, "kind"),
        ({"id": 7}, "id"),
        ({"isHeld": 1}, "isHeld"),
        ({"period": True}, "period"),
        ({"share": True}, "share"),
        ({"weight": False}, "weight"),
        ({"period": MOST + 1}, "period"),
        ({"period": 1e29}, "period"),
        ({"period": "1" * 30}, "period"),
        ({"period": "9" * 5000}, "period"),
        ({"share": "inf"}, "share"),
        ({"share": "nan"}, "share"),
        ({"date": "1899-12-31"}, "date"),
        ({"date": "2201-01-01"}, "date"),
        ({"date": "9999-12-01"}, "date"),
        ({"name": "a\x0bb"}, "name"),
        ({"name": "a\ufffeb"}, "name"),
        ({"name": "a\ud800b"}, "name"),
        ({"manyNames": ["a\x00"]}, "manyNames"),
        ({"config": {"a": ["b\x1f"]}}, "config"),
        ({"config": {"a\x00": 1}}, "config"),
        ({"byKey": {"a\x00": "b"}}, "byKey"),
        ({"changes": {"shortName": "\x07"}}, "changes"),
    ],
)
def test_payload__hostile_value__is_refused_naming_the_field(payload: dict[str, Any], field: str) -> None:
    error = refusal(payload)
    assert list(error.details) == [field]
    assert error.message.startswith(field)


@pytest.mark.parametrize("payload", [None, [], "text", 7, True, [{}]])
def test_payload__no_object__is_refused(payload: Any) -> None:
    assert "object" in refusal(payload).message


def test_payload__fit_values__pass() -> None:
    day = "2200-12-31"
    given = {"name": "a\tb\nc ○", "period": MOST, "date": day, "isHeld": "true", "config": {"a": [1, None, 2.5]}}
    taken = validated(Everything(), given)
    assert taken == {
        "name": "a\tb\nc ○",
        "period": MOST,
        "date": date(2200, 12, 31),
        "is_held": True,
        "config": given["config"],
    }


@pytest.mark.parametrize(
    ("text", "clean"),
    [("a\x00b", "ab"), ("\x0b", ""), ("a\x7f\x85\x9f", "a"), ("\ufdd0x\uffff", "x"), ("\U0001ffff\U0010fffe", "")],
)
def test_text__with_what_is_no_text__is_unfit_and_can_be_cleaned(text: str, clean: str) -> None:
    assert unfit(text) is not None
    assert without_unfit(text) == clean


@pytest.mark.parametrize("text", ["", "田中 さん", "a\tb\r\nc", "👨‍👩‍👧", "○\ufe0e", "\u200b", "\U0001fffd"])
def test_text__that_people_write__is_fit(text: str) -> None:
    assert unfit(text) is None
    assert without_unfit(text) == text


def test_days__at_and_beyond_the_bounds__are_told_apart() -> None:
    assert is_on_calendar(FIRST_DAY)
    assert is_on_calendar(LAST_DAY)
    require_on_calendar("date", FIRST_DAY, None, LAST_DAY)
    with pytest.raises(ValidationFailed, match="startDate"):
        require_on_calendar("startDate", date(9999, 12, 1))


def nested(levels: int) -> Any:
    value: Any = 1
    for level in range(levels):
        value = [value] if level % 2 else {"a": value}
    return value


def test_json__nested_too_deep__is_refused() -> None:
    require_shallow(nested(MAX_DEPTH))
    with pytest.raises(InvalidJson):
        require_shallow(nested(MAX_DEPTH + 1))


def test_number__with_an_underscore__is_none() -> None:
    assert refusal({"period": "1_0"}).details == {"period": ["Must be a number."]}
    assert refusal({"share": "1_0.5"}).details == {"share": ["Must be a number."]}
