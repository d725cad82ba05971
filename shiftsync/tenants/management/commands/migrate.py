"""Django's ``migrate`` without the timeouts that apply to requests; afterwards the tables are fenced."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import migrate
from django.db import connection

from shiftsync.core.fence import ALL, SETTING
from shiftsync.core.surroundings import database_problem, is_refused
from shiftsync.tenants.fencing import UnfitRole, let_in, raise_fence

PAUSE_SECONDS = 0.5
TELL_EVERY_SECONDS = 60.0
UNBOUND = (
    "Row-level security is not enforced for the owner yet: servers or workers of an earlier version are still connected as the owner"
    " and would see no rows. Run migrate again when they have stopped."
)


class Command(migrate.Command):
    """A migration may compute for a long time between statements and has to wait for its locks; giving up would help
    nobody."""

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--wait", action="store_true", help="wait until the database answers")

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrates. Row-level security is rebuilt from the models each time (docs/decisions/0037-row-level-security.md)."""
        if options.pop("wait", False):
            self._wait()
        is_postgresql = connection.vendor == "postgresql"
        if is_postgresql:
            with connection.cursor() as cursor:
                cursor.execute("SET idle_in_transaction_session_timeout = 0; SET lock_timeout = 0")
                # An owner that is bound by the policies would otherwise change no row, without an error.
                cursor.execute(f"SET {SETTING} = '{ALL}'")
        is_new = not connection.introspection.table_names()
        super().handle(*args, **options)
        is_whole = not (options["app_label"] or options["check_unapplied"] or options["plan"])
        if is_postgresql and is_whole:
            if not raise_fence(is_new=is_new):
                self.stderr.write(UNBOUND)
            self._let_in()
        if is_postgresql:
            # Who calls this inside a process of their own goes on with the connection.
            with connection.cursor() as cursor:
                cursor.execute(f"RESET {SETTING}; RESET idle_in_transaction_session_timeout; RESET lock_timeout")

    def _let_in(self) -> None:
        servers = settings.CONFIG.app_database
        if servers is None:
            return
        try:
            let_in(servers.user, servers.password)
        except UnfitRole as error:
            raise CommandError(f"SHIFTSYNC_APP_DATABASE_URL: {error}") from error

    def _wait(self) -> None:
        """Waits until the database answers; logs that at once, once a minute, and at the end. Does not wait if it refuses the connection."""
        since, told = time.monotonic(), None
        while (problem := database_problem()) is not None:
            if is_refused(problem):
                raise CommandError(problem)
            if told is None or time.monotonic() - told >= TELL_EVERY_SECONDS:
                told = time.monotonic()
                self.stderr.write(f"Waiting for the database: {problem}")
            time.sleep(PAUSE_SECONDS)
        if told is not None:
            self.stderr.write(f"The database answers after {time.monotonic() - since:.0f} s.")
