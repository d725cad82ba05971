"""How our fields look in the OpenAPI document. Only what makes the document imports this."""

from typing import Any

from drf_spectacular.extensions import OpenApiSerializerFieldExtension

from schedules.serializers.cells import ScheduleDataField


class ScheduleDataExtension(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]  # its registry is untyped
    """``{staff id: {day: value}}``."""

    target_class = ScheduleDataField

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        row = {"type": "object", "additionalProperties": {"type": "string"}}
        return {"type": "object", "additionalProperties": row}
