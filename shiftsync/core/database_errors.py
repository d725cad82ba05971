"""What a database error means: whether to try again, and whether enough was waited.

Decided by PostgreSQL's own codes (https://www.postgresql.org/docs/current/errcodes-appendix.html), since Django's classes do not tell
them apart: a lock that was waited for in vain is an ``OperationalError`` on a connection that lives on, a transaction that stood idle
for too long an ``InternalError`` on one that is gone.
"""

from django.db import Error, InterfaceError, InternalError, OperationalError

LOCK_NOT_AVAILABLE = "55P03"
IDLE_IN_TRANSACTION = "25P03"


def sqlstate_of(error: BaseException) -> str | None:
    """PostgreSQL's code of an error, or None where it has none (SQLite, or a connection that broke)."""
    return getattr(error.__cause__, "sqlstate", None)


def is_transient(error: Exception) -> bool:
    """Whether the same work may succeed when it is done again: the database was out of reach, busy, or ended the transaction."""
    if isinstance(error, OperationalError | InterfaceError):
        return True
    return isinstance(error, InternalError) and sqlstate_of(error) == IDLE_IN_TRANSACTION


def has_waited(error: BaseException) -> bool:
    """Whether a lock was waited for as long as anybody may wait: trying again at once would only wait again.

    SQLite has waited its whole timeout by the time it says that it is locked.
    """
    return sqlstate_of(error) == LOCK_NOT_AVAILABLE or "database is locked" in str(error)


TRANSIENT_KINDS: tuple[type[Error], ...] = (OperationalError, InterfaceError, InternalError)
"""The classes that :func:`is_transient` may say yes to, for an ``except``."""
