"""Workbooks that were edited, damaged or made elsewhere: taken over, asked about, or refused with a sentence."""

import base64
import contextlib
from collections.abc import Callable
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from schedules.exports import xlsx_reading
from schedules.exports.workbook_rows import Limits
from schedules.exports.xlsx_reading import read_xlsx
from shiftsync.core.errors import Unavailable, ValidationFailed
from tests.integration.rest.conftest import AsRole
from tests.support.world import World

Edit = Callable[[Any, World], None]


def bytes_of(book: Any) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def file_of(content: bytes) -> dict[str, str]:
    return {"file": base64.b64encode(content).decode()}


def foreign(world: World, *rows: list[Any], days: list[Any] | None = None) -> bytes:
    book = Workbook()
    for row in (["", "", "", *(days or ["2025-08-01", "2025-08-02"])], ["", "名前"], *rows):
        book.active.append(row)
    return bytes_of(book)


def edited(as_role: AsRole, world: World, edit: Edit) -> dict[str, str]:
    book = load_workbook(BytesIO(as_role().response("get", f"schedules/{world.schedule_id}/export.xlsx").content))
    edit(book, world)
    return file_of(bytes_of(book))


def column_of(sheet: Any, day: str) -> int:
    return next(int(cell.column) for cell in sheet[1] if cell.value == day)


def put(book: Any, day: str, value: Any) -> None:
    sheet = book.worksheets[0]
    sheet.cell(3, column_of(sheet, day)).value = value


def heading_as_date(book: Any, world: World) -> None:
    sheet = book.worksheets[0]
    sheet.cell(1, column_of(sheet, "2025-08-01")).value = datetime(2025, 8, 1)  # noqa: DTZ001  # as Excel has it
    put(book, "2025-08-02", "◯")


def titled(book: Any, world: World) -> None:
    put(book, "2025-08-02", "休")
    sheet = book.worksheets[0]
    sheet.insert_rows(1, 2)
    sheet["B1"] = "8月のシフト"
    book.create_sheet("表紙", 0)["A1"] = "シフト表"


@pytest.mark.parametrize(("edit", "stored"), [(heading_as_date, "○"), (titled, "×")])
def test_import__table_found_and_spelled__preview_and_import_agree(
    as_role: AsRole, world: World, edit: Edit, stored: str
) -> None:
    path = f"schedules/{world.schedule_id}/import/"
    file = edited(as_role, world, edit)
    preview = as_role().post(f"{path}preview/", file)
    assert [(each["dateKey"], each["shiftValue"]) for each in preview["changes"]] == [("2025-08-02", stored)]
    assert preview["problems"] == []
    assert as_role().post(path, file)["result"]["changed"] == 1
    assert as_role().get(f"schedules/{world.schedule_id}/cells/")["scheduleData"] == world.grid({0: {"08-02": stored}})


@pytest.mark.parametrize("value", [time(9, 30), date(2025, 8, 3), datetime(2025, 8, 3, 9, 0), True, "#REF!"])  # noqa: DTZ001  # as above
def test_import__what_excel_typed__is_named_and_not_written(as_role: AsRole, world: World, value: Any) -> None:
    path = f"schedules/{world.schedule_id}/import/"
    file = edited(as_role, world, lambda book, world: put(book, "2025-08-01", value))
    preview = as_role().post(f"{path}preview/", file)
    assert preview["changes"] == []
    assert "2025-08-01" in preview["problems"][0]
    assert as_role().post(path, file)["result"]["changed"] == 0


@pytest.mark.parametrize("since_1904", [False, True])
@pytest.mark.parametrize("form", ["h:mm", "[h]:mm"])
@pytest.mark.parametrize(("days", "said"), [(9.5 / 24, "09:30"), (1, "24:00"), (25.5 / 24, "25:30")])
def test_import__time_past_midnight__is_named_as_it_was_typed(
    as_role: AsRole, world: World, days: float, said: str, form: str, since_1904: bool
) -> None:
    def typed(book: Any, world: World) -> None:
        if since_1904:
            book.epoch = CALENDAR_MAC_1904
        put(book, "2025-08-01", days)
        sheet = book.worksheets[0]
        sheet.cell(3, column_of(sheet, "2025-08-01")).number_format = form

    preview = as_role().post(f"schedules/{world.schedule_id}/import/preview/", edited(as_role, world, typed))
    assert f"turned this into a time ({said})" in preview["problems"][0]


