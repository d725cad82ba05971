"""Reset and migration over the socket: who hears what, dry run, refusals, once per content."""

import json
from collections import Counter
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from settings_app.models import ConfigVersion
from settings_app.rules.v1.document import document_for_v1
from settings_app.selectors.sync import sync_settings
from settings_app.services.replacing import SettingsMigrate, settings_migrate
from settings_app.tables import settings_tables
from shiftsync.core.actor import Role
from shiftsync.realtime.stream.requests import ChangeRequest
from staff.services import StaffCreate, staff_create
from tests.conftest import Connect
from tests.contract.settings.samples import TABLES
from tests.contract.settings.test_versions_socket import sync
from tests.support.world import World, make_world

FILES = Path(__file__).parents[2] / "fixtures" / "browser_storage"
WHOLE = ("lists", "named_values", "plain_bounds", "weighed_bounds", "browser_defaults")
STAFF = json.loads((FILES / "staff.json").read_text())

GOOD: dict[str, Any] = {
    "staffGroups": [{"id": "g1", "name": "Hall", "members": ["田中", "佐藤"]}],
    "dailyLimits": [{"id": "l1", "name": "off", "shiftType": "off", "maxCount": 3}],
    "backupAssignments": [{"staffName": "鈴木", "groupName": "Hall"}],
}
BAD: dict[str, Any] = {**GOOD, "dailyLimits": [*GOOD["dailyLimits"], {"name": "bad", "maxCount": -1}]}


def in_version_1(settings: dict[str, Any]) -> Any:
    """Settings as version 2 reads them, in the form of version 1."""
    return document_for_v1({"settings": settings}, settings_tables())["settings"]


def stored(name: str) -> Any:
    """A file of a browser's storage."""
    return json.loads((FILES / f"{name}.json").read_text())


def test_reset__every_client__hears_what_the_protocol_says(connect: Connect, world: World) -> None:
    v2, other, v1, other_v1 = connect(), connect(), connect(v2=False), connect(v2=False)
    ack = v2.ack("SETTINGS_RESET", {})
    reply = v2.expect("SETTINGS_RESET")["payload"]
    assert reply == ack["result"]
    assert (reply["newVersion"]["name"], reply["newVersion"]["versionNumber"]) == ("Default Settings", 2)
    for client in (v2, other):
        told = client.expect("SETTINGS_SYNC_RESPONSE")
        assert told["payload"]["reset"] is True
        assert told["version"] == ack["version"]
        assert told["payload"]["settings"] == sync(client)
    for client in (v1, other_v1):
        assert client.expect("SETTINGS_SYNC_RESPONSE")["clientId"] is None
    v1.send("SETTINGS_RESET", {}, clientId="me")
    assert v1.expect("SETTINGS_RESET")["payload"]["newVersion"]["versionNumber"] == 3
    for client in (v1, other_v1):
        told = client.expect("SETTINGS_SYNC_RESPONSE")
        assert (told["clientId"], told["payload"]["reset"]) == (None, True)
        assert told["payload"]["settings"]["version"]["versionNumber"] == 3


@pytest.mark.parametrize("is_nested", [True, False])
def test_migrate__version_1_sender__alone_gets_migrated(connect: Connect, world: World, is_nested: bool) -> None:
    v1, other_v1, v2 = connect(v2=False), connect(v2=False), connect()
    v1.send("SETTINGS_MIGRATE", {"settings": GOOD} if is_nested else GOOD, clientId="me")
    report = v1.expect("SETTINGS_MIGRATE")["payload"]
    assert report["rowsInserted"]["staffGroups"] == report["rowsInserted"]["backupAssignments"] == 1
    assert report["newVersion"]["name"] == "Migrated from localStorage"
    mine, theirs, other = (client.expect("SETTINGS_SYNC_RESPONSE") for client in (v1, other_v1, v2))
    assert mine["payload"]["migrated"] is True
    assert mine["clientId"] is None
    assert theirs["clientId"] is None
    assert "migrated" not in theirs["payload"]
    assert "migrated" not in other["payload"]
    settings = mine["payload"]["settings"]
    (group,), (assignment,) = settings["staffGroups"], settings["backupAssignments"]
    assert group["groupConfig"]["members"] == world.staff_ids[:2]
    assert (assignment["groupId"], assignment["staffId"]) == (group["id"], world.staff_ids[2])
    assert sync(v2) == other["payload"]["settings"]
    assert in_version_1(sync(v2)) == settings


def test_migrate__dry_run__writes_nothing_and_tells_all(connect: Connect, world: World) -> None:
    client = connect()
    before = world.position.version
    client.send("SETTINGS_MIGRATE", {"settings": BAD, "dryRun": True})
    report = client.expect("SETTINGS_MIGRATE")["payload"]
    assert report["dryRun"] is True
    assert report["newVersion"] is None
    assert [entry["from"] for entry in report["skipped"]] == ["dailyLimits[1]"]
    assert report["mapping"]["tables"]["dailyLimits"]["rows"] == 1
    assert world.position.version == before
    assert client.settled() == []


