"""The rows of a version in the current form of the browser's storage; migrating them back gives equal rows."""

import copy
from collections.abc import Mapping, Sequence
from typing import Any

from settings_app.rules.browser_storage.stored import EXPORTED_VERSION
from settings_app.rules.rows import Row
from settings_app.rules.table import SettingsTable


def export_settings(rows: Mapping[str, Sequence[Row]], tables: Sequence[SettingsTable]) -> dict[str, Any]:
    """A file for :func:`plan_migration`: rows by storage key, with the columns that a client may write. Of rows that are not in use only
    those belong into it that were switched off, and not deleted."""
    exported: dict[str, Any] = {"migrationVersion": EXPORTED_VERSION}
    for table in tables:
        exported[table.storage.key] = [_exported(row, table) for row in rows.get(table.key, ())]
    return exported


def _exported(row: Row, table: SettingsTable) -> Row:
    columns = {name: copy.deepcopy(row[name]) for name in table.row.fields if name in row}
    out_of_use = {} if row.get("isActive", True) else {"isActive": False}
    return {"id": row["id"], **columns, **out_of_use, **table.storage.says_besides(row)}
