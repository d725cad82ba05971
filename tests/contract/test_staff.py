"""The messages about staff."""

from typing import Any

import pytest

from shiftsync.core.actor import Role
from staff.models import StaffMember
from tests.conftest import Connect
from tests.support.world import World

MEMBER_KEYS = {
    "id",
    "name",
    "position",
    "department",
    "type",
    "status",
    "period",
    "staffOrder",
    "startPeriod",
    "endPeriod",
    "blankMeans",
    "allowedShiftTypes",
    "isActive",
    "createdAt",
    "updatedAt",
    "revision",
}
NEWCOMER = {
    "name": "山田",
    "position": "ホール",
    "department": "フロア",
    "type": "パート",
    "status": "パート",
    "startPeriod": {"year": 2025, "month": 8, "day": 1},
    "endPeriod": None,
    "allowedShiftTypes": ["○", "×"],
}


def test_sync_request__of_a_period__lists_those_who_belong(connect: Connect, world: World) -> None:
    client = connect(v2=False)
    client.send("STAFF_CREATE", {"name": "left", "endPeriod": {"year": 2025, "month": 6}})
    client.send("STAFF_CREATE", {"name": "later", "startPeriod": {"year": 2025, "month": 9}})
    client.send("STAFF_CREATE", {"name": "last day", "endPeriod": {"year": 2025, "month": 7, "day": 21}})
    client.send("SYNC_REQUEST", {"period": 0})
    payload = client.expect("SYNC_RESPONSE")["payload"]
    assert [member["name"] for member in payload["staff"]] == ["田中", "佐藤", "鈴木", "last day"]
    assert payload["staffMembers"] == payload["staff"]
    assert payload["period"] == 0
    assert set(payload["staff"][0]) == MEMBER_KEYS
    assert payload["timestamp"].endswith("Z")


def test_sync_all_periods__two_periods__by_index(connect: Connect, world: World) -> None:
    client = connect()
    client.ack("PERIOD_CREATE", {})
    client.ack("STAFF_CREATE", {"name": "later", "startPeriod": {"year": 2025, "month": 9}})
    client.send("SYNC_ALL_PERIODS_REQUEST")
    payload = client.expect("SYNC_ALL_PERIODS_RESPONSE")["payload"]
    assert payload["totalPeriods"] == 2
    assert {index: len(staff) for index, staff in payload["periods"].items()} == {"0": 3, "1": 4}
    assert {member["period"] for member in payload["periods"]["1"]} == {1}


def test_staff_create__all_fields__come_back_to_everybody(connect: Connect, world: World) -> None:
    author, other = connect(period=2), connect(v2=False)
    ack = author.ack("STAFF_CREATE", NEWCOMER)
    created = author.expect("STAFF_CREATE")
    assert other.expect("STAFF_CREATE") == created
    payload = created["payload"]
    assert {key: payload[key] for key in NEWCOMER} == NEWCOMER
    assert set(payload) == MEMBER_KEYS
    assert payload["blankMeans"] == "free"
    assert payload["period"] == 2
    assert payload["revision"] == created["version"] == ack["version"]
    assert ack["result"]["staff"] == payload


def test_staff_create__own_id_twice__is_one_request(connect: Connect, world: World) -> None:
    client = connect()
    wanted = {**NEWCOMER, "id": "0198d0f0-0000-7000-8000-000000000001"}
    first = client.ack("STAFF_CREATE", wanted)
    second = client.ack("STAFF_CREATE", wanted)
    assert first["result"]["staff"]["id"] == wanted["id"]
    assert second["version"] == first["version"]
    assert StaffMember.objects.filter(restaurant=world.restaurant, name="山田").count() == 1


def test_staff_update__some_fields__tells_the_whole_member(connect: Connect, world: World) -> None:
    author, other = connect(), connect(v2=False)
    author.send(
        "STAFF_UPDATE", {"staffId": world.staff_ids[0], "changes": {"name": "田中 太郎", "unknown": 1, "id": "x"}}
    )
    message = other.expect("STAFF_UPDATE")
    assert message["payload"]["staffId"] == message["payload"]["id"] == world.staff_ids[0]
    assert set(message["payload"]["changes"]) == MEMBER_KEYS
    assert message["payload"]["changes"]["name"] == "田中 太郎"
    assert message["payload"]["changes"]["status"] == "社員"
    history = StaffMember.objects.get(id=world.staff_ids[0]).history.first()
    assert history.history_user == world.users[Role.MANAGER]


def test_staff_delete_and_restore__any__is_soft(connect: Connect, world: World) -> None:
    author, other = connect(), connect()
    author.ack("STAFF_DELETE", {"staffId": world.staff_ids[0]})
    assert other.expect("STAFF_DELETE")["payload"]["staffId"] == world.staff_ids[0]
    again = author.ack("STAFF_DELETE", {"staffId": world.staff_ids[0]})
    assert again["version"] == world.position.version
    assert author.request("STAFF_UPDATE", {"staffId": world.staff_ids[0], "changes": {"name": "x"}})["type"] == "ERROR"
    author.ack("STAFF_RESTORE", {"staffId": world.staff_ids[0]})
    assert other.expect("STAFF_RESTORE")["payload"]["isActive"] is True


