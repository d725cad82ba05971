"""Two installations on one Redis, with restaurants of the same ids: as when a copy of a database runs beside the original."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.client import Client
from tests.support.provision import Place, provision
from tests.support.server import ServerProcess
from tests.support.services import RedisServer

pytestmark = [pytest.mark.services, pytest.mark.slow]


@pytest.fixture
def installations(redis: RedisServer, tmp_path: Path) -> Iterator[tuple[Place, list[ServerProcess]]]:
    """A place that exists twice, and the servers of either database. Neither has been named yet when it is copied."""
    first, second = tmp_path / "first.sqlite3", tmp_path / "second.sqlite3"
    (place,) = provision(f"sqlite:///{first}", staff=2)
    shutil.copy(first, second)
    servers = [ServerProcess({"DATABASE_URL": f"sqlite:///{path}", "REDIS_URL": redis.url}) for path in (first, second)]
    try:
        yield place, [server.start() for server in servers]
    finally:
        for server in servers:
            server.stop()


def edit(place: Place, day: int, value: str) -> dict[str, str]:
    return {
        "scheduleId": place.schedule,
        "staffId": place.staff[0],
        "dateKey": f"2025-08-{day:02}",
        "shiftValue": value,
    }


def test_two_installations__same_restaurant_on_one_redis__do_not_hear_each_other(
    installations: tuple[Place, list[ServerProcess]],
) -> None:
    place, (here, there) = installations
    token = place.tokens["manager"]
    with (
        Client(here.url, token=token, v2=True) as busy,
        Client(there.url, token=token, v2=True) as quiet,
        Client(there.url, token=token, v2=False) as old,
    ):
        busy.expect("CONNECTION_ACK")
        old.expect("CONNECTION_ACK")
        client_id = quiet.expect("CONNECTION_ACK")["payload"]["clientId"]
        for day in range(1, 9):
            busy.ack("SHIFT_UPDATE", edit(place, day, "×"))
        assert quiet.settled() == old.settled() == []
        told = quiet.ack("SHIFT_UPDATE", edit(place, 1, "△"))
        assert old.expect("SHIFT_BROADCAST")["version"] == told["version"]
        rosters = [message["payload"]["roster"] for message in quiet.received if message["type"] == "PRESENCE_STATE"]
        assert {entry["clientId"] for roster in rosters for entry in roster} <= {client_id}
