"""Querysets that are compiled once and bound to other values each time they run.

Building and compiling a queryset costs several times as much as reading its rows, and a commit runs the same eight under its lock.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Expression, F, Field, ForeignObject, Lookup, QuerySet

from shiftsync.core.encoding import encode
from shiftsync.core.sql import array_literal, is_postgresql, one_round_trip, prepared_cursor, sqlite_value

Compiled = tuple[Any, str, Sequence[Any]]


class Parameter(Expression):
    """A place in a :class:`CompiledQuery` for a value that is known when the query runs."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self,)


@ForeignObject.register_lookup  # whose lookups are not those of its own base class
@Field.register_lookup
class Among(Lookup[Any]):
    """``field__among=Parameter(...)``: one of any number of values. Unlike ``in``, its SQL does not depend on their
    number."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        field, field_values = self.process_lhs(compiler, connection)
        values, parameters = self.process_rhs(compiler, connection)
        if connection.vendor == "postgresql":
            kind = self.lhs.output_field.db_type(connection)
            return f"{field} = ANY({values}::{kind}[])", (*field_values, *parameters)
        listed = f"{field} IN (SELECT value FROM json_each({values}))"  # noqa: S608  # two pieces of compiled SQL
        return listed, (*field_values, *parameters)


class AmongRows(Expression):
    """A condition: columns that hold, together, the values of some row of as many lists of the same length.

    ``AmongRows(restaurant_id="restaurants", user_id="users")`` names the places of the lists in a :class:`CompiledQuery`. For PostgreSQL,
    whose own ``= ANY`` of two lists looks up every pair that can be made of them.
    """

    conditional = True

    def __init__(self, **places: str) -> None:
        super().__init__(output_field=BooleanField())
        self._places = [Parameter(place) for place in places.values()]
        self._columns: list[Any] = [F(column) for column in places]

    def get_source_expressions(self) -> list[Any]:
        return self._columns

    def set_source_expressions(self, exprs: Sequence[Any]) -> None:
        self._columns = list(exprs)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        columns = [compiler.compile(column)[0] for column in self._columns]
        lists = [f"%s::{column.output_field.db_type(connection)}[]" for column in self._columns]
        rows = f"SELECT * FROM unnest({', '.join(lists)})"  # noqa: S608  # pieces of compiled SQL
        return f"({', '.join(columns)}) IN ({rows})", tuple(self._places)


@dataclass(frozen=True, slots=True)
class BoundQuery:
    """A compiled query with its values; ``parameters`` None: no row can match. Without ``compiler`` its rows are what the driver gives."""

    compiler: Any
    sql: str
    parameters: Sequence[Any] | None

    def rows(self, cursor: Any) -> list[Any]:
        """The rows that ``cursor`` has got, as Python values."""
        return self.told(cursor.fetchall())

    def told(self, fetched: list[Any]) -> list[Any]:
        """Rows as the driver gives them, as Python values."""
        if self.compiler is None:
            return fetched
        return list(self.compiler.results_iter([fetched], tuple_expected=True))


class CompiledQuery:
    """A queryset with :class:`Parameter` places: a ``values_list`` of several fields.

    Calling it with a value for each place (a sequence for ``among``) gives what :func:`fetch_together` fetches.
    """

    def __init__(self, build: Callable[[], QuerySet[Any, Any]]) -> None:
        self._build = build
        self._compiled: Compiled | None = None

    def __call__(self, **values: Any) -> BoundQuery:
        if self._compiled is None:
            compiler = self._build().query.get_compiler(connection=connection)
            sql, parameters = compiler.as_sql()
            is_converted = compiler.get_converters([column for column, *_ in compiler.select])
            self._compiled = (compiler if is_converted else None, sql, parameters)
        compiler, sql, parameters = self._compiled
        if any(isinstance(value, (list, tuple, set)) and not value for value in values.values()):
            return BoundQuery(compiler, sql, None)
        bound = {name: _bound(value) for name, value in values.items()}
        return BoundQuery(
            compiler, sql, [bound[part.name] if isinstance(part, Parameter) else part for part in parameters]
        )


def fetch_together(*queries: BoundQuery) -> list[list[Any]]:
    """The rows of several queries, in order and in one round trip."""
    cursors: list[Any] = []
    with one_round_trip():
        for query in queries:
            if query.parameters is None:
                cursors.append(None)
                continue
            cursor = prepared_cursor()
            cursor.execute(query.sql, query.parameters)
            cursors.append(cursor)
    return [[] if cursor is None else _fetched(query, cursor) for query, cursor in zip(queries, cursors, strict=True)]


def _fetched(query: BoundQuery, cursor: Any) -> list[Any]:
    with cursor:
        return query.rows(cursor)


def _bound(value: Any) -> Any:
    if not isinstance(value, (list, tuple, set)):
        return value if is_postgresql() else sqlite_value(value)
    if is_postgresql():
        return array_literal(list(value), is_text=any(isinstance(item, str) for item in value))
    return encode([sqlite_value(item) for item in value])
