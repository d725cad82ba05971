"""Settings as version 1 clients read and write them: rows with keys at their top."""

from typing import Any
from uuid import uuid4

import pytest

from settings_app.rules.v1.flat import flat_row
from settings_app.tables import (
    MONTHLY_LIMITS,
    PRIORITY_RULES,
    STAFF_GROUPS,
    WEEKLY_LIMITS,
)
from tests.conftest import Connect
from tests.contract.settings.samples import TABLES, made, sample_row
from tests.contract.settings.version_1 import A, B, Row, asked, by_id, sent
from tests.support.world import World

# --- tables that came later ---


@pytest.mark.parametrize("as_object", [False, True])
def test_needs__version_1__hears_nothing_of_them_and_keeps_them(
    connect: Connect, world: World, as_object: bool
) -> None:
    old, new = connect(v2=False), connect()
    question = {"clientId": A} if as_object else {}
    before = asked(old, question)
    need = {"id": str(uuid4()), "name": "夜", "needConfig": {"shiftType": "late", "perDay": {"friday": 3}}}
    new.ack("SETTINGS_CREATE_STAFFING_NEED", {"need": need})
    change = {"needId": need["id"], "changes": {"needConfig": {"shiftType": "late", "perDay": {"friday": 4}}}}
    new.ack("SETTINGS_UPDATE_STAFFING_NEEDS", change)
    limit = made(WEEKLY_LIMITS, world)
    told = sent(old, "SETTINGS_UPDATE_WEEKLY_LIMITS", {"limitId": limit["id"], "changes": {"description": "x"}})

    # The first that it hears is of its own table.
    assert told["payload"]["updated"] == "weekly_limits"
    for payload in (before, told["payload"], asked(old, question)):
        assert "staffingNeeds" not in {**payload, **payload["settings"]}
        assert set(payload) == set(before) | ({"updated"} & set(payload))
    new.ack("SETTINGS_RESET", {})
    (kept,) = new.request("SETTINGS_SYNC_REQUEST", {})["payload"]["staffingNeeds"]
    assert kept["needConfig"] == change["changes"]["needConfig"]  # type: ignore[index]  # a dict


# --- keys at the top ---


def test_sync__version_1__has_keys_at_the_top_and_version_2_has_none(connect: Connect, world: World) -> None:
    old, new = connect(v2=False), connect()
    rows = {table.key: made(table, world) for table in TABLES}
    plain = new.request("SETTINGS_SYNC_REQUEST", {})["payload"]
    edit = {"limitId": rows["weekly_limits"]["id"], "changes": {"description": "x"}}
    old.settled()
    told = [asked(old), sent(old, "SETTINGS_UPDATE_WEEKLY_LIMITS", edit)["payload"]]
    for payload in told:
        for table in [each for each in TABLES if each.is_for_v1]:
            name, row_id = table.names.collection, rows[table.key]["id"]
            assert payload[name] == payload["settings"][name]
            if table is not WEEKLY_LIMITS:
                assert by_id(payload[name])[row_id] == flat_row(rows[table.key], table.key)
    assert by_id(told[0]["staffGroups"])[rows["staff_groups"]["id"]]["members"] == []
    assert by_id(told[0]["backupAssignments"])[rows["staff_backup_assignments"]["id"]]["priority"] == 0
    for table in TABLES:
        assert by_id(plain[table.names.collection])[rows[table.key]["id"]] == rows[table.key]
    assert "ortoolsConfig" not in plain["settings"]


