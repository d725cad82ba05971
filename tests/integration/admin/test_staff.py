"""Staff members in the admin."""

import httpx

from shiftsync.core.actor import Role
from shiftsync.realtime.stream.requests import ChangeRequest
from shiftsync.tenants.models import ConflictStrategy
from shiftsync.tenants.services import restaurant_update
from staff.models import StaffMember
from staff.services import StaffUpdate, staff_update
from tests.conftest import Connect
from tests.integration.admin.conftest import AtDesk, Desk, FormReader
from tests.integration.rest.test_broadcasts import sign_in
from tests.support.server import ServerProcess
from tests.support.world import World

CHANGE = "staff_staffmember_change"
ADD = "staff_staffmember_add"
LIST = "staff_staffmember_changelist"


def meanwhile(world: World, staff: int, **changes: str) -> None:
    """Somebody else changes a member."""
    staff_update(ChangeRequest(world.actor(Role.OWNER), StaffUpdate(world.staff_ids[staff], changes)))


def test_change__one_field__heard_by_sockets_and_in_history(manager: Desk, connect: Connect, world: World) -> None:
    client, member = connect(), world.staff_ids[0]
    manager.send({**manager.form(CHANGE, member), "position": "寿司"}, CHANGE, member)
    heard = client.expect("STAFF_UPDATE")
    assert (heard["payload"]["changes"]["position"], heard["version"]) == ("寿司", world.position.version)
    entry = StaffMember.history.filter(id=member).latest()
    assert (entry.history_user, entry.history_change_reason) == (world.users[Role.MANAGER], "Changed in the admin")
    page = manager.open("staff_staffmember_history", member)
    assert "寿司" in page
    assert "Revert" not in manager.open("staff_staffmember_simple_history", member, entry.pk)


def test_change__from_a_day__holds_from_then(manager: Desk, world: World) -> None:
    member = world.staff_ids[0]
    assert "valid_from" not in manager.form(ADD), "somebody new has no other terms yet"
    manager.send({**manager.form(CHANGE, member), "status": "パート", "valid_from": "2025-08-10"}, CHANGE, member)
    terms = StaffMember.objects.get(id=member).terms
    assert [(term["validFrom"], term["status"]) for term in terms] == [(None, "社員"), ("2025-08-10", "パート")]
    late = {**manager.form(CHANGE, member), "status": "派遣", "valid_from": "2300-01-01"}
    assert "valid_from" in manager.refused(late, CHANGE, member)[0]


def test_change__name_with_spaces_around_it__is_kept(manager: Desk, world: World) -> None:
    member = world.staff_ids[0]
    manager.send({**manager.form(CHANGE, member), "name": " 田中　"}, CHANGE, member)
    assert StaffMember.objects.get(id=member).name == " 田中　"
    errors, _ = manager.refused({**manager.form(CHANGE, member), "name": "  "}, CHANGE, member)
    assert "name" in errors


def test_change__at_the_server__heard_by_sockets(server: ServerProcess, connect: Connect, world: World) -> None:
    client, path = connect(), f"/admin/staff/staffmember/{world.staff_ids[0]}/change/"
    with httpx.Client(base_url=server.url, follow_redirects=True) as browser:
        sign_in(browser, world)
        fields = {**FormReader(browser.get(path).text).fields, "position": "寿司"}
        response = browser.post(path, data=fields, headers={"Referer": server.url}, follow_redirects=False)
    assert response.status_code == 302, response.text
    assert client.expect("STAFF_UPDATE")["payload"]["changes"]["position"] == "寿司"


def test_add__what_a_blank_means__by_status_unless_chosen(manager: Desk, world: World) -> None:
    fields = {**manager.form(ADD), "restaurant": str(world.id), "name": "一", "status": "アルバイト"}
    manager.send(fields, ADD)
    chosen = {"restaurant": str(world.id), "name": "二", "status": "アルバイト", "blank_means": "work"}
    manager.send({**manager.form(ADD), **chosen}, ADD)
    means = dict(StaffMember.objects.filter(name__in=("一", "二")).values_list("name", "blank_means"))
    assert means == {"一": "free", "二": "work"}


