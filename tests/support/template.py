"""A database that is up to date, for the price of a copy: ``python -m tests.support.template PATH``.

Bringing an empty database up to date costs seven seconds of CPU time, and a run of all tests needs some thirty of them. So one is made
by ``migrate`` and kept in ``.cache``, as long as no source and no dependency changes; the others are copies of it. SQLite only: what
is to be tested on PostgreSQL are roles and policies too, which belong to a server and not to a database.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".cache" / "databases"
SOURCES = ("shiftsync", "staff", "settings_app", "backups", "schedules")


def copy_template(path: Path) -> None:
    """An empty database that is up to date, at ``path``."""
    shutil.copyfile(_template(), path)


def is_copied(database_url: str) -> bool:
    """Makes that database by copying, if it is one of SQLite that does not exist yet; false where somebody must migrate."""
    path = ROOT / database_url.removeprefix("sqlite:///")
    if not database_url.startswith("sqlite:///") or path.exists():
        return False
    copy_template(path)
    return True


def _template() -> Path:
    """The one that the others are copies of. Who comes while it is made waits for it."""
    CACHE.mkdir(parents=True, exist_ok=True)
    template = CACHE / f"{_digest()}.sqlite3"
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not template.exists():
            for older in CACHE.glob("*.sqlite3*"):
                older.unlink()
            unfinished = template.with_suffix(".sqlite3-new")
            _migrate(unfinished)
            unfinished.rename(template)
    return template


def _digest() -> str:
    """Another one whenever anything changes that might take part in a migration."""
    files = [path for name in SOURCES for path in (ROOT / name).rglob("*.py")]
    digest = hashlib.sha256(sys.version.encode())
    for path in sorted([*files, ROOT / "requirements" / "dev.txt"]):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(ROOT)} {len(content)} ".encode() + content)
    return digest.hexdigest()[:32]


def _migrate(path: Path) -> None:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": f"sqlite:///{path}"}
    command = [sys.executable, "manage.py", "migrate", "--no-input", "--verbosity=0"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


if __name__ == "__main__":
    copy_template(Path(sys.argv[1]))
