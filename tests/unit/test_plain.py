"""A payload that is taken without asking its serializer is taken as the serializer would."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rest_framework import serializers
from rest_framework.fields import empty

from shiftsync.core.plain import PlainShape
from shiftsync.core.serializers import WireSerializer, camel, validated


class Child(WireSerializer):
    name = serializers.CharField()


class Plain(WireSerializer):
    staff_id = serializers.CharField(max_length=5)
    shift_value = serializers.CharField(max_length=4, allow_blank=True, trim_whitespace=False)
    note = serializers.CharField(required=False, allow_null=True)
    period_index = serializers.IntegerField(required=False)
    base_version = serializers.IntegerField(required=False, min_value=0)
    strategy = serializers.ChoiceField(required=False, choices=["a", "b"])
    child = Child(required=False)


class Judging(WireSerializer):
    name = serializers.CharField()

    def validate_name(self, value: str) -> str:
        return value.upper()


class Wrapping(WireSerializer):
    name = serializers.CharField()

    def run_validation(self, data: Any = empty) -> Any:
        return super().run_validation({"name": f"<{data['name']}>"})


class Defaulting(WireSerializer):
    name = serializers.CharField(default="x")


values = st.one_of(
    st.text("ab ○\u3000\x00\ud800", max_size=6),
    st.sampled_from(["", " ", " a", "a ", "　", "a\u3000", "\x00", "\ud800", "○", "a\nb", "12345", "123456", "a", "1"]),
    st.integers(-3, 1 << 40),
    st.booleans(),
    st.none(),
    st.floats(allow_nan=False),
    st.lists(st.integers(), max_size=1),
    st.just({"name": "x"}),
)
keys = st.sampled_from(
    ["staffId", "shiftValue", "note", "periodIndex", "baseVersion", "strategy", "child", "staff_id", "clientId"]
)
payloads = st.builds(
    lambda usual, others: usual | others,
    st.just({"staffId": "ab", "shiftValue": "○"}),
    st.dictionaries(keys, values, max_size=3),
)


@given(payloads)
def test_plain_payload__is_what_the_serializer_makes_of_it(payload: dict[str, Any]) -> None:
    serializer = Plain()
    accepted = PlainShape(serializer, camel).accept(payload)
    if accepted is not None:
        assert accepted == dict(serializer.run_validation(payload))
        assert [type(value) for value in accepted.values()] == [type(value) for value in payload.values()]


def test_edit_of_a_cell__is_plain() -> None:
    accepted = PlainShape(Plain(), camel).accept({"staffId": "ab", "shiftValue": "", "periodIndex": 0})
    assert accepted == {"staff_id": "ab", "shift_value": "", "period_index": 0}


@pytest.mark.parametrize(
    "payload", [{}, {"staffId": "ab"}, [], None, "x", {"staffId": "ab", "shiftValue": "x", "y": 1}]
)
def test_what_lacks_a_field__or_has_another__is_not_plain(payload: Any) -> None:
    assert PlainShape(Plain(), camel).accept(payload) is None


@pytest.mark.parametrize(
    ("kind", "expected"), [(Judging, {"name": "A"}), (Wrapping, {"name": "<a>"}), (Defaulting, {"name": "a"})]
)
def test_serializer_with_rules_of_its_own__is_always_asked(
    kind: type[WireSerializer], expected: dict[str, str]
) -> None:
    assert PlainShape(kind(), camel).accept({"name": "a"}) is None
    assert validated(kind(), {"name": "a"}) == expected
