"""The sample restaurant for browser tests, with its users signed in: ``python -m tests.support.browser_sample DATABASE COOKIES``.

Makes the database, one file that nobody has open, and writes each user's cookies as Playwright takes them. Each file of tests works on a copy,
in which those sessions hold too: a sign-in costs half a second of CPU time, and most tests are not about it.
"""

import json
import os
import sqlite3
import sys
from pathlib import Path
from typing import Any

from tests.support.template import copy_template


def main(database: Path, cookies: Path) -> None:
    copy_template(database)
    os.environ["DATABASE_URL"] = f"sqlite:///{database}"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shiftsync.settings")
    import django  # noqa: PLC0415 - only the process that is run needs it

    django.setup()

    from django.core.management import call_command  # noqa: PLC0415 - Django must be ready first
    from django.db import connections  # noqa: PLC0415

    from shiftsync.serve import SAMPLE_USERS  # noqa: PLC0415

    call_command("seed_demo")
    cookies.write_text(json.dumps({user: {"cookies": _cookies_of(user), "origins": []} for user in SAMPLE_USERS}))
    connections.close_all()
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _cookies_of(user: str) -> list[dict[str, Any]]:
    from django.test import Client  # noqa: PLC0415 - as above

    from shiftsync.tenants.models import User  # noqa: PLC0415

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get(username=user))
    # Gives the cookie without which nothing can be written.
    if (answer := client.get("/")).status_code != 200:
        raise RuntimeError(f"{user} does not get the page: {answer.status_code}")
    return [
        {
            "name": name,
            "value": morsel.value,
            "domain": "127.0.0.1",
            "path": morsel["path"],
            "expires": -1,
            "httpOnly": bool(morsel["httponly"]),
            "secure": bool(morsel["secure"]),
            "sameSite": morsel["samesite"] or "Lax",
        }
        for name, morsel in client.cookies.items()
    ]


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
