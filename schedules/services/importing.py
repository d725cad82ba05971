"""Taking an edited workbook over: first as a preview, then as one bulk change. Both go by one comparison."""

from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from schedules.exports.workbooks import Cells, ReadWorkbook, read_xlsx
from schedules.selectors.schedules import schedule_in
from schedules.services.cells import CellsEdit, cells_edit
from schedules.services.plan import parse_day, problem_of, read_plan
from schedules.sql.cells import read_grid
from shiftsync.core.errors import ConflictError, ValidationFailed
from shiftsync.core.payloads import FromPayload, from_payload
from shiftsync.realtime.stream.requests import ChangeRequest, Outcome
from shiftsync.realtime.stream.selectors import position_of, reading

TOLD = 200
"""How many changes a refusal lists."""


@dataclass(frozen=True, slots=True)
class WorkbookImport(FromPayload):
    """An edited workbook. ``is_confirmed``: its author has seen what one without our state sheet would change."""

    schedule_id: str
    content: bytes
    is_confirmed: bool = field(default=False, metadata=from_payload("confirmed"))


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a workbook would change: ``changes`` with the present values, ``conflicts`` among them, ``edited`` cells as spelled."""

    book: ReadWorkbook
    edited: Cells
    changes: list[dict[str, str]] = field(default_factory=list)
    conflicts: list[dict[str, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def needs_confirmation(self) -> bool:
        """Whether the file does not say what it was exported from, so that newer work may be among what it would overwrite."""
        return self.book.exported is None and bool(self.changes)


def import_preview(restaurant_id: UUID, schedule_id: object, book: ReadWorkbook) -> dict[str, Any]:
    """What importing would change: ``changes`` with the present values, ``conflicts`` among them, and ``problems``.

    A conflict is a cell that others edited since the export. Inside the caller's consistent read, which the reading of the file itself
    would only keep open.
    """
    found = _compare(restaurant_id, schedule_id, book)
    asks = {"needsConfirmation": True} if found.needs_confirmation else {}
    return {"changes": found.changes, "conflicts": found.conflicts, "problems": found.problems, **asks}


def workbook_import(request: ChangeRequest[WorkbookImport]) -> Outcome:
    """Writes what was edited in the file as one change; edits of others since the export are judged by the strategy.

    Cells that cannot be set are listed as ``skipped``. Raises :class:`ValidationFailed` for a file that holds no schedule, and
    :class:`ConflictError` with what it would change for one that is not of our making, until that is confirmed.
    """
    actor, intent = request.actor, request.intent
    book = read_xlsx(intent.content)
    with reading(actor.restaurant_id):
        found = _compare(actor.restaurant_id, intent.schedule_id, book)
    if found.needs_confirmation and not intent.is_confirmed:
        raise ConflictError(
            "This workbook does not say what it was exported from, so it may overwrite newer work. Review and confirm the changes.",
            {"needsConfirmation": True, "changes": found.changes[:TOLD], "changed": len(found.changes)},
        )
    data: dict[str, dict[str, str]] = {}
    for (staff_id, day), value in found.edited.items():
        data.setdefault(staff_id, {})[day] = value
    edit = CellsEdit(intent.schedule_id, data, skips_invalid=True)
    base = request.base_version if request.base_version is not None else _base_of(actor.restaurant_id, found.book)
    asked: ChangeRequest[Any] = replace(request, base_version=base)
    return cells_edit(replace(asked, intent=edit))


def _compare(restaurant_id: UUID, schedule_id: object, book: ReadWorkbook) -> Comparison:
    schedule = schedule_in(restaurant_id, schedule_id)
    if book.schedule_id is not None and book.schedule_id != str(schedule.id):
        raise ValidationFailed.of("file", "This file was exported from a different schedule.")
    data, locks = read_grid(schedule.id)
    present = {(staff_id, day): value for staff_id, row in data.items() for day, value in row.items()}
    locked = {(cell["staffId"], cell["dateKey"]) for cell in locks}
    before = present if book.exported is None else book.exported
    plan = read_plan(restaurant_id, {staff_id for staff_id, _ in book.cells})
    period = plan.period(str(schedule.id), None)
    spelled = {cell: plan.spell(value) for cell, value in book.cells.items()}
    edited = {cell: value for cell, value in spelled.items() if value != before.get(cell, "")}
    found = Comparison(book, edited, problems=list(book.problems))
    for cell, value in edited.items():
        staff_id, day = cell
        if value == present.get(cell, ""):
            continue
        problem = problem_of(parse_day(day), period, plan.staff_id(staff_id, period), value)
        if problem is not None or cell in locked:
            found.problems.append(f"{staff_id} {day}: {problem[1] if problem else 'The cell is locked.'}")
            continue
        change = {"staffId": staff_id, "dateKey": day, "shiftValue": value, "previousValue": present.get(cell, "")}
        found.changes.append(change)
        if change["previousValue"] != before.get(cell, ""):
            found.conflicts.append(change)
    return found


def _base_of(restaurant_id: UUID, book: ReadWorkbook) -> int | None:
    """The version that was exported, where it is one of this restaurant's present epoch."""
    epoch, _, version = (book.position or "").partition(":")
    known = position_of(restaurant_id)
    if epoch != known.epoch or not version.isdecimal() or len(version) > len(str(known.version)):
        return None
    return int(version) if int(version) <= known.version else None
