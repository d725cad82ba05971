"""``manage.py seed_demo``: the sample data that ``make run`` shows."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from schedules.demo.people import RESTAURANT_ID
from schedules.demo.seeding import USERS, seed
from shiftsync.core.commands import ServiceCommand

PASSWORD = "shiftsync"  # noqa: S105  # the documented password of the samples, refused outside development


class Command(ServiceCommand):
    help = (
        "Puts the sample restaurant, its users and a second restaurant in place; what is there already stays as it is."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--password", help="of the sample users; needed where SHIFTSYNC_DEBUG is off")

    def serve(self, **options: Any) -> None:
        password = options["password"]
        if not password:
            if not settings.DEBUG:
                raise CommandError("With SHIFTSYNC_DEBUG off the sample users need a password of your own: --password.")
            password = PASSWORD
        seed(password)
        self.stdout.write(f"Restaurant {RESTAURANT_ID}; users {', '.join(USERS)}.")
