"""A client of which nothing is heard any more."""

from collections.abc import Iterator

import pytest

from shiftsync.core.actor import Role
from tests.support.client import Client
from tests.support.server import ServerProcess
from tests.support.world import World

WAITS = 200


@pytest.fixture(scope="module")
def brisk(database_url: str) -> Iterator[ServerProcess]:
    """A server that expects to hear from its clients every three seconds."""
    settings = {"DATABASE_URL": database_url, "DJANGO_SETTINGS_MODULE": "tests.support.brisk_settings"}
    with ServerProcess(settings) as process:
        yield process


def test_silence_of_two_heartbeats__v2__closes_with_4408_and_nobody_else(brisk: ServerProcess, world: World) -> None:
    token = world.tokens[Role.MANAGER]
    with (
        Client(brisk.url, token=token, v2=True) as silent,
        Client(brisk.url, token=token, v2=True) as alive,
        Client(brisk.url, token=token) as version_1,
    ):
        ack = silent.expect("CONNECTION_ACK")
        assert ack["payload"]["heartbeatSeconds"] == 3
        assert any(has_left(alive, ack["clientId"]) for _ in range(WAITS))
        assert silent.close_code() == 4408
        alive.settled()
        version_1.settled()


def has_left(client: Client, client_id: str) -> bool:
    """Shows itself alive, and waits a little for the news that the other has gone."""
    client.send("PING", {"timestamp": 0})
    try:
        entries = client.expect("PRESENCE_STATE", timeout=0.5)["payload"]["roster"]
    except TimeoutError:
        return False
    return any(entry["clientId"] == client_id and entry["state"] == "left" for entry in entries)


def test_silence__announced_by_a_page_in_the_background__is_borne(brisk: ServerProcess, world: World) -> None:
    token = world.tokens[Role.MANAGER]
    with Client(brisk.url, token=token, v2=True) as hidden, Client(brisk.url, token=token, v2=True) as silent:
        hidden.expect("CONNECTION_ACK")
        hidden.send("PING", {"timestamp": 0, "pauseSeconds": 60})
        hidden.expect("PONG")
        assert silent.close_code() == 4408
        hidden.settled()
