"""``manage.py seed_demo``: the sample data that ``make run`` shows."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from schedules.demo.people import RESTAURANT_ID
from schedules.demo.seeding import USERS, seed
from shiftsync.core.commands import ServiceCommand

PASSWORD = "shiftsync"  # noqa: S105  # the documented password of the samples, refused outside development


class Command(ServiceCommand):
    help = "Creates the sample restaurant, its users and a second restaurant; existing data is left unchanged."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--password", help="for the sample users; required when SHIFTSYNC_DEBUG is off")

    def serve(self, **options: Any) -> None:
        password = options["password"]
        if not password:
            if not settings.DEBUG:
                raise CommandError("With SHIFTSYNC_DEBUG off, choose a password for the sample users: --password.")
            password = PASSWORD
        seed(password)
        self.tell(f"Restaurant {RESTAURANT_ID}; users {', '.join(USERS)}.", restaurant=RESTAURANT_ID, users=list(USERS))
