"""What version 1 clients need, each line as such a client sends it: without ``requestId`` and with its own habits."""

from uuid import uuid4

import pytest

from schedules.models import Shift
from shiftsync.realtime.models import Request
from staff.models import StaffMember
from staff.rules import type_of_status
from tests.conftest import Connect
from tests.support.client import Client
from tests.support.world import World

DAYS = 31


def sync(client: Client, world: World) -> dict[str, dict[str, str]]:
    """The schedule, as a version 1 client asks for it."""
    client.send("SHIFT_SYNC_REQUEST", {"scheduleId": world.schedule_id, "periodIndex": 0})
    data: dict[str, dict[str, str]] = client.expect("SHIFT_SYNC_RESPONSE")["payload"]["scheduleData"]
    return data


def test_schedule_data__any__is_dense(connect: Connect, world: World) -> None:
    client = connect(v2=False)
    client.send("STAFF_CREATE", {"name": "left", "endPeriod": {"year": 2025, "month": 6}})
    client.expect("STAFF_CREATE")
    client.send("SHIFT_UPDATE", world.edit(0, "08-01", "×"))
    client.expect("SHIFT_BROADCAST")
    data = sync(client, world)
    assert set(data) == set(world.staff_ids)
    assert {len(row) for row in data.values()} == {DAYS}
    assert data[world.staff_ids[0]]["2025-08-01"] == "×"
    assert data[world.staff_ids[0]]["2025-08-02"] == ""


def test_shift_update__without_request_id__has_its_broadcast_and_no_ack(connect: Connect, world: World) -> None:
    client = connect(v2=False)
    client.send("SHIFT_UPDATE", world.edit(0, "08-01", "×"), clientId="client_1724_x")
    broadcast = client.expect("SHIFT_BROADCAST")
    assert broadcast["clientId"] == "client_1724_x"
    assert "requestId" not in broadcast
    assert broadcast["payload"]["periodIndex"] == 0
    assert client.settled() == []


def test_shift_update__changing_nothing__gets_the_broadcast_back_alone(connect: Connect, world: World) -> None:
    client, other = connect(v2=False), connect(v2=False)
    client.send("SHIFT_UPDATE", world.edit(0, "08-01", "×"))
    first = client.expect("SHIFT_BROADCAST")
    other.expect("SHIFT_BROADCAST")
    client.send("SHIFT_UPDATE", world.edit(0, "08-01", "×"))
    again = client.expect("SHIFT_BROADCAST")
    assert again["payload"]["shiftValue"] == "×"
    assert again["version"] == first["version"]
    assert other.settled() == []


@pytest.mark.parametrize(
    ("change", "value"),
    [({"dateKey": "2025-12-24"}, ""), ({"shiftValue": "x" * 30}, "○"), ({"scheduleId": "gone"}, "")],
)
def test_shift_update__refused__is_followed_by_the_stored_value(
    connect: Connect, world: World, change: dict[str, str], value: str
) -> None:
    client = connect(v2=False)
    client.send("SHIFT_UPDATE", world.edit(0, "08-01", "○"))
    client.expect("SHIFT_BROADCAST")
    wanted = {**world.edit(0, "08-01", "×"), **change}
    client.send("SHIFT_UPDATE", wanted)
    error, correction = client.settled()
    assert error["type"] == "ERROR"
    assert correction["type"] == "SHIFT_BROADCAST"
    assert correction["payload"]["shiftValue"] == value
    assert correction["payload"]["staffId"] == wanted["staffId"]
    assert correction["payload"]["dateKey"] == wanted["dateKey"]


@pytest.mark.parametrize("missing", [{"staffId": None}, {"dateKey": None}, {"staffId": ""}, {"dateKey": 7}])
def test_shift_update__refused_without_a_cell__is_followed_by_nothing(
    connect: Connect, world: World, missing: dict[str, object]
) -> None:
    client, other = connect(v2=False), connect(v2=False)
    client.send("SHIFT_UPDATE", {**world.edit(0, "08-01", "×"), **missing})
    client.send(
        "SHIFT_UPDATE", {key: value for key, value in world.edit(0, "08-01", "×").items() if key not in missing}
    )
    assert [message["type"] for message in client.settled()] == ["ERROR", "ERROR"]
    assert other.settled() == []


