"""``manage.py second_step_off``: for who has lost their phone and the codes that they wrote down."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from shiftsync.core.commands import ServiceCommand, shown
from shiftsync.tenants.models import User
from shiftsync.tenants.second_factor import second_factor_remove


class Command(ServiceCommand):
    help = "Turns off the second step of a user's sign-in. Verify who is asking: from then on the password alone is enough."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="the user's name")

    def serve(self, **options: Any) -> None:
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError(f"There is no user {shown(options['username'])}.")
        if not second_factor_remove(user, by_operator=True):
            raise CommandError("The second step is not turned on.")
        self.tell(f"Turned off for {user.username}.", user=user.username)
