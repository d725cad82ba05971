"""Guessing passwords is slow, per account and per address, whatever stands in front; and it keeps no innocent person out."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from django.contrib.auth import authenticate
from django.test import Client

from shiftsync.core.actor import Role
from shiftsync.core.clock import now
from shiftsync.core.whence import network_of
from shiftsync.tenants.guesses import WINDOW
from shiftsync.tenants.models import SignInAttempt, User
from tests.support.server import ServerProcess
from tests.support.world import PASSWORD, World

LIMIT = 10  # SHIFTSYNC_GUESSES_PER_ACCOUNT, as it comes


def sign_in(client: Client, username: str, password: str, address: str = "203.0.113.1", **headers: str) -> Any:
    return client.post("/sign-in/", {"username": username, "password": password}, REMOTE_ADDR=address, headers=headers)


def statuses(client: Client, username: str, count: int, address: str = "203.0.113.1") -> list[int]:
    return [sign_in(client, username, f"wrong-{n}", address).status_code for n in range(count)]


@pytest.mark.parametrize("is_known", [True, False])
def test_account__guessed__refused_after_the_limit_with_a_time_also_where_nobody_has_the_name(
    world: World, is_known: bool
) -> None:
    name = world.users[Role.OWNER].username if is_known else f"nobody-{uuid4().hex}"
    assert statuses(Client(), name, LIMIT + 3) == [200] * LIMIT + [429] * 3
    refused = sign_in(Client(), name, PASSWORD, language="en")
    assert refused.status_code == 429
    assert 1 <= int(refused["Retry-After"]) <= WINDOW.total_seconds()
    assert "too many wrong passwords" in refused.text.lower()
    assert sign_in(Client(), name, PASSWORD, "198.51.100.7").status_code == 429


def test_account__refused__says_so_in_japanese_and_for_the_admin(world: World) -> None:
    name = world.users[Role.OWNER].username
    statuses(Client(), name, LIMIT)
    client = Client(headers={"Accept-Language": "ja"})
    refused = client.post("/sign-in/?next=/admin/", {"username": name, "password": PASSWORD}, REMOTE_ADDR="203.0.113.1")
    assert refused.status_code == 429
    assert "分後にもう一度お試しください" in refused.text
    assert client.get("/admin/").status_code == 302


def test_account__after_a_while__let_in_again_since_what_is_refused_is_not_counted(world: World) -> None:
    name, client = world.users[Role.OWNER].username, Client()
    statuses(client, name, LIMIT + 30)
    assert SignInAttempt.objects.count() == LIMIT
    SignInAttempt.objects.update(at=now() - WINDOW - timedelta(seconds=1))
    assert sign_in(client, name, PASSWORD).status_code == 302


def test_account__guessed_by_a_stranger__its_user_comes_in_from_where_they_were_before(world: World) -> None:
    name, home, browser = world.users[Role.OWNER].username, "192.0.2.10", Client()
    assert sign_in(browser, name, PASSWORD, home).status_code == 302
    statuses(Client(), name, LIMIT + 5, "203.0.113.99")
    assert sign_in(Client(), name, PASSWORD, home).status_code == 302  # the address is known
    assert sign_in(browser, name, PASSWORD, "198.51.100.20").status_code == 302  # the browser is
    assert sign_in(Client(), name, PASSWORD, "198.51.100.21").status_code == 429
    assert statuses(Client(), name, LIMIT + 1, home)[-1] == 429  # there one's own guesses count


def test_browser_mark__of_another_user_or_forged__is_worth_nothing(world: World) -> None:
    owner, viewer = world.users[Role.OWNER].username, world.users[Role.VIEWER].username
    mine = Client()
    sign_in(mine, viewer, PASSWORD, "192.0.2.10")
    assert mine.cookies["known_browser"]["httponly"]
    statuses(Client(), owner, LIMIT)
    assert sign_in(mine, owner, PASSWORD, "198.51.100.20").status_code == 429
    forged = Client()
    forged.cookies["known_browser"] = mine.cookies["known_browser"].value.replace("W", "V")
    assert sign_in(forged, owner, PASSWORD, "198.51.100.20").status_code == 429


def test_address__many_accounts__refused_after_its_limit_and_other_addresses_are_not(world: World) -> None:
    client = Client()
    found = [sign_in(client, f"nobody-{n // 5}", "wrong").status_code for n in range(52)]
    assert found == [200] * 50 + [429] * 2
    assert sign_in(client, world.users[Role.OWNER].username, PASSWORD).status_code == 429
    assert sign_in(client, world.users[Role.OWNER].username, PASSWORD, "198.51.100.7").status_code == 302


def test_address__one_correct_sign_in__does_not_wipe_out_guesses_of_others(world: World) -> None:
    statuses(Client(), world.users[Role.OWNER].username, LIMIT - 1)
    assert sign_in(Client(), world.users[Role.VIEWER].username, PASSWORD).status_code == 302
    assert statuses(Client(), world.users[Role.OWNER].username, 2) == [200, 429]


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.1", "203.0.113.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.1", "203.0.113.1"),
        ("fe80::1%eth0", "fe80::/64"),
        ("unix:", "unix:"),
        ("", ""),
    ],
)
def test_network__of_an_address(address: str, network: str) -> None:
    assert network_of(address) == network


def test_account__guessed_at_once__no_more_than_the_limit_are_checked(world: World, server: ServerProcess) -> None:
    name = world.users[Role.MANAGER].username

    def guess(number: int) -> int:
        with httpx.Client(base_url=server.url) as browser:
            token = browser.get("/sign-in/").cookies["csrftoken"]
            fields = {"username": name, "password": f"wrong-{number}", "csrfmiddlewaretoken": token}
            return browser.post("/sign-in/", data=fields).status_code

    with ThreadPoolExecutor(20) as pool:
        found = list(pool.map(guess, range(40)))
    assert found.count(200) <= LIMIT
    assert set(found) <= {200, 429, 503}


def test_authenticate__inactive_or_unknown_or_program__as_it_should(world: World) -> None:
    user = world.users[Role.VIEWER]
    assert authenticate(username=user.username, password=PASSWORD) == user
    assert authenticate(username="nobody", password=PASSWORD) is None
    User.objects.filter(id=user.id).update(is_active=False)
    assert authenticate(username=user.username, password=PASSWORD) is None
    assert sign_in(Client(), user.username, PASSWORD).status_code == 200


def test_old_hash__right_password__renewed_and_what_came_by_it_stays(world: World, settings: Any) -> None:
    user = world.users[Role.VIEWER]
    epoch = User.objects.get(id=user.id).credentials_epoch
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2SHA1PasswordHasher",
        "django.contrib.auth.hashers.MD5PasswordHasher",
    ]
    assert sign_in(Client(), user.username, PASSWORD).status_code == 302
    renewed = User.objects.get(id=user.id)
    assert renewed.password.startswith("pbkdf2_sha1$")
    assert renewed.credentials_epoch == epoch


def test_own_password__old_one_guessed_in_the_admin__counted_as_at_the_sign_in(world: World) -> None:
    """Whoever finds an open browser does not learn the password there."""
    client = Client()
    client.force_login(world.users[Role.OWNER])
    fields = {"new_password1": "an-other-long-one", "new_password2": "an-other-long-one"}
    for number in range(LIMIT):
        page = client.post("/admin/password_change/", {**fields, "old_password": f"wrong-{number}"})
        assert "old_password" in page.context["form"].errors
    page = client.post("/admin/password_change/", {**fields, "old_password": PASSWORD})
    assert "Too many wrong passwords" in page.text
    assert world.users[Role.OWNER].check_password(PASSWORD)
