"""``manage.py renew_epochs``: to be run once after a backup was restored."""

from typing import Any
from uuid import uuid4

from shiftsync.core.commands import ServiceCommand
from shiftsync.realtime.models import Installation, Stream


class Command(ServiceCommand):
    help = (
        "Starts a new epoch of every restaurant's change log, so that clients that have seen changes newer than the backup sync in full. "
        "Also gives the installation a new id, since the original may still be running."
    )

    def serve(self, **options: Any) -> None:
        streams = list(Stream.objects.all())
        for stream in streams:
            stream.epoch = uuid4()
        Stream.objects.bulk_update(streams, ["epoch"])
        Installation.objects.update_or_create(number=Installation.ONLY, defaults={"id": uuid4()})
        self.tell(f"Renewed the epochs of {len(streams)} restaurants.", restaurants=len(streams))
