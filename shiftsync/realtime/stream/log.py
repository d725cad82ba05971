"""Writing and reading the change log and the remembered requests, a fixed number of statements whatever their number."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, F, TextField, Value, When

from shiftsync.core.clock import iso
from shiftsync.core.encoding import decode, encode
from shiftsync.core.errors import DomainError
from shiftsync.core.fence import within
from shiftsync.core.queries import AmongRows, BoundQuery, CompiledQuery, Parameter
from shiftsync.core.sql import Statement, array_literal, fetch_rows, insertion, is_postgresql
from shiftsync.realtime.events import Event, LoggedChange
from shiftsync.realtime.models import Change, Request
from shiftsync.realtime.protocol.wire import BROADCASTS
from shiftsync.realtime.stream.requests import AnyRequest, Outcome, refusal_answer

Pending = tuple[AnyRequest, UUID, str]

CHANGE_COLUMNS = {
    "restaurant_id": "uuid",
    "version": "bigint",
    "topic": "text",
    "type": "text",
    "entity": "text",
    "entity_id": "text",
    "payload": "text",
    "old_values": "text",
    "actor_id": "uuid",
    "client_id": "text",
    "request_id": "uuid",
    "undoes": "bigint",
    "is_undo": "boolean",
    "is_dropped": "boolean",
    "created_at": "timestamptz",
}
REQUEST_COLUMNS = {
    "restaurant_id": "uuid",
    "user_id": "uuid",
    "request_id": "uuid",
    "content_hash": "text",
    "version": "bigint",
    "answer": "text",
    "created_at": "timestamptz",
}
READ_FIELDS = (
    "restaurant_id",
    "version",
    "topic",
    "type",
    "entity_id",
    "payload",
    "actor_id",
    "client_id",
    "request_id",
    "created_at",
    "needed_old_values",
)
Row = tuple[UUID, int, str, str, str, str, UUID | None, str | None, UUID | None, datetime, str]
"""What is read of a change: those fields."""


def logged(event: Event, request: AnyRequest, restaurant_id: UUID, version: int, timestamp: str) -> LoggedChange:
    """``event`` as it is logged and delivered."""
    return LoggedChange(
        restaurant_id=restaurant_id,
        version=version,
        topic=event.topic,
        type=event.type,
        entity_id=event.entity_id,
        payload=encode(event.payload()),
        user_id=request.actor.user_id,
        client_id=request.actor.client_id,
        request_id=request.request_id,
        timestamp=timestamp,
        trace=request.trace and request.trace.spot,
        old_values=encode(event.old_values()),
    )


def log_rows(entries: Sequence[tuple[LoggedChange, Event]], moment: datetime) -> Statement:
    """The statement that appends those changes to the log."""
    return insertion(
        Change._meta.db_table,
        CHANGE_COLUMNS,
        [
            (
                change.restaurant_id,
                change.version,
                change.topic,
                change.type,
                event.entity,
                change.entity_id,
                change.payload if _is_kept_whole(change.type) else encode(event.kept()),
                change.old_values,
                change.user_id,
                change.client_id,
                change.request_id,
                event.undoes,
                event.is_undo,
                False,
                moment,
            )
            for change, event in entries
        ],
    )


Answered = tuple[AnyRequest, UUID, str, Outcome | DomainError]


def answer_rows(restaurant_id: UUID, answers: Iterable[Answered], version: int, moment: datetime) -> Statement:
    """The statement that stores the answer of each request: its acknowledgement, or its refusal at ``version``."""

    def row(request: AnyRequest, request_id: UUID, digest: str, answer: Outcome | DomainError) -> tuple[object, ...]:
        known = (restaurant_id, request.actor.user_id, request_id, digest)
        if isinstance(answer, Outcome):
            return (*known, answer.version, answer.answer(), moment)
        return (*known, version, refusal_answer(answer), moment)

    return insertion(Request._meta.db_table, REQUEST_COLUMNS, [row(*answered) for answered in answers])


_REMEMBERED = CompiledQuery(
    lambda: Request.objects.filter(
        restaurant_id=Parameter("restaurant"), request_id__among=Parameter("requests")
    ).values_list("user_id", "request_id", "content_hash", "answer")
)


def remembered(restaurant_id: UUID, pending: Sequence[Pending]) -> BoundQuery:
    """The query for user, request id, content hash and answer of requests that were answered before."""
    return _REMEMBERED(restaurant=restaurant_id, requests=[entry[1] for entry in pending])


_REMEMBERED_OF_MANY = CompiledQuery(
    lambda: Request.objects.filter(AmongRows(restaurant_id="restaurants", request_id="requests")).values_list(
        "restaurant_id", "user_id", "request_id", "content_hash", "answer"
    )
)


def remembered_of_many(pending: Sequence[Pending]) -> BoundQuery:
    """The same for requests of several restaurants; each row begins with its restaurant."""
    return _REMEMBERED_OF_MANY(
        restaurants=[entry[0].actor.restaurant_id for entry in pending], requests=[entry[1] for entry in pending]
    )


def read_after(
    restaurant_id: UUID, since: int, limit: int, until: int | None = None, *, types: Sequence[str] | None = None
) -> list[LoggedChange]:
    """Up to ``limit`` changes with versions above ``since`` (and up to ``until``), in version order; of ``types`` only."""
    rows = Change.objects.filter(restaurant_id=restaurant_id, version__gt=since)
    if until is not None:
        rows = rows.filter(version__lte=until)
    if types is not None:
        rows = rows.filter(type__in=types)
    needing = _types_that_need_old_values()
    old_values = Case(When(type__in=needing, then=F("old_values")), default=Value("{}"), output_field=TextField())
    rows = rows.annotate(needed_old_values=old_values).order_by("version")
    with within(restaurant_id):
        return [_from_row(row) for row in rows.values_list(*READ_FIELDS)[:limit]]


def read_after_many(since: Mapping[UUID, int], limit: int) -> dict[UUID, list[LoggedChange]]:
    """:func:`read_after` for several restaurants, each from a version of its own: up to ``limit`` changes of each."""
    if not is_postgresql():
        return {restaurant_id: read_after(restaurant_id, version, limit) for restaurant_id, version in since.items()}
    found: dict[UUID, list[LoggedChange]] = {}
    with within(*since):
        # All of it within: what the log keeps as a reference is read again.
        for row in fetch_rows(*after_many(since, limit)):
            found.setdefault(row[0], []).append(_from_row(row))
    return found


def after_many(since: Mapping[UUID, int], limit: int) -> tuple[str, list[Any]]:
    """The statement by which PostgreSQL finds what :func:`read_after_many` reads."""
    columns = ", ".join(f'c."{name}"' for name in READ_FIELDS[:-1])
    sql = (
        f"SELECT {columns}, CASE WHEN c.type = ANY(%s::text[]) THEN c.old_values ELSE '{{}}' END"
        " FROM unnest(%s::uuid[], %s::bigint[]) AS k(restaurant_id, since) CROSS JOIN LATERAL"
        f' (SELECT * FROM "{Change._meta.db_table}" c WHERE c.restaurant_id = k.restaurant_id AND c.version > k.since'
        " ORDER BY c.version LIMIT %s) AS c ORDER BY c.restaurant_id, c.version"
    )
    needing = array_literal(_types_that_need_old_values(), is_text=True)
    return sql, [needing, array_literal(list(since)), array_literal(list(since.values())), limit]


def changes_in(rows: Iterable[Row]) -> dict[UUID, list[LoggedChange]] | None:
    """The changes in the rows of :func:`after_many`; None where the log keeps one of them as a reference, which only
    :func:`read_after_many` reads."""
    found: dict[UUID, list[LoggedChange]] = {}
    for row in rows:
        if not _is_kept_whole(row[3]):
            return None
        found.setdefault(row[0], []).append(_as_kept(row))
    return found


def _types_that_need_old_values() -> list[str]:
    return [type for type, spec in BROADCASTS.items() if spec.v1.reads_old_values]


def _from_row(row: Row) -> LoggedChange:
    change = _as_kept(row)
    spec = BROADCASTS.get(change.type)
    if spec is None or spec.expand is None:
        return change
    return replace(change, payload=encode(spec.expand(change.restaurant_id, decode(change.payload))))


def _as_kept(row: Row) -> LoggedChange:
    return LoggedChange(*row[:9], timestamp=iso(row[9]), old_values=row[10])


def _is_kept_whole(type: str) -> bool:
    spec = BROADCASTS.get(type)
    return spec is None or spec.expand is None


def in_pages(restaurant_id: UUID, since: int, until: int, page: int = 500) -> Iterator[list[LoggedChange]]:
    """All changes in ``since < version <= until``, page by page."""
    while since < until:
        changes = read_after(restaurant_id, since, page, until)
        if not changes:
            return
        yield changes
        since = changes[-1].version
