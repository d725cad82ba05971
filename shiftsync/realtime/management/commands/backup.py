"""``manage.py backup``: the whole installation in one file."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from shiftsync.core.commands import ServiceCommand, whole_number
from shiftsync.realtime.archive.service import take_backup, take_backup_into

MOST_KEPT = 10_000


class Command(ServiceCommand):
    is_about_rows = False
    help = (
        "Writes the whole installation, as of one moment, to a new file that only its owner can read. Servers and workers may "
        "keep running. Only the same version of ShiftSync can restore it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", help="where to write it; the file must not exist yet")
        parser.add_argument("--into", metavar="FOLDER", help="write a new file in this folder, named by the time (UTC)")
        parser.add_argument(
            "--keep",
            type=whole_number(1, MOST_KEPT),
            help="with --into: keep only this many of the newest backups",
        )

    def serve(self, **options: Any) -> None:
        file, into, keep = options["file"], options["into"], options["keep"]
        if (file is None) == (into is None):
            raise CommandError("Give either a file or --into with a folder.")
        if keep is not None and into is None:
            raise CommandError("--keep requires --into.")
        if into is None:
            self._tell(Path(file), take_backup(Path(file)).rows)
            return
        made, manifest, gone = take_backup_into(Path(into), keep)
        self._tell(made, manifest.rows)
        for old in gone:
            self.tell(f"Removed {old}.", removed=[str(each) for each in gone])

    def _tell(self, file: Path, rows: dict[str, int]) -> None:
        size = file.stat().st_size
        self.tell(
            f"Wrote {file}: {sum(rows.values()):,} rows of {len(rows)} tables, {size / 1_000_000:.1f} MB.",
            file=str(file),
            rows=rows,
            bytes=size,
        )
