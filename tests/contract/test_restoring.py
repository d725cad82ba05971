"""What was deleted comes back by a change like any other: shift types, recurring closings, periods."""

from typing import Any

from schedules.models import ClosingRule, Period, Schedule
from shiftsync.core.actor import Role
from tests.conftest import Connect
from tests.support.client import Client
from tests.support.world import World

LATE = {"symbol": "深", "kind": "late", "labelJa": "深夜"}
WEDNESDAYS = {"repeats": "weekly", "daysOfWeek": [3], "note": "定休日"}
NEXT = {"startDate": "2030-01-21", "endDate": "2030-02-20"}


def calendar(client: Client) -> dict[str, Any]:
    payload: dict[str, Any] = client.request("CALENDAR_SYNC_REQUEST", {})["payload"]
    return payload


def cells(client: Client, world: World) -> Any:
    return client.request("SHIFT_SYNC_REQUEST", {"scheduleId": world.schedule_id})["payload"]["scheduleData"]


def test_closing_rule_restore__deleted__is_there_again_as_it_was(connect: Connect) -> None:
    author, other, viewer = connect(), connect(), connect(Role.VIEWER)
    made = author.ack("CLOSING_RULE_CREATE", WEDNESDAYS)["result"]["rule"]
    author.ack("CLOSING_RULE_DELETE", {"ruleId": made["id"]})
    other.expect("CLOSING_RULE_CREATE")
    other.expect("CLOSING_RULE_DELETE")
    back = author.ack("CLOSING_RULE_RESTORE", {"ruleId": made["id"]})["result"]["rule"]
    assert {**back, "revision": 0} == {**made, "revision": 0}
    assert other.expect("CLOSING_RULE_CREATE")["payload"] == back
    assert calendar(other)["closingRules"] == [back]
    before = author.ack("CLOSING_RULE_RESTORE", {"ruleId": made["id"]})["version"]
    assert before == back["revision"], "a restored one is answered as done"
    assert viewer.request("CLOSING_RULE_RESTORE", {"ruleId": made["id"]})["payload"]["code"] == "forbidden"
    assert author.request("CLOSING_RULE_RESTORE", {"ruleId": "none"})["payload"]["code"] == "not_found"


def test_closing_rule_restore__no_room_left__is_refused(connect: Connect, world: World) -> None:
    author = connect()
    made = author.ack("CLOSING_RULE_CREATE", WEDNESDAYS)["result"]["rule"]
    author.ack("CLOSING_RULE_DELETE", {"ruleId": made["id"]})
    ClosingRule.objects.bulk_create(
        ClosingRule(restaurant_id=world.id, repeats="weekly", days_of_week=[1]) for _ in range(50)
    )
    error = author.request("CLOSING_RULE_RESTORE", {"ruleId": made["id"]})["payload"]
    assert (error["code"], set(error["details"])) == ("validation_error", {"ruleId"})


def test_period_restore__deleted__is_there_again_with_its_schedule(connect: Connect) -> None:
    author, other = connect(), connect()
    made = author.ack("PERIOD_CREATE", NEXT)["result"]["period"]
    terms = {"scheduleId": made["scheduleId"], "deadline": "2030-01-10", "limit": 4}
    author.ack("WISH_TERMS_UPDATE", terms)
    author.ack("PERIOD_DELETE", {"periodId": made["id"]})
    other.expect("PERIOD_CREATE")
    other.expect("PERIOD_DELETE")
    back = author.ack("PERIOD_RESTORE", {"periodId": made["id"]})["result"]["period"]
    same = ("id", "scheduleId", "startDate", "endDate")
    assert [back[name] for name in same] == [made[name] for name in same]
    assert [each["id"] for each in other.expect("PERIOD_CREATE")["payload"]["periods"]][-1] == made["id"]
    schedule = Schedule.objects.get(id=made["scheduleId"])
    assert (str(schedule.wish_deadline), schedule.wish_limit, schedule.state) == ("2030-01-10", 4, "draft")
    version = author.ack("PERIOD_RESTORE", {"periodId": made["id"]})["version"]
    assert version == Period.objects.get(id=made["id"]).revision
    author.ack("PERIOD_DELETE", {"periodId": made["id"]})
    author.ack("PERIOD_RESTORE", {"periodId": made["id"]})


def test_period_restore__its_days_are_taken__is_refused_at_the_period(connect: Connect, world: World) -> None:
    author = connect()
    made = author.ack("PERIOD_CREATE", NEXT)["result"]["period"]
    author.ack("PERIOD_DELETE", {"periodId": made["id"]})
    author.ack("PERIOD_CREATE", {"startDate": "2030-02-20", "endDate": "2030-03-20"})
    error = author.request("PERIOD_RESTORE", {"periodId": made["id"]})["payload"]
    assert (error["code"], error["details"]) == ("validation_error", {"periodId": ["Overlaps another period."]})
    assert author.request("PERIOD_RESTORE", {"periodId": world.schedule_id})["payload"]["code"] == "not_found"


