"""Catching up after a break, subscriptions, undo and presence."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from shiftsync.core.actor import Role
from shiftsync.core.clock import now
from shiftsync.realtime.models import Change, Stream
from shiftsync.realtime.stream.pruning import prune_changes
from tests.conftest import Connect
from tests.support.world import World


def since(world: World) -> str:
    """The present position as a client keeps it."""
    return f"{world.position.epoch}:{world.position.version}"


def test_since__after_a_break__replays_what_was_missed_as_it_would_have_been(connect: Connect, world: World) -> None:
    author, witness = connect(), connect()
    start = since(world)
    author.ack("SHIFT_UPDATE", world.edit(0, "08-01", "×"))
    author.ack("STAFF_CREATE", {"name": "山田"})
    author.ack("SHIFT_BULK_UPDATE", {"scheduleId": world.schedule_id, "scheduleData": world.grid({0: {"08-02": "○"}})})
    live = witness.settled()
    client = connect(since=start)
    resumed = client.expect("RESUMED")
    replayed = [message for message in client.received if message.get("version") and message["type"] in types(live)]
    assert replayed == live
    assert resumed["payload"] == {
        "from": int(start.split(":")[1]),
        "epoch": world.position.epoch,
        "version": world.position.version,
    }
    author.ack("SHIFT_UPDATE", world.edit(0, "08-03", "×"))
    assert client.expect("SHIFT_BROADCAST")["payload"]["dateKey"] == "2025-08-01"
    assert client.expect("SHIFT_BROADCAST")["payload"]["dateKey"] == "2025-08-03"


def types(messages: list[dict[str, object]]) -> set[object]:
    """Their types."""
    return {message["type"] for message in messages}


def test_resume__while_connected__replays_and_goes_on(connect: Connect, world: World) -> None:
    client, author = connect(), connect()
    start = since(world)
    author.ack("SHIFT_UPDATE", world.edit(0, "08-01", "×"))
    client.expect("SHIFT_BROADCAST")
    answer = client.request("RESUME", {"since": start})
    assert answer["type"] == "RESUMED"
    assert client.expect("SHIFT_BROADCAST")["version"] == world.position.version


def test_resume__while_others_write__is_one_row_of_versions(connect: Connect, world: World) -> None:
    client, author = connect(), connect()
    start = since(world)
    for day in range(1, 9):
        author.ack("SHIFT_UPDATE", world.edit(0, f"08-{day:02}", "×"))
    client.settled()
    seen = len(client.received)
    for day in range(1, 21):
        author.send("SHIFT_UPDATE", world.edit(1, f"08-{day:02}", "○"), requestId=str(uuid4()))
        if day == 10:
            client.send("RESUME", {"since": start})
    client.expect("RESUMED")
    author.settled()
    client.settled()
    versions = [version for message in client.received[seen:] for version in versions_of(message)]
    replayed = versions[versions.index(int(start.split(":")[1]) + 1) :]
    assert replayed == list(range(replayed[0], world.position.version + 1))


def versions_of(message: dict[str, Any]) -> list[int]:
    """The versions of the changes in a frame's message."""
    if message["type"] == "BATCH":
        return [version for each in message["payload"]["messages"] for version in versions_of(each)]
    return [message["version"]] if message["type"].startswith("SHIFT_B") else []


@pytest.mark.parametrize("which", ["epoch", "ahead", "nonsense", "pruned"])
def test_resume__where_the_log_cannot_serve__must_resync(connect: Connect, world: World, which: str) -> None:
    author = connect()
    author.ack("SHIFT_UPDATE", world.edit(0, "08-01", "×"))
    version = world.position.version
    wanted = {
        "epoch": f"{uuid4()}:{version}",
        "ahead": f"{world.position.epoch}:{version + 1}",
        "nonsense": "yesterday",
        "pruned": f"{world.position.epoch}:{version - 1}",
    }[which]
    if which == "pruned":
        Change.objects.filter(restaurant_id=world.id).update(created_at=now() - timedelta(days=40))
        assert prune_changes()["changes"] == version
    client = connect(since=wanted)
    answer = client.expect("RESYNC_REQUIRED")["payload"]
    assert (answer["epoch"], answer["version"]) == (world.position.epoch, version)
    assert answer["reason"]
    author.ack("SHIFT_UPDATE", world.edit(0, "08-02", "×"))
    assert client.expect("SHIFT_BROADCAST")["version"] == version + 1


