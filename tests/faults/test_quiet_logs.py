"""What a server logs while a service is away: one line when it goes, one when it is back, whatever fails meanwhile."""

import json
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.support.client import Client
from tests.support.provision import Place
from tests.support.server import ROOT, ServerProcess
from tests.support.services import Postgres, RedisServer, Service
from tests.support.waiting import PATIENCE_SECONDS, wait_until

pytestmark = [pytest.mark.services, pytest.mark.slow]

AWAY_SECONDS = 4.0
FEW = 8


def lines_of(log: Path, name: str) -> list[str]:
    return [json.loads(line)["message"] for line in log.read_text().splitlines() if f'"{name}.' in line]


@pytest.mark.parametrize("name", ["database", "redis"])
def test_server__service_away_while_people_edit_and_ask__few_lines_that_say_all(
    postgres: Postgres, redis: RedisServer, fault_database: str, places: Iterator[Place], tmp_path: Path, name: str
) -> None:
    place, log = next(places), tmp_path / "log"
    service: Service = postgres if name == "database" else redis
    environment = {"DATABASE_URL": fault_database, "REDIS_URL": redis.url, "SHIFTSYNC_LOG_FORMAT": "json"}
    with (
        ServerProcess(environment, log=log) as server,
        Client(server.url, token=place.tokens["owner"], v2=True) as client,
    ):
        client.expect("CONNECTION_ACK")
        wait_until(lambda: "server.started" in log.read_text(), PATIENCE_SECONDS, "the line at the start")
        assert "127.0.0.1" in next(line for line in log.read_text().splitlines() if "server.started" in line)
        busy = threading.Event()
        asking = threading.Thread(target=keep_asking, args=(server, place, client, busy))
        asking.start()
        service.restart(lambda: time.sleep(AWAY_SECONDS))
        wait_until(
            lambda: any(".back" in line for line in lines_of(log, name)), PATIENCE_SECONDS, "the line when it is back"
        )
        busy.set()
        asking.join()
    told = [line.split()[0] for line in lines_of(log, name)]
    assert told[:2] == [f"{name}.away", f"{name}.back"]
    assert len(log.read_text().splitlines()) <= FEW, log.read_text()
    assert "Traceback" not in log.read_text()


def keep_asking(server: ServerProcess, place: Place, client: Client, over: threading.Event) -> None:
    """Edits over the socket and asks over REST, whatever comes of it."""
    head = {"Authorization": f"Bearer {place.tokens['owner']}"}
    while not over.wait(0.02):
        httpx.get(f"{server.url}/api/me/", headers=head, timeout=30)
        # Answers are read: a client that does not is given no more after a while, and then asks nothing either.
        client.request("STAFF_SYNC_REQUEST", {"scheduleId": place.schedule})


def test_migrate__told_to_wait__goes_on_when_the_database_answers(postgres: Postgres, fault_database: str) -> None:
    command = [sys.executable, "manage.py", "migrate", "--wait", "--no-input", "--verbosity", "0"]
    environ = {"DATABASE_URL": fault_database, "DJANGO_SETTINGS_MODULE": "tests.settings", "PATH": "/usr/bin"}
    postgres.stop()
    try:
        waiting = subprocess.Popen(command, cwd=ROOT, env=environ, stderr=subprocess.PIPE, text=True)
        assert waiting.stderr is not None
        said = waiting.stderr.readline()
    finally:
        postgres.start()
    _, rest = waiting.communicate(timeout=60)
    assert waiting.returncode == 0
    assert re.match(r"Waiting for the database: postgresql://127\.0\.0\.1:\d+/\S+: .*refused", said)
    assert re.fullmatch(r"The database answers after \d+ s\.\n", rest)
