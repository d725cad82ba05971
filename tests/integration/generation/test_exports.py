"""Schedules as files: out, edited, and in again."""

import base64
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from schedules.models import Shift
from schedules.services.cells import CellEdit, CellsEdit, cell_edit, cells_edit
from schedules.services.publishing import SchedulePublish, schedule_publish
from shiftsync.core.actor import Role
from shiftsync.realtime.stream.requests import ChangeRequest
from tests.integration.rest.conftest import AsRole, Rest
from tests.support.world import World


@pytest.fixture
def filled(world: World) -> World:
    """Some marks, one of which looks like a formula."""
    data = world.grid({0: {"08-01": "×", "08-02": "=1+1"}, 1: {"08-01": "△"}})
    cells_edit(ChangeRequest(world.system, CellsEdit(world.schedule_id, data)))
    return world


def values(world: World) -> dict[tuple[str, str], str]:
    rows = Shift.objects.filter(restaurant=world.restaurant).exclude(value="")
    return {(str(row.staff_id), str(row.date)): row.value for row in rows}


def exported(client: Rest, world: World, ending: str = "xlsx") -> bytes:
    response = client.response("get", f"schedules/{world.schedule_id}/export.{ending}")
    content: bytes = response.content
    return content


def changed(content: bytes, marks: dict[tuple[int, str], Any]) -> dict[str, str]:
    """The workbook with other values (row of the person, day), as a request."""
    book = load_workbook(BytesIO(content))
    sheet = book.worksheets[0]
    columns = {cell.value: cell.column for cell in sheet[1]}
    for (person, day), value in marks.items():
        sheet.cell(3 + person, columns[f"2025-{day}"]).value = value
    out = BytesIO()
    book.save(out)
    return {"file": base64.b64encode(out.getvalue()).decode()}


def changes_nothing(preview: dict[str, Any]) -> bool:
    """Whether the file says what is there, and nothing of it was left out."""
    return not any(preview[name] for name in ("changes", "conflicts", "problems", "remarks", "unknownPeople", "words"))


def test_csv__filled_schedule__one_row_for_each_person(as_role: AsRole, filled: World) -> None:
    lines = exported(as_role(Role.MANAGER), filled, "csv").decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + len(filled.staff_ids)
    assert lines[0].startswith("staffId,name,position,2025-07-21,")
    assert "'=1+1" in lines[1], "no spreadsheet takes it for a formula"


def test_xlsx__unedited__changes_nothing(as_role: AsRole, filled: World) -> None:
    client, before = as_role(Role.MANAGER), filled.position.version
    file = changed(exported(client, filled), {})
    path = f"schedules/{filled.schedule_id}/import/"
    assert changes_nothing(client.post(f"{path}preview/", file))
    assert client.post(path, file)["version"] == before


def test_xlsx__edited__preview_and_one_change(as_role: AsRole, filled: World) -> None:
    client, before = as_role(Role.MANAGER), filled.position.version
    file = changed(exported(client, filled), {(0, "08-01"): None, (2, "08-03"): "×", (1, "08-05"): 10})
    path = f"schedules/{filled.schedule_id}/import/"
    preview = client.post(f"{path}preview/", file)
    assert len(preview["changes"]) == 3
    answer = client.post(path, file)
    assert (answer["version"], answer["result"]["changed"]) == (before + 1, 3)
    first, second, third = filled.staff_ids
    assert values(filled) == {
        (first, "2025-08-02"): "=1+1",
        (second, "2025-08-01"): "△",
        (second, "2025-08-05"): "10",
        (third, "2025-08-03"): "×",
    }


def test_xlsx__others_edited_meanwhile__their_other_cells_stay_and_conflicts_are_shown(
    as_role: AsRole, filled: World
) -> None:
    client = as_role(Role.MANAGER)
    file = changed(exported(client, filled), {(0, "08-01"): "★"})
    for day in ("2025-08-01", "2025-08-09"):
        cell_edit(ChangeRequest(filled.system, CellEdit(filled.schedule_id, filled.staff_ids[0], day, "◇")))
    path = f"schedules/{filled.schedule_id}/import/"
    (conflict,) = client.post(f"{path}preview/", file)["conflicts"]
    assert (conflict["dateKey"], conflict["previousValue"]) == ("2025-08-01", "◇")
    client.refused("post", path, {**file, "strategy": "first_writer_wins"}, status=409)
    client.post(path, file)
    now = values(filled)
    assert (now[filled.staff_ids[0], "2025-08-01"], now[filled.staff_ids[0], "2025-08-09"]) == ("★", "◇")


