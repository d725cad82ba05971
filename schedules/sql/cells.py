"""The SQL of the grid: reading and writing many cells in a fixed number of statements, for both databases.

The ORM costs several times as much CPU for each cell, and an edit holds its restaurant's stream meanwhile.
"""

from collections.abc import Iterable, Sequence, Set
from datetime import date, datetime
from typing import Any, Literal, NamedTuple
from uuid import UUID

from django.db.models import Count

from schedules.models import Shift
from schedules.rules.cells import Cell, CellChange, CellKey, ScheduleData
from shiftsync.core.clock import iso
from shiftsync.core.encoding import decode
from shiftsync.core.sql import (
    SqlStatement,
    Statement,
    array_literal,
    fetch_rows,
    insertion,
    is_postgresql,
    sqlite_value,
    update,
)
from shiftsync.realtime.models import Change

WHOLE_SCHEDULE_FROM = 500

SHIFT = Shift._meta.db_table
HISTORY = Shift.history.model._meta.db_table
SHIFT_COLUMNS = {
    "id": "uuid",
    "restaurant_id": "uuid",
    "schedule_id": "uuid",
    "staff_id": "uuid",
    "date": "date",
    "value": "text",
    "is_locked": "boolean",
    "revision": "bigint",
}
HISTORY_COLUMNS = SHIFT_COLUMNS | {
    "history_date": "timestamptz",
    "history_change_reason": "text",
    "history_type": "text",
    "history_user_id": "uuid",
}
CHANGING_COLUMNS = {"id": "uuid", "value": "text", "is_locked": "boolean", "revision": "bigint"}

CELL_COLUMNS = "s.staff_id, s.date, s.id, s.value, s.is_locked, s.revision"

GridKey = tuple[UUID, CellKey]


class HistoryRow(NamedTuple):
    """What the audit trail keeps of one change of a cell: a row of its table, in the order of ``HISTORY_COLUMNS``."""

    id: UUID
    restaurant_id: UUID
    schedule_id: UUID
    staff_id: UUID
    date: date
    value: str
    is_locked: bool
    revision: int
    history_date: datetime
    history_change_reason: str | None
    history_type: Literal["+", "~"]
    history_user_id: UUID | None


class BulkHistory(NamedTuple):
    """What the audit trail keeps of a change of very many cells, beside their rows: which all have ``revision`` and no others do."""

    schedule_id: UUID
    revision: int
    history_date: datetime
    history_change_reason: str | None
    history_type: Literal["+", "~"]
    history_user_id: UUID | None


def read_cells(keys: Sequence[GridKey]) -> dict[GridKey, Cell]:
    """The stored cells among ``keys``; of very many, the whole schedules are read instead."""
    if not keys:
        return {}
    if len(keys) >= WHOLE_SCHEDULE_FROM:
        found: dict[GridKey, Cell] = {}
        for schedule_id in {schedule_id for schedule_id, _ in keys}:
            found |= read_schedule(schedule_id)
        return found
    source, values = _key_table(keys)
    rows = fetch_rows(
        f'SELECT {CELL_COLUMNS}, s.schedule_id FROM {source} JOIN "{SHIFT}" s'
        " ON s.schedule_id = k.schedule_id AND s.staff_id = k.staff_id AND s.date = k.date",
        values,
    )
    return {(_uuid(row[6]), _key(row)): _cell(row) for row in rows}


def read_schedule(schedule_id: UUID, *, since: int = -1) -> dict[GridKey, Cell]:
    """The stored cells of a schedule: all, or those whose revision is above ``since``."""
    rows = fetch_rows(
        f'SELECT {CELL_COLUMNS} FROM "{SHIFT}" s WHERE s.schedule_id = %s AND s.revision > %s', [schedule_id, since]
    )
    return {(schedule_id, _key(row)): _cell(row) for row in rows}


def _key(row: tuple[Any, ...]) -> CellKey:
    return CellKey(_uuid(row[0]), _date(row[1]))


def _cell(row: tuple[Any, ...]) -> Cell:
    return Cell(_uuid(row[2]), row[3], bool(row[4]), row[5])


def read_cell_changes(restaurant_id: UUID, cell_ids: Sequence[UUID]) -> dict[UUID, list[CellChange]]:
    """Every change of those cells, oldest first, with its author and client (None where the log was pruned)."""
    found: dict[UUID, list[CellChange]] = {}
    if not cell_ids:
        return found
    history = Shift.history.filter(id__in=cell_ids).select_related("history_user").order_by("revision", "history_id")
    clients = _clients_of(restaurant_id, {row.revision for row in history})
    for row in history:
        user = row.history_user
        change = CellChange(
            row.revision,
            row.value,
            row.history_user_id,
            clients.get(row.revision),
            user.display_name if user else "",
            iso(row.history_date),
        )
        found.setdefault(row.id, []).append(change)
    return found


def cells_to_write(restaurant_id: UUID, cells: Iterable[tuple[GridKey, Cell]], new: Set[GridKey]) -> list[Statement]:
    """The statements that store the final state of those cells; each may stand there once. ``new`` are those that have no row yet.

    An update that finds its rows by their id costs PostgreSQL a third of an upsert, and the lock is held meanwhile.
    """
    inserted: list[tuple[Any, ...]] = []
    updated: list[tuple[Any, ...]] = []
    for key, cell in cells:
        if key in new:
            schedule_id, (staff_id, day) = key
            state = (cell.value, cell.is_locked, cell.revision)
            inserted.append((cell.id, restaurant_id, schedule_id, staff_id, day, *state))
        else:
            updated.append((cell.id, cell.value, cell.is_locked, cell.revision))
    return [insertion(SHIFT, SHIFT_COLUMNS, inserted), update(SHIFT, CHANGING_COLUMNS, updated)]


