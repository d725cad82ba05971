"""The document under /api/schema/ says what is really answered."""

import json
from base64 import b64encode
from dataclasses import replace
from typing import Any

import pytest
import yaml
from django.test import Client
from pytest_django import Settings

from shiftsync.config import Email
from shiftsync.core.actor import Role
from shiftsync.core.examples import SOME_SCHEDULE, SOMEBODY
from shiftsync.notices.serializers import PushBrowser
from shiftsync.tenants.models import User
from tests.integration.rest.conftest import AsRole, Rest
from tests.integration.rest.schema import Document
from tests.integration.rest.test_walk import Ids, address_of
from tests.support.world import World

HEART = [
    "calendar",
    "changes",
    "me",
    "memberships",
    "periods",
    "restaurants",
    "schedules",
    "shift-types",
    "staff",
    "tickets",
    "tokens",
]


def test_document__generated__without_a_warning(document: Document) -> None:
    assert document.warnings == []
    assert document.errors == []


def test_document__served__valid_for_people_and_programs(db_with_commits: None) -> None:
    response = Client().get("/api/schema/")
    served = yaml.safe_load(response.content)
    assert served["openapi"].startswith("3.1")
    assert b"swagger-ui" in Client().get("/api/docs/").content


def test_document__descriptions__are_of_the_schema_and_not_of_its_base(db_with_commits: None) -> None:
    schemas = yaml.safe_load(Client().get("/api/schema/").content)["components"]["schemas"]
    described = [schema["description"] for schema in schemas.values() if "description" in schema]
    assert described
    assert [text for text in described if "A payload of the protocol" in text] == []


def operations_on_schedule(world: World, cell: str, second: str) -> list[tuple[str, str, Any]]:
    """What is asked of one schedule, and of the ``second`` one, which follows it."""
    schedule = f"schedules/{world.schedule_id}"
    cells = {"cells": [{"staffId": world.staff_ids[1], "dateKey": "2025-08-02"}]}
    return [
        ("get", f"{schedule}/", None),
        ("get", f"{schedule}/published/", None),
        ("get", f"{schedule}/publication-preview/", None),
        ("get", f"{schedule}/publications/", None),
        ("put", cell, {"shiftValue": "×"}),
        ("patch", f"{schedule}/cells/", {"scheduleData": {}}),
        ("put", f"{schedule}/cells/", {"scheduleData": world.grid({0: {"08-01": "△"}})}),
        ("get", f"{schedule}/cells/", None),
        ("get", f"{cell}history/", None),
        *(("get", f"{schedule}/{name}/", None) for name in ("validation", "statistics", "coverage", "suggestions")),
        ("post", f"{schedule}/call-backups/", {}),
        ("get", f"schedules/{second}/copy-previous/", None),
        ("post", f"schedules/{second}/copy-previous/", {}),
        ("get", f"{schedule}/repeat-week/?weekStart=2025-07-28", None),
        ("post", f"{schedule}/repeat-week/", {"weekStart": "2025-07-28"}),
        ("post", f"{schedule}/wishes/answer/", {"state": "taken"}),
        ("get", f"{schedule}/wishes/", None),
        ("get", f"{schedule}/wish-terms/", None),
        ("patch", f"{schedule}/wish-terms/", {"limit": 3}),
        ("post", f"{schedule}/publish/", {}),
        ("get", f"{schedule}/publication/", None),
        ("get", f"{schedule}/readers/", None),
        ("post", f"{schedule}/readers/remind/", {}),
        ("post", f"{schedule}/unpublish/", {}),
        ("post", f"{schedule}/restore-publication/", {}),
        ("post", f"{schedule}/lock/", cells),
        ("post", f"{schedule}/unlock/", cells),
    ]


def ask_for_a_day(owner: Rest, world: World) -> None:
    """A colleague, who is off around that day, is asked to take a published shift."""
    schedule, off = f"schedules/{world.schedule_id}", dict.fromkeys(("08-01", "08-02", "08-03"), "×")
    owner.patch(f"{schedule}/cells/", {"scheduleData": world.grid({1: off})})
    owner.post(f"{schedule}/publish/")
    body = {"staffId": world.staff_ids[0], "dateKey": "2025-08-01", "otherId": world.staff_ids[1]}
    owner.post(f"{schedule}/swaps/", body, status=201)


