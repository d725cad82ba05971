"""``manage.py prune_security_log``: to be run once a day."""

from typing import Any

from django.core.management.base import CommandParser

from shiftsync.core.commands import ServiceCommand, whole_number
from shiftsync.tenants.security_log import LEAST_DAYS, MOST_DAYS, prune_security_log


class Command(ServiceCommand):
    help = "Removes entries of the security log that are older than SHIFTSYNC_SECURITY_LOG_DAYS."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--days", type=whole_number(LEAST_DAYS, MOST_DAYS), help="instead of SHIFTSYNC_SECURITY_LOG_DAYS"
        )

    def serve(self, **options: Any) -> None:
        gone = prune_security_log(options["days"])
        self.tell(f"Removed {gone} entries of the security log.", removed=gone)
