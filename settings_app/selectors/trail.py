"""The audit trail: the history of all settings tables and of the versions, in the order in which it happened.

Each change has a version of the restaurant, which every row that it wrote carries as its revision; so entries of all
tables are in one order, and a page is read from an index of each.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID

from settings_app.models import ConfigVersion
from settings_app.rules.rows import Row
from settings_app.selectors.rows import REMOVED
from settings_app.selectors.trail_sql import History, Place, entries_with_earlier, places
from settings_app.tables import model_of, settings_tables
from settings_app.wire_rows import row_payload, version_state
from shiftsync.core.clock import iso
from shiftsync.core.errors import NotFound, ValidationFailed
from shiftsync.core.ids import parse_id
from shiftsync.core.payloads import FromPayload, from_payload
from shiftsync.realtime.stream.selectors import author_name
from shiftsync.tenants.models import User

VERSIONS = "config_versions"
MAX_PAGE = 500
CREATED = "+"
ROW = "id"


@dataclass(frozen=True, slots=True)
class Source:
    """One table of the trail: its history, and how an entry reads."""

    key: str
    rank: int
    history: Any
    payload: Callable[[Any], Row]
    is_deleted: Callable[[Any], bool]
    version_field: str


@dataclass(frozen=True, slots=True)
class TrailFilter(FromPayload):
    """Which entries: of one version, one table (by key or collection), one row with its copies in other versions, one user. None: of
    all."""

    version_id: str | None = None
    table: str | None = field(default=None, metadata=from_payload("table_name"))
    row_id: str | None = None
    user_id: str | None = None


@dataclass(frozen=True, slots=True)
class TrailQuestion(TrailFilter):
    """Those entries, page by page. ``cursor``: where the page begins; None: at the newest."""

    cursor: str | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the trail: what a change did to one row."""

    source: Source
    after: Any
    before: Any
    author: Any = None

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
        """The entry as the protocol names its fields: what changed, who did it, when."""
        user = self.author
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

    Raises :class:`ValidationFailed` for an invalid cursor or an unknown table.
    """
    place = _parse(cursor)
    limit = max(1, min(limit, MAX_PAGE))
    sources = {source.rank: source for source in _sources() if _is_wanted(source, wanted)}
    if wanted.table is not None and not sources:
        raise ValidationFailed.of("tableName", f"There is no table {wanted.table}.")
    histories = [history for source in sources.values() if (history := _history(source, wanted)) is not None]
    found = places(histories, restaurant_id, place, limit + 1)
    entries = _entries(sources, found[:limit])
    return entries, _cursor(found[limit - 1]) if len(found) > limit else None


def trail_payload(restaurant_id: UUID, asked: TrailQuestion) -> dict[str, Any]:
    """A page as the socket and REST answer it. Raises as :func:`trail_page` does."""
    entries, cursor = trail_page(restaurant_id, asked, cursor=asked.cursor, limit=asked.limit)
    return {"changes": [entry.to_wire() for entry in entries], "cursor": cursor}


def trail_entry(restaurant_id: UUID, change_id: str) -> Entry:
    """The one door to an entry. Raises :class:`NotFound`."""
    key, _, number = change_id.partition(":")
    source = next((each for each in _sources() if each.key == key), None)
    if source is None or not number.isdecimal() or len(number) > 18:
        raise NotFound("No such audit trail entry.")
    row = source.history.filter(restaurant_id=restaurant_id, history_id=int(number)).first()
    if row is None:
        raise NotFound("No such audit trail entry.")
    (entry,) = _entries({source.rank: source}, [(row.revision, source.rank, row.history_id)])
    return entry


def _sources() -> list[Source]:
    versions = Source(
        VERSIONS, 0, ConfigVersion.history, version_state, lambda version: version.deleted_at is not None, "id"
    )
    rows = [
        Source(
            table.key,
            rank,
            model_of(table).history,  # type: ignore[attr-defined]  # every table has a history
            partial(row_payload, table=table),
            lambda row: not row.is_active,
            "config_version_id",
        )
        for rank, table in enumerate(settings_tables(), start=1)
    ]
    return [versions, *rows]


def _is_wanted(source: Source, wanted: TrailFilter) -> bool:
    if wanted.table is None:
        return True
    names = {source.key, *(each.names.collection for each in settings_tables() if each.key == source.key)}
    return wanted.table in names


def _history(source: Source, wanted: TrailFilter) -> History | None:
    """What to search of a source; None where an id is no UUID: that is simply not found."""
    asked = ((source.version_field, wanted.version_id), (ROW, wanted.row_id), ("history_user_id", wanted.user_id))
    ids = {column: parse_id(value) for column, value in asked if value is not None}
    known = {column: value for column, value in ids.items() if value is not None}
    if len(known) < len(ids):
        return None
    # Versions are of no line.
    line_of = None if source.key == VERSIONS else known.pop(ROW, None)
    return History(source.history.model, source.rank, known, line_of)


def _entries(sources: Mapping[int, Source], found: Sequence[Place]) -> list[Entry]:
    """The entries at those places, in their order: a query for each table among them, and one for the authors."""
    rows = {
        rank: entries_with_earlier(sources[rank].history.model, [number for _, at, number in found if at == rank])
        for rank in {rank for _, rank, _ in found}
    }
    pairs = [(sources[rank], *rows[rank][number]) for _, rank, number in found]
    authors = User.objects.in_bulk({after.history_user_id for _, after, _ in pairs if after.history_user_id})
    return [Entry(source, after, before, authors.get(after.history_user_id)) for source, after, before in pairs]


def _cursor(place: Place) -> str:
    return "-".join(str(part) for part in place)


def _parse(cursor: str | None) -> Place | None:
    if not cursor:
        return None
    parts = cursor.split("-")
    if len(parts) != 3 or not all(part.isdecimal() and len(part) <= 18 for part in parts):
        raise ValidationFailed.of("cursor", "Not a cursor of the audit trail.")
    revision, rank, history_id = (int(part) for part in parts)
    return revision, rank, history_id
