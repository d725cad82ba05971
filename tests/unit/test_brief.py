"""A refusal is no longer than what it refuses, and is found without a search of all of it."""

from typing import Any

import pytest
from rest_framework import serializers

from shiftsync.core.brief import LONGEST_NAME, LONGEST_SENTENCE, NAMED_AT_MOST
from shiftsync.core.errors import InternalError, ValidationFailed
from shiftsync.core.lists import ListField, ListOfObjects
from shiftsync.core.serializers import WireSerializer, validated
from tests.unit.test_every_field import refusal, shapes

MANY = 20_000


class Item(WireSerializer):
    day = serializers.DateField()


class Order(WireSerializer):
    items = Item(many=True, required=False)
    days = ListField(child=serializers.DateField(), required=False)
    few = ListField(child=serializers.DateField(), required=False, max_length=3)
    by_name = serializers.DictField(child=serializers.DateField(), required=False)


def test_refusal__many_wrong_items__names_the_first() -> None:
    for name, items in (("items", [{}] * MANY), ("items", [7] * MANY), ("days", ["x"] * MANY), ("days", [[]] * MANY)):
        details = refusal(Order(), {name: items})["details"]
        assert list(details[name]) == [str(index) for index in range(NAMED_AT_MOST)]


def test_refusal__wrong_items_after_good_ones__keep_their_places() -> None:
    details = refusal(Order(), {"items": [{"day": "2025-08-01"}, {"day": "x"}], "days": ["2025-08-01", "x"]})["details"]
    assert [list(details[name]) for name in ("items", "days")] == [["1"], ["1"]]


def test_refusal__list_above_its_bound__says_that_alone() -> None:
    details = refusal(Order(), {"few": ["x"] * MANY})["details"]
    assert details == {"few": ["Ensure this field has no more than 3 elements."]}


def test_lists__good_items__are_taken() -> None:
    taken = validated(Order(), {"items": [{"day": "2025-08-01"}] * 60, "few": ["2025-08-01"] * 3})
    assert (len(taken["items"]), len(taken["few"])) == (60, 3)


def test_refusal__long_names_and_sentences__are_cut() -> None:
    error = ValidationFailed.by_field({"x" * MANY: {"y" * MANY: ["z" * MANY] * MANY}})
    ((name, inner),) = error.details.items()
    ((within, sentences),) = inner.items()
    assert len(name) == len(within) == LONGEST_NAME
    assert len(sentences) == NAMED_AT_MOST
    assert {len(sentence) for sentence in sentences} == {LONGEST_SENTENCE}
    assert len(error.message) == LONGEST_SENTENCE
    assert len(InternalError("x" * MANY).message) == LONGEST_SENTENCE


@pytest.mark.parametrize("shape", [pytest.param(shape, id=name) for name, shape in sorted(shapes().items())])
def test_shape__every_list_of_a_request__is_bounded(shape: Any) -> None:
    unbounded = [
        path
        for path, field in within(shape, "")
        if isinstance(field, serializers.ListField | serializers.ListSerializer)
        and not isinstance(field, ListField | ListOfObjects)
    ]
    assert not unbounded


def within(field: Any, path: str) -> list[tuple[str, Any]]:
    """All fields that a request may fill, with those inside of them."""
    parts: list[tuple[str, Any]] = []
    if isinstance(field, serializers.Serializer):
        parts = [(f"{path}.{name}", part) for name, part in field.fields.items() if not part.read_only]
    elif hasattr(field, "child") and field.child is not None:
        parts = [(f"{path}[]", field.child)]
    return [(path, field), *(found for name, part in parts for found in within(part, name))]
