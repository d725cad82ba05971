"""One socket's requests: their order, their bounds, their end."""

import asyncio
import json
import signal
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from threading import Event as Flag
from typing import Any, ClassVar
from uuid import uuid4

import pytest
from rest_framework import serializers

from shiftsync.core.errors import DomainError, Unavailable
from shiftsync.core.payloads import FromPayload, from_payload
from shiftsync.realtime.events import Event, LoggedChange
from shiftsync.realtime.hub.connection import TRY_AGAIN, Connection
from shiftsync.realtime.hub.delivery import Delivery, ReadState
from shiftsync.realtime.hub.hub import Hub
from shiftsync.realtime.hub.log_reader import LogReader
from shiftsync.realtime.hub.room import Room
from shiftsync.realtime.protocol.payloads import ChangePayload
from shiftsync.realtime.protocol.wire import BROADCASTS, Listener, Protocol, Snapshot, V1Form, broadcast
from shiftsync.realtime.socket.changing import WAITING_EDITS
from shiftsync.realtime.socket.router import HANDLERS, Context, Payload, Reply, change, lane_change
from shiftsync.realtime.socket.session import WAITING_REQUESTS, Session
from shiftsync.realtime.stream.database import run_db
from shiftsync.realtime.stream.many import Lane
from shiftsync.realtime.stream.requests import AnyRequest, Outcome
from shiftsync.realtime.stream.settling import Verdict
from tests.support.changes import RESTAURANT, logged_change
from tests.support.peer import Peer, flushed, open_connection
from tests.support.waiting import PATIENCE_SECONDS, until
from tests.support.world import World

# The threads on which requests are carried out look after their database connections.
pytestmark = pytest.mark.django_db(transaction=True)

EDIT, CHANGE, CORRECTION = "TEST_EDIT", "TEST_CHANGE", "TEST_STORED"


class NumberedPayload(ChangePayload):
    """What these tests send."""

    base_version = serializers.IntegerField()


@dataclass(frozen=True)
class Numbered(FromPayload):
    """What a request of these tests asks for."""

    number: int = field(metadata=from_payload("base_version"))


class Work:
    """Carries out the requests of these tests once it is let go, and notes them."""

    def __init__(
        self, answer: Callable[[int], Verdict] = lambda number: Outcome(number, {}), echo: Event | None = None
    ) -> None:
        self.done: list[int] = []
        self.let_go = Flag()
        self._answer, self._echo = answer, echo

    def edits(self, requests: Sequence[AnyRequest]) -> list[Verdict]:
        self.let_go.wait(PATIENCE_SECONDS)
        self.done += [request.base_version or 0 for request in requests]
        return [self._answer(request.base_version or 0) for request in requests]

    def change(self, context: Context, payload: Payload) -> Outcome:
        self.let_go.wait(PATIENCE_SECONDS)
        self.done.append(payload["base_version"])
        return Outcome(payload["base_version"], {}, echo=self._echo)


@dataclass(frozen=True)
class Deleted(Event):
    """An event of a type that version 1 clients are told as it is."""

    type: ClassVar[str] = "STAFF_DELETE"
    topic: ClassVar[str] = "staff"
    entity: ClassVar[str] = "staff"
    entity_id: str = ""

    def payload(self) -> dict[str, Any]:
        return {}


def correction(context: Context, error: DomainError) -> list[Reply]:
    return [Reply(CORRECTION, {})]


@contextmanager
def registered(work: Work) -> Iterator[None]:
    """Two messages of our own: an edit that goes through a lane, and a change that does not."""
    lane_change(EDIT, NumberedPayload, Numbered, Lane(work.edits), correct=correction)
    change(CHANGE, ChangePayload)(work.change)
    try:
        yield
    finally:
        del HANDLERS[EDIT], HANDLERS[CHANGE]


@asynccontextmanager
async def talking(work: Work, peer: Peer) -> AsyncIterator[tuple[Session, Connection]]:
    """A session that carries out what it receives."""
    hub = Hub()
    connection = open_connection(peer)
    session = Session(hub, Room(RESTAURANT, "epoch", 0, LogReader()), connection, 0)
    with registered(work):
        tasks = [asyncio.create_task(session.run()), asyncio.create_task(connection.write())]
        try:
            yield session, connection
        finally:
            work.let_go.set()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await hub.close()


