"""Wishes over REST and in the admin."""

from typing import Any
from uuid import UUID

import pytest

from schedules.models import Wish
from schedules.services.calendar import PeriodCreate, period_create
from shiftsync.core.actor import Role
from shiftsync.realtime.stream.requests import ChangeRequest
from shiftsync.tenants.services import membership_link
from tests.integration.admin.conftest import Desk, at_desk, manager  # noqa: F401  # the admin's fixtures
from tests.integration.rest.conftest import AsRole
from tests.support.world import World

Made = dict[str, Any]


@pytest.fixture
def wish(as_role: AsRole, world: World) -> Made:
    """Somebody wants a day off."""
    body = {"staffId": world.staff_ids[0], "dateKey": "2025-08-02", "kind": "off"}
    made: Made = as_role().post(f"schedules/{world.schedule_id}/wishes/", body, status=201)["result"]["wish"]
    return made


def test_wishes__over_rest__are_entered_changed_answered_and_withdrawn(
    as_role: AsRole, world: World, wish: Made
) -> None:
    client, of_month = as_role(), f"schedules/{world.schedule_id}/wishes/"
    assert client.get(of_month) == client.get("wishes/?from=2025-08-02&to=2025-08-02") == [wish]
    assert client.get("wishes/?from=2025-08-03") == client.get("wishes/?to=2025-08-01") == []
    assert client.get(f"schedules/{world.schedule_id}/cells/")["wishes"] == [wish]
    assert client.get(f"schedules/{world.schedule_id}/cells/?from=2025-08-03")["wishes"] == []
    changed = client.patch(f"wishes/{wish['id']}/", {"kind": "avoid", "shiftValue": "◇"})["result"]["wish"]
    assert (changed["kind"], changed["shiftValue"], changed["weight"]) == ("avoid", "◇", 3)
    assert client.get(f"wishes/{wish['id']}/") == changed
    said = {"state": "declined", "wishIds": [wish["id"]], "answer": "人手不足"}
    (declined,) = client.post(f"{of_month}answer/", said)["result"]["wishes"]
    assert (declined["state"], declined["answer"]) == ("declined", "人手不足")
    terms = client.patch(f"schedules/{world.schedule_id}/wish-terms/", {"deadline": "2025-07-10", "limit": 3})
    assert terms["result"]["wishTerms"] == {"deadline": "2025-07-10", "limit": 3}
    assert client.get(f"schedules/{world.schedule_id}/wish-terms/") == terms["result"]["wishTerms"]
    client.delete(f"wishes/{wish['id']}/")
    assert client.get(of_month) == []


def test_wishes__all_taken_over_rest__stand_in_the_cells(as_role: AsRole, world: World, wish: Made) -> None:
    client = as_role()
    result = client.post(f"schedules/{world.schedule_id}/wishes/answer/", {"state": "taken"})["result"]
    assert (result["changed"], result["wishes"][0]["takenValue"]) == (1, "★")
    cells = client.get(f"schedules/{world.schedule_id}/cells/")["scheduleData"]
    assert cells[world.staff_ids[0]]["2025-08-02"] == "★"


def test_wishes__viewers_and_strangers__have_none(
    as_role: AsRole, world: World, other_world: World, wish: Made
) -> None:
    viewer, stranger = as_role(Role.VIEWER), as_role(Role.OWNER, other_world)
    of_month = f"schedules/{world.schedule_id}/wishes/"
    for path in (of_month, f"wishes/{wish['id']}/"):
        viewer.refused("get", path, status=403)
        stranger.refused("get", path, status=404)
    viewer.refused("patch", f"wishes/{wish['id']}/", {"weight": 5}, status=403)
    viewer.refused("post", f"{of_month}answer/", {"state": "declined"}, status=403)
    stranger.refused("delete", f"wishes/{wish['id']}/", status=404)
    stranger.refused("post", f"{of_month}answer/", {"state": "declined"}, status=404)


def test_period__with_wishes__is_not_empty(as_role: AsRole, world: World, wish: Made) -> None:
    client = as_role()
    refused = client.refused("delete", f"periods/{world.period_id}/", status=409)
    assert refused["details"]["periodId"] == ["There are wishes for this period."]
    client.delete(f"wishes/{wish['id']}/")
    client.delete(f"periods/{world.period_id}/")


def test_wish__in_the_admin__by_the_same_door(
    world: World,
    wish: Made,
    manager: Desk,  # noqa: F811  # the fixture
) -> None:
    page = "schedules_wish_change"
    manager.send({**manager.form(page, wish["id"]), "weight": "7"}, page, wish["id"])
    made = Wish.objects.get(id=wish["id"])
    assert made.weight == 7
    assert "weight" in manager.refused({**manager.form(page, wish["id"]), "weight": "11"}, page, wish["id"])[0]
    manager.act("decline", "schedules_wish_changelist", made.pk)
    made.refresh_from_db()
    assert made.state == "declined"
    manager.act("withdraw", "schedules_wish_changelist", made.pk)
    made.refresh_from_db()
    assert not made.is_active


