"""What a person's calendar feed shows: the days of the published months on which they work, out of their documents alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from schedules.generation.kinds import Kind, State
from schedules.models import FeedLink, Publication, Schedule
from schedules.publications.seen import note_feed
from schedules.rules.publication import Document, PublishedGrid, document_from
from schedules.rules.times import times_on
from schedules.selectors.schedules import days_ago
from shiftsync.core.errors import NotFound
from shiftsync.core.fence import everywhere
from shiftsync.core.zones import zone_of
from shiftsync.tenants.credentials import digest_of

DAYS_BACK = 62

Moment = date | datetime


@dataclass(frozen=True, slots=True)
class WorkingDay:
    """A shift: ``start`` and ``end`` are moments in UTC where the shift type has times, else days (``end`` exclusive).

    ``sequence`` grows with each publication of the month.
    """

    uid: str
    day: date
    label: str
    start: Moment
    end: Moment
    published_at: datetime
    sequence: int


@dataclass(frozen=True, slots=True)
class Feed:
    """A calendar: its name, its shifts in order, and when anything that it is made of changed last."""

    name: str
    days: list[WorkingDay]
    changed_at: datetime


@everywhere()
def link_for(secret: str) -> FeedLink:
    """The live link of that secret. Raises :class:`NotFound`.

    The link of somebody who has left lives on, since what was published of them does.
    """
    link = (
        FeedLink.objects.select_related("staff", "restaurant").filter(revoked_at=None, digest=digest_of(secret)).first()
    )
    if link is None:
        raise NotFound("No such calendar.")
    return link


def feed_of(link: FeedLink) -> Feed:
    """The published shifts of the link's person, from two months back."""
    schedules = Schedule.objects.filter(
        restaurant_id=link.restaurant_id, period__end_date__gte=days_ago(link.restaurant.timezone, DAYS_BACK)
    )
    rows = list(schedules.select_related("publication").order_by("period__start_date"))
    changed_at = max([link.created_at, *(row.updated_at for row in rows)])
    name = ""
    days: list[WorkingDay] = []
    for publication in (row.publication for row in rows if row.publication is not None):
        document = document_from(publication.document)
        person = next((each for each in document.people if each.id == str(link.staff_id)), None)
        if person is not None:
            name = f"{person.name} – {document.restaurant}"
            note_feed(link, person.name, publication)
            days += working_days(document, publication, str(link.staff_id))
    return Feed(name or f"{link.staff.name} – {link.restaurant.name}", days, changed_at)


def working_days(document: Document, publication: Publication, staff_id: str) -> Iterator[WorkingDay]:
    """The shifts of a person in a published month, in order."""
    grid = PublishedGrid(document)
    types = {str(row["symbol"]): row for row in reversed(document.shift_types)}
    zone = zone_of(document.timezone)
    person = next(each for each in document.people if each.id == staff_id)
    for day, state in zip(grid.days, grid.states_of(person), strict=True):
        if not state.works:
            continue
        shift_type = types.get(_symbol(grid, state), {})
        cover = document.cover_at(staff_id, str(day))
        start, end = hours_of(times_on(shift_type, day), day, zone)
        yield WorkingDay(
            uid=f"{staff_id}-{day}@shiftsync",
            day=day,
            label=_label(str(shift_type.get("labelJa") or _symbol(grid, state)), cover.group_name if cover else ""),
            start=start,
            end=end,
            published_at=publication.published_at,
            sequence=publication.number,
        )


def _symbol(grid: PublishedGrid, state: State) -> str:
    normal = grid.types.first(Kind.NORMAL)
    return state.value or (normal.symbol if normal else "")


def _label(shift: str, group: str) -> str:
    """``早番（焼き場）``: the shift, and the group that is covered by it."""
    return f"{shift}（{group}）" if group else shift


def hours_of(times: Any, day: date, zone: ZoneInfo) -> tuple[Moment, Moment]:
    """From when until when: the whole day where there are no ``times``. A shift that ends before it begins ends on the next
    day. In UTC, since calendars do not agree on what a time in a named zone is."""
    if not times.get("startTime") or not times.get("endTime"):
        return day, day + timedelta(days=1)
    begins, ends = time.fromisoformat(times["startTime"]), time.fromisoformat(times["endTime"])
    last = day + timedelta(days=int(ends <= begins))
    return (
        datetime.combine(day, begins, zone).astimezone(UTC),
        datetime.combine(last, ends, zone).astimezone(UTC),
    )
