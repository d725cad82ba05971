"""A schedule as an Excel workbook that can be edited and read back.

The first sheet is for people: ids stand in a hidden column, days in a hidden row. A second, hidden sheet holds the state that was
exported, so that what was edited in the file can be told from what others edited in the meantime.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from schedules.exports.table import ScheduleTable, day_heading
from shiftsync.core.text import without_unfit

STATE_SHEET = "_shiftsync"
HEADINGS = ("名前", "役職")
FIRST_DAY_COLUMN = 4
FIRST_ROW = 3
WEEKEND_FILL = PatternFill("solid", start_color="FFF3E0")


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
