"""Every message with every id in its payload in turn another restaurant's: answered to the letter as one that nobody has."""

import json
import os
import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any
from uuid import uuid4

import pytest

from shiftsync.core.actor import Role
from shiftsync.realtime.export.document import protocol_schema
from shiftsync.realtime.export.schema import expanded
from tests.conftest import Connect
from tests.support.belongings import UUID_PATTERN, furnish, ids_of, told
from tests.support.client import Client
from tests.support.hostile import Sampler
from tests.support.world import World, make_world

STEP = 30
NAMES_AN_ID = re.compile(r"(Id|Ids|^ids|^from|^to|^copyFrom|members)$")
KINDS_OF = {
    "ruleId": "closingrule",
    "wishId": "wish",
    "availabilityId": "availability",
    "swapId": "swap",
    "wishIds": "wish",
    "limitId": "dailylimit",
    "configId": "mlmodelconfig",
    "versionId": "configversion",
    "groupId": "staffgroup",
    "groupIds": "staffgroup",
    "staffId": "staffmember",
    "staffIds": "staffmember",
    "targetIds": "staffmember",
    "jobId": "generationjob",
    "assignmentId": "backupassignment",
    "scheduleIds": "schedule",
    "from": "configversion",
    "to": "configversion",
    "copyFrom": "configversion",
}
FRESH = re.compile(r"new\d+|[\u4e00-\u5fff]")


class Asking:
    """Payloads of every message, with ids of one's own restaurant, and then one of them somebody else's."""

    def __init__(self, world: World, own: dict[str, str]) -> None:
        self._known: dict[str, Any] = {name: own[kind] for name, kind in KINDS_OF.items()} | {
            "scheduleId": world.schedule_id,
            "periodId": world.period_id,
            "shiftTypeId": own["shifttype"],
            "dateKey": "2025-08-01",
            "scheduleData": {world.staff_ids[0]: {"2025-08-01": "×"}},
            "members": world.staff_ids[0],
        }
        self._number = 0

    def sample(self, schema: Any) -> Any:
        """A payload; what must be new in a restaurant is."""
        self._number += 1
        new = {"symbol": chr(0x4E00 + self._number), "name": f"new{self._number}"}
        return deepcopy(Sampler({**self._known, **new}).sample(schema))

    def with_id(self, schema: Any, place: int, id: str) -> Any:
        """A payload whose id at that place is ``id``; None where it has no more of them."""
        payload = self.sample(schema)
        places = list(places_of(payload))
        if place >= len(places):
            return None
        holder, key, is_key = places[place]
        if is_key:
            holder[id] = holder.pop(key)
        else:
            holder[key] = id
        return payload


def places_of(value: Any, name: str = "") -> Iterator[tuple[Any, Any, bool]]:
    """Where in a payload ids stand: what holds each, under which key, and whether the id is the key itself."""
    pairs = list(value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ())
    for key, part in pairs:
        called = key if isinstance(value, dict) else name
        if isinstance(key, str) and UUID_PATTERN.fullmatch(key):
            yield value, key, True
        if called == "id":
            continue  # of a row that is to be made: tests/integration/access/test_probing.py
        if isinstance(part, str) and (NAMES_AN_ID.search(called) or UUID_PATTERN.fullmatch(part)):
            yield value, key, False
        yield from places_of(part, called)


def answers(client: Client, kind: str, payload: Any) -> list[str]:
    """All that answers a message, without what differs by itself."""
    request_id = str(uuid4())
    client.send(kind, payload, requestId=request_id)
    return [
        FRESH.sub("new", told(json.dumps([each["type"], each["payload"]], ensure_ascii=False)))
        for each in client.settled()
        if each.get("requestId") == request_id
    ]


@pytest.mark.parametrize("is_v2", [True, False])
def test_messages__with_their_id_or_nobodys_in_any_place__answered_alike(
    connect: Connect, world: World, is_v2: bool
) -> None:
    theirs = make_world("Elsewhere", ("山田", "高橋"))
    own, foreign = furnish(world), furnish(theirs)
    asking, client = Asking(world, own), connect(Role.OWNER, v2=is_v2)
    kinds = sorted(foreign)
    # Each has one companion: who made a row with it before goes on with that row, and so with the other.
    nobodys = {id: str(uuid4()) for id in foreign.values()}
    step = 1 if os.environ.get("TEST_LONG_WALK") else STEP
    protocol, before = protocol_schema(), theirs.position
    wrong: list[str] = []
    asked = 0
    for number, (kind, reference) in enumerate(protocol["client"].items()):
        schema = expanded(reference, protocol["$defs"])
        for place in range(40):
            if asking.with_id(schema, place, "") is None:
                break
            likely = {id for name, id in foreign.items() if name in likely_kinds(asking.sample(schema), place)}
            some = {foreign[name] for name in kinds[(number + place) % step :: step]}
            for id in sorted(likely | some):
                asked += 1
                found = answers(client, kind, asking.with_id(schema, place, id))
                unknown = answers(client, kind, asking.with_id(schema, place, nobodys[id]))
                if found != unknown:
                    wrong.append(f"{kind} {place} {id}:\n  {str(found)[:300]}\n  {str(unknown)[:300]}")
                assert id not in str(client.settled())
    assert asked > 100
    assert not wrong, "\n".join(wrong[:8])
    assert theirs.position == before
    assert ids_of(theirs) == foreign


def likely_kinds(payload: Any, place: int) -> set[str]:
    """What the id at that place is most likely one of."""
    _, key, is_key = list(places_of(payload))[place]
    if is_key:
        return {"staffmember"}
    return (
        {KINDS_OF.get(str(key), ""), re.sub(r"Ids?$", "", str(key)).lower()} if key != "id" else set(KINDS_OF.values())
    )
