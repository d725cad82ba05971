"""A log of JSON says, by ids alone, which request a line is about, whose it was and in which restaurant."""

import json
from pathlib import Path
from uuid import uuid4

import httpx

from shiftsync.core.actor import Role
from tests.support.server import ServerProcess
from tests.support.world import World


def test_refused_request__its_line__has_the_ids_and_no_name(world: World, database_url: str, tmp_path: Path) -> None:
    log, request_id, user = tmp_path / "log", str(uuid4()), world.users[Role.MANAGER]
    environment = {"DATABASE_URL": database_url, "SHIFTSYNC_LOG_FORMAT": "json"}
    headers = {"Authorization": f"Bearer {world.tokens[Role.MANAGER]}", "X-Request-Id": request_id}
    with ServerProcess(environment, log=log) as server:
        answer = httpx.post(f"{server.url}/api/staff/", json={"name": 7}, headers=headers, trust_env=False)
    assert (answer.status_code, answer.headers["X-Request-Id"]) == (400, request_id)
    lines = [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]
    (line,) = [line for line in lines if line.get("request") == request_id]
    assert (line["user"], line["restaurant"]) == (str(user.id), str(world.id))
    assert user.username not in log.read_text()
