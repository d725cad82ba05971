"""The second step of the sign-in: turned on with a code of the app, asked for at each door, each code taken once."""

import base64
import html
import re
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from io import StringIO
from typing import Any

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from shiftsync.core.errors import ValidationFailed
from shiftsync.core.qr import qr_code
from shiftsync.tenants.models import SecondFactor, SecurityEvent, User
from shiftsync.tenants.second_factor import WRONG, second_factor_begin, second_factor_check, second_factor_confirm
from tests.contract.test_sign_ins import signed_in as on_socket
from tests.contract.test_sign_ins import ticket_of
from tests.integration.access.test_account import DESK, PASSWORD, is_in, send, signed_in, user
from tests.support.client import Client as Socket
from tests.support.server import ServerProcess
from tests.support.world import World

__all__ = ["user"]

Page = Any


def code_of(secret: str, steps: int = 0) -> str:
    """What an app shows that many steps of time from now."""
    totp = TOTP(base64.b32decode(secret.replace(" ", "")), 6, SHA1(), 30)
    return totp.generate(int(time.time()) + steps * 30).decode()


def turned_on(browser: Client) -> tuple[str, list[str], str]:
    """The key of the app, the codes to write down, and the code by which it was turned on. That is the present one, so that the next
    one, which is taken as well, is never too old however slowly a test goes on."""
    page = send(browser, "/account/", second_begin="").text
    secret = re.findall(r"<code>([A-Z2-7 ]+)</code>", page)[0]
    code = code_of(secret)
    done = send(browser, "/account/", second_on="", code=code, present_password=PASSWORD)
    assert done.status_code == 200, done.text
    return secret, re.findall(r"<code>([0-9a-f-]{17})</code>", done.text), code


def at_the_door(user: User, path: str = "/sign-in/") -> tuple[Client, Page]:
    """A browser whose password was right, and what it was answered."""
    browser = Client(enforce_csrf_checks=True, headers={"User-Agent": DESK, "Accept-Language": "en"})
    return browser, send(browser, path, username=user.username, password=PASSWORD)


def give(browser: Client, code: str) -> Page:
    return send(browser, "/sign-in/code/", code=code)


def logged(user: User) -> list[str]:
    return list(SecurityEvent.objects.filter(about=user).order_by("at", "id").values_list("kind", flat=True))


def test_turned_on__sign_in_asks_for_a_code__and_takes_each_once(user: User) -> None:
    secret, written, used = turned_on(signed_in(user, DESK))
    assert (len(set(written)), logged(user)[-1]) == (10, "second_factor_on")
    browser, answer = at_the_door(user)
    assert answer.headers["Location"].startswith("/sign-in/code/")
    assert not is_in(browser)
    assert browser.get("/account/").status_code == 302
    assert give(browser, used).status_code == 400, "the one by which it was turned on"
    code = code_of(secret, 1)
    assert give(browser, code).status_code == 302
    assert is_in(browser)
    other, _ = at_the_door(user)
    refused = give(other, code)
    assert (refused.status_code, WRONG in refused.text, is_in(other)) == (400, True, False)
    assert give(other, written[3]).status_code == 302
    third, _ = at_the_door(user)
    assert give(third, written[3]).status_code == 400
    assert logged(user).count("sign_in_failed") == 3


def test_turned_on__other_browsers__are_signed_out(user: User) -> None:
    """They came in by the password alone; whoever turns it on may do so because somebody else knows that."""
    mine, others = signed_in(user, DESK), [signed_in(user, DESK) for _ in range(2)]
    for each in others:
        assert is_in(each)
    turned_on(mine)
    assert is_in(mine)
    assert [is_in(each) for each in others] == [False, False]
    assert logged(user).count("session_ended") == 2


def test_turned_on__sockets_of_other_browsers__close_in_every_process(
    server: ServerProcess, database_url: str, user: User
) -> None:
    mine, other = signed_in(user, DESK), signed_in(user, DESK)
    own, theirs = (browser.cookies[settings.SESSION_COOKIE_NAME].value for browser in (mine, other))
    with ServerProcess({"DATABASE_URL": database_url}) as second, ExitStack() as stack:
        closed, kept = (
            [
                stack.enter_context(on_socket(each, key, v2=is_v2))
                for each in (server, second)
                for is_v2 in (True, False)
            ]
            for key in (theirs, own)
        )
        ticket = ticket_of(second, theirs)
        turned_on(mine)
        assert [client.close_code() for client in closed] == [4401] * 4
        assert [client.request("PING", {})["type"] for client in kept] == ["PONG"] * 4
        with Socket(server.url, v2=True, ticket=ticket) as client:
            assert client.close_code() == 4401


