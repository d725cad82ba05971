"""Questions that are asked again and again: querysets that are compiled once and bound to other values each time.

To build and compile a queryset costs several times as much as its rows do, and a commit asks the same eight under its lock.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Expression, Field, ForeignObject, Lookup, QuerySet

from shiftsync.core.encoding import encode
from shiftsync.core.sql import array_literal, is_postgresql, one_round_trip, prepared_cursor, sqlite_value

Compiled = tuple[Any, str, Sequence[Any]]


class Parameter(Expression):
    """A place in a :class:`Question` for a value that is known when it is asked."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self,)


@ForeignObject.register_lookup  # whose lookups are not those of its own base class
@Field.register_lookup
class Among(Lookup[Any]):
    """``field__among=Parameter(...)``: one of any number of values. Unlike ``in`` it has one text whatever their number."""

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


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its values; ``parameters`` None: no row can answer it."""

    compiler: Any
    sql: str
    parameters: Sequence[Any] | None

    def rows(self, cursor: Any) -> list[Any]:
        """The rows that ``cursor`` has got, as Python values."""
        return list(self.compiler.results_iter([cursor.fetchall()], tuple_expected=True))


class Question:
    """A queryset with :class:`Parameter` places: a ``values_list`` of several fields.

    Calling it with a value for each place (a sequence for ``among``) gives what :func:`fetch_together` fetches.
    """

    def __init__(self, build: Callable[[], QuerySet[Any, Any]]) -> None:
        self._build = build
        self._compiled: Compiled | None = None

    def __call__(self, **values: Any) -> Asked:
        if self._compiled is None:
            compiler = self._build().query.get_compiler(connection=connection)
            self._compiled = (compiler, *compiler.as_sql())
        compiler, sql, parameters = self._compiled
        if any(isinstance(value, (list, tuple, set)) and not value for value in values.values()):
            return Asked(compiler, sql, None)
        bound = {name: _bound(value) for name, value in values.items()}
        return Asked(compiler, sql, [bound[part.name] if isinstance(part, Parameter) else part for part in parameters])


def fetch_together(*questions: Asked) -> list[list[Any]]:
    """The rows that answer several questions, in order and in one round trip."""
    cursors: list[Any] = []
    with one_round_trip():
        for asked in questions:
            if asked.parameters is None:
                cursors.append(None)
                continue
            cursor = prepared_cursor()
            cursor.execute(asked.sql, asked.parameters)
            cursors.append(cursor)
    return [[] if cursor is None else _fetched(asked, cursor) for asked, cursor in zip(questions, cursors, strict=True)]


def _fetched(asked: Asked, cursor: Any) -> list[Any]:
    with cursor:
        return asked.rows(cursor)


def _bound(value: Any) -> Any:
    if not isinstance(value, (list, tuple, set)):
        return value if is_postgresql() else sqlite_value(value)
    if is_postgresql():
        return array_literal(list(value), is_text=any(isinstance(item, str) for item in value))
    return encode([sqlite_value(item) for item in value])
