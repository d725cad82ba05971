"""What management commands have in common."""

import sys
from argparse import ArgumentTypeError
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from typing import Any, ClassVar, NoReturn
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from shiftsync.core.encoding import encode
from shiftsync.core.errors import DomainError
from shiftsync.core.fence import everywhere
from shiftsync.core.ids import parse_id
from shiftsync.core.serializers import camel
from shiftsync.core.text import unfit

LONGEST_SHOWN = 80


def shown(text: str) -> str:
    """What was typed, as it may stand in a line on a terminal: no control characters, not too much of it."""
    text = text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}..."
    return text if text.isprintable() else ascii(text)


def identifier(text: str) -> UUID:
    """An argument that is a UUID."""
    found = parse_id(text)
    if found is None:
        raise ArgumentTypeError(f"{shown(text)} is not a UUID.")
    return found


def whole_number(least: int, most: int) -> Callable[[str], int]:
    """An argument that is a whole number between those."""

    def read(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            raise ArgumentTypeError(f"{shown(text)} is not a whole number.") from None
        if not least <= number <= most:
            raise ArgumentTypeError(f"{shown(text)} is not between {least} and {most}.")
        return number

    return read


class TellingCommand(BaseCommand):
    """A command that tells what it did: in lines for people, or with ``--json`` in one object for programs."""

    is_json = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._facts: dict[str, Any] = {}

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """As Django's; what it refuses on the command line is one line too, without the usage before it."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.add_argument("--json", action="store_true", help="print the result as one JSON object")
        raising = parser.error

        def refuse(message: str) -> NoReturn:
            if not getattr(parser, "called_from_command_line", False):
                raising(message)
            print(f"{parser.prog}: {message}", file=sys.stderr)
            sys.exit(2)

        parser.error = refuse  # type: ignore[method-assign]  # Django makes the parser, and takes no class for it
        return parser

    def execute(self, *args: Any, **options: Any) -> Any:
        """As Django's; what was told is printed at the end, also where the end is a refusal."""
        self.is_json, self._facts = bool(options.get("json")), {}
        try:
            return super().execute(*args, **options)
        finally:
            if self.is_json and self._facts:
                self.stdout.write(encode(self._facts))

    def tell(self, line: str, **facts: Any) -> None:
        """Prints the line, or keeps the facts (in wire names) for the object."""
        if self.is_json:
            self._facts.update(facts)
        else:
            self.stdout.write(line)

    def tell_table(self, name: str, heads: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """Tells rows below their heads in columns that are as wide as they must be; ``name`` is the list in the object."""
        if self.is_json:
            keys = [_key_of(head) for head in heads]
            self._facts[name] = [dict(zip(keys, row, strict=True)) for row in rows]
            return
        lines = [tuple(map(str, row)) for row in (heads, *rows)]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        for line in lines:
            cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
            self.stdout.write("  ".join(cells).rstrip())


def _key_of(head: str) -> str:
    """``closing day`` → ``closingDay``."""
    return camel(head.lower().replace("-", "_").replace(" ", "_"))


class ServiceCommand(TellingCommand):
    """A command that calls services: what they refuse becomes one line on the error stream and exit code 1.

    ``is_about_rows`` false: it is about the database as a whole, as its owner, and says itself where it looks at rows.
    """

    is_about_rows: ClassVar[bool] = True

    def add_restaurant(self, parser: CommandParser) -> None:
        """Adds the option that names the restaurant."""
        parser.add_argument("--restaurant", required=True, type=identifier, help="the restaurant's id")

    def handle(self, *args: Any, **options: Any) -> None:
        """Runs :meth:`serve`, which may touch rows of every restaurant. Text that could not be stored is refused here, for every option alike."""
        for name, value in options.items():
            if isinstance(value, str) and (problem := unfit(value)):
                raise CommandError(f"--{name.replace('_', '-')}: {problem}")
        try:
            with everywhere() if self.is_about_rows else nullcontext():
                self.serve(**options)
        except DomainError as error:
            raise CommandError(f"{error.code}: {error.message}") from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except OSError as error:
            where = f"{shown(str(error.filename))}: " if error.filename else ""
            raise CommandError(f"{where}{error.strerror or error}") from error

    def serve(self, **options: Any) -> None:
        """What the command does; implemented by subclasses."""
        raise AssertionError("every command needs a help text")