def test_set_up__key__is_shown_as_a_qr_code_of_the_apps_address(user: User) -> None:
    page = send(signed_in(user, DESK), "/account/", second_begin="").text
    address = html.unescape(re.findall(r'<a href="(otpauth:[^"]+)"', page)[0])
    assert f'<path d="{qr_code(address).path}"/>' in page


def wide(text: str) -> str:
    """As a Japanese input method writes it: each character as wide as a kanji."""
    return "".join(chr(ord(each) + 0xFEE0) if each != " " else "　" for each in text)


def test_code__in_full_width_or_with_the_apps_space__is_the_same_code(user: User) -> None:
    secret, written, _ = turned_on(signed_in(user, DESK))
    code = code_of(secret, 1)
    for typed in (wide(f"{code[:3]} {code[3:]}"), wide(written[0]), f" {written[1].upper()} "):
        browser, _ = at_the_door(user)
        assert (give(browser, typed).status_code, is_in(browser)) == (302, True), typed
    again, _ = at_the_door(user)
    assert give(again, written[0]).status_code == 400, "a code that was typed wide is taken too"


def test_code__taken_by_two_at_once__signs_in_one(user: User) -> None:
    secret, _, _ = turned_on(signed_in(user, DESK))
    code = code_of(secret, 1)

    def check(_: int) -> bool:
        try:
            second_factor_check(user, code=code)
        except ValidationFailed:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(check, range(2))) == [False, True]


def test_codes__guessed__are_counted_although_the_password_is_right(user: User) -> None:
    turned_on(signed_in(user, DESK))
    statuses = []
    for number in range(12):
        browser, _ = at_the_door(user)
        statuses.append(give(browser, f"{number:06}").status_code)
    assert statuses[:10] == [400] * 10
    assert statuses[10:] == [429, 429]


def test_waiting__the_password_is_another_one_meanwhile__asks_for_it_again(user: User) -> None:
    turned_on(signed_in(user, DESK))
    browser, _ = at_the_door(user)
    user.set_password("quite another password")
    user.save()
    page = browser.get("/sign-in/code/")
    assert (page.status_code, page.headers["Location"]) == (302, "/sign-in/")


def test_code_page__without_a_password_before__leads_back() -> None:
    assert Client().get("/sign-in/code/").headers["Location"] == "/sign-in/"


def test_turning_on__needs_the_password_and_a_right_code(user: User) -> None:
    browser = signed_in(user, DESK)
    secret = re.findall(r"<code>([A-Z2-7 ]+)</code>", send(browser, "/account/", second_begin="").text)[0]
    wrong = send(browser, "/account/", second_on="", code=code_of(secret), present_password="wrong")
    assert (wrong.status_code, 'id="wrong-present_password"' in wrong.text, secret in wrong.text) == (400, True, True)
    wrong = send(browser, "/account/", second_on="", code="000000", present_password=PASSWORD)
    assert (wrong.status_code, 'id="wrong-code"' in wrong.text, secret in wrong.text) == (400, True, True)
    assert not SecondFactor.objects.filter(confirmed_at__isnull=False).exists()
    _, answer = at_the_door(user)
    assert answer.headers["Location"] == "/"


def test_turned_off__with_a_code__sign_in_asks_no_more(user: User) -> None:
    browser = signed_in(user, DESK)
    secret, _, _ = turned_on(browser)
    assert send(browser, "/account/", second_off="", code="000000").status_code == 400
    assert send(browser, "/account/", second_off="", code=code_of(secret, 1)).status_code == 200
    assert logged(user)[-1] == "second_factor_off"
    assert is_in(at_the_door(user)[0])


def test_second_step_off__by_the_operator__once(user: User) -> None:
    turned_on(signed_in(user, DESK))
    out = StringIO()
    call_command("second_step_off", user.username, stdout=out)
    assert out.getvalue() == f"Turned off for {user.username}.\n"
    with pytest.raises(CommandError, match="not turned on"):
        call_command("second_step_off", user.username)
    with pytest.raises(CommandError, match="no user"):
        call_command("second_step_off", "nobody-at-all")


def test_admin__asks_for_the_code_too(user: User, world: World) -> None:
    operator = User.objects.create_superuser(f"root-{world.id.hex[:8]}", password=PASSWORD)
    code = second_factor_begin(operator)
    second_factor_confirm(operator, code=code_of(code))
    browser, answer = at_the_door(operator, "/sign-in/?next=/admin/")
    assert answer.headers["Location"].startswith("/sign-in/code/?next=")
    assert browser.get("/admin/").status_code == 302
    done = send(browser, "/sign-in/code/?next=/admin/", code=code_of(code, 1))
    assert done.headers["Location"] == "/admin/"
    assert browser.get("/admin/").status_code == 200