def test_wishes__of_who_is_on_the_schedule__theirs_and_no_other(as_role: AsRole, world: World, wish: Made) -> None:
    editor, staff = as_role(), as_role(Role.STAFF)
    membership_link(world.actor(), user_id=world.users[Role.STAFF].id, staff_id=UUID(world.staff_ids[1]))
    period = period_create(ChangeRequest(world.system, PeriodCreate())).result["period"]
    of_month, day = f"schedules/{period['scheduleId']}/wishes/", period["endDate"]
    position = staff.get("changes/")
    mine = staff.post(of_month, {"staffId": world.staff_ids[1], "dateKey": day, "kind": "off"}, status=201)
    entered = mine["result"]["wish"]
    other = editor.post(of_month, {"staffId": world.staff_ids[2], "dateKey": day, "kind": "off"}, status=201)
    theirs = f"wishes/{other['result']['wish']['id']}/"
    assert staff.get(of_month) == staff.get("wishes/") == [entered]
    assert len(editor.get("wishes/")) == 3
    assert staff.get(f"wishes/{entered['id']}/") == entered
    since = f"{position['epoch']}:{position['version']}"
    assert [each["payload"] for each in staff.get(f"changes/?since={since}")["changes"]] == [entered]
    assert len(editor.get(f"changes/?since={since}")["changes"]) == 2

    for method, body in (("get", None), ("patch", {"kind": "cannot"}), ("patch", {"kind": 3}), ("delete", None)):
        staff.refused(method, theirs, body, status=404)
    staff.refused("post", of_month, {"staffId": world.staff_ids[2], "dateKey": day, "kind": "off"}, status=403)
    staff.refused("post", f"{of_month}answer/", {"state": "taken"}, status=403)
    staff.refused("patch", f"schedules/{period['scheduleId']}/wish-terms/", {"limit": 3}, status=403)
    refused = staff.refused("patch", f"wishes/{entered['id']}/", {"weight": 10}, status=400)
    assert set(refused["details"]) == {"weight"}

    changed = staff.patch(f"wishes/{entered['id']}/", {"kind": "cannot"})["result"]["wish"]
    editor.patch(f"schedules/{period['scheduleId']}/wish-terms/", {"deadline": "2025-01-01"})
    assert "dateKey" in staff.refused("delete", f"wishes/{entered['id']}/", status=400)["details"]
    assert editor.get(f"wishes/{entered['id']}/") == changed
    editor.delete(f"wishes/{entered['id']}/")


def test_wishes__who_is_nobody_on_the_schedule__refused_whatever_they_send(as_role: AsRole, world: World) -> None:
    staff, of_month = as_role(Role.STAFF), f"schedules/{world.schedule_id}/wishes/"
    for body in ({}, {"kind": 3}, {"staffId": world.staff_ids[0], "dateKey": "2025-08-02", "kind": "off"}):
        staff.refused("post", of_month, body, status=403)
    staff.refused("get", of_month, status=403)
    staff.refused("get", "wishes/", status=403)


def test_wish_limit__of_the_restaurant__is_set_by_its_owner(as_role: AsRole, world: World) -> None:
    owner, path = as_role(Role.OWNER), f"restaurants/{world.id}/"
    assert owner.get(path)["wishLimit"] is None
    assert owner.patch(path, {"wishLimit": 3})["wishLimit"] == 3
    assert "wishLimit" in owner.refused("patch", path, {"wishLimit": 367}, status=400)["details"]
    assert owner.patch(path, {"wishLimit": None})["wishLimit"] is None
    as_role().refused("patch", path, {"wishLimit": 3}, status=403)


def test_wish_terms__of_somebody_on_the_schedule_and_of_nobody__read_and_refused(
    as_role: AsRole, world: World, other_world: World
) -> None:
    terms = f"schedules/{world.schedule_id}/wish-terms/"
    as_role().patch(terms, {"deadline": "2025-07-10"})
    membership_link(world.actor(), user_id=world.users[Role.STAFF].id, staff_id=UUID(world.staff_ids[0]))
    assert as_role(Role.STAFF).get(terms) == {"deadline": "2025-07-10", "limit": None}
    as_role(Role.VIEWER).get(terms, status=403)
    as_role(Role.OWNER, other_world).get(terms, status=404)


def test_wish_deadline__in_the_admin__stands_in_the_list_of_months_and_at_the_month(
    as_role: AsRole,
    world: World,
    manager: Desk,  # noqa: F811  # the fixture
) -> None:
    as_role().patch(f"schedules/{world.schedule_id}/wish-terms/", {"deadline": "2025-07-10"})
    for page in ("", f"{world.schedule_id}/change/"):
        shown = manager.client.get(f"/admin/schedules/schedule/{page}").content.decode()
        assert "July 10, 2025" in shown or "2025年7月10日" in shown
