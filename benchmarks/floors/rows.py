"""The rows of a change, written by hand: what any server that keeps the same promises has to store."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Protocol
from urllib.parse import urlsplit
from uuid import UUID

import psycopg

SHIFT = "schedules_shift"
HISTORY = "schedules_historicalshift"
CHANGE = "realtime_change"
REQUEST = "realtime_request"

TABLES: dict[str, dict[str, str]] = {
    SHIFT: {
        "id": "uuid",
        "restaurant_id": "uuid",
        "schedule_id": "uuid",
        "staff_id": "uuid",
        "date": "date",
        "value": "text",
        "is_locked": "boolean",
        "revision": "bigint",
    },
    CHANGE: {
        "restaurant_id": "uuid",
        "version": "bigint",
        "topic": "text",
        "type": "text",
        "entity": "text",
        "entity_id": "text",
        "payload": "text",
        "old_values": "text",
        "actor_id": "uuid",
        "client_id": "text",
        "request_id": "uuid",
        "is_undo": "boolean",
        "is_dropped": "boolean",
        "created_at": "timestamptz",
    },
    REQUEST: {
        "restaurant_id": "uuid",
        "user_id": "uuid",
        "request_id": "uuid",
        "content_hash": "text",
        "version": "bigint",
        "answer": "text",
        "created_at": "timestamptz",
    },
}
TABLES[HISTORY] = TABLES[SHIFT] | {"history_date": "timestamptz", "history_type": "text", "history_user_id": "uuid"}
UPSERT = (
    ' ON CONFLICT ("schedule_id", "staff_id", "date") DO UPDATE SET "value" = excluded."value",'
    ' "is_locked" = excluded."is_locked", "revision" = excluded."revision"'
)

Row = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the rows go."""

    restaurant_id: UUID
    schedule_id: UUID
    user_id: UUID


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell's new value."""

    id: UUID
    staff_id: UUID
    date: date
    value: str


@dataclass(frozen=True, slots=True)
class Logged:
    """One change: its log row and its remembered request."""

    request_id: UUID
    type: str
    payload: str
    old_values: str


class Store(Protocol):
    """A database without anything above it."""

    def commit(self, place: Place, cells: Sequence[tuple[int, Cell]], changes: Sequence[Logged]) -> int:
        """Stores cells (each with the place of its change) and changes in one transaction; returns the last version."""

    def read(self, schedule_id: UUID) -> list[tuple[Any, ...]]:
        """Staff, day, value and lock of every cell."""


def open_store(database_url: str) -> Store:
    """The store at that address."""
    if database_url.startswith("sqlite"):
        return SqliteStore(urlsplit(database_url).path[1:])
    return PostgresqlStore(database_url)


class PostgresqlStore:
    """Rows travel as arrays, so that each statement is planned once."""

    def __init__(self, url: str) -> None:
        self._connection = psycopg.connect(url, autocommit=True)

    def commit(self, place: Place, cells: Sequence[tuple[int, Cell]], changes: Sequence[Logged]) -> int:
        with self._connection.transaction(), self._connection.cursor() as cursor:
            cursor.execute(
                "UPDATE realtime_stream SET version = version + %s WHERE restaurant_id = %s RETURNING version",
                [len(changes), place.restaurant_id],
            )
            (last,) = cursor.fetchone() or (0,)
            for table, rows in _rows(place, cells, changes, last - len(changes) + 1).items():
                columns = TABLES[table]
                names = ", ".join(f'"{name}"' for name in columns)
                arrays = ", ".join(f"%s::{kind}[]" for kind in columns.values())
                cursor.execute(
                    f'INSERT INTO "{table}" ({names}) SELECT * FROM unnest({arrays})'.encode()
                    + (UPSERT.encode() if table == SHIFT else b""),
                    [list(column) for column in zip(*rows, strict=True)],
                )
        return int(last)

    def read(self, schedule_id: UUID) -> list[tuple[Any, ...]]:
        return self._connection.execute(
            f'SELECT staff_id, date, value, is_locked FROM "{SHIFT}" WHERE schedule_id = %s'.encode(), [schedule_id]
        ).fetchall()


class SqliteStore:
    """The same in a file, as durable."""

    def __init__(self, path: str) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None, timeout=10, check_same_thread=False)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=FULL")

    def commit(self, place: Place, cells: Sequence[tuple[int, Cell]], changes: Sequence[Logged]) -> int:
        cursor = self._connection.cursor()
        cursor.execute("BEGIN IMMEDIATE")
        cursor.execute(
            "UPDATE realtime_stream SET version = version + ? WHERE restaurant_id = ? RETURNING version",
            [len(changes), place.restaurant_id.hex],
        )
        (last,) = cursor.fetchone()
        for table, rows in _rows(place, cells, changes, last - len(changes) + 1).items():
            names = ", ".join(f'"{name}"' for name in TABLES[table])
            marks = ", ".join("?" * len(TABLES[table]))
            upsert = UPSERT if table == SHIFT else ""
            cursor.executemany(
                f'INSERT INTO "{table}" ({names}) VALUES ({marks}){upsert}',
                [[_plain(value) for value in row] for row in rows],
            )
        cursor.execute("COMMIT")
        return int(last)

    def read(self, schedule_id: UUID) -> list[tuple[Any, ...]]:
        return self._connection.execute(
            f'SELECT staff_id, date, value, is_locked FROM "{SHIFT}" WHERE schedule_id = ?', [schedule_id.hex]
        ).fetchall()


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return value.hex
    return str(value) if isinstance(value, (date, datetime)) else value


def _rows(
    place: Place, cells: Sequence[tuple[int, Cell]], changes: Sequence[Logged], first: int
) -> dict[str, list[Row]]:
    now = datetime.now(UTC)
    stored: dict[tuple[UUID, date], Row] = {}
    history: list[Row] = []
    for number, cell in cells:
        row = (
            cell.id,
            place.restaurant_id,
            place.schedule_id,
            cell.staff_id,
            cell.date,
            cell.value,
            False,
            first + number,
        )
        stored[(cell.staff_id, cell.date)] = row
        history.append((*row, now, "~", place.user_id))
    return {
        SHIFT: list(stored.values()),
        HISTORY: history,
        CHANGE: [_log_row(place, change, first + number, now) for number, change in enumerate(changes)],
        REQUEST: [_request_row(place, change, first + number, now) for number, change in enumerate(changes)],
    }


def _log_row(place: Place, change: Logged, version: int, now: datetime) -> Row:
    return (
        place.restaurant_id,
        version,
        "shifts",
        change.type,
        "schedule",
        str(place.schedule_id),
        change.payload,
        change.old_values,
        place.user_id,
        "floor",
        change.request_id,
        False,
        False,
        now,
    )


def _request_row(place: Place, change: Logged, version: int, now: datetime) -> Row:
    answer = f'{{"version":{version},"result":{{"shiftValue":"×"}}}}'
    return (place.restaurant_id, place.user_id, change.request_id, "0" * 64, version, answer, now)
