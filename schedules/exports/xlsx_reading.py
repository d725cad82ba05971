"""An edited workbook as cells of a schedule: where its table begins, whose rows and which days its columns are."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from openpyxl.utils import get_column_letter

from schedules.exports.workbook_rows import Cell, Limits, Sheet, UnreadableWorkbook, read_sheets
from schedules.exports.workbooks import ReadWorkbook
from schedules.exports.xlsx_file import STATE_SHEET
from shiftsync.core.dates import is_on_calendar
from shiftsync.core.errors import ValidationFailed
from shiftsync.core.ids import parse_id

TITLE_ROWS = 30
"""How far down a sheet the row with the days is looked for."""

MISTYPED = {"day": "a date", "time": "a time", "flag": "a truth value"}
ERRORS = {"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!"}


@dataclass(frozen=True, slots=True)
class Table:
    """Where a sheet holds a schedule: the number of its row of days, from 1, and the day of each column, from 0."""

    sheet: Sheet
    first: int
    days: Mapping[int, str]


def read_xlsx(content: bytes, limits: Limits = Limits()) -> ReadWorkbook:  # noqa: B008  # it is frozen
    """What the workbook holds. Raises :class:`ValidationFailed` with a sentence where it holds no schedule, or not surely one."""
    try:
        sheets = read_sheets(content, limits)
    except UnreadableWorkbook as refusal:
        raise ValidationFailed.of("file", str(refusal)) from None
    table = next((found for sheet in sheets if sheet.title != STATE_SHEET and (found := _table(sheet))), None)
    if table is None:
        raise ValidationFailed.of(
            "file", "The workbook holds no schedule: there is no header row with dates, as in an exported file."
        )
    problems: list[str] = []
    state = next((sheet for sheet in sheets if sheet.title == STATE_SHEET and sheet.rows), None)
    head, *kept = state.rows if state is not None else [()]
    exported = {(_text(_at(row, 0)), _text(_at(row, 1))): _text(_at(row, 2)) for row in kept}
    written = {(_text(_at(row, 0)), _text(_at(row, 1))): _text(_at(row, 3)) for row in kept}
    cells = {key: exported[key] if text == written.get(key) else text for key, text in _cells(table, problems)}
    if state is None:
        return ReadWorkbook(cells, None, None, None, problems)
    return ReadWorkbook(cells, exported, _text(_at(head, 0)), _text(_at(head, 1)), problems)


def _table(sheet: Sheet) -> Table | None:
    """The table of a sheet; None for a cover, or notes. Raises :class:`ValidationFailed` for a day that stands twice."""
    for number, row in enumerate(sheet.rows[:TITLE_ROWS], 1):
        days = {index: day for index, cell in enumerate(row) if index and (day := _day(cell))}
        if not days:
            continue
        _require_once({get_column_letter(index + 1): day for index, day in days.items()}, "Columns")
        return Table(sheet, number, days)
    return None


def _cells(table: Table, problems: list[str]) -> Iterator[tuple[tuple[str, str], str]]:
    rows = list(enumerate(table.sheet.rows, 1))[table.first :]
    owners = {number: owner for number, row in rows if (owner := _owner(row))}
    _require_once({str(number): owner for number, owner in owners.items()}, "Rows")
    for number, row in rows:
        if number not in owners:
            # The row below the days repeats them for people to read; what stands below the names alone is a legend.
            if number > table.first + 1 and any(_text(_at(row, index)) for index in table.days):
                problems.append(f"Row {number} matches no staff member and was skipped.")
            continue
        for index, day in table.days.items():
            cell = _at(row, index)
            problem = _mistyped(cell)
            if problem is None:
                yield (owners[number], day), _text(cell)
            else:
                problems.append(f"{get_column_letter(index + 1)}{number} ({day}): {problem} It was skipped.")


def _owner(row: Sequence[Cell]) -> str:
    """The id of the person whose row it is, as we spell it."""
    text = _text(_at(row, 0))
    return str(parse_id(text) or "") if text else ""


def _day(cell: Cell) -> str | None:
    """The day that a heading names, also where Excel turned this into a date of it."""
    if cell is None or (isinstance(cell, list) and cell[0] != "day"):
        return None
    try:
        day = date.fromisoformat(_text(cell))
    except ValueError:
        return None
    return str(day) if is_on_calendar(day) else None


def _mistyped(cell: Cell) -> str | None:
    if isinstance(cell, list) and cell[0] in MISTYPED:
        return f"Excel turned this into {MISTYPED[cell[0]]} ({cell[1]})."
    return f"The cell holds an error ({cell})." if isinstance(cell, str) and cell in ERRORS else None


def _require_once(named: Mapping[str, str], what: str) -> None:
    seen: dict[str, str] = {}
    for place, name in named.items():
        if name in seen:
            raise ValidationFailed.of("file", f"{what} {seen[name]} and {place} are both for {name}.")
        seen[name] = place


def _at(row: Sequence[Cell], index: int) -> Cell:
    return row[index] if index < len(row) else None


def _text(cell: Any) -> str:
    return "" if cell is None else (cell[1] if isinstance(cell, list) else cell).strip()
