"""Another restaurant like one that the services have made, for the price of its rows.

More than two thousand tests begin with the same small restaurant. Making it takes a hundred statements, each through a service that asks
who may do it, keeps history and writes the log: 0.04 s of CPU time on SQLite and 0.12 s on PostgreSQL, which is most of what a small
test costs. So the first one of a process is made by the services, and what they have written is written again for the others, with other
ids, secrets and names of users, and as if it had happened now.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.apps import apps
from django.db import connection, models, transaction
from django.utils import timezone

from shiftsync.core.ids import new_id
from tests.support.kept_tables import KEPT

HEX = re.compile(r"[0-9a-f]{32}")
WITHIN_TEXT = re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")


@dataclass(frozen=True)
class TableRows:
    """The rows of a table, without what the database counts itself."""

    insert: str
    values: tuple[Any, ...]


@dataclass(frozen=True)
class Written:
    """All rows of a database, and when they were read."""

    tables: Sequence[TableRows]
    at: datetime

    def write_again(self, texts: Mapping[str, str]) -> "Renewal":
        """Inserts the rows once more; ``texts`` are values that must be others this time, and what they become."""
        renewal = Renewal(texts, timezone.now() - self.at)
        values = [[renewal.of(value) for value in table.values] for table in self.tables]
        if connection.vendor == "postgresql":
            # In one message, which is a transaction of its own: one that was begun before would be idle while the values are written down.
            with connection.cursor() as cursor:
                together = ";".join(table.insert for table in self.tables)
                cursor.execute(together, [value for each in values for value in each])
            return renewal
        with transaction.atomic(), connection.cursor() as cursor:
            for table, its_values in zip(self.tables, values, strict=True):
                cursor.execute(table.insert, its_values)
        return renewal


class Renewal:
    """What each value of the rows becomes: the same id is the same other id wherever it stands, also within JSON."""

    def __init__(self, texts: Mapping[str, str], later: timedelta) -> None:
        self._texts, self._later = texts, later
        self._ids: dict[UUID, UUID] = {}

    def id(self, old: UUID) -> UUID:
        """The id that stands for an old one. Those that sort by the time of their making still do."""
        if old not in self._ids:
            self._ids[old] = _id_of_later(old, self._later) if old.version == 7 else uuid4()
        return self._ids[old]

    def of(self, value: Any) -> Any:
        """What stands for a value of a column."""
        if isinstance(value, UUID):
            return self.id(value)
        if isinstance(value, datetime):
            return value + self._later
        if not isinstance(value, str):
            return value
        if value in self._texts:
            return self._texts[value]
        if HEX.fullmatch(value):  # as SQLite keeps an id
            return self.id(UUID(value)).hex
        return WITHIN_TEXT.sub(lambda found: str(self.id(UUID(found[0]))), value)


def _id_of_later(old: UUID, later: timedelta) -> UUID:
    milliseconds = (old.int >> 80) + later // timedelta(milliseconds=1)
    return UUID(int=milliseconds << 80 | new_id().int & (1 << 80) - 1)


def all_rows() -> Written:
    """What the database holds, but for what a flush leaves in it."""
    return Written([TableRows(*found) for model in _models() if (found := _rows_of(model)) is not None], timezone.now())


def _models() -> Iterator[type[models.Model]]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy and model._meta.db_table not in KEPT:
            yield model


def _rows_of(model: type[models.Model]) -> tuple[str, tuple[Any, ...]] | None:
    """How to insert rows of that table, and the values of those that are there; None if there are none."""
    quoted = connection.ops.quote_name
    fields: Iterable[Any] = model._meta.concrete_fields
    columns = [quoted(field.column) for field in fields if not isinstance(field, models.AutoField)]
    names, table = ", ".join(columns), quoted(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {names} FROM {table} ORDER BY {quoted(str(model._meta.pk.column))}")
        rows = cursor.fetchall()
    if not rows:
        return None
    row = f"({', '.join(['%s'] * len(columns))})"
    insert = f"INSERT INTO {table} ({names}) VALUES {', '.join([row] * len(rows))}"
    return insert, tuple(value for each in rows for value in each)
