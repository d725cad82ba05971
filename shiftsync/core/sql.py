"""Set-based SQL for the few statements on hot paths, for PostgreSQL and SQLite alike.

On PostgreSQL many rows travel as one array per column (``unnest``), and statements that do not wait for each other's
results share a round trip; SQLite has no round trips and takes rows with ``executemany``.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

Row = Sequence[Any]


def is_postgresql() -> bool:
    """Whether the default database is PostgreSQL."""
    return connection.vendor == "postgresql"


@contextmanager
def one_round_trip() -> Iterator[None]:
    """What is executed inside travels to PostgreSQL together and is carried out in order, each statement seeing what the
    ones before it did and waited for. An error of any of them is raised at the end of the block at the latest."""
    if not is_postgresql():
        yield
        return
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield


def fetch_together(*questions: QuerySet[Any, Any]) -> list[list[Any]]:
    """The rows of several querysets, in order and in one round trip; each must be a ``values_list`` of several fields."""
    asked: list[tuple[Any, Any]] = []
    with one_round_trip():
        for question in questions:
            compiler = question.query.get_compiler(connection=connection)
            try:
                sql, parameters = compiler.as_sql()
            except EmptyResultSet:
                asked.append((compiler, None))
                continue
            cursor = connection.cursor()
            cursor.execute(sql, parameters)
            asked.append((compiler, cursor))
    return [[] if cursor is None else _rows_of(compiler, cursor) for compiler, cursor in asked]


def _rows_of(compiler: Any, cursor: Any) -> list[Any]:
    with cursor:
        return list(compiler.results_iter([cursor.fetchall()], tuple_expected=True))


def column_kinds(fields: Iterable[Any]) -> dict[str, str]:
    """The columns of model fields and their PostgreSQL types, all kinds of text as ``text``."""
    kinds = {
        field.column: str(field.rel_db_type(connection) if field.is_relation else field.db_type(connection))
        for field in fields
    }
    return {column: "text" if kind.startswith(("varchar", "char")) else kind for column, kind in kinds.items()}


def insert_rows(table: str, columns: Mapping[str, str], rows: Sequence[Row]) -> None:
    """Inserts ``rows`` into ``table``; ``columns`` maps each column to its PostgreSQL type."""
    if not rows:
        return
    names = ", ".join(f'"{name}"' for name in columns)
    if is_postgresql():
        values, arrays, parameters = _as_arrays(columns, rows)
        given = ", ".join(values.values())
        _execute(f'INSERT INTO "{table}" ({names}) SELECT {given} FROM {arrays}', parameters)
    else:
        marks = ", ".join(["%s"] * len(columns))
        _execute_many(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)


def update_rows(table: str, columns: Mapping[str, str], rows: Sequence[Row]) -> None:
    """Gives the rows of ``table`` new values; the first of ``columns`` is the key that finds them."""
    if not rows:
        return
    key, *names = columns
    if is_postgresql():
        values, arrays, parameters = _as_arrays(columns, rows)
        given = ", ".join(f'"{name}" = {values[name]}' for name in names)
        _execute(f'UPDATE "{table}" t SET {given} FROM {arrays} WHERE t."{key}" = {values[key]}', parameters)
    else:
        given = ", ".join(f'"{name}" = %s' for name in names)
        _execute_many(f'UPDATE "{table}" SET {given} WHERE "{key}" = %s', [[*row[1:], row[0]] for row in rows])


def _execute(sql: str, parameters: Sequence[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def _execute_many(sql: str, rows: Sequence[Row]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(sql, [[sqlite_value(value) for value in row] for row in rows])


def _as_arrays(columns: Mapping[str, str], rows: Sequence[Row]) -> tuple[dict[str, str], str, list[Any]]:
    """The SQL of each column's value, the table of arrays it is taken from, and the parameters, in their order.

    The parameters of the values stand before those of the arrays. What is the same in all rows is sent once.
    """
    values: dict[str, str] = {}
    same: list[Any] = []
    arrays: list[str] = []
    kinds: list[str] = []
    for (name, kind), column in zip(columns.items(), zip(*rows, strict=True), strict=True):
        if values and all(value is column[0] or value == column[0] for value in column):
            values[name] = f"%s::{kind}"
            same.append(column[0])
        else:
            values[name] = f'r."{name}"'
            arrays.append(array_literal(column, is_text=kind == "text"))
            kinds.append(f"%s::{kind}[]")
    names = ", ".join(reference.removeprefix("r.") for reference in values.values() if reference.startswith("r."))
    return values, f"unnest({', '.join(kinds)}) AS r({names})", [*same, *arrays]


def array_literal(column: Sequence[Any], *, is_text: bool = False) -> str:
    """A PostgreSQL array as text: several times quicker to make than what the driver makes of a list."""
    if is_text:
        return f"{{{','.join('NULL' if value is None else _quoted(value) for value in column)}}}"
    return f"{{{','.join('NULL' if value is None else str(value) for value in column)}}}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def sqlite_value(value: Any) -> Any:
    """How Django stores a value in SQLite."""
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    return value
