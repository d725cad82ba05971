"""SQLite's side of an archive, by its online backup, which includes the write-ahead log."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import uuid4

from django.db import connection

from shiftsync.core.errors import ValidationFailed
from shiftsync.realtime.models import Installation, Stream

BESIDE = ("-wal", "-shm", "-journal")


def dump(target: Path) -> dict[str, int]:
    """Copies the database as it is at one moment; returns how many rows each table had then."""
    connection.ensure_connection()
    with closing(sqlite3.connect(target)) as copy:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, with nothing beside it
        return _rows(copy)


def require_empty() -> None:
    """Raises :class:`ValidationFailed` if the file, or what an earlier one left beside it, holds anything.

    A write-ahead log that was left behind would be applied to the restored file without a word.
    """
    path = _path()
    left = [f"{path.name}{suffix}" for suffix in BESIDE if path.with_name(path.name + suffix).exists()]
    if left and not path.exists():
        raise ValidationFailed(
            f"{', '.join(left)} of an earlier database is still in {path.parent}: move it away first."
        )
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
    connection.close()
    if tables:
        raise ValidationFailed(f"{path} is not empty (it has {len(tables)} tables): name another file in DATABASE_URL.")


def load(source: Path) -> None:
    """Puts the copy, with renewed epochs, in the database's place in one step."""
    path = _path()
    prepared = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        shutil.copyfile(source, prepared)
        _renew(prepared)
        for suffix in BESIDE:
            path.with_name(path.name + suffix).unlink(missing_ok=True)  # of the empty file that asking has made
        prepared.replace(path)
    finally:
        prepared.unlink(missing_ok=True)


def _renew(path: Path) -> None:
    with closing(sqlite3.connect(path)) as copy:
        (sound,) = copy.execute("PRAGMA integrity_check").fetchone()
        if sound != "ok":
            raise ValidationFailed(f"The database in the backup is damaged: {sound}")
        for model, field in ((Stream, "epoch"), (Installation, "id")):
            table = model._meta.db_table
            for (row,) in copy.execute(f'SELECT rowid FROM "{table}"').fetchall():  # names of our own models
                copy.execute(f'UPDATE "{table}" SET "{field}" = ? WHERE rowid = ?', (uuid4().hex, row))
        copy.commit()


def _rows(database: sqlite3.Connection) -> dict[str, int]:
    named = database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'"
    )
    tables = sorted(name for (name,) in named.fetchall())
    return {
        table: database.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]  # the database's own names
        for table in tables
    }


def _path() -> Path:
    name = str(connection.settings_dict["NAME"])
    if ":memory:" in name:
        raise ValidationFailed(
            "DATABASE_URL names a database in memory; there is nothing to back up or to restore into."
        )
    return Path(name)
