"""/api/changes/: the log for clients without a socket."""

import pytest

from shiftsync.core.actor import Role
from shiftsync.realtime.models import Stream
from shiftsync.tenants.services import token_issue, token_revoke
from tests.conftest import Connect
from tests.integration.rest.conftest import Rest
from tests.support.world import World


def since(world: World, version: int | None = None) -> str:
    position = world.position
    return f"changes/?since={position.epoch}:{position.version if version is None else version}"


def test_changes__since_a_version__what_a_socket_heard(manager: Rest, connect: Connect, world: World) -> None:
    client, path = connect(), since(world)
    manager.patch(f"staff/{world.staff_ids[0]}/", {"position": "寿司"}, X_Client_Id="tab")
    heard = client.expect("STAFF_UPDATE")
    page = manager.get(path)
    (change,) = page["changes"]
    assert {name: change[name] for name in ("type", "payload", "version", "clientId", "timestamp")} == {
        name: heard[name] for name in ("type", "payload", "version", "clientId", "timestamp")
    }
    assert (change["clientId"], change["changedBy"]) == ("tab", world.users[Role.MANAGER].username)
    assert (page["version"], page["more"]) == (world.position.version, False)


def test_changes__nothing_named__only_where_it_stands(manager: Rest, world: World) -> None:
    position = world.position
    page = manager.get("changes/")
    assert page == {"changes": [], "epoch": position.epoch, "version": position.version, "more": False}


def test_changes__page_by_page__each_once(manager: Rest, world: World) -> None:
    path = since(world)
    for place in ("a", "b", "c"):
        manager.patch(f"staff/{world.staff_ids[0]}/", {"position": place})
    first = manager.get(f"{path}&limit=2")
    assert (len(first["changes"]), first["more"], first["version"]) == (2, True, first["changes"][1]["version"])
    second = manager.get(f"{since(world, first['version'])}&limit=2")
    assert [entry["version"] for entry in second["changes"]] == [world.position.version]
    assert second["more"] is False


def test_changes__viewer__no_draft_and_nobody_the_internal_topic(manager: Rest, viewer: Rest, world: World) -> None:
    path = since(world)
    manager.put(f"schedules/{world.schedule_id}/cells/{world.staff_ids[0]}/2025-08-01/", {"shiftValue": "×"})
    token, _ = token_issue(world.system, user=world.users[Role.VIEWER])
    token_revoke(world.system, token_id=token.id)
    manager.post(f"schedules/{world.schedule_id}/publish/")
    assert [entry["type"] for entry in manager.get(path)["changes"]] == ["SHIFT_BROADCAST", "SCHEDULE_PUBLISH"]
    page = viewer.get(path)
    assert [entry["type"] for entry in page["changes"]] == ["SCHEDULE_PUBLISH"]
    assert page["version"] == world.position.version


def test_changes__out_of_reach__410(manager: Rest, world: World, nowhere: str) -> None:
    assert manager.refused("get", f"changes/?since={nowhere}:1", status=410)["code"] == "gone"
    manager.refused("get", since(world, world.position.version + 1), status=410)
    Stream.objects.filter(restaurant_id=world.id).update(floor=3)
    error = manager.refused("get", since(world, 2), status=410)
    assert error["details"]["version"] == world.position.version


@pytest.mark.parametrize("since", ["nonsense", "1", ":1", "x:y", "{nowhere}:-1", "{nowhere}:", "{nowhere}:1:2"])
def test_changes__no_position__is_named(manager: Rest, nowhere: str, since: str) -> None:
    error = manager.refused("get", f"changes/?since={since.format(nowhere=nowhere)}", status=400)
    assert (error["code"], list(error["details"])) == ("validation_error", ["since"])


def test_reads__same_version__304(manager: Rest, viewer: Rest, world: World) -> None:
    first = manager.response("get", "staff/")
    etag = first["ETag"]
    assert first["X-Version"] == f"{world.position.epoch}:{world.position.version}"
    assert manager.response("get", "staff/", status=304, If_None_Match=etag)["ETag"] == etag
    viewer.get("staff/", If_None_Match=etag)
    manager.patch(f"staff/{world.staff_ids[0]}/", {"position": "寿司"})
    assert manager.response("get", "staff/", If_None_Match=etag)["ETag"] != etag
