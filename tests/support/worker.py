"""Real worker processes, as ``make run`` starts them."""

import os
import signal
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

from tests.support.forked import Process, start
from tests.support.roles import APP_ROLE
from tests.support.waiting import PATIENCE_SECONDS


class WorkerProcess:
    """One worker on the database that DATABASE_URL in ``environment`` tells."""

    def __init__(self, environment: Mapping[str, str], log: Path | None = None) -> None:
        self._log = log
        self._environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "SHIFTSYNC_DEBUG": "1",
            "TEST_APP_ROLE": APP_ROLE,
            **environment,
        }
        self._process: Process | None = None

    def start(self) -> "WorkerProcess":
        """Starts it; it takes tasks as soon as it is up."""
        options = ("--no-reload", "--no-startup-delay", "--interval", "0.1", "--verbosity", "0")
        self._process = start(("manage.py", "work", *options), self._environment, self._log)
        return self

    def move_to(self, database_url: str) -> None:
        """Has it use that database from its next start."""
        self._environment["DATABASE_URL"] = database_url

    @property
    def runs(self) -> bool:
        """Whether it has not ended."""
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        """Its process id."""
        assert self._process is not None
        return self._process.pid

    def stop(self) -> None:
        """Ends it as an operator would, after the task that it has begun."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """Ends it as a crash would."""
        self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> None:
        process = self._process
        if process is not None:
            process.send_signal(how)
            process.wait(PATIENCE_SECONDS)
            if self._process is process:  # who saw it end may have started the next one by now
                self._process = None

    def __enter__(self) -> "WorkerProcess":
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()
