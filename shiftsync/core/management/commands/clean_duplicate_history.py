"""Withdraws ``manage.py clean_duplicate_history`` of django-simple-history, which deletes entries that look alike of the audit."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    """Refuses, whatever it is asked."""

    help = (
        "Disabled: SHIFTSYNC_HISTORY_YEARS sets how long the audit trail is kept; housekeeping deletes older entries."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("arguments", nargs="*")

    def run_from_argv(self, argv: list[str]) -> None:
        """Options of the command that this one stands for are nothing to complain about: it is refused anyway."""
        super().run_from_argv(argv[:2])

    def handle(self, *args: Any, **options: Any) -> None:
        raise CommandError(
            "clean_duplicate_history is disabled: SHIFTSYNC_HISTORY_YEARS sets how long the audit trail is kept."
        )
