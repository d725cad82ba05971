"""A shift symbol is a name: whoever renames it renames it everywhere, whoever deletes it says what takes its place."""

from typing import Any

import pytest

from schedules.models import ShiftType
from shiftsync.core.actor import Role
from tests.conftest import Connect
from tests.support.client import Client
from tests.support.world import World

LATE = {"symbol": "深", "kind": "late", "labelJa": "深番", "startTime": "13:00", "endTime": "22:00"}


def used_everywhere(client: Client, world: World) -> str:
    """A shift type that a cell, a locked cell, a person, a limit and two rules name; returns its id."""
    shift_type_id: str = client.ack("SHIFT_TYPE_CREATE", LATE)["result"]["shiftType"]["id"]
    client.ack(
        "SHIFT_BULK_UPDATE",
        {
            "scheduleId": world.schedule_id,
            "scheduleData": world.grid({0: {"08-01": "深", "08-02": "×"}, 1: {"08-01": "深"}}),
        },
    )
    client.ack(
        "SHIFT_LOCK",
        {"scheduleId": world.schedule_id, "cells": [{"staffId": world.staff_ids[1], "dateKey": "2025-08-01"}]},
    )
    client.ack("STAFF_UPDATE", {"staffId": world.staff_ids[2], "changes": {"allowedShiftTypes": ["○", "深"]}})
    client.ack(
        "SETTINGS_CREATE_DAILY_LIMIT",
        {"limit": {"name": "深番は二人まで", "limitConfig": {"shiftType": "深", "maxCount": 2}}},
    )
    client.ack(
        "SETTINGS_CREATE_PRIORITY_RULE",
        {
            "rule": {
                "name": "深早なし",
                "ruleDefinition": {"ruleType": "forbidden_sequence", "sequence": ["深", "early"]},
            }
        },
    )
    client.ack(
        "SETTINGS_CREATE_PRIORITY_RULE",
        {
            "rule": {
                "name": "深番希望",
                "ruleDefinition": {"ruleType": "preferred_shift", "shiftType": "深", "staffIds": world.staff_ids[:1]},
            }
        },
    )
    return shift_type_id


def naming(client: Client, world: World) -> dict[str, Any]:
    """Everything that names a shift type, as clients read it."""
    settings = client.request("SETTINGS_SYNC_REQUEST", {})["payload"]["settings"]
    rules = {rule["name"]: rule["ruleDefinition"] for rule in settings["priorityRules"]}
    limits = {limit["name"]: limit["limitConfig"] for limit in settings["dailyLimits"]}
    staff = {each["id"]: each for each in client.request("SYNC_REQUEST", {"period": 0})["payload"]["staff"]}
    return {
        "cells": client.request("SHIFT_SYNC_REQUEST", {"scheduleId": world.schedule_id})["payload"]["scheduleData"],
        "allowed": staff[world.staff_ids[2]]["allowedShiftTypes"],
        "limit": limits["深番は二人まで"]["shiftType"],
        "sequence": rules["深早なし"]["sequence"],
        "rule": rules["深番希望"]["shiftType"],
    }


def named(world: World, symbol: str) -> dict[str, Any]:
    """The same where all of it names ``symbol``."""
    return {
        "cells": world.grid({0: {"08-01": symbol, "08-02": "×"}, 1: {"08-01": symbol}}),
        "allowed": ["○", symbol],
        "limit": symbol,
        "sequence": [symbol, "early"],
        "rule": symbol,
    }


def test_shift_type_rename__used_everywhere__is_followed_in_one_version(connect: Connect, world: World) -> None:
    author, older = connect(), connect(v2=False)
    shift_type_id = used_everywhere(author, world)
    author.ack("SCHEDULE_PUBLISH", {"scheduleId": world.schedule_id})
    older.send("SHIFT_SYNC_REQUEST", {"scheduleId": world.schedule_id})
    older.settled()
    before = world.position.version
    author.ack("SHIFT_TYPE_UPDATE", {"shiftTypeId": shift_type_id, "changes": {"symbol": "晩"}})
    assert world.position.version == before + 1
    assert naming(author, world) == named(world, "晩")
    told = {message["type"]: message["payload"] for message in older.settled()}
    assert told["SHIFT_SYNC_RESPONSE"]["scheduleData"][world.staff_ids[1]]["2025-08-01"] == "晩"
    rules = {rule["name"]: rule["ruleDefinition"] for rule in told["SETTINGS_SYNC_RESPONSE"]["priorityRules"]}
    assert rules["深早なし"]["sequence"] == ["晩", "early"]
    viewer = connect(Role.VIEWER)
    published = viewer.request("SHIFT_SYNC_REQUEST", {"scheduleId": world.schedule_id})["payload"]["scheduleData"]
    assert published[world.staff_ids[0]]["2025-08-01"] == "深"


