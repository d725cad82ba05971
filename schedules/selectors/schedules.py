"""Reading periods, calendars, schedules and grids. Whatever is of another restaurant does not exist."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import JSONBAgg
from django.db.models import Func, JSONField, QuerySet, TextField
from django.db.models.functions import Cast

from schedules.events.calendar import calendar_day_payload, closing_rule_payload, shift_type_payload
from schedules.models import CalendarDay, Period, Schedule, Shift, ShiftType
from schedules.rules.cells import ScheduleData, dense
from schedules.rules.spelling import Spelled, Speller
from schedules.selectors.covers import covering_in
from schedules.selectors.jobs import last_jobs
from schedules.selectors.special_days import closing_rules_of, special_days_between
from schedules.selectors.swaps import swaps_beside
from schedules.selectors.wishes import wishes_beside
from schedules.sql.cells import read_grid
from shiftsync.core.clock import iso, local_today, now
from shiftsync.core.encoding import decode
from shiftsync.core.errors import NotFound
from shiftsync.core.holidays import holidays_around_now
from shiftsync.core.ids import parse_id
from shiftsync.core.queries import BoundQuery, CompiledQuery, Parameter, fetch_together
from shiftsync.tenants.models import Restaurant
from shiftsync.tenants.services.restaurants import restaurant_facts
from staff.events import member_payload
from staff.models import StaffMember
from staff.selectors import staff_member, staff_of
from staff.terms import SPAN_FIELDS, is_employed

PERIOD_FACTS = (
    "start_date",
    "end_date",
    "schedule__id",
    "schedule__state",
    "schedule__wish_deadline",
    "schedule__wish_limit",
)


@dataclass(frozen=True, slots=True)
class PlannedPeriod:
    """A period with its index and its schedule, as much of it as most questions need."""

    index: int
    id: UUID
    start_date: date
    end_date: date
    schedule_id: UUID | None
    state: str | None
    wish_deadline: date | None = None
    wish_limit: int | None = None

    def covers(self, day: date) -> bool:
        """Whether it contains ``day``."""
        return self.start_date <= day <= self.end_date

    def days(self) -> list[str]:
        """Its days, as ``YYYY-MM-DD``."""
        length = (self.end_date - self.start_date).days + 1
        return [str(self.start_date + timedelta(days=offset)) for offset in range(length)]

    def payload(self) -> dict[str, Any]:
        """The period on the wire."""
        return {
            "index": self.index,
            "id": str(self.id),
            "startDate": str(self.start_date),
            "endDate": str(self.end_date),
            "scheduleId": str(self.schedule_id) if self.schedule_id else None,
            "state": self.state,
        }


def periods_of(restaurant_id: UUID) -> list[PlannedPeriod]:
    """The restaurant's periods in order, in one query."""
    return periods_from(*fetch_together(period_question(restaurant_id)))


_PERIODS = CompiledQuery(
    lambda: (
        Period.objects.filter(restaurant_id=Parameter("restaurant"))
        .order_by("start_date")
        .values_list("id", *PERIOD_FACTS)
    )
)


def period_question(restaurant_id: UUID) -> BoundQuery:
    """What :func:`periods_from` must know, for those who ask it together with other things."""
    return _PERIODS(restaurant=restaurant_id)


_PERIODS_OF_MANY = CompiledQuery(
    lambda: (
        Period.objects.filter(restaurant_id__among=Parameter("restaurants"))
        .order_by("start_date")
        .values_list("restaurant_id", "id", *PERIOD_FACTS)
    )
)


def period_question_of_many(restaurant_ids: Set[UUID]) -> BoundQuery:
    """:func:`period_question` for several restaurants; each row begins with its restaurant."""
    return _PERIODS_OF_MANY(restaurants=restaurant_ids)


def periods_from(rows: Iterable[Any]) -> list[PlannedPeriod]:
    """The periods that the answer to :func:`period_question` tells."""
    return [PlannedPeriod(index, *row) for index, row in enumerate(rows)]


SPELLED = ("symbol", "label_ja", "label_en", "kind", "off_equivalent", "is_active", "revision")

_SPELLINGS = CompiledQuery(
    lambda: (
        ShiftType.objects.filter(restaurant_id=Parameter("restaurant"))
        .order_by("created_at", "id")
        .values_list(*SPELLED, Cast("aliases", TextField()))
    )
)


def spelling_question(restaurant_id: UUID) -> BoundQuery:
    """What :func:`speller_from` must know, for those who ask it together with other things."""
    return _SPELLINGS(restaurant=restaurant_id)


class _JsonAgg(JSONBAgg):
    """As text from the start: nobody looks into it before it is text, and ``jsonb`` takes apart and sorts each value: up to half as much again."""

    function = "JSON_AGG"


