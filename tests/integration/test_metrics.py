"""What ``/metrics`` of a running server says, against what was done to it."""

import re
import socket
from collections.abc import Iterator
from uuid import uuid4

import httpx
import pytest

from shiftsync.core.actor import Role
from shiftsync.tenants.services import membership_revoke
from tests.support.client import Client
from tests.support.raw_socket import RawSocket
from tests.support.server import ServerProcess
from tests.support.waiting import PATIENCE_SECONDS, wait_until
from tests.support.world import PASSWORD, World

SAMPLE = re.compile(r"^(\w+(?:\{[^}]*\})?) (\S+)$", re.MULTILINE)


class Watched:
    """A server's metrics: how much each has grown since the beginning."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._before = self._now()

    def grown(self, name: str, **labels: str) -> float:
        """By how much one of them has grown."""
        text = ",".join(f'{key}="{value}"' for key, value in sorted(labels.items()))
        key = f"{name}{{{text}}}" if labels else name
        return self._now().get(key, 0.0) - self._before.get(key, 0.0)

    def _now(self) -> dict[str, float]:
        return {key: float(value) for key, value in SAMPLE.findall(httpx.get(f"{self.url}/metrics").text)}


@pytest.fixture
def watched(database_url: str, world: World) -> Iterator[Watched]:
    """A server of its own, so that nobody else makes its numbers grow."""
    with ServerProcess({"DATABASE_URL": database_url, "SHIFTSYNC_SOCKETS_PER_USER": "2"}) as process:
        yield Watched(process.url)


def connected(watched: Watched, world: World, role: Role = Role.MANAGER, *, v2: bool = True) -> Client:
    client = Client(watched.url, token=world.tokens[role], v2=v2)
    client.expect("CONNECTION_ACK")
    return client


def test_messages__each__counts_once_by_type_and_outcome(watched: Watched, world: World) -> None:
    with connected(watched, world) as client, connected(watched, world, v2=False) as old:
        client.ack("SHIFT_UPDATE", world.edit(0, "08-01", "×"))
        assert client.request("SHIFT_UPDATE", {**world.edit(0, "08-01", "×"), "shiftValue": 7})["type"] == "ERROR"
        client.ack("STAFF_CREATE", {"name": "新人"})
        assert client.request("STAFF_UPDATE", {"staffId": str(uuid4()), "changes": {}})["type"] == "ERROR"
        assert client.request("SYNC_REQUEST", {"period": "x"})["type"] == "ERROR"
        client.request("SYNC_REQUEST", {})
        client.send_text("{")
        client.request("NOTHING", {})
        old.send("SHIFT_UPDATE", world.edit(1, "08-01", "△"))
        old.expect("SHIFT_BROADCAST")
        old.settled()
        client.settled()
    expected = {
        ("SHIFT_UPDATE", "ok"): 2,
        ("SHIFT_UPDATE", "validation_error"): 1,
        ("STAFF_CREATE", "ok"): 1,
        ("STAFF_UPDATE", "ok"): 0,
        ("STAFF_UPDATE", "not_found"): 1,
        ("SYNC_REQUEST", "ok"): 1,
        ("SYNC_REQUEST", "validation_error"): 1,
        ("CALENDAR_SYNC_REQUEST", "ok"): 2,
        ("unknown", "invalid_json"): 1,
        ("unknown", "unknown_type"): 1,
    }
    found = {
        (type, outcome): watched.grown("shiftsync_messages_total", type=type, outcome=outcome)
        for type, outcome in expected
    }
    assert found == expected


def test_commits__each_transaction__is_counted_with_its_requests_and_its_time(watched: Watched, world: World) -> None:
    with connected(watched, world) as client:
        for number in range(3):
            client.ack("SHIFT_UPDATE", world.edit(number, "08-02", "×"))
        client.ack("STAFF_CREATE", {"name": "新人"})
    transactions = watched.grown("shiftsync_commit_batch_size_count")
    assert watched.grown("shiftsync_commit_batch_size_sum") == 4
    assert transactions == watched.grown("shiftsync_commit_seconds_count") == 4
    assert 0 < watched.grown("shiftsync_commit_seconds_sum") < 60


def test_connections__open_and_closed__are_counted_by_version_and_code(watched: Watched, world: World) -> None:
    with connected(watched, world) as client, connected(watched, world, v2=False) as old:
        assert watched.grown("shiftsync_connections", protocol="v2") == 1
        assert watched.grown("shiftsync_connections", protocol="v1") == 1
        full = Client(watched.url, token=world.tokens[Role.MANAGER], v2=True)
        assert full.close_code() == 1013
        old.close()
        assert client.ack("SHIFT_UPDATE", world.edit(0, "08-03", "×"))
        wait_until(
            lambda: watched.grown("shiftsync_connections", protocol="v1") == 0,
            PATIENCE_SECONDS,
            "the old one to be gone",
        )
        lost = RawSocket(int(watched.url.rpartition(":")[2]), world.tokens[Role.OWNER], v2=True)
        lost.reset()
        membership_revoke(world.system, user_id=world.users[Role.MANAGER].id)
        assert client.close_code() == 4403
    stranger = Client(watched.url, token="ss_" + "x" * 43, v2=True)
    assert stranger.close_code() == 4401
    expected = {"1000": 1, "1006": 1, "1013": 1, "4403": 1}

    def closed() -> dict[str, float]:
        return {code: watched.grown("shiftsync_connections_closed_total", code=code) for code in expected}

    wait_until(lambda: closed() == expected, PATIENCE_SECONDS, f"{expected}")
    assert watched.grown("shiftsync_connections_closed_total", code="1005") == 0
    assert watched.grown("shiftsync_connections", protocol="v2") == 0
    assert watched.grown("shiftsync_connections_refused_total", reason="rate_limited") == 1
    assert watched.grown("shiftsync_connections_refused_total", reason="unauthenticated") == 1


def test_sign_ins__right_and_wrong__are_counted_by_outcome(watched: Watched, world: World) -> None:
    def sign_in(password: str) -> int:
        form = {"username": world.users[Role.VIEWER].username, "password": password, "csrfmiddlewaretoken": "c" * 32}
        return httpx.post(f"{watched.url}/sign-in/", data=form, cookies={"csrftoken": "c" * 32}).status_code

    assert sign_in(PASSWORD) == 302
    answers = [sign_in("wrong") for _ in range(12)]
    assert answers.count(429) == 2
    found = {
        outcome: watched.grown("shiftsync_sign_ins_total", outcome=outcome)
        for outcome in ("ok", "wrong", "too_many", "busy")
    }
    assert found == {"ok": 1, "wrong": 10, "too_many": 2, "busy": 0}


def test_http__client_that_hangs_up__is_no_error_of_ours(watched: Watched, world: World) -> None:
    host, port = watched.url.removeprefix("http://").split(":")
    opening = (
        f"POST /api/staff/ HTTP/1.1\r\nHost: {host}\r\nContent-Length: 100\r\nContent-Type: application/json\r\n\r\n"
    )
    with socket.create_connection((host, int(port))) as raw:
        raw.sendall(f"{opening}{{".encode())

    def gone() -> float:
        return watched.grown("shiftsync_http_requests_total", area="api", method="POST", status="none")

    wait_until(lambda: gone() == 1, PATIENCE_SECONDS, "the server to notice")
    assert watched.grown("shiftsync_http_requests_total", area="api", method="POST", status="5xx") == 0


def test_delivery__to_each_who_hears__is_counted(watched: Watched, world: World) -> None:
    with connected(watched, world) as client, connected(watched, world, Role.OWNER) as other:
        client.ack("SHIFT_UPDATE", world.edit(0, "08-04", "×"))
        other.expect("SHIFT_BROADCAST")
        client.settled()
    assert watched.grown("shiftsync_frames_delivered_total") == 2


def test_changes_of_another_process__read_from_the_log__are_gaps(
    watched: Watched, database_url: str, world: World
) -> None:
    with (
        ServerProcess({"DATABASE_URL": database_url}) as second,
        connected(watched, world) as client,
        Client(second.url, token=world.tokens[Role.OWNER], v2=True) as other,
    ):
        other.expect("CONNECTION_ACK")
        client.ack("SHIFT_UPDATE", world.edit(0, "08-05", "×"))
        assert watched.grown("shiftsync_hub_gaps_filled_total") == 0
        other.ack("SHIFT_UPDATE", world.edit(1, "08-05", "×"))
        client.wait_for(lambda message: message["payload"].get("staffId") == world.staff_ids[1])
        assert watched.grown("shiftsync_hub_gaps_filled_total") == 1
    wait_until(lambda: watched.grown("shiftsync_hub_lag_versions") == 0, PATIENCE_SECONDS, "the next poll")
