"""Where the settings name a shift symbol."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from settings_app.models import ConfigVersion, SettingsRow
from settings_app.rules.symbols import names_symbol
from settings_app.rules.table import SettingsTable
from settings_app.selectors.rows import all_rows
from settings_app.tables import settings_tables
from settings_app.wire_rows import row_payload


@dataclass(frozen=True, slots=True)
class NamingRow:
    """A row that names a symbol, with its table and version."""

    table: SettingsTable
    row: SettingsRow
    version: ConfigVersion


def rows_naming(restaurant_id: UUID, symbol: str, *, include_deleted: bool) -> Iterator[NamingRow]:
    """The rows of all versions that name ``symbol``, table by table."""
    for table in settings_tables():
        if not table.configs:
            continue
        rows = all_rows(table, restaurant_id).select_related("config_version").order_by("created_at", "id")
        for row in rows if include_deleted else rows.filter(is_active=True):
            if names_symbol(row_payload(row, table), table.row, symbol):
                yield NamingRow(table, row, row.config_version)
