"""Inviting by an address: taken once, by whoever has it, and by nobody else; nothing of it is stored that would open it."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client

from shiftsync.core.actor import Role
from shiftsync.core.clock import now
from shiftsync.core.errors import NotFound
from shiftsync.realtime.stream.requests import ChangeRequest
from shiftsync.tenants.models import AnsweredPost, InvitationLink, Membership, SecurityEvent, User
from shiftsync.tenants.services import invitation_link_accept, membership_link
from staff.services import StaffDelete, staff_delete
from tests.integration.rest.conftest import AsRole, Rest
from tests.support.world import World, make_world

PASSWORD = "a long enough password"
WAYS_TO_END = ["used", "revoked", "expired", "never was"]


def address(rest: Rest, **offered: Any) -> str:
    """The path of a new invitation's page."""
    made = rest.post("invitation-links/", {"role": "staff", **offered}, status=201)
    assert "url" not in made
    listed = next(each for each in rest.get("invitation-links/") if each["id"] == made["id"])
    path: str = urlsplit(listed["url"]).path
    return path


def send(browser: Client, path: str, **fields: str) -> Any:
    page = browser.get(path)
    hidden = dict(re.findall(r'<input type="hidden" name="(csrf\w+)" value="([^"]*)"', page.text))
    return browser.post(path, {**hidden, **fields})


def account(name: str) -> dict[str, str]:
    return {"username": name, "password1": PASSWORD, "password2": PASSWORD}


def newcomer() -> str:
    return f"new-{uuid4().hex[:10]}"


@pytest.fixture
def browser() -> Client:
    return Client(enforce_csrf_checks=True)


def test_address__opened_by_somebody_new__makes_an_account_that_is_that_person(
    manager: Rest, world: World, browser: Client
) -> None:
    path, name = address(manager, staffId=world.staff_ids[1], note="佐藤"), newcomer()
    page = browser.get(path)
    assert "Kitchen" in page.text
    assert "for 佐藤" in page.text
    assert "佐藤 さんへの招待" in browser.get(path, HTTP_ACCEPT_LANGUAGE="ja").text
    assert not Membership.objects.filter(user__username=name).exists()
    assert send(browser, path, **account(name))["Location"] == f"/?restaurant={world.id}"
    person = browser.get(f"/api/me/person/?restaurant={world.id}").json()
    assert person == {"staffId": world.staff_ids[1], "name": "佐藤"}
    joined = next(each for each in manager.get("memberships/") if each["username"] == name)
    assert (joined["role"], joined["staffName"], joined["state"]) == ("staff", "佐藤", "active")
    assert manager.get("invitation-links/") == []
    assert SecurityEvent.objects.filter(kind="member_joined", about__username=name, restaurant_id=world.id).exists()
    assert Client().login(username=name, password=PASSWORD)


def test_address__opened_by_a_signed_in_user__asks_and_joins_their_account(
    owner: Rest, world: World, browser: Client
) -> None:
    user = make_world("Elsewhere", ("山田",)).users[Role.VIEWER]
    browser.force_login(user)
    path = address(owner, role="manager")
    assert user.username in browser.get(path).text
    assert not Membership.objects.filter(restaurant_id=world.id, user=user).exists()
    assert send(browser, path)["Location"] == f"/?restaurant={world.id}"
    assert Membership.objects.get(restaurant_id=world.id, user=user).role == "manager"


def test_address__opened_by_a_member__is_not_used_up(owner: Rest, world: World, browser: Client) -> None:
    browser.force_login(world.users[Role.OWNER])
    path = address(owner)
    assert "already" in browser.get(path).text
    assert send(browser, path).status_code == 400
    assert Membership.objects.get(user=world.users[Role.OWNER]).role == "owner"
    assert len(owner.get("invitation-links/")) == 1


@pytest.mark.parametrize("end", WAYS_TO_END)
def test_address__that_has_ended__opens_nothing_and_looks_like_one_that_never_was(
    manager: Rest, browser: Client, end: str
) -> None:
    path = address(manager, note="秘密の名前")
    link = InvitationLink.objects.get()
    if end == "used":
        send(Client(), path, **account(newcomer()))
    elif end == "revoked":
        manager.delete(f"invitation-links/{link.id}/", status=204)
        manager.refused("delete", f"invitation-links/{link.id}/", status=404)
    elif end == "expired":
        InvitationLink.objects.update(expires_at=now() - timedelta(seconds=1))
    else:
        path = f"/join/ss_{'x' * 43}/"
    answer = browser.get(path)
    assert (answer.status_code, "no longer valid" in answer.text) == (404, True)
    assert "Kitchen" not in answer.text
    name = newcomer()
    assert browser.post(path, account(name), headers={"X-CSRFToken": "x"}).status_code in (403, 404)
    browser = Client()
    assert browser.post(path, account(name)).status_code == 404
    assert not User.objects.filter(username=name).exists()


