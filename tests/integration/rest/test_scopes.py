"""A token may do less than its user: by area, reading or writing; whatever it lacks is refused by name."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.test import Client

from shiftsync.core.actor import Role
from shiftsync.core.scopes import SCOPES, Scope
from shiftsync.tenants.models import ApiToken
from shiftsync.tenants.services import token_issue
from tests.integration.rest.conftest import OCCURRENCE, Rest
from tests.integration.rest.schema import Document
from tests.integration.rest.test_walk import LEAVING, Ids, address_of, operations
from tests.support.hostile import Sampler
from tests.support.world import World

EACH = [each for each in SCOPES if each != Scope.EVERYTHING]
OPEN_TO_ALL = {
    ("get", "/api/me/"),
    ("get", "/api/me/person/"),
    ("post", "/api/me/qr-code/"),
    ("get", "/api/restaurants/"),
    ("get", "/api/restaurants/{id}/"),
    ("post", "/api/restaurants/"),
    ("get", "/api/changes/"),
    ("post", "/api/tickets/"),
    ("get", "/api/invitations/"),
    ("post", "/api/invitations/{id}/accept/"),
    ("post", "/api/invitations/{id}/decline/"),
}
"""Asked without a scope: who one is, and what a token may not at all."""


def secret_for(world: World, *scopes: str, role: Role = Role.OWNER) -> str:
    return token_issue(world.actor(role), scopes=scopes)[1]


def rest_for(world: World, document: Document, *scopes: str, role: Role = Role.OWNER) -> Rest:
    return Rest(secret_for(world, *scopes, role=role), document)


def needed(operation: dict[str, Any]) -> str | None:
    """The scope that the document says of an operation."""
    (scopes,) = [each["token"] for each in operation["security"] if "token" in each]
    return scopes[0] if scopes else None


def test_document__every_operation__says_which_scope_it_needs(document: Document) -> None:
    without = {(method, path) for method, path, operation in operations(document) if needed(operation) is None}
    assert without == OPEN_TO_ALL
    for method, path, operation in operations(document):
        if (scope := needed(operation)) is not None:
            assert scope in EACH
            assert scope.endswith("read") == (method == "get"), path


@pytest.mark.parametrize("held", ["schedule:read", "staff:write", "settings:read", "access:write"])
def test_operations__of_a_token_of_one_scope__refused_by_name_unless_it_covers_them(
    world: World, document: Document, held: str
) -> None:
    ids, components = Ids(world), document.json["components"]["schemas"]
    client = Client(
        raise_request_exception=False,
        headers={"X-Request-Id": OCCURRENCE, "Authorization": f"Bearer {secret_for(world, held)}"},
    )
    wrong, refused, admitted = [], 0, 0
    for method, path, operation in operations(document):
        if path == LEAVING or (method, path) == ("delete", "/api/tokens/{id}/") or "webhooks" in path:
            continue
        scope = needed(operation)
        content = operation.get("requestBody", {}).get("content", {}).get("application/json")
        body = Sampler({**ids.by_name, "username": "nobody"}, components).sample(content["schema"]) if content else None
        response = client.generic(
            method.upper(),
            address_of(path, operation, ids, is_theirs=True),
            document.text_of(body),
            content_type="application/json",
        )
        told = response.json()["details"].get("scope") if response.status_code == 403 else None
        covered = scope is None or scope in (held, held.replace("write", "read"))
        expected = None if covered else scope
        if told != expected:
            wrong.append(f"{method} {path}: {response.status_code} {told} instead of {expected}")
        refused, admitted = refused + (told is not None), admitted + (told is None)
    assert not wrong, "\n".join(wrong)
    assert refused > 40
    assert admitted > 10


def test_refusal__of_a_token__is_told_in_english_and_japanese(world: World) -> None:
    token = {"Authorization": f"Bearer {secret_for(world, 'schedule:read')}"}
    response = Client().post("/api/staff/", "{}", content_type="application/json", headers=token)
    assert response.status_code == 403
    assert response.json()["code"] == "forbidden"
    assert response.json()["message"] == "This token lacks the scope staff:write."
    assert response.json()["details"] == {"scope": "staff:write"}


def test_token__of_everything__does_no_more_than_its_user(world: World, document: Document) -> None:
    viewer = rest_for(world, document, "*", role=Role.VIEWER)
    refusal = viewer.refused("post", "staff/", {"name": "x"}, status=403)
    assert "scope" not in refusal["details"]
    named = rest_for(world, document, "staff:write", role=Role.VIEWER)
    assert "scope" not in named.refused("post", "staff/", {"name": "x"}, status=403)["details"]


def test_token__made_without_scopes__may_everything_as_before(world: World, owner: Rest) -> None:
    assert owner.post("tokens/", {"name": "payroll"}, status=201)["scopes"] == ["*"]
    assert str(ApiToken._meta.get_field("scopes").db_default) == "*"  # those that stand there already


def test_token__of_some_scopes__is_listed_with_them_in_their_order(world: World, owner: Rest) -> None:
    made = owner.post("tokens/", {"scopes": ["staff:read", "schedule:write"]}, status=201)
    assert made["scopes"] == ["schedule:write", "staff:read"]
    assert {each["id"]: each["scopes"] for each in owner.get("tokens/")}[made["id"]] == made["scopes"]


@pytest.mark.parametrize("scopes", [[], ["schedule"], ["schedule:delete"], "schedule:read", ["*"] * 10])
def test_token__of_scopes_that_there_are_not__is_refused_by_the_field(owner: Rest, scopes: object) -> None:
    refusal = owner.refused("post", "tokens/", {"scopes": scopes}, status=400)
    assert any(name.startswith("scopes") for name in refusal["details"])


def test_token__makes_another__of_no_more_than_its_own_scopes(world: World, document: Document) -> None:
    clerk = rest_for(world, document, "access:write", "schedule:write")
    refusal = clerk.refused("post", "tokens/", {"scopes": ["schedule:read", "staff:read"]}, status=403)
    assert refusal["details"] == {"scope": "staff:read"}
    assert clerk.refused("post", "tokens/", {"scopes": ["*"]}, status=403)["details"] == {"scope": "*"}
    assert clerk.post("tokens/", {"scopes": ["schedule:read"]}, status=201)["scopes"] == ["schedule:read"]
    assert clerk.post("tokens/", {}, status=201)["scopes"] == ["schedule:write", "access:write"]


def test_webhook__of_a_token__is_told_only_what_the_token_may_read(world: World, document: Document) -> None:
    program = rest_for(world, document, "access:write", "staff:read")
    address = "https://payroll.example.com/in"
    made = program.post("webhooks/", {"url": address, "events": ["staff.*"]}, status=201)
    for refusal in (
        program.refused("post", "webhooks/", {"url": address, "events": ["*"]}, status=403),
        program.refused("patch", f"webhooks/{made['id']}/", {"events": ["schedule.published"]}, status=403),
    ):
        assert refusal["details"]["scope"] in ("settings:read", "schedule:read")


def test_changes__of_a_token__are_those_of_its_areas(world: World, document: Document, owner: Rest) -> None:
    since = f"{world.position.epoch}:{world.position.version}"
    owner.post("staff/", {"name": "新人"}, status=201)
    owner.put(f"schedules/{world.schedule_id}/cells/{world.staff_ids[0]}/2025-08-01/", {"shiftValue": "×"})
    staff, plan = rest_for(world, document, "staff:read"), rest_for(world, document, "schedule:write")
    assert [each["type"] for each in staff.get(f"changes/?since={since}")["changes"]] == ["STAFF_CREATE"]
    assert [each["type"] for each in plan.get(f"changes/?since={since}")["changes"]] == ["SHIFT_BROADCAST"]
    refusal = staff.refused("get", f"changes/?since={since}&type=SHIFT_BROADCAST", status=403)
    assert refusal["details"] == {"scope": "schedule:read"}
    tags = [each.response("get", f"changes/?since={since}")["ETag"] for each in (staff, plan, owner)]
    assert len(set(tags)) == 3


def test_write__refused_for_the_token__may_come_again_by_another_under_its_key(
    world: World, document: Document
) -> None:
    key, body = str(uuid4()), {"name": "新人"}
    reader = rest_for(world, document, "staff:read")
    reader.refused("post", "staff/", body, status=403, Idempotency_Key=key)
    writer = rest_for(world, document, "staff:write")
    made = writer.post("staff/", body, status=201, Idempotency_Key=key)
    assert writer.post("staff/", body, status=201, Idempotency_Key=key) == made
    assert "scope" in reader.refused("post", "staff/", body, status=403, Idempotency_Key=key)["details"]


def test_restaurant__of_a_token__is_changed_by_one_for_settings(world: World, document: Document) -> None:
    plan, settings = rest_for(world, document, "schedule:write"), rest_for(world, document, "settings:write")
    assert plan.get(f"restaurants/{world.id}/")["id"] == str(world.id)
    refusal = plan.refused("patch", f"restaurants/{world.id}/", {"wishLimit": 3}, status=403)
    assert refusal["details"] == {"scope": "settings:write"}
    assert settings.patch(f"restaurants/{world.id}/", {"wishLimit": 3})["wishLimit"] == 3


def test_command__issues_a_token_of_scopes(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    user = world.users[Role.MANAGER].username
    scopes = ("--scope", "staff:read", "--scope", "schedule:read")
    call_command("issue_token", "--restaurant", str(world.id), "--user", user, "--name", "bot", *scopes)
    assert capsys.readouterr().out.strip().startswith("ss_")
    assert ApiToken.objects.get(name="bot").scopes == "schedule:read staff:read"