def test_update__two_copies_of_a_value__the_edited_one_is_stored(connect: Connect, world: World) -> None:
    client = connect(v2=False)
    week = made(WEEKLY_LIMITS, world, limitConfig={"shiftType": "off", "maxCount": 3})
    month = made(MONTHLY_LIMITS, world, limitConfig={"limitType": "max_off_days", "maxCount": 9})
    group = made(STAFF_GROUPS, world, groupConfig={"members": [world.staff_ids[0]], "coverageRules": {"minEarly": 1}})
    rule = made(
        PRIORITY_RULES,
        world,
        ruleDefinition={"ruleType": "avoid_shift", "staffIds": [world.staff_ids[0]], "shiftType": "late"},
    )
    read = asked(client)["settings"]

    def edited(place: tuple[str, str, str, Row], config: Row | None = None, **changes: Any) -> Row:
        """The row as stored after its author, who read it before all of these edits, sent the whole of it."""
        collection, type, key, row = place
        seen = by_id(read[collection])[row["id"]]
        name = next(name for name in ("limitConfig", "groupConfig", "ruleDefinition") if name in seen)
        sync = sent(client, type, {key: {**seen, **changes, name: {**seen[name], **(config or {})}}})
        return by_id(sync["payload"]["settings"][collection])[row["id"]]

    weekly = ("weeklyLimits", "SETTINGS_UPDATE_WEEKLY_LIMITS", "limit", week)
    assert edited(weekly, config={"maxCount": 7})["limitConfig"]["maxCount"] == 7
    assert edited(weekly, config={"maxCount": 5}, maxCount=4)["maxCount"] == 5
    assert edited(weekly, maxCount=6)["limitConfig"]["maxCount"] == 6
    monthly = ("monthlyLimits", "SETTINGS_UPDATE_MONTHLY_LIMITS", "limit", month)
    told = edited(monthly, limitType="off_days", maxCount=8.5, countHalfDays=True)
    assert told["limitConfig"] == {"limitType": "off_days", "maxCount": 8.5, "countHalfDays": True}
    assert (told["limitType"], told["maxCount"], told["countHalfDays"]) == ("off_days", 8.5, True)
    assert edited(monthly, config={"maxCount": 7}, maxCount=6)["maxCount"] == 6
    members = world.staff_ids[:2]
    groups = ("staffGroups", "SETTINGS_UPDATE_STAFF_GROUPS", "group", group)
    assert edited(groups, members=members)["groupConfig"] == {"members": members, "coverageRules": {"minEarly": 1}}
    assert edited(groups, config={"members": members[1:]})["members"] == members[1:]
    rules = ("priorityRules", "SETTINGS_UPDATE_PRIORITY_RULES", "rule", rule)
    assert edited(rules, staffIds=members, daysOfWeek=[1])["ruleDefinition"]["daysOfWeek"] == [1]
    assert edited(rules, preferenceStrength=0.5)["ruleConfig"]["preferenceStrength"] == 0.5


def test_row__made_with_an_id_of_the_clients_own__is_found_by_it(connect: Connect, world: World) -> None:
    client = connect(v2=False)
    made_so: list[tuple[str, str, Row]] = [
        ("SETTINGS_UPDATE_STAFF_GROUPS", "group", {"id": "group-17", "name": "Hall"}),
        ("SETTINGS_UPDATE_WEEKLY_LIMITS", "limit", {"id": "limit-17", "name": "w", "scope": "group", "targetIds": ["group-17"]}),
        ("SETTINGS_UPDATE_PRIORITY_RULES", "rule", {"id": "rule-17", "name": "r", "ruleType": "together", "groupIds": ["group-17"]}),
    ]  # fmt: skip
    for type, key, row in made_so:
        assert sent(client, type, {key: row})["type"] != "ERROR"
    backup = {"id": "backup-17", "staffId": world.staff_ids[0], "groupId": "group-17"}
    settings = sent(client, "SETTINGS_CREATE_BACKUP_ASSIGNMENT", {"assignment": backup})["payload"]["settings"]
    (group,), (assignment,) = settings["staffGroups"], settings["backupAssignments"]
    assert assignment["groupId"] == group["id"]
    (limit,) = (row for row in settings["weeklyLimits"] if row["name"] == "w")
    (rule,) = (row for row in settings["priorityRules"] if row["name"] == "r")
    assert (limit["targetIds"], rule["ruleDefinition"]["groupIds"]) == ([group["id"]], [group["id"]])

    renamed = sent(client, "SETTINGS_UPDATE_STAFF_GROUPS", {"groupId": "group-17", "changes": {"name": "Bar"}})
    assert [row["name"] for row in renamed["payload"]["settings"]["staffGroups"]] == ["Bar"]
    for type, key in (("RULE", "ruleId"), ("RULE", "ruleId")):
        told = sent(client, f"SETTINGS_DELETE_PRIORITY_{type}", {key: "rule-17"})
        assert "r" not in [row["name"] for row in told["payload"]["settings"]["priorityRules"]]
    told = sent(client, "SETTINGS_DELETE_BACKUP_ASSIGNMENT", {"assignmentId": "backup-17"})
    assert told["payload"]["settings"]["backupAssignments"] == []
    sent(client, "SETTINGS_DELETE_STAFF_GROUP", {"groupId": "group-17"})
    gone = sent(client, "SETTINGS_HARD_DELETE_STAFF_GROUP", {"groupId": "group-17"})
    assert gone["payload"]["settings"]["staffGroups"] == []
    assert sent(client, "SETTINGS_DELETE_STAFF_GROUP", {"groupId": "group-17"})["payload"]["code"] == "not_found"


