"""The cells that edits of several restaurants are about, and what became of them: read in one statement each, on PostgreSQL."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from schedules.models import Period, Schedule
from schedules.rules.cells import Cell, CellChange, CellKey
from schedules.sql.cells import CELL_COLUMNS, HISTORY, SHIFT, GridKey
from shiftsync.core.clock import iso
from shiftsync.core.queries import BoundQuery
from shiftsync.core.sql import array_literal
from shiftsync.realtime.models import Change
from shiftsync.tenants.models import User


class PlaceAsked(NamedTuple):
    """The cell that an edit names. Where it ``has_schedule`` not, its day tells the period, since periods do not overlap."""

    restaurant_id: UUID
    has_schedule: bool
    schedule_id: UUID | None
    staff_id: UUID | None
    day: date | None


CHANGE, USER, PERIOD, SCHEDULE = (model._meta.db_table for model in (Change, User, Period, Schedule))
BY_SCHEDULE = (
    "unnest(%s::uuid[], %s::uuid[], %s::uuid[], %s::date[], %s::bigint[])"
    " AS k(restaurant_id, schedule_id, staff_id, date, base)"
)
BY_DAY = (
    "(SELECT d.restaurant_id, c.id AS schedule_id, d.staff_id, d.date, d.base"
    " FROM unnest(%s::uuid[], %s::uuid[], %s::date[], %s::bigint[]) AS d(restaurant_id, staff_id, date, base)"
    f' JOIN "{PERIOD}" p ON p.restaurant_id = d.restaurant_id AND d.date BETWEEN p.start_date AND p.end_date'
    f' JOIN "{SCHEDULE}" c ON c.period_id = p.id) AS k'
)
STORED = (
    f'JOIN "{SHIFT}" s ON s.schedule_id = k.schedule_id AND s.staff_id = k.staff_id AND s.date = k.date'
    " AND s.restaurant_id = k.restaurant_id"
)
CELLS = f"SELECT s.restaurant_id, s.schedule_id, {CELL_COLUMNS} FROM {{keys}} {STORED}"
CHANGES_SINCE = (
    "SELECT s.restaurant_id, h.id, h.revision, h.value, h.history_user_id, c.client_id,"
    " COALESCE(NULLIF(TRIM(u.first_name || ' ' || u.last_name), ''), u.username, ''), h.history_date"
    f' FROM {{keys}} {STORED} AND s.revision > k.base JOIN "{HISTORY}" h ON h.id = s.id'
    f' LEFT JOIN "{CHANGE}" c ON c.restaurant_id = s.restaurant_id AND c.version = h.revision'
    f' LEFT JOIN "{USER}" u ON u.id = h.history_user_id ORDER BY h.revision, h.history_id'
)
TEXTS = {source: (CELLS.format(keys=source), CHANGES_SINCE.format(keys=source)) for source in (BY_SCHEDULE, BY_DAY)}


def cell_questions_of_many(places: Iterable[PlaceAsked], bases: Mapping[UUID, int]) -> tuple[BoundQuery, ...]:
    """The cells at ``places``, and every change of those that are newer than their restaurant's base; four questions, of which
    those that ask for nothing are not sent. Each row begins with its restaurant; :func:`cells_of` takes the rest."""
    whole = {
        place for place in places if place.staff_id and place.day and (place.schedule_id or not place.has_schedule)
    }
    named = [(place.restaurant_id, place.schedule_id, *place[3:]) for place in whole if place.schedule_id]
    dated = [(place.restaurant_id, *place[3:]) for place in whole if not place.schedule_id]
    return (*_asked(BY_SCHEDULE, named, bases), *_asked(BY_DAY, dated, bases))


def _asked(source: str, keys: Sequence[tuple[Any, ...]], bases: Mapping[UUID, int]) -> tuple[BoundQuery, BoundQuery]:
    cells, changes = TEXTS[source]
    newer = [(*key, bases[key[0]]) for key in keys if key[0] in bases]
    return BoundQuery(None, cells, _columns([(*key, None) for key in keys])), BoundQuery(None, changes, _columns(newer))


def _columns(rows: Sequence[tuple[Any, ...]]) -> list[str] | None:
    return [array_literal(column) for column in zip(*rows, strict=True)] or None


def cells_of(answers: Sequence[Sequence[Any]]) -> tuple[dict[GridKey, Cell], dict[UUID, list[CellChange]]]:
    """The cells of one restaurant and their changes, oldest first, as its rows of the answers tell them."""
    named, named_changes, dated, dated_changes = answers
    cells = {
        (schedule_id, CellKey(staff_id, day)): Cell(*stored)
        for rows in (named, dated)
        for schedule_id, staff_id, day, *stored in rows
    }
    past: dict[UUID, dict[int, CellChange]] = {}
    for rows in (named_changes, dated_changes):
        for cell_id, revision, value, user_id, client_id, author, moment in rows:
            change = CellChange(revision, value, user_id, client_id, author, iso(moment))
            past.setdefault(cell_id, {})[revision] = change
    return cells, {cell_id: list(changes.values()) for cell_id, changes in past.items()}
