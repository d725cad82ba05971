"""Settings on the wire, for the socket and REST alike: built from the descriptions of the tables."""

from functools import cache
from typing import Any

from rest_framework import serializers

from settings_app.rules.shapes import Field, Shape
from settings_app.rules.table import SettingsTable
from settings_app.rules.values import Choice, Day, Flag, Integer, ListOf, Number, Schema, Text
from settings_app.tables import settings_tables
from shiftsync.core.lists import ListField
from shiftsync.core.serializers import WireSerializer
from shiftsync.realtime.protocol.payloads import ChangePayload

AnyField = serializers.Field[Any, Any, Any, Any]
ID_LENGTH = 200


class GivenRow(serializers.Field[Any, Any, Any, Any]):
    """A row, or a part of it, as a client sends it; the service checks it against its shape. ``wire_schema`` describes it,
    under the name ``wire_name`` if it has one."""

    default_error_messages = {"not_an_object": "Must be an object."}

    def __init__(self, shape: Shape, *, wire_name: str | None = None, **options: Any) -> None:
        self.shape = shape
        self.wire_name = wire_name
        super().__init__(**options)

    @property
    def wire_schema(self) -> Schema:
        """JSON Schema of what may be in it; the service knows what must be."""
        return {key: value for key, value in self.shape.schema().items() if key != "required"}

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """Any object; its keys are text."""
        if not isinstance(data, dict):
            self.fail("not_an_object")
        return dict(data)

    def to_representation(self, value: Any) -> Any:
        """As it is."""
        return value


class WholeRow(GivenRow):
    """A row as a client sends the whole of it, by the id that it has or is to have."""

    @property
    def wire_schema(self) -> Schema:
        """With the id, which a client may choose: a create that comes again under it is the same one."""
        schema = super().wire_schema
        return {**schema, "properties": {"id": {"type": "string", "format": "uuid"}, **schema["properties"]}}


class ConfigField(GivenRow):
    """A JSON config inside a row as stored. ``component`` is what the OpenAPI document calls its shape."""

    def __init__(self, shape: Shape, *, component: str = "", **options: Any) -> None:
        self.component = component
        super().__init__(shape, **options)


def column_field(column: Field, **more: Any) -> AnyField:
    """The DRF field that tells of a column, or of a key of a config, as stored; ``more`` are options of it."""
    component = more.pop("component", "")
    options: dict[str, Any] = {"allow_null": column.nullable and not column.required, "label": column.label}
    if column.help:
        options["help_text"] = column.help
    options |= more
    kind = column.value
    if isinstance(kind, Shape):
        return ConfigField(kind, label=column.label, component=component, **more)
    if isinstance(kind, ListOf):
        return ListField(child=serializers.JSONField(), **options)
    if isinstance(kind, Choice):
        return serializers.ChoiceField(choices=list(kind.options), **options)
    makers: tuple[tuple[type, type[AnyField]], ...] = (
        (Flag, serializers.BooleanField),
        (Integer, serializers.IntegerField),
        (Number, serializers.FloatField),
        (Day, serializers.DateField),
        (Text, serializers.CharField),
    )
    return next(
        (make(**options) for known, make in makers if isinstance(kind, known)), serializers.JSONField(**options)
    )


class StoredRow(WireSerializer):
    """What every row has besides its own columns."""

    id = serializers.UUIDField()
    restaurant_id = serializers.UUIDField()
    version_id = serializers.UUIDField()
    is_active = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    revision = serializers.IntegerField(help_text="The version of its last change.")
    lineage_id = serializers.UUIDField(help_text="Shared by a row and its copies in other versions.")


def class_name(table: SettingsTable) -> str:
    """``STAFF_GROUP`` → ``StaffGroup``."""
    return "".join(word.capitalize() for word in table.names.noun.split("_"))


def component_name(table: SettingsTable, column: str) -> str:
    """What the OpenAPI document calls the shape of a config: ``DailyLimitLimitConfig``."""
    return f"{class_name(table)}{column[0].upper()}{column[1:]}"


