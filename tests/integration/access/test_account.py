"""One's own account: where one is signed in, seen and ended; and the password, changed by who knows it."""

import re
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from shiftsync.accounts.own_account import browser_name
from shiftsync.core.actor import Actor, Role
from shiftsync.notices.models import PushSubscription
from shiftsync.notices.push import push_subscribe
from shiftsync.tenants.models import BrowserSession, Restaurant, SecurityEvent, User
from tests.support.world import World

PASSWORD = "a long enough password"
ANOTHER = "quite another password"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Mobile/15E148 Safari/604.1"
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0"

Page = Any


@pytest.fixture
def user(world: World) -> User:
    user = world.users[Role.STAFF]
    user.set_password(PASSWORD)
    user.save()
    return user


def signed_in(user: User, agent: str, password: str = PASSWORD) -> Client:
    browser = Client(enforce_csrf_checks=True, headers={"User-Agent": agent, "Accept-Language": "en"})
    answer = send(browser, "/sign-in/", username=user.username, password=password)
    assert answer.status_code == 302, answer.text
    return browser


def send(browser: Client, path: str, **fields: str) -> Page:
    page = browser.get(path)
    hidden = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
    assert hidden is not None
    return browser.post(path, {"csrfmiddlewaretoken": hidden[1], **fields})


def is_in(browser: Client) -> bool:
    status: int = browser.get("/api/me/").status_code
    return status == 200


def change(browser: Client, old: str, new: str = ANOTHER) -> Page:
    return send(browser, "/account/", old_password=old, new_password1=new, new_password2=new, password="")


def logged(user: User) -> list[str]:
    return list(SecurityEvent.objects.filter(about=user).order_by("at", "id").values_list("kind", flat=True))


@pytest.mark.parametrize(
    ("zone", "shown"), [("Asia/Tokyo", "12/01/2026 1:32 a.m."), ("America/New_York", "11/30/2026 11:32 a.m.")]
)
def test_sessions__times__are_those_of_the_restaurant_and_say_so(
    user: User, world: World, zone: str, shown: str
) -> None:
    Restaurant.objects.filter(id=world.id).update(timezone=zone)
    browser = signed_in(user, DESK)
    BrowserSession.objects.filter(user=user).update(began_at=datetime(2026, 11, 30, 16, 32, tzinfo=UTC))
    page = browser.get("/account/").text
    assert f"since {shown}" in page
    assert f"Times of day are those of {zone}." in page


def test_sessions__listed_with_where_they_are__ones_own_alone(user: User, world: World) -> None:
    desk, phone = signed_in(user, DESK), signed_in(user, PHONE)
    page = desk.get("/account/").text
    assert "Edge · Windows" in page
    assert "Safari · iPhone" in page
    assert page.count("this browser") == 1
    assert "from 127.0.0.1" in page
    stranger = world.users[Role.VIEWER]
    stranger.set_password(PASSWORD)
    stranger.save()
    theirs = BrowserSession.objects.get(agent=PHONE)
    send(signed_in(stranger, DESK), "/account/", session=str(theirs.id))
    assert is_in(phone)


def test_session__ended_elsewhere__is_signed_out_logged_and_pushed_to_no_more(user: User, world: World) -> None:
    desk, phone = signed_in(user, DESK), signed_in(user, PHONE)
    lost = BrowserSession.objects.get(agent=PHONE)
    example = {
        "endpoint": "https://push.example.com/send/1",
        "p256dh": "BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM",
        "auth": "tBHItJI5svbpez7KI4CCXg",
    }
    actor = Actor(world.id, user.id, Role.STAFF)
    push_subscribe(actor, **example, language="ja", session_key=lost.session_key)
    assert send(desk, "/account/", session=str(lost.id)).status_code == 302
    assert (is_in(desk), is_in(phone)) == (True, False)
    assert logged(user)[-1] == "session_ended"
    assert not PushSubscription.objects.filter(user=user).exists()
    assert send(desk, "/account/", session=str(lost.id)).status_code == 302, "has ended in another window"
    assert send(desk, "/account/", session=str(uuid4())).status_code == 302


def test_sessions__all_others_ended__this_browser_stays(user: User) -> None:
    here, others = signed_in(user, DESK), [signed_in(user, PHONE), signed_in(user, DESK)]
    assert "Sign out everywhere else" in here.get("/account/").text
    send(here, "/account/", others="")
    assert is_in(here)
    assert not any(map(is_in, others))
    assert "Sign out everywhere else" not in here.get("/account/").text


def test_signed_out__is_not_listed(user: User) -> None:
    here, other = signed_in(user, DESK), signed_in(user, PHONE)
    other.post("/sign-out/", {"csrfmiddlewaretoken": other.cookies["csrftoken"].value})
    assert "iPhone" not in here.get("/account/").text


def test_password__changed__others_are_signed_out_and_the_page_stays(user: User) -> None:
    here, other = signed_in(user, DESK), signed_in(user, PHONE)
    page = change(here, PASSWORD)
    assert (page.status_code, "Your password is changed" in page.text) == (200, True)
    assert (is_in(here), is_in(other)) == (True, False)
    assert "iPhone" not in page.text
    assert page.text.count("this browser") == 1
    assert logged(user)[-1] == "password_changed"
    signed_in(user, PHONE, ANOTHER)


def test_password__the_present_one_is_wrong__counts_as_a_guess(user: User) -> None:
    here = signed_in(user, DESK)
    for _ in range(3):
        page = change(here, "wrong")
        assert page.status_code == 400
    assert logged(user).count("sign_in_failed") == 3
    assert "wrong" in page.text
    assert is_in(here)


def test_password__too_simple__is_said_at_its_field(user: User) -> None:
    page = change(signed_in(user, DESK), PASSWORD, "12345")
    assert page.status_code == 400
    assert 'id="wrong-new_password2"' in page.text


def test_account__of_nobody__leads_to_the_sign_in() -> None:
    assert Client().get("/account/").headers["Location"] == "/sign-in/?next=/account/"


def test_account__in_japanese(user: User) -> None:
    page = signed_in(user, DESK).get("/account/", headers={"Accept-Language": "ja"}).text
    for words in ("サインイン中のブラウザ", "このブラウザ", "パスワードを変更", "最終アクセス"):
        assert words in page


@pytest.mark.parametrize(
    ("agent", "name"),
    [("", "unknown browser"), ("curl/8", "unknown browser"), ("X11; Linux Firefox/1", "Firefox · Linux")],
)
def test_browser_name__of_what_it_says(agent: str, name: str) -> None:
    assert browser_name(agent) == name
