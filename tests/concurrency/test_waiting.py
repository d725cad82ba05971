"""Waiting is bounded: a lock that is held, or a process that stands still, costs its own restaurant seconds and others nothing."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from uuid import uuid4

import httpx
import psycopg
import pytest
from django.db import InternalError, connection, transaction

from shiftsync.core.actor import Role
from shiftsync.realtime.stream.commit import lock_stream
from tests.support.client import Client
from tests.support.server import ServerProcess
from tests.support.waiting import PATIENCE_SECONDS
from tests.support.world import World, make_world

pytestmark = pytest.mark.services

SOCKETS = 12
WRITERS = 20


@contextmanager
def held(database_url: str, world: World) -> Iterator[None]:
    """While the stream of ``world`` is held by somebody who knows no limits."""
    with psycopg.connect(database_url) as holder:
        holder.execute("SELECT 1 FROM realtime_stream WHERE restaurant_id = %s FOR UPDATE", [world.id])
        yield
        holder.rollback()


def clients_of(opened: ExitStack, server: ServerProcess, world: World, count: int) -> list[Client]:
    clients = [
        opened.enter_context(Client(server.url, token=world.tokens[Role.MANAGER], v2=True)) for _ in range(count)
    ]
    for client in clients:
        client.expect("PRESENCE_STATE")
    return clients


def test_stream_held_elsewhere__other_restaurants__go_on_and_its_own_are_told(
    server: ServerProcess, world: World, database_url: str
) -> None:
    other = make_world("Bakery")
    writers: list[threading.Thread] = []
    statuses: list[int] = []

    def write() -> None:
        answer = httpx.post(
            f"{server.url}/api/staff/",
            headers={"Authorization": f"Bearer {world.tokens[Role.MANAGER]}"},
            json={"name": "高橋"},
            timeout=PATIENCE_SECONDS,
        )
        statuses.append(answer.status_code)

    with ExitStack() as opened:
        stuck = clients_of(opened, server, world, SOCKETS)
        with held(database_url, world):
            for number, client in enumerate(stuck):
                client.send(
                    "CALENDAR_UPDATE", {"date": f"2025-08-{number + 1:02}", "kind": "closed"}, requestId=str(uuid4())
                )
            writers += [threading.Thread(target=write) for _ in range(WRITERS)]
            for writer in writers:
                writer.start()
            (newcomer,) = clients_of(opened, server, other, 1)
            newcomer.ack("SHIFT_UPDATE", other.edit(0, "08-01", "×"))
            newcomer.ack("CALENDAR_UPDATE", {"date": "2025-08-01", "kind": "closed"})
            assert statuses == []  # the others still wait: this restaurant did not wait with them
            for client in stuck:
                assert client.expect("ERROR")["payload"]["code"] == "unavailable"
            for writer in writers:
                writer.join()
    assert set(statuses) <= {503}
    with ExitStack() as opened:
        (again,) = clients_of(opened, server, world, 1)
        again.ack("CALENDAR_UPDATE", {"date": "2025-08-02", "kind": "closed"})


def test_process_stands_still__while_it_holds_the_stream__loses_it_to_those_who_wait(
    server: ServerProcess, world: World
) -> None:
    with Client(server.url, token=world.tokens[Role.MANAGER], v2=True) as client:
        client.expect("PRESENCE_STATE")
        with pytest.raises(InternalError, match="idle-in-transaction"):
            stand_still(world, lambda: client.ack("SHIFT_UPDATE", world.edit(0, "08-01", "×")))
    connection.close()


@transaction.atomic
def stand_still(world: World, meanwhile: Callable[[], object]) -> None:
    """Holds the stream and asks the database nothing until ``meanwhile`` is through, then goes on as if nothing had been."""
    lock_stream(world.id)
    meanwhile()
    lock_stream(world.id)
