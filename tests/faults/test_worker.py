"""A worker while its database is away."""

from pathlib import Path

import psycopg
import pytest

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
