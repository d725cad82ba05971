"""How the names of events look in the OpenAPI document. Only what makes the document imports this."""

from typing import Any

from drf_spectacular.extensions import OpenApiSerializerFieldExtension

from shiftsync.realtime.api import EventName


class EventNameExtension(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]  # its registry is untyped
    """One word."""

    target_class = EventName

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        return {"type": "string", "const": self.target.event}
