"""What happens to the calendar: periods, closed days, closings that repeat, shift types."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from schedules.models import CalendarDay, ClosingRule, ShiftType
from schedules.rules.times import show_times, wire_time
from shiftsync.core.clock import local_today
from shiftsync.realtime.events import Event

CALENDAR_TOPIC = "calendar"


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
