"""``requestId``: once and only once, whoever sends it again; and the four conflict strategies over the wire."""

from typing import Any
from uuid import uuid4

import pytest

from schedules.models import Shift
from shiftsync.core.actor import Role
from shiftsync.tenants.models import ConflictStrategy
from shiftsync.tenants.services import membership_grant, restaurant_update
from tests.conftest import Connect
from tests.support.world import World


def test_repeat__by_another_connection__gets_the_same_ack_and_changes_nothing(connect: Connect, world: World) -> None:
    first, second = connect(client="one"), connect(client="two")
    request_id = str(uuid4())
    ack = first.ack("SHIFT_UPDATE", world.edit(0, "08-01", "×"), request_id)
    second.ack("SHIFT_UPDATE", world.edit(0, "08-01", "○"))
    version = world.position.version
    assert second.ack("SHIFT_UPDATE", world.edit(0, "08-01", "×"), request_id) == ack
    assert world.position.version == version
    assert Shift.objects.get().value == "○"


def test_repeat__with_another_content__is_refused(connect: Connect, world: World) -> None:
    client = connect()
    request_id = str(uuid4())
    client.ack("SHIFT_UPDATE", world.edit(0, "08-01", "×"), request_id)
    for type, payload in (
        ("SHIFT_UPDATE", world.edit(0, "08-01", "○")),
        ("STAFF_DELETE", {"staffId": world.staff_ids[0]}),
    ):
        error = client.request(type, payload, request_id)["payload"]
        assert error["code"] == "validation_error"
        assert "requestId" in error["details"]


def test_repeat__in_one_burst__is_applied_once(connect: Connect, world: World) -> None:
    client, other = connect(), connect()
    request_id = str(uuid4())
    for _ in range(10):
        client.send("SHIFT_UPDATE", world.edit(0, "08-01", "×"), requestId=request_id)
    acks = [client.expect("ACK") for _ in range(10)]
    assert len({ack["version"] for ack in acks}) == 1
    assert [message["type"] for message in other.settled()] == ["SHIFT_BROADCAST"]


def test_repeat__of_a_refusal__is_refused_the_same_however_late_it_comes(connect: Connect, world: World) -> None:
    client = connect()
    cells = {"scheduleId": world.schedule_id, "cells": [{"staffId": world.staff_ids[0], "dateKey": "2025-08-01"}]}
    single, bulk, lock = (str(uuid4()) for _ in range(3))
    edit = world.edit(0, "08-01", "×")
    whole = {"scheduleId": world.schedule_id, "scheduleData": {world.staff_ids[0]: {"2025-08-01": "×"}}}
    unknown = {"staffId": str(uuid4()), "changes": {"name": "誰"}}
    client.ack("SHIFT_LOCK", cells)
    first = client.request("SHIFT_UPDATE", edit, single)
    of_bulk = client.request("SHIFT_BULK_UPDATE", whole, bulk)
    of_staff = client.request("STAFF_UPDATE", unknown, lock)
    assert [answer["payload"]["code"] for answer in (first, of_bulk, of_staff)] == [
        "version_locked",
        "version_locked",
        "not_found",
    ]
    client.ack("SHIFT_UNLOCK", cells)
    assert connect().request("SHIFT_UPDATE", edit, single)["payload"] == first["payload"]
    assert client.request("SHIFT_BULK_UPDATE", whole, bulk)["payload"] == of_bulk["payload"]
    assert client.request("STAFF_UPDATE", unknown, lock)["payload"] == of_staff["payload"]
    assert not Shift.objects.exclude(value="").exists()
    assert client.request("SHIFT_UPDATE", edit, str(uuid4()))["type"] == "ACK"


@pytest.mark.parametrize("type", ["SHIFT_UPDATE", "STAFF_CREATE"])
def test_repeat__of_what_was_done_before_a_demotion__gets_its_ack(connect: Connect, world: World, type: str) -> None:
    """The connection may have broken before the answer came; an edit that is done is never called refused."""
    payload = {"SHIFT_UPDATE": world.edit(0, "08-01", "×"), "STAFF_CREATE": {"name": "誰"}}[type]
    request_id = str(uuid4())
    ack = connect().ack(type, payload, request_id)
    membership_grant(world.actor(Role.OWNER), user=world.users[Role.MANAGER], role=Role.VIEWER)
    demoted = connect()
    assert demoted.ack(type, payload, request_id) == ack
    assert demoted.request(type, payload, str(uuid4()))["payload"]["code"] == "forbidden"


def test_repeat__of_what_the_role_forbade__is_refused_after_a_promotion(connect: Connect, world: World) -> None:
    viewer = connect(Role.VIEWER)
    request_id = str(uuid4())
    first = viewer.request("SHIFT_UPDATE", world.edit(0, "08-01", "×"), request_id)
    assert first["payload"]["code"] == "forbidden"
    membership_grant(world.actor(Role.OWNER), user=world.users[Role.VIEWER], role=Role.MANAGER)
    promoted = connect(Role.VIEWER)
    assert promoted.request("SHIFT_UPDATE", world.edit(0, "08-01", "×"), request_id)["payload"] == first["payload"]


