"""The bodies and answers of REST about rows, made from the descriptions of the tables."""

from collections.abc import Mapping
from functools import cache
from typing import Any, ClassVar

from rest_framework import serializers
from rest_framework.fields import empty

from settings_app.rules.intake import flat_keys
from settings_app.rules.table import SettingsTable
from settings_app.serializers import (
    ID_LENGTH,
    RowPayload,
    class_name,
    column_field,
    component_name,
    field_name,
    row_serializer,
)
from shiftsync.core.serializers import WireSerializer, camel
from shiftsync.core.strictness import wire_names
from shiftsync.core.telling import UNKNOWN
from shiftsync.realtime.api import Result


class RowsQuery(WireSerializer):
    """The version whose rows are asked for."""

    version_id = serializers.CharField(max_length=ID_LENGTH, required=False, help_text="Default: the active version.")
    include_deleted = serializers.BooleanField(required=False)


class RowBody(RowPayload):
    """A row beside what every change may say; the service checks the row, so that its errors are those of the socket."""

    takes_other_keys = True
    table: ClassVar[SettingsTable]

    def run_validation(self, data: Any = empty) -> dict[str, Any]:
        """What the change says of itself, and all other keys as ``row``."""
        if not isinstance(data, Mapping):
            raise serializers.ValidationError({"nonFieldErrors": ["Must be an object."]})
        about = RowPayload()
        own = {camel(str(name)) for name in about.fields}
        told = about.run_validation({key: value for key, value in data.items() if key in own})
        row = {key: value for key, value in data.items() if key not in own}
        # In the spelling of today, since rows of the older database say staffId or rule_type.
        read = self.table.row.read(row)
        unknown = read.keys() - self._columns(read)
        if unknown:
            raise serializers.ValidationError({key: [UNKNOWN] for key in sorted(map(str, unknown))})
        return {**told, "row": row}

    def _columns(self, row: Mapping[str, Any]) -> set[str]:
        """What a row may say: its columns, keys of its configs at its top level, and what is read with it and cannot be changed."""
        read_only = wire_names(row_serializer(self.table)())
        flat = {key for config in self.table.configs.values() for key in flat_keys(row, config, self.table.row)}
        return {*read_only, *self.table.row.fields, *flat}


@cache
def row_body(table: SettingsTable, *, is_new: bool = False) -> type[WireSerializer]:
    """The body of a write: the columns of the row, and config keys at its top level as the socket takes them. A new row needs those
    that are required."""
    needed = {name for name, column in table.row.fields.items() if column.required}
    fields: dict[str, Any] = {"id": serializers.CharField(max_length=ID_LENGTH, required=False)}
    for name, column in table.row.fields.items():
        fields[field_name(name)] = column_field(
            column, required=is_new and name in needed, component=component_name(table, name)
        )
    return type(
        f"{class_name(table)}{'Create' if is_new else 'Write'}",
        (RowBody,),
        {
            **fields,
            "table": table,
            "example": None if needed - {"name"} else {"name": "新しいルール"},
            "__doc__": f"One of the {table.title}.",
        },
    )


@cache
def row_result(table: SettingsTable) -> type[Result]:
    """What a write of a row tells its author."""
    names = table.names
    keys = dict.fromkeys((names.created_key, names.updated_key, names.deleted_key))
    fields: dict[str, Any] = {field_name(key): row_serializer(table)(required=False) for key in keys}
    fields |= {
        field_name(names.id_key): serializers.UUIDField(),
        "warnings": serializers.ListField(child=serializers.CharField(), required=False),
        "warnings_ja": serializers.ListField(child=serializers.CharField(), required=False),
        "removed": serializers.DictField(child=serializers.ListField(child=serializers.UUIDField()), required=False),
    }
    return type(f"{class_name(table)}Result", (Result,), fields)
