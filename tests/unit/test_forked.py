"""The processes that tests fork instead of starting them: to a test they are what a process is that was started."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pytest

from tests.support.forked import ROOT, start
from tests.support.waiting import PATIENCE_SECONDS, wait_until

SAY = """
import signal, sys
import django
from django.conf import settings
from django.db import connection

loaded = "forked" if "shiftsync.realtime.socket.routing" in sys.modules else "started"
django.setup()
name = settings.DATABASES["default"]["NAME"]
assert settings.CONFIG.database.name == connection.settings_dict["NAME"] == name
print(loaded, name, settings.CONFIG.redis_url, sys.argv[1:], file=sys.stderr, flush=True)
if sys.argv[1] == "wait":
    signal.pause()
sys.exit(int(sys.argv[1]))
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Of a kind that no other test starts."""
    (tmp_path / "say.py").write_text(SAY)
    own = {"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(ROOT), "REDIS_URL": "redis://127.0.0.1:1/1"}
    return {**os.environ, **own, "KIND": str(tmp_path)}


def test_process__started_or_forked__has_its_own_environment_and_says_how_it_ended(
    environment: Mapping[str, str], tmp_path: Path
) -> None:
    said = []
    for number in (1, 2, 3):
        own = {"DATABASE_URL": f"sqlite:////nowhere/{number}.sqlite3", "REDIS_URL": f"redis://127.0.0.1:1/{number}"}
        process = start((str(tmp_path / "say.py"), str(number)), {**environment, **own}, tmp_path / "log")
        assert process.wait(PATIENCE_SECONDS) == number
        assert process.poll() == number
        said.append(f"/nowhere/{number}.sqlite3 redis://127.0.0.1:1/{number} ['{number}']")
    how = ("started", "forked", "forked")
    assert (tmp_path / "log").read_text().splitlines() == [
        f"{each} {line}" for each, line in zip(how, said, strict=True)
    ]


def test_forked_process__signals__reach_it(environment: Mapping[str, str], tmp_path: Path) -> None:
    script = str(tmp_path / "say.py")
    assert start((script, "0"), environment, tmp_path / "first").wait(PATIENCE_SECONDS) == 0
    for number in (signal.SIGTERM, signal.SIGKILL):
        log = tmp_path / number.name
        process = start((script, "wait"), environment, log)
        wait_until(partial(has_said, log, "forked"), PATIENCE_SECONDS, "the fork to wait")
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0)
        process.send_signal(number)
        assert process.wait(PATIENCE_SECONDS) == -number
        process.kill()  # of one that has ended: nothing


def has_said(log: Path, word: str) -> bool:
    return log.exists() and word in log.read_text()


STARTING = """
import os, signal, sys
from pathlib import Path
from tests.support.forked import start

for name in ("0", "wait"):
    process = start((sys.argv[1], name), dict(os.environ), Path(sys.argv[2]))
print(process.pid, flush=True)
signal.pause()
"""


def test_forked_process__whoever_started_it_is_killed__ends(environment: Mapping[str, str], tmp_path: Path) -> None:
    command = [sys.executable, "-c", STARTING, str(tmp_path / "say.py"), str(tmp_path / "log")]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as starting:
        assert starting.stdout is not None
        descriptor = os.pidfd_open(int(starting.stdout.readline()))
        starting.kill()
    try:
        wait_until(lambda: has_ended(descriptor), PATIENCE_SECONDS, "the fork to end")
    finally:
        os.close(descriptor)


def has_ended(descriptor: int) -> bool:
    try:
        signal.pidfd_send_signal(descriptor, 0)
    except ProcessLookupError:
        return True
    return False
