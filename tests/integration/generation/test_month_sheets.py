"""The months of five restaurants as they keep them in spreadsheets: taken over, published, changed and read again."""

import base64
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from schedules.services.cells import CellEdit, cell_edit
from schedules.services.publishing import SchedulePublish, schedule_publish
from shiftsync.core.actor import Role
from shiftsync.realtime.stream.requests import ChangeRequest
from tests.integration.rest.conftest import AsRole, Rest
from tests.support.world import World, make_world

DAYS = [date(2025, 7, 21) + timedelta(days=step) for step in range(31)]
NAMES = ("田中 花子", "佐藤 一郎", "鈴木 次郎", "髙橋 みさき")
WEEKDAYS = "月火水木金土日"
Row = list[Any]


@pytest.fixture
def world(db_with_commits: None) -> World:
    return make_world(names=NAMES)


@pytest.fixture
def client(as_role: AsRole, world: World) -> Rest:
    """A manager, for whom the restaurant's words are settled: 公休 is a day off, 有 and 早 are aliases too."""
    manager = as_role(Role.OWNER)
    for symbol, aliases in {"×": ["公休", "休"], "△": ["早", "早番"], "◇": ["遅"], "○": ["出"]}.items():
        found = next(each for each in manager.get("shift-types/") if each["symbol"] == symbol)
        manager.patch(f"shift-types/{found['id']}/", {"aliases": aliases})
    return manager


def filled(value: Any, at: dict[int, Any]) -> list[Any]:
    """31 cells of one value, with others at some days."""
    return [at.get(step, value) for step in range(len(DAYS))]


def workbook(*sheets: tuple[str, Sequence[Row]], merged: str = "") -> dict[str, Any]:
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    if merged:
        book.worksheets[-1].merge_cells(merged)
    out = BytesIO()
    book.save(out)
    return {"file": base64.b64encode(out.getvalue()).decode()}


def preview(client: Rest, world: World, file: dict[str, Any]) -> dict[str, Any]:
    """What importing would do; the import then does the very same, and a second one nothing."""
    path = f"schedules/{world.schedule_id}/import/"
    told: dict[str, Any] = client.post(f"{path}preview/", file)
    before = cells(client, world)
    done = client.post(path, {**file, "confirmed": True})["result"]
    assert done["changed"] == len(told["changes"])
    expected = before | {(each["staffId"], each["dateKey"]): each["shiftValue"] for each in told["changes"]}
    assert cells(client, world) == {cell: value for cell, value in expected.items() if value}
    assert client.post(f"{path}preview/", file)["changes"] == []
    return told


def cells(client: Rest, world: World) -> dict[tuple[str, str], str]:
    data = client.get(f"schedules/{world.schedule_id}/cells/")["scheduleData"]
    return {(staff_id, day): value for staff_id, row in data.items() for day, value in row.items() if value}


def row_of(client: Rest, world: World, place: int) -> str:
    """A person's month as one string; blanks are dots."""
    data = cells(client, world)
    return "".join(data.get((world.staff_ids[place], str(day)), ".") for day in DAYS)


def test_kitchen__numbers_above_weekdays_totals_beside_and_below(client: Rest, world: World) -> None:
    month: list[Row] = [
        ["2025年8月度　シフト表"],
        ["作成日 2025/7/15", None, "作成者 店長"],
        ["", "氏名", *[day.day for day in DAYS], "公休", "出勤", "有給残"],
        ["", "", *[WEEKDAYS[day.weekday()] for day in DAYS]],
        [1, "田中　花子", *filled("", {0: "公休", 1: "早", 2: "遅"}), '=COUNTIF(C5:AG5,"公休")', 21, 3.5],
        [2, "佐藤一郎", *filled("出", {5: "公 休", 6: "有"}), 9, 22, 0],
        [3, "鈴木　次郎 ", *filled("", {30: "貸切"}), 9, 22, 0],
        [4, "高橋 みさき", *filled("公休", {}), 9, 22, 0],
        ["", "出勤人数", *[3] * 31],
        ["", "早番計", *["1人"] * 31],
        ["※ 公休は月9日です。希望は20日までに。"],
    ]  # fmt: skip
    told = preview(client, world, workbook(("8月度", month), merged="A1:AJ1"))
    assert row_of(client, world, 0) == "×△◇" + "." * 28
    assert row_of(client, world, 1) == "○" * 5 + "×★" + "○" * 24
    assert (told["days"][0], told["days"][-1], len(told["days"])) == ("2025-07-21", "2025-08-20", 31)
    assert told["words"] == [{"value": "貸切", "count": 1}]
    assert [(each["name"], each["row"]) for each in told["unknownPeople"]] == [("高橋 みさき", 8)], "高 is another 髙"
    assert [each["code"] for each in told["remarks"]] == ["totals", "totals"]


