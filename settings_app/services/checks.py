"""What every write of a row is held to."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from settings_app.models import ConfigVersion, SettingsRow
from settings_app.rules.intake import flat_keys
from settings_app.rules.rows import Row
from settings_app.rules.shapes import by_path, must_exist
from settings_app.rules.table import Referred, SettingsTable
from settings_app.rules.v1.flat import in_todays_spelling, top_keys
from settings_app.rules.values import ShapeError, unstorable
from settings_app.selectors.rows import known_ids, referred_by
from settings_app.selectors.versions import config_version
from shiftsync.core.clock import local_today
from shiftsync.core.errors import ConflictError, ValidationFailed, VersionLocked
from shiftsync.core.ids import parse_id
from shiftsync.core.wording import in_japanese
from shiftsync.realtime.stream.commit import Transaction

MAX_ROWS = 2_000
"""Of one table in one version: all of them travel to a client in one answer."""

GONE = "refers to a row that does not exist"


def known_keys(table: SettingsTable, given: Mapping[str, Any], *, from_v1: bool = False) -> Row:
    """What of ``given`` a client may write: columns, and config keys at the top level (in version 1 also those of
    :mod:`rules.v1.flat`). All else is ignored.

    Raises :class:`ValidationFailed` for what no database could keep.
    """
    given = in_todays_spelling(given, table.key, table.row) if from_v1 else table.row.read(given)
    flat = {key for config in table.configs.values() for key in flat_keys(given, config, table.row)}
    flat |= top_keys(table.key, table.row) if from_v1 else set()
    row = {key: value for key, value in given.items() if key in table.row.fields or key in flat}
    raise_errors(list(unstorable(row, "")))
    return row


def raise_errors(errors: list[ShapeError]) -> None:
    """Raises :class:`ValidationFailed` by path, if there are any."""
    if errors:
        raise ValidationFailed.by_field(by_path(errors))


def writable_version(tx: Transaction, version_id: object = None) -> ConfigVersion:
    """The version to write to (None: the active one). Raises :class:`NotFound`, :class:`VersionLocked`."""
    version = config_version(tx.restaurant_id, version_id)
    require_unlocked(version)
    return version


def require_unlocked(version: ConfigVersion) -> None:
    """Raises :class:`VersionLocked` for a version that takes no edits."""
    if version.is_locked:
        raise VersionLocked(f"Version {version.version_number} ({version.name}) is locked.")


def require_of_version(row: SettingsRow, version: ConfigVersion) -> None:
    """Raises :class:`ConflictError` for a row of another version than the one that is edited."""
    if row.config_version_id != version.id:
        raise ConflictError(
            "This row belongs to a settings version that is no longer active.",
            {"versionId": [str(row.config_version_id)], "activeVersionId": [str(version.id)]},
        )


def require_room(table: SettingsTable, count: int, name: str) -> None:
    """Raises :class:`ValidationFailed` at ``name`` where a version would hold more rows of a table than one may."""
    if count > MAX_ROWS:
        raise ValidationFailed.of(name, f"A version has at most {MAX_ROWS:,} {table.title}.")


def require_references(tx: Transaction, table: SettingsTable, row: Row, version: ConfigVersion) -> Referred:
    """What the row refers to. Raises :class:`ValidationFailed` where that is not there, or not fit."""
    referred, missing = referred_by(row, table, tx.restaurant_id, version.id)
    raise_errors([ShapeError(name, GONE) for name in missing])
    raise_errors(table.conditions(row, referred))
    return referred


def in_both(sentences: Sequence[str]) -> dict[str, Any]:
    """Remarks in both languages, as on the wire."""
    return {"warnings": list(sentences), "warningsJa": [in_japanese(each) for each in sentences]}


def require_known(tx: Transaction, table: SettingsTable, row: Row, version_id: UUID, stored: Row | None = None) -> None:
    """Raises :class:`ValidationFailed` at each id inside the row's configs that has to name something and names nothing. What the ``stored``
    row names already may stay: who was taken off the staff since, or a skill that was deleted."""
    standing = {(target, row_id) for target, row_id, _ in must_exist(stored or {}, table.row)}
    named = [each for each in must_exist(row, table.row) if each[:2] not in standing]
    known = {target: known_ids(target, tx.restaurant_id, version_id) for target in {target for target, _, _ in named}}
    raise_errors([ShapeError(path, GONE) for target, row_id, path in named if parse_id(row_id) not in known[target]])


def warnings_about(tx: Transaction, table: SettingsTable, row: Row, referred: Referred | None = None) -> dict[str, Any]:
    """What the author of a valid row should know, as a part of the ``ACK``'s result; nothing where there is nothing.

    ``referred``: what it refers to, where that was read already.
    """
    if referred is None:
        referred, _ = referred_by(row, table, tx.restaurant_id, UUID(row["versionId"]))
    found = [*table.remarks(row), *table.cautions(row, referred, local_today(tx.restaurant.timezone))]
    return in_both(found) if found else {}