def field_name(name: str) -> str:
    """``staffGroups`` → ``staff_groups``: what a serializer calls it."""
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)


@cache
def row_serializer(table: SettingsTable) -> type[WireSerializer]:
    """A row of the table as stored."""
    columns = {
        field_name(name): column_field(column, component=component_name(table, name))
        for name, column in table.row.fields.items()
    }
    return type(
        f"{class_name(table)}Row",
        (StoredRow,),
        {**columns, "wire_name": class_name(table), "__doc__": f"One of the {table.title}."},
    )


@cache
def row_event_payload(table: SettingsTable, result_key: str) -> type[WireSerializer]:
    """The payload of a broadcast about one row."""
    fields: dict[str, Any] = {
        field_name(table.names.id_key): serializers.UUIDField(),
        field_name(result_key): row_serializer(table)(),
    }
    if result_key == table.names.updated_key != table.names.row:
        fields["updated"] = serializers.CharField(
            required=False, help_text="The table name that version 1 clients are told, if it differs."
        )
    return type(f"{class_name(table)}{result_key[0].upper()}{result_key[1:]}Payload", (WireSerializer,), fields)


@cache
def removed_payload(table: SettingsTable) -> type[WireSerializer]:
    """The payload of the broadcast that a row, and those that referred to it, are gone for good."""
    removed = serializers.DictField(
        child=serializers.ListField(child=serializers.UUIDField()),
        help_text="Ids of the rows deleted with it, by collection.",
    )
    base = row_event_payload(table, table.names.deleted_key)
    return type(f"{class_name(table)}RemovedPayload", (base,), {"removed": removed})


def whole_row(table: SettingsTable, **options: Any) -> WholeRow:
    """The field of a row of the table that is given whole."""
    return WholeRow(table.row, wire_name=f"Given{class_name(table)}", **options)


class RowPayload(ChangePayload):
    """What every change of a row may say."""

    rest_name = "RowOptions"

    version_id = serializers.CharField(
        max_length=ID_LENGTH, required=False, help_text="A version other than the active one."
    )


@cache
def create_payload(table: SettingsTable) -> type[WireSerializer]:
    """A new row: ``{group: {...}}``."""
    return type(f"{class_name(table)}CreatePayload", (RowPayload,), {table.names.row: whole_row(table)})


@cache
def update_payload(table: SettingsTable) -> type[WireSerializer]:
    """Either ``{groupId, changes}`` or the whole row as ``{group: {id, ...}}``."""
    fields = {
        field_name(table.names.id_key): serializers.CharField(max_length=ID_LENGTH, required=False),
        "changes": GivenRow(table.row, wire_name=f"{class_name(table)}Changes", required=False),
        table.names.row: whole_row(table, required=False),
    }
    return type(f"{class_name(table)}UpdatePayload", (RowPayload,), fields)


@cache
def id_payload(table: SettingsTable) -> type[WireSerializer]:
    """The id of a row."""
    fields = {field_name(table.names.id_key): serializers.CharField(max_length=ID_LENGTH)}
    return type(f"{class_name(table)}IdPayload", (RowPayload,), fields)


# --- versions ---


class ConfigVersionSerializer(WireSerializer):
    """A version of the settings, without its rows."""

    id = serializers.UUIDField()
    restaurant_id = serializers.UUIDField()
    version_number = serializers.IntegerField()
    name = serializers.CharField()
    description = serializers.CharField(allow_blank=True)
    created_by = serializers.UUIDField(allow_null=True)
    created_by_name = serializers.CharField(allow_null=True, required=False)
    created_at = serializers.DateTimeField()
    is_active = serializers.BooleanField()
    is_locked = serializers.BooleanField()
    revision = serializers.IntegerField()


