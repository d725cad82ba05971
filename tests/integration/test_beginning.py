"""From an empty installation to a restaurant of one's own, by the pages that a browser gets and by REST."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from schedules.models import ShiftKind, ShiftType
from settings_app.models import ConfigVersion
from shiftsync.core.actor import Actor, Role
from shiftsync.tenants.hooks import PRESETS
from shiftsync.tenants.models import Membership, Restaurant, User
from shiftsync.tenants.services import member_invite, membership_grant, restaurant_create
from shiftsync.tenants.set_up import set_up_code

pytestmark = pytest.mark.django_db

Page = Any
PASSWORD = "a long enough password"
ANSWERS = {
    "name": "Bistro Aurora",
    "preset": "cafe",
    "closingDay": "31",
    "country": "FR",
    "timezone": "Europe/Paris",
}


@pytest.fixture
def browser() -> Client:
    return Client(enforce_csrf_checks=True)


def send(browser: Client, path: str, fields: dict[str, str]) -> Page:
    """Opens the page and sends its form with those fields, as a browser does: hidden fields as the page has them."""
    page = browser.get(path)
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.text))
    return browser.post(path, {**hidden, **fields})


def signed_in(**kwargs: Any) -> Client:
    user = User.objects.create_user(username=f"user-{uuid4().hex[:8]}", password=PASSWORD, **kwargs)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(user)
    return browser


def first_account(**fields: str) -> dict[str, str]:
    return {"code": set_up_code(), "username": "anna", "password1": PASSWORD, "password2": PASSWORD, **fields}


def test_first_visit__empty_installation__leads_to_an_account_then_to_a_restaurant(browser: Client) -> None:
    assert browser.get("/")["Location"] == "/sign-in/?next=/"
    assert browser.get("/sign-in/?next=/")["Location"] == "/begin/account/"

    made = send(browser, "/begin/account/", first_account())

    assert made["Location"] == "/begin/"
    anna = User.objects.get(username="anna")
    assert anna.is_superuser
    assert anna.check_password(PASSWORD)
    begun = send(browser, "/begin/", ANSWERS)
    restaurant = Restaurant.objects.get()
    assert begun["Location"] == f"/?restaurant={restaurant.id}"
    assert (restaurant.name, restaurant.closing_day) == ("Bistro Aurora", 31)
    assert (restaurant.country, restaurant.timezone) == ("FR", "Europe/Paris")
    assert Membership.objects.get(restaurant=restaurant).role == Role.OWNER
    early = ShiftType.objects.get(restaurant=restaurant, kind=ShiftKind.EARLY)
    assert (str(early.start_time), str(early.end_time)) == ("07:00:00", "15:00:00")
    assert ConfigVersion.objects.get(restaurant=restaurant).is_active
    assert "/begin/" not in browser.get(begun["Location"]).headers.get("Location", "")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"code": "0123456789ab"}, "This is not the set-up code."),
        ({"code": ""}, "This is not the set-up code."),
        ({"username": "an na"}, "valid username"),
        ({"username": ""}, "required"),
        ({"password2": "another password"}, "match"),
        ({"password1": "12345678", "password2": "12345678"}, "too common"),
        ({"username": "anna\x00"}, "Null characters"),
    ],
)
def test_first_account__wrong_answer__said_what_is_wrong_and_nothing_is_made(
    browser: Client, wrong: dict[str, str], said: str
) -> None:
    page = send(browser, "/begin/account/", first_account(**wrong))

    assert page.status_code in (400, 403)
    assert said in page.text
    assert not User.objects.exists()


def test_first_account__wrong_code_again_and_again__is_held_back(browser: Client) -> None:
    answers = [send(browser, "/begin/account/", first_account(code=f"{i}")).status_code for i in range(30)]

    assert answers[0] == 403
    assert answers[-1] == 429
    assert not User.objects.exists()


def test_first_account__somebody_has_one__leads_to_the_sign_in_page(browser: Client) -> None:
    User.objects.create_user(username="somebody", password=PASSWORD)

    assert browser.get("/begin/account/")["Location"] == "/sign-in/"
    assert browser.get("/sign-in/").status_code == 200
    with pytest.raises(CommandError, match="an account already"):
        call_command("set_up_code")


def test_set_up_code__empty_installation__prints_what_the_page_asks_for(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("set_up_code")

    assert capsys.readouterr().out == f"{set_up_code()}\n"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "B" * 201}, "name"),
        ({"name": "Bi\x0bstro"}, "name"),
        ({"closingDay": "0"}, "closing"),
        ({"closingDay": "32"}, "closing"),
        ({"closingDay": "the end"}, "closing"),
        ({"closingDay": "9" * 40}, "closing"),
        ({"country": "XX"}, "country"),
        ({"timezone": "Mars/Base"}, "timezone"),
        ({"timezone": "localtime"}, "timezone"),
        ({"preset": "submarine"}, "preset"),
    ],
)
def test_begin__wrong_answer__said_at_its_field_with_all_that_was_typed(wrong: dict[str, str], field: str) -> None:
    page = send(signed_in(is_superuser=True), "/begin/", {**ANSWERS, **wrong})

    assert page.status_code == 400
    assert f'id="wrong-{field}"' in page.text
    if "name" not in wrong:
        assert 'value="Bistro Aurora"' in page.text
    assert not Restaurant.objects.exists()


def test_begin__sent_twice__one_restaurant() -> None:
    browser = signed_in(is_superuser=True)
    page = browser.get("/begin/")
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.text))

    first, second = (browser.post("/begin/", {**hidden, **ANSWERS}) for _ in range(2))

    assert first["Location"] == second["Location"]
    assert Restaurant.objects.count() == 1


def test_begin__no_restaurant_and_not_the_operator__is_told_whom_to_ask() -> None:
    browser = signed_in()

    assert browser.get("/")["Location"] == "/begin/"
    assert "Ask its owner to invite you" in browser.get("/begin/").text
    assert send(browser, "/begin/", ANSWERS).status_code == 403
    assert not Restaurant.objects.exists()


def test_home__no_restaurant_but_invited__is_asked_first() -> None:
    restaurant = restaurant_create(Actor.system(uuid4()), name="Elsewhere")
    browser = signed_in()
    member_invite(Actor.system(restaurant.id), username=User.objects.get().username, role=Role.VIEWER)

    assert browser.get("/")["Location"] == "/invitations/"


@pytest.mark.parametrize(("role", "may"), [(Role.OWNER, True), (Role.MANAGER, False), (Role.VIEWER, False)])
def test_begin_another__by_rest__owners_alone(role: Role, may: bool) -> None:
    user = User.objects.create_user(username="anna", password=PASSWORD)
    first = restaurant_create(Actor.system(uuid4()), name="First")
    membership_grant(Actor.system(first.id), user=user, role=role)
    browser = Client()
    browser.force_login(user)
    body = {"requestId": str(uuid4()), "name": "Second", "timezone": "Asia/Tokyo", "closingDay": 20}

    answers = [browser.post("/api/restaurants/", body, content_type="application/json") for _ in range(2)]

    assert [answer.status_code for answer in answers] == ([201, 201] if may else [403, 403])
    assert Restaurant.objects.filter(name="Second").count() == may
    if may:
        assert answers[0].json() == answers[1].json()
        assert answers[1].json()["role"] == "owner"
        names = [each["name"] for each in browser.get("/api/restaurants/").json()]
        assert names == ["First", "Second"]


def test_begin_another__request_id_that_is_somebody_elses_restaurant__one_of_ones_own() -> None:
    theirs = restaurant_create(Actor.system(uuid4()), name="Theirs")
    browser = signed_in(is_superuser=True)

    page = send(browser, "/begin/", {**ANSWERS, "requestId": str(theirs.id)})

    assert page.status_code == 302
    assert sorted(each.name for each in Restaurant.objects.all()) == ["Bistro Aurora", "Theirs"]
    assert not Membership.objects.filter(restaurant=theirs).exists()


@pytest.mark.parametrize("preset", list(PRESETS))
def test_preset__any__has_the_usual_symbols_once(preset: str) -> None:
    restaurant = restaurant_create(Actor.system(uuid4()), name="Any", preset=preset)

    symbols = ShiftType.objects.filter(restaurant=restaurant).values_list("symbol", flat=True)
    assert sorted(symbols) == sorted("○△◇×★●")
    with_times = ShiftType.objects.filter(restaurant=restaurant).exclude(start_time=None).count()
    assert with_times == (0 if preset == "usual" else 3)
