"""One's own address for mail, and a password that is forgotten: by mail, into a real mail server, from a worker."""

import re
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from shiftsync.config import Email
from shiftsync.core.actor import Role
from shiftsync.core.clock import now
from shiftsync.core.fence import within
from shiftsync.notices.models import Letter
from shiftsync.notices.sending.courier import Courier
from shiftsync.notices.services import notice_settings_change
from shiftsync.tenants.models import AddressChange, User
from tests.integration.access.test_account import ANOTHER, DESK, PASSWORD, Page, is_in, logged, send, signed_in, user
from tests.support.mailbox import Mailbox
from tests.support.receiver import PATIENCE
from tests.support.waiting import wait_until
from tests.support.worker import WorkerProcess
from tests.support.world import World

__all__ = ["user"]

OLD, NEW = "tanaka@example.com", "new.tanaka@example.com"


def reach(user: User, address: str = OLD) -> None:
    user.email = address
    user.save(update_fields=["email"])


def forget(given: str, language: str = "en") -> Page:
    return send(Client(enforce_csrf_checks=True, headers={"Accept-Language": language}), "/forgotten/", account=given)


def settled(count: int) -> list[str]:
    def states() -> list[str]:
        done = Letter.objects.exclude(settled_at=None).order_by("created_at", "id")
        return list(done.values_list("state", flat=True))

    wait_until(lambda: len(states()) >= count, PATIENCE, f"{count} letters")
    return states()


def path_in(mail: EmailMessage) -> str:
    found = re.search(r"http://testserver(/\S+)", mail.get_content())
    assert found is not None, mail.get_content()
    return found[1]


def subject(mail: EmailMessage) -> str:
    return str(mail["Subject"]).strip()


def name_address(browser: Client, address: str, password: str = PASSWORD) -> Page:
    return send(browser, "/account/", address=address, address_password=password, address_name="")


def body(page: Page) -> str:
    return re.sub(r'value="\w{40,}"', "", page.text)


FULL_WIDTH = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(ord("!"), ord("~") + 1)})


@pytest.mark.parametrize("given", ["the user name", "the address"])
def test_forgotten__typed_in_full_width_letters__is_the_same_account(
    user: User, mailbox: Mailbox, courier: Courier, given: str
) -> None:
    reach(user)
    forget((user.username if given == "the user name" else OLD).translate(FULL_WIDTH))
    ((to, told),) = mailbox.wait_for(1)
    assert (to, subject(told)) == (OLD, "ShiftSync: set a new password")


def test_address__typed_in_full_width_letters__is_the_usual_one(user: User, mailbox: Mailbox, courier: Courier) -> None:
    browser = signed_in(user, DESK)
    assert name_address(browser, NEW.translate(FULL_WIDTH)).status_code == 200
    ((to, _),) = mailbox.wait_for(1)
    assert to == NEW


@pytest.mark.parametrize("given", ["the user name", "the address"])
def test_forgotten__by_name_or_address__mailed_a_link_that_works_once_and_ends_sessions(
    user: User, mailbox: Mailbox, courier: Courier, given: str
) -> None:
    reach(user)
    before = signed_in(user, DESK)
    assert forget(user.username if given == "the user name" else OLD.upper()).status_code == 200
    ((to, told),) = mailbox.wait_for(1)
    assert (to, subject(told)) == (OLD, "ShiftSync: set a new password")
    path = path_in(told)
    browser = Client(enforce_csrf_checks=True, headers={"Accept-Language": "en"})
    assert send(browser, path, new_password1=ANOTHER, new_password2=ANOTHER).headers["Location"] == "/sign-in/"
    assert not is_in(before)
    assert browser.get(path).status_code == 404
    signed_in(user, DESK, ANOTHER)
    assert {"reset_mailed", "password_changed"} <= set(logged(user))
    assert Letter.objects.get().given == ""


def test_forgotten__signed_in_meanwhile__link_counts_no_more(user: User, mailbox: Mailbox, courier: Courier) -> None:
    reach(user)
    forget(user.username)
    ((_, told),) = mailbox.wait_for(1)
    assert Client().get(path_in(told)).status_code == 200
    signed_in(user, DESK)
    assert Client().get(path_in(told)).status_code == 404


def test_forgotten__whatever_exists__same_answer_and_same_work(user: User, mail: Email) -> None:
    reach(user)
    answers, queries = set(), []
    for given in (user.username, OLD, "nobody at all", "nobody@example.com", "x" * 300, "\x07"):
        browser = Client(headers={"Accept-Language": "en"})
        with CaptureQueriesContext(connection) as captured:
            page = browser.post("/forgotten/", {"account": given})
        answers.add((page.status_code, body(page)))
        queries.append([query["sql"].split(" ", 2)[:2] for query in captured.captured_queries])
    assert len(answers) == 1
    assert all(each == queries[0] for each in queries)


