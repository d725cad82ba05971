"""Nothing of one restaurant reaches a user of another (P7)."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from shiftsync.core.actor import Role
from shiftsync.tenants.models import User
from shiftsync.tenants.services import membership_grant, membership_revoke, token_issue, token_revoke
from tests.support.client import Client, Message
from tests.support.server import ServerProcess
from tests.support.world import World, make_world


@pytest.fixture
def other(db_with_commits: None) -> World:
    """Another restaurant."""
    return make_world("Bakery", ("秘密", "内緒"))


@pytest.fixture
def mine(server: ServerProcess, world: World) -> Iterator[Client]:
    with Client(server.url, token=world.tokens[Role.OWNER], v2=True) as client:
        client.expect("PRESENCE_STATE")
        yield client


@pytest.fixture
def theirs(server: ServerProcess, other: World) -> Iterator[Client]:
    with Client(server.url, token=other.tokens[Role.OWNER], v2=True) as client:
        client.expect("PRESENCE_STATE")
        yield client


def secrets_of(world: World) -> list[str]:
    """What must never be read elsewhere."""
    people = [str(user.id) for user in world.users.values()]
    return [str(world.id), world.schedule_id, world.period_id, *world.staff_ids, *people, "秘密", "内緒"]


def assert_nothing_of(world: World, messages: list[Message]) -> None:
    text = json.dumps(messages, ensure_ascii=False)
    assert [secret for secret in secrets_of(world) if secret in text] == []


def test_changes__of_another_restaurant__are_not_heard_live_or_by_replay(
    mine: Client, theirs: Client, world: World, other: World
) -> None:
    start = f"{world.position.epoch}:0"
    theirs.ack("SHIFT_UPDATE", other.edit(0, "08-01", "×"))
    theirs.ack("STAFF_UPDATE", {"staffId": other.staff_ids[0], "changes": {"name": "内緒 秘密"}})
    theirs.send("PRESENCE_UPDATE", {"scheduleId": other.schedule_id, "state": "editing"})
    theirs.settled()
    mine.send("RESUME", {"since": start})
    for type in ("SYNC_REQUEST", "SYNC_ALL_PERIODS_REQUEST", "CALENDAR_SYNC_REQUEST"):
        mine.send(type)
    mine.send("SUBSCRIBE", {"topics": ["shifts"], "scheduleIds": [world.schedule_id]})
    mine.settled()
    assert_nothing_of(other, mine.received)


def test_resume__with_the_epoch_of_another__does_not_replay(mine: Client, theirs: Client, other: World) -> None:
    theirs.ack("SHIFT_UPDATE", other.edit(0, "08-01", "×"))
    mine.send("RESUME", {"since": f"{other.position.epoch}:0"})
    assert mine.expect("RESYNC_REQUIRED")
    assert_nothing_of(other, mine.received)


def intrusions(victim: World, own: World) -> list[tuple[str, dict[str, Any]]]:
    """Each message that names something, with what is another's."""
    schedule = {"scheduleId": victim.schedule_id}
    cell = {"staffId": victim.staff_ids[0], "dateKey": "2025-08-01"}
    return [
        ("SHIFT_UPDATE", victim.edit(0, "08-01", "×")),
        ("SHIFT_UPDATE", {**own.edit(0, "08-01", "×"), "staffId": victim.staff_ids[0]}),
        ("SHIFT_UPDATE", {**victim.edit(0, "08-01", "×"), "staffId": own.staff_ids[0]}),
        ("SHIFT_BULK_UPDATE", {**schedule, "scheduleData": victim.grid({0: {"08-01": "×"}})}),
        ("SHIFT_BULK_UPDATE", {"scheduleId": own.schedule_id, "scheduleData": victim.grid({0: {"08-01": "×"}})}),
        ("SHIFT_LOCK", {**schedule, "cells": [cell]}),
        ("SHIFT_UNLOCK", {"scheduleId": own.schedule_id, "cells": [cell]}),
        ("SCHEDULE_PUBLISH", schedule),
        ("SCHEDULE_UNPUBLISH", schedule),
        ("UNDO", schedule),
        ("REDO", schedule),
        ("STAFF_UPDATE", {"staffId": victim.staff_ids[0], "changes": {"name": "mine"}}),
        ("STAFF_DELETE", {"staffId": victim.staff_ids[0]}),
        ("STAFF_RESTORE", {"staffId": victim.staff_ids[0]}),
        ("STAFF_REORDER", {"staffIds": victim.staff_ids}),
    ]