@pytest.mark.parametrize("form", ["d", "aaa"])
@pytest.mark.parametrize("since_1904", [False, True])
def test_import__days_as_numbers__are_counted_from_where_the_workbook_says(
    as_role: AsRole, world: World, form: str, since_1904: bool
) -> None:
    """``aaa`` shows the weekday alone, and is no date to openpyxl: such a heading is the number by which the workbook counts."""
    zero = date(1904, 1, 1) if since_1904 else date(1899, 12, 30)
    book = Workbook()
    if since_1904:
        book.epoch = CALENDAR_MAC_1904
    days = [date(2025, 8, day) for day in range(1, 5)]
    book.active.append(["", "", "", *[(day - zero).days for day in days]])
    book.active.append([world.staff_ids[0], "a", "", "", "×"])
    for column in range(4, 8):
        book.active.cell(1, column).number_format = form
    told = as_role().post(f"schedules/{world.schedule_id}/import/preview/", file_of(bytes_of(book)))
    assert [(each["dateKey"], each["shiftValue"]) for each in told["changes"]] == [("2025-08-02", "×")]


def test_import__twice_the_same__refused_naming_both(as_role: AsRole, world: World) -> None:
    staff = world.staff_ids[0]
    rows = foreign(world, [staff, "a", "", "×"], [staff.upper(), "a", "", "○"])
    columns = foreign(world, [staff, "a", "", "×", "○"], days=["2025-08-01", date(2025, 8, 1)])
    for content, named in ((rows, ("Rows 3 and 4", "田中")), (columns, ("Columns D and E", "2025-08-01"))):
        for where in ("import/", "import/preview/"):
            error = as_role().refused("post", f"schedules/{world.schedule_id}/{where}", file_of(content), status=400)
            assert all(part in error["message"] for part in named)