def ask_about_swaps(owner: Rest, world: World) -> None:
    """What becomes of swaps: one is approved, one withdrawn."""
    schedule = f"schedules/{world.schedule_id}"
    owner.patch(f"{schedule}/cells/", {"scheduleData": world.grid({1: {"08-18": "×", "08-19": "×"}})})
    owner.post(f"{schedule}/publish/")
    for day, end in (("2025-08-18", "decide"), ("2025-08-19", "withdraw")):
        body = {"staffId": world.staff_ids[0], "dateKey": day, "otherId": world.staff_ids[1]}
        swap = owner.post(f"{schedule}/swaps/", body, status=201)["result"]["swap"]["id"]
        owner.post(f"swaps/{swap}/answer/", {"accepts": True})
        owner.post(f"swaps/{swap}/{end}/", {"approves": True, "anyway": True} if end == "decide" else {})
        owner.get(f"swaps/{swap}/")
    owner.get("swaps/")
    owner.get(f"{schedule}/swaps/")


def ask_for_what_follows_from_answers(owner: Rest, world: World, staff: str, cell: str) -> None:
    """Operations whose path or body comes from the answer to another one."""
    schedule = f"schedules/{world.schedule_id}"
    body = {"staffId": world.staff_ids[0], "dateKey": "2025-08-20", "kind": "off"}
    wish = owner.post(f"{schedule}/wishes/", body, status=201)["result"]["wish"]["id"]
    owner.get("wishes/")
    owner.get(f"wishes/{wish}/")
    owner.patch(f"wishes/{wish}/", {"weight": 5})
    owner.delete(f"wishes/{wish}/")
    evenings = {"staffId": world.staff_ids[0], "weekdays": [1], "availableFrom": "17:00"}
    entry = owner.post("availability/", evenings, status=201)["result"]["availability"]["id"]
    owner.get("availability/")
    owner.get(f"availability/{entry}/")
    owner.patch(f"availability/{entry}/", {"note": "授業"})
    owner.delete(f"availability/{entry}/")
    ask_about_swaps(owner, world)
    owner.post(f"{staff}feed/", status=201)
    owner.get(f"{staff}feed/")
    owner.delete(f"{staff}feed/", status=204)
    owner.response("get", f"{schedule}/export.csv")
    book = {"file": b64encode(owner.response("get", f"{schedule}/export.xlsx").content).decode()}
    owner.post(f"{schedule}/import/preview/", book)
    owner.post(f"{schedule}/import/", book)
    version = owner.get(f"{cell}history/")["changes"][0]["version"]
    owner.post(f"{cell}history/{version}/restore/", X_Client_Id="tab")
    owner.post(f"{schedule}/undo/", X_Client_Id="tab")
    owner.post(f"{schedule}/redo/", X_Client_Id="tab")
    granted = owner.post("memberships/", {"username": world.users[Role.VIEWER].username, "role": "manager"}, status=201)
    owner.get(f"memberships/{granted['id']}/")
    owner.patch(f"memberships/{granted['id']}/", {"role": "viewer"})
    owner.delete(f"memberships/{granted['id']}/", status=204)
    owner.get("security-log/")
    owner.get("me/person/")
    owner.post("me/qr-code/", {"text": "https://shifts.example.com/"})
    browser = browser_of(world.users[Role.OWNER])
    begun = browser.post(
        "/api/restaurants/",
        {"name": "二号店", "timezone": "Asia/Tokyo", "closingDay": 20},
        content_type="application/json",
    )
    owner._document.check("post", "restaurants/", begun)
    issued = f"tokens/{owner.post('tokens/', status=201)['id']}/"
    owner.get(issued)
    owner.delete(issued, status=204)
    path = f"restaurants/{world.id}/leave/"
    left = browser_of(world.users[Role.MANAGER]).post(f"/api/{path}", content_type="application/json")
    owner._document.check("post", path, left)


