"""State + events = state: for every kind of change, live and by replay, for those who edit and those who view."""

from typing import Any
from uuid import uuid4

import pytest

from shiftsync.core.actor import Role
from shiftsync.realtime.protocol.wire import BROADCASTS
from tests.conftest import Connect
from tests.support.client import Client
from tests.support.reducer import REDUCERS, State, applied, snapshot
from tests.support.world import World

Step = tuple[str, dict[str, Any]]


TOPICS = ("staff", "calendar", "shifts", "restaurant")


def steps(world: World) -> list[Step]:
    """Every kind of change of staff, calendar, shifts and the restaurant, one after the other."""
    schedule = {"scheduleId": world.schedule_id}
    first, second, third = world.staff_ids
    cell = {"staffId": first, "dateKey": "2025-08-02"}
    shift_type_id, new_member, period_id, rule_id = (str(uuid4()) for _ in range(4))
    return [
        ("SHIFT_UPDATE", world.edit(0, "08-01", "×")),
        ("SHIFT_UPDATE", world.edit(0, "08-02", "my own")),
        ("SHIFT_UPDATE", world.edit(0, "08-01", "")),
        ("SHIFT_BULK_UPDATE", {**schedule, "scheduleData": world.grid({0: {"08-03": "△"}, 1: {"08-03": "◇"}})}),
        ("SHIFT_BULK_UPDATE", {**schedule, "scheduleData": world.grid({0: {"08-03": "", "08-04": "★"}})}),
        ("UNDO", schedule),
        ("REDO", schedule),
        ("SHIFT_LOCK", {**schedule, "cells": [cell, {"staffId": second, "dateKey": "2025-08-05"}]}),
        ("SHIFT_BULK_UPDATE", {**schedule, "scheduleData": world.grid({1: {"08-09": "●"}}), "mode": "replace"}),
        ("SCHEDULE_PUBLISH", schedule),
        ("SHIFT_UNLOCK", {**schedule, "cells": [cell]}),
        ("SHIFT_UPDATE", world.edit(1, "08-06", "○")),
        ("SCHEDULE_PUBLISH", schedule),
        ("SCHEDULE_UNPUBLISH", schedule),
        (
            "STAFF_CREATE",
            {"id": new_member, "name": "高橋", "status": "パート", "startPeriod": {"year": 2025, "month": 8}},
        ),
        (
            "STAFF_UPDATE",
            {
                "staffId": first,
                "changes": {"name": "田中 太郎", "allowedShiftTypes": ["○", "×"]},
                "validFrom": "2025-08-01",
            },
        ),
        ("STAFF_UPDATE", {"staffId": second, "changes": {"endPeriod": {"year": 2025, "month": 8, "day": 20}}}),
        ("STAFF_REORDER", {"staffIds": [third, new_member]}),
        ("STAFF_DELETE", {"staffId": third}),
        ("STAFF_RESTORE", {"staffId": third}),
        ("PERIOD_CREATE", {"startDate": "2025-08-21", "endDate": "2025-09-20"}),
        ("PERIOD_CREATE", {"startDate": "2025-06-21", "endDate": "2025-07-20"}),
        ("PERIOD_CREATE", {"id": period_id, "startDate": "2024-01-01", "endDate": "2024-01-31"}),
        ("PERIOD_UPDATE", {"periodId": period_id, "startDate": "2025-05-21", "endDate": "2025-06-20"}),
        ("PERIOD_DELETE", {"periodId": period_id}),
        ("STAFF_UPDATE", {"staffId": second, "changes": {"endPeriod": None}}),
        ("CALENDAR_UPDATE", {"date": "2025-08-13", "kind": "closed", "note": "お盆"}),
        ("CALENDAR_UPDATE", {"date": "2025-08-14", "kind": "all_work"}),
        ("CALENDAR_UPDATE", {"date": "2025-08-13", "kind": None, "note": ""}),
        ("CLOSING_RULE_CREATE", {"id": rule_id, "repeats": "weekly", "daysOfWeek": [3], "validFrom": None}),
        ("CALENDAR_UPDATE", {"date": "2025-08-06", "kind": "open"}),
        ("CLOSING_RULE_UPDATE", {"ruleId": rule_id, "changes": {"repeats": "monthly", "weeks": [2, -1]}}),
        ("CLOSING_RULE_DELETE", {"ruleId": rule_id}),
        ("SHIFT_TYPE_CREATE", {"id": shift_type_id, "symbol": "▲", "kind": "early", "offEquivalent": 0.5}),
        ("SHIFT_UPDATE", world.edit(1, "08-07", "▲")),
        (
            "STAFF_UPDATE",
            {"staffId": first, "changes": {"allowedShiftTypes": ["▲", "×"]}, "validFrom": "2025-08-10"},
        ),
        ("SHIFT_TYPE_UPDATE", {"shiftTypeId": shift_type_id, "changes": {"symbol": "▽", "startTime": "06:30"}}),
        ("SHIFT_TYPE_DELETE", {"shiftTypeId": shift_type_id, "successor": "△"}),
        ("RESTAURANT_UPDATE", {"changes": {"country": "FR", "textCountsAs": "off"}}),
    ]


