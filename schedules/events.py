"""What happens to calendars, schedules and their cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from schedules.models import CalendarDay, ClosingRule, Schedule, ShiftType, Swap, Wish
from schedules.rules.times import show_times, wire_time
from shiftsync.core.clock import iso, local_today
from shiftsync.realtime.events import Event

CALENDAR_TOPIC = "calendar"
SHIFTS_TOPIC = "shifts"

CellList = Sequence[Mapping[str, str]]


def calendar_day_payload(day: CalendarDay) -> dict[str, Any]:
    """A calendar day on the wire; ``kind`` null: an ordinary day."""
    return {
        "id": str(day.id),
        "date": str(day.date),
        "kind": day.kind or None,
        "note": day.note,
        "revision": day.revision,
    }


def closing_rule_payload(rule: ClosingRule) -> dict[str, Any]:
    """A closing that repeats, on the wire."""
    return {
        "id": str(rule.id),
        "repeats": rule.repeats,
        "daysOfWeek": rule.days_of_week,
        "weeks": rule.weeks,
        "fromDay": rule.from_day,
        "toDay": rule.to_day,
        "onHoliday": rule.on_holiday,
        "validFrom": str(rule.valid_from) if rule.valid_from else None,
        "validUntil": str(rule.valid_until) if rule.valid_until else None,
        "note": rule.note,
        "isActive": rule.is_active,
        "revision": rule.revision,
    }


def shift_type_payload(shift_type: ShiftType) -> dict[str, Any]:
    """A shift type on the wire: the times that hold today, and all of them where there were others or will be."""
    if shift_type.times:
        show_times(shift_type, local_today(shift_type.restaurant.timezone))
    return {
        "id": str(shift_type.id),
        "symbol": shift_type.symbol,
        "kind": shift_type.kind,
        "labelJa": shift_type.label_ja,
        "labelEn": shift_type.label_en,
        "color": shift_type.color,
        "startTime": wire_time(shift_type.start_time),
        "endTime": wire_time(shift_type.end_time),
        "offEquivalent": shift_type.off_equivalent,
        "aliases": shift_type.aliases,
        "isLeave": shift_type.is_leave,
        "isActive": shift_type.is_active,
        "revision": shift_type.revision,
        **({"times": shift_type.times} if shift_type.times else {}),
    }


class PeriodEvent(Event):
    """Something about one period; ``periods``: all of them, since indexes may have moved."""

    topic: ClassVar[str] = CALENDAR_TOPIC
    entity: ClassVar[str] = "period"
    period: Mapping[str, Any]
    periods: Sequence[Mapping[str, Any]]

    @property
    def entity_id(self) -> str:
        return str(self.period["id"])

    def payload(self) -> dict[str, Any]:
        return {**self.period, "periods": list(self.periods)}


@dataclass(frozen=True)
class PeriodCreated(PeriodEvent):
    """A new period with its schedule."""

    period: Mapping[str, Any]
    periods: Sequence[Mapping[str, Any]]
    type: ClassVar[str] = "PERIOD_CREATE"


@dataclass(frozen=True)
class PeriodUpdated(PeriodEvent):
    """A period has other days; ``old``: those that changed."""

    period: Mapping[str, Any]
    periods: Sequence[Mapping[str, Any]]
    old: Mapping[str, Any]
    type: ClassVar[str] = "PERIOD_UPDATE"

    def old_values(self) -> dict[str, Any]:
        return dict(self.old)


@dataclass(frozen=True)
class PeriodDeleted(Event):
    """An empty period is gone with its schedule; ``old``: what it was."""

    period_id: str
    periods: Sequence[Mapping[str, Any]]
    old: Mapping[str, Any]
    type: ClassVar[str] = "PERIOD_DELETE"
    topic: ClassVar[str] = CALENDAR_TOPIC
    entity: ClassVar[str] = "period"

    @property
    def entity_id(self) -> str:
        return self.period_id

    def payload(self) -> dict[str, Any]:
        about = {"periodId": self.period_id, "scheduleId": self.old["scheduleId"]}
        return {**about, "periods": list(self.periods)}

    def old_values(self) -> dict[str, Any]:
        return dict(self.old)


@dataclass(frozen=True)
class CalendarDayUpdated(Event):
    """What is special about a day, or that nothing is any more."""

    day: CalendarDay
    old: Mapping[str, Any]
    type: ClassVar[str] = "CALENDAR_UPDATE"
    topic: ClassVar[str] = CALENDAR_TOPIC
    entity: ClassVar[str] = "calendar_day"

    @property
    def entity_id(self) -> str:
        return str(self.day.id)

    def payload(self) -> dict[str, Any]:
        return calendar_day_payload(self.day)

    def old_values(self) -> dict[str, Any]:
        return dict(self.old)


class ClosingRuleEvent(Event):
    """Something about one closing that repeats."""

    topic: ClassVar[str] = CALENDAR_TOPIC
    entity: ClassVar[str] = "closing_rule"
    rule: ClosingRule

    @property
    def entity_id(self) -> str:
        return str(self.rule.id)

    def payload(self) -> dict[str, Any]:
        return closing_rule_payload(self.rule)


@dataclass(frozen=True)
class ClosingRuleCreated(ClosingRuleEvent):
    """A rule for closed days was added."""

    rule: ClosingRule
    type: ClassVar[str] = "CLOSING_RULE_CREATE"


@dataclass(frozen=True)
class ClosingRuleUpdated(ClosingRuleEvent):
    """A rule for closed days was changed; ``old`` holds its previous values."""

    rule: ClosingRule
    old: Mapping[str, Any]
    type: ClassVar[str] = "CLOSING_RULE_UPDATE"

    def old_values(self) -> dict[str, Any]:
        return dict(self.old)


@dataclass(frozen=True)
class ClosingRuleDeleted(ClosingRuleEvent):
    """A rule for closed days was removed."""

    rule: ClosingRule
    type: ClassVar[str] = "CLOSING_RULE_DELETE"

    def payload(self) -> dict[str, Any]:
        return {"ruleId": str(self.rule.id), "revision": self.rule.revision}


class ShiftTypeEvent(Event):
    """Something about one shift type."""

    topic: ClassVar[str] = CALENDAR_TOPIC
    entity: ClassVar[str] = "shift_type"
    shift_type: ShiftType

    @property
    def entity_id(self) -> str:
        return str(self.shift_type.id)

    def payload(self) -> dict[str, Any]:
        return shift_type_payload(self.shift_type)


@dataclass(frozen=True)
class ShiftTypeCreated(ShiftTypeEvent):
    """A shift type was added."""

    shift_type: ShiftType
    type: ClassVar[str] = "SHIFT_TYPE_CREATE"


@dataclass(frozen=True)
class ShiftTypeUpdated(ShiftTypeEvent):
    """``moved``: what followed its symbol, where it has another one now (:func:`schedules.services.symbols.move_symbol`)."""

    shift_type: ShiftType
    old: Mapping[str, Any]
    moved: Mapping[str, Any] | None = None
    type: ClassVar[str] = "SHIFT_TYPE_UPDATE"

    def payload(self) -> dict[str, Any]:
        return {**shift_type_payload(self.shift_type), **_moved(self.moved)}

    def old_values(self) -> dict[str, Any]:
        return dict(self.old)


@dataclass(frozen=True)
class ShiftTypeDeleted(ShiftTypeEvent):
    """``moved``: what its successor took over."""

    shift_type: ShiftType
    moved: Mapping[str, Any] | None = None
    type: ClassVar[str] = "SHIFT_TYPE_DELETE"

    def payload(self) -> dict[str, Any]:
        about = {"shiftTypeId": str(self.shift_type.id), "revision": self.shift_type.revision}
        return {**about, **_moved(self.moved)}


def _moved(moved: Mapping[str, Any] | None) -> dict[str, Any]:
    return {} if moved is None else {"moved": dict(moved)}


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


class PublicationEvent(ScheduleEvent):
    """What viewers see has changed; ``diff`` (cells) and ``changes`` (all else) are against what they saw before."""

    schedule: Schedule
    period_index: int
    diff: CellList
    changes: Mapping[str, Any]

    @property
    def entity_id(self) -> str:
        return str(self.schedule.id)

    def payload(self) -> dict[str, Any]:
        schedule = self.schedule
        return {
            "scheduleId": str(schedule.id),
            "periodIndex": self.period_index,
            "state": schedule.state,
            "publishedAt": iso(schedule.published_at) if schedule.published_at else None,
            "publication": schedule.publication.number if schedule.publication else None,
            "diff": list(self.diff),
            "changes": self.changes,
            "revision": schedule.revision,
        }


@dataclass(frozen=True)
class SchedulePublished(PublicationEvent):
    """A schedule was published, or published again."""

    schedule: Schedule
    period_index: int
    diff: CellList
    changes: Mapping[str, Any]
    type: ClassVar[str] = "SCHEDULE_PUBLISH"


@dataclass(frozen=True)
class ScheduleUnpublished(PublicationEvent):
    """A schedule was taken back to a draft."""

    schedule: Schedule
    period_index: int
    diff: CellList
    changes: Mapping[str, Any]
    type: ClassVar[str] = "SCHEDULE_UNPUBLISH"


def wish_payload(wish: Wish, made_by: str | None) -> dict[str, Any]:
    """A wish on the wire; ``made_by``: the name of who entered it."""
    return {
        "id": str(wish.id),
        "scheduleId": str(wish.schedule_id),
        "staffId": str(wish.staff_id),
        "dateKey": str(wish.date),
        "kind": wish.kind,
        "shiftValue": wish.value,
        "weight": wish.weight,
        "note": wish.note,
        "state": wish.state,
        "answer": wish.answer,
        "takenValue": wish.taken_value,
        "madeBy": made_by,
        "isOwn": wish.is_own,
        "revision": wish.revision,
    }


def wish_terms_payload(deadline: date | None, limit: int | None) -> dict[str, Any]:
    """Until when staff may wish for a schedule, and how often."""
    return {"deadline": str(deadline) if deadline else None, "limit": limit}


@dataclass(frozen=True)
class WishEvent(ScheduleEvent):
    """Something about one wish; ``wish`` as the wire has it."""

    schedule_id: UUID
    wish: Mapping[str, Any]

    def payload(self) -> dict[str, Any]:
        return dict(self.wish)


@dataclass(frozen=True)
class WishCreated(WishEvent):
    """A wish was entered."""

    type: ClassVar[str] = "WISH_CREATE"


@dataclass(frozen=True)
class WishUpdated(WishEvent):
    """A wish was changed; ``old`` holds its previous values."""

    old: Mapping[str, Any] = field(default_factory=dict)
    type: ClassVar[str] = "WISH_UPDATE"

    def old_values(self) -> dict[str, Any]:
        return dict(self.old)


@dataclass(frozen=True)
class WishDeleted(WishEvent):
    """A wish was withdrawn."""

    type: ClassVar[str] = "WISH_DELETE"

    def payload(self) -> dict[str, Any]:
        where = {"wishId": self.wish["id"], "scheduleId": str(self.schedule_id), "staffId": self.wish["staffId"]}
        return {**where, "revision": self.wish["revision"]}


@dataclass(frozen=True)
class WishesAnswered(ScheduleEvent):
    """Wishes were taken, declined or opened again. What was written into cells for those taken is a change before this one."""

    schedule_id: UUID
    wishes: Sequence[Mapping[str, Any]]
    type: ClassVar[str] = "WISH_ANSWER"

    def payload(self) -> dict[str, Any]:
        return {"scheduleId": str(self.schedule_id), "wishes": list(self.wishes)}


@dataclass(frozen=True)
class WishTermsUpdated(ScheduleEvent):
    """Staff may wish until another day, or another number of times; ``old``: the previous terms."""

    schedule_id: UUID
    terms: Mapping[str, Any]
    old: Mapping[str, Any]
    type: ClassVar[str] = "WISH_TERMS_UPDATE"

    def payload(self) -> dict[str, Any]:
        return {"scheduleId": str(self.schedule_id), **self.terms}

    def old_values(self) -> dict[str, Any]:
        return dict(self.old)


def swap_payload(swap: Swap) -> dict[str, Any]:
    """A swap on the wire, as managers have it."""
    return {
        "id": str(swap.id),
        "scheduleId": str(swap.schedule_id),
        "staffId": str(swap.staff_id),
        "dateKey": str(swap.date),
        "shiftValue": swap.value,
        "otherId": str(swap.other_id) if swap.other_id else None,
        "otherDateKey": str(swap.other_date) if swap.other_date else None,
        "isOffer": swap.is_offer,
        "note": swap.note,
        "state": swap.state,
        "answer": swap.answer,
        "ended": swap.ended or None,
        "cells": swap.cells,
        "breaks": swap.breaks,
        "candidates": swap.candidates,
        "revision": swap.revision,
    }


@dataclass(frozen=True)
class SwapEvent(ScheduleEvent):
    """Something about one swap; ``swap`` as managers have it."""

    schedule_id: UUID
    swap: Mapping[str, Any]

    def payload(self) -> dict[str, Any]:
        return dict(self.swap)


@dataclass(frozen=True)
class SwapCreated(SwapEvent):
    """A shift was offered, or a colleague asked."""

    type: ClassVar[str] = "SWAP_CREATE"


@dataclass(frozen=True)
class SwapUpdated(SwapEvent):
    """A swap was taken, answered, withdrawn, decided, or has ended."""

    type: ClassVar[str] = "SWAP_UPDATE"
