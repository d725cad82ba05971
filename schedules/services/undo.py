"""Undo and redo: a client's own last change of a schedule, taken back as a new change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from schedules.events.cells import CellEdited, CellsEdited
from schedules.rules.cells import CellKey
from schedules.rules.history import Step, stacks
from schedules.selectors.schedules import PlannedPeriod, period_of_schedule
from schedules.services.grid import Grid, cell_changes, cell_list, old_cells
from schedules.services.symbols import symbols_since
from schedules.sql.cells import GridKey
from shiftsync.core.actor import Actor
from shiftsync.core.clock import iso
from shiftsync.core.encoding import decode
from shiftsync.core.errors import ConflictError, NotFound
from shiftsync.core.payloads import FromPayload
from shiftsync.realtime.models import Change
from shiftsync.realtime.stream.commit import Transaction, commit
from shiftsync.realtime.stream.requests import ChangeRequest, Outcome, Written

REMEMBERED_STEPS = 500
UNDOABLE = (CellEdited.type, CellsEdited.type)


@dataclass(frozen=True, slots=True)
class Undo(FromPayload):
    """Takes back the last change. ``partial``: where others changed cells since, those stay; ``skip``: gives this one up."""

    schedule_id: str
    partial: bool = False
    skip: bool = False


@dataclass(frozen=True, slots=True)
class Redo(FromPayload):
    """Does again what was last taken back."""

    schedule_id: str
    partial: bool = False
    skip: bool = False


def undo(request: ChangeRequest[Undo]) -> Outcome:
    """Raises :class:`NotFound` where there is nothing to take back, :class:`ConflictError` with ``cells`` that others changed."""
    return commit(request, lambda tx: _step_back(tx, request, takes_back=True))


def redo(request: ChangeRequest[Redo]) -> Outcome:
    """The reverse of :func:`undo`, with the same errors."""
    return commit(request, lambda tx: _step_back(tx, request, takes_back=False))


def _step_back(tx: Transaction, request: ChangeRequest[Any], *, takes_back: bool) -> Written:
    intent = request.intent
    period = period_of_schedule(tx.restaurant_id, intent.schedule_id)
    change = _last_step(tx.restaurant_id, request.actor, str(period.schedule_id), takes_back=takes_back)
    if intent.skip:
        change.is_dropped = True
        change.save(update_fields=["is_dropped"])
        return Written(None, {"skipped": change.version})
    names = symbols_since(tx.restaurant_id, change.version)
    wrote, was = ({key: names.get(value, value) for key, value in values.items()} for values in _values(period, change))
    grid = Grid(tx, [], list(wrote))
    free = {key: value for key, value in was.items() if _is_as_written(grid, key, wrote[key])}
    taken = [key for key in was if key not in free]
    if taken and (not intent.partial or not free):
        raise ConflictError(
            "Someone else has changed these cells since.",
            {"cells": _cells_with_values(grid, taken), "version": change.version},
        )
    return _write(tx, request, period, grid, free, change.version, takes_back=takes_back)


def _write(
    tx: Transaction,
    request: ChangeRequest[Any],
    period: PlannedPeriod,
    grid: Grid,
    values: Mapping[GridKey, str],
    undone: int,
    *,
    takes_back: bool,
) -> Written:
    version = tx.take_version()
    before = grid.apply(request, values, version)
    tx.write(grid.statements())
    event = CellsEdited(
        schedule_id=next(iter(values))[0],
        period_index=period.index,
        changes=cell_changes(values),
        old=old_cells(before),
        timestamp=iso(tx.moment),
        undone_version=undone,
        takes_back=takes_back,
    )
    return Written(tx.record(request, event, version), {"undoes": undone, "changed": len(values)})


def _last_step(restaurant_id: UUID, actor: Actor, schedule_id: str, *, takes_back: bool) -> Change:
    own = Change.objects.filter(
        restaurant_id=restaurant_id,
        client_id=actor.client_id,
        actor_id=actor.user_id,
        entity="schedule",
        entity_id=schedule_id,
        type__in=UNDOABLE,
    ).order_by("-version")[:REMEMBERED_STEPS]
    changes = {change.version: change for change in own}
    steps = [
        Step(change.version, change.undoes, change.is_undo, change.is_dropped)
        for change in sorted(changes.values(), key=lambda change: change.version)
    ]
    undoable, redoable = stacks(steps)
    stack = undoable if takes_back else redoable
    if not stack:
        raise NotFound("There is nothing to undo." if takes_back else "There is nothing to redo.")
    return changes[stack[-1]]


def _values(period: PlannedPeriod, change: Change) -> tuple[dict[GridKey, str], dict[GridKey, str]]:
    """What ``change`` wrote, and what was there before."""
    payload = decode(change.payload)
    written = payload.get("changes") or [payload]
    old: Any = change.old["cells"]
    return (
        {_key(period, cell["staffId"], cell["dateKey"]): cell["shiftValue"] for cell in written},
        {_key(period, staff_id, day): value for staff_id, day, value in old},
    )


def _key(period: PlannedPeriod, staff_id: str, day: str) -> GridKey:
    if period.schedule_id is None:
        raise NotFound("No such schedule.")
    return period.schedule_id, CellKey(UUID(staff_id), date.fromisoformat(day))


def _is_as_written(grid: Grid, key: GridKey, value: str) -> bool:
    cell = grid.cell(key)
    return cell.value == value and not cell.is_locked


def _cells_with_values(grid: Grid, keys: list[GridKey]) -> list[dict[str, str]]:
    return [{**cell, "shiftValue": grid.cell(key).value} for key, cell in zip(keys, cell_list(keys), strict=True)]
