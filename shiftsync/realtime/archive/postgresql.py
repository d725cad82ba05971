"""PostgreSQL's side of an archive, by its own programs ``pg_dump`` and ``psql``.

A dump is SQL in plain form, so that the restore and what must follow it are one transaction: pg_restore's ``--single-transaction``
ends before the epochs could be renewed.
"""

import gzip
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Set
from pathlib import Path

from django.db import connection, transaction

from shiftsync.core.errors import ValidationFailed
from shiftsync.core.fence import ALL, SETTING, everywhere
from shiftsync.realtime.archive.rows import count_rows
from shiftsync.realtime.models import Installation, Stream

# Row-level security stays on, with a setting that shows all rows: a role that cannot bypass it would otherwise be refused.
DUMP = ("--enable-row-security", "--format=plain", "--no-owner", "--no-privileges", "--encoding=UTF8")
_SET = re.compile(rb"SET ([a-z_]+) = ")
_LAST_OF_PREAMBLE = b"SET row_security"
LOAD = ("--no-psqlrc", "--quiet", "--no-password", "--set=ON_ERROR_STOP=1", "--output=/dev/null")


def dump(target: Path) -> dict[str, int]:
    """Writes the database, compressed, as it is at one moment; returns how many rows each table had then."""
    with everywhere(), transaction.atomic(), connection.cursor() as cursor:
        # Of one moment, without holding up anybody; waiting for pg_dump is no reason to be cut.
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        rows = count_rows(cursor)
        with gzip.open(target, "wb", compresslevel=6) as file:
            _dump_into(file, snapshot)
    return rows


def _dump_into(file: gzip.GzipFile, snapshot: str) -> None:
    command = [_program("pg_dump"), *DUMP, "--no-password", f"--snapshot={snapshot}"]
    with subprocess.Popen(command, env=_environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        shutil.copyfileobj(process.stdout, file)
        complaint = process.stderr.read()
    _require_success("pg_dump", process.returncode, complaint)


def require_empty() -> None:
    """Raises :class:`ValidationFailed` if the database has any table."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
    if tables:
        raise ValidationFailed(
            f"The database {connection.settings_dict['NAME']} is not empty (it has {len(tables)} tables). Restore into a new "
            "one: createdb, then DATABASE_URL."
        )


def load(source: Path) -> None:
    """Fills the empty database and renews its epochs in one transaction: all of it or nothing."""
    command = [_program("psql"), *LOAD]
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_settings")
        known = {name for (name,) in cursor.fetchall()}
    connection.close()
    with subprocess.Popen(command, env=_environment(), stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        try:
            with process.stdin as script, gzip.open(source, "rb") as dumped:
                script.write(
                    b"BEGIN;\n"
                )  # if we die before COMMIT is written, psql meets the end of its input: rolled back
                script.writelines(_preamble(dumped, known))
                shutil.copyfileobj(dumped, script)
                script.write(_afterwards().encode())
        except BrokenPipeError:
            pass  # psql has stopped at an error; it says which
        complaint = process.stderr.read()
    _require_success("psql", process.returncode, complaint)


def _preamble(dumped: gzip.GzipFile, known: Set[str]) -> Iterator[bytes]:
    """The lines with which a dump begins, without parameters that this server does not know: pg_dump may be newer than the server, and
    that of PostgreSQL 17 sets one (transaction_timeout) that 16 refuses."""
    for line in dumped:
        found = _SET.match(line)
        if found is None or found[1].decode() in known:
            yield line
        if line.startswith(_LAST_OF_PREAMBLE):
            return


def _afterwards() -> str:
    stream, installation = Stream._meta.db_table, Installation._meta.db_table
    return (
        f"\nSET LOCAL {SETTING} = '{ALL}';"  # what was loaded is fenced by now, and its owner may not be able to pass that
        f'\nUPDATE public."{stream}" SET epoch = gen_random_uuid();'
        f'\nUPDATE public."{installation}" SET id = gen_random_uuid();\nCOMMIT;\n'
    )


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise ValidationFailed(
            f"{name} is not installed here; it is in PostgreSQL's client package (postgresql-client)."
        )
    return found


def _environment() -> Mapping[str, str]:
    settings = connection.settings_dict
    given = {
        "PGHOST": settings["HOST"],
        "PGPORT": settings["PORT"],
        "PGUSER": settings["USER"],
        "PGPASSWORD": settings["PASSWORD"],
        "PGDATABASE": settings["NAME"],
        "PGSSLMODE": settings["OPTIONS"].get("sslmode"),
        "PGSSLROOTCERT": settings["OPTIONS"].get("sslrootcert"),
        "PGOPTIONS": f"-c {SETTING}={ALL}",
    }
    return {**os.environ, **{name: str(value) for name, value in given.items() if value}}


def _require_success(program: str, code: int, complaint: bytes) -> None:
    if code:
        lines = complaint.decode(errors="replace").strip().splitlines() or [f"ended with code {code}"]
        raise ValidationFailed(f"{program}: {lines[0]}")
