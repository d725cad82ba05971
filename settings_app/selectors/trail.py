"""The audit trail: the history of all settings tables and of the versions, in the order in which it happened.

Each change has a version of the restaurant, which every row that it wrote carries as its revision; so entries of all
tables are in one order, and a page is read from an index of each.
"""

import heapq
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery

from settings_app.models import ConfigVersion
from settings_app.rules.rows import Row
from settings_app.tables import model_of, settings_tables
from settings_app.wire_rows import row_payload, version_payload
from shiftsync.core.clock import iso
from shiftsync.core.errors import NotFound, ValidationFailed
from shiftsync.core.ids import parse_id
from shiftsync.realtime.selectors import author_name

VERSIONS = "config_versions"
MAX_PAGE = 500
CREATED, REMOVED = "+", "-"


@dataclass(frozen=True, slots=True)
class Source:
    """One table of the trail: its history, and how an entry reads."""

    key: str
    history: Any
    payload: Callable[[Any], Row]
    is_deleted: Callable[[Any], bool]
    version_field: str


@dataclass(frozen=True, slots=True)
class TrailFilter:
    """Which entries: of one version, one table (by key or collection), one row, one user. None: of all."""

    version_id: str | None = None
    table: str | None = None
    row_id: str | None = None
    user_id: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the trail: what a change did to one row."""

    source: Source
    after: Any
    before: Any

    @property
    def id(self) -> str:
        """Names the entry, for restoring it."""
        return f"{self.source.key}:{self.after.history_id}"

    @property
    def operation(self) -> str:
        """A soft delete reads DELETE, as the client that asked for it sees it."""
        if self.after.history_type == CREATED:
            return "INSERT"
        is_gone = self.source.is_deleted(self.after)
        was_there = self.before is None or not self.source.is_deleted(self.before)
        return "DELETE" if self.after.history_type == REMOVED or (is_gone and was_there) else "UPDATE"

    @property
    def old_data(self) -> Row | None:
        """The row before the change; None where there was none."""
        return None if self.before is None else self.source.payload(self.before)

    @property
    def new_data(self) -> Row | None:
        """The row after it; None where it was removed for good."""
        return None if self.after.history_type == REMOVED else self.source.payload(self.after)

    def to_wire(self) -> Row:
        user = self.after.history_user
        return {
            "id": self.id,
            "tableName": self.source.key,
            "rowId": str(self.after.id),
            "operation": self.operation,
            "oldData": self.old_data,
            "newData": self.new_data,
            "changedBy": author_name(user) or None,
            "changedById": None if user is None else str(user.id),
            "changedAt": iso(self.after.history_date),
            "reason": self.after.history_change_reason or "",
            "versionId": str(getattr(self.after, self.source.version_field)),
            "revision": self.after.revision,
        }


def trail_page(
    restaurant_id: UUID, wanted: TrailFilter, *, cursor: str | None = None, limit: int = 50
) -> tuple[list[Entry], str | None]:
    """A page, the newest first, and the cursor of the next one (None: this was the last).

    Raises :class:`ValidationFailed` for a cursor that is none and a table that is not there.
    """
    place = _parse(cursor)
    limit = max(1, min(limit, MAX_PAGE))
    sources = [(rank, source) for rank, source in enumerate(_sources()) if _is_wanted(source, wanted)]
    if wanted.table is not None and not sources:
        raise ValidationFailed.of("tableName", f"There is no table {wanted.table}.")
    runs = [_run(restaurant_id, rank, source, wanted, place, limit + 1) for rank, source in sources]
    merged = list(heapq.merge(*runs, key=lambda found: found[0], reverse=True))[: limit + 1]
    entries = _with_before([(source, row) for _, source, row in merged[:limit]])
    return entries, _cursor(merged[limit - 1][0]) if len(merged) > limit else None


def trail_payload(restaurant_id: UUID, asked: Mapping[str, Any]) -> dict[str, Any]:
    """A page as the socket and REST answer it; ``asked`` is a valid query."""
    wanted = TrailFilter(asked.get("version_id"), asked.get("table_name"), asked.get("row_id"), asked.get("user_id"))
    entries, cursor = trail_page(restaurant_id, wanted, cursor=asked.get("cursor"), limit=asked["limit"])
    return {"changes": [entry.to_wire() for entry in entries], "cursor": cursor}


def trail_entry(restaurant_id: UUID, change_id: str) -> Entry:
    """The one door to an entry. Raises :class:`NotFound`."""
    key, _, number = change_id.partition(":")
    source = next((each for each in _sources() if each.key == key), None)
    if source is None or not number.isdecimal() or len(number) > 18:
        raise NotFound("No such entry of the audit trail.")
    row = source.history.filter(restaurant_id=restaurant_id, history_id=int(number)).first()
    if row is None:
        raise NotFound("No such entry of the audit trail.")
    (entry,) = _with_before([(source, _annotated(source).get(history_id=row.history_id))])
    return entry


Place = tuple[int, int, int]
Found = tuple[Place, Source, Any]


def _sources() -> list[Source]:
    rows = [
        Source(
            table.key,
            model_of(table).history,  # type: ignore[attr-defined]  # every table has a history
            partial(row_payload, table=table),
            lambda row: not row.is_active,
            "config_version_id",
        )
        for table in settings_tables()
    ]
    versions = Source(
        VERSIONS, ConfigVersion.history, version_payload, lambda version: version.deleted_at is not None, "id"
    )
    return [versions, *rows]


def _is_wanted(source: Source, wanted: TrailFilter) -> bool:
    if wanted.table is None:
        return True
    names = {source.key, *(each.names.collection for each in settings_tables() if each.key == source.key)}
    return wanted.table in names


def _annotated(source: Source) -> Any:
    """The history with the id of the entry before each."""
    earlier = source.history.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id")).order_by("-history_id")
    return source.history.select_related("history_user").annotate(
        previous_id=Subquery(earlier.values("history_id")[:1])
    )


def _run(
    restaurant_id: UUID, rank: int, source: Source, wanted: TrailFilter, place: Place | None, limit: int
) -> Iterator[Found]:
    rows = _annotated(source).filter(_condition(source, wanted), restaurant_id=restaurant_id)
    if place is not None:
        rows = rows.filter(_before(place, rank))
    for row in rows.order_by("-revision", "-history_id")[:limit]:
        yield (row.revision, rank, row.history_id), source, row


def _condition(source: Source, wanted: TrailFilter) -> Q:
    """An id that is no UUID is simply not found."""
    condition = Q()
    for name, value in (
        (source.version_field, wanted.version_id),
        ("id", wanted.row_id),
        ("history_user_id", wanted.user_id),
    ):
        if value is not None:
            found = parse_id(value)
            condition &= Q(**{name: found}) if found else Q(pk__in=[])
    return condition


def _before(place: Place, rank: int) -> Q:
    """What stands after ``place`` in an order that goes down by revision, table and entry."""
    revision, place_rank, history_id = place
    if rank > place_rank:
        return Q(revision__lt=revision)
    if rank < place_rank:
        return Q(revision__lte=revision)
    return Q(revision__lt=revision) | Q(revision=revision, history_id__lt=history_id)


def _with_before(rows: Sequence[tuple[Source, Any]]) -> list[Entry]:
    """The entries with those before them, in one query for each table."""
    ids: dict[str, list[int]] = {}
    for source, row in rows:
        if row.previous_id is not None:
            ids.setdefault(source.key, []).append(row.previous_id)
    histories: Mapping[str, Any] = {source.key: source.history for source, _ in rows}
    before = {
        (key, row.history_id): row
        for key, wanted in ids.items()
        for row in histories[key].filter(history_id__in=wanted)
    }
    return [Entry(source, row, before.get((source.key, row.previous_id))) for source, row in rows]


def _cursor(place: Place) -> str:
    return "-".join(str(part) for part in place)


def _parse(cursor: str | None) -> Place | None:
    if not cursor:
        return None
    parts = cursor.split("-")
    if len(parts) != 3 or not all(part.isdecimal() and len(part) <= 18 for part in parts):
        raise ValidationFailed.of("cursor", "This is no cursor of the audit trail.")
    revision, rank, history_id = (int(part) for part in parts)
    return revision, rank, history_id
