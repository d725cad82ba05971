"""/api/schedules/ and its cells."""

from shiftsync.core.actor import Role
from tests.integration.rest.conftest import AsRole, Rest
from tests.support.world import World


def cells(world: World) -> str:
    return f"schedules/{world.schedule_id}/cells/"


def cell(world: World, staff: int = 0, day: str = "08-01") -> str:
    return f"{cells(world)}{world.staff_ids[staff]}/2025-{day}/"


def test_list__of_schedules__with_their_periods(manager: Rest, world: World) -> None:
    (schedule,) = manager.get("schedules/")
    assert schedule == manager.get(f"schedules/{world.schedule_id}/")
    assert (schedule["startDate"], schedule["periodIndex"], schedule["state"]) == ("2025-07-21", 0, "draft")


def test_bulk__patch__merges(manager: Rest, world: World) -> None:
    manager.patch(cells(world), {"scheduleData": world.grid({0: {"08-01": "×"}})})
    ack = manager.patch(cells(world), {"scheduleData": world.grid({0: {"08-02": "△"}, 1: {"08-01": "★"}})})
    assert ack["result"] == {"changed": 2}
    grid = manager.get(cells(world))
    assert grid["scheduleData"] == world.grid({0: {"08-01": "×", "08-02": "△"}, 1: {"08-01": "★"}})


def test_bulk__put__clears_what_is_left_out(manager: Rest, world: World) -> None:
    manager.patch(cells(world), {"scheduleData": world.grid({0: {"08-01": "×"}})})
    manager.put(cells(world), {"scheduleData": world.grid({1: {"08-01": "★"}})})
    assert manager.get(cells(world))["scheduleData"] == world.grid({1: {"08-01": "★"}})


def test_bulk__one_bad_cell__nothing_written(manager: Rest, world: World) -> None:
    before = world.position
    data = world.grid({0: {"08-01": "×", "09-01": "×"}})
    error = manager.refused("patch", cells(world), {"scheduleData": data}, status=400)
    assert "2025-09-01" in str(error["details"]["scheduleData"])
    assert "scheduleData" in manager.refused("patch", cells(world), {"scheduleData": [1]}, status=400)["details"]
    assert world.position == before


def test_cell__put__set_and_cleared(manager: Rest, world: World) -> None:
    assert manager.put(cell(world), {"shiftValue": "×"})["result"] == {"shiftValue": "×"}
    manager.put(cell(world), {"shiftValue": ""})
    assert manager.get(cells(world))["scheduleData"] == {}


def test_cell__same_key_as_by_bulk__refused_and_as_by_cell__repeated(manager: Rest, world: World) -> None:
    key = "0d4a1f10-9a58-4e4e-9a5d-0d9d7a3a3c11"
    first = manager.put(cell(world), {"shiftValue": "×"}, Idempotency_Key=key)
    manager.put(cell(world), {"shiftValue": "△"})
    assert manager.put(cell(world), {"shiftValue": "×"}, Idempotency_Key=key) == first
    error = manager.refused("put", cell(world), {"shiftValue": "★"}, status=400, Idempotency_Key=key)
    assert "Idempotency-Key" in error["details"]
    assert manager.get(cells(world))["scheduleData"] == world.grid({0: {"08-01": "△"}})


def test_cell__out_of_the_period_or_no_person__named(manager: Rest, world: World, nowhere: str) -> None:
    value = {"shiftValue": "×"}
    assert "dateKey" in manager.refused("put", cell(world, day="09-01"), value, status=400)["details"]
    nobody = f"{cells(world)}{nowhere}/2025-08-01/"
    assert "staffId" in manager.refused("put", nobody, value, status=400)["details"]
    assert "shiftValue" in manager.refused("put", cell(world), {"shiftValue": "x" * 21}, status=400)["details"]
    assert "shiftValue" in manager.refused("put", cell(world), {}, status=400)["details"]


def test_lock__locked_cell__refuses_until_unlocked(manager: Rest, world: World) -> None:
    body = {"cells": [{"staffId": world.staff_ids[0], "dateKey": "2025-08-01"}]}
    schedule = f"schedules/{world.schedule_id}"
    assert manager.post(f"{schedule}/lock/", body)["result"] == {"changed": 1}
    assert manager.get(cells(world))["lockedCells"] == body["cells"]
    error = manager.refused("put", cell(world), {"shiftValue": "×"}, status=423)
    assert (error["code"], error["details"]) == ("version_locked", body)
    manager.post(f"{schedule}/unlock/", body)
    manager.put(cell(world), {"shiftValue": "×"})


def test_publish__viewer__sees_the_published_copy_only(manager: Rest, viewer: Rest, world: World) -> None:
    manager.put(cell(world), {"shiftValue": "×"})
    assert viewer.get(cells(world))["scheduleData"] == {}
    published = manager.post(f"schedules/{world.schedule_id}/publish/")["result"]
    assert (published["state"], len(published["diff"])) == ("published", 1)
    manager.put(cell(world), {"shiftValue": "△"})
    assert viewer.get(cells(world))["scheduleData"] == world.grid({0: {"08-01": "×"}})
    assert manager.post(f"schedules/{world.schedule_id}/unpublish/")["result"]["state"] == "draft"
    assert viewer.get(cells(world))["scheduleData"] == {}