def history_to_write(rows: Sequence[HistoryRow]) -> Statement:
    """The statement that adds entries to the audit trail."""
    return insertion(HISTORY, HISTORY_COLUMNS, rows)


def bulk_history_to_write(bulk: BulkHistory) -> Statement:
    """The statement that adds an entry for every cell of ``bulk``, taken from the rows as they are stored when it is executed."""
    given = {name: kind for name, kind in HISTORY_COLUMNS.items() if name not in SHIFT_COLUMNS}
    columns = ", ".join(f'"{name}"' for name in HISTORY_COLUMNS)
    own = ", ".join(f's."{name}"' for name in SHIFT_COLUMNS)
    marks = ", ".join(f"CAST(%s AS {kind})" if is_postgresql() else "%s" for kind in given.values())
    sql = (
        f'INSERT INTO "{HISTORY}" ({columns}) SELECT {own}, {marks} FROM "{SHIFT}" s'
        " WHERE s.schedule_id = %s AND s.revision = %s"
    )
    return SqlStatement(frozenset({HISTORY, SHIFT}), sql, (*bulk[2:], bulk.schedule_id, bulk.revision))


def schedules_holding(restaurant_id: UUID, values: Sequence[str]) -> dict[UUID, int]:
    """How many cells of each schedule of the restaurant hold one of ``values``."""
    rows = Shift.objects.filter(restaurant_id=restaurant_id, value__in=values).values_list("schedule_id")
    return dict(rows.annotate(cells=Count("id")).order_by())


def values_to_replace(bulk: BulkHistory, old: str, new: str) -> list[Statement]:
    """The statements that let every cell of the schedule of ``bulk`` that holds ``old`` hold ``new``, with their history; locked
    cells too."""
    sql = f'UPDATE "{SHIFT}" SET value = %s, revision = %s WHERE schedule_id = %s AND value = %s'
    replacing = SqlStatement(frozenset({SHIFT}), sql, (new, bulk.revision, bulk.schedule_id, old))
    return [replacing, bulk_history_to_write(bulk)]


def read_grid(schedule_id: UUID) -> tuple[ScheduleData, list[dict[str, str]]]:
    """The filled cells of a schedule as the wire has them, and which cells are locked."""
    if is_postgresql():
        return _grid_in(fetch_rows(GRID, [schedule_id]))
    rows = fetch_rows(
        f'SELECT staff_id, date, value, is_locked FROM "{SHIFT}" WHERE schedule_id = %s ORDER BY staff_id, date',
        [schedule_id],
    )
    data: ScheduleData = {}
    locked: list[dict[str, str]] = []
    names: dict[Any, str] = {}
    days: dict[Any, str] = {}
    for staff_id, day, value, is_locked in rows:
        name = names.get(staff_id) or names.setdefault(staff_id, str(_uuid(staff_id)))
        date_key = days.get(day) or days.setdefault(day, str(_date(day)))
        if value:
            data.setdefault(name, {})[date_key] = value
        if is_locked:
            locked.append({"staffId": name, "dateKey": date_key})
    return data, locked


# Each person's row as JSON: as rows of the table, most of what a month takes to read was making ids and days of a thousand cells and hashing them.
GRID = (
    "SELECT staff_id::text, json_object_agg(date, value ORDER BY date) FILTER (WHERE value <> '')::text,"
    " json_agg(date ORDER BY date) FILTER (WHERE is_locked)::text"
    f' FROM "{SHIFT}" WHERE schedule_id = %s GROUP BY staff_id ORDER BY staff_id'
)


def _grid_in(rows: Iterable[Any]) -> tuple[ScheduleData, list[dict[str, str]]]:
    data: ScheduleData = {}
    locked: list[dict[str, str]] = []
    for name, cells, days in rows:
        if cells is not None:
            data[name] = decode(cells)
        if days is not None:
            locked += [{"staffId": name, "dateKey": day} for day in decode(days)]
    return data, locked


def _clients_of(restaurant_id: UUID, versions: set[int]) -> dict[int, str | None]:
    rows = Change.objects.filter(restaurant_id=restaurant_id, version__in=versions)
    return dict(rows.values_list("version", "client_id"))


def _key_table(keys: Sequence[GridKey]) -> tuple[str, list[Any]]:
    if is_postgresql():
        columns = [
            array_literal(column)
            for column in zip(*((key[0], key[1].staff_id, key[1].date) for key in keys), strict=True)
        ]
        return "unnest(%s::uuid[], %s::uuid[], %s::date[]) AS k(schedule_id, staff_id, date)", columns
    marks = ", ".join(["(%s, %s, %s)"] * len(keys))
    values = [sqlite_value(part) for schedule_id, key in keys for part in (schedule_id, key.staff_id, key.date)]
    return (
        f"(SELECT column1 AS schedule_id, column2 AS staff_id, column3 AS date FROM (VALUES {marks})) AS k",
        values,
    )


def _uuid(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)


def _date(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)
