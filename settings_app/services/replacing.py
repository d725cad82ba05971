"""Replacing all settings at once: by the defaults, or by what a browser had stored. Each makes a version and activates it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from settings_app.events import SettingsReplaced
from settings_app.models import ConfigVersion
from settings_app.rules.browser_storage.asked_again import fingerprint, holds_what_is_carried
from settings_app.rules.browser_storage.migration import plan_migration
from settings_app.rules.browser_storage.plan import MigrationPlan
from settings_app.rules.browser_storage.stored import stored_hash
from settings_app.rules.defaults import reset_rows
from settings_app.rules.rows import Row
from settings_app.selectors.rows import version_rows
from settings_app.selectors.sync import settings_payload
from settings_app.selectors.v1 import switched_off_rows
from settings_app.selectors.versions import active_version, versions_of
from settings_app.services.checks import require_room
from settings_app.services.versions import activate, insert_version_rows, new_version
from settings_app.tables import DAILY_LIMITS, settings_table, settings_tables
from settings_app.wire_rows import row_payload, version_payload
from shiftsync.core.errors import ValidationFailed
from shiftsync.core.ids import new_id
from shiftsync.core.payloads import FromPayload, from_payload
from shiftsync.core.text import counted
from shiftsync.realtime.stream.commit import Transaction, commit
from shiftsync.realtime.stream.requests import ChangeRequest, Outcome, Written
from shiftsync.realtime.stream.selectors import reading
from staff.selectors import staff_of

RESET_NAME = "Default Settings"
RESET_DESCRIPTION = "Reset to default configuration"
MIGRATED_NAME = "Migrated from localStorage"
MIGRATED_DESCRIPTION = "Settings imported from browser localStorage"


def chosen_tables(names: Iterable[str] | None) -> tuple[str, ...] | None:
    """The tables of a request; none given means all."""
    return tuple(names) if names else None


@dataclass(frozen=True, slots=True)
class SettingsReset(FromPayload):
    """The documented defaults, as a new version in use; what is of the people (groups, backups) is kept."""


@dataclass(frozen=True, slots=True)
class SettingsMigrate(FromPayload):
    """``stored`` is the parsed content of a browser's storage, in any of its forms; ``content`` its hash.

    ``tables`` are those to take from it (None: all that it says something of), by any of their names. ``skip_invalid``
    leaves out the rows that are not fit to be written, instead of refusing all.
    """

    stored: object = field(compare=False, metadata=from_payload("settings"))
    tables: tuple[str, ...] | None = field(default=None, metadata=from_payload(read=chosen_tables))
    skip_invalid: bool = False
    content: str = ""


@dataclass(frozen=True, slots=True)
class MigrationMode(FromPayload):
    """``dry_run``: only tell what would be done. It is no part of the intent, since nothing is written that could be repeated."""

    dry_run: bool = False


def settings_reset(request: ChangeRequest[SettingsReset]) -> Outcome:
    """A new version with the defaults and the rows that outlive a reset, activated.

    The result: ``message``, ``newVersion``.
    """
    asked = replace(request, reason=request.reason or RESET_NAME)

    def write(tx: Transaction) -> Written:
        current = version_rows(active_version(tx.restaurant_id).id, include_deleted=True)
        rows = reset_rows(current, settings_tables(), new_id)
        version, state = _replace(tx, asked, RESET_NAME, RESET_DESCRIPTION, rows)
        event = SettingsReplaced(version_payload(version), state, is_reset=True)
        message = f"The settings were reset to the defaults (version {version.version_number}).{_kept(rows)}"
        return Written(
            tx.record(asked, event, version.revision), {"message": message, "newVersion": version_payload(version)}
        )

    return commit(asked, write)


def settings_migrate(request: ChangeRequest[SettingsMigrate]) -> Outcome:
    """A new version with the rows of the file, activated; one row that is not fit refuses all, unless ``skip_invalid``.

    Tables that the file says nothing of keep the rows of the version in use. What was migrated before is not made
    again: its version is put in use if it is not, which the result says (``alreadyMigrated``).
    The result: ``message``, ``newVersion``, ``rowsInserted``, ``skipped``, ``mapping``.
    """
    intent = _known_tables(request.intent)
    asked = replace(request, intent=intent, reason=request.reason or MIGRATED_NAME)
    prepared = _plan(asked)

    def write(tx: Transaction) -> Written:
        plan = prepared.plan if tx.version == prepared.version else _plan_of(tx.restaurant_id, intent)
        before = _migrated_before(tx.restaurant_id, plan)
        if before is not None:
            return _put_in_use(tx, asked, before)
        _require_fit(plan, intent)
        version, state = _replace(tx, asked, MIGRATED_NAME, MIGRATED_DESCRIPTION, plan.rows, fingerprint(plan))
        event = SettingsReplaced(version_payload(version), state)
        return Written(tx.record(asked, event, version.revision), _report(plan, version))

    return commit(asked, write)


def migration_preview(request: ChangeRequest[SettingsMigrate]) -> dict[str, Any]:
    """What :func:`settings_migrate` would do, as its result; nothing is written."""
    intent = _known_tables(request.intent)
    with reading(request.actor.restaurant_id):
        plan = _plan_of(request.actor.restaurant_id, intent)
        before = _migrated_before(request.actor.restaurant_id, plan)
    told = {"dryRun": True, "newVersion": None, **_plan_report(plan)}
    if before is not None and before.is_active:
        return {**told, **already_migrated(before), **_plan_report(plan)}
    if before is not None:
        number = before.version_number
        return {**told, "message": f"This file has already been migrated; version {number} would be reactivated."}
    if plan.is_empty:
        return {**told, "message": "The file contains no settings."}
    count = sum(plan.rows_inserted().values())
    return {**told, "message": f"{counted(count, 'row')} would be migrated; {len(plan.left_out)} would be left out."}


def already_migrated(version: ConfigVersion, *, is_put_in_use: bool = False) -> dict[str, Any]:
    """The result of a migration that was done before."""
    outcome = "that version is active again" if is_put_in_use else "nothing was changed"
    return {
        "message": f"This file has already been migrated (version {version.version_number}); {outcome}.",
        "alreadyMigrated": True,
        "newVersion": version_payload(version),
        "rowsInserted": {},
        "skipped": [],
        "mapping": {},
    }


# --- parts ---


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A plan, and the restaurant's version that it was made at."""

    plan: MigrationPlan
    version: int


