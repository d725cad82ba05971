"""What changes periods and calendar days."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from schedules.events import (
    CalendarDayUpdated,
    PeriodCreated,
    calendar_day_payload,
)
from schedules.models import CalendarDay, Period, Schedule
from schedules.rules.periods import period_after, period_around
from schedules.selectors import periods_of
from schedules.services.shift_types import (
    ShiftTypeCreate,
    ShiftTypeDelete,
    ShiftTypeUpdate,
    shift_type_create,
    shift_type_delete,
    shift_type_update,
)
from shiftsync.core.clock import local_today
from shiftsync.core.dates import demand_on_calendar
from shiftsync.core.errors import ValidationFailed
from shiftsync.core.history import save_with_history
from shiftsync.realtime.commit import Transaction, commit
from shiftsync.realtime.judging import judge_row, overwritten
from shiftsync.realtime.requests import ChangeRequest, Outcome, Written

__all__ = [
    "CalendarDayUpdate",
    "PeriodCreate",
    "ShiftTypeCreate",
    "ShiftTypeDelete",
    "ShiftTypeUpdate",
    "calendar_day_update",
    "period_create",
    "shift_type_create",
    "shift_type_delete",
    "shift_type_update",
]

LONGEST_PERIOD_DAYS = 366


@dataclass(frozen=True, slots=True)
class PeriodCreate:
    """A new period with an empty schedule. Without dates: the one that follows the last by the closing day."""

    start_date: date | None = None
    end_date: date | None = None
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class CalendarDayUpdate:
    """What is special about a day; ``kind`` blank: nothing. None leaves that part as it is."""

    date: date
    kind: str | None = None
    note: str | None = None


def period_create(request: ChangeRequest[PeriodCreate]) -> Outcome:
    """Adds a period with its schedule; periods of one restaurant do not overlap. The result carries it as ``period``."""
    intent = request.intent

    def write(tx: Transaction) -> Written:
        known = Period.objects.filter(id=intent.id, restaurant_id=tx.restaurant_id).first() if intent.id else None
        if known is None:
            start, end = _dates(tx, intent)
            version = tx.take_version()
            known = _create_period(request, tx, start, end, version)
            change = tx.record(request, _period_created(tx, known), version)
            return Written(change, {"period": _period_created(tx, known).period})
        event = _period_created(tx, known)
        return Written(None, {"period": event.period}, echo=event)

    return commit(request, write)


def calendar_day_update(request: ChangeRequest[CalendarDayUpdate]) -> Outcome:
    """Says what is special about a day. The result carries it as ``day``."""
    intent = request.intent
    demand_on_calendar("date", intent.date)

    def write(tx: Transaction) -> Written:
        day = CalendarDay.objects.filter(restaurant_id=tx.restaurant_id, date=intent.date).first() or CalendarDay(
            restaurant_id=tx.restaurant_id, date=intent.date
        )
        wanted = {name: value for name in ("kind", "note") if (value := getattr(intent, name)) is not None}
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


def _dates(tx: Transaction, intent: PeriodCreate) -> tuple[date, date]:
    start, end = intent.start_date, intent.end_date
    closing_day = tx.restaurant.closing_day
    if start is None:
        periods = periods_of(tx.restaurant_id)
        default = (
            period_after(periods[-1].end_date, closing_day)
            if periods
            else period_around(local_today(tx.restaurant.timezone), closing_day)
        )
        start, end = default[0], end or default[1]
    elif end is None:
        end = period_around(start, closing_day)[1]
    if end < start:
        raise ValidationFailed.of("endDate", "Must not be before startDate.")
    if (end - start).days >= LONGEST_PERIOD_DAYS:
        raise ValidationFailed.of("endDate", f"A period has at most {LONGEST_PERIOD_DAYS} days.")
    if Period.objects.filter(restaurant_id=tx.restaurant_id, start_date__lte=end, end_date__gte=start).exists():
        raise ValidationFailed.of("startDate", "Overlaps with another period.")
    return start, end


def _create_period(
    request: ChangeRequest[PeriodCreate], tx: Transaction, start: date, end: date, version: int
) -> Period:
    if request.intent.id and Period.objects.filter(id=request.intent.id).exists():
        raise ValidationFailed.of("id", "This id cannot be used.")
    period = Period(
        restaurant_id=tx.restaurant_id,
        start_date=start,
        end_date=end,
        revision=version,
        **({"id": request.intent.id} if request.intent.id else {}),
    )
    save_with_history(period, request.actor, reason=request.reason)
    save_with_history(
        Schedule(restaurant_id=tx.restaurant_id, period=period, revision=version), request.actor, reason=request.reason
    )
    return period


def _period_created(tx: Transaction, period: Period) -> PeriodCreated:
    periods = [planned.payload() for planned in periods_of(tx.restaurant_id)]
    return PeriodCreated(next(entry for entry in periods if entry["id"] == str(period.id)), periods)