def dated_steps(world: World) -> list[Step]:
    """Changes that tell of the day on which they are made: somebody with a past leaves with yesterday, and is back."""
    somebody = {"staffId": world.staff_ids[1]}
    return [("STAFF_DELETE", somebody), ("STAFF_RESTORE", somebody)]


def assert_equal(told: State, read: State, what: str) -> None:
    """What was told is what is read. A viewer who was told to ask anew knows the periods alone."""
    for part, value in told.items():
        assert value == read[part], f"{part} after {what}"


def since(world: World) -> str:
    return f"{world.position.epoch}:{world.position.version}"


@pytest.mark.parametrize("role", [Role.MANAGER, Role.VIEWER])
def test_state_and_events__live__lead_to_the_state(connect: Connect, world: World, role: Role) -> None:
    author, observer = connect(Role.OWNER), connect(role)
    state = snapshot(observer, [world.schedule_id])
    for type, payload in steps(world) + dated_steps(world):
        author.ack(type, payload)
        told = applied(state, observer.settled(), is_viewer=role is Role.VIEWER)
        state = snapshot(observer, [world.schedule_id])
        assert_equal(told, state, type)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.VIEWER])
def test_state_and_events__replayed__lead_to_the_state(connect: Connect, world: World, role: Role) -> None:
    author = connect(Role.OWNER)
    start = since(world)
    with connect(role) as early:
        before = snapshot(early, [world.schedule_id])
    for type, payload in steps(world) + dated_steps(world):
        author.ack(type, payload)
    late, resuming = connect(role, since=start), connect(role)
    resuming.settled()
    resuming.send("RESUME", {"since": start})
    for client in (late, resuming):
        state = applied(before, replayed(client), is_viewer=role is Role.VIEWER)
        assert_equal(state, snapshot(client, [world.schedule_id]), "the replay")


def replayed(client: Client) -> list[dict[str, Any]]:
    """What comes up to ``RESUMED``, in version order."""
    messages = []
    while (message := client.next())["type"] != "RESUMED":
        messages.append(message)
    versions = [message["version"] for message in messages if "version" in message]
    assert versions == sorted(set(versions))
    return messages


def test_steps__all_together__make_every_kind_of_broadcast(connect: Connect, world: World) -> None:
    author = connect(Role.OWNER)
    for type, payload in steps(world):
        author.ack(type, payload)
    heard = {message["type"] for message in author.settled()} & set(BROADCASTS)
    assert heard == set(REDUCERS)
    assert {name for name, spec in BROADCASTS.items() if spec.topic in TOPICS} == set(REDUCERS)
