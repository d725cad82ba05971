"""The document under /api/schema/ says what is really answered."""

from base64 import b64encode
from typing import Any

import pytest
import yaml
from django.test import Client

from shiftsync.core.actor import Role
from tests.integration.rest.conftest import AsRole
from tests.integration.rest.schema import Document
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


def test_document__every_operation__answers_as_it_says(as_role: AsRole, world: World) -> None:
    """``Rest`` checks every answer; here each operation is asked for once, so that none goes unchecked."""
    document = Document()
    owner = as_role(Role.OWNER)
    owner._document = document
    staff, schedule = f"staff/{world.staff_ids[0]}/", f"schedules/{world.schedule_id}"
    cell = f"{schedule}/cells/{world.staff_ids[0]}/2025-08-01/"
    cells = {"cells": [{"staffId": world.staff_ids[1], "dateKey": "2025-08-02"}]}
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
        ("get", f"periods/{period}/", None),
        ("patch", f"periods/{unused}/", {"endDate": "2031-01-15"}),
        ("delete", f"periods/{unused}/", None),
        ("put", "calendar/days/2025-08-01/", {"kind": "closed"}),
        ("patch", "calendar/days/2025-08-01/", {"kind": None}),
        ("get", path, None),
        ("put", path, {name: shift_type[name] for name in fields}),
        ("patch", path, {"color": "red"}),
        ("delete", path, None),
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
        ("post", f"{schedule}/publish/", {}),
        ("get", f"{schedule}/publication/", None),
        ("post", f"{schedule}/unpublish/", {}),
        ("post", f"{schedule}/restore-publication/", {}),
        ("post", f"{schedule}/lock/", cells),
        ("post", f"{schedule}/unlock/", cells),
        ("get", f"restaurants/{world.id}/", None),
        ("patch", f"restaurants/{world.id}/", {"name": "z"}),
        ("post", "tickets/", {}),
    ]
    for method, where, body in asked:
        owner.ask(method, where, body, status=201 if (method, where) in CREATED else 200, X_Client_Id="tab")
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
    owner.patch(f"memberships/{granted['id']}/", {"role": "viewer"})
    owner.delete(f"memberships/{granted['id']}/", status=204)
    owner.get("security-log/")
    owner.delete(f"tokens/{owner.post('tokens/', status=201)['id']}/", status=204)
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
