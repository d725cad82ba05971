"""What this process stands among: its database, Redis, the front end's files. Each is asked afresh, and answered in one line.

Nothing here holds a password: all of it may be shown and logged.
"""

import json
import sqlite3
from contextlib import closing
from typing import Any
from urllib.parse import urlsplit

import psycopg
import redis
from django.conf import settings
from django.db import connection

ASK_SECONDS = 3
_NOT_YET = ("starting up", "shutting down", "recovery mode", "too many")


def database_place() -> str:
    """Where the database is."""
    found = settings.CONFIG.database
    if found.is_sqlite:
        return f"sqlite:///{found.name}"
    # Without a host it is the socket of this machine.
    return f"postgresql://{f'{found.host}:{found.port or 5432}' if found.host else ''}/{found.name}"


def redis_place() -> str:
    """Where Redis is; ``none`` if it is not configured."""
    url = settings.CONFIG.redis_url
    if url is None:
        return "none"
    parts = urlsplit(url)
    if parts.scheme == "unix":
        return f"unix://{parts.path}"
    return f"{parts.scheme}://{parts.hostname}:{parts.port or 6379}{parts.path or '/0'}"


def database_problem() -> str | None:
    """Why the database cannot be used, and where it is; None if it answers. Connects without the pool, whose errors state no reason."""
    try:
        if connection.vendor == "postgresql":
            with psycopg.connect(**_parameters()) as direct:
                direct.execute("SELECT 1")
        else:
            with closing(sqlite3.connect(connection.settings_dict["NAME"], uri=True)) as direct:
                direct.execute("SELECT 1 FROM sqlite_master")
    except (psycopg.Error, sqlite3.Error) as error:
        return f"{database_place()}: {reason_of(error)}"
    return None


def redis_problem() -> str | None:
    """Why Redis cannot be used, with where it is; None if it answers, or if none is wanted."""
    url = settings.CONFIG.redis_url
    if url is None:
        return None
    try:
        with redis.Redis.from_url(url, socket_timeout=ASK_SECONDS, socket_connect_timeout=ASK_SECONDS) as asked:
            asked.ping()
    except (redis.RedisError, OSError, ValueError) as error:
        return f"{redis_place()}: {reason_of(error)}"
    return None


def frontend_problem() -> str | None:
    """What is missing of the files that browsers load; None if all are there. In development they need not be collected."""
    if settings.CONFIG.vite_url is not None or settings.CONFIG.debug:
        return None
    if not settings.FRONTEND_MANIFEST.exists():
        return f"{settings.FRONTEND_MANIFEST} is missing: the front end was not built (npm run build)"
    chunks = json.loads(settings.FRONTEND_MANIFEST.read_text()).values()
    wanted = {f"frontend/{name}" for chunk in chunks for name in (chunk["file"], *chunk.get("css", ()))}
    missing = sorted(name for name in (*wanted, "admin/css/base.css") if not (settings.STATIC_ROOT / name).exists())
    if missing:
        return f"{len(missing)} files are missing in {settings.STATIC_ROOT}, such as {missing[0]}: run manage.py collectstatic"
    return None


def is_refused(problem: str) -> bool:
    """Whether PostgreSQL is there and does not want us (a password, a name): waiting would not help."""
    return "FATAL" in problem and not any(words in problem for words in _NOT_YET)


def reason_of(error: BaseException) -> str:
    """An error of a service as one line."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return " ".join(lines) or type(error).__name__


def _parameters() -> dict[str, Any]:
    kept = {"cursor_factory", "context", "prepare_threshold", "options"}
    given = {name: value for name, value in connection.get_connection_params().items() if name not in kept}
    return {**given, "connect_timeout": ASK_SECONDS}
