"""What a large edit does before it takes the lock, so that nobody waits for it: its cells are checked and the grid is read.

Under the lock only what others have changed since is read again; where people or periods have changed, all is checked anew.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from schedules.rules.cells import Cell
from schedules.selectors.schedules import PlannedPeriod
from schedules.services.plan import Plan, read_plan
from schedules.sql.cells import GridKey, read_schedule
from shiftsync.core.errors import DomainError
from shiftsync.realtime.models import Stream


@dataclass(frozen=True, slots=True)
class CheckedCells:
    """A bulk edit whose cells were checked: what is wanted, and what had to be left out."""

    period: PlannedPeriod
    wanted: dict[GridKey, str]
    skipped: list[dict[str, str]]


@dataclass(slots=True)
class Ahead:
    """What was found out without the lock: the cells as checked by ``plan``, and the grid at ``version`` or later."""

    plan: Plan
    checked: CheckedCells
    version: int
    _cells: dict[GridKey, Cell] | None

    def cells_now(self) -> dict[GridKey, Cell] | None:
        """The stored cells of the schedule as they are under the lock; None when asked again, as a retry does, since the
        first try has altered them."""
        cells, self._cells = self._cells, None
        schedule_id = self.checked.period.schedule_id
        if cells is None or schedule_id is None:
            return None
        cells |= read_schedule(schedule_id, since=self.version)
        return cells


def look_ahead(restaurant_id: UUID, staff_ids: Iterable[str], check: Callable[[Plan], CheckedCells]) -> Ahead | None:
    """Does what needs no lock. None where the edit is not valid: to be told only once it is known to be no repeat."""
    plan = read_plan(restaurant_id, staff_ids)
    try:
        checked = check(plan)
    except DomainError:
        return None
    # The version first: a cell that was read too early for it would be believed to be unchanged.
    version = Stream.objects.filter(restaurant_id=restaurant_id).values_list("version", flat=True).first()
    if version is None or checked.period.schedule_id is None:
        return None
    return Ahead(plan, checked, version, read_schedule(checked.period.schedule_id))
