"""The messages about cells: single edits, bulk edits, locks, publishing."""

from typing import Any
from uuid import uuid4

import pytest

from schedules.models import Shift
from shiftsync.core.actor import Role
from tests.conftest import Connect
from tests.support.world import World


def stored(world: World) -> dict[tuple[str, str], str]:
    """The filled cells, as the database has them."""
    rows = Shift.objects.filter(restaurant=world.restaurant).exclude(value="")
    return {(str(row.staff_id), str(row.date)): row.value for row in rows}


def test_shift_update__two_clients__both_get_the_same_broadcast(connect: Connect, world: World) -> None:
    author, other = connect(), connect(v2=False)
    ack = author.ack("SHIFT_UPDATE", world.edit(0, "08-01", "×"))
    mine, theirs = author.expect("SHIFT_BROADCAST"), other.expect("SHIFT_BROADCAST")
    assert mine == theirs
    assert mine["version"] == ack["version"]
    assert mine["payload"] | {"timestamp": None} == {
        **world.edit(0, "08-01", "×"),
        "periodIndex": 0,
        "timestamp": None,
    }


@pytest.mark.parametrize("value", ["○", "△", "◇", "×", "★", "●", "研修 10時", "x" * 20, " "])
def test_shift_update__any_symbol_or_short_text__is_kept_as_typed(connect: Connect, world: World, value: str) -> None:
    client = connect()
    client.ack("SHIFT_UPDATE", world.edit(0, "07-21", value))
    assert client.expect("SHIFT_BROADCAST")["payload"]["shiftValue"] == value
    client.ack("SHIFT_UPDATE", world.edit(0, "07-21", ""))
    assert stored(world) == {}


def test_shift_update__equal_value__takes_no_version(connect: Connect, world: World) -> None:
    client = connect()
    first = client.ack("SHIFT_UPDATE", world.edit(0, "08-01", "×"))
    again = client.ack("SHIFT_UPDATE", world.edit(0, "08-01", "×"))
    assert again["version"] == first["version"]
    assert Shift.history.filter(restaurant_id=world.id).count() == 1


def test_shift_update__many_at_once__in_order_and_each_acknowledged(connect: Connect, world: World) -> None:
    author, other = connect(), connect()
    ids = [str(uuid4()) for _ in range(120)]
    for number, request_id in enumerate(ids):
        day = f"08-{number % 20 + 1:02}"
        author.send("SHIFT_UPDATE", world.edit(number % 3, day, f"v{number}"), requestId=request_id)
    acks = [author.expect("ACK") for _ in ids]
    assert [ack["requestId"] for ack in acks] == ids
    versions = [other.expect("SHIFT_BROADCAST")["version"] for _ in ids]
    assert versions == [ack["version"] for ack in acks] == list(range(versions[0], versions[0] + len(ids)))
    assert Shift.history.filter(restaurant_id=world.id).count() == 120


def test_shift_update__viewer__forbidden_and_nothing_written(connect: Connect, world: World) -> None:
    viewer, editor = connect(Role.VIEWER), connect()
    answer = viewer.request("SHIFT_UPDATE", world.edit(0, "08-01", "×"))
    assert (answer["type"], answer["payload"]["code"]) == ("ERROR", "forbidden")
    assert editor.settled() == []
    assert stored(world) == {}


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"dateKey": "2025-08-21"}, "validation_error", "dateKey"),
        ({"dateKey": "2025-07-20"}, "validation_error", "dateKey"),
        ({"dateKey": "2025-02-30"}, "validation_error", "dateKey"),
        ({"dateKey": "1 August"}, "validation_error", "dateKey"),
        ({"dateKey": None}, "validation_error", "dateKey"),
        ({"shiftValue": "x" * 21}, "validation_error", "shiftValue"),
        ({"shiftValue": {"no": "text"}}, "validation_error", "shiftValue"),
        ({"staffId": str(uuid4())}, "validation_error", "staffId"),
        ({"staffId": "no-uuid"}, "validation_error", "staffId"),
        ({"scheduleId": str(uuid4())}, "not_found", "scheduleId"),
        ({"scheduleId": "no-uuid"}, "not_found", "scheduleId"),
        ({"baseVersion": "old"}, "validation_error", "baseVersion"),
        ({"strategy": "mine"}, "validation_error", "strategy"),
    ],
)
def test_shift_update__bad_field__is_named_and_nothing_written(
    connect: Connect, world: World, change: dict[str, Any], code: str, field: str
) -> None:
    client, other = connect(), connect()
    error = client.request("SHIFT_UPDATE", {**world.edit(0, "08-01", "×"), **change})["payload"]
    assert error["code"] == code
    assert field in error["details"]
    assert other.settled() == []
    assert stored(world) == {}


