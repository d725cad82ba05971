"""Nobody becomes a member without saying so, and nobody learns by inviting whether a user exists."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from shiftsync.core.actor import Role
from shiftsync.core.errors import Forbidden, NotFound
from shiftsync.tenants.models import Invitation, Membership, User
from shiftsync.tenants.services import (
    invitation_accept,
    invitation_change,
    invitation_decline,
    member_invite,
    membership_grant,
)
from tests.integration.admin.conftest import Desk
from tests.integration.rest.conftest import OCCURRENCE, Rest
from tests.integration.rest.schema import Document
from tests.support.client import Client as Socket
from tests.support.server import ServerProcess
from tests.support.world import PASSWORD, World, make_world


@pytest.fixture
def owner(world: World, document: Document) -> Rest:
    return Rest(world.tokens[Role.OWNER], document)


@pytest.fixture
def elsewhere(world: World) -> World:
    return make_world("Elsewhere", ("山田",))


@pytest.fixture
def guest(elsewhere: World) -> User:
    """A user of another restaurant."""
    return elsewhere.users[Role.MANAGER]


def browser(user: User) -> Client:
    client = Client(headers={"X-Request-Id": OCCURRENCE})
    client.force_login(user)
    return client


def invited(owner: Rest, user: User, role: str = "manager") -> str:
    answer: dict[str, Any] = owner.post("memberships/", {"username": user.username, "role": role}, status=201)
    found: str = answer["id"]
    return found


def without_id(answer: dict[str, Any], username: str) -> str:
    return str({key: value for key, value in answer.items() if key != "id"}).replace(username, "NAME")


def test_invite__somebody_elses_user_and_nobodys__answered_alike(owner: Rest, guest: User) -> None:
    nobody = f"manager-{uuid4().hex[:12]}"
    answers = []
    for name in (guest.username, nobody):
        made = owner.post("memberships/", {"username": name, "role": "manager"}, status=201)
        changed = owner.patch(f"memberships/{made['id']}/", {"role": "viewer"})
        again = owner.post("memberships/", {"username": name, "role": "owner"}, status=201)
        listed = next(each for each in owner.get("memberships/") if each["id"] == made["id"])
        owner.delete(f"memberships/{made['id']}/", status=204)
        gone = owner.refused("delete", f"memberships/{made['id']}/", status=404)
        assert made["id"] == again["id"]
        answers.append([without_id(each, name) for each in (made, changed, again, listed, gone)])
    assert answers[0] == answers[1]
    assert "'state': 'invited'" in answers[0][0]


def test_invited__until_they_accept__no_member_and_their_clients_go_on(owner: Rest, world: World, guest: User) -> None:
    theirs = browser(guest)
    invitation = invited(owner, guest)
    assert theirs.get("/api/staff/").json()[0]["name"] == "山田"  # still one restaurant, which need not be named
    assert theirs.get(f"/api/staff/?restaurant={world.id}").status_code == 404
    assert [each["name"] for each in theirs.get("/api/restaurants/").json()] == ["Elsewhere"]
    offered = theirs.get("/api/invitations/").json()
    assert [(each["id"], each["restaurantName"], each["role"]) for each in offered] == [
        (invitation, "Kitchen", "manager")
    ]
    assert (
        theirs.post(f"/api/invitations/{invitation}/accept/", content_type="application/json").json()["role"]
        == "manager"
    )
    assert theirs.get(f"/api/staff/?restaurant={world.id}").status_code == 200
    assert theirs.get("/api/invitations/").json() == []
    states = {each["username"]: each["state"] for each in owner.get("memberships/")}
    assert states[guest.username] == "active"


def test_invited__declines__owner_is_not_told_and_they_are_not_asked_again(owner: Rest, guest: User) -> None:
    invitation = invited(owner, guest)
    before = owner.get("memberships/")
    theirs = browser(guest)
    assert theirs.post(f"/api/invitations/{invitation}/decline/", content_type="application/json").status_code == 204
    assert owner.get("memberships/") == before
    assert theirs.get("/api/invitations/").json() == []
    assert theirs.post(f"/api/invitations/{invitation}/accept/", content_type="application/json").status_code == 404
    assert invited(owner, guest) == invitation
    assert theirs.get("/api/invitations/").json() == []


def test_invitation__of_another_or_unknown__is_not_there(owner: Rest, world: World, guest: User) -> None:
    invitation = invited(owner, guest)
    other = browser(world.users[Role.VIEWER])
    for verb in ("accept", "decline"):
        answers = [
            other.post(f"/api/invitations/{id}/{verb}/", content_type="application/json")
            for id in (invitation, str(uuid4()), "x", world.schedule_id)
        ]
        assert {(each.status_code, each.content) for each in answers} == {(404, answers[0].content)}
    assert Invitation.objects.get(id=invitation).declined_at is None


def test_invitation__by_token__refused(owner: Rest, guest: User, elsewhere: World, document: Document) -> None:
    invitation = invited(owner, guest)
    rest = Rest(elsewhere.tokens[Role.MANAGER], document)
    rest.refused("get", "invitations/", status=403)
    rest.refused("post", f"invitations/{invitation}/accept/", {}, status=403)
    assert not Membership.objects.filter(user=guest).exclude(restaurant=elsewhere.restaurant).exists()


def test_revoked__named_again__is_asked_again(owner: Rest, world: World) -> None:
    viewer = world.users[Role.VIEWER]
    theirs = next(each for each in owner.get("memberships/") if each["username"] == viewer.username)
    owner.delete(f"memberships/{theirs['id']}/", status=204)
    invitation = invited(owner, viewer, "viewer")
    assert browser(viewer).get(f"/api/staff/?restaurant={world.id}").status_code == 404
    membership = invitation_accept(viewer, invitation_id=Invitation.objects.get(id=invitation).id)
    assert (str(membership.id), membership.is_active) == (theirs["id"], True)


def test_services__nobody_but_the_system_lets_somebody_in(world: World, guest: User) -> None:
    with pytest.raises(Forbidden):
        membership_grant(world.actor(Role.OWNER), user=guest, role=Role.VIEWER)
    offered = member_invite(world.actor(Role.OWNER), username=guest.username, role=Role.OWNER)
    assert isinstance(offered, Invitation)
    with pytest.raises(Forbidden):
        invitation_change(world.actor(Role.MANAGER), invitation_id=offered.id, role=Role.OWNER)
    membership_grant(world.system, user=guest, role=Role.VIEWER)
    with pytest.raises(NotFound):
        invitation_accept(guest, invitation_id=offered.id)
    assert Membership.objects.get(user=guest, restaurant=world.restaurant).role == "viewer"


def test_invitation__declined_by_service__stays_for_the_owner(world: World, guest: User) -> None:
    offered = member_invite(world.actor(Role.OWNER), username=guest.username, role=Role.VIEWER)
    invitation_decline(guest, invitation_id=offered.id)
    assert Invitation.objects.filter(id=offered.id).exists()


def test_invitations__many__are_bounded(owner: Rest, world: World) -> None:
    Invitation.objects.bulk_create(Invitation(restaurant=world.restaurant, username=f"u{n}") for n in range(200))
    refused = owner.refused("post", "memberships/", {"username": "one-more", "role": "viewer"}, status=400)
    assert "username" in refused["details"]


@pytest.mark.parametrize("language", ["en", "ja"])
def test_page__signed_in_and_invited__asks_and_leads_on(owner: Rest, world: World, guest: User, language: str) -> None:
    invitation = invited(owner, guest, "viewer")
    client = Client(headers={"Accept-Language": language})
    for where, led in (("", "/invitations/"), ("/", "/invitations/"), ("/admin/", "/admin/")):
        answer = client.post("/sign-in/", {"username": guest.username, "password": PASSWORD, "next": where})
        assert answer["Location"] == led
    page = client.get("/invitations/")
    assert "Kitchen" in page.text
    assert {"en": "a viewer, who sees what is published", "ja": "閲覧者"}[language] in page.text
    assert not re.search(r"<style|<script|style=|https?://|onclick", page.text)
    accepted = client.post("/invitations/", {"invitation": invitation, "accept": ""})
    assert accepted["Location"] == f"/?restaurant={world.id}"
    assert client.post("/invitations/", {"invitation": invitation, "accept": ""})["Location"] == "/invitations/"


def test_page__declined__nothing_left(owner: Rest, guest: User) -> None:
    invitation = invited(owner, guest)
    client = browser(guest)
    assert client.post("/invitations/", {"invitation": invitation, "decline": ""})["Location"] == "/"
    assert "You have no invitations." in client.get("/invitations/").text
    assert client.post("/invitations/", {"invitation": "\x00", "accept": ""})["Location"] == "/invitations/"


def test_page__no_restaurant_yet__home_leads_to_the_invitation(owner: Rest, world: World) -> None:
    newcomer = User.objects.create_user(f"new-{uuid4().hex[:8]}")
    invited(owner, newcomer)
    assert browser(newcomer).get("/")["Location"] == "/invitations/"


def test_page__nobody_signed_in__leads_to_the_sign_in_page(world: World) -> None:
    assert Client().get("/invitations/")["Location"] == "/sign-in/?next=/invitations/"


def test_admin__invites_changes_withdraws(world: World, guest: User) -> None:
    desk, page = Desk(world, Role.OWNER), "tenants_invitation_add"
    nobody = f"nobody-{uuid4().hex[:8]}"
    for name in (guest.username, nobody):
        desk.send({**desk.form(page), "restaurant": str(world.id), "username": name, "role": "manager"}, page)
    assert not Membership.objects.filter(user=guest, restaurant=world.restaurant).exists()
    offered = Invitation.objects.get(username=guest.username)
    change = "tenants_invitation_change"
    desk.send({**desk.form(change, offered.pk), "role": "viewer"}, change, offered.pk)
    offered.refresh_from_db()
    assert offered.role == "viewer"
    desk.act("withdraw", "tenants_invitation_changelist", offered.pk)
    assert not Invitation.objects.filter(id=offered.pk).exists()
    assert nobody in desk.open("tenants_invitation_changelist")
    Desk(world, Role.MANAGER).open("tenants_invitation_changelist", status=403)
    desk.open("tenants_membership_add", status=403)


def test_v1_client_of_an_invited_user__keeps_its_restaurant(
    owner: Rest, elsewhere: World, guest: User, server: ServerProcess
) -> None:
    invited(owner, guest)
    headers = [("Authorization", f"Bearer {elsewhere.tokens[Role.MANAGER]}")]
    with Socket(server.url, headers=headers, v2=False) as client:
        assert client.expect("CONNECTION_ACK")["payload"]["restaurantId"] == str(elsewhere.id)