class VersionCreatePayload(ChangePayload):
    """A version to be made, as a copy of another one or empty."""

    example = {"name": "秋のルール"}

    name = serializers.CharField(max_length=200)
    description = serializers.CharField(max_length=5000, allow_blank=True, required=False)
    copy_from = serializers.CharField(max_length=ID_LENGTH, required=False, help_text="Default: the active version.")
    empty = serializers.BooleanField(required=False, help_text="Start empty instead of with a copy.")


class VersionIdPayload(ChangePayload):
    """Names the version that a message is about."""

    version_id = serializers.CharField(max_length=ID_LENGTH)


class VersionPayload(WireSerializer):
    """A version was created or changed."""

    rest_name = "VersionEvent"

    version = ConfigVersionSerializer()


class VersionDeletedPayload(VersionPayload):
    """A version was deleted."""

    version_id = serializers.UUIDField()


class VersionsPayload(WireSerializer):
    """All versions of the restaurant's settings."""

    versions = ConfigVersionSerializer(many=True)


class VersionQuery(WireSerializer):
    """The version that is asked for; the active one if it is left out."""

    version_id = serializers.CharField(max_length=ID_LENGTH, required=False)


class SettingsQuery(VersionQuery):
    """Asks for a version with all its rows."""

    client_id = serializers.JSONField(
        required=False, help_text="Version 1: who sends it reads `dailyLimits` as one object."
    )


class CompareQuery(WireSerializer):
    """``from`` and ``to``: ids of versions."""

    def get_fields(self) -> dict[str, Any]:
        return {name: serializers.CharField(max_length=ID_LENGTH) for name in ("from", "to")}


class FieldChangeSerializer(WireSerializer):
    """One value of a row that differs between two versions."""

    wire_name = "SettingDifference"

    row_id = serializers.UUIDField()
    from_row_id = serializers.UUIDField()
    name = serializers.CharField(allow_blank=True)
    field = serializers.CharField(help_text="A column, or a key of a config: `limitConfig.maxCount`.")

    def get_fields(self) -> dict[str, Any]:
        values = {name: serializers.JSONField(help_text="Null if not set.") for name in ("from", "to")}
        return {**super().get_fields(), **values}


class DifferenceSerializer(WireSerializer):
    """How one table differs between two versions."""

    added = serializers.ListField(child=serializers.JSONField())
    removed = serializers.ListField(child=serializers.JSONField())
    changed = FieldChangeSerializer(many=True)


class ComparisonPayload(WireSerializer):
    """Two versions and how their tables differ."""

    tables = serializers.DictField(child=DifferenceSerializer(), help_text="By collection.")

    def get_fields(self) -> dict[str, Any]:
        return {"from": ConfigVersionSerializer(), "to": ConfigVersionSerializer(), **super().get_fields()}


# --- whole settings ---


class SettingsDocument(WireSerializer):
    """The rows of all tables, newest first, and the version that they belong to."""

    version = ConfigVersionSerializer()
    revision = serializers.IntegerField(help_text="The restaurant's version when it was read.")

    def get_fields(self) -> dict[str, Any]:
        rows = {field_name(table.names.collection): row_serializer(table)(many=True) for table in settings_tables()}
        return {**rows, **super().get_fields()}


class SettingsSyncPayload(SettingsDocument):
    """The tables inside ``settings``, and again beside it for older clients."""

    settings = SettingsDocument()
    timestamp = serializers.DateTimeField()
    reset = serializers.BooleanField(required=False)
    migrated = serializers.BooleanField(required=False, help_text="To the version 1 client that asked for it.")
    updated = serializers.CharField(required=False, help_text="To version 1 clients: the table that was edited.")


class VersionActivatedPayload(VersionPayload):
    """Another version is active now, with all its rows."""

    settings = SettingsDocument()


class MigratePayload(ChangePayload):
    """``settings``: what the browser had stored. Its keys may also stand directly in the payload."""

    takes_other_keys = True

    settings = serializers.JSONField(required=False)
    dry_run = serializers.BooleanField(required=False)
    tables = ListField(child=serializers.CharField(max_length=64), max_length=50, required=False)
    skip_invalid = serializers.BooleanField(required=False)

    def to_internal_value(self, data: Any) -> Any:
        found = super().to_internal_value(data)
        if "settings" not in found:
            own = {"dryRun", "tables", "skipInvalid", "baseVersion", "strategy", "reason"}
            found["settings"] = {key: value for key, value in data.items() if key not in own}
        return found


