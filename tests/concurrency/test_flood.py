"""Who sends or reads badly harms nobody else."""

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from uuid import uuid4

import httpx
import pytest

from shiftsync.core.actor import Role
from shiftsync.tenants.services import membership_revoke
from tests.conftest import Connect
from tests.support.client import Client
from tests.support.raw_socket import RawSocket
from tests.support.server import ServerProcess
from tests.support.waiting import PATIENCE_SECONDS, wait_until
from tests.support.world import World, make_world

EDITS = 700
FLOOD = 200_000
# A flood that were handled first would hold others up for longer than that, also on a quick machine.
QUICK_SECONDS = 15.0
MORE_THAN_MAY_WAIT = 32


def edit_frame(world: World, number: int) -> str:
    """The frame of an edit; its value tells its number."""
    payload = world.edit(0, f"08-{1 + number % 20:02}", f"n{number}")
    return json.dumps({"type": "SHIFT_UPDATE", "payload": payload, "requestId": str(uuid4())})


def test_edits__more_at_once_than_may_be_under_way__are_all_acknowledged_in_order(
    connect: Connect, world: World
) -> None:
    client, colleague = connect(), connect()
    for number in range(EDITS):
        client.send_text(edit_frame(world, number))
    versions = [client.expect("ACK")["payload"]["version"] for _ in range(EDITS)]
    assert versions == list(range(versions[0], versions[0] + EDITS))
    told = [colleague.expect("SHIFT_BROADCAST")["payload"]["shiftValue"] for _ in range(EDITS)]
    assert told == [f"n{number}" for number in range(EDITS)]


@pytest.mark.parametrize("frame", ['{"type":"PING"}', "{", '{"type":"NOPE"}', '{"type":"STAFF_UPDATE","payload":{}}'])
def test_flood__of_messages__delay_nobody_and_write_nothing(
    server: ServerProcess, connect: Connect, world: World, frame: str
) -> None:
    flooder, other = RawSocket(server.port, world.tokens[Role.OWNER]), connect()
    version = world.position.version
    with ThreadPoolExecutor(1) as pool:
        flooding = pool.submit(flooder.flood, frame, FLOOD)
        for number in range(20):
            started = time.monotonic()
            other.ack("SHIFT_UPDATE", world.edit(0, "08-01", f"n{number}"))
            assert time.monotonic() - started < QUICK_SECONDS
        flooder.reset()
        flooding.result(PATIENCE_SECONDS)
    assert world.position.version == version + 20


def test_flood__then_gone__leaves_no_connection(server: ServerProcess, connect: Connect, world: World) -> None:
    other = connect()
    only(1, server)
    flooders = [RawSocket(server.port, world.tokens[Role.OWNER]) for _ in range(5)]
    only(6, server)
    with ThreadPoolExecutor(5) as pool:
        for flooder in flooders:
            pool.submit(flooder.flood, '{"type":"SYNC_REQUEST"}', 2000)
        other.ack("SHIFT_UPDATE", world.edit(0, "08-01", "×"))
        for flooder in flooders:
            flooder.reset()
    only(1, server)
    assert other.ack("SHIFT_UPDATE", world.edit(0, "08-01", "○"))


def test_access_closed_under_a_flood__nothing_of_it_is_left(
    server: ServerProcess, connect: Connect, world: World
) -> None:
    connect()
    only(1, server)
    guest = make_world("Guests")
    flooder = RawSocket(server.port, guest.tokens[Role.MANAGER])
    only(2, server)
    with ThreadPoolExecutor(1) as pool:
        pool.submit(flooder.flood, '{"type":"PING"}', FLOOD)
        membership_revoke(guest.system, user_id=guest.users[Role.MANAGER].id)
        only(1, server)
        flooder.reset()


def test_client_that_does_not_read__holds_nobody_up_and_is_gone(server: ServerProcess, world: World) -> None:
    only(0, server)
    with not_reading(server) as deaf:
        only(1, server)
        deaf.reset()


def test_client_that_does_not_read__when_it_reads_again__learns_of_1013(database_url: str, world: World) -> None:
    settings = {"DATABASE_URL": database_url, "DJANGO_SETTINGS_MODULE": "tests.support.patient_settings"}
    with ServerProcess(settings) as patient, not_reading(patient) as deaf:
        assert deaf.close_code() == 1013


@contextmanager
def not_reading(server: ServerProcess) -> Iterator[RawSocket]:
    """A client that has been sent more than may wait for it, and has read nothing of it."""
    large = make_world("Large", tuple(f"Person {number}" for number in range(120)))
    with Client(server.url, token=large.tokens[Role.OWNER], v2=True) as author:
        author.ack("SHIFT_BULK_UPDATE", {"scheduleId": large.schedule_id, "scheduleData": full(large)})
        deaf = RawSocket(server.port, large.tokens[Role.MANAGER], v2=True, receive_buffer=4096)
        for number in range(MORE_THAN_MAY_WAIT):
            started = time.monotonic()
            author.ack("SCHEDULE_UNPUBLISH" if number % 2 else "SCHEDULE_PUBLISH", {"scheduleId": large.schedule_id})
            assert time.monotonic() - started < QUICK_SECONDS
        yield deaf


def test_resume__more_than_a_connection_may_wait_for__asks_for_a_full_sync(server: ServerProcess, world: World) -> None:
    large = make_world("Large", tuple(f"Person {number}" for number in range(120)))
    with Client(server.url, token=large.tokens[Role.OWNER], v2=True) as author:
        author.ack("SHIFT_BULK_UPDATE", {"scheduleId": large.schedule_id, "scheduleData": full(large)})
        start = f"{large.position.epoch}:{large.position.version}"
        for number in range(MORE_THAN_MAY_WAIT):
            author.ack("SCHEDULE_UNPUBLISH" if number % 2 else "SCHEDULE_PUBLISH", {"scheduleId": large.schedule_id})
    with Client(server.url, token=large.tokens[Role.OWNER], v2=True, since=start) as late:
        assert late.expect("RESYNC_REQUIRED")["version"] == large.position.version
        assert late.ack("SHIFT_UPDATE", large.edit(0, "08-01", "○"))
        assert late.expect("SHIFT_BROADCAST")


def full(world: World) -> dict[str, dict[str, str]]:
    """Every cell of the schedule: publishing it is some 400 KiB."""
    days = [f"2025-08-{day:02}" for day in range(1, 21)] + [f"2025-07-{day:02}" for day in range(21, 32)]
    return {staff_id: dict.fromkeys(days, "a value") for staff_id in world.staff_ids}


def only(count: int, server: ServerProcess) -> None:
    """Waits until so many sockets are open, and none of an earlier test any more."""
    wait_until(lambda: open_sockets(server) == count, PATIENCE_SECONDS, f"{count} open sockets")


def open_sockets(server: ServerProcess) -> int:
    """How many the server counts."""
    count: int = httpx.get(f"{server.url}/health", timeout=PATIENCE_SECONDS).json()["clients"]
    return count
