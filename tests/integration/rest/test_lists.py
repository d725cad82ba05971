"""Lists narrowed by what a query says, and what else makes a request another one."""

from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.test import Client

from tests.integration.rest.conftest import Rest
from tests.integration.rest.schema import Document
from tests.integration.rest.test_conditions import make_some
from tests.integration.rest.test_walk import Ids, address_of, operations
from tests.support.world import World


def lists(document: Document) -> list[tuple[str, dict[str, Any]]]:
    """Every operation that answers with a list, but of invitations, which no token has."""
    found = []
    for method, path, operation in operations(document):
        answer = operation["responses"].get("200", {}).get("content", {}).get("application/json", {}).get("schema", {})
        if method == "get" and answer.get("type") == "array" and path != "/api/invitations/":
            found.append((path, operation))
    return found


def test_lists__fields__only_these_of_each_and_no_others_are_taken(
    owner: Rest, world: World, document: Document
) -> None:
    make_some(owner, world)
    ids, seen = Ids(world), 0
    for path, operation in lists(document):
        (shape,) = [each["schema"] for each in operation["parameters"] if each["name"] == "fields"]
        address, names = address_of(path, operation, ids, is_theirs=True), shape["items"]["enum"]
        answered = owner._client.get(f"{address}?fields={names[0]}", headers=owner._headers)
        assert answered.status_code == 200, (path, answered.content)
        seen += bool(answered.json())
        assert all(set(row) <= {names[0]} for row in answered.json()), path
        whole = owner._client.get(address, headers=owner._headers).json()
        assert [row.get(names[0]) for row in answered.json()] == [row.get(names[0]) for row in whole], path
        error = owner.refused("get", f"{address.removeprefix('/api/')}?fields={names[0]},x", status=400)
        assert list(error["details"]) == ["fields"], path
    assert seen > 12


def test_list__fields_by_pages__the_next_page_has_them_too(owner: Rest) -> None:
    first = owner._client.get("/api/staff/?limit=1&fields=name&fields=id", headers=owner._headers)
    assert set(first.json()[0]) == {"id", "name"}
    rest = owner._client.get(first["Link"].partition(">")[0].strip("<"), headers=owner._headers)
    assert set(rest.json()[0]) == {"id", "name"}
    assert rest.json()[0] != first.json()[0]
    assert urlsplit(first["Link"]).query.count("fields=") == 2


@pytest.mark.parametrize("where", ["wishes/", "schedules/{id}/wishes/"])
def test_wishes__narrowed__by_people_kind_state_and_days(owner: Rest, world: World, where: str) -> None:
    path, made = where.format(id=world.schedule_id), {}
    for person, kind, day in ((0, "off", "2025-08-02"), (1, "cannot", "2025-08-03"), (2, "off", "2025-08-04")):
        body = {"staffId": world.staff_ids[person], "dateKey": day, "kind": kind}
        wish = owner.post(f"schedules/{world.schedule_id}/wishes/", body, status=201)["result"]["wish"]
        made[wish["id"]] = person
    answered = {"state": "declined", "wishIds": [next(iter(made))]}
    owner.post(f"schedules/{world.schedule_id}/wishes/answer/", answered)

    def people(query: str) -> list[int]:
        return [made[wish["id"]] for wish in owner.get(f"{path}?{query}")]

    ids = world.staff_ids
    assert people("kind=off") == [0, 2]
    assert people(f"staff={ids[0]},{ids[1]}") == people("from=2025-08-02&to=2025-08-03") == [0, 1]
    assert people("state=declined") == people(f"staff={ids[0]}&kind=off") == [0]
    assert people(f"staff={uuid4()}") == []
    for wrong, name in (("kind=day", "kind"), ("state=", "state"), ("type=off", "type"), ("from=x", "from")):
        assert list(owner.refused("get", f"{path}?{wrong}", status=400)["details"]) == [name]


def test_swaps__narrowed__no_unknown_state(owner: Rest, world: World) -> None:
    assert owner.get(f"swaps/?state=open,ended&staff={world.staff_ids[0]}") == []
    assert "state" in owner.refused("get", "swaps/?state=x", status=400)["details"]


def test_changes__of_several_types__by_comma_or_again_and_of_no_other(manager: Rest, world: World) -> None:
    position = world.position
    since = f"changes/?since={position.epoch}:{position.version}"
    manager.patch(f"staff/{world.staff_ids[0]}/", {"position": "a"})
    manager.post("staff/", {"name": "x"}, status=201)
    both = ["STAFF_UPDATE", "STAFF_CREATE"]
    assert [each["type"] for each in manager.get(f"{since}&type=STAFF_CREATE,STAFF_UPDATE")["changes"]] == both
    again = manager._client.get(f"/api/{since}&type=STAFF_CREATE&type=STAFF_UPDATE", headers=manager._headers)
    assert [each["type"] for each in again.json()["changes"]] == both
    assert [each["type"] for each in manager.get(f"{since}&type=STAFF_CREATE")["changes"]] == both[1:]
    assert list(manager.refused("get", f"{since}&type=STAFF_CREATE,STAF", status=400)["details"]) == ["type"]


def test_document__types_of_changes__closed_and_each_with_a_shape(document: Document) -> None:
    (named,) = [
        each["schema"]
        for each in document.json["paths"]["/api/changes/"]["get"]["parameters"]
        if each["name"] == "type"
    ]
    shapes = document.json["components"]["schemas"]["Change"]["discriminator"]["mapping"]
    assert set(named["items"]["enum"]) == set(shapes)


@pytest.mark.parametrize("path", ["/api/schema/?x=1", "/api/docs/?x=1", "/api/problems/gone/?x=1"])
def test_what_is_no_operation__unknown_parameter__refused_by_name(db_with_commits: None, path: str) -> None:
    response = Client().get(path)
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert list(response.json()["details"]) == ["x"]


# --- what makes a request another one ---


@pytest.mark.parametrize(
    "other", [{"strategy": "user_choice"}, {"baseVersion": 0}, {"reason": "x"}, {"position": "b"}, {"drop": "strategy"}]
)
def test_key__again_with_something_else__refused_by_its_name(manager: Rest, world: World, other: Any) -> None:
    path = f"staff/{world.staff_ids[0]}/"
    body = {"position": "a", "baseVersion": world.position.version, "strategy": "last_writer_wins"}
    done = manager.patch(path, body, Idempotency_Key="k")
    changed = {name: value for name, value in {**body, **other}.items() if name not in ("drop", other.get("drop"))}
    before = world.position
    assert list(manager.refused("patch", path, changed, status=400, Idempotency_Key="k")["details"]) == [
        "Idempotency-Key"
    ]
    assert manager.patch(path, body, Idempotency_Key="k") == done
    assert world.position == before


def test_key__again_for_another_address_or_query__refused_by_its_name(manager: Rest, world: World) -> None:
    first, second = (f"staff/{each}/" for each in world.staff_ids[:2])
    manager.delete(f"{first}?reason=a", Idempotency_Key="k")
    for method, path in (("delete", second), ("delete", f"{first}?reason=b"), ("post", f"{first}restore/")):
        assert "Idempotency-Key" in manager.refused(method, path, {}, status=400, Idempotency_Key="k")["details"]