@pytest.mark.parametrize("key", ["2025-08-01T15:00:00.000Z", "Fri Aug 01 2025 00:00:00 GMT+0900 (Japan Standard Time)"])
def test_shift_update__day_that_cannot_be_read__is_taken_back_where_the_screen_filed_it(
    connect: Connect, world: World, key: str
) -> None:
    client = connect(v2=False)
    client.send("SHIFT_UPDATE", {**world.edit(0, "08-01", "×"), "dateKey": key})
    error, correction = client.settled()
    assert list(error["payload"]["details"]) == ["dateKey"]
    assert correction["type"] == "SHIFT_BROADCAST"
    assert (correction["payload"]["dateKey"], correction["payload"]["shiftValue"]) == (key, "")


def test_cells__moments_and_nulls__are_the_days_and_blanks_that_they_mean(connect: Connect, world: World) -> None:
    client, editor = connect(v2=False), connect()
    sync(client, world)
    first, second = world.staff_ids[:2]
    client.send("SHIFT_UPDATE", {**world.edit(0, "08-01", "×"), "dateKey": "2025-08-01T00:00:00.000Z"})
    told = client.expect("SHIFT_BROADCAST")["payload"]
    assert (told["dateKey"], told["shiftValue"]) == ("2025-08-01", "×")
    data = {first: {"2025-08-02T00:00:00.000Z": "△", "2025-08-03": "◇"}, second: None}
    client.send("SHIFT_BULK_UPDATE", {"scheduleId": world.schedule_id, "scheduleData": data})
    assert [message["type"] for message in client.settled()] == ["SHIFT_SYNC_RESPONSE"]
    client.send("SHIFT_UPDATE", {**world.edit(0, "08-01", ""), "shiftValue": None})
    assert client.expect("SHIFT_BROADCAST")["payload"]["shiftValue"] == ""
    client.send("SHIFT_BULK_UPDATE", {"scheduleId": world.schedule_id, "scheduleData": {first: {"2025-08-03": None}}})
    client.settled()
    row = sync(client, world)[first]
    assert {day: value for day, value in row.items() if value} == {"2025-08-02": "△"}
    moment = {**world.edit(0, "08-01", "×"), "dateKey": "2025-08-01T00:00:00.000Z"}
    assert editor.request("SHIFT_UPDATE", moment)["payload"]["details"].keys() == {"dateKey"}


def test_shift_update__locked_cell__is_followed_by_the_stored_value(connect: Connect, world: World) -> None:
    client, editor = connect(v2=False), connect()
    editor.ack("SHIFT_UPDATE", world.edit(0, "08-01", "★"))
    cells = [{"staffId": world.staff_ids[0], "dateKey": "2025-08-01"}]
    editor.ack("SHIFT_LOCK", {"scheduleId": world.schedule_id, "cells": cells})
    client.settled()
    client.send("SHIFT_UPDATE", world.edit(0, "08-01", "×"))
    assert client.expect("ERROR")["payload"]["code"] == "version_locked"
    assert client.expect("SHIFT_BROADCAST")["payload"]["shiftValue"] == "★"


def test_bulk__any__is_told_as_the_whole_schedule(connect: Connect, world: World) -> None:
    author, other = connect(v2=False), connect(v2=False)
    sync(other, world)
    author.send(
        "SHIFT_BULK_UPDATE",
        {"scheduleId": world.schedule_id, "periodIndex": 0, "scheduleData": world.grid({0: {"08-01": "×"}})},
    )
    for client in (author, other):
        told = client.expect("SHIFT_SYNC_RESPONSE")
        assert told["payload"]["broadcast"] is True
        assert told["payload"]["scheduleData"][world.staff_ids[0]]["2025-08-01"] == "×"
        assert len(told["payload"]["scheduleData"][world.staff_ids[1]]) == DAYS
        assert told["version"] == world.position.version