@pytest.mark.parametrize("file", ["no Base64!", base64.b64encode(b"no workbook").decode()])
def test_import__no_workbook__is_refused(as_role: AsRole, filled: World, file: str) -> None:
    path = f"schedules/{filled.schedule_id}/import/"
    for where in (path, f"{path}preview/"):
        error = as_role(Role.MANAGER).refused("post", where, {"file": file}, status=400)
        assert "file" in error["details"]


def test_exports__viewer__gets_what_is_published_and_may_not_import(as_role: AsRole, filled: World) -> None:
    viewer, path = as_role(Role.VIEWER), f"schedules/{filled.schedule_id}"
    for ending in ("csv", "xlsx"):
        error = viewer.refused("get", f"{path}/export.{ending}", status=404)
        assert error["message"] == "This month has not been published yet."
    schedule_publish(ChangeRequest(filled.system, SchedulePublish(filled.schedule_id)))
    cell_edit(ChangeRequest(filled.system, CellEdit(filled.schedule_id, filled.staff_ids[1], "2025-08-01", "◇")))
    assert "△" in exported(viewer, filled, "csv").decode("utf-8-sig")
    assert "◇" in exported(as_role(Role.MANAGER), filled, "csv").decode("utf-8-sig")
    published = as_role(Role.MANAGER).response("get", f"{path}/export.csv?published=true").content
    assert published == exported(viewer, filled, "csv"), "editors may have the published copy too"
    for file in ("", "QQ=="):
        viewer.refused("post", f"{path}/import/", {"file": file}, status=403)


def laid_out(client: Rest, world: World) -> Any:
    return load_workbook(BytesIO(exported(client, world))).worksheets[0]


def test_xlsx__on_paper__is_landscape_one_page_wide_with_titles_on_every_page(as_role: AsRole, filled: World) -> None:
    sheet = laid_out(as_role(), filled)
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$2:$2", "$B:$C")
    assert sheet.oddHeader.right.text == "2025-07-21 – 2025-08-20"


def test_xlsx__legend__tells_symbols_and_what_a_blank_means_to_each(as_role: AsRole, filled: World) -> None:
    client = as_role()
    client.patch(f"staff/{filled.staff_ids[1]}/", {"blankMeans": "free", "validFrom": "2025-07-01"})
    client.put("calendar/days/2025-08-13/", {"kind": "closed"})
    end = {"endPeriod": {"year": 2025, "month": 8, "day": 10}}
    client.patch(f"staff/{filled.staff_ids[2]}/", end)
    sheet = laid_out(client, filled)
    legend = [str(cell.value) for cell in sheet["B"][2 + len(filled.staff_ids) :] if cell.value]
    assert "△ 早番" in legend[0]
    assert legend[1] == "空白 = 出勤　点々の空白 = 呼び出しなし　灰色 = 休業日　斜線 = 在籍していない日"
    columns = {cell.value: cell.column for cell in sheet[1]}
    assert sheet.cell(5, columns["2025-08-11"]).fill.patternType == "lightUp"
    assert sheet.cell(3, columns["2025-08-13"]).fill.start_color.rgb.endswith("E5E7EB")
    assert sheet.cell(3, columns["2025-08-01"]).fill.patternType is None
    assert sheet.cell(4, columns["2025-08-01"]).fill.patternType == "gray0625"
    path = f"schedules/{filled.schedule_id}/import/preview/"
    again = {"file": base64.b64encode(exported(client, filled)).decode()}
    assert changes_nothing(client.post(path, again))


def test_xlsx__somebody_stands_in__the_group_is_below_the_symbol_and_no_part_of_it(
    as_role: AsRole, world: World
) -> None:
    client, (member, backup, _) = as_role(), world.staff_ids
    config = {"members": [member], "coverageRules": {"backupRequired": True, "minimumCoverage": 1}}
    group = client.post("staff-groups/", {"name": "焼き場", "groupConfig": config}, status=201)["result"][
        "createdGroup"
    ]
    assignment = {"staffId": backup, "groupId": group["id"], "priorityOrder": 1}
    client.post("backup-assignments/", assignment, status=201)
    client.patch(f"staff/{backup}/", {"blankMeans": "free", "validFrom": "2025-07-01"})
    client.put(f"schedules/{world.schedule_id}/cells/{member}/2025-08-01/", {"shiftValue": "×"})
    client.post(f"schedules/{world.schedule_id}/call-backups/", {})
    sheet = laid_out(client, world)
    columns = {cell.value: cell.column for cell in sheet[1]}
    assert sheet.cell(4, columns["2025-08-01"]).value == "○\n焼き場"
    path = f"schedules/{world.schedule_id}/import/preview/"
    same = changed(exported(client, world), {})
    assert changes_nothing(client.post(path, same))
    (change,) = client.post(path, changed(exported(client, world), {(1, "08-01"): "△"}))["changes"]
    assert (change["previousValue"], change["shiftValue"]) == ("○", "△")