def test_error__without_a_readable_id__carries_the_number_of_its_frame(connect: Connect, world: World) -> None:
    client = connect()
    client.send("PING", {})
    client.send_text(
        '{"type":"SHIFT_UPDATE","requestId":"00000000-0000-4000-8000-000000000001","payload":{"x":"\\ud83d"}}'
    )
    client.send_text("[]")
    errors = [client.expect("ERROR") for _ in range(2)]
    assert [(error["payload"]["code"], error["frame"]) for error in errors] == [
        ("invalid_json", 2),
        ("invalid_message", 3),
    ]
    assert all("requestId" not in error for error in errors)
    assert "frame" not in client.request("SHIFT_UPDATE", {}, str(uuid4()))


@pytest.mark.parametrize("type", ["SHIFT_UPDATE", "STAFF_UPDATE"])
def test_base_version__above_the_restaurants__is_refused(connect: Connect, world: World, type: str) -> None:
    client = connect()
    above = world.position.version + 1
    changes = {"staffId": world.staff_ids[0], "changes": {"name": "新"}}
    payload = world.edit(0, "08-01", "×") if type == "SHIFT_UPDATE" else changes
    error = client.request(type, {**payload, "baseVersion": above}, str(uuid4()))
    assert error["payload"]["code"] == "validation_error"
    assert list(error["payload"]["details"]) == ["baseVersion"]
    assert client.request(type, {**payload, "baseVersion": above - 1}, str(uuid4()))["type"] == "ACK"


def test_request_that_changed_nothing__repeated_later__still_changes_nothing(connect: Connect, world: World) -> None:
    client = connect()
    request_id = str(uuid4())
    ack = client.ack("SHIFT_UPDATE", world.edit(0, "08-01", ""), request_id)
    client.ack("SHIFT_UPDATE", world.edit(0, "08-01", "○"))
    assert client.ack("SHIFT_UPDATE", world.edit(0, "08-01", ""), request_id) == ack
    assert Shift.objects.get().value == "○"


def test_ids__of_two_users__are_their_own(connect: Connect, world: World) -> None:
    manager, owner = connect(), connect(Role.OWNER)
    request_id = str(uuid4())
    manager.ack("SHIFT_UPDATE", world.edit(0, "08-01", "×"), request_id)
    assert owner.request("SHIFT_UPDATE", world.edit(1, "08-01", "×"), request_id)["type"] == "ACK"


# --- conflicts ---


def stale(connect: Connect, world: World, value: str = "○", **options: Any) -> dict[str, Any]:
    """What a client hears whose edit of a cell is based on a version before a colleague's ×."""
    mine, colleague = connect(), connect(Role.OWNER)
    base = world.position.version
    colleague.ack("SHIFT_UPDATE", world.edit(0, "08-01", "×"))
    return mine.request("SHIFT_UPDATE", {**world.edit(0, "08-01", value), "baseVersion": base, **options})


def item(world: World, message: dict[str, Any]) -> dict[str, Any]:
    """The one conflict that a message lists, without what varies."""
    payload = message["payload"]
    items = payload.get("items") or payload.get("details", {}).get("items") or payload["result"]["overwritten"]
    (listed,) = items
    found = dict(listed)
    assert found.pop("changedAt").endswith("Z")
    assert found.pop("entityId") == f"{world.schedule_id}/{world.staff_ids[0]}/2025-08-01"
    return found


def expected(world: World, **values: str) -> dict[str, Any]:
    """A conflict about that cell."""
    return {
        "entity": "shift",
        "field": "shiftValue",
        "base": "",
        "yours": "○",
        "theirs": "×",
        "theirAuthor": world.users[Role.OWNER].username,
        "scheduleId": world.schedule_id,
        "staffId": world.staff_ids[0],
        "dateKey": "2025-08-01",
        **values,
    }


def test_conflict__last_writer_wins__applied_and_listed(connect: Connect, world: World) -> None:
    answer = stale(connect, world)
    assert answer["type"] == "ACK"
    assert item(world, answer) == expected(world)
    assert Shift.objects.get().value == "○"


def test_conflict__first_writer_wins__refused_with_the_current_value(connect: Connect, world: World) -> None:
    answer = stale(connect, world, strategy="first_writer_wins")
    assert (answer["type"], answer["payload"]["code"]) == ("ERROR", "conflict")
    assert item(world, answer) == expected(world)
    assert Shift.objects.get().value == "×"


def test_conflict__merge_changes__later_writer_and_listed(connect: Connect, world: World) -> None:
    answer = stale(connect, world, strategy="merge_changes")
    assert answer["type"] == "ACK"
    assert item(world, answer) == expected(world)