def test_resume__from_the_pruned_floor__has_no_hole(connect: Connect, world: World) -> None:
    author = connect()
    author.ack("SHIFT_UPDATE", world.edit(0, "08-01", "×"))
    Change.objects.filter(restaurant_id=world.id).update(created_at=now() - timedelta(days=40))
    prune_changes()
    floor = since(world)
    author.ack("SHIFT_UPDATE", world.edit(0, "08-02", "×"))
    client = connect(since=floor)
    assert client.expect("RESUMED")["payload"]["from"] == int(floor.split(":")[1])
    assert client.expect("SHIFT_BROADCAST")["payload"]["dateKey"] == "2025-08-02"


def test_epoch__replaced_beneath_open_sockets__all_are_told(connect: Connect, world: World) -> None:
    v2, v1 = connect(), connect(v2=False)
    epoch = uuid4()
    Stream.objects.filter(restaurant_id=world.id).update(epoch=epoch)
    assert v2.expect("RESYNC_REQUIRED")["payload"]["epoch"] == str(epoch)
    assert v1.close_code() == 1012


def test_viewer__resuming__hears_no_draft(connect: Connect, world: World) -> None:
    author = connect()
    start = since(world)
    author.ack("SHIFT_UPDATE", world.edit(0, "08-01", "×"))
    author.ack("SCHEDULE_PUBLISH", {"scheduleId": world.schedule_id})
    viewer = connect(Role.VIEWER, since=start)
    viewer.expect("RESUMED")
    told = [message["type"] for message in viewer.received]
    assert told.count("SCHEDULE_PUBLISH") == 1
    assert "SHIFT_BROADCAST" not in told


def test_subscriptions__topics__are_kept_to(connect: Connect, world: World) -> None:
    client, author = connect(), connect()
    assert client.request("UNSUBSCRIBE", {"topics": ["staff"]})["type"] == "ACK"
    author.ack("STAFF_CREATE", {"name": "山田"})
    author.ack("SHIFT_UPDATE", world.edit(0, "08-01", "×"))
    assert [message["type"] for message in client.settled()] == ["SHIFT_BROADCAST"]
    client.send("SUBSCRIBE", {"topics": ["staff", "shifts"], "scheduleIds": [str(uuid4())]})
    client.settled()
    author.ack("STAFF_CREATE", {"name": "川田"})
    author.ack("SHIFT_UPDATE", world.edit(0, "08-02", "×"))
    assert [message["type"] for message in client.settled()] == ["STAFF_CREATE"]
    error = client.request("SUBSCRIBE", {"topics": ["access"]})["payload"]
    assert error["details"].keys() == {"topics"}


def test_undo_redo__own_changes__step_by_step(connect: Connect, world: World) -> None:
    author, other = connect(client="mine"), connect()
    author.ack("SHIFT_UPDATE", world.edit(0, "08-01", "×"))
    author.ack(
        "SHIFT_BULK_UPDATE",
        {"scheduleId": world.schedule_id, "scheduleData": world.grid({0: {"08-01": "○", "08-02": "△"}})},
    )
    other.ack("SHIFT_UPDATE", world.edit(2, "08-01", "◇"))
    schedule = {"scheduleId": world.schedule_id}
    values = [grid(author, world)]
    for step in ("UNDO", "UNDO", "REDO", "REDO"):
        author.ack(step, schedule)
        values.append(grid(author, world))
    theirs = {2: {"08-01": "◇"}}
    assert values == [
        world.grid({0: {"08-01": "○", "08-02": "△"}, **theirs}),
        world.grid({0: {"08-01": "×"}, **theirs}),
        world.grid(theirs),
        world.grid({0: {"08-01": "×"}, **theirs}),
        world.grid({0: {"08-01": "○", "08-02": "△"}, **theirs}),
    ]
    assert author.request("REDO", schedule)["payload"]["code"] == "not_found"


