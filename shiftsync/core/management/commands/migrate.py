"""Django's ``migrate`` without the timeouts that apply to requests."""

import time
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import migrate
from django.db import connection

from shiftsync.core.surroundings import database_problem, is_refused

PAUSE_SECONDS = 0.5
TELL_EVERY_SECONDS = 60.0


class Command(migrate.Command):
    """A migration may compute for a long time between statements and has to wait for its locks; giving up would help
    nobody."""

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--wait", action="store_true", help="wait for a database that does not answer yet")

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrates."""
        if options.pop("wait", False):
            self._wait()
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET idle_in_transaction_session_timeout = 0; SET lock_timeout = 0")
        super().handle(*args, **options)

    def _wait(self) -> None:
        """Until the database answers; says so once, once a minute, and at the end. One that refuses us is not waited for."""
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