def test_forgotten__of_nobody_or_without_a_confirmed_address__nothing_is_sent(
    user: User, mailbox: Mailbox, courier: Courier
) -> None:
    browser = signed_in(user, DESK)
    assert name_address(browser, NEW).status_code == 200
    mailbox.wait_for(1)
    for given in (user.username, NEW, "nobody", "nobody@example.com"):
        forget(given)
    assert sorted(settled(5)) == ["dropped"] * 4 + ["sent"]
    assert [subject(told) for _, told in mailbox.mails] == ["ShiftSync: confirm your address"]


def test_forgotten__of_a_shut_out_user__nothing_is_sent(user: User, mailbox: Mailbox, courier: Courier) -> None:
    reach(user)
    User.objects.filter(id=user.id).update(is_active=False)
    forget(OLD)
    assert settled(1) == ["dropped"]


def test_forgotten__often__refused_for_that_account_and_sign_in_stays_open(user: User, mail: Email) -> None:
    reach(user)
    answers = [forget(user.username) for _ in range(12)]
    statuses = [each.status_code for each in answers]
    assert (statuses[0], statuses[-1]) == (200, 429)
    assert "too many requests" in answers[-1].text
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert forget("somebody else").status_code == 200
    signed_in(user, DESK)


def test_forgotten__often_by_name_and_address__few_mails_reach_one_mailbox(
    user: User, mailbox: Mailbox, courier: Courier
) -> None:
    reach(user)
    for given in (user.username, OLD) * 4:
        forget(given)
    assert sorted(settled(8)) == ["dropped"] * 3 + ["sent"] * 5


def test_forgotten__one_address_of_two_accounts__one_mail_with_a_link_for_each(
    user: User, world: World, mailbox: Mailbox, courier: Courier
) -> None:
    other = world.users[Role.VIEWER]
    reach(user)
    reach(other)
    forget(OLD)
    ((_, told),) = mailbox.wait_for(1)
    assert all(f"{each.username}:" in told.get_content() for each in (user, other))
    assert len(re.findall(r"http://testserver/reset/", told.get_content())) == 2


def test_forgotten__in_the_language_of_the_user__else_of_the_page(
    user: User, world: World, mailbox: Mailbox, courier: Courier
) -> None:
    reach(user)
    forget(OLD, "ja")
    ((_, told),) = mailbox.wait_for(1)
    assert (subject(told), told["Content-Language"]) == ("ShiftSync: 新しいパスワードの設定", "ja")
    with within(world.id):
        notice_settings_change(world.actor(Role.STAFF), language="en")
    forget(OLD, "ja")
    assert subject(mailbox.wait_for(2)[1][1]) == "ShiftSync: set a new password"


@pytest.mark.parametrize("hosts", [None, ("*",)])
def test_forgotten__without_mail_or_where_any_host_may_be_named__says_whom_to_ask(
    user: User, settings: Settings, hosts: tuple[str, ...] | None
) -> None:
    if hosts:
        email = Email("127.0.0.1", 25, "smtp", "shifts@example.com")
        settings.CONFIG = replace(settings.CONFIG, email=email, allowed_hosts=hosts)
    browser = Client(headers={"Accept-Language": "en"})
    assert "Ask an owner of your restaurant" in browser.get("/forgotten/").text
    assert "Ask an owner of your restaurant" in browser.post("/forgotten/", {"account": user.username}).text
    assert not Letter.objects.exists()


def test_forgotten__nothing_typed__names_the_field(user: User, mail: Email) -> None:
    page = forget("  ")
    assert (page.status_code, 'id="wrong-account"' in page.text) == (400, True)


def test_letter__worker_killed_while_the_server_takes_it__not_sent_again(
    user: User, mail: Email, mailbox: Mailbox, database_url: str
) -> None:
    environment = {"DATABASE_URL": database_url, "SHIFTSYNC_EMAIL_URL": mailbox.url}
    reach(user)
    with WorkerProcess(environment) as worker:

        def kill(number: int) -> str:
            worker.kill()
            return "250 OK"

        mailbox.handle = kill
        forget(OLD)
        mailbox.wait_for(1)
        wait_until(lambda: not worker.runs, PATIENCE, "the worker to be killed")
    mailbox.handle = lambda number: "250 OK"
    Letter.objects.update(lease_until=now() - timedelta(seconds=1))
    with WorkerProcess(environment):
        assert settled(1) == ["uncertain"]
    assert len(mailbox.mails) == 1


