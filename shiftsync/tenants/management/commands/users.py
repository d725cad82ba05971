"""``manage.py users``: who can sign in, and where they may do what."""

from typing import Any

from django.core.management.base import CommandParser
from django.db.models import Prefetch

from shiftsync.core.commands import ServiceCommand, identifier
from shiftsync.tenants.models import Membership, User

HEADS = ("user", "is", "last sign-in", "roles")


class Command(ServiceCommand):
    help = "Lists the users, with their last sign-in (UTC) and their role in each restaurant."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--restaurant", type=identifier, help="only its members")

    def serve(self, **options: Any) -> None:
        members = Membership.objects.filter(is_active=True).select_related("restaurant").order_by("restaurant__name")
        users = User.objects.order_by("username")
        if options["restaurant"] is not None:
            users = users.filter(memberships__restaurant=options["restaurant"], memberships__is_active=True)
        found = users.prefetch_related(Prefetch("memberships", members, to_attr="roles"))
        self.tell_table("users", HEADS, [_row(user) for user in found])


def _row(user: Any) -> tuple[str, str, str, str]:
    kinds = {"inactive": not user.is_active, "operator": user.is_superuser, "staff": user.is_staff}
    kind = next((name for name, is_so in kinds.items() if is_so), "user")
    last = f"{user.last_login:%Y-%m-%d %H:%M}" if user.last_login else "never"
    return user.username, kind, last, ", ".join(f"{each.role} of {each.restaurant.name}" for each in user.roles)
