"""The rows of the settings tables, and what they refer to."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from settings_app.models import SettingsRow
from settings_app.rules.rows import Row
from settings_app.rules.shapes import STAFF
from settings_app.rules.table import Referred, SettingsTable
from settings_app.tables import model_of, require_table, settings_tables
from settings_app.wire_rows import columns_of, row_payload
from shiftsync.core.errors import NotFound
from shiftsync.core.ids import parse_id
from staff.events import member_payload
from staff.selectors import staff_of

REMOVED = "-"
"""What an entry of a row's history says that took it out of the database."""


def all_rows(table: SettingsTable, restaurant_id: UUID) -> QuerySet[SettingsRow]:
    """The rows of a table in all versions, deleted ones included."""
    return model_of(table)._default_manager.filter(restaurant_id=restaurant_id)


def rows_of(table: SettingsTable, version_id: UUID, *, include_deleted: bool = False) -> QuerySet[SettingsRow]:
    """The rows of a table in one version, the newest first."""
    rows = model_of(table)._default_manager.filter(config_version_id=version_id).order_by("-created_at", "-id")
    return rows if include_deleted else rows.filter(is_active=True)


def settings_row(table: SettingsTable, restaurant_id: UUID, row_id: object) -> SettingsRow:
    """The one door to a row, deleted or not. Raises :class:`NotFound`."""
    wanted = parse_id(row_id)
    row = all_rows(table, restaurant_id).filter(id=wanted).first() if wanted else None
    if row is None:
        raise NotFound(f"No such row among the {table.title}.")
    return row


def row_seen_at(row: SettingsRow, table: SettingsTable, revision: int | None) -> Row | None:
    """The row, on the wire, as it stood at that version of the restaurant; None where that is not known, or it is so now."""
    if revision is None or row.revision <= revision:
        return None
    history: Any = row.history  # type: ignore[attr-defined]  # every table is audited
    entry = history.filter(revision__lte=revision).order_by("-revision", "-history_id").first()
    return None if entry is None else row_payload(entry, table)


def removed_row(table: SettingsTable, restaurant_id: UUID, row_id: UUID) -> Row | None:
    """A row that was removed for good, on the wire, as its history has it last; None where there never was one."""
    history: Any = model_of(table).history  # type: ignore[attr-defined]  # every table is audited
    entry = history.filter(restaurant_id=restaurant_id, id=row_id, history_type=REMOVED).order_by("-history_id").first()
    return None if entry is None else {**row_payload(entry, table), "isActive": False}


def rows_in_use(table: SettingsTable, restaurant_id: UUID, ids: Collection[UUID]) -> dict[UUID, UUID]:
    """The rows of the version in use that those rows, of whatever version, are copies or originals of: id → id, where there is one."""
    in_use = Q(config_version__is_active=True, is_active=True)
    rows = all_rows(table, restaurant_id).filter(in_use | Q(id__in=ids))
    found = list(rows.values_list("id", "lineage_id", "config_version__is_active", "is_active"))
    by_lineage = {lineage: id for id, lineage, is_in_use, is_active in found if is_in_use and is_active}
    return {id: by_lineage[lineage] for id, lineage, _, _ in found if id in ids and lineage in by_lineage}


def payloads_of(table: SettingsTable, version_id: UUID, *, include_deleted: bool = False) -> list[Row]:
    """The same as :func:`rows_of`, on the wire."""
    return [row_payload(row, table) for row in rows_of(table, version_id, include_deleted=include_deleted)]


def version_rows(version_id: UUID, *, include_deleted: bool = False) -> dict[str, list[Row]]:
    """All rows of a version by table key, the oldest first: the order in which they were made."""
    return {
        table.key: payloads_of(table, version_id, include_deleted=include_deleted)[::-1] for table in settings_tables()
    }


def referred_by(
    row: Mapping[str, Any], table: SettingsTable, restaurant_id: UUID, version_id: UUID
) -> tuple[Referred, list[str]]:
    """What the row's own single references mean, by field; and the fields whose ids mean nothing that is there."""
    found = {
        name: _referred(refers.target, row.get(name), restaurant_id, version_id)
        for name, refers in table.row.references.items()
    }
    return {name: row for name, row in found.items() if row}, [name for name, row in found.items() if row is None]


def _referred(target: str, row_id: object, restaurant_id: UUID, version_id: UUID) -> Row | None:
    wanted = parse_id(row_id)
    if wanted is None:
        return None
    if target == STAFF:
        member = staff_of(restaurant_id).filter(id=wanted).first()
        return member_payload(member) if member else None
    table = require_table(target)
    row = rows_of(table, version_id).filter(id=wanted).first()
    return row_payload(row, table) if row else None


def known_ids(target: str, restaurant_id: UUID, version_id: UUID) -> set[UUID]:
    """The ids that may be named: of all staff there ever was, or of the rows of a table in that version."""
    if target == STAFF:
        rows: QuerySet[Any] = staff_of(restaurant_id, include_deleted=True)
    else:
        rows = rows_of(require_table(target), version_id)
    return set(rows.order_by().values_list("id", flat=True))


def dependents_of(row: SettingsRow, table: SettingsTable) -> Iterable[tuple[SettingsTable, list[SettingsRow]]]:
    """The rows that refer to ``row`` by a field of their own, deleted ones included, by table."""
    for other in settings_tables():
        for name, refers in other.row.references.items():
            if refers.target == table.key:
                column = columns_of(model_of(other))[name].attname
                yield other, list(model_of(other)._default_manager.filter(**{column: row.pk}))
