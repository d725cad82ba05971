"""``manage.py housekeeping``: to be run once a day, in one place."""

from typing import Any

from shiftsync.core.commands import ServiceCommand
from shiftsync.core.upkeep import all_upkeep


class Command(ServiceCommand):
    help = "Deletes expired data, and data older than the configured retention periods."

    def serve(self, **options: Any) -> None:
        gone: dict[str, int] = {}
        for name, remove in all_upkeep().items():
            gone[name] = remove()
            self.tell(f"Removed {gone[name]} {name}.", removed=gone)
