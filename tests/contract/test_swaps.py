"""Swaps of shifts: offered, asked for, taken, decided, ended; and who hears of them."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from schedules.models import Swap
from schedules.selectors.schedules import period_of_schedule
from schedules.services.calendar import PeriodCreate, period_create
from schedules.services.cells import CellsEdit, cells_edit
from schedules.services.publishing import SchedulePublish, schedule_publish
from shiftsync.core.actor import Role
from shiftsync.core.fence import within
from shiftsync.realtime.stream.requests import ChangeRequest
from shiftsync.tenants.services import membership_link
from tests.conftest import Connect
from tests.support.client import Client
from tests.support.world import World

Swapped = dict[str, Any]
FIRST, SECOND, THIRD = range(3)
OFF = 8
"""How many days off 佐藤 has."""


class Month:
    """A published month that lies ahead: everybody works, but where it says otherwise."""

    def __init__(self, world: World) -> None:
        for _ in range(2):
            period = period_create(ChangeRequest(world.system, PeriodCreate())).result["period"]
        first, last = date.fromisoformat(period["startDate"]), date.fromisoformat(period["endDate"])
        self.world = world
        self.schedule_id: str = period["scheduleId"]
        self.days = [str(first + timedelta(days)) for days in range((last - first).days + 1)]

    def put(self, rows: dict[int, dict[int, str]]) -> None:
        """Values by the places of people and days."""
        ids, days = self.world.staff_ids, self.days
        data = {ids[person]: {days[day]: value for day, value in row.items()} for person, row in rows.items()}
        cells_edit(ChangeRequest(self.world.system, CellsEdit(self.schedule_id, data)))

    def publish(self) -> None:
        schedule_publish(ChangeRequest(self.world.system, SchedulePublish(self.schedule_id)))

    def offer(self, person: int = FIRST, day: int = 3, **more: Any) -> dict[str, Any]:
        """The payload that offers that shift."""
        where = {"scheduleId": self.schedule_id, "staffId": self.world.staff_ids[person], "dateKey": self.days[day]}
        return {**where, **more}

    def asking(self, day: int, other: int, other_day: int | None = None, **more: Any) -> dict[str, Any]:
        """The payload that asks a colleague."""
        returned: dict[str, Any] = {} if other_day is None else {"otherDateKey": self.days[other_day]}
        return self.offer(day=day, otherId=self.world.staff_ids[other], **returned, **more)

    def seen(self, client: Client) -> dict[str, Any]:
        client.send("SHIFT_SYNC_REQUEST", {"scheduleId": self.schedule_id})
        payload: dict[str, Any] = client.expect("SHIFT_SYNC_RESPONSE")["payload"]
        return payload

    def value(self, client: Client, person: int, day: int) -> str:
        row = self.seen(client)["scheduleData"].get(self.world.staff_ids[person], {})
        found: str = row.get(self.days[day], "")
        return found


def link(world: World, role: Role, place: int | None) -> None:
    staff_id = None if place is None else UUID(world.staff_ids[place])
    membership_link(world.actor(), user_id=world.users[role].id, staff_id=staff_id)


@pytest.fixture
def month(world: World) -> Month:
    """The staff member is 田中 (early on day 3), the viewer 佐藤 (off on days 3 and 4), 鈴木 is off on day 3. All have days off besides."""
    month = Month(world)
    month.put(dict.fromkeys((FIRST, SECOND, THIRD), dict.fromkeys((1, 7, 12, 17, 22, 27), "×")))
    month.put({FIRST: {3: "△", 5: "×"}, SECOND: {3: "×", 4: "×", 5: "◇"}, THIRD: {3: "×"}})
    month.publish()
    for role, place in ((Role.STAFF, FIRST), (Role.VIEWER, SECOND)):
        link(world, role, place)
    return month


def made(client: Client, payload: dict[str, Any]) -> Swapped:
    swap: Swapped = client.ack("SWAP_CREATE", payload)["result"]["swap"]
    return swap


def said(client: Client, swap: Swapped, accepts: bool, **more: Any) -> Swapped:
    found: Swapped = client.ack("SWAP_ANSWER", {"swapId": swap["id"], "accepts": accepts, **more})["result"]["swap"]
    return found


def decided(client: Client, swap: Swapped, approves: bool, **more: Any) -> Swapped:
    payload = {"swapId": swap["id"], "approves": approves, **more}
    found: Swapped = client.ack("SWAP_DECIDE", payload)["result"]["swap"]
    return found


def limit_days_off(owner: Client, world: World) -> str:
    """佐藤 may not have fewer days off than the month has. The rule's id."""
    whom = {"scope": "individual", "targetIds": [world.staff_ids[SECOND]]}
    limit = {"id": str(uuid4()), "name": "休み", "shiftType": "off", "minCount": OFF, "isHardConstraint": True, **whom}
    answer = owner.request("SETTINGS_CREATE_MONTHLY_LIMIT", {"limit": limit})
    assert answer["type"] != "ERROR", answer
    return str(limit["id"])


