"""Swaps over REST, in the admin, and what ends them by itself."""

from datetime import date, timedelta
from threading import Barrier, Thread
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from schedules.models import Swap
from schedules.services.calendar import PeriodCreate, period_create
from schedules.services.cells import CellsEdit, cells_edit
from schedules.services.publishing import SchedulePublish, schedule_publish
from schedules.services.swap_deciding import SwapDecide, swap_decide
from schedules.services.swap_watch import end_all
from schedules.services.swaps import SwapAnswer, SwapCreate, SwapWithdraw, swap_answer, swap_create, swap_withdraw
from shiftsync.core.actor import Role
from shiftsync.core.errors import ConflictError, DomainError
from shiftsync.core.fence import everywhere
from shiftsync.realtime.stream.requests import ChangeRequest
from shiftsync.tenants.services import membership_link
from staff.services import StaffDelete, staff_delete
from tests.integration.admin.conftest import Desk, at_desk, manager  # noqa: F401  # the admin's fixtures
from tests.integration.rest.conftest import AsRole
from tests.support.world import World

Made = dict[str, Any]


class Place:
    """A published month ahead: on its fourth day the first works early, the others are off."""

    def __init__(self, world: World) -> None:
        period = period_create(ChangeRequest(world.system, PeriodCreate())).result["period"]
        period = period_create(ChangeRequest(world.system, PeriodCreate())).result["period"]
        self.schedule_id: str = period["scheduleId"]
        self.day = date.fromisoformat(period["startDate"]) + timedelta(3)
        values = dict(zip(world.staff_ids, ("△", "×", "×"), strict=True))
        rests = {str(self.day + timedelta(days)): "×" for days in (-2, 2, 7, 12, 17, 22)}
        data = {staff_id: {**rests, str(self.day): value} for staff_id, value in values.items()}
        cells_edit(ChangeRequest(world.system, CellsEdit(self.schedule_id, data)))
        schedule_publish(ChangeRequest(world.system, SchedulePublish(self.schedule_id)))


@pytest.fixture
def place(world: World) -> Place:
    for role, person in ((Role.STAFF, 0), (Role.VIEWER, 1)):
        membership_link(world.actor(), user_id=world.users[role].id, staff_id=UUID(world.staff_ids[person]))
    return Place(world)


def offered(world: World, place: Place, **more: Any) -> str:
    intent = SwapCreate(place.schedule_id, world.staff_ids[0], place.day, **more)
    made: Made = swap_create(ChangeRequest(world.system, intent)).result["swap"]
    id: str = made["id"]
    return id


def stored(swap_id: str) -> Swap:
    with everywhere():
        return Swap.objects.get(id=swap_id)


def test_swaps__over_rest__offered_taken_and_approved(as_role: AsRole, world: World, place: Place) -> None:
    staff, taker, editor = as_role(Role.STAFF), as_role(Role.VIEWER), as_role()
    of_month = f"schedules/{place.schedule_id}/swaps/"
    position = taker.get("changes/")
    body = {"staffId": world.staff_ids[0], "dateKey": str(place.day), "note": "通院"}
    swap = staff.post(of_month, body, status=201)["result"]["swap"]
    assert staff.get(of_month) == taker.get(of_month) == taker.get("swaps/") == [swap]
    assert editor.get(f"swaps/{swap['id']}/")["candidates"] == world.staff_ids[1:]
    assert staff.get("swaps/?from=2099-01-01") == []
    taken = taker.post(f"swaps/{swap['id']}/answer/", {"accepts": True})["result"]["swap"]
    assert taken["state"] == "accepted"
    approved = editor.post(f"swaps/{swap['id']}/decide/", {"approves": True})["result"]["swap"]
    assert approved["state"] == taker.get(f"swaps/{swap['id']}/")["state"] == "approved"
    cells = taker.get(f"schedules/{place.schedule_id}/cells/")
    assert [cells["scheduleData"][id][str(place.day)] for id in world.staff_ids] == ["×", "△", "×"]
    since = f"{position['epoch']}:{position['version']}"
    kinds = [each["type"] for each in taker.get(f"changes/?since={since}")["changes"]]
    assert kinds == ["SWAP_CREATE", "SWAP_UPDATE", "SCHEDULE_PUBLISH", "SWAP_UPDATE"]
    gone = staff.refused("post", f"swaps/{swap['id']}/withdraw/", {}, status=409)
    assert gone["message"] == "This swap is over."


def test_swaps__withdrawn_and_declined(as_role: AsRole, world: World, place: Place) -> None:
    staff, editor = as_role(Role.STAFF), as_role()
    swap_id = offered(world, place)
    assert staff.post(f"swaps/{swap_id}/withdraw/")["result"]["swap"]["state"] == "withdrawn"
    assert staff.post(f"swaps/{swap_id}/withdraw/")["result"]["swap"]["state"] == "withdrawn"
    other = offered(world, place)
    refused = editor.refused("post", f"swaps/{other}/decide/", {"approves": True}, status=400)
    assert refused["details"] == {"swapId": ["The colleague has not agreed yet."]}
    said = editor.post(f"swaps/{other}/decide/", {"approves": False, "answer": "宴会"})["result"]["swap"]
    assert (said["state"], said["answer"]) == ("declined", "宴会")
    assert [each["state"] for each in staff.get("swaps/")] == ["withdrawn", "declined"]


