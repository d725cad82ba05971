"""``manage.py prune_changes``: to be run once a day."""

from typing import Any

from django.core.management.base import CommandParser

from shiftsync.core.commands import ServiceCommand, whole_number
from shiftsync.realtime.stream.pruning import LEAST_DAYS, MOST_DAYS, prune_changes


class Command(ServiceCommand):
    help = "Removes changes and remembered requests that are older than SHIFTSYNC_CHANGE_LOG_DAYS. The history is kept."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--days", type=whole_number(LEAST_DAYS, MOST_DAYS), help="instead of SHIFTSYNC_CHANGE_LOG_DAYS"
        )

    def serve(self, **options: Any) -> None:
        gone = prune_changes(options["days"])
        self.tell(f"Removed {gone['changes']} changes and {gone['requests']} remembered requests.", removed=gone)
