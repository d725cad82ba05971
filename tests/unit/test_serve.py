"""The supervisor of ``make run``, with real processes."""

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from shiftsync import serve
from shiftsync.config import ROOT, Config, parse
from tests.support.waiting import PATIENCE_SECONDS

DEVELOPMENT = parse({"SHIFTSYNC_DEBUG": "1", "PORT": "8099"})
PRODUCTION = parse({"SHIFTSYNC_SECRET_KEY": "s" * 50, "SHIFTSYNC_ALLOWED_HOSTS": "x.example.com", "PORT": "8099"})

WAIT = "import signal; signal.pause()"
SUPERVISOR = """
import signal, sys
from shiftsync.serve import Program, supervise, terminating
signal.signal(signal.SIGHUP, signal.SIG_{hangup})
with terminating():
    sys.exit(supervise([Program(name, (sys.executable, "-c", code)) for name, code in {programs!r}]))
"""


def supervisor(*programs: tuple[str, str]) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", SUPERVISOR.format(hangup="DFL", programs=programs)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def says_where(path: Path, then: str = WAIT) -> str:
    """A program that writes its process id into a named pipe, then goes on."""
    return f"import os; open({str(path)!r}, 'w').write(str(os.getpid())); {then}"


def watch(path: Path) -> int:
    """A file descriptor that becomes readable when the process that wrote its id into the pipe has ended."""
    return os.pidfd_open(int(path.read_text()))


def has_ended(pidfd: int) -> bool:
    return bool(select.select([pidfd], [], [], 10)[0])


@pytest.fixture
def pipes(tmp_path: Path) -> tuple[Path, Path]:
    paths = tmp_path / "server", tmp_path / "worker"
    for path in paths:
        os.mkfifo(path)
    return paths


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_supervise__asked_to_end__ends_all_quietly(pipes: tuple[Path, Path], number: signal.Signals) -> None:
    process = supervisor(("server", says_where(pipes[0])), ("worker", says_where(pipes[1])))
    watched = [watch(pipe) for pipe in pipes]

    process.send_signal(number)
    stdout, stderr = process.communicate(timeout=PATIENCE_SECONDS)

    assert process.returncode == 128 + number
    assert (stdout, stderr) == ("", "")
    assert all(map(has_ended, watched))


def test_supervise__started_in_the_background__still_obeys_ctrl_c(pipes: tuple[Path, Path]) -> None:
    program = SUPERVISOR.format(hangup="DFL", programs=(("server", says_where(pipes[0])),))
    process = subprocess.Popen(["/bin/sh", "-c", 'trap "" INT; exec "$0" -c "$1"', sys.executable, program], cwd=ROOT)
    watched = watch(pipes[0])

    process.send_signal(signal.SIGINT)

    assert process.wait(timeout=PATIENCE_SECONDS) == 128 + signal.SIGINT
    assert has_ended(watched)


def test_supervise__killed__takes_all_with_it(pipes: tuple[Path, Path]) -> None:
    process = supervisor(("server", says_where(pipes[0])), ("worker", says_where(pipes[1])))
    watched = [watch(pipe) for pipe in pipes]

    process.kill()
    process.communicate(timeout=PATIENCE_SECONDS)

    assert all(map(has_ended, watched))


def test_supervise__its_parent_is_killed__ends_all(pipes: tuple[Path, Path]) -> None:
    program = SUPERVISOR.format(
        hangup="DFL", programs=(("server", says_where(pipes[0])), ("worker", says_where(pipes[1])))
    )
    start = ["/bin/sh", "-c", '"$0" -c "$1"; true', sys.executable, program]
    parent = subprocess.Popen(start, cwd=ROOT)
    watched = [watch(pipe) for pipe in pipes]

    parent.kill()
    parent.wait(timeout=PATIENCE_SECONDS)

    assert all(map(has_ended, watched))


def test_supervise__under_nohup__outlives_its_parent(pipes: tuple[Path, Path]) -> None:
    tell = f"import os; open({str(pipes[0])!r}, 'w').write(f'{{os.getpid()}} {{os.getppid()}}'); {WAIT}"
    program = SUPERVISOR.format(hangup="IGN", programs=(("server", tell),))
    parent = subprocess.Popen(["/bin/sh", "-c", '"$0" -c "$1" & wait', sys.executable, program], cwd=ROOT)
    server, supervising = map(int, pipes[0].read_text().split())
    watched = os.pidfd_open(server)

    parent.kill()
    parent.wait(timeout=PATIENCE_SECONDS)
    os.kill(supervising, signal.SIGHUP)

    assert not select.select([watched], [], [], 3 * serve.PARENT_SECONDS)[0]
    os.kill(supervising, signal.SIGTERM)
    assert has_ended(watched)


@pytest.mark.parametrize(("code", "result"), [(0, 1), (3, 3)])
def test_supervise__one_ends__ends_the_others_and_fails(pipes: tuple[Path, Path], code: int, result: int) -> None:
    process = supervisor(("server", says_where(pipes[0])), ("worker", says_where(pipes[1], f"os._exit({code})")))
    watched = watch(pipes[0])
    pipes[1].read_text()

    _, stderr = process.communicate(timeout=PATIENCE_SECONDS)

    assert process.returncode == result
    assert stderr == f"shiftsync: the worker ended with code {code}; stopping the others\n"
    assert has_ended(watched)


def test_supervise__child_has_children__they_end_too(pipes: tuple[Path, Path]) -> None:
    parent = "import subprocess, sys; subprocess.run([sys.executable, '-c', sys.argv[1]])"
    child = says_where(pipes[0])
    process = supervisor(("server", f"import sys; sys.argv.append({child!r}); {parent}"))
    watched = watch(pipes[0])

    process.terminate()
    process.communicate(timeout=PATIENCE_SECONDS)

    assert has_ended(watched)


def test_production__always__is_uvicorn_without_compression_and_one_worker() -> None:
    server, worker = serve.production(PRODUCTION)

    command = " ".join(server.command)
    assert "uvicorn shiftsync.asgi:application --host 127.0.0.1 --port 8099" in command
    assert "--lifespan off --ws-max-size 4194304 --ws-per-message-deflate false" in command
    assert worker.command[-4:] == ("work", "--interval", "0.25", "--no-reload")


def test_development__always__reloads_and_runs_vite() -> None:
    assert [program.name for program in serve.development(DEVELOPMENT)] == ["server", "worker", "vite"]


@pytest.mark.parametrize(
    ("config", "commands"), [(DEVELOPMENT, ["migrate", "seed_demo"]), (PRODUCTION, ["migrate", "collectstatic"])]
)
def test_preparation__either_way__sample_data_in_development_only(config: Config, commands: list[str]) -> None:
    assert [step[2] for step in serve.preparation(config)] == commands


def test_welcome__development__names_the_address_and_the_sample_users() -> None:
    text = serve.welcome(DEVELOPMENT)

    assert "http://127.0.0.1:8099" in text
    assert all(user in text for user in serve.SAMPLE_USERS)
    assert serve.SAMPLE_PASSWORD not in serve.welcome(PRODUCTION)
