"""The sign of life of a worker, which serves nobody who could ask it: a file that it touches."""

import os
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

EVERY_SECONDS = 5.0
LATE_SECONDS = 60.0


def beat_file() -> Path:
    """Where it is: one for each user of the machine, so one in a container."""
    return Path(tempfile.gettempdir()) / f"shiftsync-worker-{os.getuid()}"


def is_late(path: Path | None = None) -> bool:
    """Whether no worker has touched it for a minute."""
    try:
        return time.time() - (path or beat_file()).stat().st_mtime > LATE_SECONDS
    except OSError:
        return True


class Beat:
    """Touches the file, not too often. A machine that has no room for it is no reason to stop working."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or beat_file()
        self._at = 0.0
        self.at = 0.0
        """When it last beat, in Unix time; 0 before it has."""

    @property
    def seconds_since(self) -> float:
        """How long ago it last beat."""
        return time.time() - self.at

    def __call__(self) -> None:
        if time.monotonic() - self._at < EVERY_SECONDS and self._at:
            return
        self._at = time.monotonic()
        self.at = time.time()
        with suppress(OSError):
            # An existing file is not followed if it is a link: anybody can write to the directory.
            file = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW, 0o600)
            try:
                os.utime(file)
            finally:
                os.close(file)

    @contextmanager
    def going_on(self) -> Iterator[None]:
        """Keeps beating while something long runs."""
        over = threading.Event()

        def tick() -> None:
            while not over.wait(EVERY_SECONDS):
                self()

        thread = threading.Thread(target=tick, name="beat", daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()
