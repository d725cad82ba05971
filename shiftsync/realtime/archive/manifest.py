"""What an archive says of itself, and whether it fits the program that reads it."""

import json
from dataclasses import asdict, dataclass, fields
from typing import Any

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from shiftsync.core.errors import ValidationFailed

PRODUCT = "shiftsync"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """``migrations``: those applied, as ``app.name``, in order. ``rows``: how many each table has. ``sha256``: of the member
    ``database``, in hexadecimal. ``taken_at``: UTC, ISO 8601."""

    product: str
    format: int
    version: str
    taken_at: str
    vendor: str
    migrations: tuple[str, ...]
    rows: dict[str, int]
    sha256: str

    def encoded(self) -> bytes:
        """As it stands in the archive."""
        return json.dumps(asdict(self), indent=1, sort_keys=True).encode()


def read_manifest(raw: bytes) -> Manifest:
    """The manifest of an archive; raises :class:`ValidationFailed` if it is not one, or belongs to another product or format."""
    try:
        values: dict[str, Any] = json.loads(raw)
        named = {field.name: values[field.name] for field in fields(Manifest)}
    except (ValueError, KeyError, TypeError):
        raise ValidationFailed("The file has no manifest of a ShiftSync backup.") from None
    if named["product"] != PRODUCT or named["format"] != FORMAT:
        raise ValidationFailed(
            f"The file is a backup of {named['product']}, format {named['format']}; this version reads format {FORMAT}."
        )
    return Manifest(**{**named, "migrations": tuple(named["migrations"])})


def applied_migrations() -> tuple[str, ...]:
    """Those that this database has had, as ``app.name``, in alphabetical order."""
    return _named(MigrationLoader(connection).applied_migrations)


def known_migrations() -> tuple[str, ...]:
    """Those that this program has."""
    return _named(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)


def _named(keys: Any) -> tuple[str, ...]:
    return tuple(sorted(f"{app}.{name}" for app, name in keys))


def require_fit(manifest: Manifest) -> None:
    """Raises :class:`ValidationFailed`, with what to do, if this program or its database cannot hold that archive."""
    if manifest.vendor != connection.vendor:
        raise ValidationFailed(
            f"The backup is of a {manifest.vendor} database and DATABASE_URL names a {connection.vendor} one; "
            f"name an empty {manifest.vendor} database."
        )
    theirs, ours = set(manifest.migrations), set(known_migrations())
    if theirs != ours:
        raise ValidationFailed(
            f"The backup was made by ShiftSync {manifest.version} of {manifest.taken_at} with other tables than this "
            f"version has ({_difference(theirs, ours)}). Restore it with the version that made it, then upgrade."
        )


def _difference(theirs: set[str], ours: set[str]) -> str:
    parts = {"the backup lacks": sorted(ours - theirs), "this version lacks": sorted(theirs - ours)}
    return "; ".join(
        f"{what} {', '.join(names[:3])}{' …' if names[3:] else ''}" for what, names in parts.items() if names
    )
