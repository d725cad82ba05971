"""Taking over the period before, and repeating a week."""

from dataclasses import dataclass
from datetime import date

from schedules.selectors.copying import BY_WEEKDAY, CopyPlan, plan_previous, plan_week
from schedules.services.proposing import Proposed, propose_cells
from shiftsync.core.payloads import FromPayload
from shiftsync.realtime.stream.commit import Transaction, commit
from shiftsync.realtime.stream.requests import AnyRequest, ChangeRequest, Outcome, Written


@dataclass(frozen=True, slots=True)
class PreviousCopy(FromPayload):
    """Fills a schedule from the one before it, ``by`` weekday or by date. ``overwrite``: cells that are filled already, too."""

    schedule_id: str
    overwrite: bool = False
    by: str = BY_WEEKDAY


@dataclass(frozen=True, slots=True)
class WeekRepeat(FromPayload):
    """Fills the other days of a schedule like the week from ``week_start`` on."""

    schedule_id: str
    week_start: date
    overwrite: bool = False


def previous_copy(request: ChangeRequest[PreviousCopy]) -> Outcome:
    """One change; locked cells stay, and so do closed days, leave, and the days on which somebody is not employed.

    Raises :class:`NotFound` without a period before.
    """
    intent = request.intent

    def write(tx: Transaction) -> Written:
        plan = plan_previous(tx.restaurant_id, intent.schedule_id, intent.by, overwrite=intent.overwrite)
        return _written(tx, request, plan)

    return commit(request, write)


def week_repeat(request: ChangeRequest[WeekRepeat]) -> Outcome:
    """One change, which leaves alone what a copy of the period before does. Raises :class:`ValidationFailed` for a week outside."""
    intent = request.intent

    def write(tx: Transaction) -> Written:
        plan = plan_week(tx.restaurant_id, intent.schedule_id, intent.week_start, overwrite=intent.overwrite)
        return _written(tx, request, plan)

    return commit(request, write)


def _written(tx: Transaction, request: AnyRequest, plan: CopyPlan) -> Written:
    cells = [Proposed(cell.staff_id, cell.day, cell.value, cell.previous) for cell in plan.cells]
    return propose_cells(tx, request, plan.period, cells, origin={})
