"""Reset and migration over the socket: who hears what, dry run, refusals, once per content."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from settings_app.models import ConfigVersion
from settings_app.selectors.sync import sync_settings
from settings_app.services.replacing import SettingsMigrate, settings_migrate
from shiftsync.core.actor import Role
from shiftsync.realtime.requests import ChangeRequest
from staff.services import StaffCreate, staff_create
from tests.conftest import Connect
from tests.contract.settings.samples import TABLES
from tests.contract.settings.test_versions_socket import sync
from tests.support.world import World, make_world

FILES = Path(__file__).parents[2] / "fixtures" / "browser_storage"
WHOLE = ("lists", "named_values", "plain_bounds", "weighed_bounds")
STAFF = json.loads((FILES / "staff.json").read_text())

GOOD: dict[str, Any] = {
    "staffGroups": [{"id": "g1", "name": "Hall", "members": ["田中", "佐藤"]}],
    "dailyLimits": [{"id": "l1", "name": "off", "shiftType": "off", "maxCount": 3}],
    "backupAssignments": [{"staffName": "鈴木", "groupName": "Hall"}],
}
BAD: dict[str, Any] = {**GOOD, "dailyLimits": [*GOOD["dailyLimits"], {"name": "bad", "maxCount": -1}]}


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
    assert sync(v2) == settings == other["payload"]["settings"]


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
    assert sorted(entry["tableName"] for entry in inserted) == [
        "config_versions",
        "daily_limits",
        "staff_backup_assignments",
        "staff_groups",
    ]


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
