"""What others have done to a month since somebody looked at it who publishes it now."""

from collections.abc import Iterable
from typing import Any

from schedules.events.calendar import CalendarDayUpdated, ClosingRuleEvent, PeriodEvent, ShiftTypeEvent
from schedules.events.cells import ScheduleEvent
from schedules.models import Schedule
from schedules.rules.publication import Document
from schedules.services.grid import FIELD
from shiftsync.realtime.models import Change
from shiftsync.realtime.rules.merging import Clash
from shiftsync.realtime.stream.commit import Transaction
from shiftsync.realtime.stream.judging import Item, conflict_item
from shiftsync.realtime.stream.requests import AnyRequest
from shiftsync.realtime.stream.selectors import Author, changes_by_others
from staff.events import StaffEvent

FACTS = frozenset(
    {
        StaffEvent.entity,
        PeriodEvent.entity,
        CalendarDayUpdated.entity,
        ClosingRuleEvent.entity,
        ShiftTypeEvent.entity,
        "staff_groups",
    }
)
"""The entities that a published month tells of besides its cells."""

Told = tuple[Change, Author]


def unseen_items(tx: Transaction, request: AnyRequest, schedule: Schedule, document: Document) -> list[Item]:
    """The cells of ``schedule`` that others have given another value since the request's base version, and then one item for each
    thing besides them that they have changed, without values. None where the request has no base version."""
    if request.base_version is None:
        return []
    entities = {*FACTS, ScheduleEvent.entity}
    changes = changes_by_others(tx.restaurant_id, request.actor, request.base_version, entities)
    cells = [told for told in changes if told[0].entity_id == str(schedule.id) and "cells" in told[0].old]
    return [*_cell_items(schedule, cells, document), *_fact_items(changes)]


def _cell_items(schedule: Schedule, changes: Iterable[Told], document: Document) -> Iterable[Item]:
    first: dict[tuple[str, str], str] = {}
    last: dict[tuple[str, str], Author] = {}
    for change, author in changes:
        for staff_id, date_key, value in _old_cells(change):
            first.setdefault((staff_id, date_key), value)
            last[(staff_id, date_key)] = author
    for (staff_id, date_key), seen in first.items():
        present = document.cells.get(staff_id, {}).get(date_key, "")
        if present != seen:
            clash = Clash((FIELD,), base=seen, yours=seen, theirs=present)
            yield conflict_item("shift", f"{schedule.id}/{staff_id}/{date_key}", clash, last[(staff_id, date_key)])


def _old_cells(change: Change) -> Any:
    return change.old["cells"]


def _fact_items(changes: Iterable[Told]) -> Iterable[Item]:
    last = {(change.entity, change.entity_id): author for change, author in changes if change.entity in FACTS}
    for (entity, entity_id), author in last.items():
        yield conflict_item(entity, entity_id, Clash(("",), None, None, None), author)
