"""``manage.py work``: the worker, as ``make run`` and the containers start it."""

import logging
import time
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import Error, connection
from django_tasks_db.management.commands import db_worker

from shiftsync import __version__
from shiftsync.core import tracing
from shiftsync.core.beat import Beat
from shiftsync.core.beside import beside_the_tasks
from shiftsync.core.database_errors import TRANSIENT_KINDS, is_transient
from shiftsync.core.metrics import TASK_SECONDS, TASKS_DONE
from shiftsync.core.starting import say_started
from shiftsync.core.surroundings import database_problem, reason_of
from shiftsync.core.worker_page import serve_worker_page

logger = logging.getLogger("shiftsync.worker")

PAUSE_SECONDS = 0.5
TELL_EVERY_SECONDS = 60.0


class LastingWorker(db_worker.Worker):
    """Waits while the database is away and continues when it is back; the package's own worker ends.

    A task that it was at then stays as it is in the queue; what is worth it (a job of the generator) is watched and taken up again.
    """

    def __init__(self, **options: Any) -> None:
        self._beat = Beat()
        if settings.CONFIG.metrics_port:
            _serve_page(settings.CONFIG.metrics_port, self._beat)
        say_started("worker")
        self._is_running = True
        super().__init__(**options)

    @property
    def running(self) -> bool:
        """Whether to continue. The package asks in each round, which doubles as the sign of life."""
        self._beat()
        return self._is_running

    @running.setter
    def running(self, goes_on: bool) -> None:
        self._is_running = goes_on

    def run_task(self, db_task_result: Any) -> None:
        """As the package's; the sign of life continues while it runs."""
        began, name = time.monotonic(), db_task_result.task_path.rpartition(".")[2]
        with self._beat.going_on(), tracing.work(name, {"shiftsync.task": db_task_result.id}):
            super().run_task(db_task_result)
        TASKS_DONE.inc()
        outcome = db_task_result.status.lower()
        TASK_SECONDS.labels(task=name, outcome=outcome).observe(time.monotonic() - began)

    def run(self) -> None:
        """Until it is asked to end."""
        while True:
            try:
                super().run()
                return
            except TRANSIENT_KINDS as error:
                if not is_transient(error):
                    raise
                self._wait(error)

    def _wait(self, error: Exception) -> None:
        """Until the database answers. Says so once, once a minute, and at the end."""
        since = told = time.monotonic()
        logger.warning("worker.database_away error=%s", database_problem() or reason_of(error))
        while not _answers():
            self._beat()
            if time.monotonic() - told >= TELL_EVERY_SECONDS:
                told = time.monotonic()
                logger.warning("worker.database_still_away seconds=%d", told - since)
            time.sleep(PAUSE_SECONDS)
        logger.warning("worker.database_back seconds=%d", time.monotonic() - since)


def _serve_page(port: int, beat: Beat) -> None:
    try:
        serve_worker_page(port, beat)
    except OSError as error:
        raise CommandError(f"SHIFTSYNC_METRICS_PORT: {port} cannot be listened on: {error.strerror}") from error


def _answers() -> bool:
    connection.close()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return False
    return True


class Command(db_worker.Command):
    """Takes the options of ``db_worker``."""

    help = "Processes the task queue; waits while the database is unavailable."

    def handle(self, *args: Any, **options: Any) -> None:
        """As the package's, with our worker instead of its own."""
        if settings.CONFIG.traces_endpoint is not None:
            tracing.start(settings.CONFIG.traces_endpoint, __version__, "worker")
        db_worker.Worker = LastingWorker  # type: ignore[misc]  # it has no other way to say which
        if options["batch"]:
            super().handle(*args, **options)
            return
        with beside_the_tasks():
            super().handle(*args, **options)
