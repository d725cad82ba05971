"""Wishes: entered, told, answered, and in the grid as long as the cell holds what was written for them."""

from typing import Any

import pytest

from shiftsync.core.actor import Role
from tests.conftest import Connect
from tests.support.client import Client
from tests.support.world import World

DAY, OTHER_DAY = "2025-08-02", "2025-08-03"


def wish(world: World, person: int = 0, day: str = DAY, **fields: Any) -> dict[str, Any]:
    place = {"scheduleId": world.schedule_id, "staffId": world.staff_ids[person], "dateKey": day}
    return {**place, "kind": "off", **fields}


def month(client: Client, world: World) -> dict[str, Any]:
    client.send("SHIFT_SYNC_REQUEST", {"scheduleId": world.schedule_id})
    payload: dict[str, Any] = client.expect("SHIFT_SYNC_RESPONSE")["payload"]
    return payload


def made(client: Client, world: World, person: int = 0, day: str = DAY, **fields: Any) -> dict[str, Any]:
    entered: dict[str, Any] = client.ack("WISH_CREATE", wish(world, person, day, **fields))["result"]["wish"]
    return entered


def test_wish__entered__is_told_to_managers_and_kept(connect: Connect, world: World) -> None:
    author, other = connect(), connect()
    entered = made(author, world, kind="prefer", shiftValue="△", weight=5, note="子どもの迎え")
    assert other.expect("WISH_CREATE")["payload"] == entered
    assert (entered["state"], entered["isOwn"], entered["shiftValue"]) == ("open", False, "△")
    assert month(other, world)["wishes"] == [entered]
    changed = author.ack("WISH_UPDATE", {"wishId": entered["id"], "changes": {"kind": "off"}})["result"]["wish"]
    assert (changed["kind"], changed["shiftValue"]) == ("off", ""), "a day off names no shift"
    assert other.expect("WISH_UPDATE")["payload"] == changed
    author.ack("WISH_DELETE", {"wishId": entered["id"]})
    assert other.expect("WISH_DELETE")["payload"]["wishId"] == entered["id"]
    assert "wishes" not in month(other, world)
    author.ack("WISH_DELETE", {"wishId": entered["id"]})


def test_wish__viewer_and_version_1__hear_nothing(connect: Connect, world: World) -> None:
    author, viewer, old = connect(), connect(Role.VIEWER), connect(v2=False)
    before = month(old, world).keys()
    author.ack("SCHEDULE_PUBLISH", {"scheduleId": world.schedule_id})
    made(author, world, kind="cannot")
    author.ack("WISH_TERMS_UPDATE", {"scheduleId": world.schedule_id, "deadline": "2025-07-10", "limit": 3})
    author.ack("WISH_ANSWER", {"scheduleId": world.schedule_id, "state": "declined"})
    for client in (viewer, old):
        assert not [message["type"] for message in client.settled() if "WISH" in message["type"]]
    assert month(old, world).keys() == before
    assert not {"wishes", "wishTerms"} & month(viewer, world).keys()
    refused = viewer.request("WISH_CREATE", wish(world, 1))
    assert refused["payload"]["code"] == "forbidden"


def test_wishes__all_taken__are_one_step_and_undone_are_open_again(connect: Connect, world: World) -> None:
    author, other = connect(), connect()
    made(author, world, 0)
    made(author, world, 1, kind="cannot")
    made(author, world, 2, kind="prefer", shiftValue="△")
    made(author, world, 0, OTHER_DAY, kind="avoid", shiftValue="◇")
    answer = author.ack("WISH_ANSWER", {"scheduleId": world.schedule_id, "state": "taken"})["result"]
    assert answer["changed"] == 3
    assert {each["takenValue"] for each in answer["wishes"]} == {"★", "×", "△", ""}
    cells = other.expect("SHIFT_BULK_BROADCAST")["payload"]["changes"]
    assert sorted(cell["shiftValue"] for cell in cells) == sorted("★×△")
    assert len(other.expect("WISH_ANSWER")["payload"]["wishes"]) == 4
    author.ack("UNDO", {"scheduleId": world.schedule_id})
    assert month(other, world)["scheduleData"].get(world.staff_ids[0], {}).get(DAY, "") == ""
    again = author.ack("WISH_ANSWER", {"scheduleId": world.schedule_id, "state": "taken"})["result"]
    assert again["changed"] == 3, "what was taken back counts as open"


def test_wish__declined_with_a_word__is_answered_and_opens_when_it_changes(connect: Connect, world: World) -> None:
    author, other = connect(), connect()
    entered = made(author, world)
    said = {"scheduleId": world.schedule_id, "wishIds": [entered["id"]], "state": "declined", "answer": "人手不足"}
    (declined,) = author.ack("WISH_ANSWER", said)["result"]["wishes"]
    assert (declined["state"], declined["answer"]) == ("declined", "人手不足")
    assert other.expect("WISH_ANSWER")["payload"]["wishes"] == [declined]
    author.ack("WISH_ANSWER", {"scheduleId": world.schedule_id, "state": "taken"})
    assert month(other, world)["wishes"] == [declined], "all open ones, and this one is not"
    author.ack("WISH_UPDATE", {"wishId": entered["id"], "changes": {"kind": "cannot"}})
    (opened,) = month(other, world)["wishes"]
    assert (opened["state"], opened["answer"]) == ("open", "")


