"""The role that row-level security binds: servers and workers of the tests have it, and what a test calls of the product."""

import os
from urllib.parse import urlsplit

APP_ROLE = "shiftsync_tests"


def app_url() -> str:
    """DATABASE_URL with that role, which ``migrate`` makes; blank on SQLite."""
    url = urlsplit(os.environ.get("DATABASE_URL", ""))
    if not url.scheme.startswith("postgres"):
        return ""
    return f"postgresql://{APP_ROLE}@{url.netloc.rpartition('@')[2]}{url.path}"
