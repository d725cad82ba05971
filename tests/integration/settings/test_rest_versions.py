"""Versions, whole settings and the audit trail over REST."""

from shiftsync.core.actor import Role
from tests.conftest import Connect
from tests.contract.settings.samples import TABLES
from tests.contract.settings.test_replacing_socket import BAD, GOOD
from tests.integration.rest.conftest import AsRole, Rest
from tests.support.world import World


def test_versions__from_copy_to_lock__heard_by_sockets(
    manager: Rest, owner: Rest, connect: Connect, world: World
) -> None:
    client = connect()
    first = manager.get("settings/")["settings"]["version"]
    copy = manager.post(f"config-versions/{first['id']}/copy/", {"name": "copy"}, status=201)["result"]["version"]
    empty = manager.post("config-versions/", {"name": "empty", "empty": True}, status=201)["result"]["version"]
    assert [version["name"] for version in manager.get("config-versions/")] == [
        "empty",
        "copy",
        first["name"],
    ]
    manager.post(f"config-versions/{copy['id']}/activate/")
    assert client.expect("SETTINGS_ACTIVATE_VERSION")["payload"]["version"]["id"] == copy["id"]
    manager.refused("post", f"config-versions/{copy['id']}/lock/", {}, status=403)
    owner.post(f"config-versions/{copy['id']}/lock/")
    assert manager.get(f"config-versions/{copy['id']}/")["isLocked"] is True
    owner.post(f"config-versions/{copy['id']}/unlock/")
    compared = manager.get(f"config-versions/compare/?from={first['id']}&to={empty['id']}")
    assert len(compared["tables"]["dailyLimits"]["removed"]) == 3
    manager.delete(f"config-versions/{empty['id']}/")
    manager.refused("delete", f"config-versions/{first['id']}/", status=400)


def test_settings__migrated_exported_and_migrated_back__are_equal(
    manager: Rest, other_world: World, as_role: AsRole
) -> None:
    manager.post("settings/migrate/", {"settings": GOOD})
    exported = manager.get("settings/export/")
    before = manager.get("settings/")["settings"]
    report = manager.post("settings/migrate/", exported)["result"]
    assert report["skipped"] == []
    after = manager.get("settings/")["settings"]
    compared = manager.get(f"config-versions/compare/?from={before['version']['id']}&to={after['version']['id']}")
    for difference in compared["tables"].values():
        assert difference == {"added": [], "removed": [], "changed": []}


def test_migrate__dry_run_bad_and_again__as_over_the_socket(manager: Rest, viewer: Rest, world: World) -> None:
    preview = manager.post("settings/migrate/", {"settings": BAD, "dryRun": True})["result"]
    assert preview["dryRun"] is True
    assert len(preview["skipped"]) == 1
    viewer.refused("post", "settings/migrate/", {"settings": BAD, "dryRun": True}, status=403)
    manager.refused("post", "settings/migrate/", {"settings": BAD}, status=400)
    manager.post("settings/migrate/", {**BAD, "skipInvalid": True})
    assert manager.post("settings/migrate/", BAD)["result"]["alreadyMigrated"] is True


def test_reset_and_trail__paged_and_restored(manager: Rest, connect: Connect, world: World) -> None:
    client = connect()
    manager.post("settings/reset/", {"reason": "start over"})
    assert client.expect("SETTINGS_SYNC_RESPONSE")["payload"]["reset"] is True
    page = manager.get("settings-changes/?limit=3")
    assert {entry["reason"] for entry in page["changes"]} == {"start over"}
    assert len(manager.get(f"settings-changes/?limit=3&cursor={page['cursor']}")["changes"]) == 3
    made = manager.get("settings-changes/?tableName=dailyLimits&limit=1")["changes"][0]
    manager.post(f"settings-changes/{made['id']}/restore/")
    assert made["rowId"] not in {row["id"] for row in manager.get("daily-limits/")}
    assert {entry["tableName"] for entry in manager.get("settings-changes/?limit=500")["changes"]} <= {
        "config_versions",
        *(table.key for table in TABLES),
    }


def test_another_restaurant__sees_nothing(manager: Rest, as_role: AsRole, other_world: World) -> None:
    mine = manager.get("settings/")["settings"]["version"]["id"]
    theirs = as_role(Role.OWNER, other_world)
    theirs.refused("get", f"settings/?versionId={mine}", status=404)
    theirs.refused("post", f"config-versions/{mine}/activate/", {}, status=404)
    assert theirs.get(f"settings-changes/?versionId={mine}")["changes"] == []


def test_answers__over_rest__are_rows_and_read_back(
    manager: Rest, viewer: Rest, connect: Connect, world: World
) -> None:
    client = connect()
    told = manager.patch("settings/answers/", {"answers": {"leastDaysOff": {"count": 8}, "hoursOfRest": None}})
    assert told["result"] == {"changed": 1}
    assert client.expect("SETTINGS_UPDATE_MONTHLY_LIMITS")["payload"]["updatedLimit"]["limitConfig"]["minCount"] == 8
    assert viewer.get("settings/answers/")["leastDaysOff"] == {"count": 8, "isHard": True}
    refused = manager.refused("patch", "settings/answers/", {"answers": {"mostDaysOff": {"count": 5}}}, status=400)
    assert list(refused["details"]) == ["answers.mostDaysOff"]
    assert refused["messageJa"] == "月の休みの上限：休みの日数の下限は、上限以下にしてください。"
    viewer.refused("patch", "settings/answers/", {"answers": {}}, status=403)
