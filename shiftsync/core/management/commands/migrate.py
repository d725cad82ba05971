"""Django's ``migrate`` without the timeouts that apply to requests."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connection


class Command(migrate.Command):
    """A migration may compute for a long time between statements and has to wait for its locks; giving up would help
    nobody."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrates."""
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET idle_in_transaction_session_timeout = 0; SET lock_timeout = 0")
        super().handle(*args, **options)
