"""How many rows each table has: what a restored database is checked against."""

from typing import Any

from django.db import connection


def count_rows(cursor: Any) -> dict[str, int]:
    """By table, of all tables of the database, in alphabetical order."""
    counts = {}
    for table in sorted(connection.introspection.table_names(cursor)):
        cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
        (counts[table],) = cursor.fetchone()
    return counts
