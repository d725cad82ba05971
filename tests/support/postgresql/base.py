"""Our PostgreSQL backend, but for how a test's rows are taken away, for the role that the product has while a test runs it, and for a
test database that begins with its tables (``tests/support/template.py``).

Rows are taken away after each of more than a thousand tests. ``TRUNCATE`` gives every table new files, half a second for some fifty of
them; deleting the few rows takes milliseconds.

A test prepares and looks as a superuser, whom no policy binds; what it calls of the product has the servers' role from where the
product says whose rows it is about. So a place that forgets to say it sees nothing here as well.
"""

import os
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.db.backends.postgresql import creation, operations

from shiftsync.core import fence
from shiftsync.core.postgresql import base
from tests.support.kept_tables import without_kept
from tests.support.roles import APP_ROLE
from tests.support.template import fill


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
        statements = [
            f"LOCK TABLE {', '.join(names)} IN SHARE ROW EXCLUSIVE MODE",
            "SET LOCAL session_replication_role = replica",
            *(f"DELETE FROM {name}" for name in names),
            "SET LOCAL session_replication_role = DEFAULT",
        ]
        return [";".join(statements)]  # in one round trip

    def _may_replicate(self) -> bool:
        with self.connection.cursor() as cursor:
            cursor.execute("SHOW is_superuser")
            (answer,) = cursor.fetchone() or ("off",)
        return bool(answer == "on")


class DatabaseCreation(creation.DatabaseCreation):
    """Begins with a database that is up to date, so that ``migrate`` finds only the role to make."""

    def _create_test_db(self, verbosity: int, autoclobber: bool, keepdb: bool = False) -> str:
        name: str = super()._create_test_db(verbosity, autoclobber, keepdb)  # type: ignore[misc]  # its stubs leave it out
        fill(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl())
        return name


class DatabaseWrapper(base.DatabaseWrapper):
    """The backend; ``ENGINE`` is ``tests.support.postgresql``."""

    ops_class = DatabaseOperations
    creation_class = DatabaseCreation
    has_role_already = "TEST_APP_ROLE" in os.environ

    def telling(self) -> list[str]:
        """Those of the product, and the role that goes with them."""
        if self.has_role_already:
            return super().telling()
        role = "none" if fence.scope() is None else APP_ROLE
        if self.in_atomic_block or not self.is_in_pipeline:
            return [*super().telling(), f"SET LOCAL ROLE {role}"]
        return [*super().telling(), f"SELECT set_config('role', '{role}', true)"]

    def _wanted(self) -> str:
        # Nowhere is something else than not to have said anything: the role goes with it. PostgreSQL takes {} for nothing, too.
        return super()._wanted() if self.has_role_already or fence.scope() is None else fence.scope() or "{}"
