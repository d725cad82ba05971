"""People of the schedule who have accounts, and months that are published to them."""

from uuid import UUID

import pytest

from schedules.services.cells import CellsEdit, cells_edit
from schedules.services.publishing import SchedulePublish, schedule_publish
from shiftsync.core.actor import Actor, Role
from shiftsync.core.fence import within
from shiftsync.notices.models import Notice
from shiftsync.realtime.stream.requests import ChangeRequest
from shiftsync.tenants.services import membership_link
from tests.support.world import World

TANAKA, SATO, SUZUKI = range(3)


def link(world: World, role: Role, place: int | None) -> None:
    staff_id = None if place is None else UUID(world.staff_ids[place])
    membership_link(world.actor(Role.OWNER), user_id=world.users[role].id, staff_id=staff_id)


@pytest.fixture
def people(world: World) -> World:
    """The staff member is 田中, the viewer 佐藤, and the manager 鈴木."""
    for role, place in ((Role.STAFF, TANAKA), (Role.VIEWER, SATO), (Role.MANAGER, SUZUKI)):
        link(world, role, place)
    return world


def edit(world: World, rows: dict[int, dict[str, str]]) -> None:
    cells_edit(ChangeRequest(world.system, CellsEdit(world.schedule_id, world.grid(rows))))


def publish(world: World, actor: Actor | None = None) -> int:
    """Publishes the month; the version of that."""
    return schedule_publish(ChangeRequest(actor or world.system, SchedulePublish(world.schedule_id))).version


def told(world: World, role: Role) -> list[Notice]:
    """What the user of that role was told, oldest first."""
    with within(world.id):
        rows = Notice.objects.filter(restaurant_id=world.id, user=world.users[role])
        return list(rows.order_by("created_at", "id"))


def kinds(world: World, role: Role) -> list[str]:
    return [each.kind for each in told(world, role)]
