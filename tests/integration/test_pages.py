"""The pages that Django renders, as a browser gets them."""

import dataclasses
import json
import re
import struct
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import find
from django.test import Client
from django_vite.core.asset_loader import DjangoViteAssetLoader
from pytest_django import Settings

from shiftsync.core.actor import Actor, Role
from shiftsync.tenants.services import membership_grant, restaurant_create

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_operator")]

# What Django's test client answers with: no name for it is public.
Page = Any
PASSWORD = "a long enough password"


@pytest.fixture
def browser() -> Client:
    """A client that checks CSRF tokens, as a browser makes a server do."""
    return Client(enforce_csrf_checks=True)


def token(page: Page) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
    assert found is not None
    return found[1]


def sign_in(browser: Client, username: str, path: str = "/sign-in/") -> Page:
    page = browser.get(path)
    fields = {"username": username, "password": PASSWORD, "csrfmiddlewaretoken": token(page)}
    next_page = re.search(r'name="next" value="(/admin/[^"]*)"', page.text)
    return browser.post(path, fields | ({"next": next_page[1]} if next_page else {}))


@pytest.fixture
def _operator() -> None:
    """Somebody has an account: else the sign-in page leads to the first one."""
    get_user_model().objects.create_user(username="operator", password=PASSWORD)


@pytest.fixture
def _no_front_end(settings: Settings, tmp_path: Path) -> None:
    settings.FRONTEND_MANIFEST = tmp_path / "manifest.json"


@pytest.fixture
def _members(_users: None) -> None:
    """The users belong to a restaurant."""
    restaurant = restaurant_create(Actor.system(uuid4()), name="Bistro")
    for user in get_user_model().objects.filter(username__in=["manager", "viewer"]):
        membership_grant(Actor.system(restaurant.id), user=user, role=Role.MANAGER)


@pytest.fixture
def _users() -> None:
    users = get_user_model().objects
    users.create_user(username="manager", password=PASSWORD, is_staff=True)
    users.create_user(username="viewer", password=PASSWORD)


def test_home__not_signed_in__leads_to_the_sign_in_page(browser: Client) -> None:
    response = browser.get("/")

    assert response.status_code == 302
    assert response["Location"] == "/sign-in/?next=/"


@pytest.mark.parametrize(("language", "title"), [("ja", "サインイン"), ("en", "Sign in"), ("fr", "Sign in")])
def test_sign_in_page__language_of_the_browser__is_spoken(browser: Client, language: str, title: str) -> None:
    page = browser.get("/sign-in/", headers={"Accept-Language": language})

    assert f"<title>{title} · ShiftSync</title>" in page.text
    assert all(f">{name}</button>" in page.text for name in ("English", "日本語"))
    assert f'<html lang="{language if language == "ja" else "en"}">' in page.text


def test_sign_in_page__language_chosen__is_kept(browser: Client) -> None:
    page = browser.get("/sign-in/")

    browser.post("/language/", {"language": "ja", "next": "/sign-in/", "csrfmiddlewaretoken": token(page)})

    assert "サインイン" in browser.get("/sign-in/").text


def test_sign_in_page__policy__nothing_inline_and_nothing_from_elsewhere(browser: Client) -> None:
    page = browser.get("/sign-in/")

    assert "default-src 'none'; script-src 'self'; style-src 'self';" in page["Content-Security-Policy"]
    assert not re.search(r"<style|<script|style=|https?://|onclick", page.text)


@pytest.mark.usefixtures("_users")
def test_sign_in__wrong_password__says_so_and_keeps_the_name(browser: Client) -> None:
    page = browser.get("/sign-in/")
    fields = {"username": "manager", "password": "wrong", "csrfmiddlewaretoken": token(page)}

    response = browser.post("/sign-in/", fields)

    assert response.status_code == 200
    assert "The user name or the password is wrong." in response.text
    assert 'value="manager"' in response.text