_AS_LIST = Func(*SPELLED, Cast("aliases", TextField()), function="json_build_array", output_field=JSONField())
# One text for each restaurant: as rows, its shift types were nearly half of what a batch of edits reads, and most of its values.
_SPELLINGS_OF_MANY = CompiledQuery(
    lambda: (
        ShiftType.objects.filter(restaurant_id__among=Parameter("restaurants"))
        .order_by()
        .values("restaurant_id")
        .annotate(told=Cast(_JsonAgg(_AS_LIST, order_by=("created_at", "id")), TextField()))
        .values_list("restaurant_id", "told")
    )
)


def spelling_question_of_many(restaurant_ids: Set[UUID]) -> BoundQuery:
    """:func:`spelling_question` for several restaurants, on PostgreSQL; each row begins with its restaurant, and
    :func:`speller_told` takes the rest."""
    return _SPELLINGS_OF_MANY(restaurants=restaurant_ids)


def speller_told(rows: Sequence[tuple[str]]) -> Speller:
    """The speller of one restaurant by its part of the answer to :func:`spelling_question_of_many`: no row where it has no types."""
    return _speller_of(rows[0][0]) if rows else speller_from(())


@lru_cache(512)
def _speller_of(told: str) -> Speller:
    return speller_from(tuple(map(tuple, decode(told))))


@lru_cache(512)
def speller_from(rows: tuple[tuple[Any, ...], ...]) -> Speller:
    """The speller of the shift types that the answer to :func:`spelling_question` tells; made once for as long as they stay so."""
    types: dict[bool, list[Spelled]] = {True: [], False: []}
    for symbol, ja, en, kind, share, is_active, revision, aliases in rows:
        types[bool(is_active)].append(
            Spelled(symbol, (ja, en, *decode(aliases)), (kind, Decimal(str(share))), revision)
        )
    return Speller(types[True], deleted=types[False])


def speller_in(restaurant_id: UUID) -> Speller:
    """How that restaurant spells the values of its cells."""
    (rows,) = fetch_together(spelling_question(restaurant_id))
    return speller_from(tuple(rows))


def period_at(restaurant_id: UUID, index: int) -> PlannedPeriod | None:
    """The period with that index, if there is one."""
    periods = periods_of(restaurant_id)
    return periods[index] if 0 <= index < len(periods) else None


def period_of_schedule(restaurant_id: UUID, schedule_id: object) -> PlannedPeriod:
    """The one door to a schedule's period. Raises :class:`NotFound`."""
    wanted = parse_id(schedule_id)
    for period in periods_of(restaurant_id):
        if wanted is not None and period.schedule_id == wanted:
            return period
    raise NotFound("No such schedule.")


def schedule_in(restaurant_id: UUID, schedule_id: object) -> Schedule:
    """The one door to a schedule. Raises :class:`NotFound`."""
    wanted = parse_id(schedule_id)
    found = Schedule.objects.filter(restaurant_id=restaurant_id, id=wanted).first() if wanted else None
    if found is None:
        raise NotFound("No such schedule.")
    return found


def staff_in_period(members: Sequence[StaffMember], period: PlannedPeriod | None) -> list[StaffMember]:
    """Those of ``members`` who belong to ``period``; all of them where there is no such period."""
    if period is None:
        return list(members)
    return [member for member in members if is_employed(member, period.start_date, period.end_date)]


def sync_staff(restaurant_id: UUID, index: int) -> dict[str, Any]:
    """The payload of ``SYNC_RESPONSE`` for the period with that index."""
    period = period_at(restaurant_id, index)
    staff = [member_payload(member, index) for member in staff_in_period(list(staff_of(restaurant_id)), period)]
    return {"staff": staff, "staffMembers": staff, "period": index, "timestamp": iso(now())}


def sync_all_periods(restaurant_id: UUID, *, has_others: bool = False) -> dict[str, Any]:
    """The payload of ``SYNC_ALL_PERIODS_RESPONSE``. ``has_others``: with those who belong to no period that there is, if any, such as
    somebody who begins after the last one; version 1 clients have no place for them.

    Where there is no period yet, all are under 0, where those who are added meanwhile are told to be: else who opens the page again
    would find nobody, and add everybody once more.
    """
    members = list(staff_of(restaurant_id))
    periods = periods_of(restaurant_id)
    by_period = {
        str(period.index): [member_payload(member, period.index) for member in staff_in_period(members, period)]
        for period in periods
    }
    told = {member["id"] for staff in by_period.values() for member in staff}
    others = (
        [member_payload(member) for member in members if str(member.id) not in told] if has_others and periods else []
    )
    return {
        "periods": by_period or {"0": [member_payload(member, 0) for member in members]},
        "totalPeriods": len(periods),
        **({"others": others} if others else {}),
        "timestamp": iso(now()),
    }


