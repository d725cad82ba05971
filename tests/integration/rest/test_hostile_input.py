"""Every operation of the document, asked with every part of its input wrong in turn: never an error of ours, and JSON throughout."""

import json
import os
from collections.abc import Iterator
from itertools import islice
from typing import Any
from urllib.parse import quote, urlencode

from django.test import Client

from shiftsync.core.actor import Role
from tests.integration.rest.schema import Document
from tests.support.hostile import BODIES, OF_DAYS, OF_NUMBERS, OF_TEXT, Sampler
from tests.support.world import World

Asked = tuple[str, str, str | None]

PATHS_WRONG = ("\x00", "9" * 30, "x" * 300, "２０２５-08-01", "0001-01-01", "9999-12-31", "-1", "\x0b")
STEP = 7
BY_PLACE = {"schedules": "schedule_id", "periods": "period_id"}


class Walk:
    """The requests to make of each operation."""

    def __init__(self, world: World, document: Document) -> None:
        self._world = world
        self._components = document.json["components"]["schemas"]
        known = {
            "staffId": world.staff_ids[0],
            "dateKey": "2025-08-01",
            "staffIds": world.staff_ids[0],
            "username": "nobody",
        }
        self._sampler = Sampler(known, self._components)

    def requests(self, path: str, method: str, operation: dict[str, Any]) -> Iterator[Asked]:
        """Method, address and body of every request about one operation."""
        in_path = [each for each in operation.get("parameters", ()) if each["in"] == "path"]
        in_query = [each for each in operation.get("parameters", ()) if each["in"] == "query"]
        address = self._address(path, in_path)
        for parameter in in_path:
            for value in PATHS_WRONG:
                yield method, self._address(path, in_path, {parameter["name"]: value}), "{}"
        for parameter in in_query:
            for value in (*OF_TEXT, *OF_NUMBERS, *OF_DAYS):
                yield method, f"{address}?{urlencode({parameter['name']: value}, errors='surrogatepass')}", None
        body = operation.get("requestBody", {}).get("content", {}).get("application/json")
        if method in ("post", "put", "patch"):
            yield from ((method, address, json.dumps(value)) for value in BODIES)
        if body is not None:
            yield from ((method, address, json.dumps(value)) for value in self._sampler.spoilt(body["schema"]))

    def _address(self, path: str, parameters: list[dict[str, Any]], wrong: dict[str, str] | None = None) -> str:
        for parameter in parameters:
            name = parameter["name"]
            value = (wrong or {}).get(name) or self._known_part(path, name)
            path = path.replace(f"{{{name}}}", quote(value, safe=""))
        return path

    def _known_part(self, path: str, name: str) -> str:
        place = path.split("/")[2]
        known = {"date_key": "2025-08-01", "day": "2025-08-01", "version": "1", "staff_id": self._world.staff_ids[0]}
        if name == "id" and place == "staff":
            return self._world.staff_ids[0]
        if name == "id" and place in BY_PLACE:
            return str(getattr(self._world, BY_PLACE[place]))
        return known.get(
            name, str(self._world.id) if place == "restaurants" else "00000000-0000-4000-8000-000000000000"
        )


def thinned(requests: Iterator[Asked], start: int) -> Iterator[Asked]:
    """Some of them, others for each operation; all where the long walk is asked for (``TEST_LONG_WALK=1``)."""
    step = 1 if os.environ.get("TEST_LONG_WALK") else STEP
    return islice(requests, start % step, None, step)


def test_operations__every_part_of_the_input_wrong__never_an_error_of_ours(world: World, document: Document) -> None:
    client = Client(raise_request_exception=False, headers={"Authorization": f"Bearer {world.tokens[Role.OWNER]}"})
    walk = Walk(world, document)
    operations = [(path, *each) for path, methods in document.json["paths"].items() for each in methods.items()]
    wrong: list[str] = []
    for number, (path, method, operation) in enumerate(operations):
        for asked, address, body in thinned(walk.requests(path, method, operation), number):
            response = client.generic(asked.upper(), address, body or "", content_type="application/json")
            is_json = response.status_code < 400 or response["Content-Type"] == "application/problem+json"
            if response.status_code >= 500 or not is_json:
                wrong.append(
                    f"{response.status_code} {asked} {address[:120]} {(body or '')[:200]} {response.content[:100]!r}"
                )
    assert not wrong, "\n".join(wrong[:50])
