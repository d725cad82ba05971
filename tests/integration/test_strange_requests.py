"""Requests that no browser of ours sends: odd cookies, hosts, origins, methods and filters never become errors of ours."""

from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from shiftsync.core.actor import Role
from tests.support.world import World

admin.autodiscover()  # a server does it with the URLs

COOKIES = (
    "\x00",
    "a\x00b" * 5,
    "é" * 20,
    "x" * 3000,
    "'; DROP",
    "ÿ" * 12,
    '"',
    "a=b",
    "\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f",
)
HOSTS = ("[", "http://[", "a b", "x" * 300, "\x7f", "é", "localhost:99999999", "::1", "")
ORIGINS = ("http://[", "http://", "null", "[", "http://é", "http://a:b", "http://[::1", "x" * 2000)
METHODS = ("get", "post", "put", "patch", "delete", "options", "head", "trace", "propfind")
FILTERS: tuple[tuple[str, str], ...] = (
    ("date__year", "99999999"),
    ("date__year", "0"),
    ("created_at__year", "99999999"),
    ("created_at__gte", "99999-01-01"),
    ("history_date__gte", "\x00"),
    ("id", "x"),
    ("id__exact", "\x00"),
    ("id__in", "x,\x00"),
    ("restaurant", "\x00"),
    ("restaurant__id__exact", "x"),
    ("restaurant__id__exact", "9" * 40),
    ("is_active__exact", "\x00"),
    ("is_active__exact", "9" * 40),
    ("status", "\x00"),
    ("status__exact", "\x00"),
    ("revision__gt", "9" * 40),
    ("staff_order", "9" * 40),
    ("nothing__at__all", "1"),
    ("q", "\x00"),
    ("q", "'\" \x0b " + "x" * 3000),
    ("p", "99999999999999999999999999"),
    ("p", "-1"),
    ("p", "\x00"),
    ("o", "99999999999999999999"),
    ("o", "x.-\x00"),
    ("all", "\x00"),
    ("_facets", "\x00"),
    ("_popup", "\x00"),
    ("e", "1"),
)


@pytest.fixture
def anybody(world: World) -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def superuser(world: World) -> Client:
    user = world.users[Role.OWNER]
    user.is_superuser = True
    user.save()
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "django_language", "messages"])
def test_page__odd_cookie__as_without_it(anybody: Client, name: str) -> None:
    for path in ("/", "/sign-in/", "/admin/", "/api/staff/", "/health"):
        plain = Client(raise_request_exception=False).get(path).status_code
        for value in COOKIES:
            response = anybody.get(path, headers={"cookie": f"{name}={value}"})
            assert response.status_code == plain, (path, value)


def test_page__odd_host_or_origin__refused_or_shown(anybody: Client) -> None:
    for path in ("/", "/sign-in/", "/api/staff/", "/health"):
        for host in HOSTS:
            assert anybody.get(path, headers={"host": host}).status_code < 500, (path, host)
        for origin in ORIGINS:
            headers = {"origin": origin, "referer": origin}
            assert anybody.get(path, headers=headers).status_code < 500, (path, origin)
            strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
            for secure in (False, True):
                assert strict.post(path, headers=headers, secure=secure).status_code < 500, (path, origin)


@pytest.mark.parametrize("is_debug", [True, False])
@pytest.mark.parametrize("path", ["/", "/sign-in/", "/admin/", "/api/staff/", "/api/feeds/x.ics", "/health"])
def test_address__more_parameters_than_are_read__refused_or_shown_without_a_traceback(
    anybody: Client, settings: Settings, caplog: pytest.LogCaptureFixture, path: str, is_debug: bool
) -> None:
    settings.DEBUG = is_debug
    response = anybody.get(f"{path}?{'a=1&' * 5000}")
    assert response.status_code in (200, 400)
    if path.startswith("/api/"):
        assert (response.status_code, response.json()["code"]) == (400, "invalid_message")
    assert [record.getMessage() for record in caplog.records if record.exc_info] == []