def test_shift_type_restore__without_a_successor__is_in_use_again(connect: Connect) -> None:
    author, other = connect(), connect()
    made = author.ack("SHIFT_TYPE_CREATE", LATE)["result"]["shiftType"]
    author.ack("SHIFT_TYPE_DELETE", {"shiftTypeId": made["id"]})
    other.expect("SHIFT_TYPE_CREATE")
    other.expect("SHIFT_TYPE_DELETE")
    result = author.ack("SHIFT_TYPE_RESTORE", {"shiftTypeId": made["id"]})["result"]
    assert "succession" not in result
    assert {**result["shiftType"], "revision": 0} == {**made, "revision": 0}
    assert other.expect("SHIFT_TYPE_CREATE")["payload"] == result["shiftType"]
    assert result["shiftType"] in calendar(other)["shiftTypes"]


def test_shift_type_restore__with_a_successor__names_the_cells_that_nobody_has_changed(
    connect: Connect, world: World
) -> None:
    author = connect()
    made = author.ack("SHIFT_TYPE_CREATE", LATE)["result"]["shiftType"]
    first, second = world.staff_ids[:2]
    for who, day, value in ((0, "08-01", "深"), (0, "08-02", "深"), (1, "08-02", "深"), (1, "08-03", "◇")):
        author.ack("SHIFT_UPDATE", world.edit(who, day, value))
    author.ack("STAFF_UPDATE", {"staffId": second, "changes": {"allowedShiftTypes": ["深"]}})
    author.ack("SHIFT_TYPE_DELETE", {"shiftTypeId": made["id"], "successor": "◇"})
    author.ack("SHIFT_UPDATE", world.edit(0, "08-02", "×"))
    succession = author.ack("SHIFT_TYPE_RESTORE", {"shiftTypeId": made["id"]})["result"]["succession"]
    assert succession == {
        "symbol": "◇",
        "cellCount": 2,
        "cells": {world.schedule_id: {first: ["2025-08-01"], second: ["2025-08-02"]}},
        "staffCount": 1,
        "settingsCount": 0,
    }
    given = {who: dict.fromkeys(days, "深") for who, days in succession["cells"][world.schedule_id].items()}
    author.ack("SHIFT_BULK_UPDATE", {"scheduleId": world.schedule_id, "scheduleData": given})
    assert cells(author, world) == {
        first: {"2025-08-01": "深", "2025-08-02": "×"},
        second: {"2025-08-02": "深", "2025-08-03": "◇"},
    }


def test_shift_type_restore__symbol_or_word_of_another_by_now__is_refused_with_which(connect: Connect) -> None:
    author = connect()
    made = author.ack("SHIFT_TYPE_CREATE", {**LATE, "aliases": ["夜"]})["result"]["shiftType"]
    author.ack("SHIFT_TYPE_DELETE", {"shiftTypeId": made["id"]})
    other = author.ack("SHIFT_TYPE_CREATE", LATE)["result"]["shiftType"]
    error = author.request("SHIFT_TYPE_RESTORE", {"shiftTypeId": made["id"]})["payload"]
    assert error["details"] == {"symbol": ["Another shift type already uses this symbol."]}
    author.ack("SHIFT_TYPE_UPDATE", {"shiftTypeId": other["id"], "changes": {"symbol": "夜", "aliases": []}})
    error = author.request("SHIFT_TYPE_RESTORE", {"shiftTypeId": made["id"]})["payload"]
    assert (error["code"], list(error["details"])) == ("validation_error", ["aliases"])
    assert "夜" in error["message"]


def test_shift_type_restore__cells_that_hold_its_symbol_as_text__mean_it_again(connect: Connect, world: World) -> None:
    author = connect()
    made = author.ack("SHIFT_TYPE_CREATE", LATE)["result"]["shiftType"]
    author.ack("SHIFT_TYPE_DELETE", {"shiftTypeId": made["id"]})
    author.ack("SHIFT_UPDATE", world.edit(0, "08-01", "深"))
    between = author.ack("SHIFT_TYPE_CREATE", LATE)["result"]["shiftType"]
    author.ack("SHIFT_UPDATE", world.edit(0, "08-01", ""))
    author.ack("SHIFT_TYPE_DELETE", {"shiftTypeId": between["id"]})
    author.ack("SHIFT_TYPE_RESTORE", {"shiftTypeId": made["id"]})
    assert [each["id"] for each in calendar(author)["shiftTypes"] if each["symbol"] == "深"] == [made["id"]]
