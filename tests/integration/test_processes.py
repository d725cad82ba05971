"""What a process loads: a server's memory is what many restaurants share one machine for."""

import os
import subprocess
import sys

import pytest

from shiftsync.config import ROOT

ASK = "import sys, {module}; print(*sorted({{'ortools', 'pandas', 'numpy'}} & sys.modules.keys()))"


def loaded_by(module: str) -> list[str]:
    """Which of the solver's libraries a process has that imports ``module``, with Django ready."""
    asked = f"import django; django.setup(); {ASK.format(module=module)}"
    told = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, env=os.environ.copy(), check=True, capture_output=True, text=True
    )
    return told.stdout.split()


@pytest.mark.parametrize(
    "module", ["shiftsync.asgi", "shiftsync.urls", "schedules.tasks", "django_tasks_db.management.commands.db_worker"]
)
def test_process_that_solves_nothing__loads_no_solver(module: str) -> None:
    assert loaded_by(module) == []


def test_worker_that_takes_a_job__loads_it() -> None:
    assert "ortools" in loaded_by("schedules.worker.running")
