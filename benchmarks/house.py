"""Where the benchmarks run: a database of their own, Redis where it answers, servers and floors that share both."""

import os
import shutil
import socket
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

import psycopg

from benchmarks.processes import Server
from shiftsync.serve import UVICORN_OPTIONS

POSTGRESQL = "postgresql://127.0.0.1:5432/postgres"
REDIS = "redis://127.0.0.1:6379/9"


@dataclass(frozen=True, slots=True)
class House:
    """``environment`` tells every process the database and Redis. ``before`` is the commit that is compared with, if any."""

    environment: Mapping[str, str]
    before: str | None = None

    @property
    def database_url(self) -> str:
        """The benchmarks' database."""
        return self.environment["DATABASE_URL"]

    @property
    def is_postgresql(self) -> bool:
        """Whether it is a server and not a file."""
        return self.database_url.startswith("postgresql")

    def server(self) -> Server:
        """The application."""
        return Server("shiftsync.asgi:application", self.environment)

    def floor(self, application: str, **settings: str) -> Server:
        """A bare ASGI application of ``benchmarks.floors``, told ``settings`` by its environment, on uvicorn's own WebSocket."""
        options = (*UVICORN_OPTIONS, "--ws", "auto")
        return Server(f"benchmarks.floors.{application}", {**self.environment, **settings}, options=options)

    def describe(self) -> str:
        """What it is made of, for the report."""
        redis = "Redis" if "REDIS_URL" in self.environment else "in-memory layer"
        return f"{urlsplit(self.database_url).scheme}, {redis}, {os.cpu_count()} cores"


@contextmanager
def house(before: str | None = None) -> Iterator[House]:
    """A house with an empty, migrated database; Django is set up in this process for the same one.

    BENCH_DATABASE_URL (a PostgreSQL server's maintenance database) and BENCH_REDIS_URL name other services than the local
    ones. Without PostgreSQL it is SQLite, without Redis the in-memory layer.
    """
    with database() as database_url:
        environment = {
            "DJANGO_SETTINGS_MODULE": "shiftsync.settings",
            "SHIFTSYNC_ENV_FILE": os.devnull,
            "SHIFTSYNC_DEBUG": "0",
            "SHIFTSYNC_SECRET_KEY": "for-benchmarks-only-0123456789-0123456789-0123456789",
            "SHIFTSYNC_ALLOWED_HOSTS": "127.0.0.1",
            "DATABASE_URL": database_url,
            "SHIFTSYNC_SOCKETS_PER_USER": "2000",  # a thousand that listen, and the one that measures
            "PYTHONWARNINGS": "ignore:No directory at:UserWarning",  # of static files, which are no part of this
        }
        redis_url = os.environ.get("BENCH_REDIS_URL", REDIS)
        if _answers(redis_url):
            environment["REDIS_URL"] = redis_url
        os.environ.pop("REDIS_URL", None)
        os.environ.update(environment)
        _set_up_django()
        try:
            yield House(environment, before)
        finally:
            _close_connections()


@contextmanager
def database(name: str = "today") -> Iterator[str]:
    """The URL of a new empty database, which is gone afterwards."""
    maintenance = os.environ.get("BENCH_DATABASE_URL", POSTGRESQL)
    try:
        administrator = psycopg.connect(maintenance, autocommit=True, connect_timeout=2)
    except psycopg.OperationalError:
        directory = tempfile.mkdtemp(prefix="shiftsync-bench-")
        try:
            yield f"sqlite:///{directory}/{name}.sqlite3"
        finally:
            shutil.rmtree(directory)
        return
    name = f"shiftsync_bench_{os.getpid()}_{name}"
    with administrator:
        administrator.execute(f'CREATE DATABASE "{name}"')
        try:
            yield urlunsplit(urlsplit(maintenance)._replace(path=f"/{name}"))
        finally:
            administrator.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _answers(url: str) -> bool:
    parts = urlsplit(url)
    try:
        with socket.create_connection((parts.hostname or "", parts.port or 6379), timeout=1):
            return True
    except OSError:
        return False


def _set_up_django() -> None:
    import django  # noqa: PLC0415 - its settings read the environment, which is set by now
    from django.core.management import call_command  # noqa: PLC0415 - as above

    django.setup()
    call_command("migrate", verbosity=0)


def _close_connections() -> None:
    from django.db import connections  # noqa: PLC0415 - as above

    connections.close_all()
    for connection in connections.all():
        if hasattr(connection, "close_pool"):
            connection.close_pool()
