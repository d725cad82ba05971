"""What an operator runs beside the servers."""

import os
import subprocess
import sys

from tests.support.server import ROOT


def manage(database_url: str, *command: str, settings: str = "tests.settings") -> None:
    """``manage.py`` with that command, on that database, to its end."""
    subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": settings, "DATABASE_URL": database_url},
        check=True,
        stdout=subprocess.DEVNULL,
    )