def refusal(answer: dict[str, Any]) -> tuple[str, str]:
    return answer["payload"]["code"], answer["payload"]["message"]


def told(client: Client) -> list[dict[str, Any]]:
    return [message["payload"] for message in client.settled() if message["type"].startswith("SWAP")]


def test_offer__taken_and_approved__is_in_the_plan_and_published_at_once(
    connect: Connect, world: World, month: Month
) -> None:
    staff, taker, manager = connect(Role.STAFF), connect(Role.VIEWER), connect()
    month.put({THIRD: {9: "△"}})
    offered = made(staff, month.offer(note="通院"))
    assert (offered["state"], offered["isOffer"], offered["shiftValue"]) == ("open", True, "△")
    assert manager.expect("SWAP_CREATE")["payload"]["candidates"] == [world.staff_ids[SECOND], world.staff_ids[THIRD]]
    assert taker.expect("SWAP_CREATE")["payload"] == offered == staff.expect("SWAP_CREATE")["payload"]
    assert month.seen(taker)["swaps"] == [offered]
    taken = said(taker, offered, True)
    assert (taken["state"], taken["otherId"]) == ("accepted", world.staff_ids[SECOND])
    assert staff.expect("SWAP_UPDATE")["payload"] == taken == taker.expect("SWAP_UPDATE")["payload"]
    assert month.value(staff, FIRST, 3) == "△"
    approved = decided(manager, taken, True, answer="了解")
    assert (approved["state"], approved["answer"], approved["breaks"]) == ("approved", "了解", [])
    for client in (staff, taker):
        cells = client.expect("SCHEDULE_PUBLISH")["payload"]["diff"]
        assert {(each["staffId"], each["shiftValue"]) for each in cells} == {
            (world.staff_ids[FIRST], "×"),
            (world.staff_ids[SECOND], "△"),
        }
        assert client.expect("SWAP_UPDATE")["payload"]["state"] == "approved"
        assert (month.value(client, FIRST, 3), month.value(client, SECOND, 3)) == ("×", "△")
        assert month.value(client, THIRD, 9) == "", "what else is planned is not published by it"
    written = manager.wait_for(lambda told: told["type"] == "SHIFT_BULK_BROADCAST" and "swapId" in told["payload"])[
        "payload"
    ]
    assert (written["swapId"], len(written["changes"])) == (offered["id"], 2)
    assert (month.value(manager, FIRST, 3), month.value(manager, THIRD, 9)) == ("×", "△")


def test_offer__who_could_not_take_it__hears_nothing(connect: Connect, world: World, month: Month) -> None:
    link(world, Role.VIEWER, None)
    staff, nobody, old = connect(Role.STAFF), connect(Role.VIEWER), connect(v2=False)
    offered = made(staff, month.offer())
    staff.ack("SWAP_WITHDRAW", {"swapId": offered["id"]})
    assert told(nobody) == told(old) == []
    assert "swaps" not in month.seen(nobody)
    for type, payload in (
        ("SWAP_CREATE", month.offer()),
        ("SWAP_CREATE", {}),
        ("SWAP_ANSWER", {"swapId": offered["id"], "accepts": True}),
        ("SWAP_WITHDRAW", {"swapId": offered["id"]}),
        ("SWAP_DECIDE", {"swapId": offered["id"], "approves": True}),
    ):
        assert refusal(nobody.request(type, payload))[0] == "forbidden"


