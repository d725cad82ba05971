"""``manage.py revoke_token``: ends a token; its open sockets close."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from shiftsync.core.actor import Actor
from shiftsync.core.commands import ServiceCommand
from shiftsync.core.ids import parse_id
from shiftsync.tenants.credentials import digest_of
from shiftsync.tenants.models import ApiToken
from shiftsync.tenants.services import token_revoke


class Command(ServiceCommand):
    help = "Revokes an API token, given as the token itself or its id."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("token", help="the token or its id")

    def serve(self, **options: Any) -> None:
        token_id = parse_id(options["token"])
        named = (
            ApiToken.objects.filter(id=token_id)
            if token_id
            else ApiToken.objects.filter(digest=digest_of(options["token"]))
        )
        token = named.first()
        if token is None:
            raise CommandError("No such token.")
        token_revoke(Actor.system(token.restaurant_id), token_id=token.id)
        self.tell(f"Revoked {token.id}.", revoked=token.id)
