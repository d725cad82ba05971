"""What management commands have in common."""

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from shiftsync.core.errors import DomainError
from shiftsync.core.ids import parse_id


def identifier(text: str) -> UUID:
    """An argument that is a UUID."""
    found = parse_id(text)
    if found is None:
        raise CommandError(f"{text} is no UUID.")
    return found


class ServiceCommand(BaseCommand):
    """A command that calls services: what they refuse becomes one line on the error stream and exit code 1."""

    def add_restaurant(self, parser: CommandParser) -> None:
        """Adds the option that names the restaurant."""
        parser.add_argument("--restaurant", required=True, type=identifier, help="the restaurant's id")

    def handle(self, *args: Any, **options: Any) -> None:
        """Runs :meth:`serve`."""
        try:
            self.serve(**options)
        except DomainError as error:
            raise CommandError(f"{error.code}: {error.message}") from error

    def serve(self, **options: Any) -> None:
        """What the command does; subclasses say."""
        raise AssertionError("a command says what it does")
