"""What an answer names of fields that are not known is bounded, whatever a request holds."""

import pytest
from rest_framework import serializers

from shiftsync.core.brief import NAMED_AT_MOST
from shiftsync.core.errors import ValidationFailed
from shiftsync.core.strictness import require_known_fields
from shiftsync.core.telling import UNKNOWN


class Item(serializers.Serializer[dict[str, object]]):
    name = serializers.CharField()


class Order(serializers.Serializer[dict[str, object]]):
    items = Item(many=True)


def problems(data: object) -> dict[str, object]:
    with pytest.raises(ValidationFailed) as refused:
        require_known_fields(Order(), data)
    return dict(refused.value.details)


def test_unknown_fields__many_in_one_object__the_first_are_named() -> None:
    found = problems({f"k{number}": number for number in range(10_000)})
    assert list(found) == [f"k{number}" for number in range(NAMED_AT_MOST)]


def test_unknown_fields__in_many_items__the_first_items_are_named() -> None:
    found = problems({"items": [{"name": "a"}] + [{"size": 1}] * 10_000})
    assert found["items"] == {str(index): {"size": [UNKNOWN]} for index in range(1, NAMED_AT_MOST + 1)}


def test_unknown_fields__a_known_one_after_many__is_still_taken() -> None:
    require_known_fields(Order(), {"items": [{"name": "a"}] * 10_000})
