"""The audit trail's two statements, for PostgreSQL and SQLite alike: which entries a page has, and the rows of one history.

They are hand-written SQL, since a page of all tables would otherwise take two queries for each of them, and building those takes
longer than answering them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from shiftsync.core.sql import is_postgresql, sqlite_value

Place = tuple[int, int, int]
"""Where an entry stands: revision of the restaurant, rank of the table, number in its history."""


@dataclass(frozen=True, slots=True)
class History:
    """One history to search: its model, its rank, and the columns that must have those values. ``line_of``: a row whose whole line is
    meant, that is its copies and originals in other versions too."""

    model: Any
    rank: int
    wanted: Mapping[str, UUID]
    line_of: UUID | None = None


def places(histories: Sequence[History], restaurant_id: UUID, after: Place | None, limit: int) -> list[Place]:
    """The first ``limit`` entries after a place, the newest first."""
    if not histories:
        return []
    branches, parameters = [], []
    for history in histories:
        conditions = {"restaurant_id": restaurant_id, **history.wanted}
        texts = [f'"{column}" = %s' for column in conditions]
        values: list[Any] = list(conditions.values())
        if history.line_of is not None:
            texts.append(f'lineage_id IN (SELECT lineage_id FROM "{history.model._meta.db_table}" WHERE id = %s)')
            values.append(history.line_of)
        if after is not None:
            text, bounds = _after(after, history.rank)
            texts.append(text)
            values += bounds
        branches.append(
            f"SELECT * FROM (SELECT revision, {history.rank} AS place_rank, history_id"
            f' FROM "{history.model._meta.db_table}" WHERE {" AND ".join(texts)}'
            f" ORDER BY revision DESC, history_id DESC LIMIT {limit}) AS h{history.rank}"
        )
        parameters += values
    union = " UNION ALL ".join(branches)
    found = _rows(f"{union} ORDER BY 1 DESC, 2 DESC, 3 DESC LIMIT {limit}", parameters)
    return [(revision, rank, history_id) for revision, rank, history_id in found]


def entries_with_earlier(model: Any, history_ids: Sequence[int]) -> dict[int, tuple[Any, Any]]:
    """Each of those entries of a history with the entry before it of the same row (None: it is the first), by number."""
    table = model._meta.db_table
    given = ", ".join(["%s"] * len(history_ids))
    sql = (
        f'SELECT * FROM "{table}" WHERE history_id IN ('
        f'SELECT history_id FROM "{table}" WHERE history_id IN ({given}) UNION ALL'
        f' SELECT (SELECT p.history_id FROM "{table}" p WHERE p.id = h.id AND p.history_id < h.history_id'
        f' ORDER BY p.history_id DESC LIMIT 1) FROM "{table}" h WHERE h.history_id IN ({given}))'
    )
    by_row: dict[UUID, list[Any]] = {}
    for entry in model.objects.raw(sql, [*history_ids, *history_ids]):
        by_row.setdefault(entry.id, []).append(entry)
    return dict(pair for entries in by_row.values() for pair in _paired(entries))


def _paired(entries: list[Any]) -> Iterable[tuple[int, tuple[Any, Any]]]:
    """Entries of one row with the one before each; that of the first is not asked for, or is not there."""
    ordered = sorted(entries, key=lambda entry: entry.history_id)
    earlier = [None, *ordered]
    return ((entry.history_id, (entry, before)) for entry, before in zip(ordered, earlier, strict=False))


def _after(place: Place, rank: int) -> tuple[str, list[int]]:
    """What stands after ``place`` in an order that goes down by revision, table and entry."""
    revision, place_rank, history_id = place
    if rank > place_rank:
        return "revision < %s", [revision]
    if rank < place_rank:
        return "revision <= %s", [revision]
    return "(revision < %s OR (revision = %s AND history_id < %s))", [revision, revision, history_id]


def _rows(sql: str, parameters: Sequence[Any]) -> list[Any]:
    values = parameters if is_postgresql() else [sqlite_value(value) for value in parameters]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows: list[Any] = cursor.fetchall()
        return rows
