"""What happens to the cells of a schedule, and to their locks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar
from uuid import UUID

from shiftsync.realtime.events import Event

SHIFTS_TOPIC = "shifts"

CellList = Sequence[Mapping[str, str]]


class ScheduleEvent(Event):
    """Something about one schedule; the log finds it by the schedule's id."""

    topic: ClassVar[str] = SHIFTS_TOPIC
    entity: ClassVar[str] = "schedule"
    schedule_id: UUID

    @property
    def entity_id(self) -> str:
        return str(self.schedule_id)


@dataclass(frozen=True)
class CellEdited(ScheduleEvent):
    """One cell has another value."""

    schedule_id: UUID
    period_index: int
    staff_id: str
    date_key: str
    value: str
    old_value: str
    timestamp: str
    type: ClassVar[str] = "SHIFT_BROADCAST"

    def payload(self) -> dict[str, Any]:
        return {
            "staffId": self.staff_id,
            "dateKey": self.date_key,
            "shiftValue": self.value,
            "scheduleId": str(self.schedule_id),
            "periodIndex": self.period_index,
            "timestamp": self.timestamp,
        }

    def old_values(self) -> dict[str, Any]:
        return {"cells": [[self.staff_id, self.date_key, self.old_value]]}


@dataclass(frozen=True)
class CellsEdited(ScheduleEvent):
    """Several cells have other values; only what really changed. ``origin`` says what made it, where that is no edit."""

    schedule_id: UUID
    period_index: int
    changes: CellList
    old: Sequence[Sequence[str]]
    timestamp: str
    undone_version: int | None = None
    takes_back: bool = False
    origin: Mapping[str, Any] = field(default_factory=dict)
    type: ClassVar[str] = "SHIFT_BULK_BROADCAST"

    @property
    def undoes(self) -> int | None:
        return self.undone_version

    @property
    def is_undo(self) -> bool:
        return self.takes_back

    def payload(self) -> dict[str, Any]:
        return {
            "scheduleId": str(self.schedule_id),
            "periodIndex": self.period_index,
            "changes": list(self.changes),
            "timestamp": self.timestamp,
            **self.origin,
        }

    def old_values(self) -> dict[str, Any]:
        return {"cells": self.old}


class CellLockEvent(ScheduleEvent):
    """Cells were locked or unlocked; only those that were not so before."""

    schedule_id: UUID
    period_index: int
    cells: CellList

    def payload(self) -> dict[str, Any]:
        return {
            "scheduleId": str(self.schedule_id),
            "periodIndex": self.period_index,
            "cells": [dict(cell) for cell in self.cells],
        }


@dataclass(frozen=True)
class CellsLocked(CellLockEvent):
    """Cells were locked: edits of them are refused until they are unlocked."""

    schedule_id: UUID
    period_index: int
    cells: CellList
    type: ClassVar[str] = "SHIFT_LOCK"


@dataclass(frozen=True)
class CellsUnlocked(CellLockEvent):
    """Cells were unlocked."""

    schedule_id: UUID
    period_index: int
    cells: CellList
    type: ClassVar[str] = "SHIFT_UNLOCK"
