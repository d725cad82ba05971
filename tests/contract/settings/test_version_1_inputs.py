"""What the forms of version 1 clients hold, sent as it is: text for numbers, emptied inputs, ids that are numbers, other spellings, values
that stand in another place than documented. Version 2 is held to the letter."""

from typing import Any

import pytest

from settings_app.tables import MONTHLY_LIMITS, PRIORITY_RULES, STAFF_GROUPS, WEEKLY_LIMITS
from tests.conftest import Connect
from tests.contract.settings.samples import TABLES, made
from tests.contract.settings.version_1 import asked, by_id, sent
from tests.support.client import Client
from tests.support.world import World

Row = dict[str, Any]


def saved(client: Client, type: str, payload: Row) -> Row:
    """The settings after an update that must not be refused."""
    answer = sent(client, type, payload)
    assert answer["type"] == "SETTINGS_SYNC_RESPONSE", answer
    settings: Row = answer["payload"]["settings"]
    return settings


# --- numbers as text, emptied inputs ---


def test_update__numbers_as_text__are_numbers_for_version_1_alone(connect: Connect, world: World) -> None:
    client, new = connect(v2=False), connect()
    limit = made(MONTHLY_LIMITS, world, limitConfig={"limitType": "off_days", "maxCount": 9})
    row = by_id(asked(client)["settings"]["monthlyLimits"])[limit["id"]]
    for changes in (
        {"maxCount": "8.5"},
        {"limitConfig": {"limitType": "off_days", "maxCount": "8.5"}},
        {"penaltyWeight": "20", "maxCount": "8.5"},
    ):
        stored = by_id(saved(client, "SETTINGS_UPDATE_MONTHLY_LIMITS", {"limit": {**row, **changes}})["monthlyLimits"])
        assert stored[limit["id"]]["limitConfig"] == {"limitType": "off_days", "maxCount": 8.5}
    assert stored[limit["id"]]["penaltyWeight"] == 20
    before = world.position.version
    for changes in ({"maxCount": "eight"}, {"penaltyWeight": "1,5"}):
        error = sent(client, "SETTINGS_UPDATE_MONTHLY_LIMITS", {"limit": {**row, **changes}})["payload"]
        assert [name.rpartition(".")[2] for name in error["details"]] == list(changes)
    for changes in ({"limitConfig": {"maxCount": "8"}}, {"penaltyWeight": "8"}, {"penaltyWeight": ""}):
        refused = new.request("SETTINGS_UPDATE_MONTHLY_LIMITS", {"limitId": limit["id"], "changes": changes})
        assert refused["payload"]["code"] == "validation_error"
    assert world.position.version == before


def test_daily_object_and_solver__text_for_numbers_and_switches__is_read(connect: Connect, world: World) -> None:
    client = connect(v2=False)
    told = asked(client, {"clientId": "client_a"})["settings"]["dailyLimits"]
    wanted = {"maxOffPerDay": "7", "enabled": "true", "staffTypeLimits": {"社員": {"maxOff": "2", "isHard": "true", "penaltyWeight": "5"}}}  # fmt: skip
    now = saved(client, "SETTINGS_UPDATE_DAILY_LIMITS", {"limit": {**told, **wanted}})["dailyLimits"]
    assert now == {**told, "maxOffPerDay": 7, "staffTypeLimits": {"社員": {"maxOff": 2, "isHard": True, "penaltyWeight": 5.0}}}  # fmt: skip
    config = {
        "penaltyWeights": {"staffGroup": "150"},
        "solverSettings": {"timeout": "45", "numWorkers": "2"},
        "hardConstraints": {"dailyLimits": "true"},
    }
    solver = saved(client, "SETTINGS_UPDATE_ORTOOLS_CONFIG", {"config": config})["ortoolsConfig"]
    assert solver["penaltyWeights"]["staffGroup"] == 150
    assert solver["solverSettings"] == {"timeout": 45, "numWorkers": 2}
    assert solver["hardConstraints"]["dailyLimits"] is True
    error = sent(client, "SETTINGS_UPDATE_ORTOOLS_CONFIG", {"config": {"solverSettings": {"timeout": "soon"}}})
    assert list(error["payload"]["details"]) == ["solverSettings.timeout"]


