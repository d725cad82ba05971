"""Nothing that a request says is passed over: it counts, or is refused by name."""

from typing import Any
from uuid import uuid4

import pytest

from schedules.models import FeedLink
from shiftsync.core.actor import Role
from shiftsync.tenants.models import AnsweredPost, ApiToken, Invitation, Ticket
from tests.integration.rest.conftest import AsRole, Rest
from tests.integration.rest.schema import Document
from tests.integration.rest.test_walk import Asker, Ids, address_of, operations
from tests.support.hostile import Sampler
from tests.support.world import World


def is_not_by_token(method: str, path: str) -> bool:
    """Whether who comes by a token is told that before anything about what they sent."""
    return path.startswith("/api/invitations/") or (method, path) == ("post", "/api/restaurants/")


def test_operations__unknown_parameter__refused_by_name_everywhere(world: World, document: Document) -> None:
    owner, ids, wrong = Asker(world.tokens[Role.OWNER]), Ids(world), []
    components = document.json["components"]["schemas"]
    before = world.position
    for method, path, operation in operations(document):
        content = operation.get("requestBody", {}).get("content", {}).get("application/json")
        body = Sampler({**ids.by_name, "username": "nobody"}, components).sample(content["schema"]) if content else None
        status, text = owner.ask(method, f"{address_of(path, operation, ids, is_theirs=True)}?limt=5", body)
        if not is_not_by_token(method, path) and (status != 400 or "limt" not in text):
            wrong.append(f"{method} {path}: {status} {text[:200]}")
    assert not wrong, "\n".join(wrong)
    assert world.position == before


def test_operations__unknown_field__refused_by_name_everywhere(world: World, document: Document) -> None:
    owner, ids, wrong, asked = Asker(world.tokens[Role.OWNER]), Ids(world), [], 0
    components = document.json["components"]["schemas"]
    before = world.position
    for method, path, operation in operations(document):
        is_free = path == "/api/settings/migrate/"  # whose body may be the browser's storage itself
        if method not in ("post", "put", "patch") or is_free or is_not_by_token(method, path):
            continue
        content = operation.get("requestBody", {}).get("content", {}).get("application/json")
        body = Sampler({**ids.by_name, "username": "nobody"}, components).sample(content["schema"]) if content else {}
        status, text = owner.ask(method, address_of(path, operation, ids, is_theirs=True), {**body, "shiftVlaue": "○"})
        asked += 1
        if status != 400 or "shiftVlaue" not in text:
            wrong.append(f"{method} {path}: {status} {text[:200]}")
    assert asked > 60
    assert not wrong, "\n".join(wrong)
    assert world.position == before


@pytest.mark.parametrize("named", ["X-Client-Id", "clientId"])
def test_client_id__that_cannot_be_kept__refused_by_its_name(manager: Rest, world: World, named: str) -> None:
    path, long = f"staff/{world.staff_ids[0]}/", "y" * 500
    said = {"X_Client_Id": long} if named == "X-Client-Id" else {}
    query = "" if said else f"?clientId={long}"
    assert list(manager.refused("patch", f"{path}{query}", {}, status=400, **said)["details"]) == [named]


def test_delete__with_a_body__refused_by_name_as_it_would_not_count(manager: Rest, world: World) -> None:
    path, before = f"staff/{world.staff_ids[0]}/", world.position
    error = manager.refused("delete", path, {"strategy": "first_writer_wins", "baseVersion": 0}, status=400)
    assert list(error["details"]) == ["strategy", "baseVersion"]
    assert manager.refused("delete", path, ["x"], status=400)
    assert world.position == before
    manager.ask("delete", path, {})


@pytest.mark.parametrize(
    ("path", "body", "named"),
    [
        ("schedules/{schedule}/lock/", {"cells": [{"staffId": "x", "dateKey": "2025-08-01", "x": 1}]}, "cells"),
        ("staff/", {"name": "x", "startPeriod": {"year": 2025, "month": 8, "hour": 1}}, "startPeriod"),
        ("staff-groups/", {"name": "x", "colour": "red"}, "colour"),
    ],
)
def test_field__unknown_inside__named(manager: Rest, world: World, path: str, body: Any, named: str) -> None:
    error = manager.refused("post", path.format(schedule=world.schedule_id), body, status=400)
    assert named in error["details"]


def test_parameter__given_twice__named(manager: Rest) -> None:
    response = manager._client.get("/api/changes/?limit=1&limit=2", headers=manager._headers)
    assert (response.status_code, list(response.json()["details"])) == (400, ["limit"])