@contextmanager
def alarm(seconds: int) -> Iterator[None]:
    """Fails a loop that spins: nothing on it would ever time out."""

    def ring(number: int, frame: object) -> None:
        pytest.fail(f"the event loop was busy for {seconds} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def frame(type: str, number: int) -> str:
    return json.dumps({"type": type, "payload": {"baseVersion": number}, "requestId": str(uuid4())})


async def test_edits__more_than_may_be_under_way__are_all_acknowledged_in_order() -> None:
    work, peer = Work(), Peer()
    count = 2 * WAITING_EDITS + WAITING_REQUESTS
    async with talking(work, peer) as (session, _):

        async def send_all() -> None:
            for number in range(count):
                await session.receive(frame(EDIT, number))

        sending = asyncio.create_task(send_all())
        await until(lambda: session.changes.under_way == WAITING_EDITS, PATIENCE_SECONDS, "a full window of edits")
        with alarm(8):
            work.let_go.set()
            await asyncio.wait_for(sending, PATIENCE_SECONDS)
            await until(lambda: len(peer.messages) == count, PATIENCE_SECONDS, "all acknowledgements")
    assert work.done == list(range(count))
    assert peer.versions == list(range(count))


async def test_change__behind_edits__waits_for_them() -> None:
    work, peer = Work(), Peer()
    async with talking(work, peer) as (session, _):
        for number, type in enumerate([EDIT, EDIT, CHANGE, EDIT]):
            await session.receive(frame(type, number))
        work.let_go.set()
        await until(lambda: len(peer.messages) == 4, PATIENCE_SECONDS, "all acknowledgements")
    assert work.done == [0, 1, 2, 3]


async def test_fault_of_an_edit__nothing_sent_after_it__is_carried_out() -> None:
    def fail(number: int) -> Verdict:
        raise Unavailable(retry_after=2)

    work, peer = Work(fail), Peer()
    async with talking(work, peer) as (session, connection):
        for number, type in enumerate([EDIT, CHANGE, EDIT, CHANGE]):
            await session.receive(frame(type, number))
        work.let_go.set()
        await until(lambda: peer.close_code is not None, PATIENCE_SECONDS, "the end")
        await session.receive(frame(CHANGE, 4))
        assert connection.is_closing
    assert peer.close_code == TRY_AGAIN
    assert peer.types == ["ERROR"]
    assert work.done == [0]


@pytest.mark.parametrize(("position", "told"), [(0, "STAFF_DELETE"), (1, CORRECTION)])
async def test_echo__later_changes_were_delivered_already__tells_the_stored_state_instead(
    world: World, position: int, told: str
) -> None:
    now = (await run_db(lambda: world.position)).version
    peer = Peer()
    connection = open_connection(peer, Protocol.V1, actor=world.actor())
    connection.position = now + position
    session = Session(Hub(), Room(world.id, "epoch", now, LogReader()), connection, 0)
    work = Work(lambda number: Outcome(now, {}, echo=Deleted()))
    work.let_go.set()
    with registered(work):
        running = asyncio.create_task(session.run())
        await session.receive(frame(EDIT, 0))
        await until(lambda: bool(work.done), PATIENCE_SECONDS, "the edit")
        await session.changes.settle()
        running.cancel()
    await session.hub.close()
    await flushed(connection)
    assert [type for type in peer.types if type != "ACK"] == [told]


@dataclass(frozen=True)
class Shown(Event):
    """An event that version 1 clients are told by a whole state."""

    type: ClassVar[str] = "TEST_SHOWN"
    topic: ClassVar[str] = "staff"
    entity: ClassVar[str] = "staff"
    entity_id: str = ""

    def payload(self) -> dict[str, Any]:
        return {}


WHOLE = "TEST_WHOLE"


@dataclass
class Slow:
    """A whole state whose first reading is held up between the database and the socket; it is read at ``version``."""

    version: int
    let_go: Flag = field(default_factory=Flag)
    has_read: Flag = field(default_factory=Flag)

    def snapshot(self, change: LoggedChange, listener: Listener) -> Snapshot:
        return Snapshot("whole", WHOLE, self._read, own_may_be_stale=True)

    def _read(self) -> tuple[int, dict[str, Any]]:
        read = self.version
        if not self.has_read.is_set():
            self.has_read.set()
            self.let_go.wait(PATIENCE_SECONDS)
        return read, {"value": read}

    @contextmanager
    def registered(self) -> Iterator[None]:
        broadcast(Shown.type, Shown.topic, ChangePayload, told="", v1=V1Form(keeps=False, whole=self.snapshot))
        try:
            yield
        finally:
            del BROADCASTS[Shown.type]


async def test_echo__another_changes_something_while_it_is_read__never_hides_that(world: World) -> None:
    """A change that changed nothing is answered by the whole state, read by itself: what comes after is told after it."""
    now = (await run_db(lambda: world.position)).version
    slow, peer, work = Slow(now), Peer(), Work(echo=Shown())
    work.let_go.set()
    connection = open_connection(peer, Protocol.V1, actor=world.actor(client_id="old"))
    connection.position, connection.overtaken = now, frozenset({WHOLE})
    room = Room(world.id, "epoch", now, LogReader())
    room.add(connection)
    session = Session(Hub(), room, connection, 0)
    with registered(work), slow.registered():
        tasks = [asyncio.create_task(session.run()), asyncio.create_task(room.run())]
        await session.receive(frame(CHANGE, now))
        await until(slow.has_read.is_set, PATIENCE_SECONDS, "the echo to be read")
        slow.version = now + 1
        room.receive([logged_change(now + 1, Shown.topic, Shown.type, "", {}, client_id="another")])
        await asyncio.wait_for(room.reach(now + 1), PATIENCE_SECONDS)
        slow.let_go.set()
        await until(lambda: connection.position == now + 1 and not session._is_busy, PATIENCE_SECONDS, "the end")
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    await session.hub.close()
    await flushed(connection)
    taken = [each["payload"]["value"] for each in peer.messages if each["type"] == WHOLE and each["clientId"] != "old"]
    assert taken == [now, now + 1]
    assert connection.overtaken == {WHOLE}


async def test_receive__closing_began_while_the_queue_was_full__does_not_wait_for_ever() -> None:
    work, peer = Work(), Peer()
    async with talking(work, peer) as (session, connection):
        for number in range(WAITING_REQUESTS + 1):
            await session.receive(frame(CHANGE, number))
        last = asyncio.create_task(session.receive(frame(CHANGE, 99)))
        await until(session._requests.full, PATIENCE_SECONDS, "a full queue")
        connection.close(4403)
        work.let_go.set()
        await asyncio.wait_for(last, PATIENCE_SECONDS)
        await until(session._requests.empty, PATIENCE_SECONDS, "an empty queue")
    assert work.done == [0]


# --- whose settings the next are, where a client has sent more than they show ---

SETTINGS_EDIT = "SETTINGS_UPDATE_DAILY_LIMITS"


def settings_delivery(connection: Connection, version: int) -> Delivery:
    """A change of the connection's own, told by the whole settings."""
    user_id, client_id = connection.author
    change = replace(logged_change(version, "settings", SETTINGS_EDIT, "row", {}, client_id=client_id), user_id=user_id)
    return Delivery([change], {("settings", False): ReadState(version, {})})


def whose(peer: Peer) -> list[str | None]:
    return [message["clientId"] for message in peer.messages if message["type"] == "SETTINGS_SYNC_RESPONSE"]


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ([CHANGE], [None, "old"]),
        ([CHANGE, "PING"], [None, "old"]),
        ([CHANGE, CHANGE], [None, None]),
        ([CHANGE, "PING", CHANGE], [None, None]),
    ],
)
async def test_own_settings__while_more_changes_wait__stay_nobodys(
    world: World, sent: list[str], expected: list[str | None]
) -> None:
    work, peer = Work(), Peer()
    connection = open_connection(peer, Protocol.V1, actor=world.actor(client_id="old"))
    connection.overtaken = frozenset({"SETTINGS_SYNC_RESPONSE"})
    session = Session(Hub(), Room(world.id, "epoch", 0, LogReader()), connection, 0)
    with registered(work):
        running = asyncio.create_task(session.run())
        for number, type in enumerate(sent, 1):
            await session.receive(frame(type, number))
        # The first is under way when its change is delivered; the next is delivered when all is done.
        connection.deliver(settings_delivery(connection, 1))
        work.let_go.set()
        await until(lambda: len(work.done) == sent.count(CHANGE), PATIENCE_SECONDS, "the changes")
        connection.deliver(settings_delivery(connection, 2))
        running.cancel()
    await session.hub.close()
    await flushed(connection)
    assert whose(peer) == expected
