"""Two versions side by side."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from settings_app.rules.compare import compare
from settings_app.selectors.rows import version_rows
from settings_app.selectors.versions import config_version
from settings_app.tables import settings_tables
from settings_app.wire_rows import version_payload
from shiftsync.core.payloads import FromPayload, from_payload


@dataclass(frozen=True, slots=True)
class VersionPair(FromPayload):
    """The ids of the two versions to compare."""

    before: str = field(metadata=from_payload("from"))
    after: str = field(metadata=from_payload("to"))


def compare_versions(restaurant_id: UUID, pair: VersionPair) -> dict[str, Any]:
    """What changed from one version to the other: added, removed and changed rows by table, under its name on the wire."""
    before, after = config_version(restaurant_id, pair.before), config_version(restaurant_id, pair.after)
    differences = compare(version_rows(before.id), version_rows(after.id), settings_tables())
    return {
        "from": version_payload(before),
        "to": version_payload(after),
        "tables": {table.names.collection: differences[table.key].to_wire() for table in settings_tables()},
    }
