"""What a person's calendar feed shows: the days of the published schedules on which they work."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from schedules.events import shift_type_payload
from schedules.generation.kinds import Kind, ShiftTypes
from schedules.generation.loading import load_member, load_shift_type
from schedules.generation.meaning import meaning
from schedules.generation.problem import Staff
from schedules.models import FeedLink, Schedule, ScheduleState, ShiftType
from schedules.selectors import calendar_days_of, shift_types_of
from shiftsync.core.clock import local_today
from shiftsync.core.errors import NotFound
from shiftsync.tenants.credentials import digest_of
from staff.events import member_payload

DAYS_BACK = 62

Moment = date | datetime


@dataclass(frozen=True, slots=True)
class WorkingDay:
    """A shift: ``start`` and ``end`` are moments where the shift type has times, else days (``end`` exclusive)."""

    uid: str
    day: date
    label: str
    start: Moment
    end: Moment
    published_at: datetime


def link_for(secret: str) -> FeedLink:
    """The live link of that secret. Raises :class:`NotFound`."""
    links = FeedLink.objects.select_related("staff", "restaurant").filter(revoked_at=None, staff__is_active=True)
    link = links.filter(digest=digest_of(secret)).first()
    if link is None:
        raise NotFound("No such calendar.")
    return link


def working_days(link: FeedLink) -> Iterator[WorkingDay]:
    """The published shifts of the link's person, from two months back, in order."""
    zone = ZoneInfo(link.restaurant.timezone)
    types = {row.symbol: row for row in shift_types_of(link.restaurant_id)}
    meanings = ShiftTypes(load_shift_type(shift_type_payload(row)) for row in types.values())
    member = load_member(member_payload(link.staff))
    schedules = Schedule.objects.filter(
        restaurant_id=link.restaurant_id,
        state=ScheduleState.PUBLISHED,
        period__end_date__gte=local_today(link.restaurant.timezone) - timedelta(days=DAYS_BACK),
    )
    closed = frozenset(calendar_days_of(link.restaurant_id).filter(kind="closed").values_list("date", flat=True))
    for schedule in schedules.select_related("period").order_by("period__start_date"):
        for day, value in _worked(schedule, member, meanings, closed):
            normal = meanings.first(Kind.NORMAL)
            symbol = value or (normal.symbol if normal else "")
            yield _working_day(link, schedule, day, symbol, types.get(symbol), zone)


def _worked(
    schedule: Schedule, member: Staff, types: ShiftTypes, closed: frozenset[date]
) -> Iterator[tuple[date, str]]:
    row: dict[str, str] = (schedule.published or {}).get(member.id, {})
    length = (schedule.period.end_date - schedule.period.start_date).days + 1
    for day in (schedule.period.start_date + timedelta(days=step) for step in range(length)):
        value = row.get(str(day), "")
        if meaning(member, day, value, types=types, closed=closed).works:
            yield day, value


def _working_day(
    link: FeedLink, schedule: Schedule, day: date, symbol: str, kind: ShiftType | None, zone: ZoneInfo
) -> WorkingDay:
    start: Moment = day
    end: Moment = day + timedelta(days=1)
    if kind is not None and kind.start_time is not None and kind.end_time is not None:
        is_overnight = kind.end_time <= kind.start_time
        start = datetime.combine(day, kind.start_time, zone)
        end = datetime.combine(day + timedelta(days=int(is_overnight)), kind.end_time, zone)
    label = (kind.label_ja if kind is not None else "") or symbol
    published = schedule.published_at or schedule.updated_at
    return WorkingDay(f"{link.staff_id}-{day}@shiftsync", day, label, start, end, published)
