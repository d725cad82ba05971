"""Every metric counts what its help says, and none is left that nothing counts."""

import ast
from collections.abc import Iterator

import pytest
from prometheus_client import REGISTRY

from shiftsync.config import ROOT
from shiftsync.realtime.hub.hub import Hub
from shiftsync.realtime.stream.database import run_db
from tests.support.changes import cell_change
from tests.support.peer import Peer, flushed, open_connection
from tests.support.waiting import PATIENCE_SECONDS, until
from tests.support.world import World
from tests.unit.realtime.test_connection import delivery
from tests.unit.realtime.test_room import a_hub, a_room, edit, run_until

METRICS = ROOT / "shiftsync" / "core" / "metrics.py"
RECORDING = {"inc", "set", "observe", "labels", "time"}


class Broken:
    """A channel layer that takes nothing: Redis is away."""

    async def group_send(self, *_: object) -> None:
        raise ConnectionError


def value(name: str) -> float:
    return REGISTRY.get_sample_value(name) or 0


def metrics() -> set[str]:
    """The names of all metrics, as the code has them."""
    tree = ast.parse(METRICS.read_text())
    assigned = [node for node in tree.body if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)]
    makers = {"Counter", "Gauge", "Histogram"}
    return {
        target.id
        for node in assigned
        for target in node.targets
        if isinstance(target, ast.Name) and isinstance(node.value, ast.Call) and ast.unparse(node.value.func) in makers
    }


def recorded() -> Iterator[str]:
    """The names on which the server's code calls what records something."""
    for path in (ROOT / "shiftsync").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Attribute) and node.attr in RECORDING and isinstance(node.value, ast.Name):
                yield node.value.id


def test_metrics__all__are_recorded_somewhere() -> None:
    assert len(metrics()) == 27
    assert metrics() <= set(recorded())


async def test_frames_delivered__connection_that_hears__counts_what_it_is_sent() -> None:
    connection = open_connection(Peer())
    deaf = open_connection(Peer())
    deaf.subscribe(frozenset())
    before = value("shiftsync_frames_delivered_total")

    for each in (connection, deaf):
        each.deliver(delivery(1))
        each.deliver(delivery(2, 3))
        await flushed(each)

    assert value("shiftsync_frames_delivered_total") == before + 2, "a delivery is a frame"


async def test_gaps_filled__three_changes_of_another_process__is_one_reading(world: World) -> None:
    start = (await run_db(lambda: world.position)).version
    last = [await run_db(edit, world, symbol) for symbol in "○△◇"][-1]
    before = value("shiftsync_hub_gaps_filled_total")

    async with a_room(world.id, start) as room:
        await run_until(room, last.version)

    assert value("shiftsync_hub_gaps_filled_total") == before + 1


async def test_hints_lost__channel_layer_away__counts_each_restaurant(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = value("shiftsync_hints_lost_total")
    async with a_hub() as hub:
        await started(hub)
        monkeypatch.setattr(hub, "_layer", Broken())
        hub.on_commit(world.id, [cell_change(1)])
        await until(
            lambda: value("shiftsync_hints_lost_total") == before + 1, PATIENCE_SECONDS, "the lost hint to be counted"
        )


async def started(hub: Hub) -> None:
    """Waits until the hub listens to the layer that it has."""
    await until(lambda: hub._channel is not None, PATIENCE_SECONDS, "the hub to listen")
