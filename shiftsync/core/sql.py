"""Set-based SQL for the few statements on hot paths, for PostgreSQL and SQLite alike.

On PostgreSQL many rows travel as one array per column (``unnest``), and statements that do not wait for each other's
results share a round trip; SQLite has no round trips and takes rows with ``executemany``.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple, cast
from uuid import UUID

from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor

Row = Sequence[Any]


@cache
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


class Text(NamedTuple):
    """SQL that changes rows, its parameters, and every table that it reads or writes."""

    tables: frozenset[str]
    sql: str
    parameters: Sequence[Any]


@dataclass(frozen=True, slots=True)
class RowsStatement:
    """Rows that are to be inserted into ``table`` (``is_new``) or updated there, where the first of ``columns`` is the key that
    finds them. ``columns`` maps each column to its PostgreSQL type; a table is always written with the same ones."""

    table: str
    columns: Mapping[str, str]
    rows: Sequence[Row]
    is_new: bool

    def texts(self, *, is_compact: bool = True) -> list[Text]:
        """For PostgreSQL, every row in one; none without rows."""
        if not self.rows:
            return []
        make = _insertion if self.is_new else _update
        return [make(self.table, self.columns, self.rows, is_compact=is_compact)]

    def execute_on_sqlite(self) -> None:
        """Executes it now."""
        if not self.rows:
            return
        key, *names = self.columns
        if self.is_new:
            marks = ", ".join(["%s"] * len(self.columns))
            given = ", ".join(f'"{name}"' for name in self.columns)
            _execute_many(f'INSERT INTO "{self.table}" ({given}) VALUES ({marks})', self.rows)
        else:
            given = ", ".join(f'"{name}" = %s' for name in names)
            sql = f'UPDATE "{self.table}" SET {given} WHERE "{key}" = %s'
            _execute_many(sql, [[*row[1:], row[0]] for row in self.rows])


@dataclass(frozen=True, slots=True)
class SqlStatement:
    """Any other statement that changes rows: ``tables`` are all that it reads or writes."""

    tables: frozenset[str]
    sql: str
    parameters: Sequence[Any]

    def texts(self) -> list[Text]:
        """For PostgreSQL."""
        return [Text(self.tables, self.sql, self.parameters)]

    def execute_on_sqlite(self) -> None:
        """Executes it now."""
        _run(self.sql, [sqlite_value(value) for value in self.parameters])


Statement = RowsStatement | SqlStatement
"""What is to be written: data until somebody hands it to :func:`execute`, or to the transaction that sends it with its commit."""


def insertion(table: str, columns: Mapping[str, str], rows: Sequence[Row]) -> Statement:
    """The statement that inserts ``rows``."""
    return RowsStatement(table, columns, rows, is_new=True)


def update(table: str, columns: Mapping[str, str], rows: Sequence[Row]) -> Statement:
    """The statement that gives rows new values; the first of ``columns`` is the key that finds them."""
    return RowsStatement(table, columns, rows, is_new=False)


def execute(statements: Iterable[Statement]) -> None:
    """Executes them now, in their order; later statements of the transaction see what they did."""
    if not is_postgresql():
        for statement in statements:
            statement.execute_on_sqlite()
        return
    with one_round_trip():
        _send(statements)


def execute_and_commit(statements: Iterable[Statement]) -> None:
    """The last statements of a transaction: on PostgreSQL the commit travels with them.

    Statements on different tables become one, so that each costs neither a turn of this thread nor a plan of its own. On SQLite
    the code that began the transaction commits it.
    """
    if not is_postgresql():
        execute(statements)
        return
    with one_round_trip():
        _send(statements)
        # Django's own commit, after this, finds nothing left to do.
        connection.connection.commit()


def merged(statements: Iterable[Statement]) -> list[tuple[str, Sequence[Any]]]:
    """SQL and parameters, as few as there can be, for PostgreSQL: rows for one table become one statement.

    The text is the same whatever the rows are, so that it is prepared once. Only rows can be merged: raises ``TypeError`` otherwise.
    """
    together: dict[tuple[bool, str], tuple[RowsStatement, list[Row]]] = {}
    for statement in statements:
        if not isinstance(statement, RowsStatement):
            raise TypeError(f"{statement.sql}: only rows of a table can be written for several restaurants at once")
        if statement.rows:
            _, rows = together.setdefault((statement.is_new, statement.table), (statement, []))
            rows.extend(statement.rows)
    whole = [replace(first, rows=rows) for first, rows in together.values()]
    texts = [text for statement in whole for text in statement.texts(is_compact=False)]
    return [_together(group) for group in _of_different_tables(texts)]


def _send(statements: Iterable[Statement]) -> None:
    texts = [text for statement in statements for text in statement.texts()]
    for group in _of_different_tables(texts):
        _run(*_together(group))


def _of_different_tables(statements: Iterable[Text]) -> Iterator[list[Text]]:
    """Groups of consecutive statements in which none touches a table that another has changed."""
    group: list[Text] = []
    touched: set[str] = set()
    for statement in statements:
        if touched & statement.tables:
            yield group
            group, touched = [], set()
        group.append(statement)
        touched |= statement.tables
    if group:
        yield group


def _together(group: Sequence[Text]) -> tuple[str, Sequence[Any]]:
    return _as_one(group), [value for statement in group for value in statement.parameters]


def _as_one(statements: Sequence[Text]) -> str:
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


def _insertion(table: str, columns: Mapping[str, str], rows: Sequence[Row], *, is_compact: bool) -> Text:
    names = ", ".join(f'"{name}"' for name in columns)
    values, arrays, parameters = _as_arrays(columns, rows, is_compact=is_compact)
    given = ", ".join(values.values())
    return Text(frozenset({table}), f'INSERT INTO "{table}" ({names}) SELECT {given} FROM {arrays}', parameters)


def _update(table: str, columns: Mapping[str, str], rows: Sequence[Row], *, is_compact: bool) -> Text:
    key, *names = columns
    values, arrays, parameters = _as_arrays(columns, rows, is_compact=is_compact)
    given = ", ".join(f'"{name}" = {values[name]}' for name in names)
    sql = f'UPDATE "{table}" t SET {given} FROM {arrays} WHERE t."{key}" = {values[key]}'
    return Text(frozenset({table}), sql, parameters)


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
    if is_text:
        return _text_array(column)
    first = column[0] if column else None
    if type(first) is datetime and column.count(first) == len(column):  # as all is written at one moment
        return f"{{{','.join([str(first)] * len(column))}}}"
    # str(uuid), with its dashes, takes five times as long, and an edit has two dozen of them.
    spelled = [
        f"{value.int:032x}" if type(value) is UUID else "NULL" if value is None else str(value) for value in column
    ]
    return f"{{{','.join(spelled)}}}"


def _text_array(column: Sequence[str | None]) -> str:
    """All texts are quoted in one go, with U+0000 between them, which PostgreSQL knows no text with."""
    if None in column or not column:
        return f"{{{','.join('NULL' if value is None else _quoted(value) for value in column)}}}"
    together = "\0".join(cast(Sequence[str], column))
    if together.count("\0") != len(column) - 1:
        return f"{{{','.join(_quoted(cast(str, value)) for value in column)}}}"
    return f"{{{_quoted(together)}}}".replace("\0", '","')


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
