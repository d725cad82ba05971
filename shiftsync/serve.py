"""The processes of ShiftSync: ``python -m shiftsync.serve`` runs them all (``make run``, ``make dev``).

Migrates the database, adds the sample data, starts the server and one worker, and stops both when either ends, on Ctrl-C, when the
terminal closes, and when this process or its parent is killed. ``server`` or ``worker`` runs that one process alone and prepares nothing, as in a container.
"""

import argparse
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import NoReturn

from shiftsync.config import ROOT, Config, ConfigError, load

# Not by the link `current`, which leads to another release after an upgrade: what is imported later must be of this one.
PYTHON = str(Path(sys.executable).parent.resolve() / Path(sys.executable).name)
PATIENCE_SECONDS = 15.0
PARENT_SECONDS = 0.5
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
GUARD = (PYTHON, "-m", "shiftsync.guard")
VITE_URL = "http://127.0.0.1:5173"
# Without compression of frames, which doubles the cost of fan-out, and without query strings in a log. The application closes a
# frame over 1 MiB with 1009 itself, having read it: uvicorn hangs up in the middle of one, and a reset may overtake its 1009.
UVICORN_OPTIONS = (
    *("--lifespan", "off", "--ws-max-size", "4194304", "--ws-per-message-deflate", "false"),
    *("--no-access-log", "--log-level", "warning"),
    *("--http", "shiftsync.bounded_http:BoundedHttp"),
    *("--ws", "shiftsync.websocket:QuickWebSocket"),
)
SAMPLE_USERS = ("owner", "manager", "viewer", "staff")
SAMPLE_PASSWORD = "shiftsync"  # noqa: S105 - sample data, refused unless SHIFTSYNC_DEBUG is on


@dataclass(frozen=True, slots=True)
class Program:
    """One process to keep running."""

    name: str
    command: tuple[str, ...]


def main(arguments: Sequence[str] | None = None) -> int:
    """Starts what the arguments name, prepared and with checked configuration; returns the exit code."""
    wanted = _parser().parse_args(arguments)
    if wanted.dev:
        os.environ.setdefault("SHIFTSYNC_VITE_URL", VITE_URL)
    try:
        config = load()
    except ConfigError as error:
        sys.exit(f"shiftsync: {error}")
    if wanted.process != "all":
        become(uvicorn(config.port, wanted.host) if wanted.process == "server" else WORKER)
    with terminating():
        for step in preparation(config):
            subprocess.run(step, cwd=ROOT, check=True)
        print(welcome(config), flush=True)
        return supervise(development(config) if wanted.dev else production(config))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m shiftsync.serve", description=__doc__)
    parser.add_argument("process", nargs="?", choices=("all", "server", "worker"), default="all")
    parser.add_argument("--host", default="127.0.0.1", help="the address that a single server listens on")
    parser.add_argument(
        "--dev", action="store_true", help="reload on changes, and take the front end from Vite's server"
    )
    return parser


def become(command: tuple[str, ...]) -> NoReturn:
    """Replaces this process, so that signals reach the new one."""
    os.chdir(ROOT)
    os.execv(command[0], command)  # noqa: S606 - no shell is wanted


def manage(*words: str) -> tuple[str, ...]:
    """The command line of a ``manage.py`` command."""
    return (PYTHON, str(ROOT / "manage.py"), *words)


# Polls the queue four times a second: a repair takes half a second, and somebody is waiting for it.
DB_WORKER = ("work", "--interval", "0.25")
WORKER = manage(*DB_WORKER, "--no-reload")


def preparation(config: Config) -> list[tuple[str, ...]]:
    """What must be done before the server starts. Sample data is for development only."""
    steps = [manage("migrate", "--wait", "--no-input", "--verbosity", "0")]
    if config.debug:
        return [*steps, manage("seed_demo")]
    return [*steps, manage("collectstatic", "--no-input", "--verbosity", "0")]


def uvicorn(port: int, host: str = "127.0.0.1") -> tuple[str, ...]:
    """One server process."""
    address = ("--host", host, "--port", str(port), "--timeout-graceful-shutdown", "10")
    return (PYTHON, "-m", "uvicorn", "shiftsync.asgi:application", *address, *UVICORN_OPTIONS)


def production(config: Config) -> list[Program]:
    """Server and worker as in production."""
    return [Program("server", uvicorn(config.port)), Program("worker", WORKER)]