def test_migrate__one_bad_row__refuses_all_unless_skipped(connect: Connect, world: World) -> None:
    client = connect()
    before = world.position.version
    error = client.request("SETTINGS_MIGRATE", {"settings": BAD})["payload"]
    assert error["code"] == "validation_error"
    assert "dailyLimits[1]" in error["details"]
    assert world.position.version == before
    result = client.ack("SETTINGS_MIGRATE", {"settings": BAD, "skipInvalid": True})["result"]
    assert result["rowsInserted"]["dailyLimits"] == 1
    assert [(entry["table"], entry["index"]) for entry in result["skipped"]] == [("dailyLimits", 1)]


def test_migrate__the_same_content_again__says_so_and_changes_nothing(connect: Connect, world: World) -> None:
    client = connect()
    first = client.ack("SETTINGS_MIGRATE", {"settings": GOOD})
    again = client.ack("SETTINGS_MIGRATE", {"settings": dict(reversed(GOOD.items()))})
    assert again["result"]["alreadyMigrated"] is True
    assert again["result"]["newVersion"]["id"] == first["result"]["newVersion"]["id"]
    assert again["version"] == first["version"]
    others = client.ack("SETTINGS_MIGRATE", {"settings": GOOD, "tables": ["staffGroups"]})
    assert "alreadyMigrated" not in others["result"]


def test_migrate__the_same_content_after_a_reset__puts_its_version_in_use(connect: Connect, world: World) -> None:
    v1, other_v1, v2 = connect(v2=False), connect(v2=False), connect()
    whole = {**stored("lists"), "dailyLimits": []}
    first = v2.ack("SETTINGS_MIGRATE", {"settings": whole, "skipInvalid": True})["result"]
    v2.ack("SETTINGS_RESET", {})
    for client in (v1, other_v1):
        client.settled()
    v2.send("SETTINGS_MIGRATE", {"settings": whole, "skipInvalid": True, "dryRun": True})
    v2.settled()
    preview = [message for message in v2.received if message["type"] == "SETTINGS_MIGRATE"][-1]["payload"]
    assert (preview["newVersion"], "alreadyMigrated" in preview) == (None, False)
    v1.send("SETTINGS_MIGRATE", {"settings": whole, "skipInvalid": True}, clientId="me")
    report, mine = v1.settled()
    assert (report["type"], mine["type"]) == ("SETTINGS_MIGRATE", "SETTINGS_SYNC_RESPONSE")
    assert report["payload"]["alreadyMigrated"] is True
    assert report["payload"]["newVersion"]["id"] == first["newVersion"]["id"]
    assert (mine["clientId"], mine["payload"]["migrated"]) == (None, True)
    (theirs,), (told,) = other_v1.settled(), v2.settled()
    assert "migrated" not in theirs["payload"]
    assert sync(v2)["version"]["id"] == first["newVersion"]["id"]
    assert told["payload"]["settings"] == sync(v2)
    assert mine["payload"]["settings"] == in_version_1(sync(v2))
    v1.send("SETTINGS_MIGRATE", {"settings": whole}, clientId="me")
    again, echo = v1.settled()
    assert "nothing was changed" in again["payload"]["message"]
    assert echo["payload"]["migrated"] is True
    assert other_v1.settled() == v2.settled() == []


def test_migrate__after_a_missing_member_was_entered__is_another_migration(connect: Connect, world: World) -> None:
    client = connect()
    content = {"staffGroups": [{"name": "Hall", "members": ["田中", "新人"]}]}
    first = client.ack("SETTINGS_MIGRATE", {"settings": content})["result"]
    assert [entry["rowLeftOut"] for entry in first["skipped"]] == [False]
    member = client.ack("STAFF_CREATE", {"name": "新人"})["result"]["staff"]["id"]
    second = client.ack("SETTINGS_MIGRATE", {"settings": content})["result"]
    assert second["newVersion"]["versionNumber"] == 3
    assert sync(client)["staffGroups"][0]["groupConfig"]["members"] == [world.staff_ids[0], member]
    assert client.ack("SETTINGS_MIGRATE", {"settings": content})["result"]["alreadyMigrated"] is True


def test_migrate__file_with_some_tables__keeps_the_rows_of_the_others(connect: Connect, world: World) -> None:
    client = connect()
    before = sync(client)
    part = {"weeklyLimits": [{"name": "one"}]}
    result = client.ack("SETTINGS_MIGRATE", {"settings": part})["result"]
    after = sync(client)
    assert [row["name"] for row in after["weeklyLimits"]] == ["one"]
    for collection in ("dailyLimits", "monthlyLimits", "priorityRules", "mlModelConfigs"):
        assert [row["lineageId"] for row in after[collection]] == [row["lineageId"] for row in before[collection]]
        assert result["rowsInserted"][collection] == len(before[collection])
    client.ack("SETTINGS_RESET", {})
    client.ack("SETTINGS_CREATE_DAILY_LIMIT", {"limit": {"name": "later"}})
    again = client.ack("SETTINGS_MIGRATE", {"settings": part})["result"]
    assert "alreadyMigrated" not in again
    assert "later" in [row["name"] for row in sync(client)["dailyLimits"]]


