"""Traces of what a worker does: its tasks, the generator's jobs in the trace of who asked for them, webhooks."""

from collections.abc import Callable, Iterator, Sequence

import httpx
import pytest

from shiftsync.core.actor import Role
from tests.support.client import Client
from tests.support.collector import Collector, SpanSeen
from tests.support.receiver import Receiver
from tests.support.server import ServerProcess
from tests.support.waiting import PATIENCE_SECONDS, wait_until
from tests.support.worker import WorkerProcess
from tests.support.world import World

EAGER = {"OTEL_BSP_SCHEDULE_DELAY": "50"}
NAME = "Person 0"

pytestmark = pytest.mark.slow


@pytest.fixture
def collector() -> Iterator[Collector]:
    with Collector() as made:
        yield made


@pytest.fixture
def server(database_url: str, world: World, collector: Collector) -> Iterator[ServerProcess]:
    """A server and a worker that report to the collector."""
    environment = {
        "DATABASE_URL": database_url,
        "SHIFTSYNC_TRACES_ENDPOINT": collector.url,
        "SHIFTSYNC_WEBHOOK_NETWORKS": "127.0.0.0/8",
        **EAGER,
    }
    with WorkerProcess(environment), ServerProcess(environment) as process:
        yield process


def trace_with(collector: Collector, holds: Callable[[Sequence[str]], bool], what: str) -> list[SpanSeen]:
    """The first trace whose spans have such names."""

    def found() -> list[list[SpanSeen]]:
        return [spans for spans in collector.traces().values() if holds([span.name for span in spans])]

    wait_until(lambda: bool(found()), PATIENCE_SECONDS, what)
    return found()[0]


def test_job__asked_for_by_a_message__is_in_its_trace_and_told_to_nobody(
    server: ServerProcess, world: World, collector: Collector
) -> None:
    with Client(server.url, token=world.tokens[Role.MANAGER], v2=True) as client:
        asked = {"scheduleId": world.schedule_id, "timeLimitSeconds": 20, "includePast": True}
        job_id = client.ack("SCHEDULE_GENERATE", asked)["result"]["jobId"]
        told = client.expect("GENERATION_RESULT")["payload"]
        jobs = client.request("SHIFT_SYNC_REQUEST", {"scheduleId": world.schedule_id})["payload"]["jobs"]
    spans = trace_with(collector, lambda names: {"SCHEDULE_GENERATE", "generation"} <= {*names}, "the job's trace")
    assert spans[0].name == "SCHEDULE_GENERATE"
    job = next(span for span in spans if span.name == "generation")
    assert job.attributes["shiftsync.job"] == job_id
    assert job.attributes["shiftsync.attempts"] == 1
    assert job.process != spans[0].process
    parts = [span.name for span in spans if span.parent == job.id and span.name != "sql"]
    assert sorted(parts) == ["explain", "read", "solve", "wait"]
    assert any(span.name == "sql" and span.parent == job.id for span in spans)
    assert spans[0].trace not in str([told, jobs])
    task = trace_with(collector, lambda names: "run_generation" in names, "the task's trace")
    assert task[0].attributes["shiftsync.task"]


def test_webhook__delivery__is_a_trace_that_says_nothing_of_people_or_addresses(
    server: ServerProcess, world: World, collector: Collector
) -> None:
    headers = {"Authorization": f"Bearer {world.tokens[Role.OWNER]}"}
    with Receiver() as receiver, Client(server.url, token=world.tokens[Role.MANAGER], v2=True) as client:
        body = {"url": receiver.url, "events": ["staff.*"]}
        made = httpx.post(f"{server.url}/api/webhooks/", json=body, headers=headers, timeout=PATIENCE_SECONDS)
        assert made.status_code == 201, made.text
        version = client.ack("STAFF_UPDATE", {"staffId": world.staff_ids[0], "changes": {"name": NAME}})["version"]
        spans = trace_with(collector, lambda names: {"webhook", "post"} <= {*names}, "the delivery's trace")
    assert spans[0].name == "webhook"
    assert spans[0].attributes["shiftsync.restaurant"] == str(world.id)
    assert spans[0].attributes["shiftsync.version"] == version
    (post,) = (span for span in spans if span.name == "post")
    assert post.attributes["http.response.status_code"] == 204
    told = str(collector.traces())
    assert NAME not in told
    assert receiver.url not in told
