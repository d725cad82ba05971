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


def test_key__no_uuid__validation_error(manager: Rest, world: World) -> None:
    before = world.position
    error = manager.refused("post", "staff/", {"name": "x"}, status=400, Idempotency_Key="once")
    assert "requestId" in error["details"]
    assert world.position == before


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
