"""A day, a person's month and the order of the people as forms: what is saved, previewed, refused and kept."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from schedules.models import Shift
from schedules.services.locks import CellsLock, cells_lock
from shiftsync.core.actor import Role
from shiftsync.realtime.stream.requests import ChangeRequest
from shiftsync.tenants.models import ConflictStrategy
from shiftsync.tenants.services import restaurant_update
from staff.models import StaffMember
from staff.services import StaffCreate, staff_create
from tests.conftest import Connect
from tests.integration.admin.conftest import AtDesk, Desk, Fields
from tests.integration.admin.test_schedules import filled
from tests.support.world import World

DAY = "schedules_schedule_day"
PERSON = "schedules_schedule_person"
FEW = 20


def name_of(world: World, staff: int, day: str = "2025-08-01") -> str:
    """A cell in the names of fields."""
    return f"{world.staff_ids[staff]}_{day}"


def sent(desk: Desk, fields: Fields, page: str, *args: Any, do: str) -> Any:
    """The answer to the form with one of its buttons pressed."""
    return desk.client.post(desk.url(page, *args), {**fields, "do": do}, follow=True)


def cells(world: World) -> dict[tuple[str, str], str]:
    """What is stored, by name of the person and day."""
    stored = Shift.objects.filter(restaurant_id=world.id).select_related("staff")
    return {(cell.staff.name, str(cell.date)): cell.value for cell in stored}


def test_day__two_cells__one_change_heard_by_sockets(manager: Desk, connect: Connect, world: World) -> None:
    filled(world, 0, "08-01", "×")
    client, at = connect(), (world.schedule_id, "2025-08-01")
    fields = {**manager.form(DAY, *at), f"cell_{name_of(world, 0)}": "△", f"cell_{name_of(world, 1)}": "×"}
    assert "2 cells were changed" in sent(manager, fields, DAY, *at, do="save").content.decode()
    heard = client.expect("SHIFT_BULK_BROADCAST")["payload"]["changes"]
    assert sorted(change["shiftValue"] for change in heard) == ["×", "△"]
    assert cells(world) == {("田中", "2025-08-01"): "△", ("佐藤", "2025-08-01"): "×"}


def test_day__sent_twice__one_change(manager: Desk, world: World) -> None:
    at = (world.schedule_id, "2025-08-01")
    fields = {**manager.form(DAY, *at), f"cell_{name_of(world, 0)}": "△"}
    sent(manager, fields, DAY, *at, do="save")
    version = world.position.version
    sent(manager, fields, DAY, *at, do="save")
    assert world.position.version == version


def test_day__ticked_and_previewed__shown_before_it_is_saved(manager: Desk, world: World) -> None:
    at = (world.schedule_id, "2025-08-01")
    ticks = {f"tick_{name_of(world, number)}": "on" for number in (0, 2)}
    filled_in = sent(manager, {**manager.form(DAY, *at), **ticks, "together": "×"}, DAY, *at, do="fill")
    assert [line.value for line in filled_in.context["form"].lines] == ["×", "", "×"]
    again = {f"cell_{line.key}": line.value for line in filled_in.context["form"].lines}
    preview = sent(manager, {**manager.form(DAY, *at), **again}, DAY, *at, do="preview")
    assert "2 cells will change" in preview.content.decode()
    assert cells(world) == {}, "a preview saves nothing"
    sent(manager, {**manager.form(DAY, *at), **again}, DAY, *at, do="save")
    assert set(cells(world).values()) == {"×"}


def test_day__changed_meanwhile_where_the_author_chooses__told_at_the_cell_and_kept(
    manager: Desk, world: World
) -> None:
    restaurant_update(world.actor(Role.OWNER), conflict_strategy=ConflictStrategy.USER_CHOICE)
    at = (world.schedule_id, "2025-08-01")
    fields = {**manager.form(DAY, *at), f"cell_{name_of(world, 0)}": "△", f"cell_{name_of(world, 1)}": "×"}
    filled(world, 0, "08-01", "★")
    answer = sent(manager, fields, DAY, *at, do="save")
    lines = answer.context["form"].lines
    assert "★" in lines[0].problem
    assert (lines[0].value, lines[1].value, cells(world)) == ("△", "×", {("田中", "2025-08-01"): "★"})
    page = answer.content.decode()
    retried = {**fields, "base_version": answer.context["base_version"], "request_id": answer.context["request_id"]}
    assert f'aria-describedby="problem_{name_of(world, 0)}"' in page
    sent(manager, retried, DAY, *at, do="save")
    assert cells(world) == {("田中", "2025-08-01"): "△", ("佐藤", "2025-08-01"): "×"}


def test_day__changed_meanwhile_where_the_last_one_wins__told_whose_was_replaced(manager: Desk, world: World) -> None:
    at = (world.schedule_id, "2025-08-01")
    fields = {**manager.form(DAY, *at), f"cell_{name_of(world, 0)}": "△"}
    filled(world, 0, "08-01", "★")
    assert "田中: replaced “★”" in sent(manager, fields, DAY, *at, do="save").content.decode()


def test_day__locked_meanwhile__told_at_the_cell_and_nothing_saved(manager: Desk, world: World) -> None:
    at = (world.schedule_id, "2025-08-01")
    fields = {**manager.form(DAY, *at), f"cell_{name_of(world, 0)}": "△", f"cell_{name_of(world, 1)}": "×"}
    named = [{"staff_id": world.staff_ids[0], "date_key": "2025-08-01"}]
    cells_lock(ChangeRequest(world.actor(Role.OWNER), CellsLock(world.schedule_id, named)))
    page = manager.open(DAY, *at)
    assert "(locked)" in page
    assert f'name="cell_{name_of(world, 0)}"' not in page
    sent(manager, fields, DAY, *at, do="save")
    assert cells(world)[("田中", "2025-08-01")] == ""


def test_person__a_month__saved_by_day(manager: Desk, world: World) -> None:
    at = (world.schedule_id, world.staff_ids[1])
    fields = manager.form(PERSON, *at)
    assert len([name for name in fields if name.startswith("cell_")]) == 31
    for day in ("2025-07-21", "2025-08-20"):
        fields[f"cell_{name_of(world, 1, day)}"] = "×"
    sent(manager, fields, PERSON, *at, do="save")
    assert cells(world) == {("佐藤", "2025-07-21"): "×", ("佐藤", "2025-08-20"): "×"}


def test_pages__of_others_and_of_viewers__are_not_there(
    manager: Desk, at_desk: AtDesk, world: World, other_world: World
) -> None:
    viewer = at_desk(Role.VIEWER)
    viewer.open(DAY, world.schedule_id, "2025-08-01", status=403)
    for day in ("2025-09-30", "2025-02-31", "today"):
        manager.open(DAY, world.schedule_id, day, status=404)
    manager.open(DAY, other_world.schedule_id, "2025-08-01", status=404)
    manager.open(PERSON, world.schedule_id, other_world.staff_ids[0], status=404)
    manager.open("schedules_schedule_month", other_world.schedule_id, status=404)
    manager.open("staff_staffmember_order", other_world.id, status=404)


def test_order__places_typed_over__sorted_by_them(manager: Desk, connect: Connect, world: World) -> None:
    client, page = connect(), "staff_staffmember_order"
    fields = {**manager.form(page, world.id), f"place-{world.staff_ids[2]}": "0.5"}
    assert "The order has been changed" in manager.send(fields, page, world.id)
    client.expect("STAFF_REORDER")
    order = StaffMember.objects.filter(restaurant_id=world.id).order_by("staff_order").values_list("name", flat=True)
    assert [*order] == ["鈴木", "田中", "佐藤"]
    kept = manager.client.post(manager.url(page, world.id), {**fields, f"place-{world.staff_ids[0]}": "first"})
    assert "Every place must be a number" in kept.content.decode()
    assert 'value="first"' in kept.content.decode()


@pytest.fixture
def few_and_many(manager: Desk, world: World) -> Any:
    """Counts the statements of a page, before and after there are many more people."""

    def counted(page: str, *args: Any) -> tuple[int, int]:
        def asked() -> int:
            manager.open(page, *args)
            with CaptureQueriesContext(connection) as captured:
                manager.open(page, *args)
            return len(captured)

        few = asked()
        for number in range(FEW):
            staff_create(ChangeRequest(world.system, StaffCreate({"name": f"Person {number}"})))
        return few, asked()

    return counted


@pytest.mark.parametrize("kind", ["day", "month", "person", "order"])
def test_pages__more_people__no_more_queries(few_and_many: Any, world: World, kind: str) -> None:
    places: dict[str, tuple[str, Any]] = {
        "day": (DAY, (world.schedule_id, "2025-08-01")),
        "month": ("schedules_schedule_month", (world.schedule_id,)),
        "person": (PERSON, (world.schedule_id, world.staff_ids[0])),
        "order": ("staff_staffmember_order", (world.id,)),
    }
    page, args = places[kind]
    few, many = few_and_many(page, *args)
    assert few == many
