"""What a migration would write, where each row comes from, and what could not be resolved."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from settings_app.rules.rows import Row
from settings_app.rules.table import SettingsTable


@dataclass(frozen=True, slots=True)
class Mapped:
    """One row that is written: where it came from, and what was changed to make it so."""

    table: str
    path: str
    index: int
    row_id: str
    name: str
    notes: tuple[str, ...] = ()

    def to_wire(self) -> Row:
        """Where a stored row goes, as the protocol names its fields."""
        return {
            "table": self.table,
            "from": self.path,
            "index": self.index,
            "rowId": self.row_id,
            "name": self.name,
            "notes": list(self.notes),
        }


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that did not make it: a whole row (``left_out``), or a reference inside a row that is written all the
    same, in which it stays as it was. ``is_carried``: not of the file, but of the version in use."""

    table: str
    path: str
    index: int
    reason: str
    left_out: bool = True
    is_carried: bool = False

    def to_wire(self) -> Row:
        """What cannot be resolved, and whether its row is left out."""
        return {
            "table": self.table,
            "index": self.index,
            "reason": self.reason,
            "from": self.path,
            "rowLeftOut": self.left_out,
        }


@dataclass(frozen=True, slots=True)
class Ignored:
    """Something of the file that is no setting, or was left out by intention."""

    path: str
    reason: str

    def to_wire(self) -> Row:
        """What is not imported, and why."""
        return {"from": self.path, "reason": self.reason}


@dataclass(frozen=True)
class MigrationPlan:
    """A whole new version. ``rows`` are valid, by table key in the order of the tables, and refer to one another only.

    ``carried``: the tables that come from the version in use, since they were not chosen or the file says nothing of
    them. ``content_hash`` is that of the file.
    """

    tables: tuple[SettingsTable, ...]
    rows: Mapping[str, tuple[Row, ...]]
    carried: frozenset[str]
    mapped: tuple[Mapped, ...]
    skipped: tuple[Skipped, ...]
    ignored: tuple[Ignored, ...]
    content_hash: str
    migration_version: str | None = None

    @property
    def left_out(self) -> tuple[Skipped, ...]:
        """The rows that are not fit to be written."""
        return tuple(each for each in self.skipped if each.left_out)

    @property
    def unfit(self) -> tuple[Skipped, ...]:
        """Those of the file: without ``skipInvalid`` nothing is written. A row in use that has lost what it stood on is only told
        of, since nobody can mend it in the file."""
        return tuple(each for each in self.left_out if not each.is_carried)

    @property
    def is_empty(self) -> bool:
        """Whether the file held nothing that could be written."""
        return not self.mapped

    def rows_inserted(self) -> dict[str, int]:
        """How many rows each table gets, by its name on the wire."""
        return {table.names.collection: len(self.rows[table.key]) for table in self.tables}

    def skipped_to_wire(self) -> list[Row]:
        """The skipped items as the report lists them."""
        return [each.to_wire() for each in self.skipped]

    def mapping(self) -> dict[str, Any]:
        """What goes to which table, from which path, and what does not."""
        return {
            "tables": {table.names.collection: self._table(table) for table in self.tables},
            "rows": [each.to_wire() for each in self.mapped],
            "unresolved": [each.to_wire() for each in self.skipped],
            "ignored": [each.to_wire() for each in self.ignored],
            "migrationVersion": self.migration_version,
            "contentHash": self.content_hash,
        }

    def _table(self, table: SettingsTable) -> Row:
        name = table.names.collection
        return {
            "from": list(table.storage.keys),
            "rows": len(self.rows[table.key]),
            "skipped": sum(each.left_out and each.table == name for each in self.skipped),
            "carriedOver": table.key in self.carried,
        }
