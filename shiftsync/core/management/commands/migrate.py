"""Django's ``migrate``, without the limits of waiting that hold for requests."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connection


class Command(migrate.Command):
    """A migration may compute for long between two statements, and waits for its locks: nobody is served by giving up."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrates."""
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET idle_in_transaction_session_timeout = 0; SET lock_timeout = 0")
        super().handle(*args, **options)
