"""Every field that a client may send has a name for people, so that a refusal of it can be understood."""

from collections.abc import Iterator
from typing import Any

from django.urls import get_resolver
from rest_framework import serializers

from settings_app.rules.shapes import Shape
from settings_app.tables import settings_tables
from shiftsync.core.serializers import camel
from shiftsync.core.telling import field_in_japanese
from shiftsync.core.viewsets import SHAPES
from shiftsync.realtime.socket.router import HANDLERS


def names_in(field: Any) -> Iterator[str]:
    """The wire names of all that may be written, at any depth."""
    if isinstance(field, (serializers.ListSerializer, serializers.ListField)):
        yield from names_in(field.child)
    elif isinstance(field, serializers.Serializer):
        for name, part in field.fields.items():
            if not part.read_only:
                yield camel(str(name))
                yield from names_in(part)


def names_of(shape: Shape) -> Iterator[str]:
    for name, field in shape.fields.items():
        yield name
        value: Any = field.value
        while hasattr(value, "item"):
            value = value.item
        if isinstance(value, Shape):
            yield from names_of(value)


def test_fields__that_may_be_written__have_a_japanese_name() -> None:
    assert get_resolver().url_patterns
    found = {name for shape in SHAPES for name in names_in(shape())}
    found |= {name for _, handler in HANDLERS.items() for name in names_in(handler.payload)}
    for table in settings_tables():
        found |= set(table.row.fields)
        found |= {name for config in table.configs.values() for name in names_of(config)}
    assert len(found) > 200
    assert sorted(name for name in found if field_in_japanese(name) == name) == []