def test_bulk__of_a_whole_stale_grid__colleagues_edits_stay_where_it_is_blank_in_neither(
    connect: Connect, world: World
) -> None:
    client, colleague = connect(v2=False), connect()
    colleague.ack("SHIFT_UPDATE", world.edit(1, "08-05", "◇"))
    client.send("SHIFT_BULK_UPDATE", {"scheduleId": world.schedule_id, "scheduleData": world.grid({0: {"08-01": "×"}})})
    client.expect("SHIFT_SYNC_RESPONSE")
    assert sync(client, world)[world.staff_ids[1]]["2025-08-05"] == "◇"


def test_bulk__changing_nothing__gets_the_schedule_back_alone(connect: Connect, world: World) -> None:
    client, other = connect(v2=False), connect(v2=False)
    before = world.position.version
    client.send("SHIFT_BULK_UPDATE", {"scheduleId": world.schedule_id, "scheduleData": world.grid({0: {"08-01": ""}})})
    assert client.expect("SHIFT_SYNC_RESPONSE")["payload"]["broadcast"] is True
    assert other.settled() == []
    assert world.position.version == before


def test_bulk__with_people_who_left_and_dates_outside__applies_the_rest_and_lists_them(
    connect: Connect, world: World
) -> None:
    client = connect(v2=False)
    gone = StaffMember.objects.create(restaurant=world.restaurant, name="gone", end_period={"year": 2025, "month": 1})
    data = world.grid({0: {"08-01": "×", "09-01": "×"}}) | {str(gone.id): {"2025-08-01": "×"}}
    client.send("SHIFT_BULK_UPDATE", {"scheduleId": world.schedule_id, "scheduleData": data})
    error = client.expect("ERROR")["payload"]
    assert error["code"] == "validation_error"
    skipped = {(cell["staffId"], cell["dateKey"], cell["field"]) for cell in error["details"]["scheduleData"]}
    assert skipped == {
        (world.staff_ids[0], "2025-09-01", "dateKey"),
        (str(gone.id), "2025-08-01", "staffId"),
    }
    assert client.expect("SHIFT_SYNC_RESPONSE")["payload"]["scheduleData"][world.staff_ids[0]]["2025-08-01"] == "×"
    assert Shift.objects.filter(restaurant=world.restaurant).count() == 1


def test_bulk__with_more_cells_than_anybody_could_mean__names_some_and_counts_all(
    connect: Connect, world: World
) -> None:
    client = connect(v2=False)
    strangers = {f"{number} {'x' * 600}": {"2025-08-01": "×"} for number in range(1200)}
    data = strangers | world.grid({0: {"08-01": "×"}})
    request_id = str(uuid4())
    bulk = {"scheduleId": world.schedule_id, "scheduleData": data}
    result = client.ack("SHIFT_BULK_UPDATE", bulk, request_id)["result"]
    assert (result["changed"], result["skippedCount"], len(result["skipped"])) == (1, 1200, 1000)
    assert client.expect("ERROR")["payload"]["message"] == "1,200 cells were left out."
    assert len(Request.objects.get(request_id=request_id).answer) < 250_000
    assert client.ack("SHIFT_BULK_UPDATE", bulk, request_id)["result"] == result


def test_bulk__refused__is_followed_by_the_whole_schedule(connect: Connect, world: World) -> None:
    client = connect(v2=False)
    client.send("SHIFT_BULK_UPDATE", {"scheduleId": world.schedule_id, "scheduleData": {"x": 7}})
    error, correction = client.settled()
    assert error["type"] == "ERROR"
    assert correction["type"] == "SHIFT_SYNC_RESPONSE"
    assert set(correction["payload"]["scheduleData"]) == set(world.staff_ids)