def test_offer__taken__is_gone_for_the_others_who_do_not_learn_by_whom(
    connect: Connect, world: World, month: Month
) -> None:
    staff, other, manager = connect(Role.STAFF), connect(Role.VIEWER), connect()
    offered = made(staff, month.offer())
    said(manager, offered, True, otherId=world.staff_ids[THIRD])
    gone = told(other)[-1]
    assert (gone["state"], gone["otherId"], gone["cells"]) == ("accepted", None, [])
    assert "swaps" not in month.seen(other)
    assert refusal(other.request("SWAP_ANSWER", {"swapId": offered["id"], "accepts": True})) == (
        "conflict",
        "Somebody else has taken this shift.",
    )
    again = said(manager, offered, False, otherId=world.staff_ids[THIRD])
    assert (again["state"], again["otherId"]) == ("open", None)
    assert told(other)[-1]["state"] == "open"
    assert len(month.seen(other)["swaps"]) == 1


def test_asked__day_against_day__declined_or_agreed_and_written_on_both_days(
    connect: Connect, world: World, month: Month
) -> None:
    staff, other, manager = connect(Role.STAFF), connect(Role.VIEWER), connect()
    first = made(staff, month.asking(3, SECOND, 5))
    assert said(other, first, False, answer="先約があります")["answer"] == "先約があります"
    assert [each["state"] for each in told(staff)] == ["open", "declined"]
    second = made(staff, month.asking(3, SECOND, 5))
    said(other, second, True)
    said(other, second, True)
    assert decided(manager, second, True)["state"] == "approved"
    ids, days = world.staff_ids, month.days
    expected = {
        (ids[FIRST], days[3]): "×",
        (ids[SECOND], days[3]): "△",
        (ids[FIRST], days[5]): "◇",
        (ids[SECOND], days[5]): "×",
    }
    for client in (manager, staff):
        data = month.seen(client)["scheduleData"]
        assert {(id, day): data[id][day] for id, day in expected} == expected


def test_asked__same_day__exchanges_the_two_shifts(connect: Connect, world: World, month: Month) -> None:
    month.put({SECOND: {6: "◇"}})
    month.publish()
    staff, other, manager = connect(Role.STAFF), connect(Role.VIEWER), connect()
    swap = made(staff, month.asking(6, SECOND, 6))
    said(other, swap, True)
    decided(manager, swap, True)
    assert (month.value(staff, FIRST, 6), month.value(staff, SECOND, 6)) == ("◇", "")


CANNOT = [
    ({"day": 5}, "dateKey: There is no shift to give away on this day."),
    ({"day": 4, "other": FIRST}, "otherId: Choose a colleague, not the same person."),
    ({"day": 6, "other": SECOND}, "otherId: They work on this day already."),
    ({"day": 3, "other": SECOND, "other_day": 4}, "otherDateKey: The colleague has no shift on this day."),
    ({"day": 3, "other": SECOND, "other_day": 6}, "otherDateKey: They work on this day already."),
    ({"day": 6, "other": SECOND, "other_day": 6}, "otherId: Both have the same shift."),
    ({"day": 6}, "dateKey: Nobody who is free on this day could take the shift under the rules."),
]


@pytest.mark.parametrize(("where", "sentence"), CANNOT)
def test_swap__that_there_cannot_be__refused_with_the_reason(
    connect: Connect, month: Month, where: dict[str, int], sentence: str
) -> None:
    staff = connect(Role.STAFF)
    payload = month.asking(**where) if "other" in where else month.offer(day=where["day"])
    assert refusal(staff.request("SWAP_CREATE", payload)) == ("validation_error", sentence)
    assert "swaps" not in month.seen(staff)


def test_swap__that_nobody_could_take__refused_in_japanese_as_well(connect: Connect, month: Month) -> None:
    told = connect(Role.STAFF).request("SWAP_CREATE", month.offer(day=6))["payload"]
    assert told["messageJa"] == "日付：この日にルール上引き受けられる人がいません。"
    assert told["detailsJa"] == {"dateKey": ["この日にルール上引き受けられる人がいません。"]}


def test_swap__of_somebody_else__refused_or_not_there(connect: Connect, world: World, month: Month) -> None:
    staff, other, manager = connect(Role.STAFF), connect(Role.VIEWER), connect()
    assert refusal(staff.request("SWAP_CREATE", month.offer(SECOND, 6)))[0] == "forbidden"
    theirs = made(manager, month.offer(SECOND, 5, otherId=world.staff_ids[FIRST]))
    hidden = made(manager, month.offer(THIRD, 4, otherId=world.staff_ids[SECOND]))
    assert [each["id"] for each in told(staff)] == [theirs["id"]]
    for type, more in (("SWAP_ANSWER", {"accepts": True}), ("SWAP_WITHDRAW", {})):
        missing = staff.request(type, {"swapId": str(uuid4()), **more})["payload"]
        assert staff.request(type, {"swapId": hidden["id"], **more})["payload"] == missing
    assert refusal(staff.request("SWAP_WITHDRAW", {"swapId": theirs["id"]}))[0] == "forbidden"
    assert refusal(other.request("SWAP_ANSWER", {"swapId": theirs["id"], "accepts": True}))[0] == "forbidden"
    assert refusal(staff.request("SWAP_DECIDE", {"swapId": theirs["id"], "approves": True}))[0] == "forbidden"


