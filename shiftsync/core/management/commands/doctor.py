"""``manage.py doctor``: whether this installation is well, line by line."""

import shutil
from collections.abc import Callable, Iterator
from typing import Any

from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django_tasks_db.models import DBTaskResult

from shiftsync import __version__
from shiftsync.core.beat import is_late
from shiftsync.core.clock import now
from shiftsync.core.commands import TellingCommand
from shiftsync.core.queue import waiting_tasks
from shiftsync.core.surroundings import (
    database_place,
    database_problem,
    frontend_problem,
    redis_place,
    redis_problem,
)

LATE_SECONDS = 60
LEAST_DISK = 0.05


class Command(TellingCommand):
    help = "Checks everything this installation depends on; the exit code is 1 if anything is wrong."
    requires_system_checks: list[str] = []  # some ask the database, which may be what is wrong
    requires_migrations_checks = False

    def handle(self, *args: Any, **options: Any) -> None:
        """Asks everything, and ends with what is wrong."""
        found: list[dict[str, object]] = []
        self.tell(f"version   {__version__}", version=__version__, checks=found)
        wrong = 0
        for name, place, problem in self._findings():
            wrong += problem is not None
            found.append({"name": name, "isWell": problem is None, "text": problem or place})
            self.tell(f"{name:<9} {'ok   ' if problem is None else 'WRONG'} {problem or place}".rstrip())
        if wrong:
            raise CommandError(f"{wrong} wrong.")

    def _findings(self) -> Iterator[tuple[str, str, str | None]]:
        problem = database_problem()
        yield "database", database_place(), problem
        if problem is None:
            yield "tables", *_said(_migrations)
            yield "queue", *_said(_queue)
        yield "redis", redis_place(), redis_problem()
        yield "frontend", "", frontend_problem()
        yield "worker", "running on this machine", _worker() if problem is None else None
        yield "disk", *_said(_disk)


def _said(ask: Callable[[], tuple[bool, str]]) -> tuple[str, str | None]:
    fine, text = ask()
    return text, None if fine else text


def _migrations() -> tuple[bool, str]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    known = set(executor.loader.disk_migrations or {})
    newer = [f"{app}.{name}" for app, name in sorted(set(executor.loader.applied_migrations) - known) if app in _apps()]
    if newer:
        return False, f"the database belongs to a newer version ({newer[-1]}): run that version"
    if plan:
        return False, f"{len(plan)} migrations are missing: run manage.py migrate"
    return True, f"{len(known)} migrations"


def _apps() -> set[str]:
    return set(MigrationExecutor(connection).loader.migrated_apps)


def _queue() -> tuple[bool, str]:
    count, oldest = waiting_tasks(now())
    text = f"{count} tasks waiting, the oldest for {oldest:.0f} s; {DBTaskResult.objects.count()} in the table"
    return oldest < LATE_SECONDS, text


def _worker() -> str | None:
    return "no worker of this user on this machine has reported for a minute" if is_late() else None


def _disk() -> tuple[bool, str]:
    usage = shutil.disk_usage(".")
    share = usage.free / usage.total
    return share > LEAST_DISK, f"{share:.0%} free here ({usage.free >> 30} GiB)"
