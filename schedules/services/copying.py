"""Taking over the period before."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from schedules.cell_sql import read_grid
from schedules.rules.cells import ScheduleData
from schedules.rules.copying import source_days
from schedules.selectors import PlannedPeriod, calendar_days_of, period_of_schedule, periods_of, staff_in_period
from schedules.services.proposing import Proposed, propose_cells
from shiftsync.core.errors import NotFound
from shiftsync.realtime.commit import Transaction, commit
from shiftsync.realtime.requests import ChangeRequest, Outcome, Written
from staff.selectors import staff_of


@dataclass(frozen=True, slots=True)
class PreviousCopy:
    """Fills a schedule from the one before it, by weekday. ``overwrite``: cells that are filled already, too."""

    schedule_id: str
    overwrite: bool = False


def previous_copy(request: ChangeRequest[PreviousCopy]) -> Outcome:
    """One change; locked cells stay, closed days stay as they are. Raises :class:`NotFound` without a period before."""

    def write(tx: Transaction) -> Written:
        period = period_of_schedule(tx.restaurant_id, request.intent.schedule_id)
        before = _before(tx.restaurant_id, period)
        cells = _copied(tx.restaurant_id, period, before, overwrite=request.intent.overwrite)
        return propose_cells(tx, request, period, cells, origin={})

    return commit(request, write)


def _before(restaurant_id: UUID, period: PlannedPeriod) -> PlannedPeriod:
    if period.index == 0:
        raise NotFound("There is no period before this one.")
    return periods_of(restaurant_id)[period.index - 1]


def _copied(restaurant_id: UUID, period: PlannedPeriod, before: PlannedPeriod, *, overwrite: bool) -> list[Proposed]:
    if before.schedule_id is None or period.schedule_id is None:
        raise NotFound("There is no schedule before this one.")
    old, _ = read_grid(before.schedule_id)
    present, _ = read_grid(period.schedule_id)
    closed = {row.date for row in calendar_days_of(restaurant_id).filter(kind="closed")}
    days = [day for day in map(date.fromisoformat, period.days()) if day not in closed]
    pairs = source_days([date.fromisoformat(day) for day in before.days()], days)
    staff = [str(member.id) for member in staff_in_period(list(staff_of(restaurant_id)), period)]
    return [
        Proposed(staff_id, day, _value(old, staff_id, source), _value(present, staff_id, day))
        for staff_id in staff
        for day, source in pairs.items()
        if _is_copied(_value(present, staff_id, day), _value(old, staff_id, source), overwrite=overwrite)
    ]


def _value(data: ScheduleData, staff_id: str, day: date) -> str:
    return data.get(staff_id, {}).get(str(day), "")


def _is_copied(present: str, value: str, *, overwrite: bool) -> bool:
    return present != value and (overwrite or not present)
