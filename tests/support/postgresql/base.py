"""Django's PostgreSQL backend, but for how a test's rows are taken away: that is done after each of more than a thousand tests.

``TRUNCATE`` gives every table new files, half a second for some fifty of them; deleting the few rows takes milliseconds.
"""

from collections.abc import Sequence
from typing import Any

from django.db.backends.postgresql import base, operations

from tests.support.kept_tables import without_kept


class DatabaseOperations(operations.DatabaseOperations):
    """Deletes instead of truncating, where the role may switch triggers and foreign keys off meanwhile."""

    def sql_flush(
        self, style: Any, tables: Sequence[str], *, reset_sequences: bool = False, allow_cascade: bool = False
    ) -> list[str]:
        """Waits, like ``TRUNCATE``, for those who still write: what they write must not outlive the test."""
        tables = without_kept(tables)
        if not tables or reset_sequences or not self._may_replicate():
            return super().sql_flush(style, tables, reset_sequences=reset_sequences, allow_cascade=allow_cascade)
        names = [self.quote_name(table) for table in tables]
        return [
            f"LOCK TABLE {', '.join(names)} IN SHARE ROW EXCLUSIVE MODE;",
            "SET LOCAL session_replication_role = replica;",
            *(f"DELETE FROM {name};" for name in names),
            "SET LOCAL session_replication_role = DEFAULT;",
        ]

    def _may_replicate(self) -> bool:
        with self.connection.cursor() as cursor:
            cursor.execute("SHOW is_superuser")
            (answer,) = cursor.fetchone() or ("off",)
        return bool(answer == "on")


class DatabaseWrapper(base.DatabaseWrapper):
    """The backend; ``ENGINE`` is ``tests.support.postgresql``."""

    ops_class = DatabaseOperations