def test_update__own_keystrokes_before_anothers_edit_is_seen__leave_that_edit(connect: Connect, world: World) -> None:
    mine, theirs = connect(v2=False), connect(v2=False)
    limit = made(WEEKLY_LIMITS, world, limitConfig={"shiftType": "off", "maxCount": 3, "daysOfWeek": [0]})
    group = made(STAFF_GROUPS, world, groupConfig={"members": world.staff_ids[:1]})
    read = asked(mine)["settings"]
    row, people = by_id(read["weeklyLimits"])[limit["id"]], by_id(read["staffGroups"])[group["id"]]
    edit = {"limitId": limit["id"], "changes": {"daysOfWeek": [1]}}
    sent(theirs, "SETTINGS_UPDATE_WEEKLY_LIMITS", edit, B)
    edit = {"groupId": group["id"], "changes": {"members": world.staff_ids[:2]}}
    sent(theirs, "SETTINGS_UPDATE_STAFF_GROUPS", edit, B)
    for count in (4, 5, 6):
        typed = {**row, "limitConfig": {**row["limitConfig"], "maxCount": count}}
        told = sent(mine, "SETTINGS_UPDATE_WEEKLY_LIMITS", {"limit": typed})["payload"]["settings"]
        stored = by_id(told["weeklyLimits"])[limit["id"]]["limitConfig"]
        assert (stored["maxCount"], stored["daysOfWeek"]) == (count, [1])
    first, second, third = world.staff_ids
    for chosen, members in (([first, third], [first, second, third]), ([first], [first, second])):
        told = sent(mine, "SETTINGS_UPDATE_STAFF_GROUPS", {"group": {**people, "members": chosen}})
        assert by_id(told["payload"]["settings"]["staffGroups"])[group["id"]]["members"] == members


def test_update__inputs_that_were_emptied__clear_their_values(connect: Connect, world: World) -> None:
    client = connect(v2=False)
    rules = {"maxConsecutive": 2}
    month = made(MONTHLY_LIMITS, world, limitConfig={"minCount": 7, "maxCount": 9, "distributionRules": rules})
    row = by_id(asked(client)["settings"]["monthlyLimits"])[month["id"]]
    for changes in ({"maxCount": ""}, {"distributionRules": {"maxConsecutive": ""}}, {"distributionRules": None}):
        sync = sent(client, "SETTINGS_UPDATE_MONTHLY_LIMITS", {"limit": {**row, **changes}})
        row = by_id(sync["payload"]["settings"]["monthlyLimits"])[month["id"]]
    assert row["limitConfig"] == {"minCount": 7, "maxCount": None, "distributionRules": None}
    assert row["distributionRules"] is None
    weights = {"penaltyWeights": {"staffGroup": ""}, "solverSettings": {"timeout": ""}}
    chosen = {"penaltyWeights": {"staffGroup": 7}, "solverSettings": {"timeout": 45}}
    told = asked(client)["settings"]["ortoolsConfig"]
    assert sent(client, "SETTINGS_UPDATE_ORTOOLS_CONFIG", {"config": chosen})["type"] != "ERROR"
    sync = sent(client, "SETTINGS_UPDATE_ORTOOLS_CONFIG", {"config": weights})
    assert sync["payload"]["settings"]["ortoolsConfig"] == told


def test_daily_limits__switched_off_while_other_tables_are_migrated__come_back(connect: Connect, world: World) -> None:
    client = connect(v2=False)
    told = asked(client, {"clientId": A})["settings"]["dailyLimits"]
    sent(client, "SETTINGS_UPDATE_DAILY_LIMITS", {"limit": {**told, "enabled": False}})
    sent(client, "SETTINGS_MIGRATE", {"settings": {"weeklyLimits": [{"name": "w", "maxCount": ""}]}})
    now = asked(client, {"clientId": A})["settings"]["dailyLimits"]
    assert now == {**told, "enabled": False}
    sync = sent(client, "SETTINGS_UPDATE_DAILY_LIMITS", {"limit": {**now, "enabled": True}})
    assert sync["payload"]["settings"]["dailyLimits"] == told


