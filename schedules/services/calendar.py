"""What changes calendar days. Periods and shift types have modules of their own, and are offered here beside them."""

from dataclasses import dataclass, field
from datetime import date

from schedules.events.calendar import CalendarDayUpdated, calendar_day_payload
from schedules.models import CalendarDay, DayKind
from schedules.selectors.special_days import repeated_closings
from schedules.services.periods import (
    PeriodCreate,
    PeriodDelete,
    PeriodRestore,
    PeriodUpdate,
    period_create,
    period_delete,
    period_restore,
    period_update,
)
from schedules.services.shift_types import (
    ShiftTypeCreate,
    ShiftTypeDelete,
    ShiftTypeUpdate,
    shift_type_create,
    shift_type_delete,
    shift_type_update,
)
from shiftsync.core.dates import require_on_calendar
from shiftsync.core.history import save_with_history
from shiftsync.core.payloads import FromPayload, from_payload
from shiftsync.realtime.stream.commit import Transaction, commit
from shiftsync.realtime.stream.judging import judge_row, overwritten
from shiftsync.realtime.stream.requests import ChangeRequest, Outcome, Written

__all__ = [
    "CalendarDayUpdate",
    "PeriodCreate",
    "PeriodDelete",
    "PeriodRestore",
    "PeriodUpdate",
    "ShiftTypeCreate",
    "ShiftTypeDelete",
    "ShiftTypeUpdate",
    "calendar_day_update",
    "period_create",
    "period_delete",
    "period_restore",
    "period_update",
    "shift_type_create",
    "shift_type_delete",
    "shift_type_update",
]


@dataclass(frozen=True, slots=True)
class CalendarDayUpdate(FromPayload):
    """What is special about a day; ``kind`` blank: nothing. None leaves that part as it is.

    ``as_shown``: its author knows days alone, not what repeats. A day that they make ordinary is to be open then.
    """

    date: date
    kind: str | None = field(default=None, metadata=from_payload(read=lambda kind: kind or ""))
    note: str | None = None
    as_shown: bool = False


def calendar_day_update(request: ChangeRequest[CalendarDayUpdate]) -> Outcome:
    """Says what is special about a day. The result carries it as ``day``."""
    intent = request.intent
    require_on_calendar("date", intent.date)

    def write(tx: Transaction) -> Written:
        day = CalendarDay.objects.filter(restaurant_id=tx.restaurant_id, date=intent.date).first() or CalendarDay(
            restaurant_id=tx.restaurant_id, date=intent.date
        )
        wanted = {name: value for name in ("kind", "note") if (value := getattr(intent, name)) is not None}
        if intent.as_shown and wanted.get("kind") == "" and _is_closed_again(tx, intent.date):
            wanted["kind"] = DayKind.OPEN.value
        apply, items = judge_row(tx, request, "calendar_day", day, wanted)
        old = calendar_day_payload(day)
        if not apply:
            return Written(None, {"day": old}, echo=CalendarDayUpdated(day, old))
        for name, value in apply.items():
            setattr(day, name, value)
        day.revision = version = tx.take_version()
        save_with_history(day, request.actor, reason=request.reason)
        change = tx.record(request, CalendarDayUpdated(day, old), version)
        return Written(change, {"day": calendar_day_payload(day), **overwritten(items)})

    return commit(request, write)


def _is_closed_again(tx: Transaction, day: date) -> bool:
    return bool(repeated_closings(tx.restaurant_id, day, day))
