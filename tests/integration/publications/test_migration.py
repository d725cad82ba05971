"""Months that were published before there were documents: the migration makes one of each, and goes back without a loss."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from schedules.publications.rows import shown_document
from schedules.services.cells import CellEdit, cell_edit
from shiftsync.core.actor import Role
from shiftsync.realtime.stream.requests import ChangeRequest
from staff.services import StaffCreate, StaffUpdate, staff_create, staff_update
from tests.integration.publications.conftest import publish
from tests.support.world import World

BEFORE = ("schedules", "0004_feed_link")


def migrated(*targets: tuple[str, str]) -> Any:
    """Goes to those migrations; the models as they are there. Like ``manage.py migrate``, without the time limits of requests."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET idle_in_transaction_session_timeout = 0; SET lock_timeout = 0")
    executor = MigrationExecutor(connection)
    return executor.migrate(list(targets)).apps


@pytest.fixture
def latest(db_with_commits: None) -> Iterator[list[tuple[str, str]]]:
    """The last migrations of all apps, to which the database returns whatever happens."""
    leaves = MigrationExecutor(connection).loader.graph.leaf_nodes()
    yield leaves
    call_command("migrate", verbosity=0)  # tables that were made anew are fenced anew
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("RESET idle_in_transaction_session_timeout; RESET lock_timeout")


def test_publications__back_and_forth__keep_cells_people_and_meanings(
    latest: list[tuple[str, str]], world: World
) -> None:
    staff_update(
        ChangeRequest(
            world.system,
            StaffUpdate(world.staff_ids[1], {"end_period": {"year": 2025, "month": 7, "day": 31}, "name": "佐藤 一"}),
        )
    )
    called = {"name": "高橋", "status": "パート", "start_period": {"year": 2025, "month": 8, "day": 1}}
    staff_create(ChangeRequest(world.system, StaffCreate(called)))
    for staff, day, value in ((0, "2025-08-01", "△"), (1, "2025-07-30", "×")):
        cell_edit(ChangeRequest(world.system, CellEdit(world.schedule_id, world.staff_ids[staff], day, value)))
    publish(world, world.actor(Role.OWNER))
    kept = shown_document(world.id, world.schedule_id)
    cell_edit(ChangeRequest(world.system, CellEdit(world.schedule_id, world.staff_ids[0], "2025-08-02", "◇")))

    old = migrated(BEFORE).get_model("schedules", "Schedule").objects.get(id=world.schedule_id)
    assert old.published == {staff_id: dict(row) for staff_id, row in kept.cells.items()}
    assert old.state == "published"

    migrated(*latest)
    document = shown_document(world.id, world.schedule_id)
    assert document.cells == kept.cells, "what was edited since is not published"
    assert [person.name for person in document.people] == ["田中", "佐藤 一", "鈴木", "高橋"]
    assert [person.blanks for person in document.people] == [
        "w" * 31,
        "w" * 11 + "-" * 20,
        "w" * 31,
        "-" * 11 + "f" * 20,
    ]
    assert [row["symbol"] for row in document.shift_types] == ["○", "△", "◇", "×", "★", "●"]
    assert (document.restaurant, document.timezone) == (world.restaurant.name, world.restaurant.timezone)
