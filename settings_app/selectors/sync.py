"""All settings of a version in one answer, in a fixed number of queries."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from settings_app.models import ConfigVersion
from settings_app.rules.browser_storage.export import export_settings
from settings_app.rules.v1.daily import is_switched_off
from settings_app.selectors.rows import payloads_of, version_rows
from settings_app.selectors.versions import config_version
from settings_app.tables import settings_tables
from settings_app.wire_rows import version_payload
from shiftsync.core.clock import iso, now
from shiftsync.core.payloads import FromPayload
from shiftsync.realtime.stream.selectors import position_of


@dataclass(frozen=True, slots=True)
class OfVersion(FromPayload):
    """A question about a version; None: the active one."""

    version_id: str | None = None


def sync_settings(restaurant_id: UUID, version_id: object = None) -> dict[str, Any]:
    """The active version's settings, or another's. Raises :class:`NotFound`."""
    version = config_version(restaurant_id, version_id)
    return settings_payload(version, position_of(restaurant_id).version)


def settings_payload(version: ConfigVersion, revision: int) -> dict[str, Any]:
    """The answer: the tables inside ``settings`` and beside it, since older clients read either.

    ``revision`` is the restaurant's version, so that two states never look alike to a client that compares them.
    """
    settings = _settings(version.id, version_payload(version), revision)
    return {"settings": settings, **settings, "timestamp": iso(now())}


def activation_kept(restaurant_id: UUID, kept: dict[str, Any]) -> dict[str, Any]:
    """What an activation told, from what the log kept of it."""
    return {**kept, "settings": _settings_kept(kept)}


def replacement_kept(restaurant_id: UUID, kept: dict[str, Any]) -> dict[str, Any]:
    """What a reset, a migration or an edit of several rows told, from what the log kept of it."""
    settings = _settings_kept(kept)
    return {**kept, **settings, "settings": settings}


def _settings_kept(kept: dict[str, Any]) -> dict[str, Any]:
    version = kept["version"]
    return _settings(UUID(version["id"]), version, kept.get("revision", version["revision"]))


def _settings(version_id: UUID, version: dict[str, Any], revision: int) -> dict[str, Any]:
    return {
        **{table.names.collection: payloads_of(table, version_id) for table in settings_tables()},
        "version": version,
        "revision": revision,
    }


def exported_settings(restaurant_id: UUID, version_id: object = None) -> dict[str, Any]:
    """A version in the current form of the browser's storage. Migrating it gives an equal version."""
    version = config_version(restaurant_id, version_id)
    rows = version_rows(version.id, include_deleted=True)
    kept = {key: [row for row in each if row["isActive"] or is_switched_off(row)] for key, each in rows.items()}
    return export_settings(kept, settings_tables())
