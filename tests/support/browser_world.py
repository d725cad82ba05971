"""A restaurant for browser tests in a database of their own: ``python -m tests.support.browser_world STAFF DAYS``.

Run as a process with DATABASE_URL set; brings the database up to date, fills every cell and prints as JSON what there is.
"""

import json
import os
import sys

from tests.support import template

PASSWORD = "shiftsync"


def main(staff: int, days: int) -> None:
    is_copied = template.is_copied(os.environ["DATABASE_URL"])
    import django  # noqa: PLC0415 - only the process that is run needs it

    django.setup()

    from django.core.management import call_command  # noqa: PLC0415 - Django must be ready first

    from benchmarks.worlds import make_world  # noqa: PLC0415
    from shiftsync.core.actor import Actor, Role  # noqa: PLC0415
    from shiftsync.tenants.models import User  # noqa: PLC0415
    from shiftsync.tenants.services import membership_grant  # noqa: PLC0415

    if not is_copied:
        call_command("migrate", verbosity=0)
    world = make_world(staff, days, users=1)
    world.fill()
    system = Actor.system(world.restaurant_id)
    for role in (Role.OWNER, Role.MANAGER):
        membership_grant(system, user=User.objects.create_user(role.value, password=PASSWORD), role=role)
    print(json.dumps({"schedule": world.schedule_id, "staff": world.staff_ids, "days": world.days}))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