def sheet_of(*rows: list[Any]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return bytes_of(book)


DAYS = [date(2025, 7, day) for day in range(21, 32)]


@pytest.mark.parametrize(
    "heads",
    [
        [["日付", "田中", "佐藤"], *([day, "×", "○"] for day in DAYS)],
        [
            ["8月のシフト"],
            ["曜", "日", "田中"],
            *(["月火水木金土日"[day.weekday()], f"7/{day.day}", "×"] for day in DAYS),
        ],
        [["日", "曜日", "田中"], *([day.day, "月火水木金土日"[day.weekday()], "×"] for day in DAYS)],
    ],
)
def test_import__days_down_and_people_across__read_like_any_other(
    as_role: AsRole, world: World, heads: list[list[Any]]
) -> None:
    preview = as_role().post(f"schedules/{world.schedule_id}/import/preview/", file_of(sheet_of(*heads)))
    found = {(each["staffId"], each["dateKey"]): each["shiftValue"] for each in preview["changes"]}
    assert {found[world.staff_ids[0], str(day)] for day in DAYS} == {"×"}
    assert preview["days"] == [str(day) for day in DAYS]


def test_import__people_across__remarks_name_what_their_author_sees(as_role: AsRole, world: World) -> None:
    rows: list[list[Any]] = [["日付", "田中", "だれか", None, "出勤計"], *([day, "×", "○", "○", 3] for day in DAYS)]
    rows[1][1] = time(9, 30)
    preview = as_role().post(f"schedules/{world.schedule_id}/import/preview/", file_of(sheet_of(*rows)))
    places = {remark["code"]: remark["place"] for remark in preview["remarks"]}
    assert places == {"time": "B2", "no_name_turned": "D", "totals_turned": "E"}
    assert [each["name"] for each in preview["unknownPeople"]] == ["だれか"]
    assert preview["problems"][0].startswith("Column C (だれか)")


def test_import__the_same_person_across_twice__refused_naming_both_columns(as_role: AsRole, world: World) -> None:
    rows: list[list[Any]] = [["日付", "田中", "田中"], *([day, "×", "○"] for day in DAYS)]
    error = as_role().refused(
        "post", f"schedules/{world.schedule_id}/import/preview/", file_of(sheet_of(*rows)), status=400
    )
    assert "Columns B and C are both for 田中" in error["message"]


def test_import__numbered_people_and_few_days__is_no_table_that_is_turned(as_role: AsRole, world: World) -> None:
    rows = [["番号", "名前", date(2025, 8, 1), date(2025, 8, 2)], *([number, "田中", "×", "○"] for number in (1,))]
    numbered = sheet_of(*rows, *([number, f"誰か{number}", "×", "○"] for number in range(2, 9)))
    preview = as_role().post(f"schedules/{world.schedule_id}/import/preview/", file_of(numbered))
    assert [each["shiftValue"] for each in preview["changes"]] == ["×", "○"]


def test_import__foreign_workbook__asks_before_it_overwrites(as_role: AsRole, world: World) -> None:
    path, manager = f"schedules/{world.schedule_id}/import/", as_role()
    file = file_of(foreign(world, [world.staff_ids[0], "a", "", "×"]))
    assert manager.post(f"{path}preview/", file)["needsConfirmation"] is True
    before = world.position
    refused = manager.refused("post", path, file, status=409)
    assert refused["details"]["needsConfirmation"] is True
    assert [each["shiftValue"] for each in refused["details"]["changes"]] == ["×"]
    assert world.position == before
    assert manager.post(path, {**file, "confirmed": True})["result"]["changed"] == 1


def opendocument() -> bytes:
    """An .ods as far as it can be told from outside."""
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<office:document-content/>")
    return out.getvalue()


def damaged() -> list[bytes]:
    whole = bytes_of(Workbook())
    with ZipFile(BytesIO(whole)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}

    def zipped(changes: dict[str, bytes | None]) -> bytes:
        out = BytesIO()
        with ZipFile(out, "w", ZIP_DEFLATED) as archive:
            for name, data in {**parts, **changes}.items():
                if data is not None:
                    archive.writestr(name, data)
        return out.getvalue()

    return [
        b"",
        b"PK",
        whole[: len(whole) // 2],
        whole[:200] + b"\xff" * 50 + whole[250:],
        zipped(dict.fromkeys(parts)),
        zipped({"[Content_Types].xml": None}),
        zipped({"xl/workbook.xml": b"<x"}),
        zipped({"xl/worksheets/sheet1.xml": b"<x"}),
        zipped({"xl/styles.xml": b"\x00"}),
        zipped({"xl/worksheets/sheet1.xml": None}),
        zipped({"xl/workbook.xml": None}),
        zipped({"xl/_rels/workbook.xml.rels": None}),
        zipped({"[Content_Types].xml": parts["[Content_Types].xml"].replace(b"sheet.main", b"document.main")}),
        zipped({"xl/workbook.xml": parts["xl/workbook.xml"].replace(b"<sheets>", b"<sheets><sheets>")}),
        whole[:-30],
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000),  # how an .xls begins
        "staff,2025-08-01\n田中,×\n".encode("cp932")[:20] + bytes(range(32)),
        b"<html><body>no table" + bytes(20),
        b" \r\n",
        opendocument(),
        b"%PDF-1.7\n" + bytes(500),
    ]


def test_import__damaged_or_odd_workbook__always_a_sentence() -> None:
    for content in damaged():
        with pytest.raises(ValidationFailed) as refused:
            read_xlsx(content)
        assert refused.value.message.endswith(".")
        assert refused.value.details["remark"]["code"] in ("no_workbook", "damaged", "too_large")


@pytest.mark.parametrize(
    "limits",
    [Limits(rows=10), Limits(columns=10), Limits(cells=50), Limits(unpacked_bytes=1000), Limits(memory_bytes=40 << 20)],
)
def test_import__more_than_the_limits__refused_while_reading(limits: Limits) -> None:
    book = Workbook()
    for row in range(20):
        book.active.append([f"{row} {column}" for column in range(20)])
    with pytest.raises(ValidationFailed, match=r"more than|too large"):
        read_xlsx(bytes_of(book), limits)


def test_import__one_long_text_in_many_cells__refused_before_it_is_told_many_times() -> None:
    book = Workbook()
    for _ in range(60):
        book.active.append(["x" * 30_000] * 5)
    content = bytes_of(book)
    assert len(content) < 200_000, "a small file"
    with pytest.raises(ValidationFailed, match="too large"):
        read_xlsx(content)


def test_import__formulas_merged_cells_last_column_and_days_as_text__read_or_told(world: World) -> None:
    book = Workbook()
    book.active.append(["", "", "", "2025-08-01", "8/2"])
    book.active.append([world.staff_ids[0], "a", "", "=A1&B1", "×"])
    book.active.merge_cells("A5:D9")
    assert read_xlsx(bytes_of(book)).sheets


@pytest.mark.parametrize("table", [sheet_of(), sheet_of([]), sheet_of([None, ""])])
def test_import__nothing_in_it__refused_with_what_is_missing(as_role: AsRole, world: World, table: bytes) -> None:
    for where in ("import/", "import/preview/"):
        path = f"schedules/{world.schedule_id}/{where}"
        error = as_role().refused("post", path, file_of(table), status=400)
        assert error["details"]["remark"]["code"] == "no_days"


@pytest.mark.parametrize("column", [401, 402, 16_384])
def test_import__something_beyond_the_last_column_that_is_read__refused(world: World, column: int) -> None:
    book = Workbook()
    book.active.append(["", "", "", "2025-08-01", "8/2"])
    book.active.cell(3, column).value = "x"
    with pytest.raises(ValidationFailed, match="columns"):
        read_xlsx(bytes_of(book))


def test_import__cells_without_content__are_nothing_however_many(as_role: AsRole, world: World) -> None:
    """Whoever formats a whole column or row of a sheet has not written anything."""
    sheet = '<row r="{0}"><c r="A{0}" s="1"/><c r="XFD{0}" s="1"/></row>'
    content = BytesIO(bytes_of(load_workbook(BytesIO(foreign(world, [world.staff_ids[0], "a", "", "×"])))))
    out = BytesIO()
    with ZipFile(content) as archive, ZipFile(out, "w", ZIP_DEFLATED) as formatted:
        for name in archive.namelist():
            data = archive.read(name)
            if name == "xl/worksheets/sheet1.xml":
                empty = "".join(sheet.format(number) for number in range(4, 12))
                empty += "".join(f'<row r="{number}"><c r="B{number}" s="1"/></row>' for number in range(12, 200_000))
                data = data.replace(b"</sheetData>", empty.encode() + b"</sheetData>")
            formatted.writestr(name, data)
    preview = as_role().post(f"schedules/{world.schedule_id}/import/preview/", file_of(out.getvalue()))
    assert [(each["dateKey"], each["shiftValue"]) for each in preview["changes"]] == [("2025-08-01", "×")]
    assert preview["problems"] == []


@pytest.mark.parametrize(("months", "is_read"), [(36, True), (101, False)])
def test_import__a_sheet_for_each_month_of_years__all_are_read_or_none(
    as_role: AsRole, world: World, months: int, is_read: bool
) -> None:
    book = load_workbook(BytesIO(foreign(world, [world.staff_ids[0], "a", "", "×"])))
    for month in range(1, months):
        book.create_sheet(f"以前{month}", 0)["A1"] = "シフト表"
    path, file = f"schedules/{world.schedule_id}/import/preview/", file_of(bytes_of(book))
    if is_read:
        assert len(as_role().post(path, file)["changes"]) == 1
    else:
        assert "100 sheets" in as_role().refused("post", path, file, status=400)["message"]


def test_import__many_at_once__two_at_a_time_and_the_others_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_reading, "WAIT_SECONDS", 0.01)
    content = bytes_of(Workbook())
    with contextlib.ExitStack() as held:
        for _ in range(xlsx_reading.AT_A_TIME):
            held.enter_context(xlsx_reading._places)
        with pytest.raises(Unavailable):
            read_xlsx(content)
    assert read_xlsx(content).sheets