def test_swap__that_breaks_a_hard_rule__offered_to_nobody_shown_to_the_manager_and_approved_anyway(
    connect: Connect, world: World, month: Month
) -> None:
    staff, other, manager = connect(Role.STAFF), connect(Role.VIEWER), connect(Role.OWNER)
    limit_days_off(manager, world)
    offered = made(staff, month.offer())
    assert manager.expect("SWAP_CREATE")["payload"]["candidates"] == [world.staff_ids[THIRD]]
    staff.ack("SWAP_WITHDRAW", {"swapId": offered["id"]})
    asked = made(staff, month.asking(3, SECOND))
    agreed = said(other, asked, True)
    assert "breaks" not in agreed
    (broken,) = month.seen(manager)["swaps"][-1]["breaks"]
    assert "佐藤" in broken["message"]
    assert "佐藤" in broken["messageJa"]
    refused = manager.request("SWAP_DECIDE", {"swapId": asked["id"], "approves": True})["payload"]
    assert refused["details"] == {"swapId": [broken["message"]], "breaks": [broken]}
    approved = decided(manager, asked, True, anyway=True)
    assert (approved["state"], approved["breaks"]) == ("approved", [broken])


def test_policy__alone__goes_through_with_the_colleague_unless_a_rule_is_broken(
    connect: Connect, world: World, month: Month
) -> None:
    staff, other, owner = connect(Role.STAFF), connect(Role.VIEWER), connect(Role.OWNER)
    owner.ack("RESTAURANT_UPDATE", {"changes": {"swaps": "alone"}})
    limit_id = limit_days_off(owner, world)
    asked = made(staff, month.asking(3, SECOND))
    refused = other.request("SWAP_ANSWER", {"swapId": asked["id"], "accepts": True})["payload"]
    assert refused["code"] == "validation_error"
    assert "佐藤" in refused["details"]["swapId"][0]
    assert owner.request("SETTINGS_DELETE_MONTHLY_LIMIT", {"limitId": limit_id})["type"] != "ERROR"
    assert said(other, asked, True)["state"] == "approved"
    assert (month.value(staff, FIRST, 3), month.value(staff, SECOND, 3)) == ("×", "△")
    assert month.value(owner, SECOND, 3) == "△"


def test_policy__none__there_are_no_swaps(connect: Connect, month: Month) -> None:
    staff, owner = connect(Role.STAFF), connect(Role.OWNER)
    owner.ack("RESTAURANT_UPDATE", {"changes": {"swaps": "none"}})
    assert refusal(staff.request("SWAP_CREATE", month.offer())) == (
        "validation_error",
        "scheduleId: This restaurant does not use swaps.",
    )


def test_swap__whose_shift_is_published_otherwise__ends_and_says_why(connect: Connect, month: Month) -> None:
    staff, other, manager = connect(Role.STAFF), connect(Role.VIEWER), connect()
    asked = made(staff, month.asking(3, SECOND, 5))
    said(other, asked, True)
    month.put({SECOND: {5: "△"}})
    assert month.seen(staff)["swaps"][0]["state"] == "accepted", "staff learn nothing of what is not published"
    refused = manager.request("SWAP_DECIDE", {"swapId": asked["id"], "approves": True})
    assert refusal(refused) == ("conflict", "These cells currently hold something else in the draft.")
    month.publish()
    for client in (staff, other, manager):
        ended = told(client)[-1]
        assert (ended["state"], ended["ended"]) == ("ended", "changed")
    assert refusal(other.request("SWAP_ANSWER", {"swapId": asked["id"], "accepts": True})) == (
        "conflict",
        "This swap is over.",
    )


def test_swap__of_a_month_that_is_taken_back__ends(connect: Connect, month: Month) -> None:
    staff, manager = connect(Role.STAFF), connect()
    made(staff, month.offer())
    manager.ack("SCHEDULE_UNPUBLISH", {"scheduleId": month.schedule_id})
    assert (told(staff)[-1]["ended"], month.seen(staff)["swaps"][0]["ended"]) == ("unpublished", "unpublished")
    assert refusal(staff.request("SWAP_CREATE", month.offer())) == (
        "not_found",
        "This month has not been published yet.",
    )