def test_columns__emptied__have_their_default_in_a_new_row_and_stay_in_a_known_one(
    connect: Connect, world: World
) -> None:
    client = connect(v2=False)
    new = {"name": "w", "penaltyWeight": "", "isHardConstraint": "", "effectiveFrom": "", "maxCount": "2"}
    (row,) = (each for each in saved(client, "SETTINGS_CREATE_WEEKLY_LIMIT", {"limit": new})["weeklyLimits"] if each["name"] == "w")  # fmt: skip
    assert (row["penaltyWeight"], row["isHardConstraint"], row["effectiveFrom"]) == (1.0, False, None)
    saved(client, "SETTINGS_UPDATE_WEEKLY_LIMITS", {"limit": {**row, "penaltyWeight": 9, "isHardConstraint": True}})
    row = by_id(asked(client)["settings"]["weeklyLimits"])[row["id"]]
    cleared = {**row, "penaltyWeight": "", "isHardConstraint": "", "name": "x"}
    row = by_id(saved(client, "SETTINGS_UPDATE_WEEKLY_LIMITS", {"limit": cleared})["weeklyLimits"])[row["id"]]
    assert (row["name"], row["penaltyWeight"], row["isHardConstraint"]) == ("x", 9, True)
    rule = {"id": "rule-1", "name": "r", "priorityLevel": "", "ruleType": "fairness"}
    (stored,) = (each for each in saved(client, "SETTINGS_CREATE_PRIORITY_RULE", {"rule": rule})["priorityRules"] if each["name"] == "r")  # fmt: skip
    assert stored["priorityLevel"] == 1
    group = made(STAFF_GROUPS, world)
    backup = {"id": "b", "staffId": world.staff_ids[0], "groupId": group["id"], "priority": ""}
    (stored,) = saved(client, "SETTINGS_CREATE_BACKUP_ASSIGNMENT", {"assignment": backup})["backupAssignments"]
    assert (stored["priority"], stored["priorityOrder"]) == (1, 1)
    (stored,) = saved(client, "SETTINGS_UPDATE_BACKUP_ASSIGNMENT", {"assignment": {**stored, "priority": "4"}})["backupAssignments"]  # fmt: skip
    (stored,) = saved(client, "SETTINGS_UPDATE_BACKUP_ASSIGNMENT", {"assignment": {**stored, "priority": "", "notes": "n"}})["backupAssignments"]  # fmt: skip
    assert (stored["priority"], stored["notes"]) == (4, "n")


# --- ids that are numbers ---


def test_ids__that_are_numbers__name_the_same_row_everywhere(connect: Connect, world: World) -> None:
    client = connect(v2=False)
    saved(client, "SETTINGS_CREATE_STAFF_GROUP", {"group": {"id": 3, "name": "Hall", "members": [5, world.staff_ids[0]]}})  # fmt: skip
    settings = saved(client, "SETTINGS_UPDATE_STAFF_GROUPS", {"groupId": 3, "changes": {"name": "Bar"}})
    (group,) = settings["staffGroups"]
    assert (group["name"], group["members"]) == ("Bar", ["5", world.staff_ids[0]])
    saved(client, "SETTINGS_UPDATE_STAFF_GROUPS", {"group": {"id": 3, "name": "Front"}})
    limit = {"id": 1725000000000, "name": "w", "scope": "group", "targetIds": [3]}
    settings = saved(client, "SETTINGS_UPDATE_WEEKLY_LIMITS", {"limit": limit})
    (row,) = (each for each in settings["weeklyLimits"] if each["name"] == "w")
    assert row["targetIds"] == [group["id"]]
    backup = {"id": 7, "staffId": world.staff_ids[1], "groupId": 3}
    (row,) = saved(client, "SETTINGS_CREATE_BACKUP_ASSIGNMENT", {"assignment": backup})["backupAssignments"]
    assert row["groupId"] == group["id"]
    assert saved(client, "SETTINGS_DELETE_BACKUP_ASSIGNMENT", {"assignmentId": 7})["backupAssignments"] == []
    assert "w" not in [row["name"] for row in saved(client, "SETTINGS_DELETE_WEEKLY_LIMIT", {"limitId": 1725000000000})["weeklyLimits"]]  # fmt: skip
    saved(client, "SETTINGS_DELETE_STAFF_GROUP", {"groupId": 3})
    assert saved(client, "SETTINGS_HARD_DELETE_STAFF_GROUP", {"groupId": 3})["staffGroups"] == []
    for type, payload in (("STAFF_UPDATE", {"staffId": 3, "changes": {"name": "x"}}), ("STAFF_DELETE", {"staffId": 3})):
        client.send(type, payload)
        assert client.expect("ERROR")["payload"]["code"] == "not_found"
    client.settled()
    client.send("SHIFT_UPDATE", {**world.edit(0, "08-01", "×"), "staffId": 3})
    error, correction = client.settled()
    assert (error["type"], correction["payload"]["staffId"]) == ("ERROR", "3")
    client.send("STAFF_CREATE", {"id": 1725000000001, "name": "山田"})
    assert client.expect("STAFF_CREATE", "ERROR")["payload"]["name"] == "山田"


