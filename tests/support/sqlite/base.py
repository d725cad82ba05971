"""Django's SQLite backend, but for what a flush leaves alone, and for a test database that is a copy."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base, creation, operations

from tests.support.kept_tables import without_kept
from tests.support.template import copy_template


class DatabaseOperations(operations.DatabaseOperations):
    """Deletes what tests have made."""

    def sql_flush(
        self, style: Any, tables: Sequence[str], *, reset_sequences: bool = False, allow_cascade: bool = False
    ) -> list[str]:
        """The statements of Django's own for fewer tables."""
        return super().sql_flush(
            style, without_kept(tables), reset_sequences=reset_sequences, allow_cascade=allow_cascade
        )


class DatabaseCreation(creation.DatabaseCreation):
    """Begins with a database that is up to date, so that ``migrate`` finds nothing to do."""

    def _create_test_db(self, verbosity: int, autoclobber: bool, keepdb: bool = False) -> str:
        name: str = super()._create_test_db(verbosity, autoclobber, keepdb)  # type: ignore[misc]  # its stubs leave it out
        copy_template(Path(name))
        return name


class DatabaseWrapper(base.DatabaseWrapper):
    """The backend; ``ENGINE`` is ``tests.support.sqlite``."""

    ops_class = DatabaseOperations
    creation_class = DatabaseCreation
