"""A socket that was opened with a token obeys the token's scopes, in both versions of the protocol."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from shiftsync.core.actor import Role
from shiftsync.tenants.services import token_issue
from tests.conftest import Connect
from tests.support.client import Client
from tests.support.server import ServerProcess
from tests.support.world import World


@contextmanager
def socket_of(server: ServerProcess, world: World, *scopes: str, v2: bool = True) -> Iterator[Client]:
    """A greeted socket of a manager's token of those scopes."""
    _, secret = token_issue(world.actor(Role.MANAGER), scopes=scopes)
    with Client(server.url, token=secret, v2=v2) as client:
        client.expect("CONNECTION_ACK")
        yield client


def lacks(client: Client, scope: str, type: str, payload: object) -> None:
    """That request is refused, and the scope is named."""
    error = client.request(type, payload)
    assert error["type"] == "ERROR"
    assert error["payload"]["code"] == "forbidden"
    assert error["payload"]["details"] == {"scope": scope}
    assert error["payload"]["message"] == f"This token lacks the scope {scope}."


def test_socket__of_a_token_that_reads__asks_and_changes_nothing(server: ServerProcess, world: World) -> None:
    before = world.position
    with socket_of(server, world, "schedule:read") as client:
        answer = client.request("SHIFT_SYNC_REQUEST", {"scheduleId": world.schedule_id})
        assert answer["type"] == "SHIFT_SYNC_RESPONSE"
        lacks(client, "schedule:write", "SHIFT_UPDATE", world.edit(0, "08-01", "×"))
        lacks(client, "schedule:write", "SHIFT_BULK_UPDATE", {"scheduleId": world.schedule_id, "scheduleData": {}})
        lacks(client, "staff:read", "SYNC_REQUEST", {})
        lacks(client, "staff:write", "STAFF_CREATE", {"name": "新人"})
        lacks(client, "settings:read", "SETTINGS_SYNC_REQUEST", {})
        lacks(client, "settings:write", "RESTAURANT_UPDATE", {"changes": {"name": "x"}})
    assert world.position == before


def test_socket__of_a_token_that_writes_in_one_area__does_so_there_alone(server: ServerProcess, world: World) -> None:
    with socket_of(server, world, "schedule:write") as client:
        assert client.ack("SHIFT_UPDATE", world.edit(0, "08-01", "×"))
        lacks(client, "staff:write", "STAFF_CREATE", {"name": "新人"})
    with socket_of(server, world, "staff:write") as client:
        assert client.ack("STAFF_CREATE", {"name": "新人"})
        lacks(client, "schedule:write", "SHIFT_UPDATE", world.edit(0, "08-01", "×"))


def test_socket__of_a_token__hears_only_its_areas_live_and_on_resuming(
    server: ServerProcess, world: World, connect: Connect
) -> None:
    position, manager = world.position, connect(Role.MANAGER)
    with socket_of(server, world, "staff:read") as client:
        manager.ack("SHIFT_UPDATE", world.edit(0, "08-01", "×"))
        added = manager.ack("STAFF_CREATE", {"name": "新人"})
        assert client.next()["type"] == "STAFF_CREATE"
        lacks(client, "schedule:read", "SUBSCRIBE", {"topics": ["staff", "shifts"]})
        lacks(client, "schedule:read", "SUBSCRIBE", {"topics": ["presence"]})
        client.send("RESUME", {"since": f"{position.epoch}:{position.version}"})
        assert client.next()["type"] == "STAFF_CREATE"
        resumed = client.next()
        assert (resumed["type"], resumed["version"]) == ("RESUMED", added["version"])


def test_version_1__whose_whole_states_mix_areas__needs_to_read_them_all(server: ServerProcess, world: World) -> None:
    _, secret = token_issue(world.actor(Role.MANAGER), scopes=["schedule:write", "staff:read"])
    with pytest.raises(InvalidStatus, match="HTTP 403"), Client(server.url, token=secret):
        pass
    with socket_of(server, world, "schedule:write", "staff:read", "settings:read", v2=False) as client:
        assert client.ack("SHIFT_UPDATE", world.edit(0, "08-01", "×"))
        lacks(client, "staff:write", "STAFF_CREATE", {"name": "新人"})


def test_version_1__that_only_reads__starts_no_generation(server: ServerProcess, world: World) -> None:
    reading = ("schedule:read", "staff:read", "settings:read")
    with socket_of(server, world, *reading, v2=False) as client:
        client.send(
            "GENERATE_SCHEDULE_ORTOOLS",
            {
                "staffMembers": [{"id": id, "name": "x"} for id in world.staff_ids],
                "dateRange": ["2025-08-01", "2025-08-02"],
            },
        )
        failed = client.expect("SCHEDULE_GENERATION_ERROR", "GENERATE_SCHEDULE_ERROR", "ERROR")
        assert "schedule:write" in failed["payload"]["error"]


@pytest.mark.parametrize("v2", [True, False])
def test_ticket__of_a_token__opens_no_more_than_the_token(server: ServerProcess, world: World, v2: bool) -> None:
    scopes = ["schedule:read", "staff:read", "settings:read"]
    _, secret = token_issue(world.actor(Role.MANAGER), scopes=scopes)
    answer = httpx.post(f"{server.url}/api/tickets/", headers={"Authorization": f"Bearer {secret}"}, json={})
    with Client(server.url, v2=v2, ticket=answer.json()["ticket"]) as client:
        client.expect("CONNECTION_ACK")
        lacks(client, "schedule:write", "SHIFT_UPDATE", world.edit(0, "08-01", "×"))
