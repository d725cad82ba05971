"""A schedule as a table: one row for each person, one column for each day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from schedules.publications.rows import present_document, shown_publication
from schedules.publications.seen import note_viewer
from schedules.publications.shown import seen_of
from schedules.rules.publication import Document
from schedules.selectors.schedules import schedule_in
from shiftsync.core.actor import Actor


@dataclass(frozen=True, slots=True)
class TableRow:
    """A person and what their cells hold, by day (``YYYY-MM-DD``); blank cells are left out."""

    staff_id: str
    name: str
    position: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ScheduleTable:
    """``position`` is ``<epoch>:<version>``: where the restaurant stood when this was read; None: a published copy, which stands
    for itself. ``made_at`` is when it was published, if it was."""

    schedule_id: UUID
    position: str | None
    document: Document
    made_at: datetime | None = None

    @property
    def days(self) -> list[str]:
        """The days of the period."""
        return [str(day) for day in self.document.dates()]

    @property
    def rows(self) -> list[TableRow]:
        """The people in their order."""
        cells = self.document.cells
        return [TableRow(each.id, each.name, each.position, cells.get(each.id, {})) for each in self.document.people]

    @property
    def name(self) -> str:
        """What a file of it is called, without its ending."""
        return f"shifts-{self.document.start_date}-{self.document.end_date}"


def planned_table(restaurant_id: UUID, schedule_id: object, position: str) -> ScheduleTable:
    """The table of a schedule as it is planned. Raises :class:`NotFound`."""
    schedule = schedule_in(restaurant_id, schedule_id)
    return ScheduleTable(schedule.id, position, present_document(restaurant_id, schedule))


def published_table(actor: Actor, schedule_id: object) -> ScheduleTable:
    """The table of what ``actor`` sees of a schedule as it was published. Raises :class:`NotPublished`."""
    publication = shown_publication(actor.restaurant_id, schedule_id)
    note_viewer(actor, publication)
    document = seen_of(publication, actor)
    return ScheduleTable(publication.schedule_id, None, document, publication.published_at)


WEEKDAYS = "月火水木金土日"


def day_heading(day: str) -> str:
    """``8/24 (日)``."""
    found = date.fromisoformat(day)
    return f"{found.month}/{found.day} ({WEEKDAYS[found.weekday()]})"
