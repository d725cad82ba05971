"""Set-based SQL for the few statements on hot paths, for PostgreSQL and SQLite alike.

On PostgreSQL many rows travel as one array per column (``unnest``), and statements that do not wait for each other's
results share a round trip; SQLite has no round trips and takes rows with ``executemany``.
"""

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, NamedTuple, cast
from uuid import UUID

from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor

Row = Sequence[Any]


def is_postgresql() -> bool:
    """Whether the default database is PostgreSQL."""
    return connection.vendor == "postgresql"


@contextmanager
def one_round_trip() -> Iterator[None]:
    """Sends the statements of the block to PostgreSQL together. They run in order, each seeing the effects of those
    before it. An error is raised at the end of the block at the latest."""
    if not is_postgresql():
        yield
        return
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield


class Statement(NamedTuple):
    """A statement that changes rows, and every table that it reads or writes."""

    tables: frozenset[str]
    sql: str
    parameters: Sequence[Any]


class Gathered:
    """What was to be written, kept instead of executed: rows for one table, with the same columns, become one statement."""

    def __init__(self) -> None:
        self._rows: dict[tuple[bool, str], tuple[Mapping[str, str], list[Row]]] = {}

    def add(self, table: str, columns: Mapping[str, str], rows: Iterable[Row], *, is_new: bool) -> None:
        """Keeps rows that are to be inserted (``is_new``) or updated; a table is always written with the same columns."""
        self._rows.setdefault((is_new, table), (columns, []))[1].extend(rows)

    def take(self, other: "Gathered") -> None:
        """Keeps what ``other`` has kept."""
        for (is_new, table), (columns, rows) in other._rows.items():
            self.add(table, columns, rows, is_new=is_new)

    def statements(self) -> list[tuple[str, Sequence[Any]]]:
        """SQL and parameters, as few as there can be, for PostgreSQL."""
        written = [
            (_insertion if is_new else _update)(table, columns, rows, is_compact=False)
            for (is_new, table), (columns, rows) in self._rows.items()
            if rows
        ]
        return [_together(group) for group in _of_different_tables(written)]


class _Waiting(threading.local):
    """What this thread keeps back: statements until the end of :func:`committing`, rows inside of :func:`gathering`."""

    statements: list[Statement] | None = None
    gathered: Gathered | None = None


_waiting = _Waiting()


@contextmanager
def committing() -> Iterator[None]:
    """The last statements of a transaction: on PostgreSQL they travel together when the block ends, and the commit with them.

    Nothing is read inside. Statements on different tables become one, so that each costs neither a turn of this thread nor a
    plan of its own. On SQLite they are executed where they stand, and whoever began the transaction commits it.
    """
    if not is_postgresql():
        yield
        return
    statements: list[Statement] = []
    _waiting.statements = statements
    try:
        yield
    finally:
        _waiting.statements = None
    with one_round_trip():
        for group in _of_different_tables(statements):
            _run(*_together(group))
        # Django's own commit, after this, finds nothing left to do.
        connection.connection.commit()


@contextmanager
def gathering() -> Iterator[Gathered]:
    """Lets :func:`insert_rows` and :func:`update_rows` keep their rows in what this gives, which whoever asked for executes.

    Nothing is awaited inside, and nothing else executed.
    """
    gathered = _waiting.gathered = Gathered()
    try:
        yield gathered
    finally:
        _waiting.gathered = None


def execute(statement: Statement) -> None:
    """Executes it now, or at the end of :func:`committing`."""
    if _waiting.statements is None:
        _run(statement.sql, statement.parameters)
    else:
        _waiting.statements.append(statement)


def _of_different_tables(statements: Iterable[Statement]) -> Iterator[list[Statement]]:
    """Groups of consecutive statements in which none touches a table that another has changed."""
    group: list[Statement] = []
    touched: set[str] = set()
    for statement in statements:
        if touched & statement.tables:
            yield group
            group, touched = [], set()
        group.append(statement)
        touched |= statement.tables
    if group:
        yield group


def _together(group: Sequence[Statement]) -> tuple[str, Sequence[Any]]:
    return _as_one(group), [value for statement in group for value in statement.parameters]


def _as_one(statements: Sequence[Statement]) -> str:
    *first, last = (statement.sql for statement in statements)
    if not first:
        return last
    return f"WITH {', '.join(f's{number} AS ({sql})' for number, sql in enumerate(first))} {last}"


def _run(sql: str, parameters: Sequence[Any]) -> None:
    with prepared_cursor() as cursor:
        cursor.execute(sql, parameters)


