"""A server's canary tells whether edits are taken and heard, and touches nothing of anybody's."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from django.db import connection, transaction

from shiftsync.core.actor import Role
from shiftsync.realtime.models import CanaryEdit
from tests.support.client import Client
from tests.support.server import ServerProcess
from tests.support.waiting import wait_until
from tests.support.world import World


@pytest.fixture
def singing(database_url: str, world: World) -> Iterator[ServerProcess]:
    with ServerProcess({"DATABASE_URL": database_url, "SHIFTSYNC_CANARY_SECONDS": "1"}) as process:
        yield process


def told(server: ServerProcess) -> Any:
    """How the last edit went."""
    return (httpx.get(f"{server.url}/health").json()["probes"]["canary"]["detail"] or {}).get("outcome")


def counted(server: ServerProcess, outcome: str) -> float:
    name = f'shiftsync_canary_total{{outcome="{outcome}"}} '
    found = [line for line in httpx.get(f"{server.url}/metrics").text.splitlines() if line.startswith(name)]
    return float(found[0].removeprefix(name)) if found else 0.0


def test_canary__of_a_server__is_heard_and_changes_no_restaurant(singing: ServerProcess, world: World) -> None:
    before = world.position
    with Client(singing.url, token=world.tokens[Role.OWNER], v2=True) as client:
        client.expect("CONNECTION_ACK")
        wait_until(lambda: counted(singing, "ok") >= 2, 30, "two edits of the canary")
        client.settled()
        assert not [each for each in client.received if each.get("version", 0) > before.version]
    assert told(singing) == "ok"
    assert world.position == before
    assert CanaryEdit.objects.get().number >= 2


def test_canary__database_that_takes_no_edit__says_so_and_pages_stay(singing: ServerProcess) -> None:
    with transaction.atomic():  # on SQLite this alone keeps others from writing
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
                cursor.execute("LOCK TABLE realtime_canaryedit IN SHARE MODE")
        wait_until(lambda: counted(singing, "unwritten") >= 1, 30, "an edit that is not taken")
        assert told(singing) == "unwritten"
        assert httpx.get(f"{singing.url}/health/ready").status_code == 200
    wait_until(lambda: told(singing) == "ok", 30, "an edit that is taken again")
