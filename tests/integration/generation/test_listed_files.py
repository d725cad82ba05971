"""Lists of people and months out of files that are no workbooks: what spreadsheets write in whatever encoding."""

import base64

import pytest
from openpyxl import Workbook

from shiftsync.core.actor import Role
from tests.integration.generation.test_imports import bytes_of
from tests.integration.rest.conftest import AsRole
from tests.support.world import World

PEOPLE = [["名前", "役職"], ["田中 花子", "ホール"], ["佐藤", ""]]
MONTH = [["スタッフ", "8/1", "8/2"], ["田中", "休", "早"], ["佐藤 さん", "○", ""]]


def text(rows: list[list[str]], delimiter: str) -> str:
    return "\r\n".join(delimiter.join(row) for row in rows) + "\r\n"


def page(rows: list[list[str]]) -> str:
    cells = "".join("<tr>" + "".join(f"<td>{value}</td>" for value in row) + "</tr>" for row in rows)
    return f'<html xmlns:x="urn:schemas-microsoft-com:office:excel"><meta charset=utf-8><table border=1>{cells}</table></html>'


def workbook(rows: list[list[str]]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return bytes_of(book)


def files(rows: list[list[str]]) -> dict[str, bytes]:
    return {
        "xlsx": workbook(rows),
        "csv in Shift_JIS": text(rows, ",").encode("cp932"),
        "csv in UTF-8 with a mark": text(rows, ",").encode("utf-8-sig"),
        "csv with semicolons": text(rows, ";").encode(),
        "tsv in UTF-16": text(rows, "\t").encode("utf-16"),
        "html": page(rows).encode(),
    }


def sent(content: bytes) -> dict[str, str]:
    return {"file": base64.b64encode(content).decode()}


@pytest.mark.parametrize("kind", list(files(PEOPLE)))
def test_read_list__any_usual_file__its_rows_as_text(as_role: AsRole, world: World, kind: str) -> None:
    answer = as_role().post("staff/lists/read/", sent(files(PEOPLE)[kind]))

    rows = [[*row, *[""] * (2 - len(row))] for row in answer["rows"]]
    assert rows == PEOPLE


@pytest.mark.parametrize(
    ("charset", "written", "name"),
    [
        ("unicode_escape", rb"a\ud800", "a\ufffd"),
        ("utf-7", b"a+2AA-", "a\ufffd"),
        ("undefined", b"a", "a"),
        ("hex", b"a", "a"),
    ],
)
def test_read_list__web_page_in_an_encoding_of_no_page__is_read_all_the_same(
    as_role: AsRole, world: World, charset: str, written: bytes, name: str
) -> None:
    content = b"<html><meta charset=%s><table><tr><td>%s</table>" % (charset.encode(), written)
    assert as_role().post("staff/lists/read/", sent(content))["rows"] == [[name]]


@pytest.mark.parametrize("content", [b"", b"\xd0\xcf\x11\xe0" + bytes(600), b"%PDF-1.7\n\0\0", b"PK\3\4"])
def test_read_list__no_list__is_refused_by_its_field(as_role: AsRole, world: World, content: bytes) -> None:
    error = as_role().refused("post", "staff/lists/read/", sent(content), status=400)

    assert "file" in error["details"]


@pytest.mark.parametrize("role", [Role.VIEWER, Role.STAFF])
def test_read_list__by_whoever_may_not_edit__is_forbidden(as_role: AsRole, world: World, role: Role) -> None:
    as_role(role).refused("post", "staff/lists/read/", sent(b"a"), status=403)


@pytest.mark.parametrize("kind", list(files(MONTH)))
def test_import__month_in_any_usual_file__is_matched_spelled_and_one_step(
    as_role: AsRole, world: World, kind: str
) -> None:
    path, file = f"schedules/{world.schedule_id}/import/", sent(files(MONTH)[kind])

    preview = as_role().post(f"{path}preview/", file)
    as_role().post(path, {**file, "confirmed": True})

    assert len(preview["people"]) == 2
    assert preview["problems"] == []
    now = as_role().get(f"schedules/{world.schedule_id}/cells/")["scheduleData"]
    assert now == world.grid({0: {"08-01": "×", "08-02": "△"}, 1: {"08-01": "○"}})
    as_role().post(f"schedules/{world.schedule_id}/undo/", {})
    assert as_role().get(f"schedules/{world.schedule_id}/cells/")["scheduleData"] == {}