def test_bar__two_halves_with_their_own_days_and_people_who_are_asked_about(client: Rest, world: World) -> None:
    heads = [f"{day.month}/{day.day}({WEEKDAYS[day.weekday()]})" for day in DAYS]
    month: list[Row] = [
        ["No", "スタッフ", "区分", *heads[:11], "計"],
        [1, "田中 花子さん", "社員", *["早"] * 11, 11],
        [2, "一郎", "社員", *["遅"] * 11, 11],
        [3, "新人A", "研修", *["出"] * 11, 11],
        [],
        ["No", "スタッフ", "区分", *heads[11:], "計"],
        [1, "田中 花子さん", "社員", *["◯"] * 20, 20],
        [2, "一郎", "社員", *["✕"] * 20, 20],
        [3, "新人A", "研修", *["出"] * 20, 20],
    ]  # fmt: skip
    file = workbook(("シフト", month))
    path = f"schedules/{world.schedule_id}/import/"
    asked = client.post(f"{path}preview/", file)["unknownPeople"]
    assert [(each["name"], each["suggested"]) for each in asked] == [("一郎", None), ("新人A", None)]
    refused = client.refused("post", path, file, status=409)
    assert [each["name"] for each in refused["details"]["unknownPeople"]] == ["一郎", "新人A"]
    told = preview(client, world, {**file, "people": {"一郎": world.staff_ids[1], "新人A": None}})
    assert (told["unknownPeople"], told["problems"]) == ([], [])
    assert row_of(client, world, 0) == "△" * 11 + "○" * 20
    assert row_of(client, world, 1) == "◇" * 11 + "×" * 20


def test_izakaya__real_dates_a_cover_and_the_month_before(client: Rest, world: World) -> None:
    def sheet(first: date) -> list[Row]:
        days = [datetime.combine(first + timedelta(days=step), datetime.min.time()) for step in range(31)]
        return [
            [None, f"{first.month}月"],
            ["氏名", *days],
            ["", *['=TEXT(B2,"aaa")'] * 31],
            ["ホール"],
            ["田中 花子", *filled("早", {0: first.day if first.month == 6 else "公休"})],
            ["キッチン"],
            ["佐藤 一郎", *filled("", {3: "=B5", 4: True, 5: datetime(2025, 7, 3), 6: "#N/A", 7: 10})],  # noqa: DTZ001  # as Excel has it
        ]  # fmt: skip

    cover: tuple[str, list[Row]] = ("表紙", [["シフト表"], ["店長", "田中"], ["更新", datetime(2025, 7, 30)]])  # noqa: DTZ001  # as above
    file = workbook(cover, ("7月度", sheet(date(2025, 6, 20))), ("8月度", sheet(date(2025, 7, 21))))
    told = preview(client, world, file)
    assert row_of(client, world, 0) == "×" + "△" * 30
    assert [(each["code"], each["name"], each["dateKey"]) for each in told["remarks"]] == [
        ("formula", "佐藤 一郎", "2025-07-24"),
        ("flag", "佐藤 一郎", "2025-07-25"),
        ("day", "佐藤 一郎", "2025-07-26"),
        ("error", "佐藤 一郎", "2025-07-27"),
    ]
    assert cells(client, world)[world.staff_ids[1], "2025-07-28"] == "10"


def test_cafe__pasted_from_a_browser(client: Rest, world: World) -> None:
    table = [
        ["8月シフト", *[""] * 32],
        ["名前", *[f"{day.day}日" for day in DAYS], "合計"],
        ["", *[WEEKDAYS[day.weekday()] for day in DAYS], ""],
        ["ﾀﾅｶ", *["◯"] * 31, "31"],
        ["佐藤 一郎", *filled("ｘ", {0: "早番", 1: " 遅 "}), "0"],
        ["備考", "11日は貸切", *[""] * 31],
    ]
    told = preview(client, world, {"table": table})
    assert row_of(client, world, 1) == "△◇" + "×" * 29
    assert [each["name"] for each in told["unknownPeople"]] == ["ﾀﾅｶ", "備考"]


def test_chain__english_names_once_too_often(client: Rest, world: World) -> None:
    heads = [f"{day:%-d %b}" for day in DAYS]
    rows: list[Row] = [
        ["Name", "Role", *heads, "Total"],
        ["田中 花子", "Floor", *["off"] * 31, 0],
        ["田中花子", "Bar", *["off"] * 31, 0],
    ]
    for where in ("import/", "import/preview/"):
        error = client.refused("post", f"schedules/{world.schedule_id}/{where}", workbook(("July", rows)), status=400)
        assert error["message"] == "Rows 2 and 3 are both for 田中花子."
        assert error["details"]["remark"]["code"] == "twice_rows"
    told = preview(client, world, workbook(("July", rows[:2])))
    assert row_of(client, world, 0) == "×" * 31
    assert told["problems"] == []


