"""Transactions that have to come one after the other, though they share no row."""

from django.db import connection


def wait_for_turn(name: str) -> None:
    """Returns when no other transaction is at what has this name; it has its turn until it ends.

    Must be called inside a transaction; what others have committed is seen by queries after it. On SQLite whoever writes is alone already.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
