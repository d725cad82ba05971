"""docs/rest.md is true: each of its requests is answered as it says."""

import json
import re
import time
from pathlib import Path
from typing import Any

from django.test import Client

from shiftsync.core.actor import Role
from shiftsync.webhooks.rules.signing import as_secret, signed_headers
from tests.support.world import World

GUIDE = Path(__file__).parents[2] / "docs" / "rest.md"
REQUEST = re.compile(r"```http\n(.*?)```\s*Answer `(\d+)`", re.DOTALL)


def test_guide__each_request__answered_as_it_says(world: World) -> None:
    requests = REQUEST.findall(GUIDE.read_text(encoding="utf-8"))
    assert len(requests) == GUIDE.read_text(encoding="utf-8").count("```http")
    position = world.position
    names = {
        "day": "2025-08-01",
        "scheduleId": world.schedule_id,
        "staffId": world.staff_ids[0],
        "epoch": position.epoch,
        "version": str(position.version),
    }
    answers = []
    for text, status in requests:
        answer = ask(world, re.sub(r"\{(\w+)\}", lambda found: names[found[1]], text), int(status))
        answers.append(answer)
        if text.startswith("POST /api/webhooks/\n"):
            names["webhookId"] = answer["id"]
    events = next(answer["changes"] for answer in answers if "changes" in answer)
    assert [event["type"] for event in events] == ["SHIFT_BULK_BROADCAST"]
    refusal = json.loads(re.search(r"```json\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)[1])  # type: ignore[index]  # it is there
    given = next(answer for answer in answers if answer.get("status") == 400)
    assert {**given, "instance": ""} == {**refusal, "instance": ""}


def test_guide__its_check_of_a_delivery__takes_ours_and_no_other() -> None:
    (code,) = re.findall(r"```python\n(import base64.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    names: dict[str, Any] = {}
    exec(code, names)
    secret, moment = as_secret(b"k" * 32), int(time.time())
    headers = signed_headers("msg_1", moment, b"{}", [as_secret(b"n" * 32), secret])
    assert names["is_genuine"](secret, headers, b"{}")
    assert not names["is_genuine"](secret, headers, b"{} ")
    assert not names["is_genuine"](as_secret(b"x" * 32), headers, b"{}")
    assert not names["is_genuine"](secret, signed_headers("msg_1", moment - 301, b"{}", [secret]), b"{}")


def ask(world: World, text: str, status: int) -> dict[str, Any]:
    """The body of the answer to a request as the guide writes it, if it is an object."""
    head, _, body = text.partition("\n\n")
    (line, *lines) = head.splitlines()
    method, address = line.split(" ")
    headers = dict(each.split(": ", 1) for each in lines)
    response = Client(raise_request_exception=False).generic(
        method,
        address,
        body.strip(),
        content_type="application/json",
        headers={"Authorization": f"Bearer {world.tokens[Role.OWNER]}", **headers},
    )
    assert response.status_code == status, (text, response.content)
    answer = response.json()
    return answer if isinstance(answer, dict) else {}
