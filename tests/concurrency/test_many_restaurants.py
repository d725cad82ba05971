"""The lane of a process over all its restaurants: one transaction for many, and none of them in another's way."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import connection, transaction

from schedules.models import Shift, ShiftType
from schedules.services.cells import CELL_EDITS, CellEdit, cells_edit_together
from shiftsync.core.actor import Role
from shiftsync.core.errors import DomainError, ValidationFailed
from shiftsync.core.fence import within
from shiftsync.core.queries import fetch_together
from shiftsync.realtime.models import Change
from shiftsync.realtime.rules.conflicts import Strategy
from shiftsync.realtime.stream.database import run_db
from shiftsync.realtime.stream.lanes import Lanes
from shiftsync.realtime.stream.many import compile_questions, questions
from shiftsync.realtime.stream.pipeline import APPLICATION
from shiftsync.realtime.stream.requests import AnyRequest, ChangeRequest, Outcome
from shiftsync.realtime.stream.selectors import position_of
from shiftsync.realtime.stream.settling import NoSuchRestaurant, Verdict, pending
from shiftsync.realtime.stream.shared import BATCH
from shiftsync.tenants.services import membership_revoke
from tests.support.waiting import PATIENCE_SECONDS, until
from tests.support.world import World, make_world

pytestmark = pytest.mark.services

QUICK_SECONDS = 3


@asynccontextmanager
async def lanes() -> AsyncIterator[Lanes]:
    """The lanes of a process, its connection open already."""
    opened = Lanes()
    try:
        yield opened
    finally:
        await opened.close()


def edit(
    world: World, value: str, day: str = "08-01", *, role: Role = Role.MANAGER, staff: int = 0, **more: Any
) -> AnyRequest:
    intent = CellEdit(world.schedule_id, world.staff_ids[staff], f"2025-{day}", value)
    return ChangeRequest(world.actor(role), intent, more.pop("request_id", None) or uuid4(), **more)


def submit(lane: Lanes, requests: Sequence[AnyRequest]) -> "list[asyncio.Future[Verdict]]":
    return [lane.submit(request.actor.restaurant_id, CELL_EDITS, request) for request in requests]


async def verdicts(lane: Lanes, requests: Sequence[AnyRequest]) -> list[Verdict]:
    return await asyncio.wait_for(asyncio.gather(*submit(lane, requests)), PATIENCE_SECONDS)


def said(verdict: Verdict) -> Any:
    """What its author hears."""
    return verdict.answer() if isinstance(verdict, Outcome) else verdict.as_payload()


def as_told(world: World, verdict: Verdict) -> str:
    """What its author hears, without moments and names, which are others in every world."""
    text = str(said(verdict))
    for name in (world.schedule_id, *world.staff_ids):
        text = text.replace(name, "-")
    return re.sub(r"(owner|manager)-\w+|\d{4}-\d\d-\d\dT[\d:.]+Z", "-", text)


def transactions_of(worlds: Sequence[World]) -> set[Any]:
    """Which transactions wrote the last change of each."""
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT DISTINCT xmin::text FROM "{Change._meta.db_table}" WHERE restaurant_id = ANY(%s) AND type = %s',
            [[world.id for world in worlds], "SHIFT_BROADCAST"],
        )
        return {row[0] for row in cursor.fetchall()}


def values_of(world: World) -> list[str]:
    return list(
        Shift.objects.filter(restaurant_id=world.id).order_by("date", "staff_id").values_list("value", flat=True)
    )


@contextmanager
def held(database_url: str, table: str, column: str, value: Any) -> Iterator[Any]:
    """While somebody who knows no limits holds a row; calling what it gives lets it go."""
    with psycopg.connect(database_url) as holder:
        holder.execute(f'SELECT 1 FROM "{table}" WHERE {column} = %s FOR UPDATE'.encode(), [value])
        yield holder.rollback
        holder.rollback()


async def test_edits_of_many_restaurants__go_in_one_transaction__each_with_its_own_versions(
    db_with_commits: None,
) -> None:
    worlds = [await run_db(make_world, f"Kitchen {number}") for number in range(3)]
    before = [(await run_db(position_of, world.id)).version for world in worlds]
    async with lanes() as lane:
        answers = await verdicts(lane, [edit(world, value) for value in "○×" for world in worlds])
    assert [answer.version for answer in answers if isinstance(answer, Outcome)] == [
        version + step for step in (1, 2) for version in before
    ]
    assert [await run_db(values_of, world) for world in worlds] == [["×"]] * 3
    assert len(await run_db(transactions_of, worlds)) == 1


async def test_edits__what_is_of_another_restaurant__does_not_exist(db_with_commits: None) -> None:
    here, there = await run_db(make_world, "Here"), await run_db(make_world, "There")
    foreign_schedule = replace(edit(here, "×"), intent=replace(edit(there, "×").intent, staff_id=here.staff_ids[0]))
    foreign_staff = replace(edit(here, "×"), intent=replace(edit(here, "×").intent, staff_id=there.staff_ids[0]))
    foreign_user = replace(edit(here, "×"), actor=replace(there.actor(), restaurant_id=here.id))
    async with lanes() as lane:
        *refused, own, theirs = await verdicts(
            lane, [foreign_schedule, foreign_staff, foreign_user, edit(here, "○"), edit(there, "△")]
        )
    assert [type(each).__name__ for each in refused] == ["NotFound", "ValidationFailed", "NoSuchRestaurant"]
    assert isinstance(own, Outcome)
    assert isinstance(theirs, Outcome)
    assert [await run_db(values_of, world) for world in (here, there)] == [["○"], ["△"]]


async def test_questions__every_row__begins_with_its_restaurant_or_is_about_who_asks(db_with_commits: None) -> None:
    worlds = [await run_db(make_world, name) for name in ("Here", "There")]
    requests = [edit(world, "○", base_version=0) for world in worlds]
    async with lanes() as lane:
        await verdicts(lane, requests)
    assert CELL_EDITS.many is not None
    await run_db(compile_questions, CELL_EDITS.many)
    asked = questions(CELL_EDITS.many, pending(requests))

    def rows() -> list[list[Any]]:
        with transaction.atomic():
            return fetch_together(*asked)

    streams, restaurants, people, members, tokens, *parts = await run_db(rows)
    ids = {world.id for world in worlds}
    for part in (streams, restaurants, members, *(part for part in parts if part)):
        assert {row[0] for row in part} == ids
    assert {row[0] for row in people} == {world.users[Role.MANAGER].id for world in worlds}
    assert tokens == []


async def test_edits__typed_as_a_label_that_text_must_escape__are_spelled_as_in_a_transaction_of_their_own(
    db_with_commits: None,
) -> None:
    worlds = [await run_db(make_world, name) for name in ("Here", "There")]
    label = 'é"\\😀'

    def name_it(world: World) -> None:
        with within(world.id):
            assert ShiftType.objects.filter(restaurant_id=world.id, symbol="△").update(label_en=label)

    for world in worlds:
        await run_db(name_it, world)
    async with lanes() as lane:
        together = await verdicts(lane, [edit(world, label) for world in worlds])
    alone = [(await run_db(cells_edit_together, [edit(world, label, "08-02")]))[0] for world in worlds]
    stored = [verdict.result["shiftValue"] for verdict in [*together, *alone] if isinstance(verdict, Outcome)]
    assert stored == ["△"] * 4


@pytest.mark.parametrize("strategy", list(Strategy))
async def test_edits_with_a_base__others_changed_the_cell__are_judged_as_in_a_transaction_of_their_own(
    db_with_commits: None, strategy: Strategy
) -> None:
    worlds = [await run_db(make_world, "Kitchen") for _ in range(2)]

    def requests(world: World) -> list[list[AnyRequest]]:
        start = world.position.version
        owner: dict[str, Any] = {"role": Role.OWNER}
        return [
            [edit(world, "○", **owner), edit(world, "△", "08-02", **owner)],
            [
                edit(world, "×", base_version=start, strategy=strategy),
                edit(world, "△", "08-02", base_version=start, strategy=strategy),
                edit(world, "◇", "08-03", base_version=start + 2, strategy=strategy),
                edit(world, "★", "08-03", base_version=start + 2, strategy=strategy, **owner),
                edit(world, "×", base_version=start + 99),
                edit(world, "×", "08-04"),
            ],
        ]

    alone = [each for batch in await run_db(requests, worlds[0]) for each in await run_db(cells_edit_together, batch)]
    async with lanes() as lane:
        shared = [each for batch in await run_db(requests, worlds[1]) for each in await verdicts(lane, batch)]
    assert [type(each) for each in alone] == [type(each) for each in shared]
    assert [as_told(worlds[0], each) for each in alone] == [as_told(worlds[1], each) for each in shared]
    assert await run_db(values_of, worlds[0]) == await run_db(values_of, worlds[1])


async def test_edit_by_index__of_a_filled_cell__changes_it(world: World) -> None:
    by_index = replace(edit(world, "×"), intent=replace(edit(world, "×").intent, schedule_id=None, period_index=0))
    async with lanes() as lane:
        await verdicts(lane, [edit(world, "○")])
        (answer,) = await verdicts(lane, [by_index])
    assert isinstance(answer, Outcome)
    assert await run_db(values_of, world) == ["×"]


async def test_repeat__in_the_same_moment_and_later__gets_the_first_answer(world: World) -> None:
    first = edit(world, "○")
    async with lanes() as lane:
        answers = await verdicts(lane, [first, edit(world, "△"), first])
        (again,) = await verdicts(lane, [first])
        (other,) = await verdicts(lane, [edit(world, "×", request_id=first.request_id)])
    assert said(answers[0]) == said(answers[2]) == said(again)
    assert isinstance(other, ValidationFailed)
    assert await run_db(values_of, world) == ["△"]


async def test_role_taken_away__from_then_on__is_refused(world: World) -> None:
    user = world.users[Role.MANAGER]
    async with lanes() as lane:
        (before,) = await verdicts(lane, [edit(world, "○")])
        await run_db(lambda: membership_revoke(world.system, user_id=user.id))
        (after,) = await verdicts(lane, [edit(world, "×")])
        (viewer,) = await verdicts(lane, [edit(world, "×", role=Role.VIEWER)])
    assert isinstance(before, Outcome)
    assert isinstance(after, NoSuchRestaurant)
    assert isinstance(viewer, DomainError)
    assert viewer.code == "forbidden"


async def test_stream_held_elsewhere__others_go_on__its_own_edits_follow_in_order(
    db_with_commits: None, database_url: str
) -> None:
    stuck, free = await run_db(make_world, "Stuck"), await run_db(make_world, "Free")
    async with lanes() as lane:
        with held(database_url, "realtime_stream", "restaurant_id", stuck.id) as let_go:
            waiting = submit(lane, [edit(stuck, "○"), edit(stuck, "△")])
            for value in "○△◇×":
                (answer,) = await asyncio.wait_for(verdicts(lane, [edit(free, value)]), QUICK_SECONDS)
                assert isinstance(answer, Outcome)
            later = submit(lane, [edit(stuck, "×")])
            assert not any(future.done() for future in (*waiting, *later))
            let_go()
            answers = await asyncio.wait_for(asyncio.gather(*waiting, *later), PATIENCE_SECONDS)
        versions = [answer.version for answer in answers if isinstance(answer, Outcome)]
        (after,) = await verdicts(lane, [edit(stuck, "★")])
    assert versions == list(range(versions[0], versions[0] + 3))
    assert isinstance(after, Outcome)
    assert await run_db(values_of, stuck) == ["★"]


async def test_row_beyond_the_stream_held__others_go_on(db_with_commits: None, database_url: str) -> None:
    stuck, free = await run_db(make_world, "Stuck"), await run_db(make_world, "Free")
    async with lanes() as lane:
        await verdicts(lane, [edit(free, "○")])
        with held(database_url, "schedules_schedule", "id", stuck.schedule_id) as let_go:
            (waiting,) = submit(lane, [edit(stuck, "○")])
            (answer,) = await asyncio.wait_for(verdicts(lane, [edit(free, "×")]), QUICK_SECONDS)
            assert isinstance(answer, Outcome)
            assert not waiting.done()
            let_go()
            assert isinstance(await asyncio.wait_for(waiting, PATIENCE_SECONDS), Outcome)


async def test_one_that_the_database_cannot_take__fails_alone(db_with_commits: None) -> None:
    one, other = await run_db(make_world, "One"), await run_db(make_world, "Other")
    async with lanes() as lane:
        answers = await verdicts(
            lane, [edit(one, "○"), edit(one, "×", "08-02", reason="a\x00b"), edit(one, "△", "08-03"), edit(other, "○")]
        )
    assert [answer.code if isinstance(answer, DomainError) else "ok" for answer in answers] == [
        "ok",
        "internal_error",
        "ok",
        "ok",
    ]
    assert await run_db(values_of, one) == ["○", "△"]


async def test_connection_lost__edits_afterwards__are_carried_out_once(world: World, database_url: str) -> None:
    def end_lanes() -> int:
        with psycopg.connect(database_url, autocommit=True) as administrator:
            ended = administrator.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND application_name = %s",
                [APPLICATION],
            ).fetchall()
            return len(ended)

    async with lanes() as lane:
        await verdicts(lane, [edit(world, "○")])
        assert await run_db(end_lanes)
        (answer,) = await verdicts(lane, [edit(world, "×")])
    assert isinstance(answer, Outcome)
    assert await run_db(values_of, world) == ["×"]


async def test_one_restaurant_with_very_many__others__get_their_turn(db_with_commits: None) -> None:
    busy, quiet = await run_db(make_world, "Busy"), await run_db(make_world, "Quiet")
    order: list[str] = []
    async with lanes() as lane:
        crowd = submit(lane, [edit(busy, f"~{number}") for number in range(4 * BATCH)])
        crowd[-1].add_done_callback(lambda _: order.append("busy"))
        (late,) = submit(lane, [edit(quiet, "○")])
        late.add_done_callback(lambda _: order.append("quiet"))
        await asyncio.wait_for(asyncio.gather(*crowd, late), PATIENCE_SECONDS)
        await until(lambda: len(order) == 2, PATIENCE_SECONDS, "both")
    assert order == ["quiet", "busy"]
    assert await run_db(values_of, busy) == [f"~{4 * BATCH - 1}"]