def prepared_cursor() -> Any:
    """A cursor, to be closed, for a statement that is executed again and again with the same text: PostgreSQL parses and plans it
    once for each connection (the connections' ``prepare_threshold`` says from which time on)."""
    if not is_postgresql() or connection.queries_logged:  # such a cursor does not expose its SQL
        return connection.cursor()
    connection.ensure_connection()
    cursor = cast(Any, ServerBindingCursor)(connection.connection)  # the stubs know it without psycopg's part
    return connection.make_cursor(cursor)


def fetch_rows(sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The rows of a statement that is executed often, and therefore prepared."""
    with prepared_cursor() as cursor:
        cursor.execute(sql, parameters if is_postgresql() else [sqlite_value(value) for value in parameters])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


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
    if _waiting.gathered is not None:
        _waiting.gathered.add(table, columns, rows, is_new=True)
    elif is_postgresql():
        execute(_insertion(table, columns, rows))
    else:
        names = ", ".join(f'"{name}"' for name in columns)
        marks = ", ".join(["%s"] * len(columns))
        _execute_many(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)


def update_rows(table: str, columns: Mapping[str, str], rows: Sequence[Row]) -> None:
    """Gives the rows of ``table`` new values; the first of ``columns`` is the key that finds them."""
    if not rows:
        return
    if _waiting.gathered is not None:
        _waiting.gathered.add(table, columns, rows, is_new=False)
    elif is_postgresql():
        execute(_update(table, columns, rows))
    else:
        key, *names = columns
        given = ", ".join(f'"{name}" = %s' for name in names)
        _execute_many(f'UPDATE "{table}" SET {given} WHERE "{key}" = %s', [[*row[1:], row[0]] for row in rows])


def _insertion(table: str, columns: Mapping[str, str], rows: Sequence[Row], *, is_compact: bool = True) -> Statement:
    names = ", ".join(f'"{name}"' for name in columns)
    values, arrays, parameters = _as_arrays(columns, rows, is_compact=is_compact)
    given = ", ".join(values.values())
    return Statement(frozenset({table}), f'INSERT INTO "{table}" ({names}) SELECT {given} FROM {arrays}', parameters)


def _update(table: str, columns: Mapping[str, str], rows: Sequence[Row], *, is_compact: bool = True) -> Statement:
    key, *names = columns
    values, arrays, parameters = _as_arrays(columns, rows, is_compact=is_compact)
    given = ", ".join(f'"{name}" = {values[name]}' for name in names)
    sql = f'UPDATE "{table}" t SET {given} FROM {arrays} WHERE t."{key}" = {values[key]}'
    return Statement(frozenset({table}), sql, parameters)


def _execute_many(sql: str, rows: Sequence[Row]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(sql, [[sqlite_value(value) for value in row] for row in rows])


def _as_arrays(
    columns: Mapping[str, str], rows: Sequence[Row], *, is_compact: bool
) -> tuple[dict[str, str], str, list[Any]]:
    """The SQL of each column's value, the table of arrays it is taken from, and the parameters, in their order.

    The parameters of the values stand before those of the arrays. Where it ``is_compact``, what is the same in all rows is sent
    once; else the text is the same whatever the rows are, which pays where it is prepared and the rows are few.
    """
    values: dict[str, str] = {}
    same: list[Any] = []
    arrays: list[str] = []
    kinds: list[str] = []
    for (name, kind), column in zip(columns.items(), zip(*rows, strict=True), strict=True):
        if is_compact and values and all(value is column[0] or value == column[0] for value in column):
            values[name] = f"%s::{kind}"
            same.append(column[0])
        else:
            values[name] = f'r."{name}"'
            arrays.append(array_literal(column, is_text=kind == "text"))
            kinds.append(f"%s::{kind}[]")
    names = ", ".join(reference.removeprefix("r.") for reference in values.values() if reference.startswith("r."))
    return values, f"unnest({', '.join(kinds)}) AS r({names})", [*same, *arrays]


def array_literal(column: Sequence[Any], *, is_text: bool = False) -> str:
    """A PostgreSQL array as text, which is several times faster than the driver's conversion of a list."""
    spell = _quoted if is_text else _spelled
    return f"{{{','.join(['NULL' if value is None else spell(value) for value in column])}}}"


def _spelled(value: Any) -> str:
    # str(uuid), with its dashes, takes four times as long, and an edit has a dozen of them.
    return value.hex if type(value) is UUID else str(value)


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
