"""Wishes that the staff enter themselves: theirs alone to see and to change, within the terms of the month."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from schedules.services.calendar import PeriodCreate, period_create
from schedules.services.wishes import WishCreate, wish_create
from shiftsync.core.actor import Role
from shiftsync.core.clock import local_today
from shiftsync.core.errors import Forbidden
from shiftsync.realtime.stream.requests import ChangeRequest
from shiftsync.tenants.services import membership_grant, membership_link
from staff.services import StaffDelete, StaffUpdate, staff_delete, staff_update
from tests.conftest import Connect
from tests.support.client import Client
from tests.support.world import World

Month = tuple[str, list[str]]


def link(world: World, role: Role, place: int | None) -> None:
    staff_id = None if place is None else UUID(world.staff_ids[place])
    membership_link(world.actor(), user_id=world.users[role].id, staff_id=staff_id)


@pytest.fixture
def ahead(world: World) -> Month:
    """A month that lies ahead: its schedule and its days. Two members are somebody on it: the staff member 田中, the viewer 佐藤."""
    for _ in range(2):
        period = period_create(ChangeRequest(world.system, PeriodCreate())).result["period"]
    first, last = date.fromisoformat(period["startDate"]), date.fromisoformat(period["endDate"])
    for role, place in ((Role.STAFF, 0), (Role.VIEWER, 1)):
        link(world, role, place)
    return period["scheduleId"], [str(first + timedelta(days)) for days in range((last - first).days + 1)]


def wish(world: World, ahead: Month, person: int = 0, day: int = 3, **fields: Any) -> dict[str, Any]:
    where = {"scheduleId": ahead[0], "staffId": world.staff_ids[person], "dateKey": ahead[1][day]}
    return {**where, "kind": "off", **fields}


def made(client: Client, world: World, ahead: Month, person: int = 0, day: int = 3, **fields: Any) -> dict[str, Any]:
    entered: dict[str, Any] = client.ack("WISH_CREATE", wish(world, ahead, person, day, **fields))["result"]["wish"]
    return entered


def month(client: Client, ahead: Month) -> dict[str, Any]:
    client.send("SHIFT_SYNC_REQUEST", {"scheduleId": ahead[0]})
    payload: dict[str, Any] = client.expect("SHIFT_SYNC_RESPONSE")["payload"]
    return payload


def code_of(answer: dict[str, Any]) -> str:
    code: str = answer["payload"]["code"]
    return code


def told(client: Client) -> list[str]:
    return [message["type"] for message in client.settled() if "WISH" in message["type"]]


def test_own_wish__entered_changed_and_withdrawn__seen_by_managers_and_by_nobody_else(
    connect: Connect, world: World, ahead: Month
) -> None:
    staff, other, manager, old = connect(Role.STAFF), connect(Role.VIEWER), connect(), connect(v2=False)
    entered = made(staff, world, ahead, note="子どもの行事")
    assert (entered["isOwn"], entered["state"], entered["weight"]) == (True, "open", 3)
    assert staff.expect("WISH_CREATE")["payload"] == manager.expect("WISH_CREATE")["payload"] == entered
    assert month(staff, ahead)["wishes"] == [entered]
    changed = staff.ack("WISH_UPDATE", {"wishId": entered["id"], "changes": {"kind": "prefer", "shiftValue": "△"}})
    assert staff.expect("WISH_UPDATE")["payload"] == manager.expect("WISH_UPDATE")["payload"]
    assert changed["result"]["wish"]["shiftValue"] == "△"
    staff.ack("WISH_DELETE", {"wishId": entered["id"]})
    assert staff.expect("WISH_DELETE")["payload"]["wishId"] == entered["id"]
    assert manager.expect("WISH_DELETE")["payload"]["staffId"] == world.staff_ids[0]
    assert month(staff, ahead)["wishes"] == []
    staff.ack("WISH_DELETE", {"wishId": entered["id"]})
    assert told(other) == told(old) == []


def test_own_wish__answered__told_to_each_of_theirs_alone(connect: Connect, world: World, ahead: Month) -> None:
    staff, other, manager = connect(Role.STAFF), connect(Role.VIEWER), connect()
    mine, theirs = made(staff, world, ahead), made(other, world, ahead, 1)
    third = made(manager, world, ahead, 2)
    said = {"scheduleId": ahead[0], "state": "declined", "answer": "人手不足"}
    assert len(manager.ack("WISH_ANSWER", said)["result"]["wishes"]) == 3
    for client, id in ((staff, mine["id"]), (other, theirs["id"])):
        (answered,) = client.expect("WISH_ANSWER")["payload"]["wishes"]
        assert (answered["id"], answered["state"], answered["answer"]) == (id, "declined", "人手不足")
        assert month(client, ahead)["wishes"] == [answered]
    assert third["id"] not in str(staff.received) + str(other.received)


def test_own_wish__of_somebody_else__refused_and_not_shown(connect: Connect, world: World, ahead: Month) -> None:
    staff, manager = connect(Role.STAFF), connect()
    theirs = made(manager, world, ahead, 1)
    assert code_of(staff.request("WISH_CREATE", wish(world, ahead, 1, 4))) == "forbidden"
    assert code_of(staff.request("WISH_CREATE", wish(world, ahead, 1, id=theirs["id"]))) == "forbidden"
    assert code_of(staff.request("WISH_CREATE", wish(world, ahead, 0, id=theirs["id"]))) == "forbidden"
    unknown = staff.request("WISH_DELETE", {"wishId": str(uuid4())})["payload"]
    for refused in (
        staff.request("WISH_DELETE", {"wishId": theirs["id"]}),
        staff.request("WISH_UPDATE", {"wishId": theirs["id"], "changes": {"kind": "cannot"}}),
    ):
        assert refused["payload"]["message"] == unknown["message"] == "No such wish."
    assert code_of(staff.request("WISH_ANSWER", {"scheduleId": ahead[0], "state": "taken"})) == "forbidden"
    assert code_of(staff.request("WISH_TERMS_UPDATE", {"scheduleId": ahead[0], "limit": 9})) == "forbidden"
    assert month(staff, ahead)["wishes"] == [] == told(staff)
    assert month(manager, ahead)["wishes"] == [theirs]


def test_own_wish__entered_by_a_manager__theirs_to_change_all_the_same(
    connect: Connect, world: World, ahead: Month
) -> None:
    staff, manager = connect(Role.STAFF), connect()
    entered = made(manager, world, ahead)
    assert staff.expect("WISH_CREATE")["payload"] == entered
    answer = staff.ack("WISH_UPDATE", {"wishId": entered["id"], "changes": {"kind": "cannot"}})
    assert (answer["result"]["wish"]["kind"], answer["result"]["wish"]["isOwn"]) == ("cannot", False)


def test_own_wish__who_is_nobody_on_the_schedule__refused_before_it_is_read(
    connect: Connect, world: World, ahead: Month
) -> None:
    link(world, Role.STAFF, None)
    nobody = connect(Role.STAFF)
    for payload in (wish(world, ahead), {}, {"kind": 3}):
        assert code_of(nobody.request("WISH_CREATE", payload)) == "forbidden"
    assert not {"wishes", "wishTerms", "wishShifts"} & month(nobody, ahead).keys()


def test_own_wish__deadline_is_over__refused_but_for_managers(connect: Connect, world: World, ahead: Month) -> None:
    staff, manager = connect(Role.STAFF), connect()
    entered = made(staff, world, ahead)
    over = local_today(world.restaurant.timezone) - timedelta(days=2)
    manager.ack("WISH_TERMS_UPDATE", {"scheduleId": ahead[0], "deadline": str(over)})
    assert staff.expect("WISH_TERMS_UPDATE")["payload"]["deadline"] == str(over)
    assert month(staff, ahead)["wishTerms"] == {"deadline": str(over), "limit": None}
    for type, payload in (
        ("WISH_CREATE", wish(world, ahead, 0, 4)),
        ("WISH_UPDATE", {"wishId": entered["id"], "changes": {"kind": "cannot"}}),
        ("WISH_DELETE", {"wishId": entered["id"]}),
    ):
        refused = staff.request(type, payload)["payload"]
        assert refused["details"] == {"dateKey": [f"Wishes for this period could be entered until {over}."]}
    made(manager, world, ahead, 0, 4)
    manager.ack("WISH_DELETE", {"wishId": entered["id"]})
    manager.ack("WISH_TERMS_UPDATE", {"scheduleId": ahead[0], "deadline": str(over + timedelta(days=9))})
    made(staff, world, ahead)


def test_own_wish__more_than_the_limit__refused_until_one_is_withdrawn(
    connect: Connect, world: World, ahead: Month
) -> None:
    staff, owner = connect(Role.STAFF), connect(Role.OWNER)
    owner.ack("RESTAURANT_UPDATE", {"changes": {"wishLimit": 1}})
    assert staff.expect("RESTAURANT_UPDATE")["payload"]["wishLimit"] == 1
    first = made(staff, world, ahead)
    refused = staff.request("WISH_CREATE", wish(world, ahead, 0, 4))["payload"]
    assert refused["details"] == {"dateKey": ["The number of wishes for this period is limited to 1."]}
    owner.ack("WISH_TERMS_UPDATE", {"scheduleId": ahead[0], "limit": 2})
    made(staff, world, ahead, 0, 4)
    assert "dateKey" in staff.request("WISH_CREATE", wish(world, ahead, 0, 5))["payload"]["details"]
    made(owner, world, ahead, 0, 6)
    staff.ack("WISH_DELETE", {"wishId": first["id"]})
    assert "dateKey" in staff.request("WISH_CREATE", wish(world, ahead, 0, 5))["payload"]["details"], (
        "a manager's counts"
    )
    owner.ack("WISH_TERMS_UPDATE", {"scheduleId": ahead[0], "limit": None})
    owner.ack("RESTAURANT_UPDATE", {"changes": {"wishLimit": None}})
    made(staff, world, ahead, 0, 5)


def test_own_wish__for_a_closed_day__is_taken_and_counts_from_when_the_day_is_open(
    connect: Connect, world: World, ahead: Month
) -> None:
    staff, manager = connect(Role.STAFF), connect()
    manager.ack("WISH_TERMS_UPDATE", {"scheduleId": ahead[0], "limit": 1})
    made(staff, world, ahead, 0, 3)
    refused = staff.request("WISH_CREATE", wish(world, ahead, 0, 4))["payload"]
    assert refused["details"] == {"dateKey": ["The number of wishes for this period is limited to 1."]}
    manager.ack("CALENDAR_UPDATE", {"date": ahead[1][4], "kind": "closed"})
    made(staff, world, ahead, 0, 4)
    assert "dateKey" in staff.request("WISH_CREATE", wish(world, ahead, 0, 5))["payload"]["details"]
    manager.ack("CALENDAR_UPDATE", {"date": ahead[1][3], "kind": "closed"})
    made(staff, world, ahead, 0, 5)
    manager.ack("CALENDAR_UPDATE", {"date": ahead[1][3], "kind": None})
    assert "dateKey" in staff.request("WISH_CREATE", wish(world, ahead, 0, 6))["payload"]["details"], "open: it counts"
    assert len(month(staff, ahead)["wishes"]) == 3, "nothing that was entered is lost"
    weekday = date.fromisoformat(ahead[1][6]).isoweekday() % 7
    rule = {"repeats": "weekly", "daysOfWeek": [weekday], "validFrom": ahead[1][0]}
    manager.ack("CLOSING_RULE_CREATE", rule)
    made(staff, world, ahead, 0, 6)


def test_own_wish__for_a_day_that_is_over_or_with_a_weight__refused(
    connect: Connect, world: World, ahead: Month
) -> None:
    staff = connect(Role.STAFF)
    past = {"scheduleId": world.schedule_id, "staffId": world.staff_ids[0], "dateKey": "2025-08-02", "kind": "off"}
    assert staff.request("WISH_CREATE", past)["payload"]["details"] == {"dateKey": ["This day is over."]}
    assert set(staff.request("WISH_CREATE", wish(world, ahead, weight=10))["payload"]["details"]) == {"weight"}
    entered = made(staff, world, ahead)
    changes = {"wishId": entered["id"], "changes": {"weight": 10}}
    assert set(staff.request("WISH_UPDATE", changes)["payload"]["details"]) == {"weight"}


def test_own_wish__for_a_day_after_their_last__refused__and_what_was_entered_before_is_not_taken(
    connect: Connect, world: World, ahead: Month
) -> None:
    """It was written into the cell of somebody who is not employed then."""
    client, manager = connect(Role.STAFF), connect(Role.MANAGER)
    early, late = (made(client, world, ahead, day=day) for day in (3, 10))
    last = date.fromisoformat(ahead[1][6])
    left = {"end_period": {"year": last.year, "month": last.month, "day": last.day}}
    staff_update(ChangeRequest(world.system, StaffUpdate(world.staff_ids[0], left)))
    answer = client.request("WISH_CREATE", wish(world, ahead, day=11))
    assert answer["payload"]["details"]["dateKey"] == ["This person is not employed on this day."]
    result = manager.ack("WISH_ANSWER", {"scheduleId": ahead[0], "state": "taken"})["result"]
    assert [each["id"] for each in result["wishes"]] == [early["id"]]
    assert [each["dateKey"] for each in result["skipped"]] == [late["dateKey"]]


def test_own_wish__the_same_request_again__is_one_wish(connect: Connect, world: World, ahead: Month) -> None:
    staff, request_id = connect(Role.STAFF), str(uuid4())
    payload = wish(world, ahead, id=str(uuid4()))
    first = staff.request("WISH_CREATE", payload, request_id)["payload"]["result"]
    assert staff.request("WISH_CREATE", payload, request_id)["payload"]["result"] == first
    assert staff.ack("WISH_CREATE", payload)["result"] == first
    assert month(staff, ahead)["wishes"] == [first["wish"]]


def test_own_wish__shifts_that_it_can_name__are_those_that_hold_now(
    connect: Connect, world: World, ahead: Month
) -> None:
    staff, manager = connect(Role.STAFF), connect()
    manager.ack("SHIFT_TYPE_CREATE", {"symbol": "夜", "kind": "late"})
    symbols = {each["symbol"] for each in month(staff, ahead)["wishShifts"]}
    assert {"△", "◇", "夜"} <= symbols
    assert not {"×", "★"} & symbols
    made(staff, world, ahead, kind="prefer", shiftValue="夜")


def test_resume__of_a_staff_member__replays_their_own_wishes_alone(
    connect: Connect, world: World, ahead: Month
) -> None:
    staff, manager = connect(Role.STAFF), connect()
    epoch, version = world.position.epoch, world.position.version
    staff.close()
    made(manager, world, ahead, 1)
    mine = made(manager, world, ahead)
    manager.ack("WISH_ANSWER", {"scheduleId": ahead[0], "state": "declined"})
    again = connect(Role.STAFF, since=f"{epoch}:{version}")
    again.expect("RESUMED")
    wishes = [message for message in again.received if "WISH" in message["type"]]
    assert [message["type"] for message in wishes] == ["WISH_CREATE", "WISH_ANSWER"]
    assert wishes[0]["payload"] == mine
    assert [each["id"] for each in wishes[1]["payload"]["wishes"]] == [mine["id"]]


def test_link__changed_while_connected__asks_anew_and_hears_as_somebody_else(
    connect: Connect, world: World, ahead: Month
) -> None:
    staff, manager = connect(Role.STAFF), connect()
    link(world, Role.VIEWER, None)
    link(world, Role.STAFF, 1)
    assert staff.expect("ROLE_CHANGED")["payload"] == {"role": "staff", "sight": f"staff:{world.staff_ids[1]}"}
    made(manager, world, ahead, 0)
    theirs = made(manager, world, ahead, 1)
    assert staff.expect("WISH_CREATE")["payload"] == theirs
    assert code_of(staff.request("WISH_CREATE", wish(world, ahead, 0, 5))) == "forbidden"
    staff_delete(ChangeRequest(world.system, StaffDelete(world.staff_ids[1])))
    assert code_of(staff.request("WISH_CREATE", wish(world, ahead, 1, 5))) == "forbidden"


def test_wish__by_a_manager_who_is_none_any_more__judged_as_what_they_are_now(world: World, ahead: Month) -> None:
    """The role counts that is read under the lock, not the one that the adapter saw."""
    actor = world.actor(Role.MANAGER)
    intent = WishCreate(ahead[0], world.staff_ids[0], date.fromisoformat(ahead[1][3]), {"kind": "off"})
    membership_grant(world.system, user=world.users[Role.MANAGER], role=Role.STAFF)
    with pytest.raises(Forbidden):
        wish_create(ChangeRequest(actor, intent))