def test_wish__of_a_locked_cell__stays_open(connect: Connect, world: World) -> None:
    author = connect()
    cell = {"staffId": world.staff_ids[0], "dateKey": DAY}
    made(author, world)
    author.ack("SHIFT_LOCK", {"scheduleId": world.schedule_id, "cells": [cell]})
    result = author.ack("WISH_ANSWER", {"scheduleId": world.schedule_id, "state": "taken"})["result"]
    assert (result["changed"], result["wishes"]) == (0, [])
    assert [(each["staffId"], each["reason"]) for each in result["skipped"]] == [
        (world.staff_ids[0], "The cell is locked.")
    ]
    assert month(author, world)["wishes"][0]["state"] == "open"


def test_wish__cell_changed_by_another_since__is_refused(connect: Connect, world: World) -> None:
    author, other = connect(), connect()
    made(author, world)
    seen = made(author, world, 1)["revision"]
    other.ack("SHIFT_UPDATE", world.edit(0, "08-02", "○"))
    said = {"scheduleId": world.schedule_id, "state": "taken", "baseVersion": seen, "strategy": "first_writer_wins"}
    result = author.ack("WISH_ANSWER", said)["result"]
    assert (result["changed"], len(result["refused"])) == (1, 1)
    assert [each["staffId"] for each in result["wishes"]] == [world.staff_ids[1]]
    assert month(author, world)["scheduleData"][world.staff_ids[0]][DAY] == "○"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"dateKey": "2025-12-01"}, "dateKey"),
        ({"kind": "maybe"}, "kind"),
        ({"kind": "prefer"}, "shiftValue"),
        ({"kind": "avoid", "shiftValue": "?"}, "shiftValue"),
        ({"weight": 0}, "weight"),
        ({"weight": 11}, "weight"),
        ({"staffId": "nobody"}, "staffId"),
    ],
)
def test_wish__without_sense__is_refused_at_the_field(
    connect: Connect, world: World, fields: dict[str, Any], field: str
) -> None:
    error = connect().request("WISH_CREATE", {**wish(world), **fields})["payload"]
    assert error["code"] == "validation_error"
    assert set(error["details"]) == {field}


def test_wish__a_second_for_the_day__is_refused(connect: Connect, world: World) -> None:
    author = connect()
    made(author, world)
    assert set(author.request("WISH_CREATE", wish(world, kind="cannot"))["payload"]["details"]) == {"dateKey"}


def test_wish__its_shift_renamed__follows(connect: Connect, world: World) -> None:
    author, other = connect(), connect()
    made(author, world, kind="prefer", shiftValue="△")
    author.ack("WISH_ANSWER", {"scheduleId": world.schedule_id, "state": "taken"})
    author.send("CALENDAR_SYNC_REQUEST")
    types = author.expect("CALENDAR_SYNC_RESPONSE")["payload"]["shiftTypes"]
    (early,) = [each["id"] for each in types if each["symbol"] == "△"]
    author.ack("SHIFT_TYPE_UPDATE", {"shiftTypeId": early, "changes": {"symbol": "朝"}})
    state = month(other, world)
    assert [(each["shiftValue"], each["takenValue"]) for each in state["wishes"]] == [("朝", "朝")]
    assert state["scheduleData"][world.staff_ids[0]][DAY] == "朝"


def test_wish__its_shift_deleted__needs_a_successor(connect: Connect, world: World) -> None:
    author = connect()
    fields = {"symbol": "昼", "kind": "normal"}
    lunch = author.ack("SHIFT_TYPE_CREATE", fields)["result"]["shiftType"]["id"]
    made(author, world, kind="prefer", shiftValue="昼")
    refused = author.request("SHIFT_TYPE_DELETE", {"shiftTypeId": lunch})["payload"]
    assert refused["details"]["usedBy"]["wishes"] == [{"count": 1}]
    author.ack("SHIFT_TYPE_DELETE", {"shiftTypeId": lunch, "successor": "△"})
    assert [each["shiftValue"] for each in month(author, world)["wishes"]] == ["△"]


def test_wish_terms__set__are_told_and_do_not_bind_managers(connect: Connect, world: World) -> None:
    author, other = connect(), connect()
    terms = {"deadline": "2025-07-10", "limit": 0}
    author.ack("WISH_TERMS_UPDATE", {"scheduleId": world.schedule_id, **terms})
    assert other.expect("WISH_TERMS_UPDATE")["payload"] == {"scheduleId": world.schedule_id, **terms}
    assert month(other, world)["wishTerms"] == terms
    assert made(author, world)["state"] == "open"
    author.ack("WISH_TERMS_UPDATE", {"scheduleId": world.schedule_id, "limit": None})
    assert month(other, world)["wishTerms"] == {"deadline": "2025-07-10", "limit": None}
