"""How rows and configs look in the OpenAPI document: by the JSON Schema of their shapes."""

from typing import Any

from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.plumbing import ResolvedComponent

from settings_app.serializers import GivenRow


class ShapeExtension(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]  # its registry is untyped
    """A shape says what it is."""

    target_class = GivenRow
    match_subclasses = True

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        schema: dict[str, Any] = self.target.wire_schema
        name = getattr(self.target, "component", "")
        if not name:
            return schema
        shape = ResolvedComponent(name, ResolvedComponent.SCHEMA, schema, self.target.shape)  # type: ignore[no-untyped-call]  # it is
        auto_schema.registry.register_on_missing(shape)
        found: dict[str, Any] = shape.ref
        return found
