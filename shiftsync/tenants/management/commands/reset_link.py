"""``manage.py reset_link``: an address at which a user sets a new password."""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.urls import reverse

from shiftsync.core.commands import ServiceCommand, shown
from shiftsync.tenants.models import User
from shiftsync.tenants.resets import reset_link_for


class Command(ServiceCommand):
    help = "Prints a link, valid once and for one day, with which a user sets a new password. Anyone who has it can sign in as that user."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="the user's name")

    def serve(self, **options: Any) -> None:
        user = User.objects.filter(username=options["username"], is_active=True).first()
        if user is None:
            raise CommandError(f"There is no user {shown(options['username'])} who can sign in.")
        link = reset_link_for(user)
        path = reverse("reset", args=[link.secret])
        self.tell(f"Add this to the address of the installation: {path}", path=path, expires_at=link.expires_at)