# --- other spellings at the top ---


@pytest.mark.parametrize(
    "older",
    [
        {"type": "avoid_shift", "staff_ids": ["P"], "shift_type": "late", "days_of_week": ["monday"]},
        {"rule_type": "avoid_shift", "staff_id": "P", "conditions": {"shift_type": "late", "day_of_week": 1}},
        {"ruleType": "avoid_shift", "type": "fairness", "staffIds": ["P"], "shift_type": "late", "days_of_week": [1]},
        {"rule_definition": {"type": "avoid_shift", "staff_ids": ["P"], "shift_type": "late", "days_of_week": [1]}},
    ],
)
def test_rule__in_older_spelling_at_its_top__is_stored_as_its_author_means_it(
    connect: Connect, world: World, older: Row
) -> None:
    person = world.staff_ids[0]

    def named(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: named(each) for key, each in value.items()}
        return [named(each) for each in value] if isinstance(value, list) else person if value == "P" else value

    wanted = {"ruleType": "avoid_shift", "staffIds": [person], "shiftType": "late", "daysOfWeek": [1]}
    rule = {"id": "r-1", "name": "r", "priority_level": 3, "preference_strength": 0.5, **named(older)}
    settings = saved(connect(v2=False), "SETTINGS_UPDATE_PRIORITY_RULES", {"rule": rule})
    (row,) = (each for each in settings["priorityRules"] if each["name"] == "r")
    assert row["ruleDefinition"] == wanted
    assert (row["priorityLevel"], row["ruleConfig"]) == (3, {"preferenceStrength": 0.5})


def test_rule__edited_in_the_older_spelling__the_copy_that_differs_is_the_edit(connect: Connect, world: World) -> None:
    client = connect(v2=False)
    definition = {"ruleType": "avoid_shift", "staffIds": world.staff_ids[:1], "shiftType": "late"}
    rule = made(PRIORITY_RULES, world, ruleDefinition=definition)
    row = by_id(asked(client)["settings"]["priorityRules"])[rule["id"]]
    nested = {"id": row["id"], "ruleDefinition": definition}
    for edit, shift in (
        ({**nested, "shift_type": "early"}, "early"),
        ({**nested, "shift_type": "early", "ruleDefinition": {**definition, "shiftType": "normal"}}, "normal"),
        ({**nested, "ruleDefinition": {**definition, "shiftType": "late"}}, "late"),
    ):
        stored = by_id(saved(client, "SETTINGS_UPDATE_PRIORITY_RULES", {"rule": edit})["priorityRules"])[rule["id"]]
        assert stored["ruleDefinition"]["shiftType"] == shift
    changed = {"ruleId": row["id"], "changes": {"staff_ids": world.staff_ids[:2]}}
    stored = by_id(saved(client, "SETTINGS_UPDATE_PRIORITY_RULES", changed)["priorityRules"])[rule["id"]]
    assert stored["staffIds"] == world.staff_ids[:2]


# --- values beside their place ---