def test_undo__where_another_changed_it_since__conflicts_then_partial_or_skip(connect: Connect, world: World) -> None:
    author, other = connect(client="mine"), connect()
    author.ack("SHIFT_UPDATE", world.edit(1, "08-01", "×"))
    author.ack(
        "SHIFT_BULK_UPDATE",
        {"scheduleId": world.schedule_id, "scheduleData": world.grid({0: {"08-01": "○", "08-02": "△"}})},
    )
    other.ack("SHIFT_UPDATE", world.edit(0, "08-01", "★"))
    error = author.request("UNDO", {"scheduleId": world.schedule_id})["payload"]
    assert error["code"] == "conflict"
    assert error["details"]["cells"] == [{"staffId": world.staff_ids[0], "dateKey": "2025-08-01", "shiftValue": "★"}]
    author.ack("UNDO", {"scheduleId": world.schedule_id, "partial": True})
    assert grid(author, world) == world.grid({0: {"08-01": "★"}, 1: {"08-01": "×"}})
    author.ack("UNDO", {"scheduleId": world.schedule_id, "skip": True})
    assert author.request("UNDO", {"scheduleId": world.schedule_id})["payload"]["code"] == "not_found"


def test_undo__anothers_change__is_not_mine(connect: Connect, world: World) -> None:
    author, window, colleague = connect(client="one"), connect(client="two"), connect(Role.OWNER, client="one")
    author.ack("SHIFT_UPDATE", world.edit(0, "08-01", "×"))
    for other in (window, colleague):
        assert other.request("UNDO", {"scheduleId": world.schedule_id})["payload"]["code"] == "not_found"


def grid(client, world: World):  # type: ignore[no-untyped-def]  # JSON of the wire
    client.send("SHIFT_SYNC_REQUEST", {"scheduleId": world.schedule_id})
    return client.expect("SHIFT_SYNC_RESPONSE")["payload"]["scheduleData"]


def test_presence__coming_moving_leaving__is_told_to_the_others(connect: Connect, world: World) -> None:
    first = connect(client="one")
    first.settled()  # who comes before that is in the first list that one gets
    second = connect(Role.OWNER, client="two")
    came = first.expect("PRESENCE_STATE")["payload"]
    assert came["complete"] is False
    assert came["roster"][0] == {
        "clientId": "two",
        "userId": str(world.users[Role.OWNER].id),
        "name": world.users[Role.OWNER].username,
        "scheduleId": None,
        "cell": None,
        "state": "viewing",
    }
    cell = {"staffId": world.staff_ids[0], "dateKey": "2025-08-01"}
    second.send("PRESENCE_UPDATE", {"scheduleId": world.schedule_id, "cell": cell, "state": "editing"})
    moved = first.expect("PRESENCE_STATE")["payload"]["roster"][0]
    assert (moved["cell"], moved["state"], moved["scheduleId"]) == (cell, "editing", world.schedule_id)
    third = connect(v2=False, client="three")
    third.send("SUBSCRIBE", {"topics": ["presence"]})
    everyone = third.expect("PRESENCE_STATE")["payload"]
    assert everyone["complete"] is True
    assert {entry["clientId"] for entry in everyone["roster"]} == {"one", "two"}
    second.close()
    assert first.expect("PRESENCE_STATE")["payload"]["roster"][0]["state"] == "left"
    assert world.position.version == first.received[0]["version"]
