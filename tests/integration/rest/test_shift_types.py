"""Shift types over REST and in the admin: the same doors as over the socket."""

from schedules.models import Shift, ShiftType
from tests.integration.admin.conftest import Desk, at_desk, manager  # noqa: F401  # the admin's fixtures
from tests.integration.rest.conftest import AsRole
from tests.support.world import World


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
