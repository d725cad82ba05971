"""Two versions side by side: rows added, removed and changed, field by field.

Copies have ids of their own, so rows are matched by lineage, which copies carry on; rows that no lineage joins (of a
migrated or a reset version) by what they refer to and their name, in order where several are alike. References are
compared by the rows they mean, not by the ids that these have in either version.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from settings_app.rules.copying import lineage_of, repointed
from settings_app.rules.naming import plain
from settings_app.rules.rows import Row
from settings_app.rules.shapes import Shape, join
from settings_app.rules.table import SettingsTable

RowsByTable = Mapping[str, Sequence[Row]]
Pair = tuple[Row, Row]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field, or one key of a config (``limitConfig.maxCount``), of one row. None: not set."""

    row_id: str
    from_row_id: str
    name: str
    field: str
    before: Any
    after: Any

    def to_wire(self) -> Row:
        """The field of both rows with its two values."""
        return {
            "rowId": self.row_id,
            "fromRowId": self.from_row_id,
            "name": self.name,
            "field": self.field,
            "from": self.before,
            "to": self.after,
        }


@dataclass(frozen=True, slots=True)
class TableDifference:
    """What differs in one table."""

    added: tuple[Row, ...] = ()
    removed: tuple[Row, ...] = ()
    changed: tuple[FieldChange, ...] = ()

    def to_wire(self) -> Row:
        """The rows that only one version has, and the fields that differ."""
        return {
            "added": list(self.added),
            "removed": list(self.removed),
            "changed": [change.to_wire() for change in self.changed],
        }


def compare(before: RowsByTable, after: RowsByTable, tables: Sequence[SettingsTable]) -> dict[str, TableDifference]:
    """What changed from ``before`` to ``after``, by table key. ``tables``: each after those it refers to."""
    ids: dict[str, str] = {}
    differences = {}
    for table in tables:
        old, new = before.get(table.key, ()), after.get(table.key, ())
        pairs = _matched(old, new, table.row, ids)
        ids |= {left["id"]: right["id"] for left, right in pairs}
        differences[table.key] = _difference(old, new, pairs, table.row, ids)
    return differences


def _difference(
    old: Sequence[Row], new: Sequence[Row], pairs: Sequence[Pair], shape: Shape, ids: Mapping[str, str]
) -> TableDifference:
    matched = {row["id"] for pair in pairs for row in pair}
    return TableDifference(
        added=tuple(row for row in new if row["id"] not in matched),
        removed=tuple(row for row in old if row["id"] not in matched),
        changed=tuple(change for left, right in pairs for change in _changes(left, right, shape, ids)),
    )


def _matched(old: Sequence[Row], new: Sequence[Row], shape: Shape, ids: Mapping[str, str]) -> list[Pair]:
    """The pairs, in the order of the new rows."""
    partners = {right["id"]: left for left, right in _joined(old, new, lineage_of, lineage_of)}
    taken = {left["id"] for left in partners.values()}
    rest_old = [row for row in old if row["id"] not in taken]
    rest_new = [row for row in new if row["id"] not in partners]
    alike = _joined(
        rest_old,
        rest_new,
        lambda row: _signature(repointed(row, shape, ids), shape),
        lambda row: _signature(row, shape),
    )
    partners |= {right["id"]: left for left, right in alike}
    return [(partners[row["id"]], row) for row in new if row["id"] in partners]


def _joined(old: Sequence[Row], new: Sequence[Row], key_old: Any, key_new: Any) -> Iterator[Pair]:
    """Rows with equal keys, first to first, second to second."""
    waiting: dict[Any, list[Row]] = {}
    for row in old:
        waiting.setdefault(key_old(row), []).append(row)
    for row in new:
        alike = waiting.get(key_new(row))
        if alike:
            yield alike.pop(0), row


def _signature(row: Mapping[str, Any], shape: Shape) -> tuple[str, ...]:
    """The name, and what the row itself refers to."""
    return (plain(str(row.get("name", ""))), *(str(row.get(name)) for name in shape.references))


def _changes(left: Row, right: Row, shape: Shape, ids: Mapping[str, str]) -> Iterator[FieldChange]:
    old = repointed(left, shape, ids)
    for name in shape.fields:
        for path, before, after in _differing(old.get(name), right.get(name), name):
            yield FieldChange(right["id"], left["id"], right.get("name", ""), path, before, after)


def _differing(before: Any, after: Any, path: str) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(before, dict) and isinstance(after, dict):
        for key in dict.fromkeys([*before, *after]):
            yield from _differing(before.get(key), after.get(key), join(path, key))
    elif before != after or isinstance(before, bool) != isinstance(after, bool):
        yield path, before, after