def development(config: Config) -> list[Program]:
    """Server and worker with auto-reload, and Vite's server."""
    return [
        Program("server", manage("runserver", f"127.0.0.1:{config.port}")),
        Program("worker", manage(*DB_WORKER, "--reload")),
        Program("vite", ("npm", "--prefix", str(ROOT / "frontend"), "run", "dev")),
    ]


def welcome(config: Config) -> str:
    """What is printed once the server answers."""
    lines = ["", f"  ShiftSync: http://127.0.0.1:{config.port}", ""]
    if config.debug:
        lines += [f"  sign in as {user} with the password {SAMPLE_PASSWORD}" for user in SAMPLE_USERS]
    return "\n".join([*lines, "", "  Press Ctrl-C to stop.", ""])


@contextmanager
def terminating() -> Iterator[None]:
    """Ctrl-C, SIGTERM, the end of the terminal and that of the parent end the block in order, and the process with 128 + the signal, quietly.

    Ctrl-C is set too, since Python leaves it alone in a process that was started in the background. Under ``nohup``, which ignores
    the end of the terminal, the parent may end as well.
    """

    def stop(number: int, frame: FrameType | None) -> None:
        sys.exit(128 + number)

    is_detached = signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    numbers = [number for number in ENDING if not (is_detached and number == signal.SIGHUP)]
    before = {number: signal.signal(number, stop) for number in numbers}
    if not is_detached:
        threading.Thread(target=_end_with_parent, args=(os.getppid(),), name="parent", daemon=True).start()
    try:
        yield
    except subprocess.CalledProcessError as error:
        sys.exit(error.returncode if error.returncode > 0 else 1)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end_with_parent(parent: int) -> None:
    """Tells this process to end once ``parent`` is no longer its parent: ``make`` was killed, and nobody could stop us any more."""
    while os.getppid() == parent:
        time.sleep(PARENT_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)


def supervise(programs: Sequence[Program]) -> int:
    """Runs them until one ends, then ends the others. The result is never 0: none of them should end by itself."""
    running: dict[int, tuple[Program, subprocess.Popen[bytes]]] = {}
    guard = subprocess.Popen(GUARD, cwd=ROOT, start_new_session=True, stdin=subprocess.PIPE)
    try:
        for program in programs:
            # In a session of its own: Ctrl-C reaches only us, and each process is told to end once.
            with _ending_later():
                process = subprocess.Popen(program.command, cwd=ROOT, start_new_session=True)
                running[process.pid] = (program, process)
                _tell(guard, process.pid)
        program, code = first_to_end(running)
        print(f"shiftsync: the {program.name} ended with code {code}; stopping the others", file=sys.stderr)
        return code if 0 < code < 128 else 1
    finally:
        end([process for _, process in running.values()])
        guard.kill()
        guard.wait()


@contextmanager
def _ending_later() -> Iterator[None]:
    """A signal to end that comes meanwhile counts after the block: else a process that has started, and is not noted yet, would be left."""
    came: list[int] = []
    before = {
        number: signal.signal(number, lambda number, _: came.append(number))
        for number in ENDING
        if callable(signal.getsignal(number))
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    for signalled in came:
        os.kill(os.getpid(), signalled)


def _tell(guard: subprocess.Popen[bytes], group: int) -> None:
    assert guard.stdin is not None
    guard.stdin.write(f"{group}\n".encode())
    guard.stdin.flush()


def first_to_end(running: dict[int, tuple[Program, subprocess.Popen[bytes]]]) -> tuple[Program, int]:
    """Waits, without polling, for any of them."""
    while True:
        ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)
        if ended is not None and ended.si_pid in running:
            program, process = running[ended.si_pid]
            return program, process.wait()
        os.waitid(os.P_ALL, 0, os.WEXITED)


def end(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """Terminates each process with its children, and kills what has not ended after a while. Cannot be interrupted."""
    for number in ENDING:
        signal.signal(number, signal.SIG_IGN)
    for process in processes:
        _signal_group(process, signal.SIGTERM)
    for process in processes:
        try:
            process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            _signal_group(process, signal.SIGKILL)
            process.wait()


def _signal_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    if process.poll() is None:
        os.killpg(process.pid, number)


if __name__ == "__main__":
    sys.exit(main())
