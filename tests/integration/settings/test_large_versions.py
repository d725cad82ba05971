"""A version of a thousand rows: the log keeps a reference to it, and every client has it all the same."""

from typing import Any

import pytest

from settings_app.selectors.versions import active_version
from settings_app.services.checks import MAX_ROWS
from settings_app.services.replacing import SettingsMigrate, settings_migrate
from settings_app.services.versions import VersionActivate, version_activate
from shiftsync.core.errors import ValidationFailed
from shiftsync.realtime.models import Change
from shiftsync.realtime.stream.requests import ChangeRequest
from tests.conftest import Connect
from tests.integration.rest.conftest import Rest
from tests.support.world import World

ROWS = 1_000
SMALL = 2_000
"""Characters that a row of the log may hold, whatever the version holds."""


def limits(count: int) -> dict[str, Any]:
    """A browser's storage with that many rows."""
    return {
        "dailyLimits": [
            {"name": f"limit {number}", "shiftType": "off", "maxCount": 3, "note": "あ" * 100}
            for number in range(count)
        ]
    }


def migrated(world: World) -> int:
    """The version of the change that migrated a thousand rows, made by another process than the server."""
    return settings_migrate(ChangeRequest(world.actor(), SettingsMigrate(limits(ROWS)))).version


def activated(world: World, version_id: str) -> int:
    """The version of the change that took a version into use, made by another process than the server."""
    return version_activate(ChangeRequest(world.actor(), VersionActivate(version_id))).version


def names(document: dict[str, Any]) -> set[str]:
    """The rows of a settings document."""
    return {row["name"] for row in document["dailyLimits"]}


def test_large_version__migrated_and_activated__is_a_reference_in_the_log_and_whole_to_clients(
    world: World, connect: Connect
) -> None:
    v2, v1 = connect(), connect(v2=False)
    small = str(active_version(world.id).id)
    expected = {f"limit {number}" for number in range(ROWS)}
    version = migrated(world)
    for client in (v2, v1):
        told = client.expect("SETTINGS_SYNC_RESPONSE")
        assert told["version"] == version
        assert names(told["payload"]["settings"]) == names(told["payload"]) == expected
    large = str(active_version(world.id).id)
    activated(world, small)
    version = activated(world, large)
    told = v2.wait_for(lambda message: message.get("version") == version)
    assert told["type"] == "SETTINGS_ACTIVATE_VERSION"
    assert names(told["payload"]["settings"]) == expected
    assert told["payload"]["settings"]["revision"] == version
    whole = v1.wait_for(lambda message: message["type"].endswith("SYNC_RESPONSE") and message["version"] == version)
    assert names(whole["payload"]["settings"]) == expected
    logged = Change.objects.filter(restaurant=world.restaurant, topic="settings", version__gt=version - 3)
    assert len(logged) == 3
    assert max(len(change.payload) for change in logged) < SMALL


def test_large_version__missed_by_a_client__is_replayed_whole(world: World, connect: Connect, manager: Rest) -> None:
    since = f"{world.position.epoch}:{world.position.version}"
    version = migrated(world)
    late = connect(since=since)
    told = late.expect("SETTINGS_SYNC_RESPONSE")
    assert late.expect("RESUMED")["payload"]["version"] == told["version"] == version
    assert len(told["payload"]["settings"]["dailyLimits"]) == ROWS
    (change,) = manager.get(f"changes/?since={since}")["changes"]
    assert change["payload"]["settings"] == told["payload"]["settings"]


def test_large_version__switched_too_often_to_be_replayed__is_synced_instead(world: World, connect: Connect) -> None:
    since = f"{world.position.epoch}:{world.position.version}"
    small = str(active_version(world.id).id)
    migrated(world)
    large = str(active_version(world.id).id)
    for _ in range(8):
        activated(world, small)
        activated(world, large)
    late = connect(since=since)
    assert late.expect("RESYNC_REQUIRED")["version"] == world.position.version
    assert len(late.request("SETTINGS_SYNC_REQUEST", {})["payload"]["settings"]["dailyLimits"]) == ROWS


@pytest.mark.parametrize("is_dry", [True, False])
def test_migrate__more_rows_than_a_version_may_hold__is_refused(world: World, connect: Connect, is_dry: bool) -> None:
    before = world.position.version
    client = connect()
    content = {"dailyLimits": [{"name": f"{number}"} for number in range(MAX_ROWS + 1)]}
    error = client.request("SETTINGS_MIGRATE", {"settings": content, "dryRun": is_dry})["payload"]
    assert error["details"] == {"dailyLimits": ["A version has at most 2,000 daily limits."]}
    assert world.position.version == before
    with pytest.raises(ValidationFailed):
        settings_migrate(ChangeRequest(world.actor(), SettingsMigrate(content, skip_invalid=True)))