def test_shift_type_rename__before_an_undo__is_followed_by_it(connect: Connect, world: World) -> None:
    author, other = connect(), connect()
    shift_type_id = author.ack("SHIFT_TYPE_CREATE", LATE)["result"]["shiftType"]["id"]
    author.ack("SHIFT_UPDATE", world.edit(0, "08-01", "深"))
    author.ack("SHIFT_UPDATE", world.edit(0, "08-01", "×"))
    other.ack("SHIFT_TYPE_UPDATE", {"shiftTypeId": shift_type_id, "changes": {"symbol": "晩"}})
    author.ack("UNDO", {"scheduleId": world.schedule_id})
    cells = author.request("SHIFT_SYNC_REQUEST", {"scheduleId": world.schedule_id})["payload"]["scheduleData"]
    assert cells == world.grid({0: {"08-01": "晩"}})


def test_shift_type_rename__named_by_a_locked_version__is_refused_by_its_name(connect: Connect, world: World) -> None:
    author = connect(Role.OWNER)
    shift_type_id = used_everywhere(author, world)
    version = author.request("SETTINGS_SYNC_REQUEST", {})["payload"]["settings"]["version"]
    author.ack("SETTINGS_LOCK_VERSION", {"versionId": version["id"]})
    error = author.request("SHIFT_TYPE_UPDATE", {"shiftTypeId": shift_type_id, "changes": {"symbol": "晩"}})["payload"]
    assert error["code"] == "version_locked"
    assert version["name"] in error["message"]
    assert naming(author, world) == named(world, "深")


def test_shift_type_delete__named_by_terms_to_come__is_refused_with_whom(connect: Connect, world: World) -> None:
    author = connect()
    made = author.ack("SHIFT_TYPE_CREATE", LATE)["result"]["shiftType"]
    terms = {"allowedShiftTypes": ["○", "深"]}
    author.ack("STAFF_UPDATE", {"staffId": world.staff_ids[1], "changes": terms, "validFrom": "2199-04-01"})
    error = author.request("SHIFT_TYPE_DELETE", {"shiftTypeId": made["id"]})["payload"]
    assert [each["name"] for each in error["details"]["usedBy"]["staff"]] == ["佐藤"]
    author.ack("SHIFT_TYPE_DELETE", {"shiftTypeId": made["id"], "successor": "◇"})
    author.send("SYNC_REQUEST", {"period": 0})
    members = author.expect("SYNC_RESPONSE")["payload"]["staff"]
    assert members[1]["terms"][-1]["allowedShiftTypes"] == ["○", "◇"]


def test_shift_type_delete__used__is_refused_with_where(connect: Connect, world: World) -> None:
    author = connect()
    shift_type_id = used_everywhere(author, world)
    error = author.request("SHIFT_TYPE_DELETE", {"shiftTypeId": shift_type_id})["payload"]
    assert error["code"] == "validation_error"
    for name in ("2025-07-21", "2 cells", "鈴木", "深番は二人まで", "深早なし", "深番希望"):
        assert name in error["message"]
    used = error["details"]["usedBy"]
    assert [(month["scheduleId"], month["cells"]) for month in used["cells"]] == [(world.schedule_id, 2)]
    assert [person["name"] for person in used["staff"]] == ["鈴木"]
    assert {row["tableName"] for row in used["settings"]} == {"daily_limits", "priority_rules"}


def test_shift_type_delete__with_a_successor__moves_all_to_it(connect: Connect, world: World) -> None:
    author = connect()
    shift_type_id = used_everywhere(author, world)
    for wrong in (shift_type_id, "深", "nothing"):
        error = author.request("SHIFT_TYPE_DELETE", {"shiftTypeId": shift_type_id, "successor": wrong})["payload"]
        assert set(error["details"]) == {"successor"}
    before = world.position.version
    author.ack("SHIFT_TYPE_DELETE", {"shiftTypeId": shift_type_id, "successor": "◇"})
    assert world.position.version == before + 1
    assert naming(author, world) == named(world, "◇")


def test_shift_type_create__symbol_of_a_deleted_one_in_old_cells__is_refused_as_another_kind(
    connect: Connect, world: World
) -> None:
    author = connect()
    shift_type_id = author.ack("SHIFT_TYPE_CREATE", LATE)["result"]["shiftType"]["id"]
    author.ack("SHIFT_TYPE_DELETE", {"shiftTypeId": shift_type_id})
    author.ack("SHIFT_UPDATE", world.edit(0, "08-01", "深"))
    error = author.request("SHIFT_TYPE_CREATE", {**LATE, "kind": "off", "offEquivalent": 1})["payload"]
    assert "2025-07-21" in error["details"]["symbol"][0]
    author.ack("SHIFT_TYPE_CREATE", LATE)
    assert ShiftType.objects.filter(restaurant_id=world.id, symbol="深", is_active=True).count() == 1


