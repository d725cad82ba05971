"""A schedule as a table: one row for each person, one column for each day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from schedules.selectors import grid_for, period_of_schedule, staff_in_period
from shiftsync.core.errors import NotFound
from staff.selectors import staff_of


@dataclass(frozen=True, slots=True)
class TableRow:
    """A person and what their cells hold, by day (``YYYY-MM-DD``); blank cells are left out."""

    staff_id: str
    name: str
    position: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ScheduleTable:
    """``position`` is ``<epoch>:<version>``: where the restaurant stood when this was read."""

    schedule_id: UUID
    position: str
    days: list[str]
    rows: list[TableRow]

    @property
    def name(self) -> str:
        """What a file of it is called, without its ending."""
        return f"shifts-{self.days[0]}-{self.days[-1]}"


def schedule_table(restaurant_id: UUID, schedule_id: object, position: str, *, is_viewer: bool) -> ScheduleTable:
    """The table of a schedule; of its published copy for viewers. Raises :class:`NotFound`."""
    period = period_of_schedule(restaurant_id, schedule_id)
    if period.schedule_id is None:
        raise NotFound("No such schedule.")
    data, _ = grid_for(period.schedule_id, is_viewer=is_viewer)
    members = staff_in_period(list(staff_of(restaurant_id)), period)
    rows = [TableRow(str(each.id), each.name, each.position, data.get(str(each.id), {})) for each in members]
    return ScheduleTable(period.schedule_id, position, period.days(), rows)


WEEKDAYS = "月火水木金土日"


def day_heading(day: str) -> str:
    """``8/24 (日)``."""
    found = date.fromisoformat(day)
    return f"{found.month}/{found.day} ({WEEKDAYS[found.weekday()]})"