def test_migrate_and_reset__versions__bear_the_documented_names(connect: Connect, world: World) -> None:
    client = connect()
    migrated = client.ack("SETTINGS_MIGRATE", {"settings": GOOD})["result"]["newVersion"]
    reset = client.ack("SETTINGS_RESET", {})["result"]["newVersion"]
    assert (migrated["name"], migrated["description"]) == (
        "Migrated from localStorage",
        "Settings imported from browser localStorage",
    )
    assert (reset["name"], reset["description"]) == ("Default Settings", "Reset to default configuration")


def test_reset__groups_and_their_backups__are_kept(connect: Connect, world: World) -> None:
    client = connect()
    client.ack("SETTINGS_MIGRATE", {"settings": GOOD})
    before = sync(client)
    answer = client.ack("SETTINGS_RESET", {})["result"]
    after = sync(client)
    assert "1 staff groups and 1 backup assignments" in answer["message"]
    (group,), (assignment,) = after["staffGroups"], after["backupAssignments"]
    assert (group["name"], group["groupConfig"]) == ("Hall", before["staffGroups"][0]["groupConfig"])
    assert (assignment["groupId"], assignment["staffId"]) == (group["id"], world.staff_ids[2])
    assert group["lineageId"] == before["staffGroups"][0]["lineageId"]
    assert group["id"] != before["staffGroups"][0]["id"]
    assert len(after["dailyLimits"]) == 3
    added = client.ack("SETTINGS_CREATE_STAFF_GROUP", {"group": {"name": "Bar"}})["result"]["createdGroup"]
    assert added["versionId"] == after["version"]["id"]


def test_migrate__some_tables__carries_the_others_over(connect: Connect, world: World) -> None:
    client = connect()
    before = sync(client)
    client.ack("SETTINGS_MIGRATE", {"settings": GOOD, "tables": ["staffGroups"]})
    after = sync(client)
    assert [group["name"] for group in after["staffGroups"]] == ["Hall"]
    for collection in ("dailyLimits", "weeklyLimits", "priorityRules", "mlModelConfigs"):
        assert [row["lineageId"] for row in after[collection]] == [row["lineageId"] for row in before[collection]]
    assert client.request("SETTINGS_MIGRATE", {"settings": GOOD, "tables": ["nothing"]})["type"] == "ERROR"


@pytest.mark.parametrize("content", [{}, {"settings": "no settings"}, {"settings": []}, {"settings": {"x": 1}}])
def test_migrate__nothing_in_it__is_refused(connect: Connect, world: World, content: Any) -> None:
    client = connect()
    assert client.request("SETTINGS_MIGRATE", content)["payload"]["code"] == "validation_error"
    assert ConfigVersion.objects.filter(restaurant=world.restaurant).count() == 1


def test_migrate__viewer__may_not(connect: Connect, world: World) -> None:
    viewer = connect(Role.VIEWER)
    for type, payload in (
        ("SETTINGS_MIGRATE", GOOD),
        ("SETTINGS_MIGRATE", {"settings": GOOD, "dryRun": True}),
        ("SETTINGS_RESET", {}),
    ):
        assert viewer.request(type, payload)["payload"]["code"] == "forbidden"


def test_migrate__audit_trail__has_each_row_with_the_reason(connect: Connect, world: World) -> None:
    client = connect()
    version = client.ack("SETTINGS_MIGRATE", {"settings": GOOD})["result"]["newVersion"]
    client.send("SETTINGS_CHANGES_REQUEST", {"versionId": version["id"]})
    changes = client.expect("SETTINGS_CHANGES_RESPONSE")["payload"]["changes"]
    inserted = [entry for entry in changes if entry["operation"] == "INSERT"]
    assert {entry["reason"] for entry in inserted} == {"Migrated from localStorage"}
    taken = [entry["tableName"] for entry in inserted]
    assert {"config_versions": 1, "daily_limits": 1, "staff_backup_assignments": 1, "staff_groups": 1}.items() <= (
        Counter(taken).items()
    )
    assert Counter(taken)["weekly_limits"] == len(sync(client)["weeklyLimits"]) == 2


@pytest.mark.parametrize("name", [*WHOLE, "damaged"])
def test_migrate__every_historical_form__is_in_use_afterwards(name: str, db_with_commits: None) -> None:
    world = make_world("Files", ())
    for entry in STAFF:
        staff_create(ChangeRequest(world.system, StaffCreate({"name": entry["name"]}, UUID(entry["id"]))))
    intent = SettingsMigrate(stored(name), skip_invalid=name == "damaged")
    result = settings_migrate(ChangeRequest(world.actor(), intent)).result
    settings = sync_settings(world.id)["settings"]
    assert settings["version"]["id"] == result["newVersion"]["id"]
    counts = {table.names.collection: len(settings[table.names.collection]) for table in TABLES}
    assert counts == result["rowsInserted"]
    assert sum(counts.values()) > 3
    assert bool([entry for entry in result["skipped"] if entry["rowLeftOut"]]) is (name == "damaged")
