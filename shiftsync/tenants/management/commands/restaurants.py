"""``manage.py restaurants``: which there are."""

from typing import Any

from django.db.models import Count, Q

from shiftsync.core.commands import ServiceCommand
from shiftsync.tenants.models import Restaurant

HEADS = ("id", "members", "closing day", "time zone", "name")


class Command(ServiceCommand):
    help = "Lists the restaurants with their ids."

    def serve(self, **options: Any) -> None:
        members = Count("memberships", filter=Q(memberships__is_active=True))
        found = Restaurant.objects.annotate(members=members).order_by("name", "id")
        rows = [(each.id, each.members, each.closing_day, each.timezone, each.name) for each in found]
        self.tell_table("restaurants", HEADS, rows)
