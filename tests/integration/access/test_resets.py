"""A forgotten password: who may make an address for whom, and what it opens."""

import re
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from shiftsync.core.actor import Role
from shiftsync.core.fence import within
from shiftsync.tenants.models import Membership, SecurityEvent, User
from shiftsync.tenants.services import member_invite, membership_grant
from tests.integration.access.test_account import ANOTHER, DESK, is_in, send, signed_in
from tests.integration.access.test_account import user as member
from tests.support.world import World, make_world

__all__ = ["member"]

Page = Any


@pytest.fixture
def user(member: User) -> User:
    """One of the staff, who does not enter the admin."""
    member.is_staff = False
    member.save()
    return member


def member_page(world: World, role: Role) -> str:
    with within(world.id):
        return f"/reset-link/{Membership.objects.get(restaurant_id=world.id, user=world.users[role]).id}/"


def by(world: World, role: Role) -> Client:
    browser = Client(enforce_csrf_checks=True, headers={"Accept-Language": "en"})
    browser.force_login(world.users[role])
    return browser


def made(world: World, whose: Role = Role.STAFF, by_role: Role = Role.OWNER) -> Page:
    return send(by(world, by_role), member_page(world, whose))


def path_in(page: Page) -> str:
    found = re.search(r'value="https?://[^/]+(/reset/[^"]+)"', page.text)
    assert found is not None, page.text
    return found[1]


def set_anew(path: str, password: str = ANOTHER) -> Page:
    browser = Client(enforce_csrf_checks=True, headers={"Accept-Language": "en"})
    return send(browser, path, new_password1=password, new_password2=password)


def is_over(path: str) -> bool:
    return Client().get(path).status_code == 404


def test_link__of_the_owner__sets_a_password_once_and_signs_others_out(world: World, user: User) -> None:
    before = signed_in(user, DESK)
    path = path_in(made(world))
    assert (set_anew(path, "12345").status_code, is_in(before)) == (400, True)
    assert set_anew(path).headers["Location"] == "/sign-in/"
    assert not is_in(before)
    signed_in(user, DESK, ANOTHER)
    assert is_over(path)
    event = SecurityEvent.objects.get(kind="reset_offered", about=user)
    assert (event.actor_id, event.restaurant_id) == (world.users[Role.OWNER].id, world.id)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.VIEWER, Role.STAFF])
def test_link__of_who_is_no_owner__is_refused(world: World, role: Role) -> None:
    assert made(world, Role.VIEWER if role is Role.STAFF else Role.STAFF, by_role=role).status_code == 403
    assert not SecurityEvent.objects.filter(kind="reset_offered").exists()


def test_link__for_an_owner_or_who_enters_the_admin__is_refused(world: World, user: User) -> None:
    assert made(world, Role.OWNER).status_code == 403
    User.objects.filter(id=user.id).update(is_staff=True)
    assert made(world).status_code == 403


def test_link__for_who_belongs_or_is_invited_elsewhere__is_refused__also_when_it_was_made_before(
    world: World, user: User
) -> None:
    path, other = path_in(made(world)), make_world()
    assert not is_over(path)
    member_invite(other.actor(Role.OWNER), username=user.username, role=Role.STAFF)
    assert is_over(path)
    assert made(world).status_code == 403
    with within(other.id):
        membership_grant(other.system, user=user, role=Role.STAFF)
    assert is_over(path)
    assert made(world).status_code == 403


def test_link__for_a_member_of_another_restaurant__is_not_there(world: World) -> None:
    theirs = member_page(make_world(), Role.STAFF)
    assert by(world, Role.OWNER).get(theirs).status_code == 404


def test_link__signed_in_meanwhile__counts_no_more(world: World, user: User) -> None:
    path = path_in(made(world))
    signed_in(user, DESK)
    assert is_over(path)


def test_link__opened__sets_nothing(world: World, user: User) -> None:
    path = path_in(made(world))
    page = Client(headers={"Accept-Language": "ja"}).get(path)
    assert (page.status_code, "新しいパスワード" in page.text) == (200, True)
    signed_in(user, DESK)


@pytest.mark.django_db
@pytest.mark.parametrize("secret", ["x", "a:b:c", "eyJ1c2VyIjoiMSJ9:1:2"])
def test_link__that_never_was__is_over(secret: str) -> None:
    assert is_over(f"/reset/{secret}/")


def test_reset_link__of_the_operator__for_anybody(world: World) -> None:
    owner, out = world.users[Role.OWNER], StringIO()
    call_command("reset_link", owner.username, stdout=out)
    path = out.getvalue().split()[-1]
    assert set_anew(path).status_code == 302
    owner.refresh_from_db()
    assert owner.check_password(ANOTHER)
    with pytest.raises(CommandError, match="no user"):
        call_command("reset_link", "nobody-at-all")