def sync_calendar(restaurant_id: UUID) -> dict[str, Any]:
    """The payload of ``CALENDAR_SYNC_RESPONSE``."""
    restaurant = Restaurant.objects.get(id=restaurant_id)
    return {
        "restaurant": restaurant_facts(restaurant),
        "periods": [period.payload() for period in periods_of(restaurant_id)],
        "holidays": [each.to_wire() for each in holidays_around_now(restaurant.country)],
        "days": [calendar_day_payload(day) for day in calendar_days_of(restaurant_id)],
        "closingRules": [closing_rule_payload(rule) for rule in closing_rules_of(restaurant_id)],
        "shiftTypes": [shift_type_payload(shift_type) for shift_type in shift_types_of(restaurant_id)],
        "timestamp": iso(now()),
    }


def flat_calendar(restaurant_id: UUID) -> dict[str, Any]:
    """The same for version 1 clients, who know days alone: what repeats stands among them, for as long as there are periods."""
    calendar = sync_calendar(restaurant_id)
    if calendar["periods"]:
        first, last = (
            date.fromisoformat(calendar["periods"][place][key]) for place, key in ((0, "startDate"), (-1, "endDate"))
        )
        within = special_days_between(restaurant_id, first, last)
        others = [day for day in calendar["days"] if not str(first) <= day["date"] <= str(last)]
        calendar["days"] = sorted([*others, *within], key=lambda day: str(day["date"]))
    return {**calendar, "days": [day for day in calendar["days"] if day["kind"] != "open"], "closingRules": []}


def days_ago(timezone_name: str, days: int) -> date:
    """The day that lies so many days before today there."""
    return local_today(timezone_name) - timedelta(days=days)


def calendar_days_of(restaurant_id: UUID) -> QuerySet[CalendarDay]:
    """The days that are not like the others, in order."""
    return CalendarDay.objects.filter(restaurant_id=restaurant_id).exclude(kind="", note="").order_by("date")


def shift_types_of(restaurant_id: UUID) -> QuerySet[ShiftType]:
    """The restaurant's shift types in the order in which they were made, with the restaurant, whose day it is says which of their times
    hold."""
    found = ShiftType.objects.filter(restaurant_id=restaurant_id, is_active=True).select_related("restaurant")
    return found.order_by("created_at", "id")


def sync_shifts(restaurant_id: UUID, schedule_id: object, index: int | None, *, is_dense: bool) -> dict[str, Any]:
    """The payload of ``SHIFT_SYNC_RESPONSE`` for editors; ``is_dense`` is for version 1 clients.

    Where ``schedule_id`` is missing, ``index`` tells the period. An unknown schedule has no cells.
    """
    period = find_period(restaurant_id, schedule_id, index)
    if period is None or period.schedule_id is None:
        return {
            "scheduleId": schedule_id,
            "periodIndex": index,
            "scheduleData": {},
            "timestamp": iso(now()),
            "state": None,
            "lockedCells": [],
            "jobs": [],
        }
    data, locked = read_grid(period.schedule_id)
    beside = _beside_the_grid(restaurant_id, period.schedule_id, data)
    wished = {} if is_dense else _by_the_staff(period.schedule_id, period)
    if is_dense:
        # Their ids alone are told: the rest of them took as long as all cells.
        needed = staff_of(restaurant_id).select_related(None).only("employments", *SPAN_FIELDS)
        members = staff_in_period(list(needed), period)
        data = dense(data, (str(member.id) for member in members), period.days())
    return {
        "scheduleId": str(period.schedule_id),
        "periodIndex": period.index,
        "scheduleData": data,
        "timestamp": iso(now()),
        "state": period.state,
        "lockedCells": locked,
        **beside,
        **wished,
    }


def _by_the_staff(schedule_id: UUID, period: PlannedPeriod) -> dict[str, Any]:
    """The wishes and the swaps."""
    return {**wishes_beside(schedule_id, period.wish_deadline, period.wish_limit), **swaps_beside(schedule_id)}


def _beside_the_grid(restaurant_id: UUID, schedule_id: UUID, data: ScheduleData) -> dict[str, Any]:
    """What editors see besides: the generator's jobs, and the called backups, if there are any."""
    covering = covering_in(schedule_id, data)
    return {"jobs": last_jobs(restaurant_id, schedule_id), **({"covering": covering} if covering else {})}


def find_period(restaurant_id: UUID, schedule_id: object, index: int | None) -> PlannedPeriod | None:
    """The period of that schedule, or (where none is named) the period with that index."""
    wanted = parse_id(schedule_id)
    for period in periods_of(restaurant_id):
        if period.schedule_id == wanted if wanted else (not schedule_id and period.index == index):
            return period
    return None


