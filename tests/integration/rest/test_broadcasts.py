"""A change made by REST reaches the open sockets of a server process, whichever process answered it."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from shiftsync.core.actor import Role
from tests.conftest import Connect
from tests.integration.rest.conftest import Rest
from tests.support.server import ServerProcess
from tests.support.world import PASSWORD, World


@pytest.mark.parametrize(
    ("method", "path", "body", "type"),
    [
        ("post", "staff/", {"name": "山本"}, "STAFF_CREATE"),
        ("patch", "staff/{staff}/", {"position": "寿司"}, "STAFF_UPDATE"),
        ("delete", "staff/{staff}/", None, "STAFF_DELETE"),
        ("post", "periods/", {}, "PERIOD_CREATE"),
        ("put", "calendar/days/2025-08-13/", {"kind": "closed"}, "CALENDAR_UPDATE"),
        ("post", "shift-types/", {"symbol": "昼", "kind": "normal"}, "SHIFT_TYPE_CREATE"),
        ("put", "schedules/{schedule}/cells/{staff}/2025-08-01/", {"shiftValue": "×"}, "SHIFT_BROADCAST"),
        (
            "patch",
            "schedules/{schedule}/cells/",
            {"scheduleData": {"{staff}": {"2025-08-01": "×"}}},
            "SHIFT_BULK_BROADCAST",
        ),
        ("post", "schedules/{schedule}/publish/", {}, "SCHEDULE_PUBLISH"),
    ],
)
def test_change__by_rest__heard_by_sockets(
    manager: Rest, connect: Connect, world: World, method: str, path: str, body: Any, type: str
) -> None:
    client = connect()
    names = {"{staff}": world.staff_ids[0], "{schedule}": world.schedule_id}
    for name, value in names.items():
        path = path.replace(name, value)
    if body and "scheduleData" in body:
        body = {"scheduleData": {world.staff_ids[0]: {"2025-08-01": "×"}}}
    key = str(uuid4())
    status = 201 if type in ("STAFF_CREATE", "PERIOD_CREATE", "SHIFT_TYPE_CREATE") else 200
    ack = manager.ask(method, path, body, status=status, Idempotency_Key=key, X_Client_Id="rest-tab")
    heard = client.expect(type)
    assert (heard["version"], heard["clientId"]) == (ack["version"], "rest-tab")


def test_change__by_session_at_the_server__heard_by_sockets(
    server: ServerProcess, connect: Connect, world: World
) -> None:
    client = connect()
    with httpx.Client(base_url=server.url, follow_redirects=True) as browser:
        sign_in(browser, world)
        response = browser.put(
            f"/api/schedules/{world.schedule_id}/cells/{world.staff_ids[0]}/2025-08-01/",
            json={"shiftValue": "×"},
            headers={"X-CSRFToken": browser.cookies["csrftoken"], "Idempotency-Key": str(uuid4())},
        )
    assert response.status_code == 200, response.text
    assert client.expect("SHIFT_BROADCAST")["version"] == response.json()["version"]


def test_repeat__over_socket_and_rest__one_change(manager: Rest, connect: Connect, world: World) -> None:
    client, key = connect(), str(uuid4())
    ack = client.ack("SHIFT_UPDATE", world.edit(0, "08-01", "×"), key)
    cell = f"schedules/{world.schedule_id}/cells/{world.staff_ids[0]}/2025-08-01/"
    assert manager.put(cell, {"shiftValue": "×"}, Idempotency_Key=key) == ack


def sign_in(browser: httpx.Client, world: World, role: Role = Role.MANAGER) -> None:
    """Signs in as a browser does."""
    browser.get("/sign-in/")
    credentials = {"username": world.users[role].username, "password": PASSWORD}
    form = {**credentials, "csrfmiddlewaretoken": browser.cookies["csrftoken"]}
    response = browser.post("/sign-in/", data=form, headers={"Referer": str(browser.base_url)}, follow_redirects=False)
    assert response.status_code == 302, response.text
