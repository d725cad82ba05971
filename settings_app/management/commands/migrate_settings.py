"""``manage.py migrate_settings``: a browser's stored settings from a file."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from settings_app.services.replacing import SettingsMigrate, chosen_tables, migration_preview, settings_migrate
from shiftsync.core.actor import Actor
from shiftsync.core.commands import ServiceCommand
from shiftsync.core.door import require_shallow
from shiftsync.core.encoding import decode
from shiftsync.core.errors import ValidationFailed
from shiftsync.realtime.stream.requests import ChangeRequest


class Command(ServiceCommand):
    help = (
        'Migrates what a browser stored in localStorage["shift-schedule-settings"] into a new version and activates it.'
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", type=Path, help="the stored JSON, in any of its historical forms; - for standard input"
        )
        self.add_restaurant(parser)
        parser.add_argument("--dry-run", action="store_true", help="only print what would be done")
        parser.add_argument("--skip-invalid", action="store_true", help="leave out invalid rows")
        parser.add_argument("--tables", nargs="+", metavar="TABLE", help="migrate only these tables (staffGroups ...)")

    def serve(self, **options: Any) -> None:
        intent = SettingsMigrate(_content(options["file"]), chosen_tables(options["tables"]), options["skip_invalid"])
        request = ChangeRequest(Actor.system(options["restaurant"]), intent)
        preview = migration_preview(request)
        if not self.is_json:
            self._tell_mapping(preview)
        if options["dry_run"]:
            self.tell(preview["message"], **preview)
            return
        try:
            result = settings_migrate(request).result
        except ValidationFailed as refusal:
            raise CommandError(
                f"Nothing was written. {refusal.message} (--skip-invalid leaves such rows out)"
            ) from refusal
        self.tell(str(result["message"]), **result)

    def _tell_mapping(self, report: dict[str, Any]) -> None:
        mapping = report["mapping"]
        for name, table in mapping.get("tables", {}).items():
            origin = "carried over" if table["carriedOver"] else f"from {', '.join(table['from'])}"
            self.stdout.write(f"{name}: {table['rows']} rows {origin}")
        for row in mapping.get("rows", ()):
            for note in row["notes"]:
                self.stdout.write(f"  {row['from']} ({row['name']}): {note}")
        for entry in report["skipped"]:
            kind = "left out" if entry["rowLeftOut"] else "kept, but not resolved"
            self.stdout.write(f"  {entry['from']}: {kind}: {entry['reason']}")
        for entry in mapping.get("ignored", ()):
            self.stdout.write(f"  {entry['from'] or 'the file'}: ignored: {entry['reason']}")


def _content(path: Path) -> Any:
    """What the file holds, or standard input (``-``)."""
    try:
        content = decode(sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes())
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise CommandError(f"{path} is not JSON: {error}.") from error
    require_shallow(content)
    return content
