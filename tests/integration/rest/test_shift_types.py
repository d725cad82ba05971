"""Shift types over REST and in the admin: the same doors as over the socket."""

from uuid import uuid4

from schedules.models import Shift, ShiftType
from tests.integration.admin.conftest import Desk, at_desk, manager  # noqa: F401  # the admin's fixtures
from tests.integration.rest.conftest import AsRole
from tests.support.world import World

PUT = ("symbol", "kind", "labelJa", "labelEn", "color", "startTime", "endTime", "offEquivalent")


def filled(as_role: AsRole, world: World) -> str:
    client = as_role()
    made = client.post("shift-types/", {"symbol": "遅", "kind": "late"}, status=201)["result"]["shiftType"]["id"]
    client.put(f"schedules/{world.schedule_id}/cells/{world.staff_ids[0]}/2025-08-01/", {"shiftValue": "遅"})
    return str(made)


def values(world: World) -> list[str]:
    return list(Shift.objects.filter(restaurant_id=world.id).values_list("value", flat=True))


def test_shift_types__renamed_over_rest__cells_follow(as_role: AsRole, world: World) -> None:
    shift_type_id = filled(as_role, world)
    as_role().patch(f"shift-types/{shift_type_id}/", {"symbol": "晩"})
    assert values(world) == ["晩"]


def test_shift_types__deleted_over_rest__needs_a_successor(as_role: AsRole, world: World) -> None:
    shift_type_id = filled(as_role, world)
    error = as_role().refused("delete", f"shift-types/{shift_type_id}/", status=400)
    assert error["details"]["usedBy"]["cells"][0]["cells"] == 1
    as_role().delete(f"shift-types/{shift_type_id}/?successor=%E2%97%87")
    assert values(world) == ["◇"]


def test_shift_types__deleted_in_the_admin__is_refused_where_it_is_used(
    as_role: AsRole,
    world: World,
    manager: Desk,  # noqa: F811  # the fixture
) -> None:
    shift_type_id = filled(as_role, world)
    page = manager.act("deactivate", "schedules_shifttype_changelist", shift_type_id)
    assert "2025-07-21" in page
    assert ShiftType.objects.get(id=shift_type_id).is_active
    fields = manager.form("schedules_shifttype_change", shift_type_id)
    manager.send({**fields, "symbol": "晩"}, "schedules_shifttype_change", shift_type_id)
    assert values(world) == ["晩"]


def test_shift_types__times_from_a_day_over_rest__are_told_with_it(as_role: AsRole, world: World) -> None:
    client = as_role()
    fields = {"symbol": "遅", "kind": "late", "startTime": "13:00", "endTime": "22:00"}
    made = client.post("shift-types/", fields, status=201)["result"]["shiftType"]
    path, change = f"shift-types/{made['id']}/", {"startTime": "15:00", "validFrom": "2199-04-01"}
    key = {"HTTP_IDEMPOTENCY_KEY": str(uuid4())}
    told = [client.patch(path, change, **key)["result"]["shiftType"] for _ in range(2)]
    assert told[0] == told[1], "the same request again changes nothing"
    times = [
        {"validFrom": None, "startTime": "13:00", "endTime": "22:00"},
        {"validFrom": "2199-04-01", "startTime": "15:00", "endTime": "22:00"},
    ]
    assert told[0]["times"] == client.get(path)["times"] == times
    whole = {name: value for name, value in client.get(path).items() if name in PUT}
    version = world.position.version
    client.put(path, whole)
    client.put(path, {**whole, "times": times})
    assert world.position.version == version, "what was read and is sent back changes nothing"
    error = client.refused("patch", path, {**change, "validFrom": "2201-01-01"}, status=400)
    assert set(error["details"]) == {"validFrom"}
    error = client.refused("patch", path, {"times": [times[1], times[1]]}, status=400)
    assert error["details"]["times"]["1"] == {"validFrom": ["Occurs twice: 2199-04-01."]}
    assert "times" not in client.patch(path, {"times": times[:1]})["result"]["shiftType"]
    entries = client.get(f"changes/?since={world.position.epoch}:{version}")["changes"]
    assert [each["type"] for each in entries] == ["SHIFT_TYPE_UPDATE"]


def test_shift_types__symbol_of_a_deleted_one_in_old_cells__is_not_given_another_kind(
    as_role: AsRole,
    world: World,
    manager: Desk,  # noqa: F811  # the fixture
) -> None:
    client = as_role()
    made = client.post("shift-types/", {"symbol": "深", "kind": "late"}, status=201)["result"]["shiftType"]["id"]
    client.delete(f"shift-types/{made}/")
    client.put(f"schedules/{world.schedule_id}/cells/{world.staff_ids[0]}/2025-08-01/", {"shiftValue": "深"})
    off = {"symbol": "深", "kind": "off", "offEquivalent": 1}
    assert "symbol" in client.refused("post", "shift-types/", off, status=400)["details"]
    other = client.post("shift-types/", {**off, "symbol": "公"}, status=201)["result"]["shiftType"]["id"]
    assert "symbol" in client.refused("patch", f"shift-types/{other}/", {"symbol": "深"}, status=400)["details"]
    page = "schedules_shifttype_change"
    assert "symbol" in manager.refused({**manager.form(page, other), "symbol": "深"}, page, other)[0]
    page = "schedules_shifttype_add"
    fields = {**manager.form(page), "restaurant": str(world.id), "symbol": "深", "kind": "off", "off_equivalent": "1"}
    assert "symbol" in manager.refused(fields, page)[0]
