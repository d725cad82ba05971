"""``manage.py issue_token``: a lasting credential for a REST or socket client."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from shiftsync.core.actor import Actor
from shiftsync.core.commands import ServiceCommand
from shiftsync.core.scopes import SCOPES
from shiftsync.tenants.models import User
from shiftsync.tenants.services import token_issue


class Command(ServiceCommand):
    help = "Prints a new API token for a user in a restaurant. Only its hash is stored, so it is shown only once."

    def add_arguments(self, parser: CommandParser) -> None:
        self.add_restaurant(parser)
        parser.add_argument("--user", required=True, help="the user's name")
        parser.add_argument("--name", default="", help="what the token is for")
        parser.add_argument(
            "--scope",
            action="append",
            choices=SCOPES,
            metavar="SCOPE",
            help="limit what the token may do; may be repeated; default: everything the user may do",
        )

    def serve(self, **options: Any) -> None:
        user = User.objects.filter(username=options["user"]).first()
        if user is None:
            raise CommandError(f"No such user: {options['user']}.")
        token, secret = token_issue(
            Actor.system(options["restaurant"]), user=user, name=options["name"], scopes=options["scope"]
        )
        self.tell(secret, token=secret, id=token.id, expiresAt=token.expires_at, scopes=token.scopes.split())
