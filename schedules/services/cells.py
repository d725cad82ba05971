"""Edits of cells: single ones, committed in groups, and bulk edits of a whole schedule."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any, Literal
from uuid import UUID

from schedules.events.cells import CellEdited, CellsEdited
from schedules.rules.cells import Cell, CellChange, CellKey
from schedules.selectors.schedules import PlannedPeriod
from schedules.services.ahead import CheckedCells, look_ahead
from schedules.services.grid import Grid, Proposal, cell_changes, cell_list, old_cells
from schedules.services.plan import (
    NOBODY,
    Plan,
    parse_day,
    plan_questions,
    plan_questions_of_many,
    problem_of,
    read_plan,
)
from schedules.sql.cells import WHOLE_SCHEDULE_FROM, GridKey, read_schedule
from schedules.sql.cells_of_many import PlaceAsked, cell_questions_of_many, cells_of
from shiftsync.core.brief import LONGEST_NAME, cut
from shiftsync.core.errors import DomainError, NotFound, ValidationFailed, VersionLocked
from shiftsync.core.ids import parse_id
from shiftsync.core.payloads import FromPayload, from_payload
from shiftsync.core.queries import BoundQuery
from shiftsync.realtime.rules.conflicts import Strategy
from shiftsync.realtime.stream.commit import Transaction, commit, commit_all
from shiftsync.realtime.stream.judging import ChoiceNeeded, Item, conflict_of, overwritten
from shiftsync.realtime.stream.many import Lane, ManyRestaurants
from shiftsync.realtime.stream.requests import AnyRequest, ChangeRequest, Outcome, Written
from shiftsync.realtime.stream.settling import Verdict

MERGE: Literal["merge"] = "merge"
REPLACE: Literal["replace"] = "replace"
MAX_CELLS = 100_000
SKIPPED_NAMED_AT_MOST = 1_000


@dataclass(frozen=True, slots=True)
class CellEdit(FromPayload):
    """One cell's new value. Where no schedule is named, the period's index tells it."""

    schedule_id: str | None
    staff_id: str
    date_key: str
    value: str = field(metadata=from_payload("shift_value"))
    period_index: int | None = None


@dataclass(frozen=True, slots=True)
class CellsEdit(FromPayload):
    """Values by staff id and day. ``mode``: cells left out stay (``merge``) or are cleared (``replace``).

    ``skips_invalid`` applies what can be applied and lists the invalid and the locked cells in the result as ``skipped``;
    otherwise one such cell refuses all.
    """

    schedule_id: str | None
    data: Mapping[str, Mapping[str, str]] = field(metadata=from_payload("schedule_data"))
    mode: Literal["merge", "replace"] = MERGE
    period_index: int | None = None
    skips_invalid: bool = False


# --- single edits ---


def cell_edit(request: ChangeRequest[CellEdit]) -> Outcome:
    """Sets one cell. Raises the domain errors of its verdict."""
    (verdict,) = cells_edit_together([request])
    if isinstance(verdict, DomainError):
        raise verdict
    return verdict


def cells_edit_together(requests: Sequence[AnyRequest]) -> list[Verdict]:
    """Sets one cell for each request of one restaurant, in order, in one transaction; each has its own version and verdict."""
    restaurant_id = requests[0].actor.restaurant_id
    asks = plan_questions(restaurant_id, {request.intent.staff_id for request in requests})
    return commit_all(restaurant_id, requests, _edit_all, asks=asks)


def _edit_all(tx: Transaction, requests: Sequence[AnyRequest]) -> list[Written | DomainError]:
    return _edit_located(tx, requests, Plan.of(*tx.answers))


def _ask_for_many(requests: Sequence[AnyRequest]) -> tuple[BoundQuery, ...]:
    """What :func:`_edit_all_read` must know of requests of several restaurants."""
    bases: dict[UUID, int] = {}
    for request in requests:
        if request.base_version is not None:
            restaurant_id = request.actor.restaurant_id
            bases[restaurant_id] = min(request.base_version, bases.get(restaurant_id, request.base_version))
    plan = plan_questions_of_many(
        {request.actor.restaurant_id for request in requests}, {request.intent.staff_id for request in requests}
    )
    return (*plan, *cell_questions_of_many(map(_place_asked, requests), bases))


def _place_asked(request: ChangeRequest[CellEdit]) -> PlaceAsked:
    intent = request.intent
    ids = parse_id(intent.schedule_id), parse_id(intent.staff_id)
    return PlaceAsked(request.actor.restaurant_id, intent.schedule_id is not None, *ids, parse_day(intent.date_key))


def _edit_all_read(tx: Transaction, requests: Sequence[AnyRequest]) -> list[Written | DomainError]:
    """:func:`_edit_all` where the cells and their past are among the answers."""
    periods, staff, types, *cells = tx.answers
    return _edit_located(tx, requests, Plan.of_one(periods, staff, types), *cells_of(cells))


def _edit_located(
    tx: Transaction,
    requests: Sequence[AnyRequest],
    plan: Plan,
    cells: dict[GridKey, Cell] | None = None,
    past: Mapping[UUID, list[CellChange]] | None = None,
) -> list[Written | DomainError]:
    located = [_locate(plan, request.intent) for request in requests]
    keys = [place[1] for place in located if not isinstance(place, DomainError)]
    grid = Grid(tx, requests, keys, cells, past)
    results: list[Written | DomainError] = []
    for request, place in zip(requests, located, strict=True):
        if isinstance(place, DomainError):
            results.append(place)
        else:
            results.append(_edit_one(tx, grid, request, *place))
    tx.write(grid.statements())
    return results


def _locate(plan: Plan, intent: CellEdit) -> tuple[PlannedPeriod, GridKey, str] | DomainError:
    """The cell that is meant, and the value as it will be stored."""
    try:
        period = plan.period(intent.schedule_id, intent.period_index)
    except NotFound as error:
        return error
    day = parse_day(intent.date_key)
    staff_id = plan.staff_id(intent.staff_id, period)
    value = plan.spell(intent.value)
    problem = problem_of(day, period, staff_id, value)
    if problem is not None or day is None or staff_id is None or period.schedule_id is None:
        return ValidationFailed.of(*(problem or ("scheduleId", NOBODY)))
    return period, (period.schedule_id, CellKey(staff_id, day)), value


def _edit_one(
    tx: Transaction, grid: Grid, request: ChangeRequest[CellEdit], period: PlannedPeriod, key: GridKey, value: str
) -> Written | DomainError:
    proposal = grid.propose(request, {key: value})
    if proposal.locked:
        return _locked(proposal)
    if proposal.refused:
        return conflict_of(tx.strategy_of(request), proposal.refused, tx.version)
    stored = grid.cell(key).value
    if not proposal.changes:
        echo = _edited(tx, period, key, stored, stored)
        return Written(None, {"shiftValue": stored}, echo=echo, version=tx.version)
    version = tx.take_version()
    grid.apply(request, proposal.changes, version)
    change = tx.record(request, _edited(tx, period, key, value, stored), version)
    return Written(change, {"shiftValue": value, **overwritten(proposal.overwritten)})


def _edited(tx: Transaction, period: PlannedPeriod, key: GridKey, value: str, old: str) -> CellEdited:
    return CellEdited(key[0], period.index, str(key[1].staff_id), str(key[1].date), value, old, tx.timestamp)


CELL_EDITS = Lane(cells_edit_together, ManyRestaurants(_ask_for_many, _edit_all_read))
"""How cell edits that arrive together are committed together."""


# --- bulk edits ---


def cells_edit(request: ChangeRequest[CellsEdit]) -> Outcome:
    """Sets many cells of one schedule as one change.

    Each cell is judged for itself: ``first_writer_wins`` applies the rest and lists ``refused``; ``user_choice`` applies all
    or nothing. The result: ``changed`` (how many), ``overwritten``, ``refused``, ``skipped``.
    """
    intent = request.intent
    size = sum(len(row) for row in intent.data.values())
    if size > MAX_CELLS:
        raise ValidationFailed.of("scheduleData", f"Has more than {MAX_CELLS} cells.")
    check = partial(_check, intent)
    ahead = look_ahead(request.actor.restaurant_id, intent.data, check) if size >= WHOLE_SCHEDULE_FROM else None

    def write(tx: Transaction) -> Written:
        plan = read_plan(tx.restaurant_id, intent.data)
        checked = ahead.checked if ahead and ahead.plan == plan else check(plan)
        wanted, cells = checked.wanted, ahead.cells_now() if ahead else None
        if intent.mode == REPLACE and checked.period.schedule_id:
            cells = read_schedule(checked.period.schedule_id) if cells is None else cells
            wanted = {**_cleared(cells), **wanted}
        return write_cells_change(
            tx, request, checked.period, wanted, checked.skipped, skips_locked=intent.skips_invalid, cells=cells
        )

    return commit(request, write)


def write_cells_change(
    tx: Transaction,
    request: AnyRequest,
    period: PlannedPeriod,
    wanted: Mapping[GridKey, str],
    skipped: Sequence[Mapping[str, Any]] = (),
    *,
    skips_locked: bool = False,
    origin: Mapping[str, Any] | None = None,
    cells: dict[GridKey, Cell] | None = None,
) -> Written:
    """Writes the wanted values as one change, inside ``tx``; the core of every bulk edit.

    ``origin`` is added to the broadcast; ``cells`` are those stored, where they were read already. Raises
    :class:`VersionLocked` for locked cells unless ``skips_locked`` lists them as skipped, :class:`ChoiceNeeded` and
    :class:`ConflictError` where the strategy refuses.
    """
    if period.schedule_id is None:
        raise NotFound("No such schedule.")
    grid = Grid(tx, [request], list(wanted), cells)
    proposal = grid.propose(request, wanted)
    _require_possible(tx, request, proposal, skips_locked=skips_locked)
    left_out = [{**cell, "field": "shiftValue", "reason": "The cell is locked."} for cell in cell_list(proposal.locked)]
    result = _bulk_result(proposal, [*skipped, *left_out])
    if not proposal.changes:
        nothing = CellsEdited(period.schedule_id, period.index, [], [], tx.timestamp)
        return Written(None, result, echo=nothing)
    version = tx.take_version()
    before = grid.apply(request, proposal.changes, version)
    tx.write(grid.statements())
    event = CellsEdited(
        period.schedule_id,
        period.index,
        cell_changes(proposal.changes),
        old_cells(before),
        tx.timestamp,
        origin=origin or {},
    )
    return Written(tx.record(request, event, version), result)


def _require_possible(tx: Transaction, request: AnyRequest, proposal: Proposal, *, skips_locked: bool) -> None:
    """Raises what refuses a bulk edit as a whole."""
    if proposal.locked and not skips_locked:
        raise _locked(proposal)
    if proposal.refused and tx.strategy_of(request) is Strategy.USER_CHOICE:
        raise ChoiceNeeded(proposal.refused, tx.version)
    if proposal.refused and not proposal.changes:
        raise conflict_of(tx.strategy_of(request), proposal.refused, tx.version)


def _check(intent: CellsEdit, plan: Plan) -> CheckedCells:
    period = plan.period(intent.schedule_id, intent.period_index)
    checked = CheckedCells(period, {}, [])
    days: dict[str, date | None] = {}
    for staff_id, row in intent.data.items():
        person = plan.staff_id(staff_id, period)
        for date_key, value in row.items():
            if date_key not in days:
                days[date_key] = parse_day(date_key)
            _check_cell(checked, days[date_key], person, (staff_id, date_key, plan.spell(value)))
    if checked.skipped and not intent.skips_invalid:
        raise ValidationFailed.by_field({"scheduleData": [_sentence(cell) for cell in checked.skipped[:20]]})
    return checked


def _check_cell(checked: CheckedCells, day: date | None, person: UUID | None, cell: tuple[str, str, str]) -> None:
    staff_id, date_key, value = cell
    problem = problem_of(day, checked.period, person, value)
    if problem is None and day is not None and person is not None and checked.period.schedule_id is not None:
        checked.wanted[(checked.period.schedule_id, CellKey(person, day))] = value
    elif problem is not None:
        checked.skipped.append({"staffId": staff_id, "dateKey": date_key, "field": problem[0], "reason": problem[1]})


def _sentence(cell: Mapping[str, str]) -> str:
    return f"{cell['staffId']} {cell['dateKey']}: {cell['reason']}"


def _cleared(cells: Mapping[GridKey, Cell]) -> dict[GridKey, str]:
    """Blanks for all that is filled and not locked."""
    return {key: "" for key, cell in cells.items() if cell.value and not cell.is_locked}


def _bulk_result(proposal: Proposal, skipped: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    refused: dict[str, list[Item]] = {"refused": proposal.refused} if proposal.refused else {}
    return {
        "changed": len(proposal.changes),
        **overwritten(proposal.overwritten),
        **refused,
        **told_of_skipped(skipped),
    }


def told_of_skipped(skipped: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What a result says of cells that were left out: as many as a month of people who have left has, and how many there were. The result
    is remembered for as long as the request may come again, and the cells may be whatever a client made up: a frame of 1 MiB would
    keep 4 MB for a month."""
    if not skipped:
        return {}
    named = [
        {name: cut(str(value), LONGEST_NAME) for name, value in cell.items()}
        for cell in skipped[:SKIPPED_NAMED_AT_MOST]
    ]
    return {"skipped": named, "skippedCount": len(skipped)}


def _locked(proposal: Proposal) -> VersionLocked:
    cells = cell_list(proposal.locked)
    return VersionLocked("The cell is locked." if len(cells) == 1 else "Some cells are locked.", {"cells": cells})
