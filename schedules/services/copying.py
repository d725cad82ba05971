"""Taking over the period before."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from schedules.rules.cells import ScheduleData
from schedules.rules.copying import same_dates, source_days
from schedules.selectors.schedules import (
    PlannedPeriod,
    period_of_schedule,
    periods_of,
    shift_types_of,
    staff_in_period,
)
from schedules.selectors.special_days import closed_days_between
from schedules.services.proposing import Proposed, propose_cells
from schedules.sql.cells import read_grid
from shiftsync.core.errors import NotFound
from shiftsync.realtime.stream.commit import Transaction, commit
from shiftsync.realtime.stream.requests import ChangeRequest, Outcome, Written
from staff.rules import is_employed_within
from staff.selectors import staff_of

BY_WEEKDAY, BY_DATE = "weekday", "date"


@dataclass(frozen=True, slots=True)
class PreviousCopy:
    """Fills a schedule from the one before it, ``by`` weekday or by date. ``overwrite``: cells that are filled already, too."""

    schedule_id: str
    overwrite: bool = False
    by: str = BY_WEEKDAY


def previous_copy(request: ChangeRequest[PreviousCopy]) -> Outcome:
    """One change; locked cells stay, and so do closed days, leave, and the days on which somebody is not employed.

    Raises :class:`NotFound` without a period before.
    """

    def write(tx: Transaction) -> Written:
        period = period_of_schedule(tx.restaurant_id, request.intent.schedule_id)
        before = _before(tx.restaurant_id, period)
        cells = _copied(tx.restaurant_id, request.intent, period, before)
        return propose_cells(tx, request, period, cells, origin={})

    return commit(request, write)


def _before(restaurant_id: UUID, period: PlannedPeriod) -> PlannedPeriod:
    if period.index == 0:
        raise NotFound("There is no period before this one.")
    return periods_of(restaurant_id)[period.index - 1]


def _copied(restaurant_id: UUID, intent: PreviousCopy, period: PlannedPeriod, before: PlannedPeriod) -> list[Proposed]:
    if before.schedule_id is None or period.schedule_id is None:
        raise NotFound("There is no schedule before this one.")
    old, _ = read_grid(before.schedule_id)
    present, _ = read_grid(period.schedule_id)
    leave = {each.symbol for each in shift_types_of(restaurant_id) if each.is_leave or each.kind == "designated_off"}
    closed = closed_days_between(restaurant_id, before.start_date, period.end_date)
    sources, days = _open_days(before, closed), _open_days(period, closed)
    pairs = source_days(sources, days) if intent.by == BY_WEEKDAY else same_dates(sources, days)
    proposed = [
        Proposed(str(member.id), day, _value(old, str(member.id), source), _value(present, str(member.id), day))
        for member in staff_in_period(list(staff_of(restaurant_id)), period)
        for day, source in pairs.items()
        if is_employed_within(member.start_period, member.end_period, day, day)
    ]
    return [each for each in proposed if _is_copied(each, leave, overwrite=intent.overwrite)]


def _open_days(period: PlannedPeriod, closed: Set[date]) -> list[date]:
    return [day for day in map(date.fromisoformat, period.days()) if day not in closed]


def _value(data: ScheduleData, staff_id: str, day: date) -> str:
    return data.get(staff_id, {}).get(str(day), "")


def _is_copied(cell: Proposed, leave: Set[str], *, overwrite: bool) -> bool:
    """Leave is nobody's pattern: neither is it copied nor does anything take its place."""
    if cell.value in leave or cell.previous in leave:
        return False
    return cell.previous != cell.value and (overwrite or not cell.previous)
