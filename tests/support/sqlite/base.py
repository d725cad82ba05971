"""Django's SQLite backend, but for what a flush leaves alone."""

from collections.abc import Sequence
from typing import Any

from django.db.backends.sqlite3 import base, operations

from tests.support.kept_tables import without_kept


class DatabaseOperations(operations.DatabaseOperations):
    """Deletes what tests have made."""

    def sql_flush(
        self, style: Any, tables: Sequence[str], *, reset_sequences: bool = False, allow_cascade: bool = False
    ) -> list[str]:
        """The statements of Django's own for fewer tables."""
        return super().sql_flush(
            style, without_kept(tables), reset_sequences=reset_sequences, allow_cascade=allow_cascade
        )


class DatabaseWrapper(base.DatabaseWrapper):
    """The backend; ``ENGINE`` is ``tests.support.sqlite``."""

    ops_class = DatabaseOperations
