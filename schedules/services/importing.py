"""Taking an edited workbook, or a pasted table, over: first as a preview, then as one bulk change. Both go by one comparison."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from schedules.exports.sheet_people import Directory
from schedules.exports.sheet_tables import FoundTable, find_table
from schedules.exports.sheets import sheet_of_texts
from schedules.exports.workbooks import Cells, ReadWorkbook, Remark, read_xlsx, refused_table
from schedules.selectors.schedules import period_of_schedule, schedule_in, staff_in_period
from schedules.services.cells import CellsEdit, cells_edit
from schedules.services.plan import Plan, parse_day, problem_of, read_plan
from schedules.sql.cells import read_grid
from shiftsync.core.errors import ConflictError, ValidationFailed
from shiftsync.core.ids import parse_id
from shiftsync.core.payloads import FromPayload, from_payload
from shiftsync.realtime.stream.requests import ChangeRequest, Outcome
from shiftsync.realtime.stream.selectors import position_of, reading
from staff.selectors import staff_of

TOLD = 200
"""How many changes a refusal lists."""

Choices = Mapping[str, str | None]
"""By the name in the table: the id of the person who is meant, or None to leave that row out."""


@dataclass(frozen=True, slots=True)
class WorkbookImport(FromPayload):
    """An edited workbook, or a table as texts. ``is_confirmed``: its author has seen what one without our state sheet would change."""

    schedule_id: str
    content: bytes | Sequence[Sequence[str]]
    is_confirmed: bool = field(default=False, metadata=from_payload("confirmed"))
    people: Choices = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a table would change: ``changes`` with the present values, ``conflicts`` among them, ``edited`` cells as spelled, and
    ``words``: how often text that is no shift type is among them."""

    book: ReadWorkbook
    table: FoundTable
    edited: Cells
    changes: list[dict[str, str]] = field(default_factory=list)
    conflicts: list[dict[str, str]] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    words: Counter[str] = field(default_factory=Counter)

    @property
    def needs_confirmation(self) -> bool:
        """Whether the file does not say what it was exported from, so that newer work may be among what it would overwrite."""
        return self.book.exported is None and bool(self.changes)

    def payload(self) -> dict[str, Any]:
        """The comparison on the wire."""
        days = sorted(self.table.days)
        asked = [{"row": each.row, "name": each.name, "suggested": each.suggested} for each in self.table.asked]
        told = [f"{each.place} ({each.name}) matches no staff member and was left out." for each in self.table.asked]
        asks = {"needsConfirmation": True} if self.needs_confirmation else {}
        return {
            "changes": self.changes,
            "conflicts": self.conflicts,
            "problems": [*told, *(remark.text for remark in self.remarks)],
            "remarks": [remark.payload() for remark in self.remarks],
            "unknownPeople": asked,
            "people": [{"name": name, "staffId": staff_id} for name, staff_id in self.table.people.items()],
            "words": [{"value": word, "count": count} for word, count in self.words.most_common()],
            "days": [str(day) for day in dict.fromkeys(days)],
            **asks,
        }


def read_table(content: bytes | Sequence[Sequence[str]]) -> ReadWorkbook:
    """The sheets of a workbook, or of a table as texts. Raises :class:`ValidationFailed` for a workbook that cannot be read."""
    return read_xlsx(content) if isinstance(content, bytes) else ReadWorkbook([sheet_of_texts(content)])


def import_preview(restaurant_id: UUID, schedule_id: object, book: ReadWorkbook, people: Choices) -> dict[str, Any]:
    """What importing would change: ``changes`` with the present values, ``conflicts`` among them, and what is left out.

    A conflict is a cell that others edited since the export. Inside the caller's consistent read, which the reading of the file itself
    would only keep open.
    """
    return _compare(restaurant_id, schedule_id, book, people).payload()