def browser_of(user: User) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def test_document__every_operation__answers_as_it_says(as_role: AsRole, world: World) -> None:
    """``Rest`` checks every answer; here each operation is asked for once, so that none goes unchecked."""
    document = Document()
    owner = as_role(Role.OWNER)
    owner._document = document
    staff, schedule = f"staff/{world.staff_ids[0]}/", f"schedules/{world.schedule_id}"
    cell = f"{schedule}/cells/{world.staff_ids[0]}/2025-08-01/"
    unused = owner.post("periods/", {"startDate": "2031-01-01"}, status=201)["result"]["period"]["id"]
    made_period = owner.post("periods/", status=201)["result"]["period"]
    period, second = made_period["id"], made_period["scheduleId"]
    fields = ("symbol", "kind", "labelJa", "labelEn", "color", "startTime", "endTime", "offEquivalent")
    made = owner.post("shift-types/", {"symbol": "昼", "kind": "normal", "startTime": "11:00"}, status=201)
    shift_type, path = made["result"]["shiftType"], f"shift-types/{made['result']['shiftType']['id']}/"
    member = owner.get(staff)
    writable = set(document.json["components"]["schemas"]["StaffPutRequest"]["required"])
    asked: list[tuple[str, str, Any]] = [
        *(("get", f"{name}/", None) for name in HEART if name != "tickets"),
        ("post", "staff/", {"name": "x"}),
        ("put", staff, {name: member[name] for name in writable}),
        ("patch", staff, {"name": "y"}),
        ("delete", staff, None),
        ("post", f"{staff}restore/", {}),
        ("post", "staff/reorder/", {"staffIds": world.staff_ids}),
        ("post", "staff/lists/read/", {"file": b64encode(b"Name\nAda\n").decode()}),
        ("get", f"periods/{period}/", None),
        ("patch", f"periods/{unused}/", {"endDate": "2031-01-15"}),
        ("delete", f"periods/{unused}/", None),
        ("post", f"periods/{unused}/restore/", {}),
        ("put", "calendar/days/2025-08-01/", {"kind": "closed"}),
        ("patch", "calendar/days/2025-08-01/", {"kind": None}),
        ("get", path, None),
        ("put", path, {name: shift_type[name] for name in fields}),
        ("patch", path, {"color": "red"}),
        ("delete", path, None),
        ("post", f"{path}restore/", {}),
        *operations_on_schedule(world, cell, second),
        ("get", f"restaurants/{world.id}/", None),
        ("patch", f"restaurants/{world.id}/", {"name": "z"}),
        ("post", "tickets/", {}),
        ("get", "me/notices/", None),
        ("post", "me/notices/read/", {}),
        ("get", "me/notices/settings/", None),
        ("patch", "me/notices/settings/", {"language": "ja"}),
        ("post", "me/push-subscriptions/", PushBrowser.example),
        ("post", "me/push-subscriptions/end/", {"endpoint": PushBrowser.example["endpoint"]}),
    ]
    for method, where, body in asked:
        owner.ask(method, where, body, status=201 if (method, where) in CREATED else 200, X_Client_Id="tab")
    ask_for_what_follows_from_answers(owner, world, staff, cell)
    ours = {(method, path) for method, path in document.operations if path.split("/")[2] in HEART}
    assert ours - document.seen == set()


CREATED = {("post", "staff/"), ("post", "tickets/")}


def test_names__on_the_wire__are_camel_case(document: Document) -> None:
    names = [
        name for schema in document.json["components"]["schemas"].values() for name in schema.get("properties", {})
    ]
    assert [name for name in names if "_" in name] == []


@pytest.mark.parametrize("path", ["/api/schema/", "/api/docs/"])
def test_document__anybody__may_read_it(db_with_commits: None, path: str) -> None:
    assert Client().get(path).status_code == 200


def test_examples__of_bodies__accepted_as_they_stand(
    owner: Rest, world: World, document: Document, settings: Settings
) -> None:
    """Ids in them are put in the place of ours; what they are about is made first, by the examples of the creates. Mail is set, for those
    that ask for one."""
    email = Email("127.0.0.1", 25, "smtp", "shifts@example.com")
    settings.CONFIG = replace(settings.CONFIG, email=email)
    components, wrong, asked = document.json["components"]["schemas"], [], 0
    ids = {SOMEBODY: world.staff_ids[0], SOME_SCHEDULE: world.schedule_id}
    ask_for_a_day(owner, world)
    ordered = sorted(
        document.operations, key=lambda each: (each[0] != "post" or "{" in each[1], each[1] == "/api/jobs/", each[1])
    )
    for method, path in ordered:
        content = document.json["paths"][path][method].get("requestBody", {}).get("content", {}).get("application/json")
        shape = (
            components[content["schema"]["$ref"].rpartition("/")[2]] if content and "$ref" in content["schema"] else {}
        )
        for example in shape.get("examples", []):
            text = json.dumps(example)
            for named, ours in ids.items():
                text = text.replace(named, ours)
            address = address_of(path, document.json["paths"][path][method], Ids(world), is_theirs=True)
            response = owner.response(method, address.removeprefix("/api/"), text, status=None)
            asked += 1
            if response.status_code >= 300:
                wrong.append(f"{method} {address} {text}: {response.content.decode()[:300]}")
    assert asked > 30
    assert not wrong, "\n".join(wrong)


