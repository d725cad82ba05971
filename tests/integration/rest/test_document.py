"""What the OpenAPI document promises of all operations alike."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from shiftsync.core.actor import Role
from shiftsync.core.errors import REST_CODES
from shiftsync.realtime.protocol.wire import BROADCASTS
from tests.integration.rest.conftest import Rest
from tests.integration.rest.schema import Document
from tests.integration.rest.test_walk import Ids, address_of
from tests.support.world import World

REFUSALS = {400, 401, 403, 404, 409, 410, 412, 413, 423, 429}
COMPONENT = re.compile(r"[A-Z][A-Za-z0-9]*")
OPERATION = re.compile(r"[a-z][A-Za-z0-9]*")


def parts(of: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every object of a schema with where it stands."""
    if isinstance(of, list):
        for number, each in enumerate(of):
            yield from parts(each, f"{path}/{number}")
    if isinstance(of, dict):
        yield path, of
        for name, each in of.items():
            if name not in ("default", "example", "examples"):
                yield from parts(each, f"{path}/{name}")


def operations(document: Document) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document.json["paths"].items():
        for method, operation in methods.items():
            yield method, path, operation


def headers_of(operation: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {each["name"]: each for each in operation.get("parameters", ()) if each["in"] == "header"}


def test_choices__none_is_anything_at_all(document: Document) -> None:
    for path, part in parts(document.json):
        for choice in ("oneOf", "anyOf", "allOf"):
            assert {} not in part.get(choice, []), path


def test_names__of_components_and_operations__are_names_in_any_language(document: Document) -> None:
    names = document.json["components"]["schemas"]
    assert [name for name in names if not COMPONENT.fullmatch(name) or "RequestRequest" in name] == []
    ids = [operation["operationId"] for _, _, operation in operations(document)]
    assert [id for id in ids if not OPERATION.fullmatch(id)] == []
    assert len(set(ids)) == len(ids)


def test_codes__of_errors_and_types_of_changes__are_closed_lists(document: Document) -> None:
    schemas = document.json["components"]["schemas"]
    assert sorted(schemas["ErrorCode"]["enum"]) == sorted(REST_CODES)
    change = schemas["ChangesPage"]["properties"]["changes"]["items"]
    change = schemas[change["$ref"].rpartition("/")[2]] if "$ref" in change else change
    shapes = [schemas[each["$ref"].rpartition("/")[2]] for each in change["oneOf"]]
    assert sorted(shape["properties"]["type"]["const"] for shape in shapes) == sorted(BROADCASTS)


def test_refusals__of_each_operation__are_those_that_it_can_make(document: Document) -> None:
    for method, path, operation in operations(document):
        promised = {int(status) for status in operation["responses"] if status.isdecimal() and int(status) >= 400}
        assert promised <= REFUSALS, path
        assert {400, 401, 429} <= promised, path
        assert (413 in promised) == (method != "get"), path
        assert ({409, 412, 423} <= promised) == ("If-Match" in headers_of(operation)), path
        assert (410 in promised) == path.endswith(("/api/changes/", "/repeat/")), path


def test_idempotency__every_post__takes_a_key_of_255_characters_and_says_for_how_long(document: Document) -> None:
    for method, path, operation in operations(document):
        if method == "post":
            key = headers_of(operation)["Idempotency-Key"]
            assert key["schema"] == {"type": "string", "minLength": 1, "maxLength": 255}, path
            assert "30 days" in key["description"]


@pytest.mark.parametrize(("key", "is_refused"), [("鍵" * 252, False), ("k" * 256, True), ("", True)])
def test_idempotency__every_post__reads_its_key(
    world: World, document: Document, owner: Rest, key: str, is_refused: bool
) -> None:
    ids = Ids(world)
    for number, (method, path, operation) in enumerate(operations(document)):
        if method != "post" or path in ("/api/restaurants/", "/api/restaurants/{id}/leave/") or "invitations" in path:
            continue  # of those who sign in, and not by a token
        address = address_of(path, operation, ids, is_theirs=True).removeprefix("/api/")
        body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
        sent = example_of(document, body)
        response = owner.response(
            method, address, sent, status=None, Idempotency_Key=(key and f"{number:03}{key}").encode().decode("latin-1")
        )
        told = "Idempotency-Key" in response.json().get("details", {}) if response.status_code == 400 else False
        assert told == is_refused, (path, response.content)


def example_of(document: Document, schema: dict[str, Any]) -> Any:
    """The first example of a body's shape, or nothing in particular."""
    if "$ref" in schema:
        schema = document.json["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return next(iter(schema.get("examples", ())), {})


def test_leaving__again_under_its_key__has_the_answer_of_then(world: World) -> None:
    browser = Client()
    browser.force_login(world.users[Role.VIEWER])
    where = f"/api/restaurants/{world.id}/leave/"
    for _ in range(2):
        assert (
            browser.post(
                where,
                content_type="application/json",
                headers={"Idempotency-Key": "辞めます".encode().decode("latin-1")},
            ).status_code
            == 204
        )
    assert browser.post(where, content_type="application/json").status_code == 404
    assert (
        browser.post(where, content_type="application/json", headers={"Idempotency-Key": "another"}).status_code == 404
    )