def test_swaps__viewers_strangers_and_those_they_do_not_concern__have_none(
    as_role: AsRole, world: World, other_world: World, place: Place
) -> None:
    membership_link(world.actor(), user_id=world.users[Role.VIEWER].id, staff_id=None)
    swap_id = offered(world, place, other_id=world.staff_ids[2])
    viewer, stranger = as_role(Role.VIEWER), as_role(Role.OWNER, other_world)
    of_month = f"schedules/{place.schedule_id}/swaps/"
    for path in (of_month, f"swaps/{swap_id}/"):
        viewer.refused("get", path, status=403)
        stranger.refused("get", path, status=404)
    viewer.refused("get", "swaps/", status=403)
    assert stranger.get("swaps/") == []
    for step, body in (("answer", {"accepts": True}), ("withdraw", {}), ("decide", {"approves": True})):
        viewer.refused("post", f"swaps/{swap_id}/{step}/", body, status=403)
        stranger.refused("post", f"swaps/{swap_id}/{step}/", body, status=404)
    membership_link(world.actor(), user_id=world.users[Role.VIEWER].id, staff_id=UUID(world.staff_ids[1]))
    for method, path in (("get", ""), ("post", "answer/"), ("post", "withdraw/")):
        viewer.refused(method, f"swaps/{swap_id}/{path}", {"accepts": True} if path == "answer/" else None, status=404)
    viewer.refused("post", f"swaps/{swap_id}/decide/", {"approves": True}, status=403)
    as_role(Role.VIEWER).refused("post", of_month, {}, status=400)
    as_role(Role.VIEWER).refused("post", of_month, {"dateKey": 3}, status=400)


def test_swap__in_the_admin__decided_by_the_same_door(
    world: World,
    place: Place,
    manager: Desk,  # noqa: F811  # the fixture
) -> None:
    first, second = offered(world, place, other_id=world.staff_ids[1]), "schedules_swap_changelist"
    assert "notes" not in manager.form("schedules_swap_change", first)
    assert "The colleague has not agreed yet." in manager.act("approve", second, first)
    swap_answer(ChangeRequest(world.system, SwapAnswer(first, accepts=True)))
    manager.act("approve", second, first)
    assert stored(first).state == "approved"
    assert "This swap is over." in manager.act("decline", second, first)


def test_watch__day_over_or_somebody_gone__ends_and_keeps_the_others(world: World, place: Place) -> None:
    kept = offered(world, place, other_id=world.staff_ids[1])
    end_all()
    assert stored(kept).state == "open"
    staff_delete(ChangeRequest(world.system, StaffDelete(world.staff_ids[1])))
    end_all()
    assert (stored(kept).state, stored(kept).ended) == ("ended", "left")
    cells = {world.staff_ids[2]: {"2025-08-01": "×"}}
    cells_edit(ChangeRequest(world.system, CellsEdit(world.schedule_id, cells)))
    schedule_publish(ChangeRequest(world.system, SchedulePublish(world.schedule_id)))
    late = SwapCreate(world.schedule_id, world.staff_ids[0], date(2025, 8, 1), other_id=world.staff_ids[2])
    swap_id = swap_create(ChangeRequest(world.system, late)).result["swap"]["id"]
    end_all()
    assert stored(swap_id).ended == "past"


Race = list[str]


def at_once(*acts: Any) -> Race:
    """What becomes of each, all begun at the same moment: the state of the swap, or the refusal."""
    barrier, results = Barrier(len(acts)), [""] * len(acts)

    def run(place: int) -> None:
        barrier.wait()
        try:
            results[place] = acts[place]().result["swap"]["state"]
        except DomainError as error:
            results[place] = error.message
        finally:
            connection.close()

    threads = [Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.parametrize("again", range(3))
def test_offer__two_take_it_at_once__exactly_one_has_it(
    db_with_commits: None, world: World, place: Place, again: int
) -> None:
    swap_id = offered(world, place)

    def take(person: int) -> Any:
        intent = SwapAnswer(swap_id, accepts=True, other_id=world.staff_ids[person])
        return lambda: swap_answer(ChangeRequest(world.system, intent))

    results = at_once(take(1), take(2))
    assert sorted(results) == ["Somebody else has taken this shift.", "accepted"]
    winner = world.staff_ids[1 + results.index("accepted")]
    assert str(stored(swap_id).other_id) == winner


@pytest.mark.parametrize("again", range(3))
def test_approval__while_it_is_withdrawn__one_of_them_and_the_cells_say_which(
    db_with_commits: None, as_role: AsRole, world: World, place: Place, again: int
) -> None:
    swap_id = offered(world, place, other_id=world.staff_ids[1])
    swap_answer(ChangeRequest(world.system, SwapAnswer(swap_id, accepts=True)))
    approve = ChangeRequest(world.actor(), SwapDecide(swap_id, approves=True))
    withdraw = ChangeRequest(world.actor(Role.STAFF), SwapWithdraw(swap_id))
    results = at_once(lambda: swap_decide(approve), lambda: swap_withdraw(withdraw))
    state = stored(swap_id).state
    assert results == (
        ["approved", "This swap is over."] if state == "approved" else ["This swap is over.", "withdrawn"]
    )
    shown = as_role(Role.STAFF).get(f"schedules/{place.schedule_id}/cells/")["scheduleData"]
    assert shown[world.staff_ids[0]][str(place.day)] == ("×" if state == "approved" else "△")


def test_approval__after_the_cell_was_edited__conflicts_and_writes_nothing(world: World, place: Place) -> None:
    swap_id = offered(world, place, other_id=world.staff_ids[1])
    swap_answer(ChangeRequest(world.system, SwapAnswer(swap_id, accepts=True)))
    data = {world.staff_ids[1]: {str(place.day): "◇"}}
    cells_edit(ChangeRequest(world.actor(Role.OWNER), CellsEdit(place.schedule_id, data)))
    before = world.position.version
    with pytest.raises(ConflictError):
        swap_decide(ChangeRequest(world.actor(), SwapDecide(swap_id, approves=True, anyway=True)))
    assert world.position.version == before
