"""What owners can look up: who came in and from where, and what became of access."""

from datetime import timedelta
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from shiftsync.core.actor import Role
from shiftsync.core.clock import now
from shiftsync.tenants.models import Invitation, SecurityEvent, User
from shiftsync.tenants.services import invitation_accept
from tests.integration.admin.conftest import Desk
from tests.integration.rest.conftest import Rest
from tests.integration.rest.schema import Document
from tests.support.world import PASSWORD, World, make_world


@pytest.fixture
def owner(world: World, document: Document) -> Rest:
    SecurityEvent.objects.all().delete()
    return Rest(world.tokens[Role.OWNER], document)


def log_of(rest: Rest, query: str = "") -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = rest.get(f"security-log/{query}")
    return entries


def test_sign_in__right_wrong_out__logged_with_the_address(owner: Rest, world: World) -> None:
    name, client = world.users[Role.MANAGER].username, Client(REMOTE_ADDR="203.0.113.5")
    client.post("/sign-in/", {"username": name, "password": "wrong"})
    client.post("/sign-in/", {"username": name, "password": PASSWORD})
    client.post("/sign-out/")
    told = [(each["kind"], each["actor"], each["about"], each["address"]) for each in log_of(owner)]
    assert told == [
        ("sign_out", name, name, "203.0.113.5"),
        ("sign_in", name, name, "203.0.113.5"),
        ("sign_in_failed", None, name, "203.0.113.5"),
    ]


def test_guesses__without_end__are_a_bounded_number_of_entries(owner: Rest, world: World) -> None:
    name = world.users[Role.MANAGER].username
    for number in range(25):
        Client().post("/sign-in/", {"username": name, "password": f"wrong-{number}"})
    kinds = [each["kind"] for each in log_of(owner)]
    assert kinds == ["sign_in_locked"] + ["sign_in_failed"] * 10


def test_name_that_nobody_has__is_not_kept_and_is_for_the_operator(owner: Rest, world: World) -> None:
    secret = f"my-password-{uuid4().hex}"
    Client().post("/sign-in/", {"username": secret, "password": "x"})
    assert log_of(owner) == []
    event = SecurityEvent.objects.get()
    assert (event.restaurant_id, event.about_id, event.details) == (None, None, {})
    operator = User.objects.create_superuser(f"root-{uuid4().hex[:8]}", password=PASSWORD)
    client = Client()
    client.force_login(operator)
    assert client.get(f"/admin/tenants/securityevent/{event.id}/change/").status_code == 200
    assert Desk(world, Role.OWNER).client.get(f"/admin/tenants/securityevent/{event.id}/change/").status_code == 302


def test_access__everything_that_becomes_of_it__logged(owner: Rest, world: World) -> None:
    mine = world.users[Role.OWNER].username
    token = owner.post("tokens/", {"name": "till"}, status=201)["id"]
    owner.delete(f"tokens/{token}/", status=204)
    feed = f"staff/{world.staff_ids[0]}/feed/"
    owner.post(feed, status=201)
    owner.delete(feed, status=204)
    theirs = next(each for each in owner.get("memberships/") if each["role"] == "viewer")
    owner.patch(f"memberships/{theirs['id']}/", {"role": "manager"})
    owner.delete(f"memberships/{theirs['id']}/", status=204)
    owner.post("memberships/", {"username": theirs["username"], "role": "viewer"}, status=201)
    guest = world.users[Role.VIEWER]
    invitation_accept(guest, invitation_id=Invitation.objects.get(username=guest.username).id)
    entries = list(reversed(log_of(owner)))
    assert [each["kind"] for each in entries] == [
        "token_issued",
        "token_revoked",
        "feed_issued",
        "feed_revoked",
        "role_changed",
        "member_removed",
        "member_invited",
        "member_joined",
    ]
    assert {each["actor"] for each in entries[:-1]} == {mine}
    assert (entries[-1]["actor"], entries[4]["about"]) == (guest.username, guest.username)
    assert entries[4]["details"] == {"role": "manager", "was": "viewer"}
    assert entries[0]["details"] == {"name": "till", "tokenId": token, "scopes": "*"}
    assert entries[2]["details"]["name"] == "田中"
    assert {each["address"] for each in entries[:-1]} == {"127.0.0.1"}
    assert "ss_" not in str(entries)


def test_new_password__by_form_and_by_command__logged(owner: Rest, world: World) -> None:
    user, client = world.users[Role.OWNER], Client(REMOTE_ADDR="203.0.113.6")
    client.force_login(user)
    SecurityEvent.objects.all().delete()
    fresh = f"new-{uuid4().hex}"
    fields = {"old_password": PASSWORD, "new_password1": fresh, "new_password2": fresh}
    assert client.post("/admin/password_change/", fields).status_code == 302
    user.refresh_from_db()
    user.set_password("another")
    user.save()
    found = SecurityEvent.objects.filter(kind="password_changed", about=user, restaurant=world.restaurant)
    assert max(found.values_list("address", flat=True)) == "203.0.113.6"
    assert found.count() == 2


def test_log__others__see_nothing_of_it(owner: Rest, world: World, document: Document) -> None:
    elsewhere = make_world("Elsewhere", ("山田",))
    name = world.users[Role.MANAGER].username
    Client().post("/sign-in/", {"username": name, "password": PASSWORD})
    for role in (Role.MANAGER, Role.VIEWER):
        Rest(world.tokens[role], document).refused("get", "security-log/", status=403)
    assert name not in str(log_of(Rest(elsewhere.tokens[Role.OWNER], document)))
    assert name not in Desk(elsewhere, Role.OWNER).open("tenants_securityevent_changelist")
    assert name in Desk(world, Role.OWNER).open("tenants_securityevent_changelist")
    Desk(world, Role.MANAGER).open("tenants_securityevent_changelist", status=403)


def test_log__of_many__in_pages(owner: Rest, world: World) -> None:
    moment = now()
    SecurityEvent.objects.bulk_create(
        SecurityEvent(restaurant=world.restaurant, kind="sign_in", at=moment - timedelta(minutes=n)) for n in range(9)
    )
    first = log_of(owner, "?limit=4")
    second = log_of(owner, f"?limit=4&before={first[-1]['at']}")
    assert len({each["id"] for each in first + second}) == 8
    assert [each["at"] for each in first + second] == sorted((each["at"] for each in first + second), reverse=True)
    assert log_of(owner, "?kind=sign_out") == []
    for wrong in ("?limit=0", "?limit=501", "?before=x", "?kind=x", "?before=9999-99-99"):
        owner.refused("get", f"security-log/{wrong}", status=400)


def test_log__pruned__old_entries_go(owner: Rest, world: World) -> None:
    for days in (10, 200):
        SecurityEvent.objects.create(restaurant=world.restaurant, kind="sign_in", at=now() - timedelta(days=days))
    said = StringIO()
    call_command("prune_security_log", stdout=said)
    assert said.getvalue() == "Removed 1 entries of the security log.\n"
    call_command("prune_security_log", "--days", "5", stdout=said)
    assert not SecurityEvent.objects.exists()
    for wrong in ("-3", "0", "4000", "x"):
        with pytest.raises(CommandError):
            call_command("prune_security_log", "--days", wrong)