def test_document__operations__described_named_and_refusing_alike(document: Document) -> None:
    names, tags = set(), {tag["name"] for tag in document.json["tags"]}
    for method, path in document.operations:
        operation = document.json["paths"][path][method]
        assert operation["operationId"].isalnum(), operation["operationId"]
        assert operation["operationId"] not in names
        names.add(operation["operationId"])
        assert operation["summary"], (method, path)
        assert set(operation["tags"]) <= tags
        is_about_oneself = method == "get" and path in ("/api/me/", "/api/restaurants/")
        refusals = (
            {"400", "401", "429"}
            | (set() if is_about_oneself else {"403", "404"})
            | ({"413"} if method != "get" else set())
        )
        assert refusals <= operation["responses"].keys()
        if any(each["name"] == "If-Match" for each in operation["parameters"]):
            assert {"409", "412", "423"} <= operation["responses"].keys()


def test_document__components__say_each_thing_once(document: Document) -> None:
    schemas = document.json["components"]["schemas"]
    text = json.dumps(document.json)
    assert [name for name in schemas if not name.isalnum() or "RequestRequest" in name or "Payload" in name] == []
    assert '{"oneOf": [{}' not in text
    bodies = {name: json.dumps({**schema, "description": ""}, sort_keys=True) for name, schema in schemas.items()}
    twins = [
        name for name in bodies if name.endswith("Request") and bodies[name] == bodies.get(name.removesuffix("Request"))
    ]
    assert twins == []
    # What a generator calls the thing itself must be no name of a part of it.
    assert [
        name for name, schema in schemas.items() if name.lower() in map(str.lower, schema.get("properties", {}))
    ] == []
    assert document.json["info"]["license"]["identifier"] == "MIT"
    assert all(scheme["description"] for scheme in document.json["components"]["securitySchemes"].values())


def test_lists__by_pages_and_filtered(owner: Rest, world: World) -> None:
    for number in range(5):
        owner.post("staff/", {"name": f"p{number}"}, status=201)
    everybody, found, path = owner.get("staff/"), [], "staff/?limit=3"
    while path:
        response = owner.response("get", path)
        found += response.json()
        path = response["Link"].partition(">")[0].removeprefix("</api/") if response.has_header("Link") else ""
    assert found == everybody
    for wrong in ("limit=0", "limit=1001", "limit=x", "cursor=x", "cursor=%25"):
        assert owner.refused("get", f"staff/?{wrong}", status=400)["details"]
    owner.put(
        f"schedules/{world.schedule_id}/cells/", {"scheduleData": world.grid({0: {"08-01": "△"}, 1: {"08-02": "×"}})}
    )
    cells = f"schedules/{world.schedule_id}/cells/"
    assert owner.get(f"{cells}?from=2025-08-02")["scheduleData"] == {world.staff_ids[1]: {"2025-08-02": "×"}}
    assert owner.get(f"{cells}?staff={world.staff_ids[0]}")["scheduleData"] == {world.staff_ids[0]: {"2025-08-01": "△"}}
    assert "to" in owner.refused("get", f"{cells}?from=2025-08-02&to=2025-08-01", status=400)["details"]
    assert owner.get("periods/?from=2031-01-01") == []
    assert [each["id"] for each in owner.get("schedules/?from=2025-08-01&to=2025-08-01")] == [world.schedule_id]


def test_changes__of_some_types__only_those(owner: Rest, world: World) -> None:
    position = world.position
    owner.patch(f"staff/{world.staff_ids[0]}/", {"position": "寿司"})
    owner.post("shift-types/", {"symbol": "昼", "kind": "normal"}, status=201)
    page = owner.get(f"changes/?since={position.epoch}:{position.version}&type=STAFF_UPDATE,STAFF_CREATE")
    assert [entry["type"] for entry in page["changes"]] == ["STAFF_UPDATE"]
    assert page["version"] == world.position.version
    assert "type" in owner.refused("get", "changes/?type=STAFF_UPDATED", status=400)["details"]
