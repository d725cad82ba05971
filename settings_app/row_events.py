"""The events of a table's rows, by its description."""

from collections.abc import Mapping, Sequence
from typing import Any

from settings_app.events import RowEvent
from settings_app.rules.rows import Row
from settings_app.rules.table import SettingsTable


def row_created(table: SettingsTable, row: Row) -> RowEvent:
    """A new row."""
    return _event(table, table.names.create_type, row, {table.names.created_key: row})


def row_updated(table: SettingsTable, row: Row, old: Row, updated: str = "") -> RowEvent:
    """Columns of a row changed, or a deleted row is back: the whole row as stored. ``updated`` names what version 1 clients hear
    was updated, where that is not the table."""
    told = {table.names.updated_key: row, **({"updated": updated} if updated else {})}
    return _event(table, table.names.update_type, row, told, old)


def row_deleted(table: SettingsTable, row: Row) -> RowEvent:
    """A row is out of use; it stays, and can be restored."""
    return _event(table, table.names.delete_type, row, {table.names.deleted_key: row})


def row_removed(table: SettingsTable, row: Row, removed: Mapping[str, Sequence[Row]]) -> RowEvent:
    """A deleted row is gone for good, and with it the rows that referred to it, by collection."""
    told = {
        table.names.deleted_key: row,
        "removed": {name: [each["id"] for each in rows] for name, rows in removed.items()},
    }
    return _event(table, table.names.hard_delete_type, row, told, {"row": row, "removed": dict(removed)})


def _event(
    table: SettingsTable, type: str, row: Row, told: Mapping[str, Any], old: Mapping[str, Any] | None = None
) -> RowEvent:
    payload = {table.names.id_key: row["id"], **told}
    return RowEvent(type, table.topic, table.key, row["id"], payload, old or {})
