"""What is only told by a workbook's parts: what a merged cell covers, and that it is written in the strict form of the standard."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from openpyxl import Workbook, load_workbook

from schedules.exports.xlsx_reading import read_xlsx
from tests.integration.generation.test_imports import bytes_of, file_of
from tests.integration.rest.conftest import AsRole
from tests.support.world import World

DAYS = ["2025-08-01", "2025-08-02", "2025-08-03"]
STRICT = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "http://purl.oclc.org/ooxml/drawingml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "http://purl.oclc.org/ooxml/officeDocument/relationships",
    "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties": (
        "http://purl.oclc.org/ooxml/officeDocument/extendedProperties"
    ),
}


def rewritten(content: bytes, rewrite: Callable[[str], str]) -> bytes:
    out = BytesIO()
    with ZipFile(BytesIO(content)) as archive, ZipFile(out, "w") as written:
        for name in archive.namelist():
            written.writestr(name, rewrite(archive.read(name).decode()))
    return out.getvalue()


def in_strict_form(text: str) -> str:
    for common, strict in STRICT.items():
        text = text.replace(common, strict)
    return text


def painted_over(place: str) -> Callable[[str], str]:
    """Merged as by painting a merged cell's format over others: what stood in them stays."""
    merged = f'</sheetData><mergeCells count="1"><mergeCell ref="{place}"/></mergeCells>'
    return lambda text: text.replace("</sheetData>", merged)


def rows_of(content: bytes) -> list[list[Any]]:
    (sheet,) = read_xlsx(content).sheets
    return sheet.rows


def table(*rows: list[Any]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return bytes_of(book)


def test_merged_cell__with_old_symbols_below_it__only_what_is_seen_is_taken(as_role: AsRole, world: World) -> None:
    content = table(
        ["", "", "", *DAYS], [world.staff_ids[0], "a", "", "×", "△", "◇"], [world.staff_ids[1], "b", "", "", "◇"]
    )
    for place in ("D2:F2", "$D$2:$F$2"):
        file = file_of(rewritten(content, painted_over(place)))
        told = as_role().post(f"schedules/{world.schedule_id}/import/preview/", file)
        assert [(each["dateKey"], each["shiftValue"]) for each in told["changes"]] == [
            ("2025-08-01", "×"),
            ("2025-08-02", "◇"),
        ]


def test_merged_cell__over_rows_and_beyond_what_is_filled__agrees_with_openpyxl() -> None:
    content = table(["a", "b", "c"], ["d", "e", "f"], ["g", "h", "i"])
    for place in ("A1:B2", "B1:B3", "C2:E9", "B2", "A3:C3"):
        merged = rewritten(content, painted_over(place))
        seen = [
            list(row) for row in load_workbook(BytesIO(merged)).active.iter_rows(max_row=3, max_col=3, values_only=True)
        ]
        padded = [row + [None] * (3 - len(row)) for row in rows_of(merged)]
        assert padded + [[None] * 3] * (3 - len(padded)) == seen, place
    assert rows_of(rewritten(content, painted_over("C2:XFD1048576"))) == [["a", "b", "c"], ["d", "e", "f"], ["g", "h"]]


def test_strict_workbook__saved_so_by_excel__read_like_any_other(as_role: AsRole, world: World) -> None:
    book = Workbook()
    book.iso_dates = True  # as such workbooks hold their dates
    book.active.append(["", "", "", *map(date.fromisoformat, DAYS)])
    book.active.append([world.staff_ids[0], "a", "", "", "×", "=D2"])
    content = bytes_of(book)
    strict = rewritten(content, in_strict_form)
    assert rows_of(strict) == rows_of(content)
    told = as_role().post(f"schedules/{world.schedule_id}/import/preview/", file_of(strict))
    assert [(each["dateKey"], each["shiftValue"]) for each in told["changes"]] == [("2025-08-02", "×")]