def stored_value(schedule_id: UUID, staff_id: object, date_key: object) -> str:
    """What a cell holds; blank for a cell that cannot be."""
    data, _ = read_grid(schedule_id)
    return value_in(data, staff_id, date_key)


def value_in(data: Mapping[str, Mapping[str, str]], staff_id: object, date_key: object) -> str:
    """What a cell of those holds; blank for a cell that cannot be."""
    row = data.get(str(parse_id(staff_id)), {})
    return row.get(date_key, "") if isinstance(date_key, str) else ""


def shift_type_in(restaurant_id: UUID, shift_type_id: object, *, include_deleted: bool = False) -> ShiftType:
    """The one door to a shift type. Raises :class:`NotFound`."""
    wanted = parse_id(shift_type_id)
    rows = ShiftType.objects.filter(restaurant_id=restaurant_id).select_related("restaurant")
    found = rows.filter(id=wanted).first() if wanted else None
    if found is None or not (found.is_active or include_deleted):
        raise NotFound("No such shift type.")
    return found


def schedule_summaries(restaurant_id: UUID) -> list[dict[str, Any]]:
    """The restaurant's schedules without their cells, in order of their periods, in two queries."""
    schedules = Schedule.objects.filter(restaurant_id=restaurant_id).in_bulk()
    return [
        _summary(schedules[period.schedule_id], period)
        for period in periods_of(restaurant_id)
        if period.schedule_id in schedules
    ]


def schedule_summary(restaurant_id: UUID, schedule_id: object) -> dict[str, Any]:
    """One of them. Raises :class:`NotFound`."""
    schedule = schedule_in(restaurant_id, schedule_id)
    return _summary(schedule, period_of_schedule(restaurant_id, schedule.id))


def _summary(schedule: Schedule, period: PlannedPeriod) -> dict[str, Any]:
    return {
        "id": schedule.id,
        "periodId": period.id,
        "periodIndex": period.index,
        "startDate": period.start_date,
        "endDate": period.end_date,
        "state": schedule.state,
        "publishedAt": schedule.published_at,
        "revision": schedule.revision,
    }


def cell_history(
    restaurant_id: UUID, schedule_id: object, staff_id: object, date_key: str, *, before: int | None, limit: int
) -> dict[str, Any]:
    """Who set a cell when, from what to what, newest first; entries below version ``before`` only.

    A cell that was never filled has no history. Raises :class:`NotFound` for a schedule or a person that is not there.
    """
    entries = _history_of_cell(restaurant_id, schedule_id, staff_id, date_key)
    if before is not None:
        entries = entries.filter(revision__lt=before)
    page = list(entries[: limit + 1])
    pairs = zip(page[:limit], [*page[1:], None][:limit], strict=False)
    return {
        "scheduleId": str(schedule_id),
        "staffId": str(staff_id),
        "dateKey": date_key,
        "changes": [_history_entry(entry, previous) for entry, previous in pairs],
        "cursor": page[limit - 1].revision if len(page) > limit else None,
    }


def cell_entry(
    restaurant_id: UUID, schedule_id: object, staff_id: object, date_key: str, version: int
) -> dict[str, Any]:
    """The entry of that version in a cell's history. Raises :class:`NotFound`."""
    entries = list(_history_of_cell(restaurant_id, schedule_id, staff_id, date_key).filter(revision__lte=version)[:2])
    if not entries or entries[0].revision != version:
        raise NotFound("No such entry.")
    return _history_entry(entries[0], entries[1] if len(entries) > 1 else None)


def _history_of_cell(restaurant_id: UUID, schedule_id: object, staff_id: object, date_key: str) -> QuerySet[Any]:
    schedule = schedule_in(restaurant_id, schedule_id)
    member = staff_member(restaurant_id, staff_id, include_deleted=True)
    try:
        day = date.fromisoformat(date_key)
    except ValueError:
        raise NotFound("No such day.") from None
    cell = Shift.objects.filter(schedule=schedule, staff=member, date=day).values_list("id", flat=True).first()
    history: QuerySet[Any] = Shift.history.filter(id=cell).select_related("history_user")
    return history.order_by("-revision", "-history_id")


def _history_entry(entry: Any, previous: Any) -> dict[str, Any]:
    return {
        "version": entry.revision,
        "value": entry.value,
        "previousValue": previous.value if previous is not None else "",
        "isLocked": entry.is_locked,
        "changedBy": entry.history_user.display_name if entry.history_user is not None else None,
        "changedAt": entry.history_date,
        "reason": entry.history_change_reason or "",
    }
