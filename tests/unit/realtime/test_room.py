"""One restaurant's delivery inside a process: order, gaps, joining, whole states."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from schedules.services.cells import CellEdit, CellsEdit, cell_edit, cells_edit
from shiftsync.core.actor import Actor, Role
from shiftsync.core.encoding import encode
from shiftsync.core.errors import Forbidden, Unauthenticated
from shiftsync.realtime.events import LoggedChange
from shiftsync.realtime.hub.connection import Connection
from shiftsync.realtime.hub.delivery import Delivery
from shiftsync.realtime.hub.hub import Hub, group_of
from shiftsync.realtime.hub.log_reader import LogReader
from shiftsync.realtime.hub.presence import entry_of
from shiftsync.realtime.hub.presence_news import repeat_presence
from shiftsync.realtime.hub.room import Room
from shiftsync.realtime.hub.snapshots import Snapshots
from shiftsync.realtime.protocol.envelope import envelope
from shiftsync.realtime.protocol.frames import Frame
from shiftsync.realtime.protocol.wire import Listener, Protocol
from shiftsync.realtime.socket.greeting import greet
from shiftsync.realtime.socket.session import Session
from shiftsync.realtime.stream.database import run_db
from shiftsync.realtime.stream.log import read_after
from shiftsync.realtime.stream.requests import ChangeRequest
from shiftsync.realtime.stream.selectors import installation_id
from shiftsync.tenants.models import ApiToken
from shiftsync.tenants.services import membership_grant, membership_revoke, token_revoke
from tests.support.peer import Peer, flushed, open_connection
from tests.support.waiting import PATIENCE_SECONDS, until
from tests.support.world import World


@asynccontextmanager
async def a_room(restaurant_id: UUID, position: int) -> AsyncIterator[Room]:
    """A room without a hub, and what it reads the log with, which is ended afterwards."""
    log = LogReader()
    try:
        yield Room(restaurant_id, "epoch", position, log)
    finally:
        await log.close()


@asynccontextmanager
async def a_hub() -> AsyncIterator[Hub]:
    hub = Hub()
    try:
        yield hub
    finally:
        await hub.close()


def edit(world: World, value: str, day: str = "08-01") -> LoggedChange:
    """A committed edit."""
    intent = CellEdit(world.schedule_id, world.staff_ids[0], f"2025-{day}", value)
    change = cell_edit(ChangeRequest(world.actor(), intent)).change
    assert change is not None
    return change


def edit_many(world: World, value: str) -> None:
    intent = CellsEdit(world.schedule_id, world.grid({0: {"08-01": value}}))
    cells_edit(ChangeRequest(world.actor(), intent))


async def run_until(room: Room, version: int) -> None:
    """Lets the room deliver until it has reached ``version``."""
    running = asyncio.create_task(room.run())
    try:
        await asyncio.wait_for(room.reach(version), PATIENCE_SECONDS)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


# --- order and gaps ---


@pytest.mark.parametrize(
    "told",
    [
        [0, 1, 2, 3, 4],  # all, in order
        [4, 3, 2, 1, 0],  # out of order
        [0, 2, 4],  # gaps
        [4],  # only the last
        [1, 1, 1, 0],  # again and again; the end comes as a hint
        [],  # nothing but the hint
    ],
)
async def test_room__whatever_it_is_told__delivers_each_version_once_and_in_order(
    world: World, told: list[int]
) -> None:
    start = (await run_db(lambda: world.position)).version
    changes = [await run_db(edit, world, value) for value in "○△◇×★"]
    peer = Peer()
    connection = open_connection(peer)
    async with a_room(world.id, start) as room:
        room.add(connection)
        for index in told:
            room.receive([changes[index]])
        await run_until(room, changes[-1].version)
        await flushed(connection)
    assert peer.versions == [change.version for change in changes]
    assert [message["payload"]["shiftValue"] for message in peer.messages] == list("○△◇×★")
    assert room.lag == 0


async def test_room__hint_of_the_past__does_nothing(world: World) -> None:
    async with a_room(world.id, 50) as room:
        room.expect(7)
        room.receive([])
    assert (room.position, room.lag) == (50, 0)


async def test_room__hint_that_the_log_does_not_confirm__changes_nothing(world: World) -> None:
    start = (await run_db(lambda: world.position)).version
    peer = Peer()
    connection = open_connection(peer)
    async with a_room(world.id, start) as room:
        room.add(connection)
        running = asyncio.create_task(room.run())
        room.hear(start + 5)
        await until(lambda: room.lag == 0, PATIENCE_SECONDS, "the hint to be looked up")
        change = await run_db(edit, world, "○")
        room.hear(change.version)
        await asyncio.wait_for(room.reach(change.version), PATIENCE_SECONDS)
        running.cancel()
    assert not connection.is_closing
    await flushed(connection)
    assert peer.versions == [change.version]


async def test_hub__foreign_hint__lets_no_room_start_over(world: World) -> None:
    async with a_hub() as hub:
        peer = Peer()
        connection = open_connection(peer, actor=world.actor())
        room = await hub.join(connection)
        connection.release()
        epoch = room.epoch
        hub._heard({"restaurant": str(world.id), "from": "another", "version": room.position + 1_000})
        change = await run_db(edit, world, "○")
        await asyncio.wait_for(room.reach(change.version), PATIENCE_SECONDS)
        await until(lambda: room.lag == 0, PATIENCE_SECONDS, "the hint to be looked up")
        assert (room.epoch, connection.is_closing) == (epoch, False)
        await flushed(connection)
        assert peer.types == ["SHIFT_BROADCAST"]


async def test_hub__restaurant_of_the_same_id_elsewhere__has_another_group(world: World) -> None:
    here = await run_db(installation_id)
    assert here == await run_db(installation_id)
    assert group_of(here, world.id) != group_of(uuid4(), world.id)


# --- joining ---


async def test_join__one_leaves_while_others_are_at_the_door__all_are_in_one_room(world: World) -> None:
    async with a_hub() as hub:
        first, second, third = (open_connection(Peer(), actor=world.actor()) for _ in range(3))

        async def come_and_go() -> None:
            await hub.join(first)
            hub.leave(first)

        coming = asyncio.create_task(come_and_go())
        waiting = asyncio.create_task(hub.join(second))
        await coming
        late = asyncio.create_task(hub.join(third))
        rooms = await asyncio.gather(waiting, late)
        assert rooms[0] is rooms[1] is hub.rooms[world.id]
        assert hub.rooms[world.id].connections == {second, third}


async def test_leave__the_last_one__closes_the_room(world: World) -> None:
    async with a_hub() as hub:
        connection = open_connection(Peer(), actor=world.actor())
        await hub.join(connection)
        hub.leave(connection)
        hub.leave(connection)
        assert hub.rooms == {}
        assert hub.connection_count == 0


async def test_greet__access_closed_since_the_handshake__is_refused(world: World) -> None:
    manager, viewer = world.actor(), world.actor(Role.VIEWER)
    owner = await run_db(token_actor, world, Role.OWNER)
    await run_db(membership_revoke, world.system, user_id=world.users[Role.VIEWER].id)
    await run_db(membership_grant, world.system, user=world.users[Role.MANAGER], role=Role.VIEWER)
    assert owner.token_id is not None
    await run_db(token_revoke, world.system, token_id=owner.token_id)
    async with a_hub() as hub:
        for actor, error in ((manager, Forbidden), (viewer, Forbidden), (owner, Unauthenticated)):
            connection = open_connection(Peer(), actor=actor)
            session = Session(hub, await hub.join(connection), connection, 0)
            with pytest.raises(error):
                await greet(session, None)


def two_edits(world: World) -> list[str]:
    """The positions before, between and after two edits, as clients keep them."""
    before = world.position
    between, after = (edit(world, "×", day).version for day in ("08-01", "08-02"))
    return [f"{before.epoch}:{version}" for version in (before.version, between, after)]


async def test_greet__many_at_once__each_is_told_what_it_missed_itself(world: World) -> None:
    before, between, after = await run_db(two_edits, world)
    first, second = (("SHIFT_BROADCAST", int(place.split(":")[1])) for place in (between, after))
    ended = ("RESUMED", second[1])
    expected: dict[str | None, list[tuple[str, int]]] = {
        before: [first, second, ended],
        between: [second, ended],
        "another:1": [("RESYNC_REQUIRED", second[1])],
        None: [],
    }
    places = [*expected, *expected, *expected]
    async with a_hub() as hub:
        peers = [Peer() for _ in places]
        actors = [world.actor(client_id=f"client-{number}") for number in range(len(places))]
        connections = [open_connection(peer, actor=actor) for peer, actor in zip(peers, actors, strict=True)]
        # Who lost their role since the handshake is refused among them.
        connections.append(open_connection(Peer(), actor=replace(world.actor(Role.VIEWER), role=Role.OWNER)))
        sessions = [Session(hub, await hub.join(each), each, 0) for each in connections]
        greeted = await asyncio.gather(
            *(greet(session, place) for session, place in zip(sessions, [*places, None], strict=True)),
            return_exceptions=True,
        )
        assert greeted[:-1] == [None] * len(places)
        assert isinstance(greeted[-1], Forbidden)
        for place, peer, connection in zip(places, peers, connections, strict=False):
            await flushed(connection)
            ack, *told = [message for message in peer.messages if message["type"] != "PRESENCE_STATE"]
            assert (ack["type"], ack["payload"]["clientId"]) == ("CONNECTION_ACK", connection.actor.client_id)
            assert [(message["type"], message["version"]) for message in told] == expected[place]


def token_actor(world: World, role: Role) -> Actor:
    token = ApiToken.objects.get(restaurant_id=world.id, user=world.users[role])
    return replace(world.actor(role), token_id=token.id)


# --- presence ---


def state(client_id: str) -> dict[str, Any]:
    return entry_of(client_id, "user", "name", {"scheduleId": None, "cell": None, "state": "viewing"})


@pytest.mark.parametrize(
    ("is_greeted", "waiting", "heard"), [(False, 0, 0), (True, 0, 1), (True, 100, 1), (True, 99_999, 0)]
)
async def test_tell_presence__who_is_not_greeted_or_busy__is_spared(
    world: World, is_greeted: bool, waiting: int, heard: int
) -> None:
    async with a_hub() as hub:
        peer = Peer()
        connection = open_connection(peer, actor=world.actor())
        room = await hub.join(connection)
        connection.is_greeted = is_greeted
        connection.send_text(envelope("PONG", encode({"timestamp": "x" * waiting}), client_id=None))
        hub.presence.tell(room, [state("other")], is_own=False)
        await flushed(connection)
        assert peer.types == ["PONG"] + ["PRESENCE_STATE"] * heard


async def test_tell_presence__many_who_move_at_once__cost_one_more_frame(world: World) -> None:
    async with a_hub() as hub:
        peer = Peer()
        connection = open_connection(peer, actor=world.actor())
        room = await hub.join(connection)
        connection.is_greeted = True
        for client_id in ("first", "second", "third", "second"):
            hub.presence.tell(room, [state(client_id)], is_own=False)
        writing = asyncio.create_task(connection.write())
        await until(lambda: len(peer.messages) == 2, PATIENCE_SECONDS, "both frames")
        writing.cancel()
        told = [[entry["clientId"] for entry in message["payload"]["roster"]] for message in peer.messages]
        assert told == [["first"], ["second", "third"]]


async def test_repeat_presence__who_was_busy__gets_the_whole_roster_once(world: World) -> None:
    async with a_hub() as hub:
        peer = Peer()
        connection = open_connection(peer, actor=world.actor())
        room = await hub.join(connection)
        hub.presence.tell(room, [state("other")], is_own=False)
        connection.is_greeted = True
        repeat_presence(room)
        repeat_presence(room)
        await flushed(connection)
        assert peer.types == ["PRESENCE_STATE"]
        assert peer.messages[0]["payload"]["complete"] is True


# --- whole states of version 1 ---


def editors() -> set[Listener]:
    return {Listener(is_viewer=False)}


def old_connection(peer: Peer, world: World) -> Connection:
    return open_connection(peer, Protocol.V1, actor=world.actor(client_id="old"))


async def test_whole_state__read_later_than_its_change__stands_for_all_up_to_it(world: World) -> None:
    start = (await run_db(lambda: world.position)).version
    for value in "○△◇":
        await run_db(edit_many, world, value)
    changes = await run_db(read_after, world.id, start, 10)
    states, peer = Snapshots(), Peer()
    connection = old_connection(peer, world)
    for change in changes:
        connection.deliver(await states.delivery([change], editors))
    await flushed(connection)
    assert peer.versions == [changes[-1].version]
    assert peer.types == ["SHIFT_SYNC_RESPONSE"]


async def test_whole_state__before_an_older_answer__is_told_again_after_it(world: World) -> None:
    start = (await run_db(lambda: world.position)).version
    for value in "○△◇":
        await run_db(edit_many, world, value)
    first, second, third = await run_db(read_after, world.id, start, 10)
    states, peer = Snapshots(), Peer()
    connection = old_connection(peer, world)
    connection.hold()
    connection.deliver(await states.delivery([first], editors))
    connection.deliver(await states.delivery([second, third], editors))
    older = Frame.of(envelope("SHIFT_SYNC_RESPONSE", "{}", client_id=None, version=second.version))
    connection.release(second.version, [older])
    await flushed(connection)
    assert peer.versions[-1] == third.version


async def test_whole_state__trait_taken_while_states_are_read__is_read_too(world: World) -> None:
    start = (await run_db(lambda: world.position)).version
    await run_db(edit_many, world, "○")
    changes = await run_db(read_after, world.id, start, 100)
    later = {Listener(is_viewer=False), Listener(is_viewer=True)}
    asked = iter([editors(), later, later])
    delivery = await Snapshots().delivery(changes, lambda: next(asked))
    assert len(delivery.states) == 2


async def test_whole_state__nobody_needs_it__is_not_read(world: World) -> None:
    await run_db(edit_many, world, "○")
    changes = await run_db(read_after, world.id, 0, 100)
    delivery = await Snapshots().delivery(changes, set)
    assert isinstance(delivery, Delivery)
    assert delivery.states == {}
