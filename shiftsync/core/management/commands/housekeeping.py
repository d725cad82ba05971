"""``manage.py housekeeping``: to be run once a day, in one place."""

from typing import Any

from shiftsync.core.commands import ServiceCommand
from shiftsync.core.upkeep import all_upkeep


class Command(ServiceCommand):
    help = "Takes away all that would grow without end: what has expired, and what is older than the variables say that it is kept."

    def serve(self, **options: Any) -> None:
        gone: dict[str, int] = {}
        for name, remove in all_upkeep().items():
            gone[name] = remove()
            self.tell(f"Removed {gone[name]} {name}.", removed=gone)