def test_add__then_sent_again__one_member(manager: Desk, connect: Connect, world: World) -> None:
    client = connect()
    fields = {**manager.form(ADD), "restaurant": str(world.id), "name": "山本", "status": "パート"}
    manager.send(fields, ADD)
    heard = client.expect("STAFF_CREATE")["payload"]
    assert (heard["name"], heard["blankMeans"], heard["staffOrder"]) == ("山本", "free", 4)
    manager.send(fields, ADD)
    assert StaffMember.objects.filter(restaurant_id=world.id, name="山本").count() == 1
    errors, _ = manager.refused({**fields, "name": "別人"}, ADD)
    assert "a different request" in str(errors)


def test_change__untouched_fields__do_not_undo_what_others_did(manager: Desk, world: World) -> None:
    member = world.staff_ids[0]
    fields = manager.form(CHANGE, member)
    meanwhile(world, 0, department="厨房")
    manager.send({**fields, "position": "寿司"}, CHANGE, member)
    stored = StaffMember.objects.get(id=member)
    assert (stored.position, stored.department) == ("寿司", "厨房")


def test_change__user_choice__conflict_keeps_the_input_and_the_second_save_wins(manager: Desk, world: World) -> None:
    restaurant_update(world.system, conflict_strategy=ConflictStrategy.USER_CHOICE)
    member = world.staff_ids[0]
    fields = manager.form(CHANGE, member)
    meanwhile(world, 0, position="焼き")
    errors, shown = manager.refused({**fields, "position": "寿司"}, CHANGE, member)
    assert "焼き" in str(errors["position"])
    assert (shown["position"], StaffMember.objects.get(id=member).position) == ("寿司", "焼き")
    manager.send(shown, CHANGE, member)
    assert StaffMember.objects.get(id=member).position == "寿司"


def test_change__last_writer_wins__told_what_was_replaced(manager: Desk, world: World) -> None:
    member = world.staff_ids[0]
    fields = manager.form(CHANGE, member)
    meanwhile(world, 0, position="焼き")
    page = manager.send({**fields, "position": "寿司"}, CHANGE, member)
    assert "焼き" in page


def test_change__what_the_socket_refuses__form_errors(manager: Desk, world: World) -> None:
    member, before = world.staff_ids[0], world.position
    fields = manager.form(CHANGE, member)
    errors, shown = manager.refused({**fields, "start_period": "2025-13"}, CHANGE, member)
    assert "start_period" in errors
    assert "13" in shown["start_period"]
    wrong = {"start_period": "2025-03", "end_period": "2025-02"}
    assert "end_period" in manager.refused({**fields, **wrong}, CHANGE, member)[0]
    assert "allowed_shift_types" in manager.refused({**fields, "allowed_shift_types": "{}"}, CHANGE, member)[0]
    assert world.position == before


def test_actions__taken_off_and_brought_back__heard_by_sockets(manager: Desk, connect: Connect, world: World) -> None:
    client, member = connect(), world.staff_ids[0]
    assert "1 staff members" in manager.act("deactivate", LIST, member)
    client.expect("STAFF_DELETE")
    manager.act("restore", LIST, member)
    client.expect("STAFF_RESTORE")
    manager.act("delete_selected", LIST, member)
    assert StaffMember.objects.filter(id=member).exists()


def test_delete__by_its_address__forbidden(owner: Desk, world: World) -> None:
    owner.open("staff_staffmember_delete", world.staff_ids[0], status=403)
    response = owner.client.post(owner.url("staff_staffmember_delete", world.staff_ids[0]), {"post": "yes"})
    assert response.status_code == 403
    assert StaffMember.objects.filter(id=world.staff_ids[0], is_active=True).exists()


def test_history__an_entry__restored_by_the_service_for_editors_alone(
    manager: Desk, at_desk: AtDesk, connect: Connect, world: World
) -> None:
    client, member = connect(), world.staff_ids[0]
    first = StaffMember.history.filter(id=member).latest()
    manager.send({**manager.form(CHANGE, member), "position": "寿司", "start_period": "2025-04-15"}, CHANGE, member)
    client.expect("STAFF_UPDATE")
    entry = ("staff_staffmember_simple_history", member, first.pk)
    assert "2025-04-15" in manager.open(*entry)
    viewer = at_desk(Role.VIEWER)
    assert viewer.client.post(viewer.url(*entry)).status_code == 403
    assert manager.client.post(manager.url(*entry), {"base_version": world.position.version}).status_code == 302
    told = client.expect("STAFF_UPDATE")["payload"]["changes"]
    assert (told["position"], told["startPeriod"]) == ("", None)
    assert StaffMember.objects.get(id=member).position == ""
