"""Whoever tries an id learns nothing of whether another restaurant has it: what is answered is the same in every word but the id."""

import re
from typing import Any
from uuid import uuid4

import pytest

from settings_app.rules.rows import Row
from settings_app.rules.table import SettingsTable
from settings_app.selectors.rows import settings_row
from settings_app.wire_rows import row_payload
from shiftsync.core.actor import Role
from staff.models import StaffMember
from tests.conftest import Connect
from tests.contract.settings.samples import TABLES, made, sample_row
from tests.integration.rest.conftest import AsRole, Rest
from tests.support.world import World

every_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.key)
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z")
_COUNT = re.compile(r"'(version|revision|staffOrder|currentVersion)': \d+")


def told(answer: Any) -> str:
    """An answer without ids, moments and counters."""
    return _COUNT.sub("N", _MOMENT.sub("T", _UUID.sub("ID", str(answer))))


@every_table
def test_settings_row__their_id_or_nobodys__put_and_posted_alike(
    manager: Rest, world: World, other_world: World, table: SettingsTable
) -> None:
    row, path = sample_row(table, world), table.names.path
    for method in ("post", "put", "patch", "delete"):
        theirs = made(table, other_world, name=f"theirs {method}")
        answers = []
        for id in (theirs["id"], str(uuid4())):
            where = f"{path}/" if method == "post" else f"{path}/{id}/"
            body: Row | None = (
                {**row, "id": id} if method == "post" else row if method == "put" else {"description": "x"}
            )
            response = manager._client.generic(
                method.upper(),
                f"/api/{where}",
                manager._document.text_of(None if method == "delete" else body),
                content_type="application/json",
                headers=manager._headers,
            )
            answers.append((response.status_code, told(response.json())))
        assert answers[0] == answers[1], method
        assert theirs == made_again(table, other_world, theirs["id"])


def made_again(table: SettingsTable, world: World, id: str) -> Row:
    """The row as its own restaurant has it now."""
    found: Row = row_payload(settings_row(table, world.id, id), table)
    return found


@every_table
def test_settings_row__their_id_or_nobodys__updated_over_both_protocols_alike(
    connect: Connect, world: World, other_world: World, table: SettingsTable
) -> None:
    for is_v2 in (True, False):
        client = connect(Role.MANAGER, v2=is_v2)
        for number, change in enumerate((sample_row(table, world), {"description": "x"})):
            theirs = made(table, other_world, name=f"theirs {is_v2} {number}")
            answers = [
                client.request(table.names.update_type, {table.names.row: {**change, "id": id}})
                for id in (theirs["id"], str(uuid4()))
            ]
            assert {each["type"] for each in answers} == {answers[0]["type"]}
            assert told(answers[0]["payload"]) == told(answers[1]["payload"])
            assert theirs == made_again(table, other_world, theirs["id"])


@pytest.mark.parametrize("path", ["staff", "periods", "shift-types", "closing-rules"])
def test_create__with_their_id_or_nobodys__alike_and_asked_twice_made_once(
    as_role: AsRole, world: World, other_world: World, path: str
) -> None:
    rest, theirs = as_role(Role.OWNER), as_role(Role.OWNER, other_world)
    theirs.post("closing-rules/", {"repeats": "weekly", "daysOfWeek": [1]}, status=201)
    before = theirs.get(f"{path}/")
    answers = []
    for number, id in enumerate((before[0]["id"], str(uuid4()))):
        body: dict[str, Any] = {
            "staff": {"id": id, "name": "x"},
            "periods": {"id": id},
            "closing-rules": {"id": id, "repeats": "weekly", "daysOfWeek": [3]},
            "shift-types": {"id": id, "symbol": "XY"[number], "kind": "normal", "labelJa": "x", "labelEn": "x"},
        }[path]
        first = rest.post(f"{path}/", body, status=201)
        again = rest.post(f"{path}/", body, status=201)
        assert re.findall(_UUID, str(first["result"])) == re.findall(_UUID, str(again["result"]))
        answers.append(re.sub(r"'symbol': '.'|\d{4}-\d\d-\d\d|'index': \d+", "_", told(first["result"])))
    assert answers[0] == answers[1]
    assert theirs.get(f"{path}/") == before


def test_staff__their_id_taken__is_another_member(manager: Rest, other_world: World) -> None:
    made_here = manager.post("staff/", {"id": other_world.staff_ids[0], "name": "x"}, status=201)["result"]["staff"]
    assert made_here["id"] != other_world.staff_ids[0]
    assert manager.get(f"staff/{made_here['id']}/")["name"] == "x"
    assert StaffMember.objects.get(id=other_world.staff_ids[0]).name == "山田"