def test_writes__naming_what_is_another_s__are_refused_as_what_does_not_exist(
    mine: Client, theirs: Client, world: World, other: World
) -> None:
    version = other.position.version
    theirs.settled()
    nowhere = make_nowhere(other)
    for (type, payload), (_, unknown) in zip(intrusions(other, world), intrusions(nowhere, world), strict=True):
        answer, reference = mine.request(type, payload), mine.request(type, unknown)
        assert answer["type"] == "ERROR", type
        assert anonymous(answer, payload) == anonymous(reference, unknown), type
    assert other.position.version == version
    assert [message["type"] for message in theirs.settled() if message["type"] != "PRESENCE_STATE"] == []


def test_create__with_an_id_of_another__makes_a_row_of_ones_own_under_another_id(mine: Client, other: World) -> None:
    dates = {"startDate": "2026-01-01", "endDate": "2026-01-31"}
    for type, payload in (
        ("STAFF_CREATE", {"id": other.staff_ids[0], "name": "mine"}),
        ("PERIOD_CREATE", {"id": other.period_id, **dates}),
    ):
        answer = mine.request(type, payload)
        assert answer["type"] == "ACK"
        assert payload["id"] not in str(answer), "the id would lead to what another restaurant has"
    assert_nothing_of(other, mine.received)


def make_nowhere(other: World) -> World:
    """A world of ids that nobody has."""
    return World(other.restaurant, str(uuid4()), str(uuid4()), [str(uuid4()) for _ in other.staff_ids])


def anonymous(answer: Message, payload: dict[str, Any]) -> str:
    """The answer's payload without the ids that the request itself named."""
    text = json.dumps(answer["payload"])
    for word in json.dumps(payload).replace('"', " ").split():
        if len(word) == 36:
            text = text.replace(word, "ID")
    return text


def test_sync__of_a_schedule_of_another__is_that_of_an_unknown_one(mine: Client, other: World, theirs: Client) -> None:
    theirs.ack("SHIFT_UPDATE", other.edit(0, "08-01", "×"))
    for schedule_id in (other.schedule_id, str(uuid4())):
        mine.send("SHIFT_SYNC_REQUEST", {"scheduleId": schedule_id})
        payload = mine.expect("SHIFT_SYNC_RESPONSE")["payload"]
        assert (payload["scheduleData"], payload["state"], payload["scheduleId"]) == ({}, None, schedule_id)


def test_user_of_both__each_socket__hears_its_own_restaurant_only(
    server: ServerProcess, world: World, other: World, theirs: Client
) -> None:
    shared = User.objects.create_user(f"shared-{uuid4().hex}")
    sockets = []
    for place in (world, other):
        membership_grant(place.system, user=shared, role=Role.MANAGER)
        sockets.append(Client(server.url, token=token_issue(place.system, user=shared)[1], v2=True, client="same"))
    here, there = sockets
    request_id = str(uuid4())
    here.ack("SHIFT_UPDATE", world.edit(0, "08-01", "×"), request_id)
    # The same id there is another request: answers do not cross either.
    there.ack("SHIFT_UPDATE", other.edit(1, "08-02", "△"), request_id)
    assert there.request("UNDO", {"scheduleId": other.schedule_id})["type"] == "ACK"
    here.settled(), there.settled()
    assert_nothing_of(other, [message for message in here.received if message["type"] != "PRESENCE_STATE"])
    assert world.staff_ids[0] not in json.dumps(there.received)
    for client in sockets:
        client.close()


def test_revoked_in_one__socket_in_the_other__stays(server: ServerProcess, world: World, other: World) -> None:
    shared = User.objects.create_user(f"shared-{uuid4().hex}")
    for place in (world, other):
        membership_grant(place.system, user=shared, role=Role.MANAGER)
    token, secret = token_issue(world.system, user=shared)
    with (
        Client(server.url, token=secret, v2=True) as first,
        Client(server.url, token=token_issue(world.system, user=shared)[1], v2=True) as second,
        Client(server.url, token=token_issue(other.system, user=shared)[1], v2=True) as third,
    ):
        for client in (first, second, third):
            client.expect("PRESENCE_STATE")
        token_revoke(world.system, token_id=token.id)
        assert first.close_code() == 4401
        membership_revoke(world.system, user_id=shared.id)
        assert second.close_code() == 4403
        assert third.ack("SHIFT_UPDATE", other.edit(0, "08-01", "×"))
