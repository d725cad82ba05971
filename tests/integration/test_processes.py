"""What a process loads: a server's memory is what many restaurants share one machine for."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from shiftsync.config import ROOT
from shiftsync.serve import UVICORN_OPTIONS
from tests.support.server import ServerProcess
from tests.support.waiting import PATIENCE_SECONDS

pytestmark = pytest.mark.starts_processes

FOR_SOME = (
    *("ortools", "pandas", "numpy", "openpyxl"),  # a generator's job, a workbook
    *("icalendar", "holidays"),  # a calendar that asks, a country's holidays
    *("twisted", "daphne.server"),  # runserver
    *("http_ece", "py_vapid", "cryptography.hazmat", "cryptography.fernet"),  # pushing
    *("drf_spectacular.openapi", "rest_framework.test", "django.test", "unittest.mock"),  # the OpenAPI document
    *(
        "requests",
        "urllib3",
        "charset_normalizer",
        "pygments",
        "yaml",
        "jinja2",
        "opentelemetry",
    ),  # nobody, but others look for them
)
"""What a process has not loaded until somebody asks for what needs it."""
ASK = "import sys, {module}; print(*(name for name in {names} if name in sys.modules))"


def loaded_by(module: str) -> list[str]:
    """Which of the libraries that only some processes need one has that imports ``module``, with Django ready."""
    asked = f"import django; django.setup(); {ASK.format(module=module, names=FOR_SOME)}"
    told = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, env=os.environ.copy(), check=True, capture_output=True, text=True
    )
    return told.stdout.split()


@pytest.mark.parametrize(
    "module", ["shiftsync.asgi", "shiftsync.urls", "schedules.tasks", "django_tasks_db.management.commands.db_worker"]
)
def test_process_that_was_asked_nothing__has_not_loaded_what_few_ask_for(module: str) -> None:
    assert loaded_by(module) == []


def test_server_that_has_answered__has_loaded_what_few_ask_for_only_when_asked(
    db_with_commits: None, database_url: str
) -> None:
    with ServerProcess({"DATABASE_URL": database_url}, application="tests.support.loaded:application") as server:
        assert httpx.get(f"{server.url}/health/ready").status_code == 200
        before = httpx.get(f"{server.url}/loaded").json()
        assert httpx.get(f"{server.url}/api/schema/", timeout=PATIENCE_SECONDS).status_code == 200
        after = httpx.get(f"{server.url}/loaded").json()
    assert [name for name in before if name in FOR_SOME or ".migrations.0" in name] == []
    assert "drf_spectacular.openapi" in after


def test_document__asked_for_by_several_at_once__is_made_for_each(db_with_commits: None, database_url: str) -> None:
    with ServerProcess({"DATABASE_URL": database_url}) as server, ThreadPoolExecutor(4) as threads:
        address = f"{server.url}/api/schema/?format=json"
        answers = list(threads.map(lambda _: httpx.get(address, timeout=PATIENCE_SECONDS), range(4)))
    assert [answer.status_code for answer in answers] == [200] * 4
    assert len({answer.content for answer in answers}) == 1


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
