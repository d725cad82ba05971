"""Staff who are not to see each other's shifts: everything that answers is asked by one of them, and its answers are searched.

What there is to ask is read from the registries, so that whatever is added is asked too: operations of the OpenAPI document, questions of
the socket, models of the admin. A member of the role viewer asks the same and finds it, so that a walk that finds nothing is no accident.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib import admin
from django.test import Client as Browser
from django.urls import reverse

from shiftsync.config import ROOT
from shiftsync.core.actor import Role
from shiftsync.realtime.export.document import protocol_schema
from shiftsync.realtime.export.schema import expanded
from shiftsync.realtime.protocol.wire import BROADCASTS
from shiftsync.realtime.socket.router import HANDLERS, V1_HANDLERS, QueryHandler
from tests.conftest import Connect
from tests.integration.access.unseen import (
    OWN,
    hide_colleagues,
    link_staff,
    publish_secrets,
    text_of,
    told_of_colleagues,
)
from tests.integration.rest.schema import Document
from tests.integration.rest.test_walk import Ids, address_of, operations
from tests.support.client import Client
from tests.support.hostile import Sampler
from tests.support.messages import sources
from tests.support.world import World

READ = {"get", "head"}
RAW = re.compile(r"document_from\(|shown_publication\(|shown_document\(|parts_of_shown\(|publication__document")
READERS = {
    "schedules/rules/publication/document.py": "the document itself",
    "schedules/publications/rows.py": "the documents in the database",
    "schedules/publications/shown.py": "the door: what it answers is narrowed to who asks",
    "schedules/publications/statistics.py": "narrowed by the door",
    "schedules/exports/table.py": "narrowed by the door",
    "schedules/publications/feeds.py": "a calendar of one person, by a secret that is theirs or a manager's",
    "schedules/publications/kept.py": "for managers",
    "schedules/publications/readers.py": "for managers",
    "schedules/services/reminding.py": "for managers; answers with how many",
    "schedules/services/publishing.py": "writes them; the answer is for managers, the broadcast has a part for one person",
    "schedules/services/swap_deciding.py": "judges a swap; its answer is the swap",
    "schedules/services/swap_endings.py": "judges swaps; tells the two of each that it has ended",
    "schedules/services/swap_telling.py": "tells those of a swap, or those who could take an offer, the shifts that it is about",
    "schedules/selectors/past.py": "for the generator",
    "schedules/selectors/problem.py": "for the generator",
    "schedules/hooks/past.py": "whether somebody was planned",
}
"""Every module that reads what is published, and why it tells a staff member nothing of others."""


@pytest.fixture
def discreet(world: World) -> World:
    """A restaurant whose staff see their own shifts alone; its member of the role staff is 田中."""
    link_staff(world)
    hide_colleagues(world)
    publish_secrets(world)
    return world


def test_readers__of_what_is_published__are_those_that_were_thought_of() -> None:
    found = {str(path.relative_to(ROOT)) for path in sources() if RAW.search(Path(path).read_text())}
    assert found == READERS.keys(), (
        "narrow what it answers (`shown.seen_of`), and say here why it tells nothing of others"
    )


def addresses(world: World, path: str, operation: dict[str, Any], person: str) -> Iterator[str]:
    """The address of an operation about that person, plain and with each of its queries that may show more."""
    ids = Ids(world)
    ids.by_name["staffId"] = person
    if path.startswith("/api/staff/{"):
        path = path.replace("{id}", person)
    plain = address_of(path, operation, ids, is_theirs=True)
    yield plain
    more = {"published": "true", "period": "0", "includeDeleted": "true", "since": f"{world.position.epoch}:0"}
    named = {each["name"] for each in operation.get("parameters", ()) if each["in"] == "query"}
    yield from (f"{plain}?{urlencode({name: more[name]})}" for name in more.keys() & named)


def asked_by(role: Role, world: World, document: Document, person: int) -> dict[str, list[str]]:
    """What each operation tells somebody of that role of the colleagues of 田中; those that change something are tried as well."""
    found: dict[str, list[str]] = {}
    asker = Browser(raise_request_exception=False, headers={"Authorization": f"Bearer {world.tokens[role]}"})
    sampler = Sampler(
        {"staffId": world.staff_ids[person], "username": "nobody"}, document.json["components"]["schemas"]
    )
    for method, path, operation in operations(document):
        content = operation.get("requestBody", {}).get("content", {}).get("application/json")
        body = sampler.sample(content["schema"]) if content else None
        for address in addresses(world, path, operation, world.staff_ids[person]):
            response = asker.generic(method.upper(), address, document.text_of(body), content_type="application/json")
            told = told_of_colleagues(world, text_of(response.content), is_by_name=method in READ)
            if told:
                found[f"{method} {address.partition('?')[0].removeprefix('/api/')}"] = told
    return found


@pytest.mark.parametrize("person", [0, 1])
def test_rest__every_operation__tells_staff_nothing_of_colleagues(
    discreet: World, document: Document, person: int
) -> None:
    assert asked_by(Role.STAFF, discreet, document, person) == {}


def test_rest__the_same_by_a_viewer__tells_it(discreet: World, document: Document) -> None:
    month = f"get schedules/{discreet.schedule_id}/"
    parts = ("published/", "publication/", "cells/", "statistics/", "export.csv", "export.xlsx")
    told = asked_by(Role.VIEWER, discreet, document, 1)
    assert told.keys() >= {*(month + part for part in parts), "get changes/", "get staff/"}


def test_rest__own_shifts__stay_to_be_read(discreet: World) -> None:
    asker = Browser(headers={"Authorization": f"Bearer {discreet.tokens[Role.STAFF]}"})
    month = f"/api/schedules/{discreet.schedule_id}"
    mine = discreet.staff_ids[0]
    for part in ("published", "publication", "cells"):
        cells = asker.get(f"{month}/{part}/").json()["scheduleData"]
        assert cells.keys() == {mine}
        assert set(cells[mine].values()) == {OWN}
    named = asker.get(f"{month}/publication/").json()["colleagues"]
    assert named == [{"id": discreet.staff_ids[place], "name": name} for place, name in ((1, "佐藤"), (2, "鈴木"))]
    assert OWN in asker.get(f"{month}/export.csv").content.decode()
    assert [each["staffId"] for each in asker.get(f"{month}/statistics/").json()["people"]] == [mine]
    feed = asker.post(f"/api/staff/{mine}/feed/", content_type="application/json").json()["url"]
    assert told_of_colleagues(discreet, Browser().get(feed).content.decode()) == []


def test_rest__nobody_on_the_schedule__sees_nobodys_shifts(discreet: World, document: Document) -> None:
    link_staff(discreet, None)
    assert asked_by(Role.STAFF, discreet, document, 0) == {}
    asker = Browser(headers={"Authorization": f"Bearer {discreet.tokens[Role.STAFF]}"})
    shown = asker.get(f"/api/schedules/{discreet.schedule_id}/publication/").json()
    assert (shown["scheduleData"], shown["people"], shown["colleagues"]) == ({}, [], [])


def pages(world: World, role: Role) -> Iterator[tuple[str, str]]:
    """The pages of the front end and of the admin, as far as they open for that role."""
    browser = Browser()
    browser.force_login(world.users[role])
    for address in ("/", reverse("admin:index")):
        yield address, browser.get(address).content.decode()
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield name, browser.get(reverse(f"{name}_changelist")).content.decode()
        for row in model._default_manager.all()[:10]:
            yield f"{name} {row}", browser.get(reverse(f"{name}_change", args=[row.pk])).content.decode()
            yield f"{name} {row}", browser.get(reverse(f"{name}_history", args=[row.pk])).content.decode()


def test_pages__of_the_admin_too__tell_staff_nothing_of_colleagues(discreet: World) -> None:
    """The rules of the restaurant name people, and are for all its members."""
    wrong = {
        name: told
        for name, text in pages(discreet, Role.STAFF)
        if (told := told_of_colleagues(discreet, text, is_by_name="settings_app" not in name))
    }
    assert wrong == {}
    assert any(told_of_colleagues(discreet, text) for _, text in pages(discreet, Role.VIEWER))


# --- sockets ---


def questions(world: World, *, is_v2: bool) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every question of the socket, about the month and 田中."""
    protocol = protocol_schema()
    known = {"scheduleId": world.schedule_id, "periodIndex": 0, "period": 0, "staffId": world.staff_ids[0]}
    shapes = protocol["client"] if is_v2 else {**protocol["client"], **protocol["version1"]["client"]}
    handlers = HANDLERS if is_v2 else {**HANDLERS, **V1_HANDLERS}
    for name, handler in handlers.items():
        if isinstance(handler, QueryHandler):
            schema = expanded(shapes[name], protocol["$defs"])
            yield name, Sampler(known).sample(schema)
            yield name, {}


