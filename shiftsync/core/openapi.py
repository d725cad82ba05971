"""How our serializers and errors look in the OpenAPI document."""

from typing import Any

from drf_spectacular.extensions import OpenApiSerializerExtension, OpenApiSerializerFieldExtension
from drf_spectacular.openapi import AutoSchema
from rest_framework import serializers

from shiftsync.core.errors import ERROR_CODES
from shiftsync.core.serializers import WireSerializer, camel


class ErrorBody(WireSerializer):
    """The body of every refusal; the same as the payload of an `ERROR` message."""

    code = serializers.ChoiceField(choices=ERROR_CODES, help_text="One of the protocol's error codes.")
    message = serializers.CharField()
    error = serializers.CharField(help_text="The same text, for older clients.")
    details = serializers.DictField(help_text="By field.")
    retry_after_seconds = serializers.FloatField(required=False)


class CamelCaseExtension(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]  # its registry is untyped
    """Declared fields have camelCase names on the wire, so also in the document."""

    target_class = "shiftsync.core.serializers.CamelCaseMixin"
    match_subclasses = True

    def map_serializer(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        schema: dict[str, Any] = auto_schema._map_serializer(self.target, direction, bypass_extensions=True)
        if not (self.target if isinstance(self.target, type) else type(self.target)).__doc__:
            schema.pop("description", None)  # inherited from a base class, so not a description of this one
        if "properties" in schema:
            schema["properties"] = {camel(name): value for name, value in schema["properties"].items()}
        if "required" in schema:
            schema["required"] = sorted(camel(name) for name in schema["required"])
        return schema


class TimeExtension(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]  # its registry is untyped
    """Our times of day have neither seconds nor zone, both of which the format ``time`` requires."""

    target_class = serializers.TimeField

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        return {"type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9]$", "examples": ["09:30"]}


class WireSchema(AutoSchema):
    """Adds the error response, which has one shape for all operations."""

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        bodies["default"] = {
            **self._get_response_for_code(ErrorBody, "default", direction=direction),  # type: ignore[no-untyped-call]  # it is
            "description": "A refusal, with its reason.",
        }
        return bodies