def test_resource__as_read__may_be_sent_back(owner: Rest, world: World) -> None:
    path = f"staff/{world.staff_ids[0]}/"
    member = owner.get(path)
    assert owner.put(path, {**member, "position": "寿司"})["result"]["staff"]["position"] == "寿司"
    here = f"restaurants/{world.id}/"
    assert owner.patch(here, {**owner.get(here), "name": "新"})["name"] == "新"


def changeable(owner: Rest, world: World) -> dict[str, dict[str, Any]]:
    """By the address: something as it is read, of each kind that a body can change."""
    person, day = world.staff_ids[0], "2025-08-04"
    week = {"staffId": person, "weekdays": [1]}
    owner.post("availability/", week, status=201)
    owner.post("closing-rules/", {"repeats": "weekly", "daysOfWeek": [1]}, status=201)
    wish = {"staffId": person, "dateKey": day, "kind": "off"}
    wish = owner.post(f"schedules/{world.schedule_id}/wishes/", wish, status=201)["result"]["wish"]
    owner.patch(f"calendar/days/{day}/", {"note": "x"})
    owner.post("staff-groups/", {"name": "g"}, status=201)
    owner.post("priority-rules/", {"name": "r", "ruleDefinition": {"ruleType": "required_off"}}, status=201)
    found = {f"staff/{person}/": owner.get(f"staff/{person}/"), f"wishes/{wish['id']}/": wish}
    for place in (
        *("periods", "availability", "shift-types", "closing-rules", "restaurants"),
        *("staff-groups", "priority-rules"),
    ):
        (row, *_) = owner.get(f"{place}/")
        found[f"{place}/{row['id']}/"] = row
    (found[f"calendar/days/{day}/"],) = owner.get("calendar/")["days"]
    return found


def other_than(value: Any) -> Any:
    """A value of the same kind that is another one."""
    match value:
        case bool():
            return not value
        case int() | float():
            return value + 1
        case str() if value[:2] in {"20", "19"}:
            return value.replace(value[:4], "2031", 1)
        case str():
            return str(uuid4()) if len(value) == 36 else "other"
        case _:
            return [{}]


@pytest.mark.parametrize("method", ["patch", "put"])
def test_resource__another_value_of_what_cannot_be_changed__refused_by_name(
    owner: Rest, world: World, document: Document, method: str
) -> None:
    refused = 0
    for path, row in changeable(owner, world).items():
        operation = document.json["paths"][document._template(path) or ""].get(method)
        if operation is None:
            continue
        reference = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"]
        written = document.json["components"]["schemas"][reference.rpartition("/")[2]]["properties"]
        owner.ask(method, path, row)  # as it was read
        before = world.position
        for name in (row.keys() - written.keys() | {"id"} & row.keys()) - {"revision", "updatedAt"}:
            error = owner.refused(method, path, {**row, name: other_than(row[name])}, status=400)
            assert list(error["details"]) == [name], (path, name, error)
            refused += 1
        assert world.position == before
    assert refused > 15


@pytest.mark.parametrize("said", [{"isActive": False}, {"restaurantId": str(uuid4())}])
def test_row__that_begins_out_of_use_or_elsewhere__refused_by_name(
    owner: Rest, world: World, said: dict[str, Any]
) -> None:
    before = world.position
    assert list(owner.refused("post", "staff-groups/", {"name": "g", **said}, status=400)["details"]) == list(said)
    assert world.position == before
    ours = {"restaurantId": str(world.id), "isActive": True, "createdAt": "2025-08-01T00:00:00Z"}
    owner.post("staff-groups/", {"name": "g", **ours}, status=201)


def test_resource__repeated_in_another_spelling__is_the_same(owner: Rest, world: World) -> None:
    path = f"staff/{world.staff_ids[0]}/"
    member = owner.get(path)
    later = member["createdAt"].replace("Z", "+00:00")
    owner.patch(path, {**member, "id": member["id"].upper(), "createdAt": later, "employments": None, "position": "x"})


@pytest.mark.parametrize("older", ["revision", "baseVersion"])
def test_resource__repeated_from_an_older_state__is_merged(owner: Rest, world: World, older: str) -> None:
    owner.post("staff-groups/", {"name": "g"}, status=201)
    (group,) = owner.get("staff-groups/")
    path, base = f"staff-groups/{group['id']}/", world.position.version
    owner.patch(path, {"description": "theirs"})
    seen = {"revision": group["revision"]} if older == "revision" else {"baseVersion": base}
    owner.patch(path, {"name": "mine", "createdAt": "2025-01-01T00:00:00Z", **seen})
    assert (owner.get(path)["name"], owner.get(path)["description"]) == ("mine", "theirs")


