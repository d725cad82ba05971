"""Whatever a workbook or a pasted table holds: what its preview says is what importing it then does, or both refuse it alike."""

import base64
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from schedules.services.cells import CellEdit, cell_edit
from schedules.services.locks import CellsLock, cells_lock
from shiftsync.core.errors import DomainError
from shiftsync.realtime.stream.requests import ChangeRequest
from staff.services import StaffUpdate, staff_update
from tests.integration.rest.conftest import AsRole, Rest
from tests.support.world import World

DAYS = [date(2025, 7, 21) + timedelta(days=step) for step in range(31)]
EXAMPLES = settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)

TEXTS = st.sampled_from(
    [
        "",
        "○",
        "◯",
        "×",
        "x",
        "公休",
        "早番",
        "貸切",
        "=1+1",
        " △ ",
        "1.50",
        "TRUE",
        "#N/A",
        "長い文字がここに二十文字より多く入っています",
        "A\nB",
    ]
)
VALUES: st.SearchStrategy[Any] = st.one_of(
    TEXTS,
    TEXTS,
    st.none(),
    st.integers(-1, 40),
    st.sampled_from([1.5, True, date(2025, 8, 3), datetime(2025, 8, 3, 9, 30), time(9, 30)]),  # noqa: DTZ001  # as spreadsheets have them
)
HEADINGS: dict[str, Callable[[date], Any]] = {
    "iso": str,
    "date": lambda day: day,
    "moment": lambda day: datetime.combine(day, time()),
    "number": lambda day: day.day,
    "slashed": lambda day: f"{day.month}/{day.day}",
    "weekday": lambda day: f"{day.day}({'月火水木金土日'[day.weekday()]})",
}
NAMES = st.sampled_from(["田中", "佐藤", "鈴木", "田　中", "佐藤さん", "鈴木様", "新人", "合計", "", "※ 注意"])


@st.composite
def grids(draw: st.DrawFn) -> list[list[Any]]:
    """A month sheet: title rows, days in one of the ways in which they are written, people, totals, notes."""
    written = HEADINGS[draw(st.sampled_from(sorted(HEADINGS)))]
    first, length = draw(st.integers(0, 28)), draw(st.integers(1, 8))
    days = [date(2025, 7, 19) + timedelta(days=first + step) for step in range(length)]
    titles: list[list[Any]] = draw(
        st.lists(st.sampled_from([["8月のシフト"], [], ["作成", date(2025, 7, 25)]]), max_size=2)
    )
    weekdays: list[list[Any]] = draw(st.sampled_from([[], [["", *["月火水木金土日"[day.weekday()] for day in days]]]]))
    rows = [
        [name, *draw(st.lists(VALUES, max_size=length + 2))] for name in draw(st.lists(NAMES, max_size=5, unique=True))
    ]
    head: list[Any] = ["名前", *map(written, days), "計"]
    sheet: list[list[Any]] = [*titles, head]
    sheet += [*weekdays, *rows]
    return sheet


def content_of(rows: list[list[Any]]) -> dict[str, Any]:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    return {"file": base64.b64encode(out.getvalue()).decode()}


def values(client: Rest, world: World) -> dict[tuple[str, str], str]:
    data = client.get(f"schedules/{world.schedule_id}/cells/")["scheduleData"]
    return {(staff_id, day): value for staff_id, row in data.items() for day, value in row.items() if value}


def agree(client: Rest, world: World, request: dict[str, Any]) -> bool:
    """Holds the property for one request; whether it was taken."""
    path = f"schedules/{world.schedule_id}/import/"
    before, position = values(client, world), world.position
    preview = client.response("post", f"{path}preview/", request, status=None)
    assert world.position == position, "a preview writes nothing"
    if preview.status_code != 200:
        imported = client.response("post", path, {**request, "confirmed": True}, status=preview.status_code)
        assert imported.json() == preview.json()
        assert imported.json()["message"].endswith((".", "?"))
        return False
    told = preview.json()
    if told.get("needsConfirmation"):
        client.refused("post", path, request, status=409)
    result = client.post(path, {**request, "confirmed": True})["result"]
    assert result["changed"] == len(told["changes"])
    expected = before | {(each["staffId"], each["dateKey"]): each["shiftValue"] for each in told["changes"]}
    assert values(client, world) == {cell: value for cell, value in expected.items() if value}
    again = client.post(f"{path}preview/", request)
    assert again["changes"] == []
    return True


def test_any_sheet_of_others__preview_and_import_agree(as_role: AsRole, world: World) -> None:
    client = as_role()
    locked = [{"staff_id": world.staff_ids[0], "date_key": str(day)} for day in DAYS[::5]]
    cells_lock(ChangeRequest(world.system, CellsLock(world.schedule_id, locked)))
    staff_update(
        ChangeRequest(
            world.system, StaffUpdate(world.staff_ids[1], {"end_period": {"year": 2025, "month": 8, "day": 5}})
        )
    )
    taken = 0

    @EXAMPLES
    @given(grids(), st.booleans(), st.dictionaries(st.sampled_from(["新人", "合計"]), st.none() | st.integers(0, 2)))
    def holds(rows: list[list[Any]], is_pasted: bool, chosen: dict[str, int | None]) -> None:
        nonlocal taken
        people = {name: None if place is None else world.staff_ids[place] for name, place in chosen.items()}
        pasted = {"table": [["" if cell is None else str(cell) for cell in row] for row in rows]}
        taken += agree(client, world, {**(pasted if is_pasted else content_of(rows)), "people": people})

    holds()
    assert taken, "some of them are tables"


def test_any_edits_of_our_file__preview_and_import_agree(as_role: AsRole, world: World) -> None:
    client = as_role()
    edits = st.dictionaries(st.tuples(st.integers(1, 7), st.integers(1, 9)), VALUES, max_size=8)
    others = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 5), st.sampled_from(["", "△", "◇"])), max_size=3)

    @EXAMPLES
    @given(edits, others)
    def holds(edits: dict[tuple[int, int], Any], others: list[tuple[int, int, str]]) -> None:
        exported = client.response("get", f"schedules/{world.schedule_id}/export.xlsx").content
        book = load_workbook(BytesIO(exported))
        for (row, column), value in edits.items():
            book.worksheets[0].cell(row, column).value = value
        out = BytesIO()
        book.save(out)
        for place, day, value in others:
            try:
                edit = CellEdit(world.schedule_id, world.staff_ids[place], str(DAYS[day]), value)
                cell_edit(ChangeRequest(world.system, edit))
            except DomainError:
                continue
        agree(client, world, {"file": base64.b64encode(out.getvalue()).decode()})

    holds()
