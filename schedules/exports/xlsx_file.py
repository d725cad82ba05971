"""A schedule as an Excel workbook that can be edited, printed and read back.

The first sheet is for people: ids stand in a hidden column, days in a hidden row. A second, hidden sheet holds the state that was
exported, so that what was edited in the file can be told from what others edited in the meantime. What is only to be read is passed over
when the file is read back: the legend below the table, and the name of a covered group below a symbol.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from schedules.exports.table import ScheduleTable, TableRow, day_heading
from schedules.exports.workbooks import STATE_SHEET
from schedules.rules.publication import Blank
from shiftsync.core.text import without_unfit

HEADINGS = ("名前", "役職")
FIRST_DAY_COLUMN = 4
FIRST_ROW = 3
WEEKEND_FILL = PatternFill("solid", start_color="FFF3E0")
CLOSED_FILL = PatternFill("solid", start_color="E5E7EB")
ABSENT_FILL = PatternFill("lightUp", start_color="9CA3AF")
THIN = Side(style="thin", color="D1D5DB")
FRAME = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
MEANINGS = {
    Blank.WORK: "空白 = 出勤",
    Blank.FREE: "点々の空白 = 呼び出しなし",
    Blank.CLOSED: "灰色 = 休業日",
    Blank.ABSENT: "斜線 = 在籍していない日",
}
FREE_FILL = PatternFill("gray0625", start_color="6B7280")
FILLS = {Blank.FREE: FREE_FILL, Blank.CLOSED: CLOSED_FILL, Blank.ABSENT: ABSENT_FILL}


def xlsx_bytes(table: ScheduleTable) -> bytes:
    """The workbook."""
    book = Workbook()
    sheet = book.active
    sheet.title = table.days[0]
    _write_headings(sheet, table.days)
    for number, row in enumerate(table.rows, FIRST_ROW):
        values = [shown(table, row, day) for day in table.days]
        for column, text in enumerate((row.staff_id, row.name, row.position, *values), 1):
            _put(sheet, number, column, text)
    _mark_days(sheet, table)
    _write_legend(sheet, table)
    sheet.column_dimensions["A"].hidden = True
    sheet.row_dimensions[1].hidden = True
    sheet.freeze_panes = sheet.cell(FIRST_ROW, FIRST_DAY_COLUMN)
    _lay_out(sheet, table)
    _write_state(book.create_sheet(STATE_SHEET), table)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def shown(table: ScheduleTable, row: TableRow, day: str) -> str:
    """The text of a cell: the symbol, and below it the group that it covers."""
    value, cover = row.values.get(day, ""), table.document.cover_at(row.staff_id, day)
    return f"{value}\n{cover.group_name}" if value and cover is not None and cover.group_name else value


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


def _mark_days(sheet: Any, table: ScheduleTable) -> None:
    """Hatches the days on which somebody is not employed, greys the closed ones, and says below a symbol who is covered."""
    document = table.document
    for number, person in enumerate(document.people, FIRST_ROW):
        for column, blank in enumerate(person.blanks, FIRST_DAY_COLUMN):
            cell = sheet.cell(number, column)
            cell.border = FRAME
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
            if blank in FILLS:
                cell.fill = FILLS[Blank(blank)]


def _write_legend(sheet: Any, table: ScheduleTable) -> None:
    """What the symbols mean and what a blank says, for each meaning that occurs, a row below the table."""
    document = table.document
    used = {blank for person in document.people for blank in person.blanks}
    symbols = [_meaning(each) for each in document.shift_types]
    number = FIRST_ROW + len(table.rows) + 1
    for text in ("　".join(symbols), "　".join(MEANINGS[each] for each in Blank if each in used)):
        _put(sheet, number, 2, text)
        number += 1


def _meaning(shift_type: Mapping[str, Any]) -> str:
    """``◇ 遅番 14:00–23:00(8/5から15:00–23:00)``."""
    label = shift_type.get("labelJa") or shift_type.get("labelEn") or ""
    first, *later = shift_type.get("times") or [shift_type]
    since = "、".join(f"{_month_and_day(each['validFrom'])}から{_hours(each) or '時刻なし'}" for each in later)
    return " ".join(filter(None, [shift_type["symbol"], label, _hours(first)])) + (f"({since})" if since else "")


def _month_and_day(date_key: str) -> str:
    day = date.fromisoformat(date_key)
    return f"{day.month}/{day.day}"


def _hours(times: Mapping[str, Any]) -> str:
    return f"{times['startTime']}–{times['endTime']}" if times.get("startTime") and times.get("endTime") else ""


def _lay_out(sheet: Any, table: ScheduleTable) -> None:
    """On paper: landscape, as wide as one page, the names and the days on every page."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.print_title_rows, sheet.print_title_cols = "2:2", "B:C"
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = 0.3
    sheet.page_margins.top = sheet.page_margins.bottom = 0.5
    document = table.document
    restaurant = without_unfit(document.restaurant).replace("&", "&&")
    sheet.oddHeader.left.text = restaurant
    sheet.oddHeader.right.text = f"{document.start_date} – {document.end_date}"
    sheet.oddFooter.center.text = "&P / &N"


def _write_state(sheet: Any, table: ScheduleTable) -> None:
    sheet.sheet_state = "veryHidden"
    sheet.append([str(table.schedule_id), table.position or ""])
    for row in table.rows:
        for day, value in row.values.items():
            number = sheet.max_row + 1
            for column, text in enumerate((row.staff_id, day, value, shown(table, row, day)), 1):
                _put(sheet, number, column, text)


def _put(sheet: Any, row: int, column: int, text: str) -> Any:
    """Writes text as text, whatever it looks like."""
    cell = sheet.cell(row, column)
    if text := without_unfit(text):
        cell.value = text
        cell.data_type = "s"
    return cell