def test_staff_reorder__some__puts_them_first(connect: Connect, world: World) -> None:
    author, other = connect(), connect(v2=False)
    first, second, third = world.staff_ids
    author.ack("STAFF_REORDER", {"staffIds": [third, first]})
    assert other.expect("STAFF_REORDER")["payload"]["staffIds"] == [third, first, second]
    other.send("SYNC_REQUEST", {})
    assert [member["id"] for member in other.expect("SYNC_RESPONSE")["payload"]["staff"]] == [third, first, second]


def test_staff_reorder__somebody_else_was_first__is_judged_by_the_strategy(connect: Connect, world: World) -> None:
    author, other, base = connect(), connect(Role.OWNER), world.position.version
    first, second, third = world.staff_ids
    other.ack("STAFF_REORDER", {"staffIds": [second]})
    other.ack("STAFF_REORDER", {"staffIds": [third]})
    mine = {"staffIds": [first, third, second], "baseVersion": base}
    refused = author.request("STAFF_REORDER", {**mine, "strategy": "first_writer_wins"})["payload"]
    assert refused["code"] == "conflict"
    conflict = author.request("STAFF_REORDER", {**mine, "strategy": "user_choice"})
    assert conflict["type"] == "CONFLICT"
    (item,) = conflict["payload"]["items"]
    assert (item["entity"], item["entityId"], item["field"]) == ("staff", "", "staffOrder")
    assert (item["base"], item["yours"]) == ([first, second, third], [first, third, second])
    assert item["theirs"] == [third, second, first]
    assert item["theirAuthor"] == world.users[Role.OWNER].display_name
    assert author.ack("STAFF_REORDER", mine)["result"]["overwritten"] == [item]


def test_staff_reorder__same_order_or_own_change__is_no_conflict(connect: Connect, world: World) -> None:
    author, other, base = connect(), connect(Role.OWNER), world.position.version
    first, second, third = world.staff_ids
    author.ack("STAFF_REORDER", {"staffIds": [third]})
    choice = {"baseVersion": base, "strategy": "user_choice"}
    assert author.ack("STAFF_REORDER", {"staffIds": [second], **choice})["result"].get("overwritten") is None
    other.ack("STAFF_REORDER", {"staffIds": [first]})
    author.ack("STAFF_REORDER", {"staffIds": [first, second, third], **choice})


def test_staff_delete__only_the_order_is_another__is_no_conflict(connect: Connect, world: World) -> None:
    author, other, base = connect(), connect(Role.OWNER), world.position.version
    gone = {"staffId": world.staff_ids[0], "baseVersion": base, "strategy": "user_choice"}
    other.ack("STAFF_REORDER", {"staffIds": world.staff_ids[::-1]})
    author.ack("STAFF_DELETE", gone)


@pytest.mark.parametrize(
    ("type", "payload", "field"),
    [
        ("STAFF_CREATE", {}, "name"),
        ("STAFF_CREATE", {"name": ""}, "name"),
        ("STAFF_CREATE", {"name": "x" * 201}, "name"),
        ("STAFF_CREATE", {"name": "x\x00"}, "name"),
        ("STAFF_CREATE", {"name": "x", "blankMeans": "maybe"}, "blankMeans"),
        ("STAFF_CREATE", {"name": "x", "startPeriod": {"year": 2025}}, "startPeriod"),
        ("STAFF_CREATE", {"name": "x", "startPeriod": {"year": 2025, "month": 2, "day": 30}}, "startPeriod"),
        (
            "STAFF_CREATE",
            {"name": "x", "startPeriod": {"year": 2025, "month": 2}, "endPeriod": {"year": 2025, "month": 1}},
            "endPeriod",
        ),
        ("STAFF_UPDATE", {"changes": {"name": "x"}}, "staffId"),
        ("STAFF_UPDATE", {"staffId": "x"}, "changes"),
        ("STAFF_REORDER", {"staffIds": ["not-there"]}, "staffIds"),
        ("STAFF_REORDER", {"staffIds": "x"}, "staffIds"),
    ],
)
def test_staff__bad_field__is_named_and_nothing_happens(
    connect: Connect, world: World, type: str, payload: dict[str, Any], field: str
) -> None:
    client = connect()
    before = world.position.version
    error = client.request(type, payload)["payload"]
    assert error["code"] == "validation_error"
    assert field in error["details"]
    assert field in error["message"]
    assert world.position.version == before
    assert client.settled() == []


@pytest.mark.parametrize("staff_id", ["no-uuid", "", "00000000-0000-4000-8000-000000000000"])
def test_staff__unknown_id__is_not_found(connect: Connect, staff_id: str) -> None:
    client = connect()
    for type, payload in (
        ("STAFF_UPDATE", {"staffId": staff_id, "changes": {"name": "x"}}),
        ("STAFF_DELETE", {"staffId": staff_id}),
        ("STAFF_RESTORE", {"staffId": staff_id}),
    ):
        code = client.request(type, payload)["payload"]["code"]
        assert code == ("not_found" if staff_id else "validation_error")


def test_staff__viewer__may_not(connect: Connect, world: World) -> None:
    viewer = connect(Role.VIEWER)
    for type, payload in (
        ("STAFF_CREATE", NEWCOMER),
        ("STAFF_UPDATE", {"staffId": world.staff_ids[0], "changes": {"name": "x"}}),
        ("STAFF_DELETE", {"staffId": world.staff_ids[0]}),
        ("STAFF_REORDER", {"staffIds": world.staff_ids}),
    ):
        assert viewer.request(type, payload)["payload"]["code"] == "forbidden"