def test_letter__refused_for_now__tried_again(user: User, mailbox: Mailbox, courier: Courier) -> None:
    reach(user)
    mailbox.refused[OLD] = "451 Later"
    forget(OLD)
    wait_until(lambda: Letter.objects.filter(attempts=1).exists(), PATIENCE, "an attempt")
    mailbox.refused.clear()
    Letter.objects.update(next_attempt_at=now())
    assert settled(1) == ["sent"]
    assert Client().get(path_in(mailbox.mails[0][1])).status_code == 200


def test_address__named__counts_when_the_link_is_confirmed_and_both_are_told(
    user: User, mailbox: Mailbox, courier: Courier
) -> None:
    reach(user)
    browser = signed_in(user, DESK)
    assert name_address(browser, NEW).status_code == 200
    user.refresh_from_db()
    assert user.email == OLD
    assert f"{NEW} is not confirmed yet" in browser.get("/account/").text
    mails = dict(mailbox.wait_for(2))
    assert subject(mails[OLD]) == "ShiftSync: another address was entered"
    path = path_in(mails[NEW])
    assert NEW in browser.get(path).text
    user.refresh_from_db()
    assert user.email == OLD
    assert send(browser, path).status_code == 200
    user.refresh_from_db()
    assert user.email == NEW
    assert {(to, subject(told)) for to, told in mailbox.wait_for(4)[2:]} == {
        (OLD, "ShiftSync: your address was changed"),
        (NEW, "ShiftSync: your address was changed"),
    }
    assert browser.get(path).status_code == 404
    assert logged(user)[-1] == "address_changed"


def test_address__link_opened_by_whose_mailbox_it_is__gives_them_nothing(
    user: User, world: World, mailbox: Mailbox, courier: Courier
) -> None:
    name_address(signed_in(user, DESK), NEW)
    path = path_in(mailbox.wait_for(1)[0][1])
    assert Client().get(path).headers["Location"].startswith("/sign-in/")
    stranger = Client()
    stranger.force_login(world.users[Role.VIEWER])
    assert (stranger.get(path).status_code, stranger.post(path).status_code) == (404, 404)
    user.refresh_from_db()
    assert user.email == ""


@pytest.mark.parametrize(
    "address", ["", "tanaka", "a@b", "田中 <a@example.com>", f"{'x' * 250}@example.com", "\x07@example.com"]
)
def test_address__that_is_none__refused_at_its_field(user: User, mail: Email, address: str) -> None:
    page = name_address(signed_in(user, DESK), address)
    assert (page.status_code, 'id="wrong-address"' in page.text) == (400, True)
    assert not AddressChange.objects.exists()


def test_address__without_the_password__neither_changed_nor_removed(user: User, mail: Email) -> None:
    reach(user)
    browser = signed_in(user, DESK)
    for deed in ("address_name", "address_remove"):
        page = send(browser, "/account/", address=NEW, address_password="wrong", **{deed: ""})
        assert (page.status_code, 'id="wrong-address_password"' in page.text) == (400, True)
    user.refresh_from_db()
    assert (user.email, Letter.objects.count()) == (OLD, 0)


def test_address__removed__is_told_there_and_gone(user: User, mailbox: Mailbox, courier: Courier) -> None:
    reach(user)
    browser = signed_in(user, DESK)
    name_address(browser, NEW)
    path = path_in(dict(mailbox.wait_for(2))[NEW])
    assert send(browser, "/account/", address_password=PASSWORD, address_remove="").status_code == 200
    user.refresh_from_db()
    assert (user.email, browser.get(path).status_code) == ("", 404)
    assert subject(mailbox.wait_for(3)[2][1]) == "ShiftSync: your address was removed"
    assert logged(user)[-1] == "address_removed"


def test_address__named_again__the_former_link_counts_no_more(user: User, mailbox: Mailbox, courier: Courier) -> None:
    browser = signed_in(user, DESK)
    name_address(browser, OLD)
    first = path_in(mailbox.wait_for(1)[0][1])
    name_address(browser, NEW)
    second = path_in(mailbox.wait_for(2)[1][1])
    assert (browser.get(first).status_code, browser.get(second).status_code) == (404, 200)


def test_address__many_named__no_more_is_sent(user: User, mail: Email) -> None:
    browser = signed_in(user, DESK)
    pages = [name_address(browser, f"a{number}@example.com") for number in range(6)]
    assert [page.status_code for page in pages] == [200] * 5 + [429]
    assert Letter.objects.count() == 5
