"""Locking cells, so that nobody and no generator changes them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from schedules.events.cells import CellsLocked, CellsUnlocked
from schedules.rules.cells import CellKey
from schedules.selectors.schedules import PlannedPeriod
from schedules.services.grid import Grid, cell_list
from schedules.services.plan import parse_day, problem_of, read_plan
from schedules.sql.cells import GridKey
from shiftsync.core.errors import ValidationFailed
from shiftsync.core.payloads import FromPayload, from_payload
from shiftsync.realtime.stream.commit import Transaction, commit
from shiftsync.realtime.stream.requests import ChangeRequest, Outcome, Written


@dataclass(frozen=True, slots=True)
class CellsLock(FromPayload):
    """Locks those cells (``{"staff_id", "date_key"}``), blank ones too."""

    schedule_id: str
    cells: Sequence[Mapping[str, str]] = field(metadata=from_payload(read=lambda cells: [dict(cell) for cell in cells]))


@dataclass(frozen=True, slots=True)
class CellsUnlock(FromPayload):
    """Lets those cells be edited again."""

    schedule_id: str
    cells: Sequence[Mapping[str, str]] = field(metadata=from_payload(read=lambda cells: [dict(cell) for cell in cells]))


def cells_lock(request: ChangeRequest[CellsLock]) -> Outcome:
    """Locks cells; those that are locked already stay so."""
    return _set_locks(request, True)


def cells_unlock(request: ChangeRequest[CellsUnlock]) -> Outcome:
    """Unlocks cells; those that are not locked stay so."""
    return _set_locks(request, False)


def _set_locks(request: ChangeRequest[Any], is_locked: bool) -> Outcome:
    event = CellsLocked if is_locked else CellsUnlocked

    def write(tx: Transaction) -> Written:
        period, keys = _located(tx, request)
        grid = Grid(tx, [], keys)
        turned = [key for key in keys if grid.cell(key).is_locked != is_locked]
        schedule_id = keys[0][0]
        if not turned:
            return Written(None, {"changed": 0}, echo=event(schedule_id, period.index, cell_list(keys)))
        version = tx.take_version()
        grid.set_lock(request, turned, is_locked, version)
        tx.write(grid.statements())
        change = tx.record(request, event(schedule_id, period.index, cell_list(turned)), version)
        return Written(change, {"changed": len(turned)})

    return commit(request, write)


def _located(tx: Transaction, request: ChangeRequest[Any]) -> tuple[PlannedPeriod, list[GridKey]]:
    intent = request.intent
    if not intent.cells:
        raise ValidationFailed.of("cells", "Choose at least one cell.")
    plan = read_plan(tx.restaurant_id, {cell["staff_id"] for cell in intent.cells})
    period = plan.period(intent.schedule_id, None)
    keys: dict[GridKey, None] = {}
    for index, cell in enumerate(intent.cells):
        day = parse_day(cell["date_key"])
        staff_id = plan.staff_id(cell["staff_id"], period)
        problem = problem_of(day, period, staff_id, "")
        if problem is not None or day is None or staff_id is None or period.schedule_id is None:
            name, reason = problem or ("staffId", "")
            raise ValidationFailed.by_field({"cells": {str(index): {name: [reason]}}})
        keys[(period.schedule_id, CellKey(staff_id, day))] = None
    return period, list(keys)
