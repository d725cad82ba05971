"""/api/staff/."""

from typing import Any
from uuid import uuid4

from shiftsync.core.actor import Role
from tests.integration.rest.conftest import Rest
from tests.support.world import World

WHOLE: dict[str, Any] = {
    "name": "田中",
    "position": "寿司",
    "department": "",
    "type": "社員",
    "status": "社員",
    "staffOrder": 1,
    "startPeriod": {"year": 2025, "month": 1},
    "endPeriod": None,
    "blankMeans": "work",
    "allowedShiftTypes": ["△", "×"],
}


def test_list__period_named__who_belongs_to_it(manager: Rest, world: World) -> None:
    gone = manager.patch(f"staff/{world.staff_ids[1]}/", {"endPeriod": {"year": 2025, "month": 6}})
    assert [member["name"] for member in manager.get("staff/?period=0")] == ["田中", "鈴木"]
    everybody = manager.get("staff/")
    assert [member["name"] for member in everybody] == ["田中", "佐藤", "鈴木"]
    assert everybody[1]["revision"] == gone["version"]


def test_list__deleted_member__shown_when_asked_for(manager: Rest, world: World) -> None:
    manager.delete(f"staff/{world.staff_ids[0]}/")
    assert len(manager.get("staff/")) == 2
    assert len(manager.get("staff/?includeDeleted=true")) == 3


def test_create__then_retrieve__as_stored(manager: Rest, world: World) -> None:
    ack = manager.post("staff/", {"name": "山本", "status": "パート"}, status=201)
    assert ack["version"] == world.position.version
    stored = manager.get(f"staff/{ack['result']['staff']['id']}/")
    assert (stored["name"], stored["blankMeans"], stored["staffOrder"]) == ("山本", "free", 4)


def test_name__with_spaces_around_it__is_kept_and_spaces_alone_refused(manager: Rest, world: World) -> None:
    ack = manager.post("staff/", {"name": " 山本　"}, status=201)
    assert manager.get(f"staff/{ack['result']['staff']['id']}/")["name"] == " 山本　"
    assert manager.refused("post", "staff/", {"name": "　 "}, status=400)["details"]["name"]


def test_create__own_id_twice__the_same_member(manager: Rest) -> None:
    mine = str(uuid4())
    first = manager.post("staff/", {"id": mine, "name": "山本"}, status=201)
    again = manager.post("staff/", {"id": mine, "name": "山本"}, status=201)
    assert first["version"] == again["version"]
    assert len(manager.get("staff/")) == 4


def test_update__put__replaces_every_field(manager: Rest, world: World) -> None:
    result = manager.put(f"staff/{world.staff_ids[0]}/", WHOLE)["result"]["staff"]
    assert {name: result[name] for name in WHOLE} == WHOLE


def test_update__put_without_a_field__named(manager: Rest, world: World) -> None:
    body = {name: value for name, value in WHOLE.items() if name != "position"}
    error = manager.refused("put", f"staff/{world.staff_ids[0]}/", body, status=400)
    assert error["details"] == {"position": ["This field is required."]}


def test_delete__restore__as_before(manager: Rest, world: World) -> None:
    member = world.staff_ids[0]
    assert manager.delete(f"staff/{member}/?reason=left")["result"]["staff"]["isActive"] is False
    assert manager.post(f"staff/{member}/restore/")["result"]["staff"]["isActive"] is True


def test_reorder__some__first_in_that_order(manager: Rest, world: World) -> None:
    wanted = [world.staff_ids[2], world.staff_ids[0]]
    assert manager.post("staff/reorder/", {"staffIds": wanted})["result"]["staffIds"] == [*wanted, world.staff_ids[1]]
    assert manager.post("staff/reorder/", {"staffIds": wanted})["result"] == {}


def test_update__wrong_fields__each_named(manager: Rest, world: World) -> None:
    path = f"staff/{world.staff_ids[0]}/"
    assert "name" in manager.refused("patch", path, {"name": "x" * 201}, status=400)["details"]
    assert "blankMeans" in manager.refused("patch", path, {"blankMeans": "?"}, status=400)["details"]
    assert "startPeriod" in manager.refused("patch", path, {"startPeriod": {"year": 2025}}, status=400)["details"]
    assert "name" in manager.refused("patch", path, {"name": "a\u0000b"}, status=400)["details"]
    crossed = {"startPeriod": {"year": 2025, "month": 3}, "endPeriod": {"year": 2025, "month": 2}}
    assert "endPeriod" in manager.refused("patch", path, crossed, status=400)["details"]


def test_update__user_choice__409_with_items(manager: Rest, owner: Rest, world: World) -> None:
    path = f"staff/{world.staff_ids[0]}/"
    seen = world.position.version
    owner.patch(path, {"position": "寿司"}, X_Client_Id="owner-tab")
    theirs = {"position": "焼き", "baseVersion": seen, "strategy": "UserChoice"}
    error = manager.refused("patch", path, theirs, status=409, X_Client_Id="manager-tab")
    (item,) = error["details"]["items"]
    assert (item["field"], item["base"], item["yours"], item["theirs"]) == ("position", "", "焼き", "寿司")
    assert error["details"]["strategy"] == "user_choice"
    again = manager.patch(path, {**theirs, "baseVersion": error["details"]["currentVersion"]})
    assert again["result"]["staff"]["position"] == "焼き"


def test_update__restaurants_strategy__counts(manager: Rest, owner: Rest, world: World) -> None:
    owner.patch(f"restaurants/{world.id}/", {"conflictStrategy": "FirstWriterWins"})
    path, seen = f"staff/{world.staff_ids[0]}/", world.position.version
    owner.patch(path, {"position": "寿司"})
    error = manager.refused("patch", path, {"position": "焼き", "baseVersion": seen}, status=409)
    assert error["code"] == "conflict"
    assert error["details"]["strategy"] == "first_writer_wins"


def test_update__last_writer_wins__tells_what_it_overwrote(manager: Rest, owner: Rest, world: World) -> None:
    path, seen = f"staff/{world.staff_ids[0]}/", world.position.version
    owner.patch(path, {"position": "寿司"})
    (item,) = manager.patch(path, {"position": "焼き", "baseVersion": seen})["result"]["overwritten"]
    assert (item["theirs"], item["theirAuthor"]) == ("寿司", world.users[Role.OWNER].username)


def test_write__viewer__forbidden(viewer: Rest, world: World) -> None:
    before = world.position
    path = f"staff/{world.staff_ids[0]}/"
    for method, where in (("post", "staff/"), ("patch", path), ("delete", path), ("post", f"{path}restore/")):
        assert viewer.refused(method, where, {"name": "x"}, status=403)["code"] == "forbidden"
    assert world.position == before
