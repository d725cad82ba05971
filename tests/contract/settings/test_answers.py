"""Plain questions about the rules: answers become rows, and rows are what is answered."""

from typing import Any

import pytest

from shiftsync.core.actor import Role
from shiftsync.tenants.models import Restaurant
from tests.conftest import Connect
from tests.support.client import Client
from tests.support.world import World

KITCHEN = {"position": "キッチン", "shiftType": "any", "count": 2, "weekendCount": 3, "isHard": True}


def answers(client: Client) -> dict[str, Any]:
    return dict(client.request("SETTINGS_ANSWERS_REQUEST", {})["payload"])


def answer(client: Client, base: int | None = None, **given: Any) -> dict[str, Any]:
    based = {} if base is None else {"baseVersion": base}
    told: dict[str, Any] = client.request("SETTINGS_ANSWER", {"answers": given, **based})
    return told


def rows(client: Client, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.request("SETTINGS_SYNC_REQUEST", {})["payload"]["settings"][table]
    return found


def test_answers__restaurant_as_it_begins__are_its_default_rows(connect: Connect, world: World) -> None:
    found = answers(connect())
    assert found.pop("revision") == world.position.version
    assert found == {
        "leastDaysOff": {"count": 7, "isHard": False},
        "mostDaysOff": {"count": 9, "isHard": False},
        "daysInARow": {"count": 6, "isHard": True},
        "noEarlyAfterLate": {"isHard": False},
        "hoursOfRest": None,
        "atWork": [],
        "daysAWeek": [],
        "refined": [],
    }


def test_answer__all_questions__is_what_is_read_again_and_no_second_row(connect: Connect, world: World) -> None:
    client = connect()
    given: dict[str, Any] = {
        "leastDaysOff": {"count": 8, "isHard": True},
        "mostDaysOff": {"count": 10, "isHard": False},
        "daysInARow": {"count": 5, "isHard": True},
        "noEarlyAfterLate": {"isHard": True},
        "hoursOfRest": {"count": 11, "isHard": True},
        "atWork": [
            KITCHEN,
            {"position": "", "shiftType": "any", "count": 4, "weekendCount": None, "isHard": False},
            {"position": "", "shiftType": "early", "count": 1, "weekendCount": 0, "isHard": True},
        ],
        "daysAWeek": [{"status": "パート", "count": 4, "isHard": True}],
    }
    counts = {table: len(rows(client, table)) for table in ("monthlyLimits", "priorityRules", "weeklyLimits")}
    assert answer(client, **given)["payload"]["result"]["changed"] == 9
    listed = {name: [{**each, "isRefined": False} for each in given[name]] for name in ("atWork", "daysAWeek")}
    expected = {**given, **listed, "refined": []}
    found = answers(client)
    assert {name: found[name] for name in expected} == expected
    assert {table: len(rows(client, table)) for table in counts} == {
        "monthlyLimits": counts["monthlyLimits"],
        "priorityRules": counts["priorityRules"] + 1,
        "weeklyLimits": counts["weeklyLimits"] + 1,
    }
    before = world.position.version
    assert answer(client, **given)["payload"]["result"] == {"changed": 0}
    assert world.position.version == before


def test_answer__rows__are_told_to_the_others_and_kept_in_the_trail(connect: Connect, world: World) -> None:
    author, other = connect(), connect()
    answer(author, leastDaysOff={"count": 8}, atWork=[KITCHEN])
    limit = other.expect("SETTINGS_UPDATE_MONTHLY_LIMITS")["payload"]["updatedLimit"]
    assert (limit["limitConfig"]["minCount"], limit["isHardConstraint"]) == (8, True)
    need = other.expect("SETTINGS_CREATE_STAFFING_NEED")["payload"]["createdNeed"]
    assert need["needConfig"]["perDay"] == {
        **dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), 2),
        **dict.fromkeys(("saturday", "sunday", "holiday"), 3),
    }
    assert (need["needConfig"]["scope"], need["needConfig"]["targetIds"]) == ("position", ["キッチン"])
    trail = author.request("SETTINGS_CHANGES_REQUEST", {})["payload"]["changes"]
    assert [each["tableName"] for each in trail[:2]] == ["staffing_needs", "monthly_limits"]
    author.ack("SETTINGS_RESTORE_CHANGE", {"changeId": trail[0]["id"]})
    assert answers(other)["atWork"] == []


def test_answer__number_that_a_default_name_tells__renames_the_row(connect: Connect, world: World) -> None:
    client = connect()
    answer(client, daysInARow={"count": 4})
    (rule,) = [row for row in rows(client, "priorityRules") if row["ruleDefinition"].get("maxCount") == 4]
    assert (rule["name"], rule["description"]) == ("連続勤務の上限", "")


