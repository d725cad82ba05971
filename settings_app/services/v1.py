"""What version 1 clients change by one object: the limits of a day, and the solver configuration. Both become edits of rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from settings_app.events import SettingsEdited
from settings_app.models import ConfigVersion, SettingsRow
from settings_app.row_events import row_created, row_deleted, row_updated
from settings_app.rules.intake import with_defaults
from settings_app.rules.rows import Row
from settings_app.rules.shapes import by_path
from settings_app.rules.v1.daily import RowPlan, daily_errors, daily_plan, key_of
from settings_app.rules.v1.ortools import ortools_columns, ortools_errors, read_config
from settings_app.rules.values import ShapeError
from settings_app.selectors.rows import rows_of, settings_row
from settings_app.selectors.sync import settings_payload
from settings_app.selectors.v1 import switched_off_rows
from settings_app.services.checks import raise_errors, require_room, writable_version
from settings_app.services.rows import RowWrite, create_in, row_in_use, update_in
from settings_app.tables import DAILY_LIMITS, ML_MODEL_CONFIGS, model_of
from settings_app.wire_rows import as_attributes, row_payload, version_payload
from shiftsync.core.errors import ValidationFailed
from shiftsync.core.history import save_with_history
from shiftsync.core.ids import new_id
from shiftsync.core.payloads import FromPayload
from shiftsync.realtime.events import Event
from shiftsync.realtime.stream.commit import Transaction, commit
from shiftsync.realtime.stream.requests import ChangeRequest, Outcome, Written

ORTOOLS = "ortools_solver_config"
"""What the sync after a change of the solver configuration under its other name says was updated."""


@dataclass(frozen=True, slots=True)
class DailyLimitsSave(FromPayload):
    """The limits of a day as one object (:mod:`rules.v1.daily`); keys that are not there stay as they are."""

    limits: Mapping[str, Any]
    version_id: str | None = None


@dataclass(frozen=True, slots=True)
class OrtoolsSave(FromPayload):
    """The solver configuration as one object (:mod:`rules.v1.ortools`)."""

    config: Mapping[str, Any]
    version_id: str | None = field(default=None)


def daily_limits_save(request: ChangeRequest[DailyLimitsSave]) -> Outcome:
    """Edits, makes, deletes and restores the rows of what differs, all at one version. The result: ``updatedLimits``."""
    intent = request.intent
    raise_errors(daily_errors(intent.limits))

    def write(tx: Transaction) -> Written:
        version = writable_version(tx, intent.version_id)
        rows = {
            str(row.id): row for row in [*reversed(rows_of(DAILY_LIMITS, version.id)), *switched_off_rows(version.id)]
        }
        stored = {row_id: row_payload(row, DAILY_LIMITS) for row_id, row in rows.items()}
        plan = daily_plan(intent.limits, list(stored.values()))
        if not plan:
            return Written(None, {"updatedLimits": []}, echo=_edited(version, tx.version))
        _require_fit(plan, stored)
        require_room(DAILY_LIMITS, len(rows) + sum(step.row_id is None for step in plan), "limit")
        revision = tx.take_version()
        saved = [_carry_out(tx, request, version, rows.get(step.row_id or ""), step, revision) for step in plan]
        event = _event(saved[0], stored.get(saved[0]["id"])) if len(saved) == 1 else _edited(version, revision)
        return Written(tx.record(request, event, revision), {"updatedLimits": saved})

    return commit(request, write)


def ortools_save(request: ChangeRequest[OrtoolsSave]) -> Outcome:
    """Edits the solver configuration in use; makes one where there is none."""
    intent, table = request.intent, ML_MODEL_CONFIGS
    config = read_config(intent.config)
    raise_errors(ortools_errors(config))

    def write(tx: Transaction) -> Written:
        version = writable_version(tx, intent.version_id)
        row_id = row_in_use(table, version)
        row = settings_row(table, tx.restaurant_id, row_id) if row_id else None
        columns = ortools_columns(config, row_payload(row, table) if row else None)
        asked = replace(request, intent=RowWrite(table.key, columns, updated=ORTOOLS))  # type: ignore[arg-type]  # the same request of another intent
        if row is None:
            return create_in(tx, asked, table, version, new_id(), {**columns, "isDefault": True})  # type: ignore[arg-type]  # as above
        return update_in(tx, asked, table, row, columns)  # type: ignore[arg-type]  # as above

    return commit(request, write)


def _require_fit(plan: Sequence[RowPlan], stored: Mapping[str, Row]) -> None:
    """Raises :class:`ValidationFailed` by the keys of the object."""
    wrong = [
        ShapeError(key_of(step.columns, error.path.rpartition(".")[2]), error.message)
        for step in plan
        for error in DAILY_LIMITS.errors(_whole(step, stored))
    ]
    if wrong:
        raise ValidationFailed.by_field(by_path(wrong))


def _whole(step: RowPlan, stored: Mapping[str, Row]) -> Row:
    before = stored.get(step.row_id or "")
    return {**before, **step.columns} if before else with_defaults(step.columns, DAILY_LIMITS.row)


def _carry_out(
    tx: Transaction,
    request: ChangeRequest[DailyLimitsSave],
    version: ConfigVersion,
    row: SettingsRow | None,
    step: RowPlan,
    revision: int,
) -> Row:
    row_id = new_id()
    target = row or model_of(DAILY_LIMITS)(
        id=row_id, restaurant_id=tx.restaurant_id, config_version_id=version.id, lineage_id=row_id
    )
    columns = step.columns if row else with_defaults(step.columns, DAILY_LIMITS.row)
    wanted = {**as_attributes(columns, DAILY_LIMITS), "is_active": step.is_active}
    changed = [name for name, value in wanted.items() if row is None or getattr(target, name) != value]
    for name in changed:
        setattr(target, name, wanted[name])
    target.revision = revision
    save_with_history(target, request.actor, reason=request.reason, fields=changed if row else None)
    return row_payload(target, DAILY_LIMITS)


def _event(row: Row, before: Row | None) -> Event:
    """A change of one row is told as such."""
    if not row["isActive"]:
        return row_deleted(DAILY_LIMITS, row)
    return row_created(DAILY_LIMITS, row) if before is None else row_updated(DAILY_LIMITS, row, before)


def _edited(version: ConfigVersion, revision: int) -> SettingsEdited:
    return SettingsEdited(version_payload(version), settings_payload(version, revision), DAILY_LIMITS.names.updated_tag)