def test_approval__makes_another_swap_of_the_same_cell_end(connect: Connect, world: World, month: Month) -> None:
    staff, other, manager = connect(Role.STAFF), connect(Role.VIEWER), connect()
    first = made(staff, month.asking(3, SECOND))
    second = made(manager, month.offer(SECOND, 5, otherId=world.staff_ids[FIRST], otherDateKey=month.days[3]))
    said(other, first, True)
    decided(manager, first, True)
    states = {each["id"]: (each["state"], each["ended"]) for each in month.seen(manager)["swaps"]}
    assert states == {first["id"]: ("approved", None), second["id"]: ("ended", "changed")}


def test_approval__undone__puts_the_plan_back_and_stays_published(connect: Connect, month: Month) -> None:
    staff, other, manager = connect(Role.STAFF), connect(Role.VIEWER), connect()
    asked = made(staff, month.asking(3, SECOND))
    said(other, asked, True)
    decided(manager, asked, True)
    manager.ack("UNDO", {"scheduleId": month.schedule_id})
    assert (month.value(manager, FIRST, 3), month.value(staff, FIRST, 3)) == ("△", "×")
    assert month.seen(manager)["swaps"][0]["state"] == "approved"


def test_swap__same_request_again__is_one_swap(connect: Connect, month: Month) -> None:
    staff, request_id = connect(Role.STAFF), str(uuid4())
    payload = month.offer(id=str(uuid4()))
    first = staff.request("SWAP_CREATE", payload, request_id)["payload"]["result"]
    assert staff.request("SWAP_CREATE", payload, request_id)["payload"]["result"] == first
    assert staff.ack("SWAP_CREATE", payload)["result"] == first
    again = staff.request("SWAP_CREATE", month.offer())
    assert refusal(again) == ("validation_error", "dateKey: This shift has already been offered.")


def test_resume__of_a_staff_member__replays_what_of_swaps_is_theirs(
    connect: Connect, world: World, month: Month
) -> None:
    staff, manager = connect(Role.STAFF), connect()
    epoch, version = world.position.epoch, world.position.version
    staff.close()
    made(manager, month.offer(THIRD, 4, otherId=world.staff_ids[SECOND]))
    mine = made(manager, month.offer())
    decided(manager, mine, False, answer="人手不足")
    again = connect(Role.STAFF, since=f"{epoch}:{version}")
    again.expect("RESUMED")
    heard = [message for message in again.received if message["type"].startswith("SWAP")]
    assert [(each["type"], each["payload"]["id"]) for each in heard] == [
        ("SWAP_CREATE", mine["id"]),
        ("SWAP_UPDATE", mine["id"]),
    ]
    assert heard[1]["payload"]["answer"] == "人手不足"


def test_swap__of_a_locked_cell__cannot_be_approved(connect: Connect, world: World, month: Month) -> None:
    staff, other, manager = connect(Role.STAFF), connect(Role.VIEWER), connect()
    asked = made(staff, month.asking(3, SECOND))
    said(other, asked, True)
    cell = {"staffId": world.staff_ids[FIRST], "dateKey": month.days[3]}
    manager.ack("SHIFT_LOCK", {"scheduleId": month.schedule_id, "cells": [cell]})
    refused = manager.request("SWAP_DECIDE", {"swapId": asked["id"], "approves": True})
    assert refusal(refused) == ("version_locked", "The cell is locked.")
    assert month.value(staff, FIRST, 3) == "△"


def test_history__tells_every_step_of_a_swap(connect: Connect, world: World, month: Month) -> None:
    staff, other, manager = connect(Role.STAFF), connect(Role.VIEWER), connect()
    asked = made(staff, month.asking(3, SECOND))
    said(other, asked, True)
    decided(manager, asked, True)
    with within(world.id):
        rows = Swap.history.filter(id=asked["id"]).order_by("history_id").values_list("state", "history_user_id")
        assert period_of_schedule(world.id, month.schedule_id).state == "published"
    users = [world.users[role].id for role in (Role.STAFF, Role.VIEWER, Role.MANAGER)]
    assert list(rows) == list(zip(("open", "accepted", "approved"), users, strict=True))
