"""Makes worlds in a database that is not the test run's own: ``python -m tests.support.provision STAFF COUNT``.

Run as a process with DATABASE_URL set; brings the database up to date and prints the worlds as JSON.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

from tests.support import template
from tests.support.server import ROOT


@dataclass(frozen=True)
class Place:
    """A restaurant as its clients know it."""

    restaurant: str
    schedule: str
    staff: list[str]
    users: dict[str, str]
    tokens: dict[str, str]


def provision(database_url: str, *, staff: int = 20, places: int = 1) -> list[Place]:
    """New restaurants in that database."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.support.provision", str(staff), str(places)],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": database_url},
        check=True,
        stdout=subprocess.PIPE,
    )
    return [Place(**place) for place in json.loads(run.stdout)]


def main(staff: int, places: int) -> None:
    is_copied = template.is_copied(os.environ["DATABASE_URL"])
    import django  # noqa: PLC0415 - only the process that is run needs it

    django.setup()

    from django.core.management import call_command  # noqa: PLC0415 - Django must be ready first

    from tests.support.world import make_world  # noqa: PLC0415 - Django must be ready first

    if not is_copied:
        call_command("migrate", verbosity=0)
    made: list[dict[str, Any]] = []
    for number in range(places):
        world = make_world(f"Kitchen {number}", tuple(f"Person {index}" for index in range(staff)))
        made.append(
            {
                "restaurant": str(world.id),
                "schedule": world.schedule_id,
                "staff": world.staff_ids,
                "users": {role.value: str(user.id) for role, user in world.users.items()},
                "tokens": {role.value: token for role, token in world.tokens.items()},
            }
        )
    print(json.dumps(made))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
