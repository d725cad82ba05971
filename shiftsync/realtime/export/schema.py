"""Serializers as JSON Schema (2020-12): one definition for each, referred to by its name."""

import re
from collections.abc import Callable
from typing import Any, Protocol

from rest_framework import serializers

from shiftsync.core.serializers import camel

Schema = dict[str, Any]
AnySerializer = serializers.Serializer[Any]


class Parts(Protocol):
    """How a schema contains other objects: inline, or as a reference to a definition."""

    def part(self, serializer: AnySerializer) -> Schema:
        """For a serializer."""

    def own(self, field: Any) -> Schema:
        """For a field that brings its own schema (``wire_schema``)."""


_SIMPLE: tuple[tuple[type[serializers.Field[Any, Any, Any, Any]], Schema], ...] = (
    (serializers.BooleanField, {"type": "boolean"}),
    (serializers.IntegerField, {"type": "integer"}),
    (serializers.FloatField, {"type": "number"}),
    (serializers.DecimalField, {"type": "number"}),
    (serializers.UUIDField, {"type": "string", "format": "uuid"}),
    (serializers.DateTimeField, {"type": "string", "format": "date-time"}),
    (serializers.DateField, {"type": "string", "format": "date"}),
    (serializers.TimeField, {"type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9]"}),
    (serializers.CharField, {"type": "string"}),
)
_BOUNDS = {"max_length": "maxLength", "min_value": "minimum", "max_value": "maximum"}
_REFERENCE = "#/$defs/"
_SUFFIX = re.compile(r"(?<=.)(Payload|Serializer)$")


def definition_name(kind: type) -> str:
    """What a serializer is called in the document: ``wire_name`` of its own, else its name without ``Payload`` or ``Serializer``."""
    own: str | None = kind.__dict__.get("wire_name")
    return own or _SUFFIX.sub("", kind.__name__)


class Definitions:
    """The named schemas of one document, made as they are referred to."""

    def __init__(self) -> None:
        self._schemas: dict[str, Schema] = {}
        self._owners: dict[str, object] = {}

    def sorted(self) -> dict[str, Schema]:
        """All of them, by name."""
        return dict(sorted(self._schemas.items()))

    def part(self, serializer: AnySerializer) -> Schema:
        """A reference to the definition of ``serializer``."""
        kind = type(serializer)
        return self._reference(definition_name(kind), kind, lambda: object_schema(serializer, self))

    def own(self, field: Any) -> Schema:
        """A reference if the field has a ``wire_name``."""
        schema: Schema = field.wire_schema
        name = getattr(field, "wire_name", None)
        return self._reference(name, schema, lambda: schema) if name else schema

    def _reference(self, name: str, owner: object, make: Callable[[], Schema]) -> Schema:
        if self._owners.setdefault(name, owner) != owner:
            raise ValueError(f"Two things of the protocol are called {name}; give one of them a wire_name.")
        if name not in self._schemas:
            self._schemas[name] = make()
        return {"$ref": _REFERENCE + name}


class _Whole:
    """Everything in its place."""

    def part(self, serializer: AnySerializer) -> Schema:
        return object_schema(serializer, self)

    def own(self, field: Any) -> Schema:
        schema: Schema = field.wire_schema
        return schema


def payload_schema(serializer: serializers.BaseSerializer[Any]) -> Schema:
    """The schema of a serializer's wire form, with all that it contains. Other keys than those named are allowed, and ignored."""
    return _shape(serializer, _Whole())


def object_schema(serializer: AnySerializer, parts: Parts) -> Schema:
    """The schema of an object."""
    fields = {camel(str(name)): field for name, field in serializer.fields.items()}
    required = [name for name, field in fields.items() if field.required]
    schema: Schema = {
        "type": "object",
        "properties": {name: field_schema(field, parts) for name, field in fields.items()},
    }
    if getattr(serializer, "has_other_keys", False):
        schema["additionalProperties"] = True
    if purpose := _own_docstring(type(serializer)):
        schema["description"] = purpose
    return {**schema, "required": required} if required else schema


def field_schema(field: Any, parts: Parts) -> Schema:
    """The schema of one field, with its bounds and its help text."""
    schema = dict(_shape(field, parts))
    for option, keyword in _BOUNDS.items():
        bound = getattr(field, option, None)
        if bound is not None and schema.get("type") in ("string", "integer", "number"):
            schema[keyword] = bound
    if field.allow_null:
        schema = {"anyOf": [schema, {"type": "null"}]}
    if field.help_text:
        schema["description"] = str(field.help_text)
    return schema


def _shape(field: Any, parts: Parts) -> Schema:
    if hasattr(field, "wire_schema"):
        return parts.own(field)
    if isinstance(field, serializers.Serializer):
        return parts.part(field)
    if isinstance(field, (serializers.ListSerializer, serializers.ListField)):
        return {"type": "array", "items": field_schema(field.child, parts)}
    if isinstance(field, serializers.ChoiceField):
        choices = [str(choice) for choice in field.choices]
        return {"enum": [*choices, ""] if field.allow_blank else choices}
    if isinstance(field, serializers.DictField):
        return {"type": "object", "additionalProperties": field_schema(field.child, parts)}
    return next((schema for kind, schema in _SIMPLE if isinstance(field, kind)), {})


def _own_docstring(kind: type) -> str:
    text = kind.__dict__.get("__doc__") or ""
    return " ".join(text.split()).replace("``", "`")


def resolved(schema: Schema, definitions: dict[str, Schema]) -> Schema:
    """The definition that a schema refers to, or the schema itself."""
    name = schema.get("$ref")
    return definitions[name.removeprefix(_REFERENCE)] if name else schema


def expanded(schema: Any, definitions: dict[str, Schema]) -> Any:
    """A schema with its references replaced by the definitions."""
    if isinstance(schema, list):
        return [expanded(item, definitions) for item in schema]
    if not isinstance(schema, dict):
        return schema
    whole = {**resolved(schema, definitions), **{key: value for key, value in schema.items() if key != "$ref"}}
    return {key: expanded(value, definitions) for key, value in whole.items()}


def referred_name(schema: Schema) -> str | None:
    """The name of the definition that a schema refers to."""
    name: str | None = schema.get("$ref")
    return name.removeprefix(_REFERENCE) if name else None
