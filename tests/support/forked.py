"""Servers and workers that are forked from a process that has loaded everything, which is one for each process of pytest.

A start of their own costs 1.5 to 2 s of CPU time, nearly all of it for loading the same modules. Settings are read once, when those are loaded,
so a fork reads them again. That is right for settings that nothing keeps when it is loaded: where anything else differs
from the environment that everything was loaded in, the process is started as ever, and so is the first of each kind.
"""

import atexit
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Protocol

ROOT = Path(__file__).resolve().parents[2]
LATE = frozenset({"DATABASE_URL", "REDIS_URL", "SHIFTSYNC_EMAIL_URL", "SHIFTSYNC_APP_DATABASE_URL"})
"""The variables that may differ: whoever needs what they say reads it from the settings then, and not when modules are loaded."""
UNREAD = frozenset({"PYTEST_CURRENT_TEST"})
PLAIN = frozenset({"tests.settings", "tests.support.impatient_settings"})
"""Modules of settings that set something and do nothing else, so that they can be read twice."""


class Process(Protocol):
    """What a server or a worker of the tests is to those who end it: as ``subprocess.Popen`` has it."""

    pid: int

    def poll(self) -> int | None: ...

    def wait(self, timeout: float | None = None) -> int: ...

    def send_signal(self, sig: int) -> None: ...

    def kill(self) -> None: ...


class _Zygote:
    """The process that others are forked from, which has loaded everything in that environment."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._turn = threading.Lock()
        self._socket, its = socket.socketpair()
        with its:
            command = [sys.executable, "-m", "tests.support.zygote", str(its.fileno())]
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, pass_fds=(its.fileno(),)
            )
        self._answers = self._socket.makefile("r")
        atexit.register(self._end)

    def ask(self, **question: Any) -> int:
        """Its answer. Raises ``RuntimeError`` where it has ended."""
        with self._turn:
            self._socket.sendall(f"{json.dumps(question)}\n".encode())
            answer = self._answers.readline()
        if not answer:
            raise RuntimeError("the process that servers are forked from has ended")
        return int(answer)

    def _end(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._process.wait()


class ForkedProcess:
    """As ``subprocess.Popen``, for a process that is no child of this one."""

    def __init__(self, zygote: _Zygote, pid: int) -> None:
        self._zygote = zygote
        self.pid = pid
        self._turn = threading.Lock()
        self._ended = os.pidfd_open(pid)
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """How it ended; nothing while it runs."""
        with self._turn:
            if self.returncode is None and self._has_ended(0):
                self.returncode = self._zygote.ask(reap=self.pid)
                os.close(self._ended)
            return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """How it ended, when it has. Raises ``subprocess.TimeoutExpired``."""
        if self.returncode is None and not self._has_ended(timeout):
            raise subprocess.TimeoutExpired("a forked process", timeout or 0)
        ended = self.poll()
        assert ended is not None
        return ended

    def send_signal(self, sig: int) -> None:
        """Sends it, unless the process has ended: until it is reaped, its id is nobody else's."""
        if self.poll() is None:
            os.kill(self.pid, sig)

    def kill(self) -> None:
        """Ends it as a crash would."""
        self.send_signal(signal.SIGKILL)

    def _has_ended(self, seconds: float | None) -> bool:
        # Not select(), which takes no descriptor over 1023.
        waiting = select.poll()
        waiting.register(self._ended, select.POLLIN)
        return bool(waiting.poll(None if seconds is None else seconds * 1000))


_turn = threading.Lock()
_seen: set[frozenset[tuple[str, str]]] = set()
_zygotes: dict[frozenset[tuple[str, str]], _Zygote] = {}


def start(
    command: Sequence[str], environment: Mapping[str, str], log: Path | None = None, *, may_fork: bool = True
) -> Process:
    """Starts Python with that command (a module or a script, and arguments), what it says as errors appended to ``log``: as a fork where that
    comes to the same."""
    zygote = _zygote_for(environment) if may_fork and environment["DJANGO_SETTINGS_MODULE"] in PLAIN else None
    if zygote is not None:
        pid = zygote.ask(start=list(command), environment=dict(environment), log=str(log) if log else None)
        return ForkedProcess(zygote, pid)
    program = command if command[0].endswith(".py") else ("-m", *command)
    with ExitStack() as stack:
        told = stack.enter_context(log.open("ab")) if log else None
        return subprocess.Popen([sys.executable, *program], cwd=ROOT, env=environment, stderr=told)


def _zygote_for(environment: Mapping[str, str]) -> _Zygote | None:
    """The one of that kind. It is made when a second process of the kind starts: many kinds are those of a single test."""
    kind = _kind(environment)
    with _turn:
        if kind not in _seen or not hasattr(os, "pidfd_open"):
            _seen.add(kind)
            return None
        if kind not in _zygotes:
            _zygotes[kind] = _Zygote(environment)
        return _zygotes[kind]


def _kind(environment: Mapping[str, str]) -> frozenset[tuple[str, str]]:
    """What must be the same for a fork to be like a process that was started: all but what is read late, of which the kind of database and
    whether there is a Redis decide what is loaded."""
    read = {name: value for name, value in environment.items() if name not in LATE | UNREAD}
    scheme = environment.get("DATABASE_URL", "").partition(":")[0]
    return frozenset({**read, "database": scheme, "redis": str(bool(environment.get("REDIS_URL")))}.items())
