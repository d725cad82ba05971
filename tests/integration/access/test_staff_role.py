"""The role of the staff: who on the schedule a member is, what is theirs by that, and whom a manager may let in or not."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from schedules.services.cells import CellsEdit, cells_edit
from schedules.services.publishing import SchedulePublish, schedule_publish
from shiftsync.core.actor import Role
from shiftsync.core.errors import Forbidden
from shiftsync.realtime.stream.requests import ChangeRequest
from shiftsync.tenants.models import Membership, SecurityEvent, User
from shiftsync.tenants.services import (
    invitation_change,
    invitation_withdraw,
    member_invite,
    membership_grant,
    membership_link,
    membership_revoke,
)
from staff.services import StaffDelete, StaffRestore, staff_delete, staff_restore
from tests.conftest import Connect
from tests.integration.rest.conftest import AsRole, Rest
from tests.support.world import World, make_world


def link(world: World, place: int | None = 0, role: Role = Role.STAFF) -> None:
    staff_id = None if place is None else UUID(world.staff_ids[place])
    membership_link(world.actor(), user_id=world.users[role].id, staff_id=staff_id)


def member(rest: Rest, role: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in rest.get("memberships/") if each["role"] == role)
    return found


def test_link__by_manager__member_is_that_person(manager: Rest, as_role: AsRole, world: World) -> None:
    staff, theirs = as_role(Role.STAFF), member(manager, "staff")
    assert staff.get("me/person/") == {"staffId": None, "name": None}
    changed = manager.patch(f"memberships/{theirs['id']}/", {"staffId": world.staff_ids[1]})
    assert (changed["staffId"], changed["staffName"]) == (world.staff_ids[1], "佐藤")
    assert member(manager, "staff") == changed
    assert staff.get("me/person/") == {"staffId": world.staff_ids[1], "name": "佐藤"}
    assert SecurityEvent.objects.filter(kind="member_linked", about=world.users[Role.STAFF]).count() == 1
    assert manager.patch(f"memberships/{theirs['id']}/", {"staffId": None})["staffName"] is None
    assert staff.get("me/person/")["staffId"] is None


def test_link__to_nobody_or_a_person_who_is_taken__refused(manager: Rest, world: World) -> None:
    elsewhere = make_world("Elsewhere", ("山田",))
    path = f"memberships/{member(manager, 'staff')['id']}/"
    answers = [
        manager.refused("patch", path, {"staffId": id}, status=400)["details"]
        for id in (elsewhere.staff_ids[0], str(uuid4()))
    ]
    assert answers[0] == answers[1] == {"staffId": ["No such staff member."]}
    link(world, 0, Role.VIEWER)
    assert "staffId" in manager.refused("patch", path, {"staffId": world.staff_ids[0]}, status=400)["details"]
    invited = manager.post("memberships/", {"username": "nobody-yet", "role": "staff"}, status=201)
    refused = manager.refused("patch", f"memberships/{invited['id']}/", {"staffId": world.staff_ids[1]}, status=400)
    assert "staffId" in refused["details"]


def test_link__role_and_person_of_which_one_is_refused__neither_changed(manager: Rest, world: World) -> None:
    path = f"memberships/{member(manager, 'viewer')['id']}/"
    manager.refused("patch", path, {"role": "staff", "staffId": str(uuid4())}, status=400)
    assert member(manager, "viewer")["role"] == "viewer"


def test_link__person_deleted_and_restored__ends_and_comes_back(as_role: AsRole, world: World) -> None:
    link(world)
    staff, path = as_role(Role.STAFF), f"staff/{world.staff_ids[0]}/feed/"
    staff_delete(ChangeRequest(world.system, StaffDelete(world.staff_ids[0])))
    assert staff.get("me/person/")["staffId"] is None
    staff.refused("post", path, {}, status=403)
    staff_restore(ChangeRequest(world.system, StaffRestore(world.staff_ids[0])))
    assert staff.get("me/person/")["staffId"] == world.staff_ids[0]
    staff.post(path, {}, status=201)


def test_link__membership_ended_and_given_again__is_nobody(as_role: AsRole, world: World) -> None:
    link(world)
    user = world.users[Role.STAFF]
    membership_revoke(world.system, user_id=user.id)
    link(world, 0, Role.VIEWER)
    membership_grant(world.system, user=user, role=Role.STAFF)
    assert as_role(Role.STAFF).get("me/person/")["staffId"] is None


def test_feed__of_themselves__theirs_to_make_and_end(as_role: AsRole, world: World) -> None:
    staff, own, other = as_role(Role.STAFF), *(f"staff/{world.staff_ids[place]}/feed/" for place in (0, 1))
    staff.refused("get", own, status=403)
    link(world)
    assert staff.get(own)["isLinked"] is False
    assert staff.post(own, {}, status=201)["url"].endswith(".ics")
    assert staff.get(own)["isLinked"] is True
    staff.delete(own, status=204)
    assert staff.get(own)["isLinked"] is False
    answers = [
        staff.refused(method, path, status=403)
        for method in ("get", "post", "delete")
        for path in (other, f"staff/{uuid4()}/feed/", "staff/x/feed/")
    ]
    assert {each["message"] for each in answers} == {answers[0]["message"]}


def test_socket__of_the_staff__hears_what_is_published_alone(connect: Connect, world: World) -> None:
    link(world)
    staff = connect(Role.STAFF)
    request = {"scheduleId": world.schedule_id}

    def month() -> Any:
        staff.send("SHIFT_SYNC_REQUEST", request)
        return staff.expect("SHIFT_SYNC_RESPONSE")["payload"]

    edit = CellsEdit(world.schedule_id, {world.staff_ids[0]: {"2025-08-01": "△"}})
    cells_edit(ChangeRequest(world.system, edit))
    assert staff.settled() == []
    assert month()["scheduleData"] == {}
    assert staff.request("SHIFT_UPDATE", world.edit(0, "08-01", "×"), str(uuid4()))["payload"]["code"] == "forbidden"
    schedule_publish(ChangeRequest(world.system, SchedulePublish(world.schedule_id)))
    assert "SCHEDULE_PUBLISH" in [message["type"] for message in staff.settled()]
    assert month()["scheduleData"] == world.grid({0: {"08-01": "△"}})


@pytest.mark.parametrize("role", [Role.OWNER, Role.MANAGER])
def test_manager__who_edits_or_owns__not_theirs_to_let_in_or_change(world: World, role: Role) -> None:
    manager, owner = world.actor(Role.MANAGER), world.actor(Role.OWNER)
    offered = member_invite(owner, username="nobody-yet", role=role)
    other = User.objects.create_user(f"other-{uuid4().hex[:8]}")
    membership_grant(world.system, user=other, role=role)
    for refused in (
        lambda: member_invite(manager, username="another", role=role),
        lambda: invitation_change(manager, invitation_id=offered.id, role=Role.VIEWER),
        lambda: invitation_withdraw(manager, invitation_id=offered.id),
        lambda: membership_grant(manager, user=world.users[Role.VIEWER], role=role),
        lambda: membership_grant(manager, user=other, role=Role.VIEWER),
        lambda: membership_revoke(manager, user_id=other.id),
    ):
        with pytest.raises(Forbidden):
            refused()
    assert Membership.objects.get(user=other).role == role.value


def test_manager__who_only_looks__theirs_to_let_in_and_change(manager: Rest, world: World) -> None:
    path = f"memberships/{member(manager, 'viewer')['id']}/"
    assert manager.patch(path, {"role": "staff"})["role"] == "staff"
    manager.delete(path, status=204)
    invited = manager.post("memberships/", {"username": "nobody-yet", "role": "staff"}, status=201)
    assert manager.patch(f"memberships/{invited['id']}/", {"role": "viewer"})["role"] == "viewer"
    manager.delete(f"memberships/{invited['id']}/", status=204)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.VIEWER, Role.STAFF])
def test_leave__not_the_last_owner__gone_and_their_socket_closed(
    as_role: AsRole, connect: Connect, world: World, role: Role
) -> None:
    socket = connect(role)
    as_role(role).post(f"restaurants/{world.id}/leave/", status=204)
    assert socket.close_code() == 4403
    assert not Membership.objects.get(restaurant_id=world.id, user=world.users[role]).is_active
    as_role(role).refused("get", "staff/", status=404)


def test_leave__last_owner__stays_until_there_is_another(owner: Rest, world: World) -> None:
    path = f"restaurants/{world.id}/leave/"
    assert "role" in owner.refused("post", path, status=400)["details"]
    membership_grant(world.actor(Role.OWNER), user=world.users[Role.MANAGER], role=Role.OWNER)
    owner.post(path, status=204)
    assert not Membership.objects.get(user=world.users[Role.OWNER]).is_active
