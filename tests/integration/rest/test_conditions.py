"""If-Match counts wherever an ETag was given, for every operation of the document."""

from typing import Any

import pytest

from shiftsync.core.actor import Role
from tests.integration.rest.conftest import AsRole, Rest
from tests.integration.rest.schema import Document
from tests.integration.rest.test_strictness import is_not_by_token
from tests.integration.rest.test_walk import Ids, address_of, operations
from tests.support.hostile import Sampler
from tests.support.world import World

WITHOUT = {
    "/api/me/push-subscriptions/": "what GET /api/me/ answers does not change by it",
    "/api/me/push-subscriptions/end/": "as above",
    "/api/me/qr-code/": "writes nothing",
    "/api/schedules/{id}/readers/remind/": "what has been seen does not change by it, and nobody is told twice a day",
    "/api/staff/lists/read/": "writes nothing",
    "/api/schedules/{id}/import/preview/": "writes nothing",
}
NEEDS_MORE = {
    "/api/schedules/{id}/cells/{staffId}/{dateKey}/history/{version}/restore/": "an entry of the history",
    "/api/schedules/{id}/import/": "a file",
    "/api/settings/migrate/": "what a browser has stored",
}
"""Whose bodies no schema makes; what their services do with the header they do in one place for all."""
NEW_LINK = {"role": "viewer"}
CLOSING = {"repeats": "weekly", "daysOfWeek": [1]}


def body_of(path: str, operation: dict[str, Any], sampler: Sampler, world: World) -> Any:
    """A body that would be taken."""
    whole: dict[str, Any] = {
        "/api/closing-rules/": CLOSING,
        "/api/closing-rules/{id}/": CLOSING,
        "/api/restaurants/{id}/": {"name": "x"},
        "/api/staff/reorder/": {"staffIds": world.staff_ids},
    }
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    return (whole.get(path) or sampler.sample(content["schema"])) if content else None


def read_of(path: str, reads: set[str]) -> str | None:
    """The nearest address at or above ``path`` whose read has an ETag."""
    place = path
    while place.count("/") > 2 and place not in reads:
        place = f"{place.rstrip('/').rpartition('/')[0]}/"
    return place if place in reads else None


def conditional_writes(document: Document) -> list[tuple[str, str, dict[str, Any]]]:
    """Those of what has an ETag."""
    reads = {
        path
        for path, methods in document.json["paths"].items()
        if "ETag" in methods.get("get", {}).get("responses", {}).get("200", {}).get("headers", {})
    }
    return [
        (method, path, operation)
        for method, path, operation in operations(document)
        if method != "get" and path not in WITHOUT and read_of(path, reads) is not None
    ]


def test_operations__that_write_what_has_an_etag__take_if_match(document: Document) -> None:
    writes = conditional_writes(document)
    lacking = [
        f"{method} {path}"
        for method, path, operation in writes
        if "If-Match" not in {each["name"] for each in operation.get("parameters", ())}
    ]
    assert len(writes) > 90
    assert not lacking, "\n".join(lacking)


def make_some(owner: Rest, world: World) -> None:
    """One of what a new restaurant has none of."""
    owner.post("webhooks/", {"url": "https://payroll.example.com/x", "events": ["*"]}, status=201)
    owner.post("invitation-links/", NEW_LINK, status=201)
    owner.post("staff-groups/", {"name": "g"}, status=201)
    owner.post("closing-rules/", CLOSING, status=201)
    owner.post(f"staff/{world.staff_ids[0]}/feed/", status=201)
    day_off = {"staffId": world.staff_ids[0], "dateKey": "2025-08-02", "kind": "off"}
    owner.post(f"schedules/{world.schedule_id}/wishes/", day_off, status=201)
    owner.post("availability/", {"staffId": world.staff_ids[0], "weekdays": [1]}, status=201)
    owner.post("jobs/", {"scheduleId": world.schedule_id}, status=202)


