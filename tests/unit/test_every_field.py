"""Every field of every message and of every REST body and query, with what it can never be: refused, and the field named."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import get_resolver
from rest_framework import fields, serializers

from settings_app.api.bodies import RowBody
from shiftsync.core.door import require_shallow
from shiftsync.core.errors import InvalidJson, ValidationFailed
from shiftsync.core.serializers import CamelCaseMixin, camel, validated
from shiftsync.core.viewsets import SHAPES
from shiftsync.realtime.socket.router import HANDLERS, V1_HANDLERS
from tests.support.hostile import nested

NOT_TEXT: tuple[Any, ...] = (7, True, 1.5, {}, [], "\x00", "a\x0bb", "\uffff", "\ufdd0", "\ud800", "\udfff")
NEVER: tuple[tuple[type[Any], tuple[Any, ...]], ...] = (
    (fields.BooleanField, (1, 0, 1.5, {}, [], "\x00", "perhaps")),
    (fields.DateTimeField, (*NOT_TEXT, "0001", "9999-99-99T00:00:00Z", "x")),
    (
        fields.DateField,
        (*NOT_TEXT, "0001-01-01", "9999-12-31", "1899-12-31", "2201-01-01", "2025-02-30", "2025-08-01T00:00:00Z"),
    ),
    (fields.TimeField, (*NOT_TEXT, "25:00", "x")),
    (fields.UUIDField, (*NOT_TEXT, "x", "9" * 30)),
    (fields.IntegerField, (True, "x", {}, [], 10**30, -(10**30), float("inf"), float("nan"), 1.5, "9" * 30, "\x00")),
    (
        fields.FloatField,
        (True, "x", {}, [], 10**30, float("inf"), float("-inf"), float("nan"), "nan", "1e400", "9" * 400),
    ),
    (fields.DecimalField, (True, "x", {}, [], 10**30, float("inf"), float("nan"), "sNaN")),
    (fields.ChoiceField, (*NOT_TEXT, "no such choice")),
    (fields.CharField, NOT_TEXT),
    (serializers.ListSerializer, ({}, "x", 7, True, [7], [[]])),
    (fields.ListField, ({}, "x", 7, True)),
    (fields.DictField, ([], "x", 7, True)),
    (serializers.Serializer, ([], "x", 7, True)),
    (fields.JSONField, ("\x00", {"a": ["\ud800"]}, {"\x0b": 1}, float("inf"), [float("nan")])),
)
"""By kind of field, the first that fits; what is not here may be anything that can be stored."""


def shapes() -> dict[str, Any]:
    """A serializer of every message and of every endpoint, by name."""
    assert get_resolver().url_patterns  # loads the endpoints
    found = {f"{name} (v1)": handler.payload for name, handler in V1_HANDLERS.items()}
    found |= {name: handler.payload for name, handler in HANDLERS.items()}
    return found | {f"{shape.__module__}.{shape.__name__}": shape() for shape in SHAPES}


def wrong_payloads(serializer: Any) -> Iterator[tuple[str, Any]]:
    """The name of a field, and a payload in which it, or something in it, is what it can never be."""
    for name, field in serializer.fields.items():
        if not field.read_only:
            key = camel(name) if isinstance(serializer, CamelCaseMixin) else name
            yield from ((key, {key: value}) for value in wrong_values(field))


def wrong_values(field: Any) -> Iterator[Any]:
    """What the field can never be, and what holds that within."""
    yield from next((values for kind, values in NEVER if isinstance(field, kind)), ())
    if isinstance(field, fields.CharField):
        yield "x" * ((field.max_length or 6_000_000) + 1)
    if isinstance(field, serializers.ListSerializer | fields.ListField):
        yield from ([value] for value in wrong_values(field.child))
    elif isinstance(field, fields.DictField) and not isinstance(field, fields.HStoreField):
        yield from ({"x": value} for value in wrong_values(field.child))
    elif isinstance(field, serializers.Serializer):
        yield from (payload for _, payload in wrong_payloads(field))


def refusal(serializer: Any, payload: Any) -> dict[str, Any]:
    """The error as it is sent; what is taken instead is shown by the failure."""
    try:
        return {"details": {}, "taken": ascii(validated(serializer, payload))[:200]}
    except ValidationFailed as refused:
        return refused.as_payload()


@pytest.mark.parametrize("name", sorted(shapes()))
def test_field__what_it_can_never_be__refused_by_its_name(name: str) -> None:
    serializer = shapes()[name]
    for field, payload in wrong_payloads(serializer):
        if isinstance(serializer, RowBody):
            continue  # judged where the row is read: tests/integration/settings/test_rest_rows.py
        told = refusal(serializer, payload)
        assert field in told["details"], (ascii(payload)[:200], told)
        json.dumps(told, allow_nan=False)


@pytest.mark.parametrize("name", sorted(shapes()))
def test_payload__that_is_no_object__refused(name: str) -> None:
    payloads: tuple[Any, ...] = (None, [], [{}], "x", 7, True, 1.5)
    for payload in payloads:
        with pytest.raises(ValidationFailed):
            validated(shapes()[name], payload)


def test_shapes__are_all_there() -> None:
    assert len(shapes()) > 100


def test_json__nested_too_deep__refused() -> None:
    require_shallow(nested(60))
    with pytest.raises(InvalidJson):
        require_shallow(nested(255))
