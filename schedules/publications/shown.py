"""Months by role: editors get what is planned; viewers get what is published, and nothing else. Of that, staff get their own alone where
the owner does not let them see each other's shifts (``only``, as in :class:`~shiftsync.core.actor.Sight`)."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from schedules.events.calendar import shift_type_payload
from schedules.models import Publication
from schedules.publications.rows import NotPublished, parts_of_shown, shown_publication
from schedules.publications.seen import note_viewer
from schedules.rules.cells import dense
from schedules.rules.publication import (
    Document,
    about,
    colleagues,
    cover_payload,
    document_from,
    person_from,
)
from schedules.selectors import schedules as selectors
from schedules.selectors.swaps import own_swaps_beside
from schedules.selectors.wishes import own_wishes_beside
from shiftsync.core.actor import Actor, Role
from shiftsync.core.clock import iso, now
from shiftsync.core.errors import NotFound
from shiftsync.core.holidays import holidays_around_now
from shiftsync.realtime.stream.selectors import author_name
from shiftsync.tenants.models import Restaurant
from shiftsync.tenants.selectors import person_of, sight_of
from shiftsync.tenants.services.restaurants import restaurant_facts

Payload = dict[str, Any]


def only_looks(actor: Actor) -> bool:
    """Whether somebody sees published months only."""
    return not actor.role.covers(Role.MANAGER)


def sync_shifts(actor: Actor, schedule_id: object, index: int | None, *, is_dense: bool) -> Payload:
    """The payload of ``SHIFT_SYNC_RESPONSE``; ``is_dense`` is for version 1 clients.

    Where ``schedule_id`` is missing, ``index`` tells the period. An unknown schedule has no cells.
    """
    if not only_looks(actor):
        return selectors.sync_shifts(actor.restaurant_id, schedule_id, index, is_dense=is_dense)
    only = sight_of(actor).only
    return published_shifts(actor.restaurant_id, schedule_id, index, is_dense=is_dense, reader=actor, only=only)


def seen_of(publication: Publication, reader: Actor) -> Document:
    """What ``reader`` sees of a publication: the one door to it for whatever answers somebody."""
    return narrowed(document_from(publication.document), sight_of(reader).only)


def narrowed(document: Document, only: str | None) -> Document:
    """The document as those see it who see ``only`` that person; None: everybody."""
    return document if only is None else about(document, only)


def published_shifts(
    restaurant_id: UUID,
    schedule_id: object,
    index: int | None,
    *,
    is_dense: bool,
    reader: Actor | None = None,
    only: str | None = None,
) -> Payload:
    """The payload of ``SHIFT_SYNC_RESPONSE`` for those who only look: of a month that is not published its state alone.

    With the cells go the people, days and shift types as they were published, except to version 1 clients, who ask for the staff
    by itself. ``reader`` is noted as having seen it, and gets their own wishes, which version 1 clients do not know.
    """
    period = selectors.find_period(restaurant_id, schedule_id, index)
    found = None
    if period is not None and period.schedule_id is not None:
        schedule_id, index = str(period.schedule_id), period.index
        found = _publication_or_none(restaurant_id, period.schedule_id)
    base: Payload = {
        "scheduleId": schedule_id,
        "periodIndex": index,
        "scheduleData": {},
        "timestamp": iso(now()),
        "state": period.state if period else None,
        "lockedCells": [],
        "jobs": [],
    }
    if reader is not None and not is_dense and period is not None and period.schedule_id is not None:
        base |= _own_beside(reader, period.schedule_id, period)
    if found is None:
        return base
    if reader is not None:
        note_viewer(reader, found)
    whole = document_from(found.document)
    document = narrowed(whole, only)
    data = {staff_id: dict(row) for staff_id, row in document.cells.items()}
    if is_dense:
        people, days = [person.id for person in document.people], [str(day) for day in document.dates()]
        return {**base, "scheduleData": dense(data, people, days), **_covering(document)}
    return {**base, "scheduleData": data, **_covering(document), "publication": _facts(found, whole, only)}


def _own_beside(reader: Actor, schedule_id: UUID, period: selectors.PlannedPeriod) -> Payload:
    """The wishes and the swaps of a reader; nothing for who is nobody on the schedule."""
    mine = person_of(reader)
    if mine is None:
        return {}
    wished = own_wishes_beside(reader.restaurant_id, mine.id, schedule_id, period.wish_deadline, period.wish_limit)
    return {**wished, **own_swaps_beside(schedule_id, str(mine.id))}


def _publication_or_none(restaurant_id: UUID, schedule_id: object) -> Publication | None:
    try:
        return shown_publication(restaurant_id, schedule_id)
    except NotPublished:
        return None


def _covering(document: Document) -> Payload:
    return {"covering": [cover_payload(each) for each in document.covers]} if document.covers else {}


def _facts(publication: Publication, whole: Document, only: str | None) -> Payload:
    """The publication without its cells, on the wire; what a document of an earlier form does not tell is left out. Who sees one person
    alone gets the names of those whom that one may ask for a swap."""
    document = narrowed(whole, only)
    later = {"holidays": document.holidays, "groups": document.groups}
    author = publication.published_by
    return {
        "number": publication.number,
        "publishedAt": iso(publication.published_at),
        "publishedBy": author_name(author) or None,
        "startDate": str(document.start_date),
        "endDate": str(document.end_date),
        "people": [{**person.member, "blanks": person.blanks} for person in document.people],
        "shiftTypes": list(document.shift_types),
        "days": list(document.days),
        "textCountsAs": document.text_counts_as,
        **{name: list(rows) for name, rows in later.items() if rows is not None},
        **({} if only is None else {"colleagues": colleagues(whole, only)}),
    }


def publication_payload(actor: Actor, schedule_id: object) -> Payload:
    """The payload of ``PUBLICATION``: the whole document. Raises :class:`NotPublished`."""
    publication = shown_publication(actor.restaurant_id, schedule_id)
    note_viewer(actor, publication)
    whole, only = document_from(publication.document), sight_of(actor).only
    document = narrowed(whole, only)
    return {
        "scheduleId": document.schedule_id,
        "state": "published",
        **_facts(publication, whole, only),
        "scheduleData": document.cells,
        "covering": [cover_payload(each) for each in document.covers],
    }


def published_cells(actor: Actor, schedule_id: object) -> Payload:
    """The cells as they were published, none where nothing is. Raises :class:`NotFound`."""
    try:
        publication = shown_publication(actor.restaurant_id, schedule_id)
    except NotPublished:
        return {"publishedAt": None, "scheduleData": {}}
    note_viewer(actor, publication)
    return {"publishedAt": publication.published_at, "scheduleData": seen_of(publication, actor).cells}


# --- people, days and shift types ---


def sync_staff(actor: Actor, index: int) -> Payload:
    """The payload of ``SYNC_RESPONSE`` for the period with that index."""
    if not only_looks(actor):
        return selectors.sync_staff(actor.restaurant_id, index)
    return published_staff(actor.restaurant_id, index, sight_of(actor).only)


def published_staff(restaurant_id: UUID, index: int, only: str | None = None) -> Payload:
    """The payload of ``SYNC_RESPONSE`` for those who only look."""
    period = selectors.period_at(restaurant_id, index)
    by_schedule = _people_by_schedule(restaurant_id, only)
    staff = _members(by_schedule, period.schedule_id, index) if period else []
    return {"staff": staff, "staffMembers": staff, "period": index, "timestamp": iso(now())}


def sync_all_periods(actor: Actor, *, has_others: bool) -> Payload:
    """The payload of ``SYNC_ALL_PERIODS_RESPONSE``; ``has_others``: for editors, with those who belong to no period that there is."""
    if not only_looks(actor):
        return selectors.sync_all_periods(actor.restaurant_id, has_others=has_others)
    return published_staff_of_all_periods(actor.restaurant_id, sight_of(actor).only)


def published_staff_of_all_periods(restaurant_id: UUID, only: str | None = None) -> Payload:
    """The payload of ``SYNC_ALL_PERIODS_RESPONSE`` for those who only look."""
    by_schedule = _people_by_schedule(restaurant_id, only)
    periods = selectors.periods_of(restaurant_id)
    staff = {str(period.index): _members(by_schedule, period.schedule_id, period.index) for period in periods}
    return {"periods": staff, "totalPeriods": len(periods), "timestamp": iso(now())}


def staff_in(actor: Actor, index: int) -> list[Payload]:
    """The staff of the period with that index, as it was published. For those who only look."""
    staff: list[Payload] = sync_staff(actor, index)["staff"]
    return staff


def _people_by_schedule(restaurant_id: UUID, only: str | None) -> dict[UUID, Any]:
    return {
        schedule_id: [row for row in people if only in (None, row["id"])]
        for schedule_id, people in parts_of_shown(restaurant_id, "people")
    }


def _members(by_schedule: Mapping[UUID, Any], schedule_id: UUID | None, index: int) -> list[Payload]:
    people = by_schedule.get(schedule_id, ()) if schedule_id else ()
    return [{**person_from(row).member, "period": index} for row in people]


def sync_calendar(actor: Actor, *, is_flat: bool = False) -> Payload:
    """The payload of ``CALENDAR_SYNC_RESPONSE``; ``is_flat`` is for version 1 clients.

    Who only looks gets the days of the published months as they were then, what repeats among them, and each shift type as the latest of
    those months has it."""
    if not only_looks(actor):
        read = selectors.flat_calendar if is_flat else selectors.sync_calendar
        return read(actor.restaurant_id)
    parts = parts_of_shown(actor.restaurant_id, "days", "shiftTypes")
    restaurant = Restaurant.objects.get(id=actor.restaurant_id)
    return {
        "restaurant": restaurant_facts(restaurant),
        "periods": [period.payload() for period in selectors.periods_of(actor.restaurant_id)],
        "holidays": [each.to_wire() for each in holidays_around_now(restaurant.country)],
        "days": [day for _, days, _ in parts for day in days],
        "closingRules": [],
        "shiftTypes": _latest(types for _, _, types in parts),
        "timestamp": iso(now()),
    }


def shift_types(actor: Actor) -> list[Payload]:
    """The shift types that somebody may know of."""
    if not only_looks(actor):
        return [shift_type_payload(shift_type) for shift_type in selectors.shift_types_of(actor.restaurant_id)]
    found: list[Payload] = sync_calendar(actor)["shiftTypes"]
    return found


def _latest(months: Iterable[Iterable[Payload]]) -> list[Payload]:
    """Each shift type as the latest of the months has it; where two have the same symbol, the later one."""
    by_id: dict[str, Payload] = {}
    for types in months:
        for each in types:
            by_id = {id: known for id, known in by_id.items() if known["symbol"] != each["symbol"] or id == each["id"]}
            by_id[each["id"]] = each
    return list(by_id.values())


def stored_value(actor: Actor, schedule_id: UUID, staff_id: object, date_key: object) -> str:
    """What a cell holds, as far as somebody may see it; blank for a cell that cannot be."""
    if not only_looks(actor):
        return selectors.stored_value(schedule_id, staff_id, date_key)
    try:
        data = seen_of(shown_publication(actor.restaurant_id, schedule_id), actor).cells
    except NotFound:
        return ""
    return selectors.value_in(data, staff_id, date_key)
