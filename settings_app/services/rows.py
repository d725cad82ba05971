"""What changes the rows of the settings tables, whichever they are."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, partial
from typing import Any
from uuid import UUID, uuid5

from settings_app.events import RowEvent
from settings_app.models import ConfigVersion, SettingsRow
from settings_app.row_events import row_created, row_deleted, row_removed, row_updated
from settings_app.rules.intake import take_in, with_defaults
from settings_app.rules.rows import Row
from settings_app.rules.shapes import STAFF, map_references
from settings_app.rules.table import Referred, SettingsTable
from settings_app.rules.v1.flat import one_copy
from settings_app.selectors.rows import dependents_of, removed_row, row_seen_at, rows_of, settings_row
from settings_app.services.checks import (
    in_both,
    known_keys,
    raise_errors,
    require_known,
    require_of_version,
    require_references,
    require_room,
    warnings_about,
    writable_version,
)
from settings_app.tables import model_of, require_table
from settings_app.wire_rows import as_attributes, columns_of, row_payload
from shiftsync.core.errors import NotFound, ValidationFailed
from shiftsync.core.history import delete_with_history, inserting_with_history, updating_with_history
from shiftsync.core.ids import new_id, parse_id
from shiftsync.core.models import own_row
from shiftsync.core.payloads import FromPayload
from shiftsync.realtime.rules.conflicts import Strategy
from shiftsync.realtime.stream.commit import Transaction, commit
from shiftsync.realtime.stream.judging import judge_removal, judge_row, overwritten
from shiftsync.realtime.stream.requests import AnyRequest, ChangeRequest, Outcome, Written

EventOf = Callable[[SettingsTable, Row], RowEvent]

DELETED = "This row has been deleted; nothing was changed."


@dataclass(frozen=True, slots=True)
class RowWrite(FromPayload):
    """A row, or some columns of it, by wire name. Both ways of asking for the same are one content.

    ``row_id`` None: a new row; with ``is_update`` the row in use, where the table has such. ``version_id`` None: the active
    version. ``revision``, which clients echo with a whole row, is the base of the change. ``from_v1``: sent over a
    version 1 connection. ``updated`` is what version 1 clients hear was updated, where that is not the table.
    """

    table: str
    row: Mapping[str, Any]
    row_id: str | None = None
    version_id: str | None = None
    revision: int | None = field(default=None, compare=False)
    is_update: bool = field(default=False, compare=False)
    from_v1: bool = field(default=False, compare=False)
    updated: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class RowDelete(FromPayload):
    """Deletes a row; it can be restored."""

    table: str
    row_id: str
    version_id: str | None = None


@dataclass(frozen=True, slots=True)
class RowRestore(FromPayload):
    """Brings a deleted row back."""

    table: str
    row_id: str
    version_id: str | None = None


@dataclass(frozen=True, slots=True)
class RowHardDelete(FromPayload):
    """Deletes a row for good."""

    table: str
    row_id: str
    version_id: str | None = None


def whole_row(
    table: SettingsTable,
    row: Mapping[str, Any],
    payload: Mapping[str, Any],
    *,
    row_id: str | None = None,
    is_update: bool = False,
    from_v1: bool = False,
) -> RowWrite:
    """The intent of a row as a client sent it; its own ``id`` counts, else ``row_id``; its ``revision`` is the base."""
    own_id = row.get("id")
    # Browsers of version 1 numbered some rows.
    if own_id is not None and not isinstance(own_id, str) and not (from_v1 and type(own_id) is int):
        raise ValidationFailed.of("id", "Must be text.")
    return RowWrite(
        table.key,
        row,
        row_id=row_id if own_id in (None, "") else str(own_id),
        version_id=payload.get("version_id"),
        revision=revision_in(row),
        is_update=is_update,
        from_v1=from_v1,
    )


def revision_in(row: Mapping[str, Any]) -> int | None:
    """The revision that a client echoes with a row, or with what it changes of it."""
    revision = row.get("revision")
    return revision if isinstance(revision, int) and not isinstance(revision, bool) and revision >= 0 else None


def row_save(request: ChangeRequest[RowWrite]) -> Outcome:
    """Creates a row, or changes the known one by merging what others changed meanwhile.

    A deleted row stays deleted, one that was removed for good too. Raises :class:`ConflictError` for a row of a version that is not the one edited.
    """
    intent = request.intent
    table = require_table(intent.table)
    given = known_keys(table, intent.row, from_v1=intent.from_v1)
    asked = replace(request, intent=replace(intent, row=given))
    judged = replace(
        asked,
        base_version=request.base_version if intent.revision is None else intent.revision,
        strategy=request.strategy or Strategy.MERGE_CHANGES,
    )

    def write(tx: Transaction) -> Written:
        version = writable_version(tx, intent.version_id)
        row_id = _id_of(table, version, intent)
        own_id, row = own_row(model_of(table), tx.restaurant_id, row_id) if row_id else (new_id(), None)
        if row is None:
            # An echoed revision says that its author has read it: it was removed meanwhile, and is no new row.
            is_echo = intent.is_update and intent.revision is not None
            removed = removed_row(table, tx.restaurant_id, own_id) if is_echo else None
            return _stays_deleted(table, removed) if removed else create_in(tx, asked, table, version, own_id, given)
        require_of_version(row, version)
        if not row.is_active:
            return _stays_deleted(table, row_payload(row, table))
        return update_in(tx, judged, table, row, given)

    return commit(asked, write)


def row_update(request: ChangeRequest[RowWrite]) -> Outcome:
    """Changes some columns of a row, by the conflict strategy. Raises :class:`NotFound` where it is not there."""
    intent = request.intent
    table = require_table(intent.table)
    given = known_keys(table, intent.row, from_v1=intent.from_v1)
    asked = replace(request, intent=replace(intent, row=given, revision=intent.revision or revision_in(intent.row)))

    def write(tx: Transaction) -> Written:
        version = writable_version(tx, intent.version_id)
        row_id = stored_id(table.key, version.id, intent.row_id) if intent.row_id else row_in_use(table, version)
        row = settings_row(table, tx.restaurant_id, row_id)
        require_of_version(row, version)
        if not row.is_active:
            raise NotFound("This row has been deleted.")
        return update_in(tx, asked, table, row, given)

    return commit(asked, write)


def row_delete(request: ChangeRequest[RowDelete]) -> Outcome:
    """Takes a row out of use; it stays. A deleted row is answered as done."""
    table = require_table(request.intent.table)

    def write(tx: Transaction) -> Written:
        row = _named(tx, table, request.intent)
        if not row.is_active:
            return _unchanged(row_deleted(table, row_payload(row, table)))
        require_of_version(row, writable_version(tx, request.intent.version_id))
        return delete_in(tx, request, table, row)

    return commit(request, write)


def row_restore(request: ChangeRequest[RowRestore]) -> Outcome:
    """Brings a deleted row back, if what it refers to is there."""
    table = require_table(request.intent.table)

    def write(tx: Transaction) -> Written:
        row = settings_row(table, tx.restaurant_id, request.intent.row_id)
        before = row_payload(row, table)
        if row.is_active:
            return _unchanged(row_updated(table, before, before))
        version = writable_version(tx, request.intent.version_id)
        require_of_version(row, version)
        require_references(tx, table, before, version)
        row.is_active = True
        return _written(tx, request, table, row, ["is_active"], _updated_from(before))

    return commit(request, write)


def row_hard_delete(request: ChangeRequest[RowHardDelete]) -> Outcome:
    """Removes a deleted row for good, and the rows that refer to it by a field of their own. Their history stays."""
    table = require_table(request.intent.table)
    if not table.hard_delete:
        raise ValidationFailed.of(table.names.id_key, f"Rows of the {table.title} cannot be permanently removed.")

    def write(tx: Transaction) -> Written:
        row = _named(tx, table, request.intent)
        require_of_version(row, writable_version(tx, request.intent.version_id))
        if row.is_active:
            raise ValidationFailed.of(table.names.id_key, "Only a deleted row can be permanently removed.")
        version = tx.take_version()
        removed = _remove_dependents(request, table, row, version)
        row.revision = version
        event = row_removed(table, row_payload(row, table), removed)
        delete_with_history(row, request.actor, reason=request.reason)
        return Written(tx.record(request, event, version), event.payload())

    return commit(request, write)


def restore_state(
    tx: Transaction, request: AnyRequest, table: SettingsTable, row: SettingsRow | None, state: Row
) -> Written:
    """Puts a row back as ``state`` (a row of the wire) has it, as a new change; makes it anew where it was removed."""
    version = writable_version(tx, state["versionId"])
    if state["isActive"]:
        raise_errors(table.errors(state))
        require_references(tx, table, state, version)
    before = row_payload(row, table) if row else None
    target = row or model_of(table)(
        id=UUID(state["id"]),
        restaurant_id=tx.restaurant_id,
        config_version_id=version.id,
        lineage_id=UUID(state["lineageId"]),
    )
    wanted = {**as_attributes(state, table), "is_active": state["isActive"]}
    apply = [name for name, value in wanted.items() if getattr(target, name) != value]
    if before is not None and not apply:
        return _unchanged(row_updated(table, before, before))
    for name, value in wanted.items():
        setattr(target, name, value)
    return _written(tx, request, table, target, None if before is None else apply, _restored_from(before, state))


# --- parts ---


def _id_of(table: SettingsTable, version: ConfigVersion, intent: RowWrite) -> UUID | None:
    """The id that is meant."""
    if intent.row_id:
        return stored_id(table.key, version.id, intent.row_id)
    return row_in_use(table, version) if intent.is_update else None


def stored_id(table_key: str, version_id: UUID, row_id: object) -> UUID:
    """The id of a row in a version. Non-UUID ids map deterministically (uuid5), so that the client that made the row with it
    finds it by it: they keep their own on the screen."""
    return parse_id(row_id) or uuid5(version_id, f"{table_key}:{row_id}")


def _named(tx: Transaction, table: SettingsTable, intent: RowDelete | RowHardDelete) -> SettingsRow:
    """The row that is to go."""
    row_id: object = parse_id(intent.row_id)
    if row_id is None:
        row_id = stored_id(table.key, writable_version(tx, intent.version_id).id, intent.row_id)
    return settings_row(table, tx.restaurant_id, row_id)


def _with_stored_ids(row: Mapping[str, Any], table: SettingsTable, version_id: UUID) -> Row:
    """``row`` with its references in the spelling that the rows' own ids have; of settings rows also those that were made with an id of
    another kind. All else stays.

    An id in capitals is the same id; who reads the settings compares texts, and would find nobody by it.
    The ids of a table are read once: a row may refer to any number, and the restaurant's stream is locked meanwhile.
    """

    @cache
    def stored_in(target: str) -> set[UUID]:
        return set(rows_of(require_table(target), version_id).values_list("id", flat=True))

    def translate(target: str, text: str, path: str) -> str:
        if spelled := parse_id(text):
            return str(spelled)
        if target == STAFF:
            return text
        found = stored_id(target, version_id, text)
        return str(found) if found in stored_in(target) else text

    return map_references(row, table.row, translate)


def row_in_use(table: SettingsTable, version: ConfigVersion) -> UUID | None:
    """The row that an update without an id means: the marked one, else the newest."""
    if not table.implied_by:
        return None
    mark = columns_of(model_of(table))[table.implied_by].attname
    return rows_of(table, version.id).order_by(f"-{mark}", "-created_at", "-id").values_list("id", flat=True).first()


def create_in(
    tx: Transaction,
    request: ChangeRequest[RowWrite],
    table: SettingsTable,
    version: ConfigVersion,
    row_id: UUID,
    given: Row,
) -> Written:
    """The new row, as a part of a change that has settled where it goes."""
    if request.intent.from_v1:
        given = one_copy(given, table.key, table.row, None)
    taken = take_in(given, table.row, from_v1=request.intent.from_v1)
    row = with_defaults(_with_stored_ids(taken, table, version.id), table.row)
    raise_errors(table.errors(row))
    referred = require_references(tx, table, row, version)
    require_known(tx, table, row, version.id)
    require_room(table, rows_of(table, version.id).count() + 1, table.names.row)
    stored = model_of(table)(
        id=row_id,
        restaurant_id=tx.restaurant_id,
        config_version_id=version.id,
        lineage_id=row_id,
        **as_attributes(row, table),
    )
    return _written(tx, request, table, stored, None, row_created, referred=referred)


def update_in(
    tx: Transaction, request: ChangeRequest[RowWrite], table: SettingsTable, row: SettingsRow, given: Row
) -> Written:
    """What of ``given`` changes a row in use, as a part of a change that has found it."""
    intent, before = request.intent, row_payload(row, table)
    if intent.from_v1:
        given = one_copy(given, table.key, table.row, row_seen_at(row, table, intent.revision) or before)
    _respell(row, table, before)
    taken = take_in(given, table.row, before, from_v1=intent.from_v1)
    columns = _with_stored_ids(taken, table, row.config_version_id)
    raise_errors(table.errors({**before, **columns}))
    require_known(tx, table, columns, row.config_version_id, before)
    apply, items = judge_row(tx, request, table.key, row, as_attributes(columns, table))
    if not apply:
        return _unchanged(row_updated(table, before, before, intent.updated), warnings_about(tx, table, before))
    for name, value in apply.items():
        setattr(row, name, value)
    _settle(row, table, before)
    after = row_payload(row, table)
    raise_errors(table.errors(after))
    if any(before[name] != after[name] for name in table.row.references):
        require_references(tx, table, after, writable_version(tx, row.config_version_id))
    event_of = partial(row_updated, old=before, updated=intent.updated)
    return _written(tx, request, table, row, list(apply), event_of, overwritten(items))


def delete_in(tx: Transaction, request: AnyRequest, table: SettingsTable, row: SettingsRow) -> Written:
    """Takes a row that is in use out of it, as a part of a change that has found it."""
    items = judge_removal(tx, request, table.key, row)
    row.is_active = False
    written = _written(tx, request, table, row, ["is_active"], row_deleted)
    return replace(written, result={**written.result, **overwritten(items)})


def _respell(row: SettingsRow, table: SettingsTable, read: Row) -> None:
    """Gives the stored configs the spelling that their author saw, so that an unchanged echo is no change."""
    columns = columns_of(model_of(table))
    for name in table.configs:
        setattr(row, columns[name].attname, read[name])


def _settle(row: SettingsRow, table: SettingsTable, before: Row) -> None:
    """What the keys of the merged configs together mean."""
    columns = columns_of(model_of(table))
    for name, config in table.configs.items():
        merged = getattr(row, columns[name].attname)
        if merged != before[name]:
            setattr(row, columns[name].attname, config.settle(merged, before[name], False))


def _written(
    tx: Transaction,
    request: AnyRequest,
    table: SettingsTable,
    row: SettingsRow,
    fields: list[str] | None,
    event_of: EventOf,
    extra: Mapping[str, Any] | None = None,
    referred: Referred | None = None,
) -> Written:
    """Saves ``row`` at the next version and records the event; ``fields`` None: all."""
    row.revision = version = tx.take_version()
    if fields is None:
        tx.write(inserting_with_history(type(row), [row], request.actor, reason=request.reason))
    else:
        tx.write(updating_with_history(row, fields, request.actor, reason=request.reason))
    stored = row_payload(row, table)
    event = event_of(table, stored)
    told = {**event.payload(), **warnings_about(tx, table, stored, referred), **(extra or {})}
    return Written(tx.record(request, event, version), told)


def _updated_from(before: Row) -> EventOf:
    return partial(row_updated, old=before)


def _restored_from(before: Row | None, state: Row) -> EventOf:
    if not state["isActive"]:
        return row_deleted
    return row_created if before is None else _updated_from(before)


def _stays_deleted(table: SettingsTable, row: Row) -> Written:
    echo = row_deleted(table, row)
    return Written(None, {**echo.payload(), **in_both([DELETED])}, echo=echo)


def _unchanged(event: RowEvent, extra: Mapping[str, Any] | None = None) -> Written:
    return Written(None, {**event.payload(), **(extra or {})}, echo=event)


def _remove_dependents(
    request: AnyRequest, table: SettingsTable, row: SettingsRow, version: int
) -> dict[str, list[Row]]:
    removed: dict[str, list[Row]] = {}
    for other, dependents in dependents_of(row, table):
        for each in dependents:
            each.revision = version
            removed.setdefault(other.names.collection, []).append(row_payload(each, other))
            delete_with_history(each, request.actor, reason=request.reason)
    return removed
