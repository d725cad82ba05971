"""Bad requests: always the one shape, the right status, and not a word about our insides."""

import pytest
from django.db import OperationalError
from django.test import Client

from shiftsync.core import api
from tests.integration.rest.conftest import Rest
from tests.integration.rest.schema import Document
from tests.support.world import World


@pytest.mark.parametrize("text", ["{", "", "nope", '{"name": NaN}', '"\\ud800"', b"\xff"])
def test_body__no_json__invalid_json(manager: Rest, text: str | bytes) -> None:
    expected = {"": ("validation_error", 400)}.get(text if isinstance(text, str) else "?", ("invalid_json", 400))
    error = manager.refused("post", "staff/", text, status=expected[1])
    assert error["code"] == expected[0]


def test_body__no_object__validation_error(manager: Rest) -> None:
    assert manager.refused("post", "staff/", "[1]", status=400)["code"] == "validation_error"


def test_body__too_large__refused_unread(manager: Rest) -> None:
    text = '{"name": "' + "x" * api.MAX_BODY_BYTES + '"}'
    assert manager.refused("post", "staff/", text, status=413)["code"] == "payload_too_large"


@pytest.mark.parametrize("key", ["", "x" * 256])
def test_key__no_text_or_too_long__named(manager: Rest, world: World, key: str) -> None:
    before = world.position
    error = manager.refused("post", "staff/", {"name": "x"}, status=400, Idempotency_Key=key)
    assert "Idempotency-Key" in error["details"]
    assert world.position == before


@pytest.mark.parametrize("key", ["once", "2026-11 payroll / 山田".encode().decode("latin-1"), "x" * 255])
def test_key__any_text__the_same_answer_again(manager: Rest, world: World, key: str) -> None:
    first = manager.post("staff/", {"name": "x"}, status=201, Idempotency_Key=key)
    assert manager.post("staff/", {"name": "x"}, status=201, Idempotency_Key=key) == first
    assert (
        manager.refused("post", "staff/", {"name": "y"}, status=400, Idempotency_Key=key)["code"] == "validation_error"
    )


def test_error__any__is_a_problem_with_the_request_that_it_answers(manager: Rest) -> None:
    asked = "0190a1b2-0000-7000-8000-000000000001"
    response = manager.response("post", "staff/", {}, status=400, X_Request_Id=asked)
    problem = response.json()
    assert response["Content-Type"] == "application/problem+json"
    assert response["X-Request-Id"] == asked
    assert problem["instance"] == f"urn:uuid:{asked}"
    assert (problem["status"], problem["title"], problem["detail"]) == (400, "Bad Request", problem["message"])
    kind = Client().get(problem["type"]).json()
    assert (kind["code"], kind["status"]) == ("validation_error", 400)


@pytest.mark.parametrize("language", ["ja", "en", "de"])
def test_error__whatever_language_is_accepted__is_english_with_its_japanese(manager: Rest, language: str) -> None:
    body = {"name": "x", "status": "あ" * 51}
    problem = manager.refused("post", "staff/", body, status=400, Accept_Language=language)
    assert problem["details"] == {"status": ["Ensure this field has no more than 50 characters."]}
    assert problem["message"] == problem["detail"] == "status: Ensure this field has no more than 50 characters."
    assert problem["detailsJa"] == {"status": ["この項目が50文字より長くならないようにしてください。"]}
    assert problem["messageJa"] == "状況：この項目が50文字より長くならないようにしてください。"


def test_answer__any__names_its_request_and_what_is_left(manager: Rest) -> None:
    first, second = manager.response("get", "staff/"), manager.response("get", "staff/", X_Request_Id="\x7fno uuid")
    assert first["X-Request-Id"] != second["X-Request-Id"]
    assert int(first["RateLimit-Remaining"]) < int(first["RateLimit-Limit"])
    assert int(first["RateLimit-Reset"]) > 0


@pytest.mark.parametrize("path", ["nothing/here", "nothing/here/"])
def test_path__unknown__a_problem_for_any_method(document: Document, path: str, world: World) -> None:
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
        response = Client(enforce_csrf_checks=True).generic(
            method, f"/api/{path}", "{}", content_type="application/json"
        )
        assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")


def test_path__without_its_slash__works(manager: Rest, world: World) -> None:
    assert manager.post("staff", {"name": "x"}, status=201)["result"]["staff"]["name"] == "x"
    assert manager.patch(f"staff/{world.staff_ids[0]}", {"position": "寿司"})["result"]["staff"]["position"] == "寿司"
    assert manager.get("staff")
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(next(iter(world.users.values())))
    response = browser.post("/api/staff", {"name": "x"}, content_type="application/json")
    assert (response.status_code, response["Content-Type"]) == (403, "application/problem+json")


def test_method__not_there__405(manager: Rest) -> None:
    assert manager.refused("delete", "staff/", status=405)["code"] == "invalid_message"


def test_accept__nothing_we_speak__406(manager: Rest) -> None:
    assert manager.refused("get", "staff/", status=406, Accept="text/html")["code"] == "invalid_message"


def test_content__not_json__415(world: World, manager: Rest) -> None:
    response = Client().post("/api/staff/", {"name": "x"}, headers=manager._headers)
    assert (response.status_code, response.json()["code"]) == (415, "invalid_message")


def test_credentials__none_or_wrong__401(document: Document, db_with_commits: None) -> None:
    assert Rest(None, document).refused("get", "staff/", status=401)["code"] == "unauthenticated"
    response = Rest("ss_wrong", document).response("get", "staff/", status=401)
    assert response["WWW-Authenticate"].startswith("Bearer")


def test_session__without_csrf__forbidden(world: World, document: Document) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(next(iter(world.users.values())))
    response = client.post("/api/staff/", {"name": "x"}, content_type="application/json")
    assert (response.status_code, response.json()["code"]) == (403, "forbidden")


def test_path__unknown__the_protocols_error(manager: Rest) -> None:
    assert manager.refused("get", "nothing/here/", status=404)["code"] == "not_found"


class Boom(Exception):
    """Something nobody foresaw."""


@pytest.mark.parametrize(
    ("raised", "status", "code"),
    [(Boom("secret"), 500, "internal_error"), (OperationalError("secret"), 503, "unavailable")],
)
def test_fault__of_ours__says_nothing_of_it(raised: Exception, status: int, code: str) -> None:
    class Asked:
        path = "/api/x/"

    response = api.exception_handler(raised, {"request": Asked})
    assert (response.status_code, response.data["code"]) == (status, code)
    assert "secret" not in str(response.data)
