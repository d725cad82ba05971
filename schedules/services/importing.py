"""Taking an edited workbook over: first as a preview, then as one bulk change."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from schedules.cell_sql import read_grid
from schedules.exports.xlsx_file import Cells, ReadWorkbook, read_xlsx
from schedules.selectors import schedule_in
from schedules.services.cells import CellsEdit, cells_edit
from shiftsync.core.errors import ValidationFailed
from shiftsync.realtime.requests import ChangeRequest, Outcome
from shiftsync.realtime.selectors import position_of


@dataclass(frozen=True, slots=True)
class WorkbookImport:
    """An exported workbook of that schedule, edited."""

    schedule_id: str
    content: bytes


def import_preview(restaurant_id: UUID, schedule_id: object, content: bytes) -> dict[str, Any]:
    """What importing would change: ``changes`` with the present values, ``conflicts`` among them, and ``problems``.

    A conflict is a cell that others edited since the export. Inside the caller's consistent read.
    """
    schedule = schedule_in(restaurant_id, schedule_id)
    book = _read_for(schedule.id, content)
    present = _present(schedule.id)
    edited = book.edited(present)
    before = present if book.exported is None else book.exported
    changes = [
        {"staffId": cell[0], "dateKey": cell[1], "shiftValue": value, "previousValue": present.get(cell, "")}
        for cell, value in edited.items()
        if value != present.get(cell, "")
    ]
    conflicts = [each for each in changes if each["previousValue"] != before.get(_cell(each), "")]
    return {"changes": changes, "conflicts": conflicts, "problems": book.problems}


def workbook_import(request: ChangeRequest[WorkbookImport]) -> Outcome:
    """Writes what was edited in the file as one change; edits of others since the export are judged by the strategy.

    Cells that cannot be set are listed as ``skipped``. Raises :class:`ValidationFailed` for a file that is none of ours.
    """
    actor, intent = request.actor, request.intent
    schedule = schedule_in(actor.restaurant_id, intent.schedule_id)
    book = _read_for(schedule.id, intent.content)
    data: dict[str, dict[str, str]] = {}
    for (staff_id, day), value in book.edited(_present(schedule.id)).items():
        data.setdefault(staff_id, {})[day] = value
    edit = CellsEdit(str(schedule.id), data, skips_invalid=True)
    base = request.base_version if request.base_version is not None else _base_of(actor.restaurant_id, book)
    asked: ChangeRequest[Any] = replace(request, base_version=base)
    return cells_edit(replace(asked, intent=edit))


def _read_for(schedule_id: UUID, content: bytes) -> ReadWorkbook:
    book = read_xlsx(content)
    if book.schedule_id is not None and book.schedule_id != str(schedule_id):
        raise ValidationFailed.of("file", "This is the export of another schedule.")
    return book


def _base_of(restaurant_id: UUID, book: ReadWorkbook) -> int | None:
    """The version that was exported, where it is one of this restaurant's present epoch."""
    epoch, _, version = (book.position or "").partition(":")
    known = position_of(restaurant_id)
    return int(version) if epoch == known.epoch and version.isdecimal() and int(version) <= known.version else None


def _present(schedule_id: UUID) -> Cells:
    data, _ = read_grid(schedule_id)
    return {(staff_id, day): value for staff_id, row in data.items() for day, value in row.items()}


def _cell(change: dict[str, str]) -> tuple[str, str]:
    return change["staffId"], change["dateKey"]