def test_address__without_the_token_of_its_page__joins_nobody(owner: Rest, world: World, browser: Client) -> None:
    user = make_world("Elsewhere", ("山田",)).users[Role.VIEWER]
    browser.force_login(user)
    assert browser.post(address(owner)).status_code == 403
    assert not Membership.objects.filter(restaurant_id=world.id, user=user).exists()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"password2": "another"}, "password"),
        ({"password1": "123", "password2": "123"}, "too short"),
        ({"username": "a b"}, "valid"),
    ],
)
def test_sign_up__what_cannot_be__said_at_the_field_and_nothing_made(
    manager: Rest, browser: Client, fields: dict[str, str], said: str
) -> None:
    path, name = address(manager), newcomer()
    answer = send(browser, path, **{**account(name), **fields})
    assert answer.status_code == 400
    assert said in answer.text
    assert not User.objects.filter(username=name).exists()
    assert len(manager.get("invitation-links/")) == 1
    assert send(browser, path, **account(name)).status_code == 302


def test_sign_up__names_tried_one_after_another__refused_after_a_few(
    manager: Rest, world: World, browser: Client, settings: Any
) -> None:
    path, taken = address(manager), world.users[Role.OWNER].username
    statuses = [
        send(browser, path, **account(taken)).status_code for _ in range(settings.CONFIG.limits.guesses_per_account)
    ]
    assert set(statuses) == {400}
    assert send(browser, path, **account(newcomer())).status_code == 429
    assert User.objects.get(username=taken).check_password("shiftsync-test")


def test_address__taken_by_two_at_once__one_joins(manager: Rest, world: World) -> None:
    secret = address(manager).split("/")[2]
    users = [User.objects.create_user(newcomer()) for _ in range(2)]

    def take(user: User) -> bool:
        try:
            invitation_link_accept(user, secret=secret)
        except NotFound:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(take, users)) == [False, True]
    assert Membership.objects.filter(restaurant_id=world.id, user__in=users).count() == 1


def test_secret__anywhere_in_the_database__is_not_there(manager: Rest) -> None:
    made = manager.post("invitation-links/", {"role": "staff"}, status=201, Idempotency_Key=str(uuid4()))
    secret = urlsplit(manager.get("invitation-links/")[0]["url"]).path.split("/")[2]
    assert secret not in str(list(InvitationLink.objects.values())) + str(list(AnsweredPost.objects.values()))
    assert made["role"] == "staff"


def test_secret__after_the_servers_key_has_changed__not_shown_and_still_opens(
    manager: Rest, browser: Client, settings: Any
) -> None:
    path = address(manager)
    settings.SECRET_KEY = "another " * 8
    assert manager.get("invitation-links/")[0]["url"] is None
    assert browser.get(path).status_code == 200


def test_person__gone_or_taken_meanwhile__joins_as_nobody(manager: Rest, world: World) -> None:
    gone, taken = (address(manager, staffId=world.staff_ids[place]) for place in (0, 1))
    staff_delete(ChangeRequest(world.system, StaffDelete(world.staff_ids[0])))
    membership_link(
        world.system, user_id=world.users[Role.VIEWER].id, staff_id=InvitationLink.objects.latest("id").staff_id
    )
    for path in (gone, taken):
        name = newcomer()
        assert send(Client(), path, **account(name)).status_code == 302
        assert Membership.objects.get(user__username=name).staff_id is None


def test_page__for_nobody_or_for_a_person_who_is_gone_or_taken_or_with_an_invitation_that_ended__names_nobody(
    manager: Rest, world: World, browser: Client
) -> None:
    gone, taken, used = (address(manager, staffId=world.staff_ids[place]) for place in (0, 1, 2))
    staff_delete(ChangeRequest(world.system, StaffDelete(world.staff_ids[0])))
    membership_link(world.actor(), user_id=world.users[Role.STAFF].id, staff_id=UUID(world.staff_ids[1]))
    for path in (address(manager, note="佐藤"), gone, taken):
        assert not {"田中", "佐藤"} & set(re.findall("田中|佐藤", browser.get(path).text))
    assert "鈴木" in browser.get(used).text
    assert send(browser, used, **account(newcomer())).status_code == 302
    ended = Client().get(used)
    assert (ended.status_code, "鈴木" in ended.text) == (404, False)


def test_links__for_whom_they_may__made_listed_and_taken_back(as_role: AsRole, world: World) -> None:
    owner, manager, other = as_role(Role.OWNER), as_role(Role.MANAGER), make_world("Elsewhere", ("山田",))
    address(owner, role="owner")
    ours = owner.get("invitation-links/")[0]
    assert manager.get("invitation-links/") == []
    manager.refused("post", "invitation-links/", {"role": "manager"}, status=403)
    manager.refused("delete", f"invitation-links/{ours['id']}/", status=403)
    as_role(Role.OWNER, other).refused("delete", f"invitation-links/{ours['id']}/", status=404)
    assert as_role(Role.OWNER, other).get("invitation-links/") == []
    refused = manager.refused("post", "invitation-links/", {"role": "staff", "staffId": other.staff_ids[0]}, status=400)
    assert refused["details"] == {"staffId": ["No such staff member."]}
    for role in (Role.VIEWER, Role.STAFF):
        as_role(role).refused("get", "invitation-links/", status=403)
        as_role(role).refused("post", "invitation-links/", {"role": "staff"}, status=403)
    assert len(owner.get("invitation-links/")) == 1
