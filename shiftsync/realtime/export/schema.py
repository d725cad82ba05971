"""Serializers as JSON Schema (2020-12)."""

from typing import Any

from rest_framework import serializers

from shiftsync.core.serializers import camel
from shiftsync.realtime.protocol.wire import ANSWERS, BROADCASTS, V1_ANSWERS
from shiftsync.realtime.socket.router import HANDLERS, V1_HANDLERS

Schema = dict[str, Any]

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


def protocol_schema() -> Schema:
    """Every message of the protocol: ``client`` and ``server`` map each type to the schema of its payload; ``version1`` those that
    version 1 clients have besides, or in another shape."""
    server = {name: entry.payload for name, entry in ANSWERS.items()}
    server |= {name: entry.payload for name, entry in BROADCASTS.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "ShiftSync wire protocol, shiftsync.v2",
        "client": {name: payload_schema(handler.payload) for name, handler in sorted(HANDLERS.items())},
        "server": {name: payload_schema(shape()) for name, shape in sorted(server.items())},
        "version1": {
            "client": {name: payload_schema(handler.payload) for name, handler in sorted(V1_HANDLERS.items())},
            "server": {name: payload_schema(entry.payload()) for name, entry in sorted(V1_ANSWERS.items())},
        },
    }


def payload_schema(serializer: serializers.BaseSerializer[Any]) -> Schema:
    """The schema of a serializer's wire form. Other keys than those named are allowed, and ignored."""
    if isinstance(serializer, serializers.ListSerializer):
        return {"type": "array", "items": field_schema(serializer.child)}
    if not isinstance(serializer, serializers.Serializer):
        return {}
    fields = {camel(str(name)): field for name, field in serializer.fields.items()}
    required = [name for name, field in fields.items() if field.required]
    schema: Schema = {"type": "object", "properties": {name: field_schema(field) for name, field in fields.items()}}
    return {**schema, "required": required} if required else schema


def field_schema(field: Any) -> Schema:
    """The schema of one field, with its bounds and its help text."""
    schema = dict(_shape(field))
    for option, keyword in _BOUNDS.items():
        bound = getattr(field, option, None)
        if bound is not None and schema.get("type") in ("string", "integer", "number"):
            schema[keyword] = bound
    if field.allow_null:
        schema = {"anyOf": [schema, {"type": "null"}]}
    if field.help_text:
        schema["description"] = str(field.help_text)
    return schema


def _shape(field: Any) -> Schema:
    own = getattr(field, "wire_schema", None)
    if own is not None:
        return dict(own)
    if isinstance(field, serializers.BaseSerializer):
        return payload_schema(field)
    if isinstance(field, serializers.ChoiceField):
        choices = [str(choice) for choice in field.choices]
        return {"enum": [*choices, ""] if field.allow_blank else choices}
    if isinstance(field, serializers.ListField):
        return {"type": "array", "items": field_schema(field.child)}
    if isinstance(field, serializers.DictField):
        return {"type": "object", "additionalProperties": field_schema(field.child)}
    return next((schema for kind, schema in _SIMPLE if isinstance(field, kind)), {})
