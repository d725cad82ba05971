"""Classifies database errors: whether to retry, and whether the wait was long enough.

Decided by PostgreSQL's own codes (https://www.postgresql.org/docs/current/errcodes-appendix.html), since Django's
classes do not tell them apart: a lock timeout is an ``OperationalError`` on a live connection, an idle-transaction
timeout an ``InternalError`` on a dead one.
"""

from django.db import Error, InterfaceError, InternalError, OperationalError

LOCK_NOT_AVAILABLE = "55P03"
IDLE_IN_TRANSACTION = "25P03"


def sqlstate_of(error: BaseException) -> str | None:
    """PostgreSQL's code of an error, or None where it has none (SQLite, or a connection that broke)."""
    return getattr(error.__cause__, "sqlstate", None)


def is_transient(error: Exception) -> bool:
    """Whether retrying may succeed: the database was unreachable, busy, or ended the transaction."""
    if isinstance(error, OperationalError | InterfaceError):
        return True
    return isinstance(error, InternalError) and sqlstate_of(error) == IDLE_IN_TRANSACTION


def has_waited(error: BaseException) -> bool:
    """Whether the error is a lock timeout, so that an immediate retry would only wait again.

    SQLite reports "locked" only after its whole timeout.
    """
    return sqlstate_of(error) == LOCK_NOT_AVAILABLE or "database is locked" in str(error)


TRANSIENT_KINDS: tuple[type[Error], ...] = (OperationalError, InterfaceError, InternalError)
"""The exception classes for which :func:`is_transient` may be true, for an ``except``."""