def test_operations__with_an_etag_of_something_else__412_and_nothing_written(
    owner: Rest, world: World, document: Document
) -> None:
    make_some(owner, world)
    ids, before = Ids(world), world.position
    sampler = Sampler({**ids.by_name, "username": "nobody"}, document.json["components"]["schemas"])
    asked, wrong = 0, []
    for method, path, operation in conditional_writes(document):
        address = address_of(path, operation, ids, is_theirs=True)
        if is_not_by_token(method, path) or ids.nobodys in address or path in NEEDS_MORE:
            continue
        body = body_of(path, operation, sampler, world)
        if (method, path) == ("put", "/api/closing-rules/{id}/"):  # whose fields depend on one another
            body = owner.get(address.removeprefix("/api/"))
        answer = owner.response(
            method, address.removeprefix("/api/"), body, status=None, If_Match='"of something else"'
        )
        asked += 1
        if answer.status_code != 412:
            wrong.append(f"{method} {path}: {answer.status_code} {answer.content.decode()[:200]}")
    assert asked > 70
    assert not wrong, "\n".join(wrong)
    assert world.position == before


def changing(world: World) -> list[tuple[str, str, Any]]:
    """What has no version of the restaurant's: where it is read, and a write that changes what is read there."""
    feed = f"staff/{world.staff_ids[0]}/feed/"
    return [
        ("me/notices/settings/", "patch me/notices/settings/", {"language": "ja"}),
        (feed, f"delete {feed}", None),
        ("tokens/", "post tokens/", {"name": "一"}),
        ("invitation-links/", "post invitation-links/", NEW_LINK),
        ("memberships/", "post memberships/", {"username": "x", "role": "viewer"}),
        ("webhooks/", "post webhooks/", {"url": "https://payroll.example.com/y", "events": ["*"]}),
    ]


def test_if_match__of_what_has_no_version__written_once_and_then_412(owner: Rest, world: World) -> None:
    owner.post(f"staff/{world.staff_ids[0]}/feed/", status=201)
    for read, write, body in changing(world):
        method, path = write.split(" ")
        etag = owner.response("get", read)["ETag"]
        done = owner.response(method, path, body, status=None, If_Match=etag)
        assert done.status_code < 300, (write, done.content)
        error = owner.refused(method, path, body, status=412, If_Match=etag)
        assert error["code"] == "precondition_failed"


@pytest.mark.parametrize("kind", ["tokens", "memberships"])
def test_if_match__of_one_of_a_list__as_it_is_read_alone(owner: Rest, world: World, kind: str) -> None:
    body = {"username": "x", "role": "viewer"} if kind == "memberships" else {"name": "x"}
    made = owner.response("post", f"{kind}/", body, status=201)
    path = made["Location"].removeprefix("/api/")
    etag = owner.response("get", path)["ETag"]
    if kind == "memberships":
        owner.patch(path, {"role": "manager"})
        owner.refused("delete", path, status=412, If_Match=etag)
        etag = owner.response("get", path)["ETag"]
    owner.response("delete", path, status=204, If_Match=etag)
    owner.refused("get", path, status=404)


def test_if_match__done_and_asked_again_under_its_key__the_same_answer(owner: Rest) -> None:
    etag = owner.response("get", "tokens/")["ETag"]
    done = owner.post("tokens/", {"name": "x"}, status=201, If_Match=etag, Idempotency_Key="k")
    assert owner.post("tokens/", {"name": "x"}, status=201, If_Match=etag, Idempotency_Key="k") == done


def test_token__of_somebody_else__is_none(as_role: AsRole, owner: Rest) -> None:
    made = owner.post("tokens/", {"name": "x"}, status=201)
    as_role(Role.MANAGER).refused("get", f"tokens/{made['id']}/", status=404)
    as_role(Role.MANAGER).refused("get", "tokens/x/", status=404)
