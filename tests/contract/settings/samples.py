"""Sample rows of every table, made from its description alone: a table that is added is tested without being named."""

from collections.abc import Mapping
from typing import Any

from settings_app.rules.rows import Row
from settings_app.rules.shapes import STAFF, Field, Refers, Shape
from settings_app.rules.table import SettingsTable
from settings_app.rules.values import Choice, Day, Flag, ListOf, MapOf, Number, Weekday, WordOrSymbol
from settings_app.services.rows import RowWrite, row_save
from settings_app.tables import require_table, settings_tables
from shiftsync.realtime.stream.requests import ChangeRequest
from tests.support.world import World

TABLES = settings_tables()
UNKNOWN: Mapping[str, Any] = {"zNote": {"b": 1.0, "a": [None, "あ"]}, "aNote": "kept"}


def sample_row(table: SettingsTable, world: World, **columns: Any) -> Row:
    """A valid row of the table. What it refers to is in the active version."""
    row = plain_row(table)
    row |= {name: referred_id(refers, world, len(row)) for name, refers in table.row.references.items()}
    return {**row, **columns}


def plain_row(table: SettingsTable) -> Row:
    """A valid row without what it refers to."""
    return {name: _sample(field, name) for name, field in table.row.fields.items() if not field.refers}


def referred_id(refers: Refers, world: World, place: int = 0) -> str:
    """The id of something to refer to."""
    if refers.target == STAFF:
        return world.staff_ids[0]
    return str(made(require_table(refers.target), world)["id"])


def made(table: SettingsTable, world: World, **columns: Any) -> Row:
    """A row of the table, stored by the system."""
    outcome = row_save(ChangeRequest(world.system, RowWrite(table.key, sample_row(table, world, **columns))))
    row: Row = outcome.result[table.names.created_key]
    return row


def another(table: SettingsTable, row: Row) -> tuple[str, Any]:
    """A text column of the row, and another value for it."""
    name = "description"
    return name, f"{row[name]}, changed"


def config_of(table: SettingsTable) -> tuple[str, Shape] | None:
    """The table's first config that has a known number in it."""
    return next(((name, shape) for name, shape in table.configs.items() if number_in(shape)), None)


def number_in(shape: Shape) -> str | None:
    """A known key of a config that holds a number of at least 0."""
    return next(
        (name for name, field in shape.fields.items() if type(field.value).__name__ in ("Integer", "Number")), None
    )


def _sample(field: Field, name: str) -> Any:
    kind = field.value
    if isinstance(kind, Shape):
        return {**dict(list(UNKNOWN.items())[:1]), **_config(kind), **UNKNOWN}
    return _scalar(kind, name)


def _config(shape: Shape) -> Row:
    return {
        name: _scalar(field.value, name)
        for name, field in shape.fields.items()
        if isinstance(field.value, Number) and not isinstance(field.value, Weekday)
    }


def _scalar(kind: Any, name: str) -> Any:
    if isinstance(kind, Flag):
        return False
    if isinstance(kind, Day):
        return "2025-08-01" if name.endswith("From") else "2099-08-31"
    if isinstance(kind, Number):
        return kind.minimum or 0
    if isinstance(kind, Choice):
        return kind.options[0]
    if isinstance(kind, WordOrSymbol):
        return kind.words[0]
    if isinstance(kind, ListOf | MapOf):
        return [] if isinstance(kind, ListOf) else {}
    return f"a {name}"
