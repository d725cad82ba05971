"""Who one is, restaurants, memberships, tokens, tickets."""

from uuid import UUID, uuid4

import pytest

from shiftsync.core.actor import Role
from shiftsync.tenants.models import Restaurant, User
from shiftsync.tenants.serializers.members import membership_payload
from shiftsync.tenants.services import invitation_accept, membership_grant
from tests.conftest import Connect
from tests.integration.rest.conftest import Rest
from tests.integration.rest.schema import Document
from tests.support.client import Client
from tests.support.server import ServerProcess
from tests.support.world import PASSWORD, World


def test_me__token__its_restaurant_alone(manager: Rest, world: World, other_world: World) -> None:
    membership_grant(other_world.system, user=world.users[Role.MANAGER], role=Role.VIEWER)
    me = manager.get("me/")
    assert me["username"] == world.users[Role.MANAGER].username
    assert [(entry["id"], entry["role"]) for entry in me["restaurants"]] == [(str(world.id), "manager")]


def test_restaurant__session_with_several__must_say_which(world: World, other_world: World, document: Document) -> None:
    user = world.users[Role.MANAGER]
    rest = Rest(None, document)
    rest._client.login(username=user.username, password=PASSWORD)
    assert rest.get("staff/")[0]["name"] == "田中"
    membership_grant(other_world.system, user=user, role=Role.VIEWER)
    assert "restaurant" in rest.refused("get", "staff/", status=400)["details"]
    assert rest.get(f"staff/?restaurant={other_world.id}")[0]["name"] == "山田"
    assert len(rest.get("restaurants/")) == 2


def test_restaurant__settings_patched_by_owner__stored(owner: Rest, manager: Rest, world: World) -> None:
    path = f"restaurants/{world.id}/"
    changed = owner.patch(path, {"conflictStrategy": "user_choice", "closingDay": 31, "timezone": "Europe/Paris"})
    assert (changed["conflictStrategy"], changed["closingDay"]) == ("user_choice", 31)
    assert manager.get(path) == {**changed, "role": "manager"}
    assert manager.get("restaurants/") == [manager.get(path)]
    assert "timezone" in owner.refused("patch", path, {"timezone": "Mars/Base"}, status=400)["details"]
    assert manager.refused("patch", path, {"name": "x"}, status=403)["code"] == "forbidden"


@pytest.mark.parametrize("zone", ["localtime", "posix/Asia/Tokyo", "right/UTC", "Factory"])
def test_restaurant__zone_that_browsers_do_not_know__refused_and_harmless_where_it_is(
    owner: Rest, world: World, zone: str
) -> None:
    path = f"restaurants/{world.id}/"
    assert "timezone" in owner.refused("patch", path, {"timezone": zone}, status=400)["details"]
    Restaurant.objects.filter(id=world.id).update(timezone=zone)
    owner.post("periods/", {}, status=201)
    assert owner.get(f"schedules/{world.schedule_id}/validation/")["scheduleId"] == world.schedule_id
    assert owner.patch(path, {"name": "新しい名前"})["name"] == "新しい名前"
    assert owner.patch(path, {"timezone": "Asia/Tokyo"})["timezone"] == "Asia/Tokyo"


def test_restaurant__country__says_whose_holidays_there_are(owner: Rest, world: World) -> None:
    path = f"restaurants/{world.id}/"
    assert owner.get(path)["country"] == "JP"
    names = {each["date"][5:]: each["nameEn"] for each in owner.get("calendar/")["holidays"]}
    assert names["11-23"] == "Labor Thanksgiving Day"
    assert owner.patch(path, {"country": "CA"})["country"] == "CA"
    names = {each["date"][5:]: each["nameEn"] for each in owner.get("calendar/")["holidays"]}
    assert (names["07-01"], "11-23" in names) == ("Canada Day", False)
    assert "country" in owner.refused("patch", path, {"country": "XX"}, status=400)["details"]


def test_memberships__invited_accepted_changed_revoked(owner: Rest, world: World) -> None:
    newcomer = User.objects.create_user(f"new-{uuid4().hex[:8]}")
    offered = owner.post("memberships/", {"username": newcomer.username, "role": "manager"}, status=201)
    granted = membership_payload(invitation_accept(newcomer, invitation_id=UUID(offered["id"])))
    path = f"memberships/{granted['id']}/"
    assert owner.patch(path, {"role": "viewer"})["role"] == "viewer"
    assert str(granted["id"]) in [entry["id"] for entry in owner.get("memberships/")]
    owner.delete(path, status=204)
    assert str(granted["id"]) not in [entry["id"] for entry in owner.get("memberships/")]
    owner.refused("delete", path, status=404)


def test_memberships__last_owner__stays(owner: Rest, world: World) -> None:
    mine = next(entry for entry in owner.get("memberships/") if entry["role"] == "owner")
    assert "role" in owner.refused("delete", f"memberships/{mine['id']}/", status=400)["details"]


@pytest.mark.parametrize("role", [Role.STAFF, Role.VIEWER])
def test_memberships__who_only_looks__forbidden(world: World, document: Document, role: Role) -> None:
    rest = Rest(world.tokens[role], document)
    rest.refused("get", "memberships/", status=403)
    rest.refused("post", "memberships/", {"username": "x", "role": "owner"}, status=403)
    rest.refused("patch", f"memberships/{uuid4()}/", {"role": "owner"}, status=403)
    rest.refused("delete", f"memberships/{uuid4()}/", status=403)


def test_memberships__revoked__open_socket_closes(owner: Rest, world: World, connect: Connect) -> None:
    client = connect(Role.VIEWER)
    theirs = next(entry for entry in owner.get("memberships/") if entry["role"] == "viewer")
    owner.delete(f"memberships/{theirs['id']}/", status=204)
    assert client.close_code() == 4403


def test_tokens__issued_listed_revoked(manager: Rest, owner: Rest, world: World, document: Document) -> None:
    issued = manager.post("tokens/", {"name": "till"}, status=201)
    assert Rest(issued["token"], document).get("me/")["username"] == world.users[Role.MANAGER].username
    listed = {entry["id"]: entry for entry in manager.get("tokens/")}
    assert "token" not in listed[issued["id"]]
    assert len(listed) == 2
    assert len(owner.get("tokens/")) == 5
    manager.delete(f"tokens/{issued['id']}/", status=204)
    assert Rest(issued["token"], document).refused("get", "me/", status=401)["code"] == "unauthenticated"


def test_tokens__of_another__are_nobodys_to_issue_and_an_owners_to_revoke(
    manager: Rest, owner: Rest, world: World
) -> None:
    viewer, mine = world.users[Role.VIEWER].username, world.users[Role.MANAGER].username
    assert manager.post("tokens/", {"username": mine}, status=201)["username"] == mine
    answers = [
        who.refused("post", "tokens/", {"username": name}, status=403)
        for who in (owner, manager)
        for name in (viewer, "nobody-of-that-name")
    ]
    assert all(answer == answers[0] for answer in answers)
    theirs = next(entry for entry in owner.get("tokens/") if entry["username"] == viewer)
    manager.refused("delete", f"tokens/{theirs['id']}/", status=404)


def test_tickets__issued__let_in_once(manager: Rest, world: World, server: ServerProcess) -> None:
    ticket = manager.post("tickets/", status=201)["ticket"]
    with Client(server.url, v2=True, ticket=ticket) as client:
        assert client.expect("CONNECTION_ACK")["payload"]["role"] == "manager"
    with Client(server.url, v2=True, ticket=ticket) as client:
        assert client.close_code() == 4401