@pytest.mark.parametrize("is_debug", [True, False])
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_form__in_another_encoding__refused(
    anybody: Client, superuser: Client, settings: Settings, kind: str, is_debug: bool
) -> None:
    settings.DEBUG = is_debug
    body = b'--x\r\nContent-Disposition: form-data; name="username"\r\n\r\nx\r\n--x--\r\n'
    for client in (anybody, superuser):
        client.handler.enforce_csrf_checks = True
        client.cookies["csrftoken"] = "c" * 32
        for path in ("/sign-in/", "/begin/", "/admin/password_change/", "/language/", "/api/staff/", "/nothing/"):
            for charset in ("utf-16", "base64", "rot13", "idna", "undefined", "nothing", "x" * 300, "é", '"'):
                response = client.generic("POST", path, body, content_type=f"{kind}; charset={charset}")
                assert response.status_code == 400, (path, charset, response.status_code)
            usual = client.generic("POST", path, body, content_type=f"{kind}; charset=UTF-8")
            assert usual.status_code < 500, path


def test_api__method_that_no_view_has__405_in_json(anybody: Client) -> None:
    for path in ("feeds/x.ics", "schema/", "docs/", "staff/", "tickets/"):
        for method in ("PROPFIND", "TRACE", "DELETE"):
            response = anybody.generic(method, f"/api/{path}")
            assert response.status_code in (401, 405), (path, method)
            assert response["Content-Type"] == "application/problem+json", (path, method)


@pytest.mark.parametrize(
    "path", ["nothing/", "nothing", "staff/x/y/z/", "staff/x/y/z", "schedules/x/nothing", "\x00/", ""]
)
def test_api__no_such_address_or_method__told_in_json(superuser: Client, path: str) -> None:
    superuser.handler.enforce_csrf_checks = True
    for method in METHODS:
        response: Any = superuser.generic(method.upper(), f"/api/{path}", "{}", content_type="application/json")
        assert response.status_code in (403, 404, 405), (method, response.status_code)
        assert response["Content-Type"] == "application/problem+json"
        if method != "head":
            assert response.json()["code"] in ("not_found", "invalid_message", "forbidden")


def test_api__write_without_the_last_slash__is_done(superuser: Client) -> None:
    response = superuser.post("/api/staff", {"name": "x"}, content_type="application/json")
    assert response.status_code == 201
    assert response.json()["result"]["staff"]["name"] == "x"


@pytest.mark.parametrize("is_debug", [True, False])
def test_page__write_without_the_last_slash__as_with_it(anybody: Client, settings: Settings, is_debug: bool) -> None:
    settings.DEBUG = is_debug
    for path in ("/sign-in", "/begin", "/join/x", "/language", "/nothing", "/admin", "/admin/nothing/x", "/health/x"):
        for method in ("POST", "PUT", "PATCH", "DELETE", "TRACE"):
            without, with_it = (anybody.generic(method, each).status_code for each in (path, f"{path}/"))
            assert without == with_it < 500, (method, path, without, with_it)


def test_api__itself_without_the_slash__told_in_json(anybody: Client, settings: Settings) -> None:
    settings.DEBUG = True
    for method in METHODS:
        response: Any = anybody.generic(method.upper(), "/api")
        assert response.status_code == 404
        assert response["Content-Type"] == "application/problem+json"


def test_admin__odd_filters__never_an_error_of_ours(superuser: Client) -> None:
    wrong = []
    for number, model in enumerate(admin.site._registry):
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        for name, value in FILTERS[number % 2 :: 2]:
            response = superuser.get(address, {name: value})
            if response.status_code >= 500:
                wrong.append((address, name, value[:40]))
        for id in ("\x00", "x", "9" * 40):
            for page in ("change", "history"):
                where = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=[id])
                if superuser.get(where).status_code >= 500:
                    wrong.append((where, page, id))
    assert not wrong, wrong


def test_admin__odd_actions__never_an_error_of_ours(superuser: Client) -> None:
    wrong = []
    for model in admin.site._registry:
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        actions = [*superuser.get(address).context["cl"].model_admin.actions, "nothing", "\x00"]
        for action in actions:
            name = action if isinstance(action, str) else action.__name__
            for chosen in (["\x00"], ["x"], ["9" * 40], []):
                sent = {"action": name, "_selected_action": chosen, "index": "\x00"}
                if superuser.post(address, sent).status_code >= 500:
                    wrong.append((address, name, chosen))
    assert not wrong, wrong
