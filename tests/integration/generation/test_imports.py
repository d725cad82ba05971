"""Workbooks that were edited, damaged or made elsewhere: taken over, asked about, or refused with a sentence."""

import base64
from collections.abc import Callable
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from schedules.exports.workbook_rows import Limits
from schedules.exports.xlsx_reading import read_xlsx
from shiftsync.core.errors import ValidationFailed
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


def test_import__twice_the_same__refused_naming_both(as_role: AsRole, world: World) -> None:
    staff = world.staff_ids[0]
    rows = foreign(world, [staff, "a", "", "×"], [staff.upper(), "a", "", "○"])
    columns = foreign(world, [staff, "a", "", "×", "○"], days=["2025-08-01", date(2025, 8, 1)])
    for content, named in ((rows, ("Rows 3 and 4", "田中")), (columns, ("Columns D and E", "2025-08-01"))):
        for where in ("import/", "import/preview/"):
            error = as_role().refused("post", f"schedules/{world.schedule_id}/{where}", file_of(content), status=400)
            assert all(part in error["message"] for part in named)


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
    ]


def test_import__damaged_or_odd_workbook__always_a_sentence() -> None:
    for content in damaged():
        with pytest.raises(ValidationFailed) as refused:
            read_xlsx(content)
        assert refused.value.message.endswith(".")


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
