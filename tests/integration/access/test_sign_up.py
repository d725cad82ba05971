"""Signing up without an invitation: nowhere unless the operator opens it; then to a restaurant of one's own, and to nobody else's."""

import re
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from shiftsync.config import Email
from shiftsync.core.actor import Role
from shiftsync.notices.models import Letter, LetterKind
from shiftsync.notices.sending.courier import Courier
from shiftsync.tenants.models import AddressChange, Membership, Restaurant, SecurityEvent, User
from shiftsync.tenants.selectors import invitations_for
from shiftsync.tenants.services import invitation_withdraw, member_invite
from tests.integration.access.test_invitation_links import account, newcomer, send
from tests.support.mailbox import Mailbox
from tests.support.receiver import PATIENCE
from tests.support.waiting import wait_until
from tests.support.world import World

HANAKO = "hanako@example.com"
ANSWERS = {"name": "Bistro Aurora", "preset": "cafe", "closingDay": "31", "country": "FR", "timezone": "Europe/Paris"}


@pytest.fixture
def is_open(settings: Settings) -> None:
    settings.CONFIG = replace(settings.CONFIG, sign_up="open")


@pytest.fixture
def browser() -> Client:
    return Client(enforce_csrf_checks=True, headers={"Accept-Language": "en"})


def begin(browser: Client, **answers: str) -> Any:
    page = browser.get("/begin/")
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.text))
    return browser.post("/begin/", {**hidden, **ANSWERS, **answers})


def test_sign_up__by_invitation_only__there_is_no_such_page(world: World, browser: Client) -> None:
    assert "/sign-up/" not in browser.get("/sign-in/").text
    page = browser.get("/sign-up/")
    assert page.status_code == 404
    assert "by invitation only" in page.text
    assert "<form" not in page.text
    name = newcomer()
    assert Client().post("/sign-up/", account(name)).status_code == 404
    assert not User.objects.filter(username=name).exists()


@pytest.mark.usefixtures("is_open")
def test_sign_up__open__leads_to_a_restaurant_of_ones_own(world: World, browser: Client) -> None:
    assert 'href="/sign-up/"' in browser.get("/sign-in/").text
    name = newcomer()
    assert send(browser, "/sign-up/", **account(name))["Location"] == "/"
    assert browser.get("/")["Location"] == "/begin/"
    assert name in browser.get("/begin/").text, "told to whoever is to invite them elsewhere"
    begun = begin(browser)
    mine = Membership.objects.get(user__username=name)
    assert begun["Location"] == f"/?restaurant={mine.restaurant_id}"
    assert mine.role == "owner"
    user = User.objects.get(username=name)
    assert (user.is_staff, user.is_superuser) == (False, False)
    assert browser.get(f"/api/staff/?restaurant={world.id}").status_code == 404
    kinds = (
        SecurityEvent.objects.filter(about=user, restaurant=None).order_by("at", "id").values_list("kind", flat=True)
    )
    assert list(kinds)[:2] == ["signed_up", "sign_in"]


@pytest.mark.usefixtures("is_open")
@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"password2": "another"}, "password2"),
        ({"password1": "123", "password2": "123"}, "password2"),
        ({"username": "a b"}, "username"),
        ({"username": "a\x00b"}, "username"),
    ],
)
def test_sign_up__what_cannot_be__said_at_the_field_and_nothing_made(
    world: World, browser: Client, fields: dict[str, str], field: str
) -> None:
    before = User.objects.count()
    page = send(browser, "/sign-up/", **{**account(newcomer()), **fields})
    assert page.status_code == 400
    assert f'id="wrong-{field}"' in page.text
    assert User.objects.count() == before
    assert not browser.session.get("_auth_user_id")


@pytest.mark.usefixtures("is_open")
def test_sign_up__taken_names_one_after_another__refused_after_a_few_for_that_address_alone(
    world: World, settings: Settings
) -> None:
    taken, most = world.users[Role.OWNER].username, settings.CONFIG.limits.guesses_per_account

    def tried(name: str, address: str) -> Any:
        return Client(REMOTE_ADDR=address).post("/sign-up/", account(name))

    answers = [tried(taken, "203.0.113.7") for _ in range(most)]
    assert {each.status_code for each in answers} == {400}
    assert "already exists" in answers[0].text
    refused = tried(newcomer(), "203.0.113.7")
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0
    assert tried(newcomer(), "203.0.113.8").status_code == 302
    signed_in = Client(REMOTE_ADDR="203.0.113.7").post("/sign-in/", {"username": taken, "password": "shiftsync-test"})
    assert signed_in.status_code == 302, "nobody is kept from signing in by it"


@pytest.mark.usefixtures("is_open")
def test_sign_up__accounts_that_are_made__count_as_well(world: World, settings: Settings) -> None:
    statuses = [
        Client().post("/sign-up/", account(newcomer())).status_code
        for _ in range(settings.CONFIG.limits.guesses_per_account + 1)
    ]
    assert statuses[-2:] == [302, 429]


@pytest.mark.usefixtures("is_open")
def test_sign_up__without_a_token_of_its_page__refused(world: World, browser: Client) -> None:
    name = newcomer()
    assert browser.post("/sign-up/", account(name)).status_code == 403
    assert not User.objects.filter(username=name).exists()