def workbook_import(request: ChangeRequest[WorkbookImport]) -> Outcome:
    """Writes what was edited in the file as one change; edits of others since the export are judged by the strategy.

    Cells that cannot be set are listed as ``skipped``. Raises :class:`ValidationFailed` for a file that holds no schedule, and
    :class:`ConflictError` with what it would change for one that is not of our making, until that is confirmed.
    """
    actor, intent = request.actor, request.intent
    book = read_table(intent.content)
    with reading(actor.restaurant_id):
        found = _compare(actor.restaurant_id, intent.schedule_id, book, intent.people)
    if found.needs_confirmation and not intent.is_confirmed:
        told = found.payload()
        raise ConflictError(
            "This workbook does not say what it was exported from, so it may overwrite newer work. Review and confirm the changes.",
            {
                "needsConfirmation": True,
                "changes": found.changes[:TOLD],
                "changed": len(found.changes),
                "unknownPeople": told["unknownPeople"],
                "problems": told["problems"][:TOLD],
            },
        )
    data: dict[str, dict[str, str]] = {}
    for (staff_id, day), value in found.edited.items():
        data.setdefault(staff_id, {})[day] = value
    edit = CellsEdit(intent.schedule_id, data, skips_invalid=True)
    base = request.base_version if request.base_version is not None else _base_of(actor.restaurant_id, found.book)
    asked: ChangeRequest[Any] = replace(request, base_version=base)
    return cells_edit(replace(asked, intent=edit))


def _compare(restaurant_id: UUID, schedule_id: object, book: ReadWorkbook, people: Choices) -> Comparison:
    schedule = schedule_in(restaurant_id, schedule_id)
    period = period_of_schedule(restaurant_id, schedule_id)
    exported = book.exported
    if exported is not None and exported.schedule_id != str(schedule.id):
        raise refused_table(Remark("other_schedule", "This file was exported from a different schedule."))
    members = staff_in_period(list(staff_of(restaurant_id)), period)
    directory = Directory({str(member.id): member.name for member in members}, _chosen(people))
    table = find_table(book.sheets, [date.fromisoformat(day) for day in period.days()], directory)
    plan = read_plan(restaurant_id, set(directory.names))
    data, locks = read_grid(schedule.id)
    present = {(staff_id, day): value for staff_id, row in data.items() for day, value in row.items()}
    before = present if exported is None else exported.cells
    written = {
        cell: exported.cells[cell] if exported and text == exported.shown.get(cell) else text
        for cell, text in table.cells.items()
    }
    spelled = {cell: plan.spell(value) for cell, value in written.items()}
    # A value from before there was a symbol for it is no edit, although it would be spelled otherwise now.
    edited = {cell: value for cell, value in spelled.items() if before.get(cell, "") not in (value, written[cell])}
    found = Comparison(book, table, edited, remarks=list(table.remarks))
    locked = {(cell["staffId"], cell["dateKey"]) for cell in locks}
    for cell, value in edited.items():
        if value == present.get(cell, ""):
            continue
        refused = _refused(plan, str(schedule.id), cell, value, cell in locked, directory)
        if refused is not None:
            found.remarks.append(refused)
            continue
        if not plan.knows(value):
            found.words[value] += 1
        change = {"staffId": cell[0], "dateKey": cell[1], "shiftValue": value, "previousValue": present.get(cell, "")}
        found.changes.append(change)
        if change["previousValue"] != before.get(cell, ""):
            found.conflicts.append(change)
    return found


def _refused(
    plan: Plan, schedule_id: str, cell: tuple[str, str], value: str, is_locked: bool, directory: Directory
) -> Remark | None:
    """Why a cell that was edited cannot be set."""
    staff_id, day = cell
    period = plan.period(schedule_id, None)
    problem = problem_of(parse_day(day), period, plan.staff_id(staff_id, period), value)
    if problem is None and not is_locked:
        return None
    code, why = (f"refused_{problem[0]}", problem[1]) if problem else ("locked", "The cell is locked.")
    name = directory.names.get(staff_id, staff_id)
    return Remark(code, f"{name}, {day}: {why}", name=name, day=day, value=value)


def _chosen(people: Choices) -> Choices:
    """The choices with normalised ids. Raises :class:`ValidationFailed` for an invalid id."""
    chosen: dict[str, str | None] = {}
    for name, staff_id in people.items():
        found = parse_id(staff_id) if staff_id else None
        if staff_id and found is None:
            raise ValidationFailed.of("people", f"{name}: no such staff member.")
        chosen[name] = str(found) if found else None
    return chosen


def _base_of(restaurant_id: UUID, book: ReadWorkbook) -> int | None:
    """The version that was exported, where it is one of this restaurant's present epoch."""
    epoch, _, version = (book.exported.position if book.exported else "").partition(":")
    known = position_of(restaurant_id)
    if epoch != known.epoch or not version.isdecimal() or len(version) > len(str(known.version)):
        return None
    return int(version) if int(version) <= known.version else None
