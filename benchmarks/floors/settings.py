"""Settings without a server above them: the statements that the same work takes at least, set-based, committed, unchecked."""

import os
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction

from settings_app.models import ConfigVersion
from settings_app.tables import model_of, settings_tables
from shiftsync.core.clock import now
from shiftsync.core.encoding import encode
from shiftsync.core.sql import column_kinds, execute, insertion, sqlite_value, update
from shiftsync.realtime.stream.log import CHANGE_COLUMNS, REQUEST_COLUMNS

Row = dict[str, Any]


class SettingsStore:
    """The rows of one restaurant, of which ``user_id`` is a member."""

    def __init__(self, restaurant_id: UUID, user_id: UUID) -> None:
        self.restaurant_id = restaurant_id
        self.user_id = user_id

    def template(self, model: Any) -> Row:
        """Some row of the restaurant, as it is stored."""
        fields = model._meta.concrete_fields
        row = model._default_manager.filter(restaurant_id=self.restaurant_id).first()
        return {field.column: field.get_prep_value(getattr(row, field.attname)) for field in fields}

    def insert(self, model: Any, rows: Sequence[Row]) -> int:
        """New rows with their history, a log row and a remembered request."""
        with transaction.atomic():
            version = self._next()
            self._insert(model, rows, version)
            self._log(version)
        return version

    def update(self, model: Any, row: Row) -> int:
        """One row's new values, with its history, a log row and a remembered request."""
        with transaction.atomic():
            version = self._next()
            kinds = column_kinds(model._meta.concrete_fields)
            execute([update(model._meta.db_table, {name: kinds[name] for name in row}, [list(row.values())])])
            self._history(model, [row], version, "~")
            self._log(version)
        return version

    def migrate(self, model: Any, rows: Sequence[Row]) -> UUID:
        """A new version in use, with those rows; read back as JSON, since all are told of them."""
        with transaction.atomic():
            version = self._next()
            new = self.template(ConfigVersion) | {"id": uuid4(), "version_number": version, "is_active": False}
            self._insert(ConfigVersion, [new], version)
            self._insert(model, [row | {"config_version_id": new["id"]} for row in rows], version)
            self._activate(new, version)
            self.read(new["id"])
        return UUID(str(new["id"]))

    def switch(self, version_id: UUID) -> str:
        """Another version in use; its rows as JSON."""
        with transaction.atomic():
            self._activate(self.template(ConfigVersion) | {"id": version_id}, self._next())
            return self.read(version_id)

    def _activate(self, row: Row, version: int) -> None:
        table = ConfigVersion._meta.db_table
        self._execute(
            f'UPDATE "{table}" SET is_active = %s WHERE restaurant_id = %s AND is_active', False, self.restaurant_id
        )
        self._execute(f'UPDATE "{table}" SET is_active = %s WHERE id = %s', True, row["id"])
        self._history(ConfigVersion, [row, row], version, "~")
        self._log(version)

    def read(self, version_id: UUID) -> str:
        """Every table's rows of a version as JSON."""
        rows: list[Any] = []
        for table in settings_tables():
            columns = ", ".join(f'"{field.column}"' for field in model_of(table)._meta.concrete_fields)
            name = model_of(table)._meta.db_table
            rows += self._execute(
                f'SELECT {columns} FROM "{name}" WHERE config_version_id = %s AND is_active', version_id
            )
        return encode(rows)

    def page(self, model: Any, count: int) -> str:
        """The newest entries of one history, each with the one before it, as JSON."""
        name = model.history.model._meta.db_table
        newest = (
            f'SELECT * FROM "{name}" WHERE restaurant_id = %s ORDER BY revision DESC, history_id DESC LIMIT {count}'
        )
        earlier = (
            f'SELECT * FROM "{name}" WHERE history_id IN (SELECT (SELECT p.history_id FROM "{name}" p WHERE p.id = h.id'
            f" AND p.history_id < h.history_id ORDER BY p.history_id DESC LIMIT 1) FROM ({newest}) AS h)"
        )
        return encode([self._execute(newest, self.restaurant_id), self._execute(earlier, self.restaurant_id)])

    def _insert(self, model: Any, rows: Sequence[Row], version: int) -> None:
        values = [list(row.values()) for row in rows]
        execute([insertion(model._meta.db_table, column_kinds(model._meta.concrete_fields), values)])
        self._history(model, rows, version, "+")

    def _history(self, model: Any, rows: Sequence[Row], version: int, kind: str) -> None:
        about = {"history_date": now(), "history_type": kind, "history_user_id": self.user_id}
        fields = {field.column: field for field in model.history.model._meta.concrete_fields}
        kinds = column_kinds([fields[name] for name in (*rows[0], *about)])
        entries = [[*(row | {"revision": version}).values(), *about.values()] for row in rows]
        execute([insertion(model.history.model._meta.db_table, kinds, entries)])

    def _next(self) -> int:
        sql = "UPDATE realtime_stream SET version = version + 1 WHERE restaurant_id = %s RETURNING version"
        return int(self._execute(sql, self.restaurant_id)[0][0])

    def _log(self, version: int) -> None:
        moment, text = now(), '{"floor":"as long as the payload of one row, more or less"}' * 8
        about = ("settings", "SETTINGS_FLOOR", "floor", str(self.restaurant_id), text, text, self.user_id, "floor")
        change = (self.restaurant_id, version, *about, uuid4(), None, False, False, moment)
        execute([insertion("realtime_change", CHANGE_COLUMNS, [change])])
        request = (self.restaurant_id, self.user_id, uuid4(), "0" * 64, version, text, moment)
        execute([insertion("realtime_request", REQUEST_COLUMNS, [request])])

    def _execute(self, sql: str, *values: Any) -> list[Any]:
        given = [sqlite_value(value) for value in values] if connection.vendor == "sqlite" else values
        with connection.cursor() as cursor:
            cursor.execute(sql, given)
            return cursor.fetchall() if cursor.description else []


def store_from_environment() -> SettingsStore:
    """The store of the restaurant and user that a floor is told."""
    return SettingsStore(UUID(os.environ["BENCH_RESTAURANT"]), UUID(os.environ["BENCH_USER"]))
