"""What changes whole versions of the settings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Max

from settings_app.events import VersionActivated, VersionCreated, VersionDeleted, VersionEvent
from settings_app.events import VersionLocked as VersionWasLocked
from settings_app.events import VersionUnlocked as VersionWasUnlocked
from settings_app.models import ConfigVersion
from settings_app.rules.copying import copy_rows
from settings_app.rules.rows import LINEAGE, Row
from settings_app.selectors.rows import version_rows
from settings_app.selectors.sync import settings_payload
from settings_app.selectors.versions import config_version, versions_of
from settings_app.tables import model_of, settings_tables
from settings_app.wire_rows import as_attributes, version_payload
from shiftsync.core.actor import Actor, Role
from shiftsync.core.errors import ValidationFailed
from shiftsync.core.history import create_all_with_history, save_with_history
from shiftsync.core.ids import new_id
from shiftsync.core.payloads import FromPayload, from_payload
from shiftsync.realtime.stream.commit import Transaction, commit
from shiftsync.realtime.stream.judging import judge_removal, overwritten
from shiftsync.realtime.stream.requests import AnyRequest, ChangeRequest, Outcome, Written


@dataclass(frozen=True, slots=True)
class VersionCreate(FromPayload):
    """A new version: a copy of ``copy_from`` (None: of the active one), or empty. It is not activated."""

    name: str
    description: str = ""
    copy_from: str | None = None
    is_empty: bool = field(default=False, metadata=from_payload("empty"))


@dataclass(frozen=True, slots=True)
class VersionActivate(FromPayload):
    """Makes a version the one that counts."""

    version_id: str


@dataclass(frozen=True, slots=True)
class VersionLock(FromPayload):
    """Protects a version from changes."""

    version_id: str


@dataclass(frozen=True, slots=True)
class VersionUnlock(FromPayload):
    """Lets a version be changed again."""

    version_id: str


@dataclass(frozen=True, slots=True)
class VersionDelete(FromPayload):
    """Deletes a version that is not active."""

    version_id: str


def version_create(request: ChangeRequest[VersionCreate]) -> Outcome:
    """Makes a version. The copy is whole: its rows, the deleted ones too, refer to one another. The result: ``version``."""
    intent = request.intent
    if not intent.name.strip():
        raise ValidationFailed.of("name", "A version needs a name.")

    def write(tx: Transaction) -> Written:
        source = None if intent.is_empty else config_version(tx.restaurant_id, intent.copy_from)
        version = new_version(tx, request, intent.name, intent.description)
        if source is not None:
            originals = version_rows(source.id, include_deleted=True)
            copies = copy_rows(originals, settings_tables(), new_id).rows
            insert_version_rows(request.actor, version, copies, request.reason)
        return _recorded(tx, request, version, VersionCreated(version_payload(version)))

    return commit(request, write)


def version_activate(request: ChangeRequest[VersionActivate]) -> Outcome:
    """Takes a version into use in place of the present one. A locked version may be in use."""

    def write(tx: Transaction) -> Written:
        version = config_version(tx.restaurant_id, request.intent.version_id)
        if version.is_active:
            return _unchanged(tx, version, _activated(version, tx.version))
        version.revision = tx.take_version()
        activate(tx, request, version)
        return _recorded(tx, request, version, _activated(version, version.revision))

    return commit(request, write)


def version_lock(request: ChangeRequest[VersionLock]) -> Outcome:
    """Closes a version to every edit of its rows. Only an owner may."""
    return _set_locked(request, request.intent.version_id, True, VersionWasLocked)


def version_unlock(request: ChangeRequest[VersionUnlock]) -> Outcome:
    """Opens a locked version again. Only an owner may."""
    return _set_locked(request, request.intent.version_id, False, VersionWasUnlocked)


def version_delete(request: ChangeRequest[VersionDelete]) -> Outcome:
    """Takes away a version that was never in use; its number is not given again. Raises :class:`ValidationFailed`."""

    def write(tx: Transaction) -> Written:
        version = config_version(tx.restaurant_id, request.intent.version_id)
        if version.activated_at is not None:
            raise ValidationFailed.of("versionId", "A version that has been active cannot be deleted.")
        if version.is_locked:
            raise ValidationFailed.of("versionId", "A locked version cannot be deleted; unlock it first.")
        items = judge_removal(tx, request, "config_version", version)
        version.deleted_at, version.revision = tx.moment, tx.take_version()
        save_with_history(version, request.actor, reason=request.reason, fields=["deleted_at"])
        written = _recorded(tx, request, version, VersionDeleted(version_payload(version)))
        return replace(written, result={**written.result, **overwritten(items)})

    return commit(request, write)


# --- parts, also of reset and migration ---


def new_version(
    tx: Transaction, request: AnyRequest, name: str, description: str = "", *, source_hash: str = ""
) -> ConfigVersion:
    """Inserts a version with the next number, at the next version of the restaurant; it is neither active nor recorded."""
    most = settings.CONFIG.limits.versions_per_restaurant
    if versions_of(tx.restaurant_id).count() >= most:
        raise ValidationFailed.of("name", f"A restaurant has at most {most} settings versions.")
    last = ConfigVersion.objects.filter(restaurant_id=tx.restaurant_id).aggregate(last=Max("version_number"))["last"]
    version = ConfigVersion(
        restaurant_id=tx.restaurant_id,
        version_number=(last or 0) + 1,
        name=name[:200],
        description=description,
        created_by_id=request.actor.user_id,
        source_hash=source_hash,
        revision=tx.take_version(),
    )
    save_with_history(version, request.actor, reason=request.reason)
    return version


def insert_version_rows(actor: Actor, version: ConfigVersion, rows: Mapping[str, Sequence[Row]], reason: str) -> None:
    """Inserts rows of the wire into ``version``, with their history, in a fixed number of statements for each table."""
    for table in settings_tables():
        model = model_of(table)
        made = [
            model(
                id=UUID(row["id"]),
                restaurant_id=version.restaurant_id,
                config_version_id=version.id,
                lineage_id=UUID(row.get(LINEAGE) or row["id"]),
                is_active=row.get("isActive", True),
                revision=version.revision,
                **as_attributes(row, table),
            )
            for row in rows.get(table.key, ())
        ]
        if made:
            create_all_with_history(model, made, actor, reason=reason)


def activate(tx: Transaction, request: AnyRequest, version: ConfigVersion) -> None:
    """Makes ``version`` the active one, at its own revision."""
    for other in versions_of(tx.restaurant_id).filter(is_active=True):
        other.is_active, other.revision = False, version.revision
        save_with_history(other, request.actor, reason=request.reason, fields=["is_active"])
    version.is_active = True
    version.activated_at = version.activated_at or tx.moment
    save_with_history(version, request.actor, reason=request.reason, fields=["is_active", "activated_at"])


def _activated(version: ConfigVersion, revision: int) -> VersionActivated:
    return VersionActivated(version_payload(version), settings_payload(version, revision)["settings"])


def _set_locked(request: AnyRequest, version_id: str, is_locked: bool, event: Any) -> Outcome:
    def write(tx: Transaction) -> Written:
        version = config_version(tx.restaurant_id, version_id)
        if version.is_locked == is_locked:
            return _unchanged(tx, version, event(version_payload(version)))
        version.is_locked, version.revision = is_locked, tx.take_version()
        save_with_history(version, request.actor, reason=request.reason, fields=["is_locked"])
        return _recorded(tx, request, version, event(version_payload(version)))

    return commit(request, write, needs=Role.OWNER)


def _recorded(tx: Transaction, request: AnyRequest, version: ConfigVersion, event: VersionEvent) -> Written:
    return Written(tx.record(request, event, version.revision), {"version": version_payload(version)})


def _unchanged(tx: Transaction, version: ConfigVersion, event: VersionEvent) -> Written:
    return Written(None, {"version": version_payload(version)}, echo=event)