@pytest.mark.parametrize(
    "payload",
    [
        {"changes": {"maxOffPerDay": 4}},
        {"maxOffPerDay": 4},
        {"limit": {}, "maxOffPerDay": 4},
        {"limit": None, "changes": {"maxOffPerDay": 4}},
        {"limit": {"maxOffPerDay": 4}, "maxOffPerDay": 6},
        {"changes": {"enabled": True}, "maxOffPerDay": "4"},
    ],
)
def test_daily_limits__bounds_wherever_they_stand__are_kept(connect: Connect, world: World, payload: Row) -> None:
    client = connect(v2=False)
    told = asked(client, {"clientId": "client_a"})["settings"]["dailyLimits"]
    now = saved(client, "SETTINGS_UPDATE_DAILY_LIMITS", payload)["dailyLimits"]
    assert now == {**told, "maxOffPerDay": 4}


def test_daily_limits__bounds_by_the_id_of_a_row__are_the_days(connect: Connect, world: World) -> None:
    client = connect(v2=False)
    row_id = asked(client)["settings"]["dailyLimits"][0]["id"]
    told = asked(client, {"clientId": "client_a"})["settings"]["dailyLimits"]
    edit = {"limitId": row_id, "changes": {"minEarlyPerDay": 1}}
    assert saved(client, "SETTINGS_UPDATE_DAILY_LIMITS", edit)["dailyLimits"] == {**told, "minEarlyPerDay": 1}


def test_update__values_beside_the_id__are_its_changes(connect: Connect, world: World) -> None:
    client, new = connect(v2=False), connect()
    for table in [each for each in TABLES if each.is_for_v1]:
        row = made(table, world)
        payload = {table.names.id_key: row["id"], "description": "beside"}
        settings = saved(client, table.names.update_type, payload)
        assert by_id(settings[table.names.collection])[row["id"]]["description"] == "beside", table.key
        new.settled()
        before = world.position.version
        new.request(table.names.update_type, {**payload, "description": "v2"})
        assert world.position.version == before
    week = made(WEEKLY_LIMITS, world, limitConfig={"maxCount": 3})
    client.settled()
    settings = saved(client, "SETTINGS_UPDATE_WEEKLY_LIMITS", {"limitId": week["id"], "maxCount": 2})
    assert by_id(settings["weeklyLimits"])[week["id"]]["limitConfig"] == {"maxCount": 2}
    client.send("SETTINGS_UPDATE_WEEKLY_LIMITS", {"maxCount": 2})
    assert list(client.expect("ERROR")["payload"]["details"]) == ["limitId"]


@pytest.mark.parametrize("table", ["WEEKLY_LIMITS", "MONTHLY_LIMITS", "DAILY_LIMITS"])
def test_scope__chosen_before_its_targets__is_kept_as_sent_and_about_everybody(
    connect: Connect, world: World, table: str
) -> None:
    client, new = connect(v2=False), connect()
    collection = {"WEEKLY_LIMITS": "weeklyLimits", "MONTHLY_LIMITS": "monthlyLimits", "DAILY_LIMITS": "dailyLimits"}[table]  # fmt: skip
    limit = {"id": "l-1", "name": "z", "shiftType": "off", "maxCount": 2, "scope": "staff_status", "targetIds": []}
    (row,) = (each for each in saved(client, f"SETTINGS_UPDATE_{table}", {"limit": limit})[collection] if each["name"] == "z")  # fmt: skip
    config = row["limitConfig"]
    assert (config["scope"], config["targetIds"], config["aboutEverybody"]) == ("staff_status", [], True)
    renamed = new.ack(f"SETTINGS_UPDATE_{table}", {"limitId": row["id"], "changes": {"name": "y"}})
    assert renamed["result"]["updatedLimit"]["limitConfig"] == config
    row = by_id(asked(client)["settings"][collection])[row["id"]]
    chosen = {**row, "targetIds": ["社員"], "limitConfig": {**row["limitConfig"], "targetIds": ["社員"]}}
    stored = by_id(saved(client, f"SETTINGS_UPDATE_{table}", {"limit": chosen})[collection])[row["id"]]["limitConfig"]
    assert (stored["targetIds"], "aboutEverybody" in stored) == (["社員"], False)
    wrong = {"limitConfig": {"shiftType": "off", "maxCount": 2, "scope": "staff_status", "targetIds": []}}
    refused = new.request(f"SETTINGS_UPDATE_{table}", {"limitId": row["id"], "changes": wrong})
    assert list(refused["payload"]["details"]) == ["limitConfig.targetIds"]
