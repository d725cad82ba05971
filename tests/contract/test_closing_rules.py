"""Closings that repeat: told, kept, and counted wherever closed days count."""

from typing import Any

import pytest

from shiftsync.core.actor import Role
from shiftsync.core.clock import local_today
from tests.conftest import Connect
from tests.support.client import Client
from tests.support.world import World

WEDNESDAYS = ["2025-07-23", "2025-07-30", "2025-08-06", "2025-08-13", "2025-08-20"]
EVERY_WEDNESDAY = {"repeats": "weekly", "daysOfWeek": [3], "validFrom": None, "note": "定休日"}


def calendar(client: Client) -> dict[str, Any]:
    client.send("CALENDAR_SYNC_REQUEST")
    payload: dict[str, Any] = client.expect("CALENDAR_SYNC_RESPONSE")["payload"]
    return payload


def closed(client: Client) -> list[str]:
    return [day["date"] for day in calendar(client)["days"] if day["kind"] == "closed"]


def test_closing_rule__every_wednesday__is_told_and_kept(connect: Connect) -> None:
    author, other, viewer = connect(), connect(), connect(Role.VIEWER)
    rule = author.ack("CLOSING_RULE_CREATE", EVERY_WEDNESDAY)["result"]["rule"]
    told = other.expect("CLOSING_RULE_CREATE")["payload"]
    assert told == rule
    assert (rule["daysOfWeek"], rule["validFrom"], rule["onHoliday"]) == ([3], None, "closed")
    assert calendar(other)["closingRules"] == [rule]
    assert calendar(viewer)["closingRules"] == []
    author.ack("CLOSING_RULE_UPDATE", {"ruleId": rule["id"], "changes": {"daysOfWeek": [4, 3, 3]}})
    assert other.expect("CLOSING_RULE_UPDATE")["payload"]["daysOfWeek"] == [3, 4]
    author.ack("CLOSING_RULE_DELETE", {"ruleId": rule["id"]})
    assert other.expect("CLOSING_RULE_DELETE")["payload"]["ruleId"] == rule["id"]
    assert calendar(other)["closingRules"] == []
    author.ack("CLOSING_RULE_DELETE", {"ruleId": rule["id"]})
    assert viewer.settled() == []


def test_closing_rule__without_a_first_day__holds_from_today(connect: Connect, world: World) -> None:
    author = connect()
    rule = author.ack("CLOSING_RULE_CREATE", {"repeats": "weekly", "daysOfWeek": [3]})["result"]["rule"]
    assert rule["validFrom"] == str(local_today(world.restaurant.timezone)), "months that are over stay as they were"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"repeats": "weekly"}, "daysOfWeek"),
        ({"repeats": "weekly", "daysOfWeek": []}, "daysOfWeek"),
        ({"repeats": "weekly", "daysOfWeek": [7]}, "daysOfWeek"),
        ({"repeats": "monthly", "daysOfWeek": [2]}, "weeks"),
        ({"repeats": "monthly", "daysOfWeek": [2], "weeks": [0]}, "weeks"),
        ({"repeats": "yearly", "fromDay": "01-01"}, "toDay"),
        ({"repeats": "yearly", "fromDay": "02-30", "toDay": "03-01"}, "fromDay"),
        ({"repeats": "yearly", "fromDay": "1-1", "toDay": "01-03"}, "fromDay"),
        ({"repeats": "daily"}, "repeats"),
        ({"daysOfWeek": [1]}, "repeats"),
        ({"repeats": "weekly", "daysOfWeek": [1], "validFrom": "2026-02-01", "validUntil": "2026-01-01"}, "validUntil"),
        ({"repeats": "weekly", "daysOfWeek": [1], "onHoliday": "maybe"}, "onHoliday"),
    ],
)
def test_closing_rule__without_sense__is_refused_at_the_field(
    connect: Connect, fields: dict[str, Any], field: str
) -> None:
    error = connect().request("CLOSING_RULE_CREATE", fields)["payload"]
    assert error["code"] == "validation_error"
    assert set(error["details"]) == {field}


def test_closing_rule__version_1__sees_days_and_edits_days(connect: Connect) -> None:
    author, old = connect(), connect(v2=False)
    author.ack("CLOSING_RULE_CREATE", EVERY_WEDNESDAY)
    told = old.expect("CALENDAR_SYNC_RESPONSE")["payload"]["days"]
    assert [(day["date"], day["kind"], day["note"]) for day in told] == [
        (day, "closed", "定休日") for day in WEDNESDAYS if day >= "2025-07-21"
    ]
    assert closed(old) == [day["date"] for day in told]
    assert closed(old) == [day["date"] for day in calendar(old)["days"]], "told alike whenever it is asked"
    old.send("CALENDAR_UPDATE", {"date": "2025-08-06", "kind": None, "note": ""})
    assert author.expect("CALENDAR_UPDATE")["payload"]["kind"] == "open", "ordinary for once"
    assert "2025-08-06" not in [day["date"] for day in old.expect("CALENDAR_SYNC_RESPONSE")["payload"]["days"]]
    author.ack("CALENDAR_UPDATE", {"date": "2025-08-06", "kind": None})
    assert "2025-08-06" in [day["date"] for day in old.expect("CALENDAR_SYNC_RESPONSE")["payload"]["days"]]


def test_closing_rule__published__stays_with_the_month(connect: Connect, world: World) -> None:
    author, viewer = connect(), connect(Role.VIEWER)
    rule = author.ack("CLOSING_RULE_CREATE", EVERY_WEDNESDAY)["result"]["rule"]
    author.ack("CALENDAR_UPDATE", {"date": "2025-08-13", "kind": "open"})
    author.ack("CALENDAR_UPDATE", {"date": "2025-08-20", "kind": "all_work"})
    author.ack("SCHEDULE_PUBLISH", {"scheduleId": world.schedule_id})
    viewer.settled()
    before = calendar(viewer)["days"]
    assert {day["date"]: day["kind"] for day in before} == {
        "2025-07-23": "closed",
        "2025-07-30": "closed",
        "2025-08-06": "closed",
        "2025-08-20": "all_work",
    }
    viewer.send("SHIFT_SYNC_REQUEST", {"scheduleId": world.schedule_id})
    blanks = viewer.expect("SHIFT_SYNC_RESPONSE")["payload"]["publication"]["people"][0]["blanks"]
    assert [index for index, letter in enumerate(blanks) if letter == "c"] == [2, 9, 16]
    author.ack("CLOSING_RULE_DELETE", {"ruleId": rule["id"]})
    assert calendar(viewer)["days"] == before
    author.send("PUBLICATION_PREVIEW_REQUEST", {"scheduleId": world.schedule_id})
    days = author.expect("PUBLICATION_PREVIEW")["payload"]["changes"]["days"]
    assert {(day["name"], day["change"]) for day in days} == {(day, "removed") for day in WEDNESDAYS[:3]}
