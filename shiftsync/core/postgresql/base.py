"""Django's PostgreSQL backend, which tells the database whose rows the present work is about (:mod:`shiftsync.core.fence`).

The setting holds for a transaction, never for a session: a pooled connection would carry it to the next who borrows it. It is sent with
the first statement of a transaction, so it costs no round trip, and again only where the work turns to other restaurants.
"""

from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.utils import CursorWrapper
from django.db.transaction import atomic
from psycopg import ClientCursor, ServerCursor

from shiftsync.core import fence

# The stubs leave out what this builds on.
_CursorWrapper: Any = CursorWrapper
_DatabaseWrapper: Any = base.DatabaseWrapper


class _Fenced(_CursorWrapper):  # type: ignore[misc]  # see above
    """A cursor whose statements are preceded by the setting where the database does not have it yet."""

    db: Any
    cursor: Any

    def _execute(self, sql: Any, params: Any, *ignored_wrapper_args: Any) -> Any:
        if self.db.knows():
            return super()._execute(sql, params)
        with self.db.wrap_database_errors:
            if isinstance(sql, str) and isinstance(self.cursor, ClientCursor) and not self.db.is_in_pipeline:
                telling = self.db.telling()
                answer = super()._execute(f"{';'.join(telling)};{sql}", params)
                for _ in telling:
                    self.cursor.nextset()
                self.db.has_told()
                return answer
            if self.db.is_in_pipeline or isinstance(self.cursor, ServerCursor):
                return self._after_telling(sql, params)
            # Such a cursor takes one statement at a time; in a pipeline they share a round trip, and a transaction.
            with self.db.connection.pipeline():
                return self._after_telling(sql, params)

    def _after_telling(self, sql: Any, params: Any) -> Any:
        self.db.tell()
        return super()._execute(sql, params)

    def _executemany(self, sql: Any, param_list: Any, *ignored_wrapper_args: Any) -> Any:
        with atomic(using=self.db.alias):
            if not self.db.knows():
                self.db.tell()
            return super()._executemany(sql, param_list)


class _FencedCursor(_Fenced):
    pass


class _FencedDebugCursor(base.CursorDebugWrapper, _Fenced):
    pass


class DatabaseWrapper(_DatabaseWrapper):  # type: ignore[misc]  # see above
    """The backend; ``ENGINE`` is ``shiftsync.core.postgresql``."""

    _told: str | None = fence.NOTHING
    """The value last sent in this transaction; None: unknown."""

    @property
    def is_in_pipeline(self) -> bool:
        """Whether statements are being collected for one round trip."""
        return self.connection is not None and bool(self.connection.pgconn.pipeline_status)

    def knows(self) -> bool:
        """Whether the database knows whose rows the present work is about."""
        return self._wanted() == self._told

    def tell(self) -> None:
        """Tells it, by statements of their own."""
        for each in self.telling():
            self.connection.execute(each)
        self.has_told()

    def telling(self) -> list[str]:
        """The statements that send it. ``SET`` takes no snapshot, so it may precede ``SET TRANSACTION``; in a pipeline
        outside of a transaction it would complain."""
        if self.in_atomic_block or not self.is_in_pipeline:
            return [f"SET LOCAL {fence.SETTING} = '{self._wanted()}'"]
        return [f"SELECT set_config('{fence.SETTING}', '{self._wanted()}', true)"]  # digits and commas

    def has_told(self) -> None:
        """Notes that the database knows; outside of a transaction it has forgotten by the end of the statement."""
        self._told = fence.NOTHING if self.get_autocommit() else self._wanted()

    def _wanted(self) -> str:
        return fence.scope() or fence.NOTHING

    def make_cursor(self, cursor: Any) -> Any:
        return _FencedCursor(cursor, self)

    def make_debug_cursor(self, cursor: Any) -> Any:
        return _FencedDebugCursor(cursor, self)

    def _set_autocommit(self, autocommit: bool) -> None:
        super()._set_autocommit(autocommit)
        self._told = fence.NOTHING

    def _commit(self) -> None:
        self._told = fence.NOTHING
        super()._commit()

    def _rollback(self) -> None:
        self._told = fence.NOTHING
        super()._rollback()

    def _savepoint_rollback(self, sid: str) -> None:
        super()._savepoint_rollback(sid)
        self._told = None  # as it was when the savepoint was made

    def connect(self) -> None:
        super().connect()
        self._told = fence.NOTHING
