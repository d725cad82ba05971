"""Settings on the wire of version 1, where it has another shape."""

from functools import cache
from typing import Any

from rest_framework import serializers

from settings_app.rules.table import SettingsTable
from settings_app.rules.v1.daily import BY_STATUS, OF_A_DAY, OF_A_STATUS
from settings_app.rules.v1.flat import OTHER_NAMES, TOP_KEYS
from settings_app.rules.values import Schema
from settings_app.serializers import (
    SettingsDocument,
    SettingsSyncPayload,
    class_name,
    column_field,
    field_name,
    row_serializer,
)
from settings_app.tables import DAILY_LIMITS, settings_tables
from shiftsync.core.serializers import WireSerializer
from shiftsync.realtime.export.schema import payload_schema


@cache
def flat_row_serializer(table: SettingsTable) -> type[WireSerializer]:
    """A row of the table with keys at its top."""
    extra: dict[str, Any] = {}
    for top in TOP_KEYS.get(table.key, ()):
        known = table.configs[top.config].fields
        for key in top.keys:
            is_always = key in top.always
            options = {"required": is_always, "allow_null": not is_always, "help_text": f"As in `{top.config}`."}
            extra[field_name(key)] = column_field(known[key], **options) if key in known else _unknown(**options)
    for name, column in OTHER_NAMES.get(table.key, {}).items():
        extra[field_name(name)] = serializers.IntegerField(help_text=f"As `{column}`.")
    return type(f"{class_name(table)}FlatRow", (row_serializer(table),), extra)


def _unknown(**options: Any) -> serializers.JSONField:
    """A key that no shape knows yet."""
    return serializers.JSONField(**options)


class DailyLimitsField(serializers.Field[Any, Any, Any, Any]):
    """The limits of a day: rows, or one object."""

    @property
    def wire_schema(self) -> Schema:
        """JSON Schema of both."""
        day = OF_A_DAY.schema()
        by_status = {"type": "object", "additionalProperties": OF_A_STATUS.schema()}
        as_object = {**day, "properties": {**day["properties"], BY_STATUS: by_status}}
        as_rows = {"type": "array", "items": payload_schema(flat_row_serializer(DAILY_LIMITS)())}
        return {"anyOf": [as_rows, as_object]}


class OrtoolsObject(WireSerializer):
    """The solver configuration in use, under its other name."""

    id = serializers.UUIDField(allow_null=True)
    preset = serializers.JSONField()
    penalty_weights = serializers.DictField(child=serializers.FloatField())
    solver_settings = serializers.DictField(child=serializers.JSONField())
    hard_constraints = serializers.DictField(child=serializers.JSONField())
    is_active = serializers.JSONField()


def _flat_tables() -> dict[str, Any]:
    return {
        field_name(table.names.collection): flat_row_serializer(table)(many=True)
        for table in settings_tables()
        if table.is_for_v1
    }


def _known(fields: dict[str, Any]) -> dict[str, Any]:
    """Without the tables that these clients are never told of."""
    unknown = {field_name(table.names.collection) for table in settings_tables() if not table.is_for_v1}
    return {name: each for name, each in fields.items() if name not in unknown}


class SettingsDocumentOfV1(SettingsDocument):
    """The rows of all tables, the solver configuration under its other name, perhaps the limits of a day as one object."""

    ortools_config = OrtoolsObject()
    staff_type_limits = serializers.DictField(required=False, help_text="As in `dailyLimits`, where that is an object.")

    def get_fields(self) -> dict[str, Any]:
        daily = DailyLimitsField(help_text="An object for clients that send `clientId` in the payload, otherwise rows.")
        return {**_known(super().get_fields()), **_flat_tables(), "daily_limits": daily}


class SettingsSyncOfV1(SettingsSyncPayload):
    """The tables inside ``settings``, and again, as rows, beside it for older clients."""

    settings = SettingsDocumentOfV1()

    def get_fields(self) -> dict[str, Any]:
        return {**_known(super().get_fields()), **_flat_tables()}
