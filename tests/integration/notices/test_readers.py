"""Who has seen what is published: by people, since it concerned them; and who has not is told again, once a day."""

from typing import Any

import pytest

from shiftsync.core.actor import Role
from shiftsync.core.fence import within
from shiftsync.notices.services import notices_read
from tests.integration.notices.conftest import SATO, TANAKA, edit, kinds, link, publish
from tests.integration.rest.conftest import AsRole, as_role, document
from tests.support.world import World, make_world

__all__ = ["as_role", "document"]


def path(world: World) -> str:
    return f"schedules/{world.schedule_id}/readers/"


def states(as_role: AsRole, world: World) -> list[str]:
    return [each["state"] for each in as_role(Role.MANAGER).get(path(world))["readers"]][:3]


def look(as_role: AsRole, world: World, role: Role) -> Any:
    return as_role(role).get(f"schedules/{world.schedule_id}/publication/")


def test_readers__looked_at_it__have_seen_it_until_it_changes_for_them(people: World, as_role: AsRole) -> None:
    publish(people)
    assert states(as_role, people) == ["unseen", "unseen", "edits"]
    look(as_role, people, Role.STAFF)
    assert states(as_role, people) == ["seen", "unseen", "edits"]
    edit(people, {SATO: {"08-01": "×"}})
    publish(people)
    assert states(as_role, people) == ["seen", "unseen", "edits"], "nothing has changed for 田中"
    edit(people, {TANAKA: {"08-01": "△"}})
    publish(people)
    assert states(as_role, people) == ["unseen", "unseen", "edits"]
    with within(people.id):
        notices_read(people.actor(Role.STAFF))
    assert states(as_role, people) == ["seen", "unseen", "edits"]


def test_readers__without_an_account__are_named_as_such(people: World, as_role: AsRole) -> None:
    publish(people)
    link(people, Role.VIEWER, None)
    assert states(as_role, people) == ["unseen", "no_account", "edits"]


def test_remind__who_has_not_seen_it__is_told_once_a_day(people: World, as_role: AsRole) -> None:
    publish(people)
    look(as_role, people, Role.STAFF)
    for _ in range(2):
        shown = as_role(Role.MANAGER).post(f"{path(people)}remind/", {})
        assert [each["remindedAt"] is not None for each in shown["readers"]][:3] == [False, True, False]
    assert kinds(people, Role.STAFF) == ["schedule_published"]
    assert kinds(people, Role.VIEWER) == ["schedule_published", "schedule_reminder"]
    assert kinds(people, Role.MANAGER) == ["schedule_published"]


def test_remind__month_published_again_the_same_day__tells_nobody_a_second_time(people: World, as_role: AsRole) -> None:
    publish(people)
    look(as_role, people, Role.STAFF)
    as_role(Role.MANAGER).post(f"{path(people)}remind/", {})
    edit(people, {TANAKA: {"08-01": "△"}})
    publish(people)
    as_role(Role.MANAGER).post(f"{path(people)}remind/", {})
    assert kinds(people, Role.VIEWER) == ["schedule_published", "schedule_reminder"]
    assert kinds(people, Role.STAFF) == ["schedule_published", "schedule_changed", "schedule_reminder"]


@pytest.mark.parametrize("role", [Role.STAFF, Role.VIEWER])
def test_readers__for_who_only_looks__are_refused(people: World, as_role: AsRole, role: Role) -> None:
    publish(people)
    as_role(role).refused("get", path(people), None, status=403)
    as_role(role).refused("post", f"{path(people)}remind/", {}, status=403)
    assert kinds(people, Role.STAFF) == ["schedule_published"]


def test_readers__of_nothing_published_or_another_restaurant__are_not_there(people: World, as_role: AsRole) -> None:
    other = make_world()
    publish(other)
    for world in (people, other):
        as_role(Role.OWNER).refused("get", path(world), None, status=404)
        as_role(Role.OWNER).refused("post", f"{path(world)}remind/", {}, status=404)
