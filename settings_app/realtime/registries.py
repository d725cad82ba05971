"""The settings tables as clients need them: the names of their messages, and the keys of the rows in these."""

from typing import Any

from settings_app.rules.table import SettingsTable
from settings_app.tables import settings_tables
from shiftsync.realtime.export.document import REGISTRIES


def table_names(table: SettingsTable) -> dict[str, Any]:
    """The names of one table on the wire. ``createdKey`` and ``updatedKey`` are those of the row in the broadcasts."""
    names = table.names
    return {
        "name": names.collection,
        "tableName": table.key,
        "create": names.create_type,
        "update": names.update_type,
        "remove": names.delete_type,
        "idKey": names.id_key,
        "rowKey": names.row,
        "createdKey": names.created_key,
        "updatedKey": names.updated_key,
        "path": names.path,
    }


REGISTRIES.add("settingsTables", lambda: [table_names(table) for table in settings_tables()])
