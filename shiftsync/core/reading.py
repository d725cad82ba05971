"""Consistent reads: everything read inside one block belongs to one moment."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def snapshot_read() -> Iterator[None]:
    """A read-only transaction that sees one state of the database and never waits for writers.

    REPEATABLE READ READ ONLY on PostgreSQL; BEGIN DEFERRED on SQLite, whose write-ahead log keeps the state of the first
    read. Must not be entered inside another transaction.
    """
    if connection.vendor == "postgresql":
        with transaction.atomic(durable=True):
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
        return
    connection.ensure_connection()
    usual = connection.transaction_mode  # type: ignore[attr-defined]  # SQLite's wrapper has it, the stubs do not
    connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]  # as above
    try:
        with transaction.atomic(durable=True):
            yield
    finally:
        connection.transaction_mode = usual  # type: ignore[attr-defined]  # as above