def _plan(request: ChangeRequest[SettingsMigrate]) -> _Prepared:
    """Planning takes its time, so it is done before the lock, and again under it where something came between."""
    with reading(request.actor.restaurant_id) as position:
        return _Prepared(_plan_of(request.actor.restaurant_id, request.intent), position.version)


def _plan_of(restaurant_id: UUID, intent: SettingsMigrate) -> MigrationPlan:
    members = staff_of(restaurant_id, include_deleted=True).order_by("-is_active", "staff_order", "id")
    plan = plan_migration(
        intent.stored,
        tables=settings_tables(),
        staff=[(str(id), name) for id, name in members.values_list("id", "name")],
        new_id=new_id,
        chosen=intent.tables,
        current=_carriable(active_version(restaurant_id).id),
    )
    for table in settings_tables():
        require_room(table, len(plan.rows[table.key]), table.names.collection)
    return plan


def _carriable(version_id: UUID) -> dict[str, list[Row]]:
    """The rows of a version that another one takes over: those in use, and the limits of a day that were switched off."""
    rows = version_rows(version_id)
    off = [row_payload(row, DAILY_LIMITS) for row in switched_off_rows(version_id)]
    return {**rows, DAILY_LIMITS.key: [*rows[DAILY_LIMITS.key], *off]}


def _known_tables(intent: SettingsMigrate) -> SettingsMigrate:
    """The intent with the keys of its tables and the hash of its content."""
    keys = None if intent.tables is None else tuple(sorted({_table_key(name) for name in intent.tables}))
    return replace(intent, tables=keys, content=stored_hash(intent.stored))


def _table_key(name: str) -> str:
    table = settings_table(name) or next((each for each in settings_tables() if name in each.storage.keys), None)
    if table is None:
        known = ", ".join(each.names.collection for each in settings_tables())
        raise ValidationFailed.of("tables", f"There is no table {name}; there are {known}.")
    return table.key


def _migrated_before(restaurant_id: UUID, plan: MigrationPlan) -> ConfigVersion | None:
    """The version that this migration would make once more: the active one, else the newest that holds what it would."""
    if plan.is_empty:
        return None
    known = list(versions_of(restaurant_id).filter(source_hash=fingerprint(plan)))
    active = next((version for version in known if version.is_active), None)
    return active or next(
        (version for version in known if not plan.carried or holds_what_is_carried(_carriable(version.id), plan)),
        None,
    )


def _put_in_use(tx: Transaction, request: ChangeRequest[SettingsMigrate], version: ConfigVersion) -> Written:
    if version.is_active:
        echo = SettingsReplaced(version_payload(version), settings_payload(version, tx.version))
        return Written(None, already_migrated(version), echo=echo)
    version.revision = tx.take_version()
    activate(tx, request, version)
    event = SettingsReplaced(version_payload(version), settings_payload(version, version.revision))
    return Written(tx.record(request, event, version.revision), already_migrated(version, is_put_in_use=True))


def _require_fit(plan: MigrationPlan, intent: SettingsMigrate) -> None:
    if plan.unfit and not intent.skip_invalid:
        details = {f"{each.path}": [each.reason] for each in plan.unfit}
        raise ValidationFailed(
            f"{len(plan.unfit)} of the rows cannot be migrated; the first: {_first(plan)}",
            {**details, "skipped": plan.skipped_to_wire()},
        )
    if plan.is_empty:
        raise ValidationFailed.of("settings", "The file contains no settings that can be migrated.")


def _first(plan: MigrationPlan) -> str:
    return f"{plan.unfit[0].path}: {plan.unfit[0].reason}"


def _kept(rows: Mapping[str, Sequence[Row]]) -> str:
    """What a reset left as it was."""
    lasting = [table for table in settings_tables() if table.outlives_reset]
    counts = [(sum(row["isActive"] for row in rows[table.key]), table.title) for table in lasting]
    told = " and ".join(f"{count} {title}" for count, title in counts if count)
    return f" Kept: {told}." if told else ""


def _replace(
    tx: Transaction,
    request: ChangeRequest[Any],
    name: str,
    description: str,
    rows: Mapping[str, Sequence[Row]],
    source_hash: str = "",
) -> tuple[ConfigVersion, dict[str, Any]]:
    version = new_version(tx, request, name, description, source_hash=source_hash)
    insert_version_rows(request.actor, version, rows, request.reason)
    activate(tx, request, version)
    return version, settings_payload(version, version.revision)


def _report(plan: MigrationPlan, version: ConfigVersion) -> dict[str, Any]:
    count = sum(plan.rows_inserted().values())
    message = f"{counted(count, 'row was', 'rows were')} migrated (version {version.version_number})."
    if plan.left_out:
        message += f" {counted(len(plan.left_out), 'was', 'were')} left out."
    return {"message": message, "newVersion": version_payload(version), **_plan_report(plan)}


def _plan_report(plan: MigrationPlan) -> dict[str, Any]:
    return {
        "rowsInserted": plan.rows_inserted(),
        "skipped": plan.skipped_to_wire(),
        "mapping": plan.mapping(),
    }
