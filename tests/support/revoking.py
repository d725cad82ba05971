"""Closing somebody's access from a process of its own, as an operator does: ``python -m tests.support.revoking ROLE PLACE``."""

import os
import subprocess
import sys
from uuid import UUID

from tests.support.provision import Place
from tests.support.server import ROOT


def revoke_membership(database_url: str, place: Place, role: str) -> None:
    """Takes the membership of the place's user of that role away."""
    subprocess.run(
        [sys.executable, "-m", "tests.support.revoking", place.restaurant, place.users[role]],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": database_url},
        check=True,
    )


def main(restaurant: str, user: str) -> None:
    import django  # noqa: PLC0415 - only the process that is run needs it

    django.setup()

    from shiftsync.core.actor import Actor  # noqa: PLC0415 - Django must be ready first
    from shiftsync.tenants.services import membership_revoke  # noqa: PLC0415 - Django must be ready first

    membership_revoke(Actor.system(UUID(restaurant)), user_id=UUID(user))


if __name__ == "__main__":
    main(*sys.argv[1:])