def test_update__stale_rows_of_a_whole_table__leave_what_others_changed(connect: Connect, world: World) -> None:
    client, other = connect(v2=False), connect()
    rows = [made(MONTHLY_LIMITS, world, name=f"m{number}", limitConfig={"maxCount": 9}) for number in range(3)]
    seen = asked(client)["settings"]["monthlyLimits"]
    for row in rows[:2]:
        other.ack("SETTINGS_UPDATE_MONTHLY_LIMITS", {"limitId": row["id"], "changes": {"limitConfig": {"maxCount": 7}}})
    client.settled()
    before = world.position.version
    for row in seen:
        edit = {"name": "mine", "minCount": 1} if row["id"] == rows[0]["id"] else {}
        client.send("SETTINGS_UPDATE_MONTHLY_LIMITS", {"limit": {**row, **edit, "_isLocalOnly": True}}, clientId=A)
    client.settled()
    stored = by_id(asked(client)["settings"]["monthlyLimits"])
    assert stored[rows[0]["id"]]["limitConfig"] == {"maxCount": 7, "minCount": 1}
    assert stored[rows[0]["id"]]["name"] == "mine"
    assert [stored[row["id"]]["maxCount"] for row in rows] == [7, 7, 9]
    assert world.position.version == before + 1


def test_assignment__priority__is_its_order(connect: Connect, world: World) -> None:
    client = connect(v2=False)
    (table,) = (table for table in TABLES if table.key == "staff_backup_assignments")
    given = {key: value for key, value in sample_row(table, world).items() if key != "priorityOrder"}
    sync = sent(client, table.names.create_type, {"assignment": {**given, "priority": 2}})
    (row,) = sync["payload"]["settings"]["backupAssignments"]
    assert (row["priority"], row["priorityOrder"]) == (2, 2)
    changed = sent(client, table.names.update_type, {"assignment": {**row, "priority": 3}})
    (row,) = changed["payload"]["settings"]["backupAssignments"]
    assert (row["priority"], row["priorityOrder"]) == (3, 3)


@pytest.mark.parametrize("as_row", [True, False])
def test_assignment__switched_off__goes_out_of_use_for_everybody(connect: Connect, world: World, as_row: bool) -> None:
    client, other = connect(v2=False), connect()
    (table,) = (table for table in TABLES if table.key == "staff_backup_assignments")
    row = made(table, world)
    other.settled()
    off = {"isActive": False}
    update = {"assignment": {**row, **off}} if as_row else {"assignmentId": row["id"], "changes": off}
    sync = sent(client, table.names.update_type, update)
    assert sync["payload"]["settings"]["backupAssignments"] == []
    (told,) = other.settled()
    assert (told["type"], told["payload"]["assignmentId"]) == (table.names.delete_type, row["id"])
    again = sent(client, table.names.update_type, update)
    assert (again["type"], again["version"]) == ("SETTINGS_SYNC_RESPONSE", sync["version"])
    assert other.settled() == []


# --- updates that say nothing, rows without a name ---


def test_update__that_says_nothing__is_no_error_and_no_version(connect: Connect, world: World) -> None:
    client = connect(v2=False)
    before = world.position.version
    for table in TABLES:
        names = table.names
        empty: list[Row] = [
            {},
            {names.row: {}},
            {"changes": {}},
            {names.row: {"_isLocalOnly": True}},
            {names.row: None},
        ]
        for payload in empty:
            client.send(names.update_type, payload, clientId=A)
    configs: list[Row] = [{}, {"config": None}, {"config": {}}]
    for config in configs:
        client.send("SETTINGS_UPDATE_ORTOOLS_CONFIG", config, clientId=A)
    assert [message for message in client.settled() if message["type"] == "ERROR"] == []
    assert world.position.version == before
    assert client.ack("SETTINGS_UPDATE_DAILY_LIMITS", {"limit": {}})["version"] == before


@pytest.mark.parametrize("table", [WEEKLY_LIMITS, MONTHLY_LIMITS, PRIORITY_RULES], ids=lambda table: table.key)
def test_row__name_that_is_empty__is_stored(connect: Connect, world: World, table: Any) -> None:
    client = connect(v2=False)
    given = sample_row(table, world, name="")
    sync = sent(client, table.names.create_type, {table.names.row: given})
    row = sync["payload"]["settings"][table.names.collection][0]
    assert row["name"] == ""
    named = sent(client, table.names.update_type, {table.names.row: {**row, "name": "named"}})
    row = named["payload"]["settings"][table.names.collection][0]
    assert sent(client, table.names.update_type, {table.names.row: {**row, "name": ""}})["type"] != "ERROR"
