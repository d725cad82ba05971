"""Reading publications, and the facts of which a new one is made."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from schedules.events.calendar import shift_type_payload
from schedules.models import Publication, Schedule
from schedules.rules.publication import Cover, Document, Heading, build_document, document_from
from schedules.rules.times import as_of_month
from schedules.selectors.covers import covering_in
from schedules.selectors.schedules import (
    PlannedPeriod,
    period_of_schedule,
    schedule_in,
    shift_types_of,
    staff_in_period,
)
from schedules.selectors.special_days import special_days_between
from schedules.sql.cells import read_grid
from settings_app.models import StaffGroup
from shiftsync.core.encoding import decode, encode
from shiftsync.core.errors import NotFound
from shiftsync.core.holidays import holidays_between
from shiftsync.tenants.models import Restaurant
from shiftsync.tenants.selectors import habits_of
from staff.events import member_payload
from staff.rules import member_within
from staff.selectors import staff_of


class NotPublished(NotFound):
    """The month has nothing for those who only look."""

    default_message = "This month has not been published yet."


def shown_publication(restaurant_id: UUID, schedule_id: object) -> Publication:
    """The publication that viewers see of a schedule. Raises :class:`NotPublished`, or :class:`NotFound` for no schedule."""
    schedule = schedule_in(restaurant_id, schedule_id)
    found = None
    if schedule.publication_id is not None:
        found = Publication.objects.filter(id=schedule.publication_id).select_related("published_by").first()
    if found is None:
        raise NotPublished(details={"scheduleId": [NotPublished.default_message]})
    return found


def shown_document(restaurant_id: UUID, schedule_id: object) -> Document:
    """The document that viewers see of a schedule. Raises like :func:`shown_publication`."""
    return document_from(shown_publication(restaurant_id, schedule_id).document)


def parts_of_shown(restaurant_id: UUID, *parts: str) -> list[tuple[Any, ...]]:
    """Those parts of the documents that viewers see, with their schedule's id before them, in order of the periods.

    A month's cells are most of its document; who needs only its people does not read them.
    """
    rows = Schedule.objects.filter(restaurant_id=restaurant_id).exclude(publication=None).order_by("period__start_date")
    return list(rows.values_list("id", *(f"publication__document__{part}" for part in parts)))


def present_document(restaurant_id: UUID, schedule: Schedule) -> Document:
    """The document that would be published now. Inside the caller's transaction or consistent read."""
    period = period_of_schedule(restaurant_id, schedule.id)
    cells, _ = read_grid(schedule.id)
    built = build_document(
        _heading(restaurant_id, period, schedule.id),
        members=[
            member_within(member_payload(member), period.start_date, period.end_date)
            for member in staff_in_period(list(staff_of(restaurant_id)), period)
        ],
        shift_types=[
            as_of_month(shift_type_payload(row), period.start_date, period.end_date)
            for row in shift_types_of(restaurant_id)
        ],
        days=special_days_between(restaurant_id, period.start_date, period.end_date),
        cells=cells,
        covers=named_covers(restaurant_id, covering_in(schedule.id, cells)),
        holidays=_holidays(restaurant_id, period),
        groups=_groups(restaurant_id),
    )
    return document_from(as_json(built))


def as_json(document: Document) -> dict[str, Any]:
    """The document as the database keeps it: numbers, texts and lists only."""
    data: dict[str, Any] = decode(encode(document.to_json()))
    return data


def _heading(restaurant_id: UUID, period: PlannedPeriod, schedule_id: UUID) -> Heading:
    restaurant = Restaurant.objects.only("name", "timezone", "text_counts_as").get(id=restaurant_id)
    return Heading(
        str(schedule_id),
        period.start_date,
        period.end_date,
        restaurant.name,
        restaurant.timezone,
        restaurant.text_counts_as,
    )


def _groups(restaurant_id: UUID) -> list[dict[str, Any]]:
    """The groups of the version in use, in the order of the settings, by the id that all their copies share."""
    rows = StaffGroup.objects.filter(restaurant_id=restaurant_id, config_version__is_active=True, is_active=True)
    return [
        {"id": str(row.lineage_id), "name": row.name, "groupConfig": row.group_config}
        for row in rows.order_by("-created_at", "-id")
    ]


def _holidays(restaurant_id: UUID, period: PlannedPeriod) -> list[dict[str, str]]:
    """Those of the period, and that of the day after it, since the last day may be the one before a holiday."""
    last = period.end_date + timedelta(days=1)
    found = holidays_between(habits_of(restaurant_id).country, period.start_date, last)
    return [each.to_wire() for each in found]


def named_covers(restaurant_id: UUID, covering: Iterable[dict[str, str]]) -> list[Cover]:
    """The records of called backups with the names of their groups."""
    rows = list(covering)
    if not rows:
        return []
    groups = StaffGroup.objects.filter(restaurant_id=restaurant_id, id__in={row["groupId"] for row in rows})
    names = {str(id): name for id, name in groups.values_list("id", "name")}
    return [Cover(row["staffId"], row["dateKey"], row["groupId"], names.get(row["groupId"], "")) for row in rows]