def test_shift_changes__after_a_sync__only_of_that_schedule(connect: Connect, world: World) -> None:
    client, unbound, author = connect(v2=False), connect(v2=False), connect()
    dates = {"startDate": "2025-08-21", "endDate": "2025-09-20"}
    other = author.ack("PERIOD_CREATE", dates)["result"]["period"]
    client.send("SHIFT_SYNC_REQUEST", {"scheduleId": world.schedule_id, "periodIndex": 0})
    client.expect("SHIFT_SYNC_RESPONSE")
    elsewhere = {**world.edit(0, "08-01", "×"), "scheduleId": other["scheduleId"], "dateKey": "2025-09-01"}
    author.ack("SHIFT_UPDATE", elsewhere)
    author.ack("SHIFT_UPDATE", world.edit(0, "08-01", "×"))
    shifts = [message for message in client.settled() if message["type"] == "SHIFT_BROADCAST"]
    assert [message["payload"]["scheduleId"] for message in shifts] == [world.schedule_id]
    heard = [message for message in unbound.settled() if message["type"] == "SHIFT_BROADCAST"]
    assert [message["payload"]["periodIndex"] for message in heard] == [1, 0]


def test_staff_create__with_a_period__comes_back_with_it(connect: Connect) -> None:
    client = connect(v2=False, period=4)
    client.send("STAFF_CREATE", {"name": "山田", "period": 3})
    assert client.expect("STAFF_CREATE")["payload"]["period"] == 3
    client.send("STAFF_CREATE", {"name": "川田"})
    assert client.expect("STAFF_CREATE")["payload"]["period"] == 4


@pytest.mark.parametrize(
    ("given", "type"),
    [
        ({"status": "社員"}, "regular"),
        ({"status": "派遣"}, "part-time"),
        ({"status": "パート"}, "part-time"),
        ({"status": "パート", "type": ""}, "part-time"),
        ({"status": "パート", "type": "regular"}, "regular"),
        ({"status": "契約"}, "regular"),
        ({"status": ""}, "regular"),
        ({}, "regular"),
    ],
)
def test_type_of_a_new_member__status_alone__says_it(given: dict[str, str], type: str) -> None:
    assert (given.get("type") or type_of_status(given.get("status", ""))) == type


def test_staff_create__status_without_type__has_the_type_that_they_mark_part_timers_by(connect: Connect) -> None:
    v1, v2 = connect(v2=False), connect()
    for name, status in (("a", "社員"), ("b", "パート")):
        v1.send("STAFF_CREATE", {"name": name, "status": status})
    types = [v1.expect("STAFF_CREATE")["payload"]["type"] for _ in range(2)]
    assert types == ["regular", "part-time"]
    assert v2.ack("STAFF_CREATE", {"name": "c", "status": "パート"})["result"]["staff"]["type"] == ""


def test_staff_name__with_spaces_around_it__is_kept_exactly(connect: Connect, world: World) -> None:
    client = connect(v2=False)
    for name in (" 山田 ", "\u3000田中　太郎\u3000", "a  b "):
        client.send("STAFF_CREATE", {"name": name})
        created = client.expect("STAFF_CREATE")["payload"]
        assert created["name"] == name
        client.send("STAFF_UPDATE", {"staffId": created["id"], "changes": {"name": f" {name}"}})
        assert client.expect("STAFF_UPDATE")["payload"]["changes"]["name"] == f" {name}"
    client.send("SYNC_REQUEST", {})
    assert "  山田 " in [member["name"] for member in client.expect("SYNC_RESPONSE")["payload"]["staff"]]
    for name in ("", "   ", "\u3000 "):
        client.send("STAFF_CREATE", {"name": name})
        assert "name" in client.expect("ERROR")["payload"]["details"]
        client.send("STAFF_UPDATE", {"staffId": world.staff_ids[0], "changes": {"name": name}})
        assert client.expect("ERROR")["payload"]["code"] == "validation_error"


