"""A schedule as an Excel workbook that can be edited and read back.

The first sheet is for people: ids stand in a hidden column, days in a hidden row. A second, hidden sheet holds the state that was
exported, so that what was edited in the file can be told from what others edited in the meantime.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from schedules.exports.table import ScheduleTable, day_heading
from shiftsync.core.errors import ValidationFailed
from shiftsync.core.text import without_unfit

STATE_SHEET = "_shiftsync"
HEADINGS = ("名前", "役職")
FIRST_DAY_COLUMN = 4
FIRST_ROW = 3
MAX_UNPACKED_BYTES = 50 << 20
MAX_ROWS, MAX_COLUMNS = 5_000, 500
WEEKEND_FILL = PatternFill("solid", start_color="FFF3E0")

Cells = dict[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class ReadWorkbook:
    """What a file holds: the cells, by staff id and day, and what was exported (None: not one of our files)."""

    cells: Cells
    exported: Cells | None
    schedule_id: str | None
    position: str | None
    problems: list[str] = field(default_factory=list)

    def edited(self, present: Cells) -> Cells:
        """The cells that somebody changed in the file; in a foreign file all that differ from ``present``."""
        before = present if self.exported is None else self.exported
        return {cell: value for cell, value in self.cells.items() if value != before.get(cell, "")}


# --- writing ---


def xlsx_bytes(table: ScheduleTable) -> bytes:
    """The workbook."""
    book = Workbook()
    sheet = book.active
    sheet.title = table.days[0]
    _write_headings(sheet, table.days)
    for number, row in enumerate(table.rows, FIRST_ROW):
        values = [row.values.get(day, "") for day in table.days]
        for column, text in enumerate((row.staff_id, row.name, row.position, *values), 1):
            _put(sheet, number, column, text)
    sheet.column_dimensions["A"].hidden = True
    sheet.row_dimensions[1].hidden = True
    sheet.freeze_panes = sheet.cell(FIRST_ROW, FIRST_DAY_COLUMN)
    _write_state(book.create_sheet(STATE_SHEET), table)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _write_headings(sheet: Any, days: Sequence[str]) -> None:
    for column, heading in enumerate(HEADINGS, 2):
        _put(sheet, 2, column, heading)
        sheet.column_dimensions[get_column_letter(column)].width = 16
    for column, day in enumerate(days, FIRST_DAY_COLUMN):
        _put(sheet, 1, column, day)
        cell = _put(sheet, 2, column, day_heading(day))
        cell.font, cell.alignment = Font(bold=True), Alignment(horizontal="center")
        if day_heading(day)[-2] in "土日":
            cell.fill = WEEKEND_FILL
        sheet.column_dimensions[get_column_letter(column)].width = 9


def _write_state(sheet: Any, table: ScheduleTable) -> None:
    sheet.sheet_state = "veryHidden"
    sheet.append([str(table.schedule_id), table.position or ""])
    for row in table.rows:
        for day, value in row.values.items():
            number = sheet.max_row + 1
            for column, text in enumerate((row.staff_id, day, value), 1):
                _put(sheet, number, column, text)


def _put(sheet: Any, row: int, column: int, text: str) -> Any:
    """Writes text as text, whatever it looks like."""
    cell = sheet.cell(row, column)
    if text := without_unfit(text):
        cell.value = text
        cell.data_type = "s"
    return cell


# --- reading ---


def read_xlsx(content: bytes) -> ReadWorkbook:
    """What the workbook holds. Raises :class:`ValidationFailed` where it is none, or too large."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            size = sum(part.file_size for part in archive.infolist())
        if size > MAX_UNPACKED_BYTES:
            raise ValidationFailed.of("file", "The workbook is too large.")
        book = load_workbook(BytesIO(content), data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as error:
        raise ValidationFailed.of("file", "This is no Excel workbook (.xlsx).") from error
    sheet = next((each for each in book.worksheets if each.title != STATE_SHEET), None)
    if sheet is None or sheet.max_row > MAX_ROWS or sheet.max_column > MAX_COLUMNS:
        raise ValidationFailed.of("file", "The workbook holds no schedule.")
    state = book[STATE_SHEET] if STATE_SHEET in book.sheetnames else None
    return _read(list(sheet.iter_rows(values_only=True)), state)


def _read(rows: Sequence[Sequence[Any]], state: Any) -> ReadWorkbook:
    days = [(index, _text(day)) for index, day in enumerate(rows[0]) if index + 1 >= FIRST_DAY_COLUMN and _text(day)]
    if not days:
        raise ValidationFailed.of("file", "The first row must hold the days, as in an exported file.")
    problems = list(_problems(rows))
    cells = {
        (_text(row[0]), day): _text(row[index]) for row in rows[FIRST_ROW - 1 :] if _text(row[0]) for index, day in days
    }
    if state is None:
        return ReadWorkbook(cells, None, None, None, problems)
    head, *kept = state.iter_rows(values_only=True)
    exported = {(_text(row[0]), _text(row[1])): _text(row[2]) for row in kept}
    return ReadWorkbook(cells, exported, _text(head[0]), _text(head[1]), problems)


def _problems(rows: Sequence[Sequence[Any]]) -> Iterator[str]:
    """Rows that hold something but do not say whose it is."""
    for number, row in enumerate(rows[FIRST_ROW - 1 :], FIRST_ROW):
        if not _text(row[0]) and any(_text(value) for value in row):
            yield f"Row {number} names nobody of the staff; it was passed over."


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()