def test_resource__sent_again_under_its_key__has_its_answer_whatever_is_so_since(owner: Rest, world: World) -> None:
    path = f"periods/{world.period_id}/"
    body = {**owner.get(path), "endDate": "2025-08-31"}
    first = owner.patch(path, body, Idempotency_Key="k")
    owner.post("periods/", {"startDate": "2025-06-01", "endDate": "2025-06-30"}, status=201)
    assert owner.get(path)["index"] != body["index"]
    assert owner.patch(path, body, Idempotency_Key="k") == first
    assert set(owner.refused("patch", path, body, status=400, Idempotency_Key="l")["details"]) == {"index"}


# --- If-Match ---


@pytest.mark.parametrize("read", ["staff/", "staff/{staff}/", "schedules/{schedule}/cells/", "jobs/", "changes/"])
def test_if_match__nothing_changed__written_and_else_412(manager: Rest, world: World, read: str) -> None:
    names = {"staff": world.staff_ids[0], "schedule": world.schedule_id}
    etag = manager.response("get", read.format(**names))["ETag"]
    path = f"staff/{world.staff_ids[1]}/"
    manager.patch(path, {"position": "a"}, If_Match=etag)
    before = world.position
    error = manager.refused("patch", path, {"position": "b"}, status=412, If_Match=etag)
    assert (error["code"], error["details"]["currentVersion"]) == ("precondition_failed", before.version)
    manager.refused("delete", path, status=412, If_Match=etag)
    manager.refused("get", read.format(**names), status=412, If_Match=etag)
    assert world.position == before
    manager.patch(path, {"position": "b"}, If_Match=f'"other", {manager.response("get", "staff/")["ETag"]}')
    manager.patch(path, {"position": "c"}, If_Match="*")


@pytest.mark.parametrize("etag", ['"x"', "x", "", 'W/"0190a1b2-0000-7000-8000-000000000001:1:manager"'])
def test_if_match__of_nothing_that_was_read__412(manager: Rest, world: World, etag: str) -> None:
    assert manager.refused("patch", f"staff/{world.staff_ids[0]}/", {"position": "b"}, status=412, If_Match=etag)


def test_if_match__refused_and_asked_anew_under_the_same_key__done(manager: Rest, world: World) -> None:
    path, body = f"staff/{world.staff_ids[0]}/", {"position": "a"}
    manager.refused("patch", path, body, status=412, If_Match='"x"', Idempotency_Key="k")
    etag = manager.response("get", path)["ETag"]
    done = manager.patch(path, body, If_Match=etag, Idempotency_Key="k")
    assert manager.patch(path, body, If_Match=etag, Idempotency_Key="k") == done


def test_if_match__restaurant__412_once_it_has_changed(owner: Rest, world: World) -> None:
    path = f"restaurants/{world.id}/"
    etag = owner.response("get", path)["ETag"]
    owner.patch(path, {"name": "一"}, If_Match=etag)
    assert owner.refused("patch", path, {"name": "二"}, status=412, If_Match=etag)["code"] == "precondition_failed"
    assert owner.get(path)["name"] == "一"


def test_if_match__where_nothing_has_an_etag__refused_by_name(owner: Rest) -> None:
    assert "If-Match" in owner.refused("post", "tickets/", {}, status=400, If_Match='"x"')["details"]
    assert "If-None-Match" in owner.refused("post", "staff/", {"name": "x"}, status=400, If_None_Match="*")["details"]


@pytest.mark.parametrize(
    "read",
    ["me/", "restaurants/", "restaurants/{id}/", "tokens/", "memberships/", "jobs/", "schedules/{schedule}/cells/"],
)
def test_etag__what_is_read_again__304(owner: Rest, world: World, read: str) -> None:
    path = read.format(id=world.id, schedule=world.schedule_id)
    etag = owner.response("get", path)["ETag"]
    assert owner.response("get", path, status=304, If_None_Match=f'"x", {etag}').content == b""
    assert owner.response("get", path, If_None_Match='"x"')["ETag"] == etag


# --- a base on DELETE ---


