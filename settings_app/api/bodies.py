"""The bodies and answers of REST about rows, made from the descriptions of the tables."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from rest_framework import serializers
from rest_framework.fields import empty

from settings_app.rules.table import SettingsTable
from settings_app.serializers import (
    ID_LENGTH,
    RowPayload,
    class_name,
    column_field,
    field_name,
    row_serializer,
)
from shiftsync.core.serializers import WireSerializer, camel
from shiftsync.realtime.api import Result


class RowsQuery(WireSerializer):
    version_id = serializers.CharField(max_length=ID_LENGTH, required=False, help_text="Default: the active version.")
    include_deleted = serializers.BooleanField(required=False)


class RowBody(RowPayload):
    """A row beside what every change may say; the service checks the row, so that its errors are those of the socket."""

    def run_validation(self, data: Any = empty) -> dict[str, Any]:
        """What the change says of itself, and all other keys as ``row``."""
        if not isinstance(data, Mapping):
            raise serializers.ValidationError({"nonFieldErrors": ["Must be an object."]})
        about = RowPayload()
        own = {camel(str(name)) for name in about.fields}
        told = about.run_validation({key: value for key, value in data.items() if key in own})
        return {**told, "row": {key: value for key, value in data.items() if key not in own}}


@cache
def row_body(table: SettingsTable) -> type[WireSerializer]:
    """The body of a write: the columns of the row, and config keys at its top level as the socket takes them."""
    fields: dict[str, Any] = {"id": serializers.CharField(max_length=ID_LENGTH, required=False)}
    for name, column in table.row.fields.items():
        field = fields[field_name(name)] = column_field(column)
        field.required = False
    return type(f"{class_name(table)}Write", (RowBody,), {**fields, "__doc__": f"One of the {table.title}."})


@cache
def row_result(table: SettingsTable) -> type[Result]:
    """What a write of a row tells its author."""
    names = table.names
    keys = dict.fromkeys((names.created_key, names.updated_key, names.deleted_key))
    fields: dict[str, Any] = {field_name(key): row_serializer(table)(required=False) for key in keys}
    fields |= {
        field_name(names.id_key): serializers.UUIDField(),
        "warnings": serializers.ListField(child=serializers.CharField(), required=False),
        "removed": serializers.DictField(child=serializers.ListField(child=serializers.UUIDField()), required=False),
    }
    return type(f"{class_name(table)}Result", (Result,), fields)
