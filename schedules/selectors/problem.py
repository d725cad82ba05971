"""The generator's problem of a schedule, read from the database in a fixed number of queries."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from schedules.events.calendar import shift_type_payload
from schedules.generation import PlanningData, Problem, load_problem
from schedules.generation.loading_settings import periods_looked_back
from schedules.models import Schedule, ScheduleState, Shift
from schedules.rules.cells import ScheduleData
from schedules.rules.periods import month_part
from schedules.rules.publication import document_from
from schedules.rules.publication.document import text_meaning
from schedules.selectors.covers import covering_in
from schedules.selectors.past import periods_before, read_past, types_of
from schedules.selectors.schedules import PlannedPeriod, periods_of, shift_types_of, speller_in
from schedules.selectors.special_days import special_days_between
from schedules.selectors.wishes import wish_payloads, wishes_of
from schedules.sql.cells import read_grid
from settings_app.rules.symbols import with_symbols
from settings_app.selectors.sync import sync_settings
from settings_app.tables import settings_tables
from shiftsync.core.clock import local_today
from shiftsync.core.errors import NotFound
from shiftsync.core.holidays import holiday_dates
from shiftsync.core.ids import parse_id
from shiftsync.realtime.stream.selectors import reading
from shiftsync.tenants.selectors import habits_of
from staff.events import availability_payload, member_payload
from staff.selectors import availability_of, staff_of

DAYS_BEFORE = DAYS_AFTER = 31
KIND_FIELDS = ("kind", "labelJa", "labelEn", "offEquivalent")
"""What a shift type is, on the wire; facts without dates, which a publication keeps."""

Row = dict[str, Any]
Spell = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Planning:
    """A schedule's problem, its period, and the version of the restaurant at which both were read."""

    problem: Problem
    period: PlannedPeriod
    schedule_id: UUID
    version: int


def read_planning(restaurant_id: UUID, schedule_id: object, staff_ids: Collection[str] | None = None) -> Planning:
    """The problem of a schedule, in a consistent read of its own; of those people alone, if some are named.

    Raises :class:`NotFound`.
    """
    with reading(restaurant_id) as position:
        return planning_of(restaurant_id, schedule_id, position.version, staff_ids)


def planning_of(
    restaurant_id: UUID, schedule_id: object, version: int = 0, staff_ids: Collection[str] | None = None
) -> Planning:
    """The same inside the caller's consistent read, which stands at ``version``."""
    periods = periods_of(restaurant_id)
    wanted = parse_id(schedule_id)
    period = next((each for each in periods if wanted is not None and each.schedule_id == wanted), None)
    if period is None or period.schedule_id is None:
        raise NotFound("No such schedule.", {"scheduleId": ["No such schedule."]})
    problem = load_problem(_planning_data(restaurant_id, period, period.schedule_id, periods, staff_ids))
    return Planning(problem, period, period.schedule_id, version)


def _planning_data(
    restaurant_id: UUID,
    period: PlannedPeriod,
    schedule_id: UUID,
    periods: list[PlannedPeriod],
    staff_ids: Collection[str] | None,
) -> PlanningData:
    data, locked = read_grid(schedule_id)
    before = _days_before(periods, period)
    habits = habits_of(restaurant_id)
    everybody = staff_of(restaurant_id)
    members = [member_payload(each) for each in everybody if staff_ids is None or str(each.id) in staff_ids]
    shift_types = [shift_type_payload(shift_type) for shift_type in shift_types_of(restaurant_id)]
    spell = speller_in(restaurant_id).symbol_for
    members = [_spelled_member(each, spell) for each in members]
    settings = _spelled_settings(sync_settings(restaurant_id)["settings"], spell)
    looked_back = periods_before(periods, period, periods_looked_back(settings))
    first, last = _surroundings(period)
    types, text_counts_as = _as_published(shift_types, habits.text_counts_as, period, local_today(habits.timezone))
    return PlanningData(
        start=period.start_date,
        end=period.end_date,
        staff=members,
        settings=settings,
        shift_types=types,
        calendar=[day for day in special_days_between(restaurant_id, first, last) if day["kind"]],
        holidays=holiday_dates(habits.country, min([first, *(each.start_date for each in looked_back)]), last),
        month_part=month_part(period.start_date, period.end_date, habits.closing_day),
        schedule_data=data,
        locked_cells=locked,
        covering=covering_in(schedule_id, data),
        previous_data=before,
        known_from=_known_from(periods, period, before),
        following_data=_days_after(periods, period, [member["id"] for member in members]),
        past=read_past(restaurant_id, looked_back, members, types_of(shift_types, habits.text_counts_as)),
        wishes=wish_payloads(wishes_of(schedule_id)),
        availability=[
            availability_payload(entry, None)
            for entry in availability_of(restaurant_id).filter(valid_from__lte=period.end_date)
        ],
        text_counts_as=text_counts_as,
    )