def test_answer__restaurant_abroad__names_its_rows_in_english(connect: Connect, world: World) -> None:
    Restaurant.objects.filter(id=world.id).update(country="FR")
    client = connect()
    answer(client, atWork=[{**KITCHEN, "position": "Kitchen"}])
    assert [row["name"] for row in rows(client, "staffingNeeds")] == ["Kitchen: at work, at least"]


@pytest.mark.parametrize("given", [{"count": None}, {"count": 0, "weekendCount": 0}])
def test_answer__nothing_any_more__takes_the_rows_away(connect: Connect, given: dict[str, Any]) -> None:
    client = connect()
    answer(client, atWork=[KITCHEN], hoursOfRest={"count": 11})
    answer(client, atWork=[{**KITCHEN, "weekendCount": None, **given}], hoursOfRest=None, mostDaysOff=None)
    found = answers(client)
    assert (found["atWork"], found["hoursOfRest"], found["mostDaysOff"]) == ([], None, None)
    assert found["leastDaysOff"] == {"count": 7, "isHard": False}


def test_answer__row_refined_in_its_form__is_left_alone_and_said(connect: Connect) -> None:
    client = connect()
    answer(client, atWork=[KITCHEN])
    (need,) = rows(client, "staffingNeeds")
    several = {**need["needConfig"], "perDate": {"2025-08-01": 5}}
    client.ack("SETTINGS_UPDATE_STAFFING_NEEDS", {"needId": need["id"], "changes": {"needConfig": several}})
    (limit,) = [row for row in rows(client, "monthlyLimits") if row["limitConfig"]["limitType"] == "min_off_days"]
    client.ack("SETTINGS_UPDATE_MONTHLY_LIMITS", {"limitId": limit["id"], "changes": {"effectiveFrom": "2025-08-01"}})
    found = answers(client)
    assert found["refined"] == ["leastDaysOff"]
    assert found["leastDaysOff"] is None
    assert [(each["position"], each["isRefined"]) for each in found["atWork"]] == [("キッチン", True)]
    error = answer(client, leastDaysOff={"count": 8}, atWork=[KITCHEN])["payload"]
    assert error["code"] == "validation_error"
    assert set(error["details"]) == {"answers.leastDaysOff", "answers.atWork[0]"}
    assert error["detailsJa"]["answers.leastDaysOff"] == [
        "設定で細かく決められています。設定の画面で変更してください。"
    ]
    assert [row["needConfig"] for row in rows(client, "staffingNeeds")] == [several]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"leastDaysOff": {"count": 0}}, "answers.leastDaysOff.count"),
        ({"leastDaysOff": {"count": "eight"}}, "answers.leastDaysOff.count"),
        ({"daysInARow": 6}, "answers.daysInARow.non_field_errors"),
        ({"atWork": [{"position": "", "count": -1}]}, "answers.atWork.0.count"),
        ({"atWork": [KITCHEN, {**KITCHEN, "count": 3}]}, "answers.atWork[1]"),
        ({"leastDaysOff": {"count": 10}}, "answers.leastDaysOff"),
        ({"leastDaysOff": {"count": 10}, "mostDaysOff": {"count": 9}}, "answers.mostDaysOff"),
        ({"daysAWeek": [{"status": "パート", "count": 8}]}, "answers.daysAWeek.0.count"),
    ],
)
def test_answer__that_cannot_be__names_the_field_and_changes_nothing(
    connect: Connect, world: World, given: dict[str, Any], field: str
) -> None:
    client, before = connect(), world.position.version
    error = answer(client, **given)["payload"]
    assert error["code"] == "validation_error"
    assert field in paths(error["details"])
    assert world.position.version == before


def paths(details: Any, above: str = "") -> set[str]:
    if isinstance(details, list):
        return {above.removeprefix(".")}
    return {path for key, value in details.items() for path in paths(value, f"{above}.{key}")}


def test_answer__two_managers_at_once__one_row_and_a_conflict(connect: Connect, world: World) -> None:
    Restaurant.objects.filter(id=world.id).update(conflict_strategy="USER_CHOICE")
    first, second = connect(), connect(Role.OWNER)
    base = answers(first)["revision"]
    answer(first, base, atWork=[KITCHEN], daysInARow={"count": 5})
    told = answer(second, base, atWork=[{**KITCHEN, "count": 4, "weekendCount": None}])
    assert told["type"] == "CONFLICT"
    assert {item["entity"] for item in told["payload"]["items"]} == {"staffing_needs"}
    assert len(rows(first, "staffingNeeds")) == 1
    assert answers(second)["atWork"][0]["count"] == 2
    same = answer(second, base, atWork=[KITCHEN])
    assert same["payload"]["result"] == {"changed": 0}


def test_answer__viewer__may_not(connect: Connect) -> None:
    assert answer(connect(Role.VIEWER), leastDaysOff={"count": 8})["payload"]["code"] == "forbidden"