@pytest.mark.usefixtures("_members")
def test_home__front_end_from_vite__is_a_page_whose_inline_scripts_carry_the_nonce(
    browser: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CONFIG = dataclasses.replace(settings.CONFIG, vite_url="http://127.0.0.1:5173")
    settings.DJANGO_VITE = {"default": {**settings.DJANGO_VITE["default"], "dev_mode": True}}
    monkeypatch.setattr(DjangoViteAssetLoader, "_instance", None)
    sign_in(browser, "manager")

    page = browser.get("/")

    nonce = re.search(r'<meta name="csp-nonce" content="([\w-]+)">', page.text)
    assert nonce is not None
    assert f"script-src 'self' 'nonce-{nonce[1]}' http://127.0.0.1:5173;" in page["Content-Security-Policy"]
    executed = [tag for tag in re.findall(r"<script[^>]*>", page.text) if "application/json" not in tag]
    assert executed
    assert all("http://" in tag or f'nonce="{nonce[1]}"' in tag for tag in executed)
    config = re.search(r'<script id="shiftsync-config" type="application/json">(.*?)</script>', page.text)
    assert config is not None
    assert json.loads(config[1])["userName"] == "manager"


@pytest.mark.usefixtures("_users")
@pytest.mark.parametrize(
    ("own", "asked", "opened"),
    [("AB", "", None), ("AB", "B", "B"), ("AB", "C", None), ("A", "", "A"), ("A", "C", "A")],
)
def test_home__restaurants__names_those_of_its_user_and_opens_the_one_that_is_asked_for_or_the_only_one(
    browser: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch, own: str, asked: str, opened: str | None
) -> None:
    settings.CONFIG = dataclasses.replace(settings.CONFIG, vite_url="http://127.0.0.1:5173")
    settings.DJANGO_VITE = {"default": {**settings.DJANGO_VITE["default"], "dev_mode": True}}
    monkeypatch.setattr(DjangoViteAssetLoader, "_instance", None)
    manager = get_user_model().objects.get(username="manager")
    ids = {}
    for name in ("A", "B", "C"):
        restaurant = restaurant_create(Actor.system(uuid4()), name=name)
        ids[name] = str(restaurant.id)
        if name in own:
            membership_grant(Actor.system(restaurant.id), user=manager, role=Role.MANAGER)
    sign_in(browser, "manager")

    page = browser.get("/", {"restaurant": ids[asked]} if asked else {})

    found = re.search(r'<script id="shiftsync-config" type="application/json">(.*?)</script>', page.text)
    assert found is not None
    config = json.loads(found[1])
    assert [restaurant["name"] for restaurant in config["restaurants"]] == list(own)
    assert config["restaurantId"] == (None if opened is None else ids[opened])


@pytest.fixture
def _service_worker(settings: Settings, tmp_path: Path) -> None:
    settings.SERVICE_WORKER = tmp_path / "service-worker.js"
    settings.SERVICE_WORKER.write_text("self.skipWaiting();")


@pytest.mark.usefixtures("_service_worker")
def test_service_worker__anybody__is_a_script_for_the_whole_site_asked_for_anew(browser: Client) -> None:
    response = browser.get("/service-worker.js")

    assert response.status_code == 200
    assert response.text == "self.skipWaiting();"
    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert response["Cache-Control"] == "no-cache"
    assert response["X-Content-Type-Options"] == "nosniff"
    # What the worker itself may load is said by its own policy; which pages may have one, by theirs.
    assert "connect-src 'self'" in response["Content-Security-Policy"]
    assert "worker-src 'self'" in browser.get("/sign-in/")["Content-Security-Policy"]


@pytest.mark.usefixtures("_service_worker")
def test_service_worker__front_end_from_vite__is_not_there(browser: Client, settings: Settings) -> None:
    settings.CONFIG = dataclasses.replace(settings.CONFIG, vite_url="http://127.0.0.1:5173")

    assert browser.get("/service-worker.js").status_code == 404


def test_service_worker__no_front_end__is_not_there(browser: Client, settings: Settings, tmp_path: Path) -> None:
    settings.SERVICE_WORKER = tmp_path / "service-worker.js"

    assert browser.get("/service-worker.js").status_code == 404


def test_manifest__anybody__names_icons_that_are_there(browser: Client) -> None:
    page = browser.get("/sign-in/")
    manifest = browser.get("/manifest.webmanifest")

    assert '<link rel="manifest" href="/manifest.webmanifest">' in page.text
    assert "manifest-src 'self'" in page["Content-Security-Policy"]
    assert manifest["Content-Type"] == "application/manifest+json"
    icons = manifest.json()["icons"]
    assert {(icon["sizes"], icon["purpose"]) for icon in icons} >= {("192x192", "any"), ("512x512", "maskable")}
    for icon in icons:
        path = find(icon["src"].removeprefix("/static/"))
        assert path is not None, icon
        width, height = struct.unpack(">II", Path(path).read_bytes()[16:24])
        assert icon["sizes"] == f"{width}x{height}"


@pytest.mark.django_db(transaction=True)  # the first page of the admin reads months, each in a transaction of its own
@pytest.mark.usefixtures("_members", "_no_front_end")
def test_home__no_front_end__leads_to_the_admin(browser: Client) -> None:
    assert sign_in(browser, "manager")["Location"] == "/"
    assert browser.get("/")["Location"] == "/admin/"
    assert browser.get("/admin/").status_code == 200


@pytest.mark.usefixtures("_members", "_no_front_end")
def test_home__no_front_end_and_no_access_to_the_admin__says_so_and_signs_out(browser: Client) -> None:
    sign_in(browser, "viewer")

    page = browser.get("/")
    assert "You are signed in." in page.text

    assert browser.post("/sign-out/", {"csrfmiddlewaretoken": token(page)})["Location"] == "/sign-in/"
    assert browser.get("/")["Location"] == "/sign-in/?next=/"


@pytest.mark.usefixtures("_users")
def test_admin__signed_in_without_access__is_told_and_may_sign_in_as_another(browser: Client) -> None:
    sign_in(browser, "viewer")

    assert browser.get("/admin/")["Location"] == "/admin/login/?next=/admin/"
    assert browser.get("/admin/login/?next=/admin/")["Location"] == "/sign-in/?next=%2Fadmin%2F"
    assert "You are signed in as viewer" in browser.get("/sign-in/?next=%2Fadmin%2F").text
    assert sign_in(browser, "manager", "/sign-in/?next=%2Fadmin%2F")["Location"] == "/admin/"


@pytest.mark.usefixtures("_users")
def test_sign_in__next_on_another_host__is_ignored(browser: Client) -> None:
    page = browser.get("/sign-in/")
    fields = {"username": "manager", "password": PASSWORD, "next": "https://evil.example.com/"}

    response = browser.post("/sign-in/", fields | {"csrfmiddlewaretoken": token(page)})

    assert response["Location"] == "/"


def test_unknown_page__anybody__is_one_line(browser: Client) -> None:
    response = browser.get("/nowhere")

    assert response.status_code == 404
    assert response["Content-Type"] == "text/plain"
    assert response.text.startswith("404 ")


@pytest.mark.parametrize("path", ["/api/nowhere", "/api/nowhere/", "/api/"])
def test_unknown_api_path__anybody__is_the_protocols_error(browser: Client, path: str) -> None:
    response = browser.get(path)

    assert response.status_code == 404
    assert response.json()["code"] == "not_found"


def test_api_documentation__policy__no_inline_script_and_nothing_from_elsewhere(browser: Client) -> None:
    page = browser.get("/api/docs/")

    assert page.status_code == 200
    assert not re.search(r"<style|<script>|https?://", page.text)
    script = re.findall(r'<script src="([^"]+)"', page.text)[-1].replace("&amp;", "&")
    assert "SwaggerUIBundle" in browser.get(script).text


def test_schema__anybody__is_openapi(browser: Client) -> None:
    assert browser.get("/api/schema/?format=json").json()["openapi"].startswith("3.")


@pytest.mark.parametrize(("origin", "allowed"), [("https://a.example.com", True), ("https://b.example.com", False)])
def test_api__page_of_another_origin__is_answered_if_it_is_allowed(
    browser: Client, settings: Settings, origin: str, allowed: bool
) -> None:
    settings.CORS_ALLOWED_ORIGINS = ["https://a.example.com"]
    asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}

    response = browser.options("/api/staff/", headers=asked | {"Access-Control-Request-Headers": "idempotency-key"})

    assert (response.get("Access-Control-Allow-Origin") == origin) is allowed
    assert ("idempotency-key" in response.get("Access-Control-Allow-Headers", "")) is allowed


def test_page__of_another_origin__is_never_answered(browser: Client, settings: Settings) -> None:
    settings.CORS_ALLOWED_ORIGINS = ["https://a.example.com"]

    assert "Access-Control-Allow-Origin" not in browser.get("/sign-in/", headers={"Origin": "https://a.example.com"})


def test_page__called_by_a_name_that_is_not_ours__is_refused_without_a_traceback(
    browser: Client, settings: Settings
) -> None:
    settings.DEBUG = False
    browser.raise_request_exception = False
    page = browser.get("/sign-in/", headers={"Host": "evil.example"})
    assert page.status_code == 400
    assert "Traceback" not in page.text