def _as_published(
    shift_types: list[Row], text_counts_as: str, period: PlannedPeriod, today: date
) -> tuple[list[Row], str]:
    """Shift types as on the wire, and what text counts as; of a published month that is over they are the kind of shift, and it is what,
    they were published as.

    So its numbers say the same to editors as to those who only look, until somebody publishes the other kind. Symbols are those of today,
    which the cells have too.
    """
    if period.state != ScheduleState.PUBLISHED or period.end_date >= today:
        return shift_types, text_counts_as
    parts = [f"publication__document__{part}" for part in ("shiftTypes", "textCountsAs", "format")]
    types, text, form = Schedule.objects.filter(period_id=period.id).values_list(*parts).get()
    published = {row["id"]: {name: row[name] for name in KIND_FIELDS} for row in types}
    return [{**row, **published.get(row["id"], {})} for row in shift_types], text_meaning(text, form)


def _spelled_settings(settings: Row, spell: Spell) -> Row:
    """The settings, whose limits and rules name shift types as cells do: 早 or ◯ where the restaurant has △ and ○."""
    spelled = {
        table.names.collection: [with_symbols(row, table.row, spell) for row in settings[table.names.collection]]
        for table in settings_tables()
        if table.configs and table.names.collection in settings
    }
    return {**settings, **spelled}


def _spelled_member(member: Row, spell: Spell) -> Row:
    """The member, whose allowed shift types are named as cells name them."""
    terms = {"terms": [_spelled_allowed(each, spell) for each in member["terms"]]} if "terms" in member else {}
    return {**_spelled_allowed(member, spell), **terms}


def _spelled_allowed(terms: Mapping[str, Any], spell: Spell) -> Row:
    return {**terms, "allowedShiftTypes": [spell(symbol) for symbol in terms["allowedShiftTypes"]]}


def _surroundings(period: PlannedPeriod) -> tuple[date, date]:
    """The first and the last day that may bear on the period."""
    return period.start_date - timedelta(days=DAYS_BEFORE), period.end_date + timedelta(days=DAYS_AFTER)


def _days_before(periods: list[PlannedPeriod], period: PlannedPeriod) -> ScheduleData:
    """The filled cells of the days before the period, whatever periods they belong to."""
    first = period.start_date - timedelta(days=DAYS_BEFORE)
    schedules = [
        each.schedule_id
        for each in periods
        if each.schedule_id and each.start_date < period.start_date and each.end_date >= first
    ]
    rows = Shift.objects.filter(schedule_id__in=schedules, date__gte=first, date__lt=period.start_date)
    data: dict[str, dict[str, Any]] = {}
    for staff_id, day, value in rows.exclude(value="").values_list("staff_id", "date", "value"):
        data.setdefault(str(staff_id), {})[str(day)] = value
    return data


def _known_from(periods: list[PlannedPeriod], period: PlannedPeriod, before: ScheduleData) -> date:
    """The first day of the periods that join on to this one and were planned for anybody, one after the other."""
    marked = {day for row in before.values() for day in row}
    first = period.start_date
    earlier = sorted(
        (each for each in periods if each.start_date < first), key=lambda each: each.end_date, reverse=True
    )
    for each in earlier:
        joins_on = each.end_date >= first - timedelta(days=1)
        if not joins_on or not any(str(each.start_date) <= day <= str(each.end_date) for day in marked):
            break
        first = min(first, each.start_date)
    return first


def _days_after(periods: list[PlannedPeriod], period: PlannedPeriod, staff_ids: Iterable[str]) -> ScheduleData:
    """The planned cells of the days after the period, blank ones too: of a published schedule what staff have seen, of a draft each
    person's days up to their last entry."""
    last = period.end_date + timedelta(days=DAYS_AFTER)
    following = {
        each.schedule_id: [day for day in each.days() if day <= str(last)]
        for each in periods
        if each.schedule_id and period.end_date < each.start_date <= last
    }
    found: dict[str, dict[str, str]] = {staff_id: {} for staff_id in staff_ids}
    for schedule in Schedule.objects.filter(id__in=following).select_related("publication"):
        days = following[schedule.id]
        for staff_id, row in _seen(schedule, days) if schedule.publication else _drafted(schedule.id, days):
            if staff_id in found:
                found[staff_id].update(row)
    return found


def _seen(schedule: Schedule, days: Sequence[str]) -> Iterator[tuple[str, dict[str, str]]]:
    assert schedule.publication is not None
    document = document_from(schedule.publication.document)
    for person in document.people:
        yield person.id, {day: document.value(person.id, day) for day in days}


def _drafted(schedule_id: UUID, days: Sequence[str]) -> Iterator[tuple[str, dict[str, str]]]:
    data, _ = read_grid(schedule_id)
    for staff_id, row in data.items():
        end = max((day for day, value in row.items() if value), default="")
        yield staff_id, {day: row.get(day, "") for day in days if day <= end}
