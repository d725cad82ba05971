"""Months that are generated while everything around breaks: each job ends, whatever happens to the worker that does it."""

import asyncio
import random
import time
from contextlib import suppress
from uuid import uuid4

import httpx
import psycopg

from tests.faults.stage import Stage

BETWEEN_SECONDS = 3.0
LEFT = """SELECT 'the job ' || id || ' is ' || status FROM schedules_generationjob WHERE status IN ('queued', 'running')
    UNION ALL SELECT 'a task of the queue is ' || status FROM django_tasks_database_dbtaskresult
    WHERE status IN ('READY', 'RUNNING') AND NOT id::text = ANY(%s)"""
RUNNING = "SELECT id::text FROM django_tasks_database_dbtaskresult WHERE status = 'RUNNING'"


async def ask_for_jobs(stage: Stage) -> None:
    """Asks for one after the other in the second restaurant, by REST; again under the same key where no answer came."""
    if not stage.workers:
        return
    place = stage.places[1]
    body = {"scheduleId": place.schedule, "timeLimitSeconds": 1, "keep": "none", "includePast": True}
    headers = {"Authorization": f"Bearer {place.tokens['owner']}", "Idempotency-Key": str(uuid4())}
    chance = random.Random(stage.seed)
    async with httpx.AsyncClient(timeout=5) as client:
        while True:
            with suppress(httpx.TransportError):
                server = chance.choice(stage.servers)
                answer = await client.post(f"{server.url}/api/jobs/", json=body, headers=headers)
                if answer.status_code < 500 and answer.status_code != 429:
                    headers["Idempotency-Key"] = str(uuid4())
                if answer.status_code not in (202, 409, 429, 503):
                    stage.found.append(f"a job was answered {answer.status_code}: {answer.text[:200]}")
            await asyncio.sleep(BETWEEN_SECONDS)


async def unfinished(stage: Stage, seconds: float) -> list[str]:
    """What the workers have not ended after that time."""
    if not stage.workers:
        return []
    deadline = time.monotonic() + seconds
    while left := await asyncio.to_thread(_left, stage):
        if time.monotonic() > deadline:
            return left
        await asyncio.sleep(0.5)
    return []


def _left(stage: Stage) -> list[str]:
    with psycopg.connect(stage.database_url) as connection:
        return [str(row[0]) for row in connection.execute(LEFT, [stage.orphans]).fetchall()]


def tasks_without_worker(restored: str) -> list[str]:
    """The ids of those that a restored database holds as running, before any worker runs on it: each stays so, for another takes up
    what it was about."""
    with psycopg.connect(restored) as connection:
        return [str(row[0]) for row in connection.execute(RUNNING).fetchall()]
