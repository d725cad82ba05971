"""PostgreSQL and Redis of our own: on free ports, in directories of their own, gone after the test."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType

import psycopg
import redis

from tests.support.ports import free_port
from tests.support.waiting import PATIENCE_SECONDS, wait_until

POSTGRES_USER = "postgres"


def programs_of_postgresql() -> Path:
    """Where ``initdb`` and ``postgres`` are; Debian keeps them out of the path."""
    found = shutil.which("postgres")
    if found is not None:
        return Path(found).parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    assert installed, "PostgreSQL is not installed"
    return installed[-1]


class Service:
    """A process that can be stopped, killed and started again on its port."""

    def __init__(self, name: str) -> None:
        self.port = free_port()
        self.directory = Path(tempfile.mkdtemp(prefix=f"shiftsync-{name}-"))
        self._process: subprocess.Popen[bytes] | None = None

    def _command(self) -> list[str]:
        raise AssertionError("subclasses say")

    def answers(self) -> bool:
        """Whether it serves."""
        raise AssertionError("subclasses say")

    def start(self) -> None:
        """Starts it and waits until it serves."""
        with (self.directory / "log").open("ab") as log:
            self._process = subprocess.Popen(self._command(), stdout=log, stderr=log, cwd=self.directory)
        wait_until(self.answers, PATIENCE_SECONDS, f"{self._command()[0]} to start")

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Ends it at once but in order, and waits for that."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(30)
            self._process = None

    def restart(self, meanwhile: Callable[[], None] = lambda: None) -> None:
        """Stops it, does something, starts it again."""
        self.stop()
        try:
            meanwhile()
        finally:
            self.start()

    def __enter__(self) -> "Service":
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        shutil.rmtree(self.directory, ignore_errors=True)


class Postgres(Service):
    """A PostgreSQL that trusts this machine. SIGINT ends it fast; it refuses to run as root, so root lends it another user."""

    def __init__(self) -> None:
        super().__init__("postgres")
        self._programs = programs_of_postgresql()
        self._as_somebody: list[str] = []
        if os.geteuid() == 0:
            shutil.chown(self.directory, POSTGRES_USER, POSTGRES_USER)
            self._as_somebody = ["setpriv", f"--reuid={POSTGRES_USER}", f"--regid={POSTGRES_USER}", "--clear-groups"]
        subprocess.run(
            [
                *self._as_somebody,
                *(str(self._programs / "initdb"), "-D", str(self.directory / "data"), "-U", POSTGRES_USER),
                *("--auth", "trust", "--encoding", "UTF8", "--no-sync"),
            ],
            check=True,
            capture_output=True,
        )

    def _command(self) -> list[str]:
        return [
            *self._as_somebody,
            *(str(self._programs / "postgres"), "-D", str(self.directory / "data"), "-p", str(self.port)),
            *("-k", str(self.directory), "-c", "listen_addresses=127.0.0.1", "-c", "max_connections=120"),
        ]

    def url(self, database: str) -> str:
        """The address of one of its databases."""
        return f"postgresql://{POSTGRES_USER}@127.0.0.1:{self.port}/{database}"

    def answers(self) -> bool:
        with suppress(psycopg.OperationalError):
            psycopg.connect(self.url(POSTGRES_USER), connect_timeout=2).close()
            return True
        return False

    def create(self, database: str) -> str:
        """Makes an empty database; returns its address."""
        with psycopg.connect(self.url(POSTGRES_USER), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{database}"'.encode())
        return self.url(database)


class RedisServer(Service):
    """A Redis that keeps nothing."""

    def __init__(self) -> None:
        super().__init__("redis")
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def _command(self) -> list[str]:
        return ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]

    def answers(self) -> bool:
        with suppress(redis.RedisError):
            return bool(self.call("PING"))
        return False

    def call(self, *words: str) -> object:
        """Runs one command."""
        with redis.Redis(port=self.port, socket_timeout=5) as connection:
            answer: object = connection.execute_command(*words)
            return answer
