"""Copying the rows of a version: new ids, and every reference among the rows re-pointed to the copies."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from settings_app.rules.rows import LINEAGE, Row
from settings_app.rules.shapes import STAFF, Shape, map_references
from settings_app.rules.table import SettingsTable


@dataclass(frozen=True, slots=True)
class Copied:
    """The copies by table key, in the order of their originals, and what became of each id."""

    rows: Mapping[str, tuple[Row, ...]]
    ids: Mapping[str, str]


def copy_rows(
    rows: Mapping[str, Sequence[Row]], tables: Sequence[SettingsTable], new_id: Callable[[], object]
) -> Copied:
    """Copies of all rows, deleted ones included if they are given. Each carries the lineage of its original.

    An id that names no row among ``rows`` (a group removed for good) stays: nothing is dropped from a config.
    """
    ids = {row["id"]: str(new_id()) for table in tables for row in rows.get(table.key, ())}
    copies = {table.key: tuple(_copy(row, table.row, ids) for row in rows.get(table.key, ())) for table in tables}
    return Copied(copies, ids)


def repointed(row: Mapping[str, Any], shape: Shape, ids: Mapping[str, str]) -> Row:
    """A row (or a config) whose references to settings rows go through ``ids``; those to staff stay."""

    def translate(target: str, text: str, path: str) -> str:
        return text if target == STAFF else ids.get(text, text)

    return map_references(row, shape, translate)


def lineage_of(row: Mapping[str, Any]) -> str:
    """What a row and all its copies have in common: the id of the first of them."""
    return str(row.get(LINEAGE) or row["id"])


def _copy(row: Row, shape: Shape, ids: Mapping[str, str]) -> Row:
    return {**repointed(row, shape, ids), "id": ids[row["id"]], LINEAGE: lineage_of(row)}