def test_sync__texts_of_every_kind__come_as_typed_in_the_order_of_days(connect: Connect, world: World) -> None:
    client, older = connect(), connect(v2=False)
    row = {"07-25": "早番 '10時", "08-01": '"', "08-02": "\\u0041\\", "08-03": "💤", "08-04": "{}"}
    for day in reversed(row):
        client.ack("SHIFT_UPDATE", world.edit(1, day, row[day]))
    client.ack(
        "SHIFT_LOCK", {"scheduleId": world.schedule_id, "cells": [cell(world, 1, "08-03"), cell(world, 1, "07-25")]}
    )
    client.send("SHIFT_SYNC_REQUEST", {"scheduleId": world.schedule_id})
    answer = client.expect("SHIFT_SYNC_RESPONSE")["payload"]
    assert answer["scheduleData"] == world.grid({1: row})
    assert list(answer["scheduleData"][world.staff_ids[1]]) == [f"2025-{day}" for day in row]
    assert answer["lockedCells"] == [cell(world, 1, "07-25"), cell(world, 1, "08-03")]
    older.send("SHIFT_SYNC_REQUEST", {"scheduleId": world.schedule_id})
    dense = older.expect("SHIFT_SYNC_RESPONSE")["payload"]["scheduleData"]
    assert list(dense) == world.staff_ids
    assert {day: value for day, value in dense[world.staff_ids[1]].items() if value} == world.grid({1: row})[
        world.staff_ids[1]
    ]
    assert [len(each) for each in dense.values()] == [31, 31, 31]


def test_shift_sync__filled_schedule__sparse_for_version_2(connect: Connect, world: World) -> None:
    client = connect()
    client.ack("SHIFT_UPDATE", world.edit(0, "08-01", "×"))
    client.ack("SHIFT_LOCK", {"scheduleId": world.schedule_id, "cells": [cell(world, 1, "08-02")]})
    client.send("SHIFT_SYNC_REQUEST", {"scheduleId": world.schedule_id, "periodIndex": 0})
    answer = client.expect("SHIFT_SYNC_RESPONSE")
    assert answer["version"] == world.position.version
    assert answer["payload"] | {"timestamp": None} == {
        "scheduleId": world.schedule_id,
        "periodIndex": 0,
        "scheduleData": world.grid({0: {"08-01": "×"}}),
        "timestamp": None,
        "state": "draft",
        "lockedCells": [cell(world, 1, "08-02")],
        "jobs": [],
    }


@pytest.mark.parametrize("schedule_id", ["00000000-0000-4000-8000-000000000000", "no-uuid"])
def test_shift_sync__unknown_schedule__is_empty(connect: Connect, schedule_id: str) -> None:
    client = connect(v2=False)
    client.send("SHIFT_SYNC_REQUEST", {"scheduleId": schedule_id, "periodIndex": 3})
    payload = client.expect("SHIFT_SYNC_RESPONSE")["payload"]
    assert (payload["scheduleId"], payload["scheduleData"]) == (schedule_id, {})


def test_bulk__merge__keeps_what_is_left_out(connect: Connect, world: World) -> None:
    author, other = connect(), connect()
    author.ack("SHIFT_UPDATE", world.edit(0, "08-01", "×"))
    other.expect("SHIFT_BROADCAST")
    data = world.grid({0: {"08-02": "△"}, 1: {"08-01": "◇", "08-03": ""}})
    ack = author.ack("SHIFT_BULK_UPDATE", {"scheduleId": world.schedule_id, "scheduleData": data})
    assert ack["result"] == {"changed": 2}
    message = other.expect("SHIFT_BULK_BROADCAST")
    assert message["version"] == ack["version"]
    assert message["payload"]["changes"] == [
        {**cell(world, 0, "08-02"), "shiftValue": "△"},
        {**cell(world, 1, "08-01"), "shiftValue": "◇"},
    ]
    assert len(stored(world)) == 3


def test_bulk__replace__clears_what_is_left_out(connect: Connect, world: World) -> None:
    author, other = connect(), connect()
    author.ack("SHIFT_UPDATE", world.edit(0, "08-01", "×"))
    author.ack("SHIFT_UPDATE", world.edit(1, "08-01", "○"))
    author.ack(
        "SHIFT_BULK_UPDATE",
        {"scheduleId": world.schedule_id, "scheduleData": world.grid({0: {"08-01": "×"}}), "mode": "replace"},
    )
    assert other.expect("SHIFT_BULK_BROADCAST")["payload"]["changes"] == [{**cell(world, 1, "08-01"), "shiftValue": ""}]


