"""What a request costs in memory is given back: no request, however it is made, leaves a server much larger than it was."""

import json
from base64 import b64encode
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest
from openpyxl import Workbook

from shiftsync.core.actor import Role
from tests.support.server import ServerProcess
from tests.support.waiting import PATIENCE_SECONDS, wait_until
from tests.support.world import World

ALLOWED_BYTES = 50 << 20
MOST = (4 << 20) - 64


def resident(server: ServerProcess) -> int:
    """How much memory the process holds."""
    status = Path(f"/proc/{server.pid}/status").read_text()
    return 1024 * next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))


def workbook(rows: int, columns: int) -> str:
    """A large sheet of small cells: what fits into a request."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("2025-07")
    for row in range(rows):
        sheet.append([f"{row}-{column}" for column in range(columns)])
    file = BytesIO()
    book.save(file)
    return json.dumps({"file": b64encode(file.getvalue()).decode()})


def filled(piece: str) -> str:
    """A list of as many of those as a request may hold."""
    return "[" + ",".join([piece] * (MOST // (len(piece) + 1))) + "]"


WORST = {
    "sheet within the limits": lambda: workbook(4_000, 45),
    "sheet beyond the limits": lambda: workbook(6_000, 60),
    "empty lists": lambda: filled("[]"),
    "empty objects": lambda: filled("{}"),
    "numbers": lambda: filled("1.5"),
    "one text": lambda: json.dumps({"file": "あ" * (MOST // 3)}, ensure_ascii=False),
    "many keys": lambda: json.dumps({f"k{number}": number for number in range(180_000)}),
}


# What is given back is what the server made of the request's body, before it asks any database.
@pytest.mark.any_database
@pytest.mark.parametrize("name", WORST)
def test_memory__after_the_worst_request__is_nearly_what_it_was(server: ServerProcess, world: World, name: str) -> None:
    body: Any = WORST[name]()
    assert len(body.encode()) <= 4 << 20
    headers = {"Authorization": f"Bearer {world.tokens[Role.MANAGER]}", "Content-Type": "application/json"}

    def ask(content: str) -> int:
        address = f"{server.url}/api/schedules/{world.schedule_id}/import/preview/"
        return httpx.post(address, content=content, headers=headers, timeout=PATIENCE_SECONDS).status_code

    ask(json.dumps({"file": "eA=="}))  # what is loaded once is not what a request leaves behind
    before = resident(server)
    statuses = {ask(body) for _ in range(3)}
    assert statuses <= {200, 400, 413}
    wait_until(lambda: resident(server) - before < ALLOWED_BYTES, PATIENCE_SECONDS, "the memory to be given back")
