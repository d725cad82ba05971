"""``manage.py upgrade_plan``: what migrating would mean for the processes of the version before, in one line. ``deploy/upgrade`` reads it."""

from collections.abc import Iterable
from typing import Any

from django.db import connection, models
from django.db.migrations import AddField, AddIndex, AlterModelOptions, CreateModel, Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations.base import Operation

from shiftsync.core.commands import TellingCommand


class Command(TellingCommand):
    help = "Says in one line whether the database must be migrated, and whether servers of the previous version can keep running meanwhile."
    requires_migrations_checks = False

    def handle(self, *args: Any, **options: Any) -> None:
        """Looks, and changes nothing."""
        executor = MigrationExecutor(connection)
        newer = sorted(_unknown(executor))
        if newer:
            self.tell(f"The database is of a newer version: {', '.join(newer)}.", plan="newer", migrations=newer)
            return
        plan = [migration for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]
        if not plan:
            self.tell("Nothing to migrate.", plan="nothing", migrations=[])
            return
        each = [f"{migration.app_label}.{migration.name}" for migration in plan]
        names = ", ".join(each)
        if not executor.loader.applied_migrations:
            self.tell(f"To migrate into an empty database: {len(plan)} migrations.", plan="empty", migrations=each)
        elif all(map(lets_others_go_on, plan)):
            self.tell(f"To migrate while the others go on: {names}.", plan="goOn", migrations=each)
        else:
            self.tell(f"To migrate while the others stand still: {names}.", plan="standStill", migrations=each)


def _unknown(executor: MigrationExecutor) -> Iterable[str]:
    """Migrations that the database has had and this version does not know, of apps that it has."""
    known = executor.loader.disk_migrations or {}
    for app, name in executor.loader.applied_migrations:
        if (app, name) not in known and app in executor.loader.migrated_apps:
            yield f"{app}.{name}"


def lets_others_go_on(migration: Migration) -> bool:
    """Whether a program from before this migration still reads and writes after it: it only adds what may be left out."""
    return all(map(_adds_only, migration.operations))


def _adds_only(operation: Operation) -> bool:
    if isinstance(operation, AddField):
        field = operation.field
        return field.null or field.has_db_default() or isinstance(field, models.ManyToManyField)
    return isinstance(operation, CreateModel | AddIndex | AlterModelOptions)