def test_other_month__days_by_number_alone__weekdays_say_so(client: Rest, world: World) -> None:
    rows: list[Row] = [
        ["名前", *range(1, 21)],
        ["", *[WEEKDAYS[(step + 2) % 7] for step in range(20)]],
        ["田中 花子", *["早"] * 20],
    ]
    path = f"schedules/{world.schedule_id}/import/preview/"
    error = client.refused("post", path, workbook(("10月", rows)), status=400)
    assert "B2 says 水, but 2025-08-01 is another weekday" in error["message"]
    rows[0][1:] = [f"2025/10/{day}" for day in range(1, 21)]
    error = client.refused("post", path, workbook(("10月", rows)), status=400)
    assert error["message"] == "The days of this table, 2025-10-01 to 2025-10-20, are not those of this period."


def test_two_sheets__of_the_same_days__are_asked_about(client: Rest, world: World) -> None:
    rows: list[Row] = [["名前", "7/21", "7/22"], ["田中 花子", "早", "早"]]
    other: list[Row] = [rows[0], ["田中 花子", "早", "遅"]]
    path = f"schedules/{world.schedule_id}/import/preview/"
    error = client.refused("post", path, workbook(("案1", rows), ("案2", other)), status=400)
    assert "「案1」 and 「案2」" in error["message"]
    assert len(client.post(path, workbook(("案1", rows), ("控え", rows)))["changes"]) == 2


def test_rich_text_and_hidden_rows__are_read_as_they_stand(client: Rest, world: World) -> None:
    book = Workbook()
    sheet = book.active
    for row in (["名前", "7/21", "7/22"], ["田中 花子", None, "公休"], ["佐藤 一郎", "早", "早"]):
        sheet.append(row)
    sheet["B2"] = CellRichText("公", TextBlock(InlineFont(b=True), "休"))
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    out = BytesIO()
    book.save(out)
    preview(client, world, {"file": base64.b64encode(out.getvalue()).decode()})
    assert [row_of(client, world, place)[:3] for place in (0, 1)] == ["××.", "△△."]


def test_imported_month__published_changed_and_read_again(client: Rest, as_role: AsRole, world: World) -> None:
    heads = ["名前", *[f"{day.month}/{day.day}" for day in DAYS]]
    preview(client, world, workbook(("8月", [heads, *[[name, *filled("公休", {})] for name in NAMES]])))
    schedule_publish(ChangeRequest(world.system, SchedulePublish(world.schedule_id)))
    cell_edit(ChangeRequest(world.system, CellEdit(world.schedule_id, world.staff_ids[0], str(DAYS[0]), "△")))
    file = {
        "file": base64.b64encode(client.response("get", f"schedules/{world.schedule_id}/export.xlsx").content).decode()
    }
    assert client.post(f"schedules/{world.schedule_id}/import/preview/", file)["changes"] == []
    lines = (
        as_role(Role.VIEWER).response("get", f"schedules/{world.schedule_id}/export.csv").content.decode("utf-8-sig")
    )
    assert lines.splitlines()[1].split(",")[3:] == ["×"] * 31
    published = as_role(Role.VIEWER).response("get", f"schedules/{world.schedule_id}/export.xlsx").content
    asked = {"file": base64.b64encode(published).decode()}
    assert client.post(f"schedules/{world.schedule_id}/import/preview/", asked)["changes"] == [], (
        "nobody edited the file"
    )


def test_columns__headings_that_name_no_day__are_told_where_shifts_stand_below(client: Rest, world: World) -> None:
    heads = ["名前", "7/21", "七月二十二日", "7/23", "H5/8/1", "備考", "出勤1", ""]
    table = [["2025年7月 シフト表"], heads, [NAMES[0], "出", "早", "休", "遅", "鍵当番", "3", "休"]]
    told = client.post(f"schedules/{world.schedule_id}/import/preview/", {"table": table})
    assert [(each["dateKey"], each["shiftValue"]) for each in told["changes"]] == [
        ("2025-07-21", "○"),
        ("2025-07-23", "×"),
    ]
    assert [(each["code"], each["place"], each["name"]) for each in told["remarks"]] == [
        ("no_day", "C", "七月二十二日"),
        ("no_day", "E", "H5/8/1"),
    ]


def test_people__a_choice_that_is_nobody__is_refused_or_left_out(client: Rest, world: World) -> None:
    file = {"table": [["名前", "7/21", "7/22"], ["誰か", "早", "早"]]}
    path = f"schedules/{world.schedule_id}/import/preview/"
    assert "誰か" in client.refused("post", path, {**file, "people": {"誰か": "nobody"}}, status=400)["message"]
    told = client.post(path, {**file, "people": {"誰か": str(uuid4())}})
    assert (told["changes"], [each["name"] for each in told["remarks"]]) == ([], ["誰か"])
    client.refused("post", path, {}, status=400)
    client.refused("post", path, {**file, "file": "QQ=="}, status=400)
