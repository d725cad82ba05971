"""A run of faults: clients write for a while under what goes wrong, then everything that they were told is compared with the database."""

import asyncio
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import httpx
import psycopg

from tests.faults.hooks import Subscriber, rename_people, undelivered
from tests.faults.jobs import ask_for_jobs, unfinished
from tests.faults.mood import Mood
from tests.faults.stage import Stage, acting, proxied, started
from tests.faults.weather import FAULTS, Behind, Fault, require_all_equal, schedule, stories_of_backups
from tests.support.provision import provision
from tests.support.receiver import Receiver
from tests.support.services import Postgres, RedisServer
from tests.support.waiting import PATIENCE_SECONDS, until

USUAL = "tests.settings"
LOOPBACK = "127.0.0.0/8"
JOB_SECONDS = 60.0
EXPECTED_REFUSALS = {"conflict"}


@dataclass(frozen=True)
class Plan:
    """What to run. Under the same seed the same faults come in the same order, and every client makes the same edits in the same order."""

    seed: int
    seconds: float
    clients: int = 30
    servers: int = 3
    workers: int = 2
    settings: str = USUAL
    liveness_seconds: float = 5.0
    faults: Sequence[Fault] = FAULTS


def run(plan: Plan) -> list[str]:
    """What broke a promise; empty where all was kept. Starts and ends services of its own."""
    with _services() as (postgres, redis), ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="shiftsync-faults-")))
        database_url = postgres.create(f"faults_{uuid4().hex[:12]}")
        places = provision(database_url, staff=plan.clients + 1, places=2)
        environment = {"DATABASE_URL": database_url, "REDIS_URL": redis.url, "SHIFTSYNC_WEBHOOK_NETWORKS": LOOPBACK}
        servers, workers = started(
            stack, environment, servers=plan.servers, workers=plan.workers, settings=plan.settings
        )
        stage = Stage(postgres, redis, database_url, servers, [], workers, places, plan.seed, folder)
        stage.settings = plan.settings
        if not workers:
            return asyncio.run(play(stage, plan))
        stage.mood = Mood()
        subscriber = Subscriber(stack.enter_context(Receiver()), places[1], stage.mood)
        subscriber.subscribe(servers[0].url)
        return asyncio.run(play(stage, plan, subscriber))


@contextmanager
def _services() -> Iterator[tuple[Postgres, RedisServer]]:
    postgres, redis = Postgres(), RedisServer()
    with postgres, redis:
        yield postgres, redis


async def play(stage: Stage, plan: Plan, subscriber: Subscriber | None = None) -> list[str]:
    """The run itself, on what is up already."""
    async with proxied(stage.servers) as proxies:
        stage.proxies = proxies
        stage.add_agents(plan.clients)
        async with acting(stage):
            await until(
                lambda: all(agent.is_live for agent in stage.agents), PATIENCE_SECONDS, "all clients to be live"
            )
            stage.may_write.set()
            jobs = [asyncio.ensure_future(ask_for_jobs(stage))]
            if subscriber is not None:
                jobs.append(asyncio.ensure_future(rename_people(stage, subscriber.place)))
            await _break_things(stage, plan)
            for job in jobs:
                job.cancel()
            stage.may_write.clear()
            await _send_old_ones_again(stage)
            await _judge(stage, plan, "at the end")
        if subscriber is not None:
            stage.found += await undelivered(stage, subscriber, JOB_SECONDS)
        stage.found += [*await unfinished(stage, JOB_SECONDS), *await stories_of_backups(stage)]
    return [*stage.found, *await asyncio.to_thread(violations, stage)]


async def _break_things(stage: Stage, plan: Plan) -> None:
    ends = time.monotonic() + plan.seconds
    for faults in schedule(stage.chance, tuple(plan.faults)):
        names = " and ".join(fault.__name__.replace("_", " ") for fault in faults)
        print(f"{max(0, ends - time.monotonic()):5.0f} s left: {names}", flush=True)
        results = await asyncio.gather(*(fault(stage) for fault in faults), return_exceptions=True)
        stage.found += [f"{names}: {error!r}" for error in results if isinstance(error, Exception)]
        await until(lambda: _is_ready(stage), PATIENCE_SECONDS, "the servers to be ready")
        await _judge(stage, plan, f"after {names}")
        if time.monotonic() > ends:
            return


def _is_ready(stage: Stage) -> bool:
    """Whether what was broken is whole again: from here on time counts."""
    try:
        with psycopg.connect(stage.database_url, connect_timeout=10):
            return all(httpx.get(f"{server.url}/health/ready", timeout=10).is_success for server in stage.servers)
    except (psycopg.OperationalError, httpx.TransportError):
        return False


async def _judge(stage: Stage, plan: Plan, when: str) -> None:
    try:
        await require_all_equal(stage, when, plan.liveness_seconds)
    except Behind as behind:
        stage.found.append(str(behind))


async def _send_old_ones_again(stage: Stage) -> None:
    """Late copies of requests whose cells were written again since, as a server that stood still brings them."""
    for agent in stage.agents:
        last = {(edit.staff_id, edit.date_key): edit for edit in agent.sent}
        old = [
            edit for edit in agent.sent if edit.request_id in agent.acked and last[edit.staff_id, edit.date_key] != edit
        ]
        for edit in old[-3:]:
            await agent.send_again(edit)


def violations(stage: Stage) -> list[str]:
    """What the clients' own logs and the database disagree about."""
    found = []
    for place in stage.places:
        agents = stage.agents_of(place)
        found += stage.ledger(place).violations(agents)
        own = {*place.staff}
        for agent in agents:
            found += [f"{agent.name}: heard of another restaurant" for cell in agent.heard if cell[1] not in own][:1]
            codes = set(agent.refused.values()) - EXPECTED_REFUSALS
            found += [f"{agent.name}: was refused: {code}" for code in codes]
    return found