@pytest.mark.parametrize(
    "changes", [{"kind": "off", "offEquivalent": 1}, {"kind": "early"}, {"kind": "designated_off"}]
)
def test_shift_type_update__another_kind_in_a_month_that_is_over__is_refused_with_where(
    connect: Connect, world: World, changes: dict[str, Any]
) -> None:
    author = connect()
    made = author.ack("SHIFT_TYPE_CREATE", LATE)["result"]["shiftType"]["id"]
    author.ack("SHIFT_UPDATE", world.edit(0, "08-01", "深"))
    before = world.position
    error = author.request("SHIFT_TYPE_UPDATE", {"shiftTypeId": made, "changes": {**changes, "symbol": "休み"}})[
        "payload"
    ]
    assert (error["code"], list(error["details"])) == ("validation_error", ["kind"])
    assert "2025-07-21 – 2025-08-20 (1 cell)" in error["message"]
    assert world.position == before
    author.ack("SHIFT_TYPE_UPDATE", {"shiftTypeId": made, "changes": {"labelJa": "深夜", "offEquivalent": 0.5}})
    author.ack("SCHEDULE_PUBLISH", {"scheduleId": world.schedule_id})
    author.ack("SHIFT_TYPE_UPDATE", {"shiftTypeId": made, "changes": changes})


def test_shift_type_update__special_shift_becomes_a_day_off_by_its_share__is_another_kind(
    connect: Connect, world: World
) -> None:
    author = connect()
    special = author.ack("SHIFT_TYPE_CREATE", {"symbol": "研", "kind": "special"})["result"]["shiftType"]["id"]
    author.ack("SHIFT_UPDATE", world.edit(0, "08-01", "研"))
    error = author.request("SHIFT_TYPE_UPDATE", {"shiftTypeId": special, "changes": {"offEquivalent": 1}})["payload"]
    assert list(error["details"]) == ["kind"]


def test_shift_type_update__another_kind_of_one_that_no_month_that_is_over_holds__is_taken(
    connect: Connect, world: World
) -> None:
    author = connect()
    made = author.ack("SHIFT_TYPE_CREATE", LATE)["result"]["shiftType"]["id"]
    period = author.ack("PERIOD_CREATE", {})["result"]["period"]
    cell = {"scheduleId": period["scheduleId"], "staffId": world.staff_ids[0], "dateKey": period["endDate"]}
    author.ack("SHIFT_UPDATE", {**cell, "shiftValue": "深"})
    author.ack("SHIFT_TYPE_UPDATE", {"shiftTypeId": made, "changes": {"kind": "off", "offEquivalent": 1}})


def stored(client: Client, world: World) -> str:
    data = client.request("SHIFT_SYNC_REQUEST", {"scheduleId": world.schedule_id})["payload"]["scheduleData"]
    return str(data[world.staff_ids[0]]["2025-08-01"])


@pytest.mark.parametrize(
    ("gone", "typed", "means"),
    [
        ({"symbol": "有", "kind": "special"}, "有", "有"),  # a word for ★ too
        ({"symbol": "有", "kind": "designated_off", "offEquivalent": 1}, "有", "★"),  # which is the same
        ({"symbol": "早", "kind": "late"}, "早\u200b", "早"),
        ({"symbol": "早", "kind": "early"}, "早", "△"),
        ({"symbol": "◆", "kind": "off", "offEquivalent": 1}, "◆", "◆"),  # looks like ◇
        ({"symbol": "有", "kind": "special"}, "有給", "★"),
    ],
)
def test_typed__symbol_of_a_deleted_type__never_becomes_another_kind(
    connect: Connect, world: World, gone: dict[str, Any], typed: str, means: str
) -> None:
    author = connect()
    made = author.ack("SHIFT_TYPE_CREATE", gone)["result"]["shiftType"]["id"]
    author.ack("SHIFT_TYPE_DELETE", {"shiftTypeId": made})
    author.ack("SHIFT_UPDATE", world.edit(0, "08-01", typed))
    assert stored(author, world) == means
    author.ack(
        "SHIFT_BULK_UPDATE", {"scheduleId": world.schedule_id, "scheduleData": world.grid({0: {"08-01": typed}})}
    )
    assert stored(author, world) == means


def test_typed__symbol_of_a_deleted_type_given_to_another_type_anew__means_that(connect: Connect, world: World) -> None:
    author = connect()
    types = author.request("CALENDAR_SYNC_REQUEST", {})["payload"]["shiftTypes"]
    leave = next(each for each in types if each["symbol"] == "★")
    made = author.ack("SHIFT_TYPE_CREATE", {"symbol": "有", "kind": "special"})["result"]["shiftType"]["id"]
    author.ack("SHIFT_TYPE_DELETE", {"shiftTypeId": made})
    author.ack("SHIFT_TYPE_UPDATE", {"shiftTypeId": leave["id"], "changes": {"aliases": leave["aliases"]}})
    author.ack("SHIFT_UPDATE", world.edit(0, "08-01", "有"))
    assert stored(author, world) == "★"