def test_staff_create__after_a_snapshot__is_never_told_again(connect: Connect, world: World) -> None:
    author, client = connect(), connect(v2=False)
    for number in range(20):
        author.send("STAFF_CREATE", {"name": f"n{number}"})
    known: list[str] = []
    for _ in range(5):
        client.send("SYNC_REQUEST", {"period": 0})
    for message in [client.expect("SYNC_RESPONSE", "STAFF_CREATE") for _ in range(5)] + client.settled():
        if message["type"] == "SYNC_RESPONSE":
            known = [member["id"] for member in message["payload"]["staff"]]
        elif message["type"] == "STAFF_CREATE":
            known.append(message["payload"]["id"])
    author.settled()
    known += [message["payload"]["id"] for message in client.settled() if message["type"] == "STAFF_CREATE"]
    assert len(known) == len(set(known)) == 23


def test_undo__by_another__arrives_as_the_whole_schedule(connect: Connect, world: World) -> None:
    client, author = connect(v2=False), connect()
    author.ack("SHIFT_UPDATE", world.edit(0, "08-01", "×"))
    client.expect("SHIFT_BROADCAST")
    author.ack("UNDO", {"scheduleId": world.schedule_id})
    assert client.expect("SHIFT_SYNC_RESPONSE")["payload"]["scheduleData"][world.staff_ids[0]]["2025-08-01"] == ""


def test_several_bulks_at_once__whole_states_never_go_back(connect: Connect, world: World) -> None:
    client, author = connect(v2=False), connect()
    for number in range(12):
        data = world.grid({0: {"08-01": f"v{number}"}})
        author.send("SHIFT_BULK_UPDATE", {"scheduleId": world.schedule_id, "scheduleData": data})
    author.settled()
    last = client.wait_for(lambda message: message.get("version") == world.position.version)
    assert last["payload"]["scheduleData"][world.staff_ids[0]]["2025-08-01"] == "v11"
    told = [message for message in client.received if message["type"] == "SHIFT_SYNC_RESPONSE"]
    versions = [message["version"] for message in told]
    assert versions == sorted(set(versions))


def test_staff__emptied_months_and_another_order__mean_what_they_say(connect: Connect, world: World) -> None:
    client, new = connect(v2=False), connect()
    blank = {"year": "", "month": "", "day": ""}
    client.send("STAFF_CREATE", {"name": "x", "startPeriod": "", "endPeriod": blank, "order": 7, "period": ""})
    created = client.expect("STAFF_CREATE", "ERROR")["payload"]
    assert (created["startPeriod"], created["endPeriod"], created["staffOrder"]) == (None, None, 7)
    month = {"year": 2025, "month": 8, "day": ""}
    for changes, name, value in (
        ({"endPeriod": month}, "endPeriod", {"year": 2025, "month": 8}),
        ({"endPeriod": ""}, "endPeriod", None),
        ({"order": 2}, "staffOrder", 2),
        ({"order": "", "name": "y"}, "name", "y"),
    ):
        client.send("STAFF_UPDATE", {"staffId": created["id"], "changes": changes})
        assert client.expect("STAFF_UPDATE", "ERROR")["payload"]["changes"][name] == value
    client.send("STAFF_UPDATE", {"staffId": created["id"], "changes": {"startPeriod": {"year": 2025, "month": ""}}})
    assert "changes" in client.expect("ERROR")["payload"]["details"]
    refused = new.request("STAFF_UPDATE", {"staffId": created["id"], "changes": {"startPeriod": ""}})
    assert refused["payload"]["code"] == "validation_error"


def test_error__of_a_version_1_client__is_the_frame_that_it_was(connect: Connect) -> None:
    told = connect(v2=False).request("STAFF_CREATE", {"name": ""})
    assert told["type"] == "ERROR"
    assert list(told["payload"]) == ["code", "message", "error", "details"]
