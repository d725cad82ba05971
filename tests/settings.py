"""Settings of the tests: the environment alone counts, a developer's ``.env`` does not."""

import os
import tempfile
from pathlib import Path

from tests.support.roles import app_url

os.environ.setdefault("SHIFTSYNC_ENV_FILE", os.devnull)
os.environ.setdefault("SHIFTSYNC_DEBUG", "1")
# Its own test has one: elsewhere it would write while somebody counts queries, or lines of a log.
os.environ.setdefault("SHIFTSYNC_CANARY_SECONDS", "0")
os.environ["SHIFTSYNC_APP_DATABASE_URL"] = app_url()

from shiftsync.settings import *  # noqa: F403 - the variables above must be set before
from shiftsync.settings import DATABASES

# Cheap hashes: hundreds of sample users sign in.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, since server processes of the tests open the same one; one for each run, since runs may overlap. In memory
    # where the machine has such a place: no test pulls the plug, and a thousand of them wait for the disk otherwise.
    MEMORY = Path("/dev/shm")
    DIRECTORY = MEMORY if os.access(MEMORY, os.W_OK) else Path(tempfile.gettempdir())
    DATABASES["default"]["TEST"] = {"NAME": str(DIRECTORY / f"shiftsync-test-{os.getpid()}.sqlite3")}
    DATABASES["default"]["ENGINE"] = "tests.support.sqlite"
else:
    DATABASES["default"]["ENGINE"] = "tests.support.postgresql"
    if role := os.environ.get("TEST_APP_ROLE"):
        DATABASES["default"]["OPTIONS"]["options"] += f" -c role={role}"
