"""The owner turns off, and on again, that staff see each other's shifts: what open sockets see of it, and swaps among those who see
nothing of each other."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from schedules.services.calendar import PeriodCreate, period_create
from schedules.services.cells import CellsEdit, cells_edit
from schedules.services.publishing import SchedulePublish, schedule_publish
from shiftsync.core.actor import Role
from shiftsync.realtime.stream.requests import ChangeRequest
from shiftsync.tenants.models import Restaurant
from shiftsync.tenants.services import membership_link
from tests.conftest import Connect
from tests.integration.access.unseen import (
    OWN,
    hide_colleagues,
    link_staff,
    publish_secrets,
    told_of_colleagues,
)
from tests.support.client import Client
from tests.support.world import World

OFF = {"changes": {"staffSeeColleagues": False}}
ON = {"changes": {"staffSeeColleagues": True}}


def month(client: Client, schedule_id: str) -> dict[str, Any]:
    client.send("SHIFT_SYNC_REQUEST", {"scheduleId": schedule_id})
    payload: dict[str, Any] = client.expect("SHIFT_SYNC_RESPONSE")["payload"]
    return payload


def code_and_fields(answer: dict[str, Any]) -> tuple[str, Any]:
    return answer["payload"]["code"], answer["payload"]["details"]


@pytest.fixture
def told_month(world: World) -> World:
    """A published month; the member of the role staff is 田中."""
    link_staff(world)
    publish_secrets(world)
    return world


def test_switch__turned_off_and_on__open_sockets_of_staff_follow_at_once(connect: Connect, told_month: World) -> None:
    world = told_month
    owner, staff, viewer, manager = connect(Role.OWNER), connect(Role.STAFF), connect(Role.VIEWER), connect()
    assert month(staff, world.schedule_id)["scheduleData"].keys() == set(world.staff_ids)
    owner.ack("RESTAURANT_UPDATE", OFF)
    told = staff.expect("ROLE_CHANGED", "RESTAURANT_UPDATE")
    assert told["payload"] == {"role": "staff", "sight": f"staff:own:{world.staff_ids[0]}"}
    assert staff.expect("RESTAURANT_UPDATE")["payload"]["staffSeeColleagues"] is False
    mine = month(staff, world.schedule_id)
    assert mine["scheduleData"].keys() == {world.staff_ids[0]}
    assert [each["name"] for each in mine["publication"]["colleagues"]] == ["佐藤", "鈴木"]
    publish_secrets(world, "二")
    assert told_of_colleagues(world, staff.expect("SCHEDULE_PUBLISH")) == []
    assert told_of_colleagues(world, viewer.expect("SCHEDULE_PUBLISH"))
    owner.ack("RESTAURANT_UPDATE", ON)
    assert staff.expect("ROLE_CHANGED")["payload"]["sight"] == f"staff:{world.staff_ids[0]}"
    everybody = month(staff, world.schedule_id)
    assert everybody["scheduleData"].keys() == set(world.staff_ids)
    assert "colleagues" not in everybody["publication"]
    publish_secrets(world, "三")
    assert told_of_colleagues(world, staff.expect("SCHEDULE_PUBLISH"))
    others = [each for client in (viewer, manager, owner) for each in client.received if each["type"] == "ROLE_CHANGED"]
    assert others == []
    assert [each.staff_see_colleagues for each in Restaurant.objects.get(id=world.id).history.all()[:2]] == [
        True,
        False,
    ]


def test_switch__turned_off_and_on__version_1_clients_of_staff_come_again(connect: Connect, told_month: World) -> None:
    viewer, manager = connect(Role.VIEWER, v2=False), connect(v2=False)
    for hidden in (True, False):
        staff = connect(Role.STAFF, v2=False)
        hide_colleagues(told_month, hidden=hidden)
        assert staff.close_code() == 1012
        shown = month(connect(Role.STAFF, v2=False), told_month.schedule_id)["scheduleData"]
        assert shown.keys() == set(told_month.staff_ids[: 1 if hidden else None])
    assert month(viewer, told_month.schedule_id)["scheduleData"].keys() == set(told_month.staff_ids)
    assert month(manager, told_month.schedule_id)["scheduleData"].keys() == set(told_month.staff_ids)


def test_switch__turned_off_while_away__the_replay_tells_nothing_of_colleagues(
    connect: Connect, told_month: World
) -> None:
    since = f"{told_month.position.epoch}:{told_month.position.version}"
    staff = connect(Role.STAFF)
    publish_secrets(told_month, "二")
    hide_colleagues(told_month)
    again = connect(Role.STAFF, since=since)
    again.expect("RESUMED")
    ack = next(each for each in again.received if each["type"] == "CONNECTION_ACK")["payload"]
    assert ack["sight"] == f"staff:own:{told_month.staff_ids[0]}"
    assert OWN in str(again.received)
    assert [each for each in again.received if told_of_colleagues(told_month, each)] == []
    staff.expect("ROLE_CHANGED")
    before = len(staff.received)
    staff.send("RESUME", {"since": since})
    staff.expect("RESUMED")
    assert [each for each in staff.received[before:] if told_of_colleagues(told_month, each)] == []


def test_switch__off_and_somebody_else_on_the_schedule__sees_what_is_theirs_then(
    connect: Connect, told_month: World
) -> None:
    hide_colleagues(told_month)
    staff = connect(Role.STAFF)
    link_staff(told_month, 1)
    assert staff.expect("ROLE_CHANGED")["payload"]["sight"] == f"staff:own:{told_month.staff_ids[1]}"
    assert month(staff, told_month.schedule_id)["scheduleData"].keys() == {told_month.staff_ids[1]}


def test_switch__by_a_manager_or_with_nonsense__refused(connect: Connect, world: World) -> None:
    manager, owner = connect(), connect(Role.OWNER)
    assert code_and_fields(manager.request("RESTAURANT_UPDATE", OFF))[0] == "forbidden"
    code, details = code_and_fields(owner.request("RESTAURANT_UPDATE", {"changes": {"staffSeeColleagues": "maybe"}}))
    assert code == "validation_error"
    assert "staffSeeColleagues" in str(details)
    assert Restaurant.objects.get(id=world.id).staff_see_colleagues


# --- presence ---


def test_presence__in_the_cells_of_colleagues__is_told_without_the_cell(connect: Connect, told_month: World) -> None:
    world = told_month
    hide_colleagues(world)
    staff, viewer, manager = connect(Role.STAFF), connect(Role.VIEWER), connect()
    mine, theirs = ({"staffId": world.staff_ids[place], "dateKey": "2025-08-02"} for place in (0, 1))
    for cell, seen in ((mine, mine), (theirs, None)):
        manager.send("PRESENCE_UPDATE", {"scheduleId": world.schedule_id, "cell": cell, "state": "editing"})
        assert place_told(viewer, "editing") == cell
        assert place_told(staff, "editing") == seen
        manager.send("PRESENCE_UPDATE", {"scheduleId": world.schedule_id, "cell": None, "state": "viewing"})
        assert place_told(viewer, "viewing") is place_told(staff, "viewing") is None
    manager.send("PRESENCE_UPDATE", {"scheduleId": world.schedule_id, "cell": theirs, "state": "editing"})
    assert place_told(viewer, "editing") == theirs
    rosters = [each for each in connect(Role.STAFF).received if each["type"] == "PRESENCE_STATE"]
    assert [cells_by_state(each)["editing"] for each in rosters] == [None]


def place_told(client: Client, state: str) -> Any:
    """The cell of whoever comes to be in that state."""
    return cells_by_state(client.wait_for(lambda each: state in cells_by_state(each)))[state]


def cells_by_state(message: dict[str, Any]) -> dict[str, Any]:
    """Where clients are of which a roster tells."""
    roster = message["payload"]["roster"] if message["type"] == "PRESENCE_STATE" else []
    return {each["state"]: each["cell"] for each in roster}


# --- swaps ---


class Ahead:
    """A published month that lies ahead; 佐藤 works on some days and not on others, which 田中 does not see."""

    def __init__(self, world: World) -> None:
        for _ in range(2):
            period = period_create(ChangeRequest(world.system, PeriodCreate())).result["period"]
        first, last = date.fromisoformat(period["startDate"]), date.fromisoformat(period["endDate"])
        self.world, self.schedule_id = world, str(period["scheduleId"])
        self.days = [str(first + timedelta(days)) for days in range((last - first).days + 1)]
        mine, theirs = world.staff_ids[:2]
        data = {mine: {self.days[6]: "×"}, theirs: {self.days[3]: "×"}}
        cells_edit(ChangeRequest(world.system, CellsEdit(self.schedule_id, data)))
        schedule_publish(ChangeRequest(world.system, SchedulePublish(self.schedule_id)))
        for role, place in ((Role.STAFF, 0), (Role.VIEWER, 1)):
            membership_link(world.actor(), user_id=world.users[role].id, staff_id=UUID(world.staff_ids[place]))
        hide_colleagues(world)

    def asking(self, day: int, other_day: int | None = None, other: int = 1) -> dict[str, Any]:
        """The payload by which 田中 asks a colleague."""
        returned = {} if other_day is None else {"otherDateKey": self.days[other_day]}
        ids = self.world.staff_ids
        where = {"scheduleId": self.schedule_id, "staffId": ids[0], "dateKey": self.days[day], "otherId": ids[other]}
        return {**where, **returned}


@pytest.fixture
def ahead(world: World) -> Ahead:
    return Ahead(world)


@pytest.mark.parametrize(("day", "other_day"), [(3, None), (4, None), (3, 6), (4, 6)])
def test_swap__asked_of_an_unseen_colleague__answer_is_the_same_whatever_they_do(
    connect: Connect, ahead: Ahead, day: int, other_day: int | None
) -> None:
    staff = connect(Role.STAFF)
    swap = staff.ack("SWAP_CREATE", ahead.asking(day, other_day))["result"]["swap"]
    assert (swap["state"], swap["cells"]) == ("open", [])


def test_swap__of_an_unseen_colleague__refused_to_them_when_they_cannot(connect: Connect, ahead: Ahead) -> None:
    staff, other = connect(Role.STAFF), connect(Role.VIEWER)
    busy = staff.ack("SWAP_CREATE", ahead.asking(4))["result"]["swap"]["id"]
    free = staff.ack("SWAP_CREATE", ahead.asking(3, 6))["result"]["swap"]["id"]
    refused = other.request("SWAP_ANSWER", {"swapId": busy, "accepts": True})
    assert code_and_fields(refused) == ("validation_error", {"otherId": ["They work on this day already."]})
    agreed = other.ack("SWAP_ANSWER", {"swapId": free, "accepts": True})["result"]["swap"]
    assert agreed["state"] == "accepted"
    told = staff.wait_for(lambda each: each["type"] == "SWAP_UPDATE" and each["payload"]["id"] == free)["payload"]
    assert {(each["staffId"], each["dateKey"]) for each in told["cells"]} == {
        (staff_id, ahead.days[day]) for staff_id in ahead.world.staff_ids[:2] for day in (3, 6)
    }


def test_swap__of_an_unseen_colleague__what_is_ones_own_is_judged_at_once(connect: Connect, ahead: Ahead) -> None:
    staff, ids = connect(Role.STAFF), ahead.world.staff_ids
    for payload, details in (
        (ahead.asking(3, 5), {"otherDateKey": ["You work on this day already."]}),
        (ahead.asking(3, other=0), {"otherId": ["Choose a colleague, not the same person."]}),
        ({**ahead.asking(3), "otherId": ahead.schedule_id}, {"otherId": ["No such staff member in this period."]}),
        ({**ahead.asking(3), "otherDateKey": "2025-08-01"}, {"otherDateKey": ["This day is over."]}),
        ({**ahead.asking(3), "staffId": ids[1]}, {}),
    ):
        assert staff.request("SWAP_CREATE", payload)["payload"]["details"] == details