def removable(owner: Rest, world: World) -> list[tuple[str, Any]]:
    """Addresses that can be deleted, and a change of each."""
    group = owner.post("staff-groups/", {"name": "g"}, status=201)["result"]["createdGroup"]["id"]
    kind = owner.post("shift-types/", {"symbol": "昼", "kind": "normal"}, status=201)["result"]["shiftType"]["id"]
    rule = {"repeats": "weekly", "daysOfWeek": [1]}
    closing = owner.post("closing-rules/", rule, status=201)["result"]["rule"]["id"]
    period = owner.post("periods/", {"startDate": "2031-01-01"}, status=201)["result"]["period"]["id"]
    return [
        (f"staff/{world.staff_ids[0]}/", {"position": "x"}),
        (f"staff-groups/{group}/", {"name": "h"}),
        (f"shift-types/{kind}/", {"color": "red"}),
        (f"closing-rules/{closing}/", {"note": "n"}),
        (f"periods/{period}/", {"endDate": "2031-01-15"}),
    ]


def test_delete__changed_since_by_another__judged_by_the_strategy(as_role: AsRole, owner: Rest, world: World) -> None:
    for path, change in removable(owner, world):
        read = world.position.version
        as_role(Role.MANAGER).patch(path, change, X_Client_Id="theirs")
        before = world.position
        at = f"{path}?baseVersion={read}"
        error = owner.refused("delete", f"{at}&strategy=first_writer_wins", status=409, X_Client_Id="mine")
        assert error["details"]["items"], path
        assert owner.refused("delete", f"{at}&strategy=user_choice", status=409, X_Client_Id="mine")
        assert world.position == before
        result = owner.delete(f"{at}&strategy=last_writer_wins", X_Client_Id="mine")["result"]
        assert result["overwritten"], path


def test_delete__changed_since_by_oneself_or_before__done(owner: Rest, world: World) -> None:
    for path, change in removable(owner, world):
        read = world.position.version
        owner.patch(path, change, X_Client_Id="mine")
        owner.delete(f"{path}?baseVersion={read}&strategy=first_writer_wins", X_Client_Id="mine")


# --- what was made ---


def test_create__anything__says_where_it_lies(owner: Rest, world: World) -> None:
    made = [
        ("staff/", {"name": "x"}),
        ("periods/", {"startDate": "2031-01-01"}),
        ("shift-types/", {"symbol": "昼", "kind": "normal"}),
        ("staff-groups/", {"name": "g"}),
        ("config-versions/", {"name": "v"}),
        ("jobs/", {"scheduleId": world.schedule_id}),
    ]
    for path, body in made:
        response = owner.response("post", path, body, status=None)
        assert response.status_code in (201, 202), response.content
        owner.get(response["Location"].removeprefix("/api/"))
    assert response["Retry-After"]


# --- keys of what no log remembers ---


@pytest.mark.parametrize("path", ["tokens/", "tickets/", "staff/{staff}/feed/", "memberships/"])
def test_post__again_under_its_key__done_once_with_the_same_answer(owner: Rest, world: World, path: str) -> None:
    where, body = (
        path.format(staff=world.staff_ids[0]),
        {"username": "x", "role": "viewer"} if path == "memberships/" else {},
    )
    first = owner.post(where, body, status=201, Idempotency_Key="k 1")
    counts = ApiToken.objects.count(), FeedLink.objects.count(), Ticket.objects.count(), Invitation.objects.count()
    assert owner.post(where, body, status=201, Idempotency_Key="k 1") == first
    assert counts == (
        ApiToken.objects.count(),
        FeedLink.objects.count(),
        Ticket.objects.count(),
        Invitation.objects.count(),
    )
    assert owner.post(where, body, status=201, Idempotency_Key="k 2") != first or path == "memberships/"
    assert (
        "Idempotency-Key"
        in owner.refused("post", "tokens/", {"name": "other"}, status=400, Idempotency_Key="k 1")["details"]
    )
    for secret in (first.get("token"), first.get("ticket"), str(first.get("url", "")).rpartition("/")[2][:-4]):
        assert not secret or secret not in "".join(AnsweredPost.objects.values_list("answer", flat=True))


def test_post__refused_under_a_key__is_done_once_it_may_be(owner: Rest, world: World) -> None:
    body = {"name": "x", "expiresAt": "2001-01-01T00:00:00Z"}
    owner.refused("post", "tokens/", body, status=400, Idempotency_Key="k")
    issued = owner.post("tokens/", {"name": "x"}, status=201, Idempotency_Key="k")
    assert Rest(issued["token"], owner._document).get("me/")
