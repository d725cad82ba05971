"""A database that is up to date, for the price of a copy: ``python -m tests.support.template PATH``.

Bringing an empty database up to date costs seven seconds of CPU time, seventeen on PostgreSQL, and a run of all tests needs some thirty of
them. So one is made by ``migrate`` and kept in ``.cache``, as long as no source and no dependency changes; the others are copies of it.

On PostgreSQL what is kept is a dump, which any server takes. ``migrate`` must run after it: it finds nothing to do but the role that the
servers have, which belongs to a server and not to a database.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".cache" / "databases"
SOURCES = ("shiftsync", "staff", "settings_app", "backups", "schedules")


def copy_template(path: Path) -> None:
    """An empty database that is up to date, at ``path``."""
    shutil.copyfile(_kept("sqlite3", lambda made: _migrate(f"sqlite:///{made}")), path)


def is_copied(database_url: str) -> bool:
    """Makes that database by copying, if it is empty or does not exist yet; false where somebody must migrate all the same."""
    if not database_url.startswith("sqlite:///"):
        fill(database_url)
        return False
    path = ROOT / database_url.removeprefix("sqlite:///")
    if path.exists():
        return False
    copy_template(path)
    return True


def fill(database_url: str) -> None:
    """Puts the tables into a database of PostgreSQL, if it is empty."""
    with psycopg.connect(database_url) as connection:
        version = connection.info.server_version
        if connection.execute("SELECT FROM pg_tables WHERE schemaname = 'public' LIMIT 1").fetchone() is not None:
            return
    dump = _kept(f"postgresql-{version}", lambda made: _dump(database_url, made))
    # Without the rights of the servers' role: it may not exist here yet, and gets them when it is made.
    options = ("--no-owner", "--no-privileges", "--single-transaction")
    _run("pg_restore", *options, f"--dbname={database_url}", str(dump))


def _dump(database_url: str, made: Path) -> None:
    """Of a database that is migrated on the same server, and gone afterwards."""
    name = f"shiftsync_template_{uuid4().hex[:12]}"
    scratch = urlsplit(database_url)._replace(path=f"/{name}").geturl()
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
        try:
            _migrate(scratch)
            _run("pg_dump", "--format=custom", "--compress=0", f"--file={made}", scratch)
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


def _run(program: str, *arguments: str) -> None:
    subprocess.run([program, *arguments], check=True, capture_output=True)


def _kept(kind: str, make: Callable[[Path], None]) -> Path:
    """The one that the others are copies of. Who comes while it is made waits for it."""
    CACHE.mkdir(parents=True, exist_ok=True)
    template = CACHE / f"{_digest()}.{kind}"
    with (CACHE / f"lock-{kind}").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not template.exists():
            for older in CACHE.glob(f"*.{kind}*"):
                older.unlink()
            unfinished = template.with_name(f"{template.name}-new")
            make(unfinished)
            unfinished.rename(template)
    return template


def _digest() -> str:
    """Another one whenever anything changes that might take part in a migration."""
    files = [path for name in SOURCES for path in (ROOT / name).rglob("*.py")]
    digest = hashlib.sha256(sys.version.encode())
    for path in sorted([*files, ROOT / "requirements" / "dev.txt"]):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(ROOT)} {len(content)} ".encode() + content)
    return digest.hexdigest()[:32]


def _migrate(database_url: str) -> None:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": database_url}
    command = [sys.executable, "manage.py", "migrate", "--no-input", "--verbosity=0"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


if __name__ == "__main__":
    copy_template(Path(sys.argv[1]))