@pytest.mark.usefixtures("is_open")
def test_sign_up__signed_in_already__leads_home(world: World, browser: Client) -> None:
    browser.force_login(world.users[Role.OWNER])
    assert browser.get("/sign-up/")["Location"] == "/"


@pytest.mark.django_db
@pytest.mark.usefixtures("is_open")
def test_sign_up__nobody_has_an_account__the_operators_comes_first(browser: Client) -> None:
    assert browser.get("/sign-up/")["Location"] == "/begin/account/"
    assert Client().post("/sign-up/", account("first")).status_code == 302
    assert not User.objects.exists()


@pytest.mark.usefixtures("is_open")
def test_sign_up__as_somebody_who_was_invited_by_name__does_not_take_their_place(world: World, browser: Client) -> None:
    name = newcomer()
    invited = member_invite(world.actor(Role.OWNER), username=name, role=Role.MANAGER)
    send(browser, "/sign-up/", **account(name))
    assert browser.get("/")["Location"] == "/begin/"
    assert browser.get("/api/invitations/").json() == []
    accept = browser.post("/invitations/", {"invitation": str(invited.id), "accept": ""})
    assert accept.status_code in (302, 403)
    assert not Membership.objects.filter(user__username=name).exists()
    invitation_withdraw(world.actor(Role.OWNER), invitation_id=invited.id)
    member_invite(world.actor(Role.OWNER), username=name, role=Role.VIEWER)
    assert browser.get("/")["Location"] == "/invitations/", "what is offered to them from now on is theirs"
    assert len(invitations_for(User.objects.get(username=name))) == 1


@pytest.mark.usefixtures("is_open")
def test_sign_up__with_an_address__confirmed_by_the_mail_that_goes_there(
    world: World, mailbox: Mailbox, courier: Courier, browser: Client
) -> None:
    name = newcomer()
    assert 'name="email"' in browser.get("/sign-up/").text
    send(browser, "/sign-up/", **account(name), email="ｈａｎａｋｏ@example.com")
    ((to, told),) = mailbox.wait_for(1)
    assert to == HANAKO
    assert User.objects.get(username=name).email == ""
    found = re.search(r"http://testserver(/account/address/\S+)", told.get_content())
    assert found is not None
    assert send(browser, found[1]).status_code == 200
    assert User.objects.get(username=name).email == HANAKO


@pytest.mark.usefixtures("is_open")
def test_sign_up__with_what_is_no_address__said_at_the_field_and_nothing_made(
    world: World, mail: Email, browser: Client
) -> None:
    name = newcomer()
    page = send(browser, "/sign-up/", **account(name), email="hanako")
    assert (page.status_code, 'id="wrong-email"' in page.text) == (400, True)
    assert not User.objects.filter(username=name).exists()


@pytest.mark.usefixtures("is_open")
def test_sign_up__where_no_mail_is_sent__asks_for_no_address(world: World, browser: Client) -> None:
    assert 'name="email"' not in browser.get("/sign-up/").text
    send(browser, "/sign-up/", **account(newcomer()), email=HANAKO)
    assert not AddressChange.objects.exists()


@pytest.mark.usefixtures("is_open")
def test_sign_up__many_accounts_that_name_one_mailbox__few_mails_reach_it(
    world: World, mailbox: Mailbox, courier: Courier
) -> None:
    for number in range(7):
        page = Client(REMOTE_ADDR=f"203.0.113.{number}").post("/sign-up/", {**account(newcomer()), "email": HANAKO})
        assert page.status_code == 302

    def states() -> list[str]:
        return sorted(Letter.objects.filter(kind=LetterKind.CONFIRM).values_list("state", flat=True))

    wait_until(lambda: "waiting" not in states(), PATIENCE, "the letters to be settled")
    assert states().count("sent") <= 5
    assert len(mailbox.mails) <= 5


def test_begin__who_signed_up__not_once_the_operator_has_closed_it(
    world: World, settings: Settings, browser: Client
) -> None:
    settings.CONFIG = replace(settings.CONFIG, sign_up="open")
    send(browser, "/sign-up/", **account(newcomer()))
    settings.CONFIG = replace(settings.CONFIG, sign_up="invitation")
    assert "Ask its owner to invite you" in browser.get("/begin/").text
    assert begin(browser).status_code == 403


@pytest.mark.usefixtures("is_open")
def test_begin__as_many_as_an_account_may__one_more_is_refused_and_a_repeat_is_not(
    world: World, settings: Settings, browser: Client
) -> None:
    settings.CONFIG = replace(settings.CONFIG, limits=replace(settings.CONFIG.limits, restaurants_per_user=2))
    name = newcomer()
    send(browser, "/sign-up/", **account(name))
    begin(browser, name="First")
    second = {"requestId": "0190a1b2-0000-7000-8000-0000000000ff", "name": "Second"}
    assert begin(browser, **second).status_code == 302
    assert begin(browser, **second).status_code == 302
    # Given away, it counts as before.
    Membership.objects.filter(user__username=name, restaurant__name="First").delete()
    page = begin(browser, name="Third")
    assert page.status_code == 400
    assert "At most 2 restaurants can be created by one account." in page.text
    assert Restaurant.objects.filter(name__in=("First", "Second", "Third")).count() == 2
