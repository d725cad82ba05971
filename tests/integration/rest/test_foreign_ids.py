"""Every operation with every id in its address and its body in turn another restaurant's: answered to the letter as one that nobody has,
after the same statements, so that neither the answer nor how long it takes tells them apart."""

import json
import os
import re
from collections.abc import Iterator
from copy import deepcopy
from itertools import islice, zip_longest
from typing import Any
from uuid import uuid4

from django.db import connection, reset_queries
from django.test import Client
from django.test.utils import CaptureQueriesContext

from schedules.services.feeds import feed_issue
from shiftsync.core.actor import Role
from shiftsync.core.fence import within
from shiftsync.tenants.services import invitation_link_create
from shiftsync.webhooks.services import webhook_create, webhook_test
from tests.contract.test_foreign_ids import places_of
from tests.integration.rest.schema import Document
from tests.support.belongings import furnish, ids_of, told
from tests.support.hostile import Sampler
from tests.support.world import World

DAY = "2025-08-01"
FEW = 1
"""How many ids of other kinds than the likely ones stand in each place; all where the long walk is asked for (``TEST_LONG_WALK=1``)."""
_NUMBER = re.compile(r'"versionNumber":\d+')
_VALUE = re.compile(r"'[^']*'|\b[0-9a-f]{32}\b|\d+")
USED = 'UPDATE "tenants_apitoken" SET "last_used_at"'
"""Which one of many requests carries out: the first after a while."""


def furnished(world: World) -> dict[str, str]:
    """Something of every kind, what only owners see too; an id of each."""
    owner = world.actor(Role.OWNER)
    furnish(world)
    with within(world.id):
        webhook = webhook_create(owner, url="https://hooks.example.com/", events=["*"])
        webhook_test(owner, webhook_id=webhook.id)
        invitation_link_create(owner, role=Role.VIEWER)
        feed_issue(owner, staff_id=world.staff_ids[0])
    return ids_of(world)


class Asking:
    """What is sent to an operation, with one id in it somebody else's."""

    def __init__(self, world: World, own: dict[str, str], document: Document) -> None:
        self._own = {"schedule": world.schedule_id, "period": world.period_id, **own}
        known = {
            "staffId": world.staff_ids[0],
            "otherId": world.staff_ids[1],
            "dateKey": DAY,
            "scheduleId": world.schedule_id,
            "scheduleData": {world.staff_ids[0]: {DAY: "×"}},
        }
        self._sampler = Sampler(known, document.json["components"]["schemas"])

    def requests(self, path: str, operation: dict[str, Any], id: str) -> Iterator[tuple[str, Any]]:
        """Addresses and bodies with ``id`` in each place in turn."""
        names = [each["name"] for each in operation.get("parameters", ()) if each["in"] == "path"]
        content = operation.get("requestBody", {}).get("content", {}).get("application/json")
        body = self._sampler.sample(content["schema"]) if content else None
        for name in names:
            if name not in ("date_key", "day", "version"):
                yield self._address(path, names, {name: id}), body
        for place in range(len(list(places_of(body))) if body else 0):
            changed = deepcopy(body)
            holder, key, is_key = list(places_of(changed))[place]
            if is_key:
                holder[id] = holder.pop(key)
            else:
                holder[key] = id
            yield self._address(path, names, {}), changed

    def _address(self, path: str, names: list[str], given: dict[str, str]) -> str:
        for name in names:
            path = path.replace(f"{{{name}}}", given.get(name) or self._known(path, name))
        return path

    def _known(self, path: str, name: str) -> str:
        if name in ("date_key", "day"):
            return DAY
        if name == "version":
            return "1"
        place = "staff" if name == "staff_id" else path.split("/")[2]
        singular = place.replace("-", "").removesuffix("s")
        return self._own.get({"staff": "staffmember", "token": "apitoken"}.get(singular, singular), str(uuid4()))


def differing(found: tuple[Any, ...], unknown: tuple[Any, ...]) -> Iterator[tuple[Any, Any]]:
    """In what two answers are not alike; of their statements the first that is not."""
    *answers, statements = zip(found, unknown, strict=True)
    yield from (pair for pair in answers if pair[0] != pair[1])
    yield from islice((pair for pair in zip_longest(*statements) if pair[0] != pair[1]), 1)


def test_operations__with_their_id_or_nobodys_in_any_place__answered_alike(
    world: World, other_world: World, document: Document
) -> None:
    own, theirs = furnished(world), furnished(other_world)
    client = Client(raise_request_exception=False, headers={"Authorization": f"Bearer {world.tokens[Role.OWNER]}"})
    asking, before = Asking(world, own, document), other_world.position
    wrong: list[str] = []
    asked, few = 0, len(theirs) if os.environ.get("TEST_LONG_WALK") else FEW

    def answer(method: str, address: str, body: Any) -> tuple[int, str, list[str]]:
        reset_queries()
        with CaptureQueriesContext(connection) as carried_out:
            response = client.generic(method.upper(), address, json.dumps(body), content_type="application/json")
        statements = [_VALUE.sub("?", each["sql"]) for each in carried_out if USED not in each["sql"]]
        return response.status_code, _NUMBER.sub("N", told(response.content.decode())), statements

    operations = [(path, *each) for path, methods in document.json["paths"].items() for each in methods.items()]
    for number, (path, method, operation) in enumerate(operations):
        resource = path.split("/")[2].replace("-", "").removesuffix("s")
        likely = [id for kind, id in theirs.items() if resource in kind or kind in ("staffmember", "schedule")]
        others = [theirs[kind] for kind in sorted(theirs)]
        for id in dict.fromkeys([*likely, *(others[(number + each) % len(others)] for each in range(few))]):
            pairs = zip(
                asking.requests(path, operation, id), asking.requests(path, operation, str(uuid4())), strict=True
            )
            for foreign, nobodys in pairs:
                asked += 1
                found, unknown = answer(method, *foreign), answer(method, *nobodys)
                if found != unknown or found[0] >= 500:
                    told_apart = [f"\n  {str(one)[:400]}\n  {str(two)[:400]}" for one, two in differing(found, unknown)]
                    wrong.append(f"{method} {path} {foreign}{''.join(told_apart)}")
    assert asked > 500
    assert not wrong, "\n".join(wrong[:40])
    assert other_world.position == before
    assert ids_of(other_world) == theirs
