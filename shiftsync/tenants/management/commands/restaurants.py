"""``manage.py restaurants``: which there are; with ``--add``, a new one with its owner."""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db.models import Count, Q

from shiftsync.core.commands import ServiceCommand, whole_number
from shiftsync.tenants.models import Restaurant
from shiftsync.tenants.services import restaurant_open

HEADS = ("id", "members", "closing day", "time zone", "name")


class Command(ServiceCommand):
    help = "Lists the restaurants with their ids. With --add and --owner, makes one with all that it needs from its first day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--add", metavar="NAME", help="the new restaurant's name")
        parser.add_argument(
            "--owner",
            metavar="USER",
            help="who owns it; a user who does not exist is made, and the password shown once",
        )
        parser.add_argument("--timezone", default="Asia/Tokyo", help="IANA time zone (default: %(default)s)")
        parser.add_argument(
            "--closing-day",
            type=whole_number(1, 31),
            default=20,
            help="the day that ends a period (default: %(default)s)",
        )

    def serve(self, **options: Any) -> None:
        if (options["add"] is None) != (options["owner"] is None):
            raise CommandError("--add and --owner go together.")
        if options["add"] is None:
            self._list()
            return
        restaurant, password = restaurant_open(
            name=options["add"],
            timezone=options["timezone"],
            closing_day=options["closing_day"],
            owner=options["owner"],
        )
        self.stdout.write(f"Made {restaurant.name}: {restaurant.id}.")
        if password is not None:
            self.stdout.write(f"Made the user {options['owner']} with the password {password}")

    def _list(self) -> None:
        members = Count("memberships", filter=Q(memberships__is_active=True))
        found = Restaurant.objects.annotate(members=members).order_by("name", "id")
        rows = [(each.id, each.members, each.closing_day, each.timezone, each.name) for each in found]
        self.print_table(HEADS, rows)
