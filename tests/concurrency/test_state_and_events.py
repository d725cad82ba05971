"""State + events = state: for every kind of change, live and by replay, for those who edit and those who view."""

from typing import Any

import pytest
from django.apps import apps

from shiftsync.core.actor import Role
from shiftsync.realtime.protocol.wire import BROADCASTS
from tests.conftest import Connect
from tests.support.client import Client
from tests.support.reducer import REDUCERS, TOPICS, State, applied, dated_steps, snapshot, steps
from tests.support.world import World


def assert_equal(told: State, read: State, what: str) -> None:
    """What was told is what is read. A viewer who was told to ask anew knows the periods alone."""
    for part, value in told.items():
        assert value == read[part], f"{part} after {what}"


def since(world: World) -> str:
    return f"{world.position.epoch}:{world.position.version}"


@pytest.mark.parametrize("role", [Role.MANAGER, Role.VIEWER, Role.STAFF])
def test_state_and_events__live__lead_to_the_state(connect: Connect, world: World, role: Role) -> None:
    author, observer = connect(Role.OWNER), connect(role)
    state = snapshot(observer, [world.schedule_id])
    for type, payload in steps(world) + dated_steps(world):
        author.ack(type, payload)
        told = applied(state, observer.settled(), is_viewer=role is not Role.MANAGER)
        state = snapshot(observer, [world.schedule_id])
        assert_equal(told, state, type)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.VIEWER, Role.STAFF])
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
        state = applied(before, replayed(client), is_viewer=role is not Role.MANAGER)
        assert_equal(state, snapshot(client, [world.schedule_id]), "the replay")


def test_history__after_every_kind_of_change__ends_with_what_the_table_holds(connect: Connect, world: World) -> None:
    """An entry is a whole row, taken from the object that was saved: one that was read before others changed it would say what never was."""
    author = connect(Role.OWNER)
    for type, payload in steps(world) + dated_steps(world):
        author.ack(type, payload)
    found = set()
    for model in apps.get_models():
        entries = getattr(model, "history", None)
        if entries is None:
            continue
        names = [field.attname for field in model._meta.concrete_fields]
        newest = {entry.pop("id"): entry for entry in entries.order_by("history_id").values("id", *names)}
        for row in model._default_manager.filter(pk__in=newest).values(*names):
            assert newest[row.pop("id")] == row, model.__name__
            found.add(model.__name__)
    assert {"StaffMember", "Shift", "Wish", "ShiftType", "Period", "Restaurant"} <= found


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