class ReplacedPayload(WireSerializer):
    """The settings were replaced as a whole; ``new_version`` is the one that is active now."""

    message = serializers.CharField()
    new_version = ConfigVersionSerializer(allow_null=True)


class FromPath(WireSerializer):
    """A place in the file that is read."""

    def get_fields(self) -> dict[str, Any]:
        return {"from": serializers.CharField(allow_blank=True), **super().get_fields()}


class MappedRow(FromPath):
    """A row that the file gives."""

    table = serializers.CharField()
    index = serializers.IntegerField()
    row_id = serializers.UUIDField()
    name = serializers.CharField(allow_blank=True)
    notes = serializers.ListField(child=serializers.CharField())


class SkippedItem(FromPath):
    """Something in the file that cannot be taken over."""

    table = serializers.CharField()
    index = serializers.IntegerField()
    reason = serializers.CharField()
    row_left_out = serializers.BooleanField(help_text="The whole row, not a part of it.")


class IgnoredItem(FromPath):
    """Something in the file that no table holds."""

    reason = serializers.CharField()


class MigrationMapping(WireSerializer):
    """What goes to which table, from where, and what does not; empty where nothing was read."""

    tables = serializers.DictField(required=False, help_text="By collection.")
    rows = MappedRow(many=True, required=False)
    unresolved = SkippedItem(many=True, required=False)
    ignored = IgnoredItem(many=True, required=False)
    migration_version = serializers.JSONField(required=False)
    content_hash = serializers.CharField(required=False)


class MigrationReport(ReplacedPayload):
    """What a migration of stored settings did, or would do."""

    rows_inserted = serializers.DictField(child=serializers.IntegerField(), help_text="By collection.")
    skipped = SkippedItem(many=True)
    mapping = MigrationMapping()
    dry_run = serializers.BooleanField(required=False)
    already_migrated = serializers.BooleanField(required=False)


# --- audit trail ---


class TrailQuery(WireSerializer):
    """Which entries of the audit trail are asked for."""

    version_id = serializers.CharField(max_length=ID_LENGTH, required=False)
    table_name = serializers.CharField(max_length=64, required=False)
    row_id = serializers.CharField(max_length=ID_LENGTH, required=False)
    user_id = serializers.CharField(max_length=ID_LENGTH, required=False)
    cursor = serializers.CharField(max_length=100, required=False, allow_blank=True)
    limit = serializers.IntegerField(required=False, min_value=1, max_value=500, default=50)


class TrailEntrySerializer(WireSerializer):
    """One change of one row: who, when, why, and its values before and after."""

    wire_name = "SettingsChange"

    id = serializers.CharField(help_text="The `changeId` of a restore.")
    table_name = serializers.CharField()
    row_id = serializers.UUIDField()
    operation = serializers.ChoiceField(choices=["INSERT", "UPDATE", "DELETE"])
    old_data = serializers.DictField(allow_null=True)
    new_data = serializers.DictField(allow_null=True)
    changed_by = serializers.CharField(allow_null=True)
    changed_by_id = serializers.UUIDField(allow_null=True)
    changed_at = serializers.DateTimeField()
    reason = serializers.CharField(allow_blank=True)
    version_id = serializers.UUIDField()
    revision = serializers.IntegerField()


class TrailPayload(WireSerializer):
    """A page of the audit trail."""

    changes = TrailEntrySerializer(many=True, help_text="Newest first.")
    cursor = serializers.CharField(allow_null=True, help_text="Of the next page.")


class ChangeIdPayload(ChangePayload):
    """Names the entry of the audit trail that is to be restored."""

    change_id = serializers.CharField(max_length=100)