def test_published__before_and_after__the_copy_and_not_the_draft(manager: Rest, world: World) -> None:
    path = f"schedules/{world.schedule_id}/published/"
    manager.put(cell(world), {"shiftValue": "×"})
    assert manager.get(path) == {"publishedAt": None, "scheduleData": {}}
    at = manager.post(f"schedules/{world.schedule_id}/publish/")["result"]["publishedAt"]
    manager.put(cell(world), {"shiftValue": "△"})
    assert manager.get(path) == {"publishedAt": at, "scheduleData": world.grid({0: {"08-01": "×"}})}


def test_undo__own_change__taken_back_and_done_again(manager: Rest, world: World) -> None:
    manager.put(cell(world), {"shiftValue": "×"}, X_Client_Id="tab")
    schedule = f"schedules/{world.schedule_id}"
    assert manager.post(f"{schedule}/undo/", X_Client_Id="tab")["result"]["changed"] == 1
    assert manager.get(cells(world))["scheduleData"] == {}
    manager.post(f"{schedule}/redo/", X_Client_Id="tab")
    assert manager.get(cells(world))["scheduleData"] == world.grid({0: {"08-01": "×"}})
    manager.refused("post", f"{schedule}/undo/", {}, status=404, X_Client_Id="another-tab")


def test_undo__changed_by_another_since__conflict_with_the_cells(manager: Rest, owner: Rest, world: World) -> None:
    manager.put(cell(world), {"shiftValue": "×"}, X_Client_Id="tab")
    owner.put(cell(world), {"shiftValue": "△"})
    schedule = f"schedules/{world.schedule_id}"
    error = manager.refused("post", f"{schedule}/undo/", {}, status=409, X_Client_Id="tab")
    assert error["details"]["cells"][0]["shiftValue"] == "△"
    assert "skipped" in manager.post(f"{schedule}/undo/", {"skip": True}, X_Client_Id="tab")["result"]


def test_cell__user_choice__409_with_items(manager: Rest, owner: Rest, world: World) -> None:
    seen = world.position.version
    owner.put(cell(world), {"shiftValue": "△"})
    body = {"shiftValue": "×", "baseVersion": seen, "strategy": "user_choice"}
    error = manager.refused("put", cell(world), body, status=409)
    (item,) = error["details"]["items"]
    assert (item["yours"], item["theirs"], item["dateKey"]) == ("×", "△", "2025-08-01")
    assert error["details"]["currentVersion"] == world.position.version


def test_history__of_a_cell__who_when_from_to(manager: Rest, owner: Rest, world: World) -> None:
    manager.put(cell(world), {"shiftValue": "×", "reason": "asked for"})
    owner.put(cell(world), {"shiftValue": "△"})
    page = manager.get(f"{cell(world)}history/")
    assert [(entry["previousValue"], entry["value"], entry["changedBy"]) for entry in page["changes"]] == [
        ("×", "△", world.users[Role.OWNER].username),
        ("", "×", world.users[Role.MANAGER].username),
    ]
    assert (page["changes"][1]["reason"], page["cursor"]) == ("asked for", None)


def test_history__page_by_page__every_entry_once(manager: Rest, world: World) -> None:
    for value in "×△◇★":
        manager.put(cell(world), {"shiftValue": value})
    first = manager.get(f"{cell(world)}history/?limit=3")
    rest = manager.get(f"{cell(world)}history/?limit=3&cursor={first['cursor']}")
    assert [entry["value"] for entry in [*first["changes"], *rest["changes"]]] == list("★◇△×")
    assert [entry["previousValue"] for entry in first["changes"]] == list("◇△×")
    assert rest["cursor"] is None


def test_history__restore__as_it_was_before_that_entry(manager: Rest, world: World) -> None:
    for value in "×△◇":
        manager.put(cell(world), {"shiftValue": value})
    entry = manager.get(f"{cell(world)}history/")["changes"][1]
    ack = manager.post(f"{cell(world)}history/{entry['version']}/restore/", {"reason": "after all"})
    assert ack["result"] == {"shiftValue": "×"}
    newest = manager.get(f"{cell(world)}history/")["changes"][0]
    assert (newest["previousValue"], newest["value"], newest["reason"]) == ("◇", "×", "after all")
    manager.refused("post", f"{cell(world)}history/1/restore/", {}, status=404)


def test_history__viewer__forbidden(as_role: AsRole, world: World) -> None:
    viewer = as_role(Role.VIEWER)
    viewer.refused("get", f"{cell(world)}history/", status=403)
    viewer.refused("post", f"{cell(world)}history/1/restore/", {}, status=403)
    viewer.refused("put", cell(world), {"shiftValue": "×"}, status=403)
    viewer.refused("patch", cells(world), {"scheduleData": {}}, status=403)
    viewer.refused("post", f"schedules/{world.schedule_id}/publish/", {}, status=403)