def every_message(world: World, *, is_v2: bool) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every message that a client may send, about the month and a colleague; a version 1 client that is refused is told what is there."""
    protocol = protocol_schema()
    cells = {world.staff_ids[1]: {"2025-08-01": "×"}}
    known = {
        "scheduleId": world.schedule_id,
        "staffId": world.staff_ids[1],
        "dateKey": "2025-08-01",
        "scheduleData": cells,
    }
    shapes = protocol["client"] if is_v2 else {**protocol["client"], **protocol["version1"]["client"]}
    for name, reference in shapes.items():
        yield name, Sampler(known).sample(expanded(reference, protocol["$defs"]))


def heard(client: Client, messages: Iterator[tuple[str, dict[str, Any]]]) -> list[dict[str, Any]]:
    """What a client is told when it sends those."""
    before = len(client.received)
    for name, payload in messages:
        client.send(name, payload)
    client.settled()
    return client.received[before:]


@pytest.mark.parametrize("is_v2", [True, False])
def test_socket__every_question__tells_staff_nothing_of_colleagues(
    connect: Connect, discreet: World, is_v2: bool
) -> None:
    staff, viewer = connect(Role.STAFF, v2=is_v2), connect(Role.VIEWER, v2=is_v2)
    told = heard(staff, questions(discreet, is_v2=is_v2))
    assert {"SYNC_RESPONSE", "SYNC_ALL_PERIODS_RESPONSE", "SHIFT_SYNC_RESPONSE"} <= {each["type"] for each in told}
    assert [each for each in told if told_of_colleagues(discreet, each)] == []
    assert OWN in str(told)
    assert any(told_of_colleagues(discreet, each) for each in heard(viewer, questions(discreet, is_v2=is_v2)))
    refused = heard(staff, every_message(discreet, is_v2=is_v2))
    assert [each for each in refused if told_of_colleagues(discreet, each, is_by_name=False)] == []


@pytest.mark.parametrize("is_v2", [True, False])
def test_socket__whatever_happens_to_the_month__tells_staff_nothing_of_colleagues(
    connect: Connect, discreet: World, is_v2: bool
) -> None:
    since = f"{discreet.position.epoch}:0"
    staff, viewer, manager = connect(Role.STAFF, v2=is_v2), connect(Role.VIEWER, v2=is_v2), connect()
    for client in (staff, viewer):
        client.send("SYNC_ALL_PERIODS_REQUEST", {})
        client.settled()
    before = len(staff.received)
    publish_secrets(discreet, "二")
    month = {"scheduleId": discreet.schedule_id}
    manager.ack("STAFF_REORDER", {"staffIds": discreet.staff_ids[::-1]})
    for name in ("SCHEDULE_PUBLISH", "SCHEDULE_UNPUBLISH", "SCHEDULE_RESTORE_PUBLICATION"):
        manager.ack(name, month)
    for client in (staff, viewer):
        client.settled()
    told = staff.received[before:]
    assert {"SCHEDULE_PUBLISH", "SCHEDULE_UNPUBLISH"} <= {each["type"] for each in told}
    assert OWN + "二" in str(told)
    assert [each for each in told if told_of_colleagues(discreet, each)] == []
    assert any(told_of_colleagues(discreet, each) for each in viewer.received)
    if is_v2:
        late = connect(Role.STAFF, since=since)
        late.expect("RESUMED")
        assert "SCHEDULE_PUBLISH" in {each["type"] for each in late.received}
        assert [each for each in late.received if told_of_colleagues(discreet, each)] == []


def test_broadcasts__that_all_hear__have_a_part_for_one_person_or_are_of_nobodys_shifts() -> None:
    about_shifts = {spec.type for spec in BROADCASTS.values() if spec.topic == "shifts" and not spec.is_for_editors}
    assert about_shifts == {spec.type for spec in BROADCASTS.values() if spec.narrowed is not None}
