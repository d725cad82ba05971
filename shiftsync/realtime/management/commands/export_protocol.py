"""``manage.py export_protocol``: the protocol as documents. ``--check`` fails if they are stale."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from shiftsync.core.commands import ServiceCommand
from shiftsync.realtime.export.bounds import bounds_module, cell_bounds_module
from shiftsync.realtime.export.commands import commands_document
from shiftsync.realtime.export.document import FURTHER, protocol_schema
from shiftsync.realtime.export.markdown import markdown
from shiftsync.realtime.export.typescript import typescript


def documents() -> dict[str, str]:
    """The text of each document by its path from the project's root."""
    protocol = protocol_schema()
    return {
        "docs/protocol.md": markdown(protocol),
        "docs/protocol.schema.json": json.dumps(protocol, ensure_ascii=False, indent=1) + "\n",
        "frontend/src/realtime/protocol/protocol.gen.ts": typescript(protocol),
        "frontend/src/realtime/protocol/bounds.gen.ts": bounds_module(protocol),
        "frontend/src/realtime/protocol/cellBounds.gen.ts": cell_bounds_module(protocol),
        "docs/commands.md": commands_document(),
        **{path: text() for path, text in FURTHER.items()},
    }


class Command(ServiceCommand):
    help = "Writes docs/protocol.md, docs/protocol.schema.json, docs/commands.md and the front end's generated modules from the server's registries."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail if a document is stale")

    def serve(self, **options: Any) -> None:
        written: list[str] = []
        for name, text in documents().items():
            path = Path(settings.BASE_DIR) / name
            is_stale = not path.exists() or path.read_text(encoding="utf-8") != text
            if is_stale and options["check"]:
                raise CommandError(f"{name} is stale; run manage.py export_protocol.")
            if is_stale:
                path.write_text(text, encoding="utf-8")
                written.append(name)
                self.tell(f"Wrote {name}.", written=written)
