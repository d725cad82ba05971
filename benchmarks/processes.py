"""Server processes, and what they have used: read from /proc, so that a busy machine disturbs little."""

import getpass
import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from shiftsync.serve import UVICORN_OPTIONS

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 60.0
STOP_SECONDS = 15.0
PAGE = os.sysconf("SC_PAGE_SIZE")


def free_port() -> int:
    """A TCP port of the loopback interface that nobody uses right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def cpu_seconds(pid: int) -> float:
    """CPU time of a process and all its living threads, to the nanosecond where the kernel keeps it."""
    tasks = Path(f"/proc/{pid}/task")
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks.iterdir()) / 1e9


def backend_cpu_seconds(pid: int) -> float | None:
    """CPU time of one of PostgreSQL's processes; None where it is not on this machine."""
    try:
        is_here = Path(f"/proc/{pid}/comm").read_text().strip() in ("postgres", "postmaster")
    except OSError:
        return None
    return cpu_seconds(pid) if is_here else None


def memory_bytes(pid: int) -> int:
    """Resident memory of a process."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE


class Served:
    """A server in a process of its own: a command, run in ``root``, that listens on ``port`` of the loopback interface."""

    def __init__(self, command: Sequence[str], port: int, environment: Mapping[str, str], root: Path = ROOT) -> None:
        self.port = port
        self._command = list(command)
        self._root = root
        # With what was compiled before, as in production: a release is compiled when it is installed.
        inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        self._environment = {**inherited, **environment}
        self.started_in = 0.0
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """Its process id."""
        assert self._process is not None
        return self._process.pid

    @property
    def cpu_seconds(self) -> float:
        """CPU time it has used so far."""
        return cpu_seconds(self.pid)

    @property
    def memory_bytes(self) -> int:
        """Resident memory it holds now."""
        return memory_bytes(self.pid)

    def __enter__(self) -> Self:
        started = time.monotonic()
        self._process = subprocess.Popen(self._command, cwd=self._root, env=self._environment)
        deadline = started + START_SECONDS
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{' '.join(self._command)} did not start")
            time.sleep(0.02)
        self.started_in = time.monotonic() - started
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process is not None
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(STOP_SECONDS)

    def _answers(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


class Server(Served):
    """An ASGI application under uvicorn, as production runs it."""

    def __init__(
        self,
        application: str,
        environment: Mapping[str, str],
        root: Path = ROOT,
        options: Sequence[str] = UVICORN_OPTIONS,
    ) -> None:
        port = free_port()
        uvicorn = ("-m", "uvicorn", application, "--host", "127.0.0.1", "--port", str(port))
        super().__init__([sys.executable, *uvicorn, *options], port, environment, root)


class Peer(Served):
    """A server of ``benchmarks/peers``, under Node.js."""

    def __init__(self, script: str, environment: Mapping[str, str]) -> None:
        port = free_port()
        # Node's driver takes no user from the system where the URL names none, as PostgreSQL's own library does.
        told = {"PGUSER": os.environ.get("PGUSER", getpass.getuser()), **environment, "PORT": str(port)}
        super().__init__(["node", script], port, told, ROOT / "benchmarks" / "peers")