def test_bulk__one_bad_cell__nothing_for_version_2(connect: Connect, world: World) -> None:
    client = connect()
    data = world.grid({0: {"08-01": "×", "09-01": "×"}})
    error = client.request("SHIFT_BULK_UPDATE", {"scheduleId": world.schedule_id, "scheduleData": data})["payload"]
    assert error["code"] == "validation_error"
    assert "2025-09-01" in error["message"]
    assert stored(world) == {}


@pytest.mark.parametrize(
    "data", [None, [], "x", {"id": []}, {"id": {"2025-08-01": 7}}, {"id": {"2025-08-01": "x" * 21}}]
)
def test_bulk__wrong_shape__is_named(connect: Connect, world: World, data: Any) -> None:
    client = connect()
    error = client.request("SHIFT_BULK_UPDATE", {"scheduleId": world.schedule_id, "scheduleData": data})["payload"]
    assert error["code"] == "validation_error"
    assert "scheduleData" in error["details"]


def cell(world: World, staff: int, day: str) -> dict[str, str]:
    """A cell as the wire names it."""
    return {"staffId": world.staff_ids[staff], "dateKey": f"2025-{day}"}


def test_lock__a_cell__refuses_edits_until_unlocked(connect: Connect, world: World) -> None:
    author, other = connect(), connect(v2=False)
    wanted = {"scheduleId": world.schedule_id, "cells": [cell(world, 0, "08-01")]}
    author.ack("SHIFT_LOCK", wanted)
    assert other.expect("SHIFT_LOCK")["payload"]["cells"] == wanted["cells"]
    assert author.ack("SHIFT_LOCK", wanted)["result"] == {"changed": 0}
    for type, payload in (
        ("SHIFT_UPDATE", world.edit(0, "08-01", "×")),
        ("SHIFT_BULK_UPDATE", {"scheduleId": world.schedule_id, "scheduleData": world.grid({0: {"08-01": "×"}})}),
    ):
        error = author.request(type, payload)["payload"]
        assert error["code"] == "version_locked"
        assert error["details"]["cells"] == wanted["cells"]
    author.ack("SHIFT_UNLOCK", wanted)
    assert other.expect("SHIFT_UNLOCK")["payload"]["cells"] == wanted["cells"]
    author.ack("SHIFT_UPDATE", world.edit(0, "08-01", "×"))


def test_lock__outside_the_period__names_the_cell(connect: Connect, world: World) -> None:
    client = connect()
    cells = [cell(world, 0, "08-01"), cell(world, 0, "09-01")]
    error = client.request("SHIFT_LOCK", {"scheduleId": world.schedule_id, "cells": cells})["payload"]
    assert error["details"] == {"cells": {"1": {"dateKey": ["Outside the schedule's period."]}}}


def test_publish__a_month__is_what_viewers_see_from_then_on(connect: Connect, world: World) -> None:
    editor, viewer = connect(), connect(Role.VIEWER)
    editor.ack("SHIFT_UPDATE", world.edit(0, "08-01", "×"))
    assert grid_of(viewer, world) == {}
    ack = editor.ack("SCHEDULE_PUBLISH", {"scheduleId": world.schedule_id})
    told = viewer.expect("SCHEDULE_PUBLISH")["payload"]
    assert told["state"] == ack["result"]["state"] == "published"
    assert told["publishedAt"] == ack["result"]["publishedAt"]
    assert told["diff"] == [{**cell(world, 0, "08-01"), "shiftValue": "×", "previousValue": ""}]
    editor.ack("SHIFT_UPDATE", world.edit(0, "08-01", "○"))
    assert viewer.settled() == []
    assert grid_of(viewer, world) == world.grid({0: {"08-01": "×"}})
    editor.ack("SCHEDULE_UNPUBLISH", {"scheduleId": world.schedule_id})
    assert viewer.expect("SCHEDULE_UNPUBLISH")["payload"]["state"] == "draft"
    assert grid_of(viewer, world) == {}


def test_publish__by_a_viewer__forbidden(connect: Connect, world: World) -> None:
    viewer = connect(Role.VIEWER)
    assert viewer.request("SCHEDULE_PUBLISH", {"scheduleId": world.schedule_id})["payload"]["code"] == "forbidden"


def grid_of(client: Any, world: World) -> Any:
    """The schedule as that client may see it."""
    client.send("SHIFT_SYNC_REQUEST", {"scheduleId": world.schedule_id})
    return client.expect("SHIFT_SYNC_RESPONSE")["payload"]["scheduleData"]
