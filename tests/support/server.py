"""Real server processes on free ports."""

import os
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

import httpx

from shiftsync.serve import UVICORN_OPTIONS
from tests.support.forked import Process, start
from tests.support.ports import free_port
from tests.support.roles import APP_ROLE
from tests.support.waiting import PATIENCE_SECONDS

ROOT = Path(__file__).resolve().parents[2]
APPLICATION = "shiftsync.asgi:application"


class ServerProcess:
    """One uvicorn process that serves the application, as ``make run`` starts it.

    ``environment`` is added to the present one; DATABASE_URL in it tells the database. What it logs goes to ``log``, if given.
    It may be forked from a process that has loaded everything (``tests/support/forked.py``), unless it is another application.
    """

    def __init__(
        self,
        environment: Mapping[str, str],
        port: int | None = None,
        log: Path | None = None,
        application: str = APPLICATION,
    ) -> None:
        self._log = log
        self._application = application
        self._may_fork = application == APPLICATION
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "SHIFTSYNC_DEBUG": "1",
            "TEST_APP_ROLE": APP_ROLE,
            **environment,
        }
        self._process: Process | None = None

    def start(self) -> "ServerProcess":
        """Starts it and waits until it answers."""
        address = ("--host", "127.0.0.1", "--port", str(self.port))
        command = ("uvicorn", self._application, *address, *UVICORN_OPTIONS)
        self._process = start(command, self._environment, self._log, may_fork=self._may_fork)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise RuntimeError("the server did not start")
            time.sleep(0.05)
        return self

    def move_to(self, database_url: str) -> None:
        """Has it use that database from its next start."""
        self._environment["DATABASE_URL"] = database_url

    @property
    def pid(self) -> int:
        """Its process id."""
        assert self._process is not None
        return self._process.pid

    def stop(self) -> None:
        """Ends it as an operator would, with SIGTERM."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """Ends it as a crash would, with SIGKILL."""
        self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        self._process.send_signal(how)
        try:
            self._process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(10)
        self._process = None

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/health", timeout=10).status_code < 500
        except httpx.HTTPError:
            return False

    def __enter__(self) -> "ServerProcess":
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
