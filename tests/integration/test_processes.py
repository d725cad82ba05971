"""What a process loads: a server's memory is what many restaurants share one machine for."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from shiftsync.config import ROOT
from shiftsync.serve import UVICORN_OPTIONS
from tests.support.waiting import PATIENCE_SECONDS

ASK = "import sys, {module}; print(*sorted({{'ortools', 'pandas', 'numpy', 'twisted', 'http_ece', 'py_vapid'}} & sys.modules.keys()))"


def loaded_by(module: str) -> list[str]:
    """Which of the libraries that only some processes need one has that imports ``module``, with Django ready."""
    asked = f"import django; django.setup(); {ASK.format(module=module)}"
    told = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, env=os.environ.copy(), check=True, capture_output=True, text=True
    )
    return told.stdout.split()


@pytest.mark.parametrize(
    "module", ["shiftsync.asgi", "shiftsync.urls", "schedules.tasks", "django_tasks_db.management.commands.db_worker"]
)
def test_process_that_solves_nothing__loads_neither_solver_nor_twisted(module: str) -> None:
    assert loaded_by(module) == []


LISTENING = """
import asyncio, sys

async def start():
    import shiftsync.asgi  # as uvicorn imports it: on its loop
    print(*(name for name in sys.modules if name in ("django.test", "holidays") or name.endswith((".admin", ".urls", ".api"))))

asyncio.run(start())
"""


def test_server_that_begins_to_listen__has_not_loaded_pages_yet() -> None:
    told = subprocess.run(
        [sys.executable, "-c", LISTENING], cwd=ROOT, env=os.environ.copy(), check=True, capture_output=True, text=True
    )
    ours = ("shiftsync.", "schedules.", "backups.", "settings_app.", "staff.", "django.test", "holidays")
    assert [name for name in told.stdout.split() if name.startswith(ours) and name != "shiftsync.core.api"] == []


def test_server_whose_pages_cannot_be_loaded__ends_and_says_why(tmp_path: Path) -> None:
    (tmp_path / "broken_pages.py").write_text('from tests.settings import *\n\nROOT_URLCONF = "no_such_urls"\n')
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "broken_pages", "PYTHONPATH": f"{ROOT}:{tmp_path}"}
    command = [sys.executable, "-m", "uvicorn", "shiftsync.asgi:application", "--port", "0", *UVICORN_OPTIONS]
    ended = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=PATIENCE_SECONDS
    )
    assert ended.returncode == 1
    assert "pages.broken" in ended.stderr
    assert "no_such_urls" in ended.stderr


def test_worker_that_takes_a_job__loads_it() -> None:
    assert "ortools" in loaded_by("schedules.worker.running")


def test_runserver__is_the_one_of_daphne() -> None:
    told = subprocess.run(
        [sys.executable, "manage.py", "runserver", "--help"],
        cwd=ROOT,
        env=os.environ.copy(),
        check=True,
        capture_output=True,
        text=True,
    )
    assert "--http_timeout" in told.stdout, "an option that Django's own does not have"
