"""A worker while its database is away, or ends what it is at."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from tests.support.client import Client
from tests.support.cluster import Cluster
from tests.support.services import Postgres
from tests.support.waiting import PATIENCE_SECONDS, wait_until
from tests.support.worker import WorkerProcess

pytestmark = [pytest.mark.services, pytest.mark.slow]

TASK = """
INSERT INTO django_tasks_database_dbtaskresult
  (id, status, enqueued_at, args_kwargs, priority, task_path, worker_ids, queue_name, backend_name, run_after, exception_class_path, traceback)
VALUES (gen_random_uuid(), 'READY', now(), %s, 0, 'schedules.tasks.run_generation', '[]', 'default', 'default', now(), '', '')
"""
NOBODYS = '{"args": ["00000000-0000-0000-0000-000000000000"], "kwargs": {}}'


def left_to_do(database: str) -> int:
    with psycopg.connect(database) as connection:
        row = connection.execute(
            "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status = 'READY'"
        ).fetchone()
    return int(row[0]) if row else 0


def add_task(database: str) -> None:
    with psycopg.connect(database) as connection:
        connection.execute(TASK, [NOBODYS])


def test_worker__postgresql_away_and_back__waits_goes_on_and_says_so_in_two_lines(
    postgres: Postgres, fault_database: str, places: object, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    with WorkerProcess({"DATABASE_URL": fault_database}, log) as worker:
        add_task(fault_database)
        wait_until(lambda: left_to_do(fault_database) == 0, PATIENCE_SECONDS, "the worker to be at work")
        postgres.stop()
        try:
            wait_until(lambda: "worker.database_away" in log.read_text(), PATIENCE_SECONDS, "the worker to find out")

        finally:
            postgres.start()
        add_task(fault_database)
        wait_until(lambda: left_to_do(fault_database) == 0, PATIENCE_SECONDS, "the worker to go on")
        assert worker.runs
    lines = [line for line in log.read_text().splitlines() if "worker.database" in line]
    assert len(lines) == 2, lines
    assert "worker.database_back" in lines[1]


WAITING = "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%schedules_shift%'"


def waiting(cluster: Cluster) -> list[int]:
    """The connections that wait for the shifts; asked by a transaction of its own, since one sees the same activity all along."""
    with psycopg.connect(cluster.database_url) as connection:
        return [pid for (pid,) in connection.execute(WAITING).fetchall()]


def terminated(cluster: Cluster, holder: psycopg.Connection) -> None:
    for pid in waiting(cluster):
        holder.execute("SELECT pg_terminate_backend(%s)", [pid])
    holder.rollback()


def restarted(cluster: Cluster, holder: psycopg.Connection) -> None:
    cluster.postgres.restart()


@pytest.mark.parametrize("cut", [terminated, restarted])
def test_job__database_ends_its_connection__is_done_again(
    cluster: Cluster, cut: Callable[[Cluster, psycopg.Connection], None], tmp_path: Path
) -> None:
    asked = {"scheduleId": cluster.place.schedule, "timeLimitSeconds": 20, "includePast": True}
    with Client(cluster.urls[0], token=cluster.place.tokens["manager"], v2=True) as client:
        job_id = client.ack("SCHEDULE_GENERATE", asked)["result"]["jobId"]
    with closing(psycopg.connect(cluster.database_url)) as holder:
        holder.execute("LOCK TABLE schedules_shift IN ACCESS EXCLUSIVE MODE")
        with WorkerProcess({"DATABASE_URL": cluster.database_url}, tmp_path / "log"):
            wait_until(lambda: bool(waiting(cluster)), PATIENCE_SECONDS, "the worker to be at the job")
            cut(cluster, holder)
            wait_until(lambda: ended(cluster, job_id), PATIENCE_SECONDS, "the job to end")
    jobs: list[dict[str, Any]] = []
    wait_until(lambda: knows_jobs(cluster, jobs), PATIENCE_SECONDS, "the server to answer")
    assert [(job["status"], job["attempts"], job["error"]) for job in jobs] == [("optimal", 2, "")]


def knows_jobs(cluster: Cluster, jobs: list[dict[str, Any]]) -> bool:
    """Adds the jobs of the schedule to ``jobs``; false where the server, which has lost the database too, sends its clients away still:
    they come again, as clients do."""
    try:
        with Client(cluster.urls[0], token=cluster.place.tokens["manager"], v2=True) as again:
            answer = again.request("SHIFT_SYNC_REQUEST", {"scheduleId": cluster.place.schedule})
    except (ConnectionClosed, InvalidHandshake):
        return False
    jobs.extend(answer["payload"]["jobs"])
    return True


def ended(cluster: Cluster, job_id: str) -> bool:
    with psycopg.connect(cluster.database_url) as connection:
        row = connection.execute("SELECT finished_at FROM schedules_generationjob WHERE id = %s", [job_id]).fetchone()
    return row is not None and row[0] is not None
