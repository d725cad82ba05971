"""``manage.py restore``: a backup into an empty database."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from shiftsync.core.commands import ServiceCommand
from shiftsync.realtime.archive.service import restore_backup


class Command(ServiceCommand):
    is_about_rows = False
    help = (
        "Restores a backup of the same version into the empty database of DATABASE_URL, all of it or nothing. Clients that have seen "
        "changes newer than the backup sync in full."
    )
    requires_system_checks: list[str] = []  # some ask the database, which has no table yet
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="a file written by backup")

    def serve(self, **options: Any) -> None:
        manifest = restore_backup(Path(options["file"]))
        self.tell(
            f"Restored the state of {manifest.taken_at}: {sum(manifest.rows.values()):,} rows of {len(manifest.rows)} tables.",
            takenAt=manifest.taken_at,
            rows=manifest.rows,
        )