def test_conflict__user_choice__told_and_answered_by_a_new_request(connect: Connect, world: World) -> None:
    restaurant_update(world.system, conflict_strategy=ConflictStrategy.USER_CHOICE)
    answer = stale(connect, world)
    assert answer["type"] == "CONFLICT"
    assert item(world, answer) == expected(world)
    current = answer["payload"]["currentVersion"]
    assert current == world.position.version
    again = connect().request("SHIFT_UPDATE", {**world.edit(0, "08-01", "○"), "baseVersion": current})
    assert again["type"] == "ACK"


def test_conflict__same_value__is_none(connect: Connect, world: World) -> None:
    answer = stale(connect, world, "×", strategy="first_writer_wins")
    assert answer["payload"]["result"] == {"shiftValue": "×"}


def test_conflict__own_change_since__is_none(connect: Connect, world: World) -> None:
    client = connect(client="mine")
    base = world.position.version
    client.ack("SHIFT_UPDATE", {**world.edit(0, "08-01", "×"), "baseVersion": base})
    wanted = {**world.edit(0, "08-01", "○"), "baseVersion": base, "strategy": "first_writer_wins"}
    assert client.request("SHIFT_UPDATE", wanted)["type"] == "ACK"


def test_conflict__another_window_of_the_same_user__is_one(connect: Connect, world: World) -> None:
    first, second = connect(client="one"), connect(client="two")
    base = world.position.version
    first.ack("SHIFT_UPDATE", world.edit(0, "08-01", "×"))
    wanted = {**world.edit(0, "08-01", "○"), "baseVersion": base, "strategy": "first_writer_wins"}
    assert second.request("SHIFT_UPDATE", wanted)["payload"]["code"] == "conflict"


def test_conflict__another_users_client_id__is_still_foreign(connect: Connect, world: World) -> None:
    owner, manager = connect(Role.OWNER, client="same"), connect(client="same")
    base = world.position.version
    owner.ack("SHIFT_UPDATE", world.edit(0, "08-01", "×"))
    wanted = {**world.edit(0, "08-01", "○"), "baseVersion": base, "strategy": "first_writer_wins"}
    assert manager.request("SHIFT_UPDATE", wanted)["payload"]["code"] == "conflict"


def test_conflict__bulk__judged_cell_by_cell(connect: Connect, world: World) -> None:
    mine, colleague = connect(), connect(Role.OWNER)
    base = world.position.version
    colleague.ack("SHIFT_UPDATE", world.edit(0, "08-01", "×"))
    data = world.grid({0: {"08-01": "○", "08-02": "○"}})
    bulk = {"scheduleId": world.schedule_id, "scheduleData": data, "baseVersion": base}
    choice = mine.request("SHIFT_BULK_UPDATE", {**bulk, "strategy": "user_choice"})
    assert choice["type"] == "CONFLICT"
    assert Shift.objects.count() == 1
    first = mine.ack("SHIFT_BULK_UPDATE", {**bulk, "strategy": "first_writer_wins"})
    assert first["result"]["changed"] == 1
    assert [entry["theirs"] for entry in first["result"]["refused"]] == ["×"]
    last = mine.ack("SHIFT_BULK_UPDATE", {**bulk, "strategy": "LastWriterWins"})
    assert [entry["theirs"] for entry in last["result"]["overwritten"]] == ["×"]
    assert set(Shift.objects.values_list("value", flat=True)) == {"○"}


@pytest.mark.parametrize("strategy", [strategy.value for strategy in ConflictStrategy])
def test_conflict__different_fields_of_one_person__both_stay(connect: Connect, world: World, strategy: str) -> None:
    mine, colleague = connect(), connect(Role.OWNER)
    base = world.position.version
    staff_id = world.staff_ids[0]
    colleague.ack("STAFF_UPDATE", {"staffId": staff_id, "changes": {"position": "店長"}})
    mine.ack(
        "STAFF_UPDATE",
        {"staffId": staff_id, "changes": {"name": "田中 太郎"}, "baseVersion": base, "strategy": strategy},
    )
    stored = mine.wait_for(lambda message: message.get("payload", {}).get("changes", {}).get("name") == "田中 太郎")
    assert stored["payload"]["changes"]["position"] == "店長"


def test_conflict__same_field_of_one_person__by_strategy(connect: Connect, world: World) -> None:
    mine, colleague = connect(), connect(Role.OWNER)
    base = world.position.version
    colleague.ack("STAFF_UPDATE", {"staffId": world.staff_ids[0], "changes": {"name": "A"}})
    wanted = {"staffId": world.staff_ids[0], "changes": {"name": "B"}, "baseVersion": base}
    refused = mine.request("STAFF_UPDATE", {**wanted, "strategy": "FirstWriterWins"})["payload"]
    (found,) = refused["details"]["items"]
    assert (found["entity"], found["entityId"]) == ("staff", world.staff_ids[0])
    assert (found["field"], found["base"], found["yours"], found["theirs"]) == ("name", "田中", "B", "A")
    assert mine.request("STAFF_UPDATE", {**wanted, "strategy": "user_choice"})["type"] == "CONFLICT"
    ack = mine.ack("STAFF_UPDATE", wanted)
    assert [entry["theirs"] for entry in ack["result"]["overwritten"]] == ["A"]
