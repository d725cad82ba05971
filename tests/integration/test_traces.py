"""Traces: what one edit causes, from its message to the last delivery, as an OpenTelemetry collector is told by real processes."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence

import httpx
import pytest

from shiftsync.config import ROOT
from shiftsync.core.actor import Role
from tests.support.client import Client
from tests.support.cluster import database_name, two_servers
from tests.support.collector import Collector, SpanSeen
from tests.support.ports import free_port
from tests.support.provision import Place, provision
from tests.support.server import ServerProcess
from tests.support.services import Postgres, RedisServer
from tests.support.waiting import PATIENCE_SECONDS, wait_until
from tests.support.world import World

EAGER = {"OTEL_BSP_SCHEDULE_DELAY": "50"}
NAME = "Person 0"
SECRET_VALUE = "Δ秘密"


@pytest.fixture
def collector() -> Iterator[Collector]:
    with Collector() as made:
        yield made


def traces_of(collector: Collector, root: str) -> list[list[SpanSeen]]:
    """The traces that begin with a span of that name."""
    return [spans for spans in collector.traces().values() if spans[0].name == root and not spans[0].parent]


def names(spans: Sequence[SpanSeen]) -> list[str]:
    return [span.name for span in spans]


def parent_of(span: SpanSeen, spans: Sequence[SpanSeen]) -> str:
    return next(each.name for each in spans if each.id == span.parent)


# --- two processes on PostgreSQL and Redis ---


@pytest.fixture(scope="module")
def watched() -> Iterator[tuple[Collector, list[ServerProcess], Place]]:
    """Two servers that report to a collector."""
    postgres, redis = Postgres(), RedisServer()
    with postgres, redis, Collector() as collector:
        database_url = postgres.create(database_name())
        (place,) = provision(database_url, staff=3)
        environment = {"DATABASE_URL": database_url, "REDIS_URL": redis.url, "SHIFTSYNC_TRACES_ENDPOINT": collector.url}
        with two_servers({**environment, **EAGER}) as servers:
            yield collector, servers, place


def whole(collector: Collector, root: str, places: int) -> list[SpanSeen]:
    """A trace with as many deliveries; where a poll was faster than a hint, that process tells none."""
    wait_until(
        lambda: any(names(spans).count("deliver") == places for spans in traces_of(collector, root)),
        PATIENCE_SECONDS,
        f"a whole trace of {root}",
    )
    return next(spans for spans in traces_of(collector, root) if names(spans).count("deliver") == places)


def edit(place: Place, day: int) -> dict[str, object]:
    date = f"2025-08-{day:02}"
    return {"scheduleId": place.schedule, "staffId": place.staff[0], "dateKey": date, "shiftValue": SECRET_VALUE}


@pytest.mark.services
@pytest.mark.slow
def test_edit__two_processes__is_one_trace_to_the_last_delivery(
    watched: tuple[Collector, list[ServerProcess], Place],
) -> None:
    collector, servers, place = watched
    token = place.tokens["manager"]
    with Client(servers[0].url, token=token, v2=True) as author, Client(servers[1].url, token=token, v2=True) as other:
        for day in range(1, 6):
            author.ack("SHIFT_UPDATE", edit(place, day))
            other.expect("SHIFT_BROADCAST")
        spans = whole(collector, "SHIFT_UPDATE", 2)
    root = spans[0]
    assert sorted(names(spans)) == sorted(
        ["SHIFT_UPDATE", "wait", "transaction", "sql", "sql", "publish", "deliver", "deliver"]
    )
    parents = {span.name: parent_of(span, spans) for span in spans[1:]}
    assert parents == {
        **dict.fromkeys(["wait", "transaction", "publish", "deliver"], "SHIFT_UPDATE"),
        "sql": "transaction",
    }
    assert len({span.process for span in spans if span.name == "deliver"}) == 2
    assert {span.attributes["shiftsync.sockets"] for span in spans if span.name == "deliver"} == {1}
    assert root.attributes["shiftsync.restaurant"] == place.restaurant
    statements = " ".join(span.attributes["db.query.text"] for span in spans if span.name == "sql")
    assert "realtime_stream" in statements
    assert "INSERT INTO" in statements
    assert all(root.start <= span.start <= span.end for span in spans)


@pytest.mark.services
@pytest.mark.slow
def test_change_by_rest__two_processes__is_one_trace_too(
    watched: tuple[Collector, list[ServerProcess], Place],
) -> None:
    collector, servers, place = watched
    token = place.tokens["manager"]
    with Client(servers[1].url, token=token, v2=True) as other:
        for number in range(5):
            answer = httpx.patch(
                f"{servers[0].url}/api/staff/{place.staff[1]}/",
                json={"name": f"{NAME} {number}"},
                headers={"Authorization": f"Bearer {token}"},
            )
            assert answer.status_code == 200, answer.text
            other.expect("STAFF_UPDATE")
        spans = whole(collector, "PATCH /api/staff/<str:id>/", 1)
    assert {"wait", "transaction", "sql", "publish", "deliver"} <= set(names(spans))
    assert spans[0].attributes["http.response.status_code"] == 200
    assert spans[0].attributes["http.route"].startswith("/api/staff/")


@pytest.mark.services
@pytest.mark.slow
def test_traces__whatever_was_done__say_nothing_of_people(
    watched: tuple[Collector, list[ServerProcess], Place],
) -> None:
    collector, servers, place = watched
    token = place.tokens["manager"]
    with Client(servers[0].url, token=token, v2=True) as author:
        author.ack("SHIFT_UPDATE", edit(place, 9))
        author.ack("STAFF_UPDATE", {"staffId": place.staff[2], "changes": {"name": NAME}})
        author.request("SYNC_REQUEST", {})
        httpx.get(f"{servers[0].url}/api/feeds/{token}.ics")
        wait_until(lambda: bool(traces_of(collector, "STAFF_UPDATE")), PATIENCE_SECONDS, "the trace")
    told = str(collector.traces())
    for secret in (NAME, SECRET_VALUE, token, *place.users.values()):
        assert secret not in told


# --- one process ---


def test_question__one_process__shows_what_it_asks(database_url: str, world: World, collector: Collector) -> None:
    with (
        ServerProcess({"DATABASE_URL": database_url, "SHIFTSYNC_TRACES_ENDPOINT": collector.url, **EAGER}) as server,
        Client(server.url, token=world.tokens[Role.VIEWER], v2=True) as client,
    ):
        client.request("CALENDAR_SYNC_REQUEST", {})
        client.send("NO_SUCH_MESSAGE")
        client.expect("ERROR")
        wait_until(lambda: bool(traces_of(collector, "CALENDAR_SYNC_REQUEST")), PATIENCE_SECONDS, "the trace")
    (spans,) = traces_of(collector, "CALENDAR_SYNC_REQUEST")
    assert set(names(spans)) == {"CALENDAR_SYNC_REQUEST", "sql"}


def test_edit__no_collector_there__is_done_and_the_end_waits_for_nothing(database_url: str, world: World) -> None:
    nobody = f"http://127.0.0.1:{free_port()}"
    with (
        ServerProcess({"DATABASE_URL": database_url, "SHIFTSYNC_TRACES_ENDPOINT": nobody, **EAGER}) as server,
        Client(server.url, token=world.tokens[Role.MANAGER], v2=True) as client,
    ):
        client.ack("STAFF_UPDATE", {"staffId": world.staff_ids[0], "changes": {"name": NAME}})


# redis-py loads the library's metrics wherever they are installed; what is ours loads none of its traces.
# The pages are loaded in a thread, which must be done before the process ends.
LOADED = """
import shiftsync.asgi, sys, threading
[thread.join() for thread in threading.enumerate() if thread.name == "pages"]
print(*(name for name in sys.modules if name.startswith(("opentelemetry.exporter", "opentelemetry.proto", "opentelemetry.sdk.trace"))))
"""


@pytest.mark.starts_processes
@pytest.mark.parametrize(("endpoint", "is_loaded"), [("", False), ("http://127.0.0.1:1", True)])
def test_server__tracing_off__loads_nothing_of_the_library(endpoint: str, is_loaded: bool) -> None:
    environment = {**os.environ, "SHIFTSYNC_TRACES_ENDPOINT": endpoint}
    told = subprocess.run(
        [sys.executable, "-c", LOADED], cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    )
    assert bool(told.stdout.split()) is is_loaded
