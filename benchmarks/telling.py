"""Telling three hundred people that their month is published: beside the bare insertion of their notices, and beside the edits of others."""

import asyncio
import json
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from statistics import median
from typing import Any
from uuid import UUID, uuid4

import psycopg
from django.db import transaction

from benchmarks.driving import run, settle
from benchmarks.house import House
from benchmarks.measures import Measure, Note, at_most, suite, target
from benchmarks.processes import Server
from benchmarks.sockets import Socket, connect
from benchmarks.worlds import World, make_world
from schedules.publications.readers import PUBLISHED
from schedules.services.publishing import SchedulePublish, schedule_publish
from shiftsync.core.actor import Actor, Role
from shiftsync.core.fence import within
from shiftsync.notices.services import tell
from shiftsync.realtime.stream.requests import ChangeRequest
from shiftsync.tenants.models import Membership, User

PEOPLE = 300
ROUNDS = 25
PUBLICATIONS = 4
INSERT = """
INSERT INTO notices_notice (id, restaurant_id, user_id, kind, source, data, created_at, changed_at)
SELECT * FROM unnest(%s::uuid[], %s::uuid[], %s::uuid[], %s::text[], %s::text[], %s::jsonb[], %s::timestamptz[], %s::timestamptz[])
"""


@suite("telling")
def telling(house: House) -> Iterator[Measure | Note]:
    """300 people who are all members, and as many of another restaurant who are not."""
    world, untold, other = make_world(PEOPLE, 31), make_world(PEOPLE, 31), make_world()
    users = _linked(world)
    if house.is_postgresql:
        told, bare = _queued(house, world, users)
        yield Measure("notices of a publication for 300 people, queued", told * 1000, "ms", bare * 1000, at_most(2))
    else:
        yield Note("the bare insertion is written for PostgreSQL")
    with house.server() as server:
        waits = run(_edits_meanwhile(server, world, untold, other))
    beside, alone = waits[world.restaurant_id], waits[untold.restaurant_id]
    yield Measure("longest edit beside the publication that tells 300", beside * 1000, "ms", bound=at_most(1000))
    yield Measure("the same, against a publication that tells nobody", beside * 1000, "ms", alone * 1000, target(1.5))


def _linked(world: World) -> list[UUID]:
    """An account for everybody on the schedule."""
    users = User.objects.bulk_create(User(username=f"bench-{uuid4().hex}") for _ in world.staff_ids)
    with within(world.restaurant_id):
        Membership.objects.bulk_create(
            Membership(restaurant_id=world.restaurant_id, user=user, role=Role.STAFF.value, staff_id=UUID(staff_id))
            for user, staff_id in zip(users, world.staff_ids, strict=True)
        )
    return [user.id for user in users]


def _queued(house: House, world: World, users: Sequence[UUID]) -> tuple[float, float]:
    """Seconds for what a publication adds to its transaction, and for the bare statement of the same rows; each with a commit."""
    data: dict[str, Any] = {"startDate": world.days[0], "endDate": world.days[-1]}
    told = {UUID(staff_id): data for staff_id in world.staff_ids}
    ours, floors = [], []
    with psycopg.connect(house.database_url, autocommit=True) as bare:
        for number in range(ROUNDS):
            moment = datetime.now(UTC)
            started = time.perf_counter()
            with within(world.restaurant_id), transaction.atomic():
                tell(world.restaurant_id, PUBLISHED, f"bench:{number}", told, moment=moment)
            ours.append(time.perf_counter() - started)
            started = time.perf_counter()
            rows = [
                (uuid4(), world.restaurant_id, user, PUBLISHED, f"bare:{number}", json.dumps(data), moment, moment)
                for user in users
            ]
            with bare.transaction():
                bare.execute(INSERT, [list(column) for column in zip(*rows, strict=True)])
            floors.append(time.perf_counter() - started)
    return median(ours), median(floors)


async def _edits_meanwhile(server: Server, world: World, untold: World, other: World) -> dict[UUID, float]:
    """The longest edit in another restaurant while each of the two publishes: the median of some publications."""
    neighbour = await connect(server.port, other.tokens[0])
    edits = other.edits()
    waits: dict[UUID, list[float]] = {world.restaurant_id: [], untold.restaurant_id: []}
    for shift in range(PUBLICATIONS):
        for each in (world, untold):
            await asyncio.to_thread(each.fill, shift)
            await settle(server)
            publishing = asyncio.create_task(asyncio.to_thread(_publish, each))
            longest = 0.0
            while not publishing.done():
                longest = max(longest, await _timed(neighbour, next(edits)))
            await publishing
            waits[each.restaurant_id].append(longest)
    neighbour.close()
    return {restaurant_id: median(found) for restaurant_id, found in waits.items()}


def _publish(world: World) -> None:
    schedule_publish(ChangeRequest(Actor.system(world.restaurant_id), SchedulePublish(world.schedule_id)))


async def _timed(socket: Socket, request: bytes) -> float:
    started = time.perf_counter()
    await socket.ask(request, "ACK")
    return time.perf_counter() - started
