"""What changes periods. One that nobody has entered anything into, and that was never shown to staff, may be corrected."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings

from schedules.events.calendar import PeriodCreated, PeriodDeleted, PeriodUpdated
from schedules.models import ACTIVE_JOB, GenerationJob, Period, Publication, Schedule, ScheduleState, Shift, Wish
from schedules.rules.periods import LONGEST_PERIOD_DAYS, next_period, period_around
from schedules.selectors.schedules import PlannedPeriod, periods_of
from shiftsync.core.clock import local_today
from shiftsync.core.dates import LAST_DAY, require_on_calendar
from shiftsync.core.errors import ConflictError, NotFound, ValidationFailed
from shiftsync.core.history import delete_with_history, save_with_history
from shiftsync.core.ids import parse_id
from shiftsync.core.models import own_row
from shiftsync.core.payloads import FromPayload, from_payload
from shiftsync.core.text import counted
from shiftsync.realtime.stream.commit import Transaction, commit
from shiftsync.realtime.stream.judging import judge_removal, judge_row, overwritten
from shiftsync.realtime.stream.requests import ChangeRequest, Outcome, Written


@dataclass(frozen=True, slots=True)
class PeriodCreate(FromPayload):
    """A new period with an empty schedule. Without dates: the first one from today on that is not planned yet."""

    start_date: date | None = None
    end_date: date | None = None
    id: UUID | None = field(default=None, metadata=from_payload(read=parse_id))


@dataclass(frozen=True, slots=True)
class PeriodUpdate(FromPayload):
    """Other days for a period that is empty; None leaves that end as it is."""

    period_id: str
    start_date: date | None = None
    end_date: date | None = None


@dataclass(frozen=True, slots=True)
class PeriodDelete(FromPayload):
    """Deletes an empty, unpublished period."""

    period_id: str


@dataclass(frozen=True, slots=True)
class PeriodRestore(FromPayload):
    """Brings a deleted period back with its schedule, which was empty."""

    period_id: str


def period_create(request: ChangeRequest[PeriodCreate]) -> Outcome:
    """Adds a period with its schedule; periods of one restaurant do not overlap. The result carries it as ``period``."""
    intent = request.intent
    _require_on_calendar(intent)

    def write(tx: Transaction) -> Written:
        own_id, known = own_row(Period, tx.restaurant_id, intent.id) if intent.id else (None, None)
        if known is not None:
            event = PeriodCreated(*_told(tx, known.id))
            return Written(None, {"period": event.period}, echo=event)
        _require_room(tx, "startDate")
        start, end = _dates(tx, intent)
        _require_free(tx, start, end, "startDate")
        version = tx.take_version()
        created = PeriodCreated(*_told(tx, _create(request, tx, own_id, start, end, version).id))
        return Written(tx.record(request, created, version), {"period": created.period})

    return commit(request, write)


def period_update(request: ChangeRequest[PeriodUpdate]) -> Outcome:
    """Gives an empty, unpublished period other days. The result carries it as ``period``. Raises :class:`NotFound`,
    :class:`ConflictError` where something was entered or published."""
    intent = request.intent
    _require_on_calendar(intent)

    def write(tx: Transaction) -> Written:
        period = _period(tx, intent.period_id)
        given = {"start_date": intent.start_date, "end_date": intent.end_date}
        wanted = {name: day for name, day in given.items() if day is not None}
        apply, items = judge_row(tx, request, "period", period, wanted)
        if not apply:
            event = PeriodUpdated(*_told(tx, period.id), {})
            return Written(None, {"period": event.period}, echo=event)
        _require_empty(period)
        old = {name: str(getattr(period, name)) for name in apply}
        for name, day in apply.items():
            setattr(period, name, day)
        _require_free(tx, period.start_date, period.end_date, "startDate", besides=period.id)
        period.revision = version = tx.take_version()
        save_with_history(period, request.actor, reason=request.reason, fields=apply)
        updated = PeriodUpdated(*_told(tx, period.id), old)
        return Written(tx.record(request, updated, version), {"period": updated.period, **overwritten(items)})

    return commit(request, write)


def period_delete(request: ChangeRequest[PeriodDelete]) -> Outcome:
    """Removes an empty, unpublished period with its schedule; its history stays. Raises :class:`NotFound`,
    :class:`ConflictError` where something was entered or published."""

    def write(tx: Transaction) -> Written:
        period = _period(tx, request.intent.period_id)
        _require_empty(period)
        items = judge_removal(tx, request, "period", period)
        version = tx.take_version()
        old = next(each.payload() for each in periods_of(tx.restaurant_id) if each.id == period.id)
        schedule = Schedule.objects.filter(period=period).first()
        if schedule is not None:
            schedule.revision = version
            delete_with_history(schedule, request.actor, reason=request.reason)
        period.revision = version
        period_id = period.id
        delete_with_history(period, request.actor, reason=request.reason)
        event = PeriodDeleted(str(period_id), _payloads(periods_of(tx.restaurant_id)), old)
        return Written(tx.record(request, event, version), overwritten(items))

    return commit(request, write)


def period_restore(request: ChangeRequest[PeriodRestore]) -> Outcome:
    """Brings a deleted period back with the days that it had, and its schedule with its terms for wishes; one that is there is
    answered as done. The result carries it as ``period``. Raises :class:`NotFound`, and :class:`ValidationFailed` where another
    period has these days by now."""

    def write(tx: Transaction) -> Written:
        wanted = parse_id(request.intent.period_id)
        if wanted is not None and Period.objects.filter(restaurant_id=tx.restaurant_id, id=wanted).exists():
            there = PeriodCreated(*_told(tx, wanted))
            return Written(None, {"period": there.period}, echo=there)
        period = _deleted(Period, tx, id=wanted)
        if period is None:
            raise NotFound("No such period.", {"periodId": ["No such period."]})
        schedule = _deleted(Schedule, tx, period_id=wanted) or Schedule(restaurant_id=tx.restaurant_id)
        _require_room(tx, "periodId")
        _require_free(tx, period.start_date, period.end_date, "periodId")
        period.revision = schedule.revision = version = tx.take_version()
        schedule.period = period
        for row in (period, schedule):
            row._state.adding = True
            save_with_history(row, request.actor, reason=request.reason)
        created = PeriodCreated(*_told(tx, period.id))
        return Written(tx.record(request, created, version), {"period": created.period})

    return commit(request, write)


def _deleted(model: type[Period | Schedule], tx: Transaction, **about: UUID | None) -> Any:
    """The row as it was when it was deleted last; None where none was."""
    ends = model.history.filter(restaurant_id=tx.restaurant_id, history_type="-", **about)
    last = ends.order_by("-revision", "-history_id").first()
    return None if last is None else last.instance


def _require_room(tx: Transaction, field: str) -> None:
    most = settings.CONFIG.limits.periods_per_restaurant
    if Period.objects.filter(restaurant_id=tx.restaurant_id).count() >= most:
        raise ValidationFailed.of(field, f"A restaurant has at most {most} periods.")


def _require_on_calendar(intent: PeriodCreate | PeriodUpdate) -> None:
    require_on_calendar("startDate", intent.start_date)
    require_on_calendar("endDate", intent.end_date)


def _period(tx: Transaction, period_id: str) -> Period:
    wanted = parse_id(period_id)
    found = Period.objects.filter(restaurant_id=tx.restaurant_id, id=wanted).first() if wanted else None
    if found is None:
        raise NotFound("No such period.", {"periodId": ["No such period."]})
    return found


def _require_empty(period: Period) -> None:
    """Raises :class:`ConflictError` with the content of the period's schedule."""
    schedule = Schedule.objects.filter(period=period).first()
    if schedule is None:
        return
    cells = Shift.objects.filter(schedule=schedule).exclude(value="", is_locked=False).count()
    if schedule.state == ScheduleState.PUBLISHED or Publication.objects.filter(schedule=schedule).exists():
        reason = "This period is, or has been, published."
    elif cells:
        reason = f"This period has entries ({counted(cells, 'cell')})."
    elif Wish.objects.filter(schedule=schedule, is_active=True).exists():
        reason = "There are wishes for this period."
    elif GenerationJob.objects.filter(schedule=schedule, status__in=ACTIVE_JOB).exists():
        reason = "The generator is running for this period."
    else:
        return
    raise ConflictError(f"{reason} Only an empty one can be changed or deleted.", {"periodId": [reason]})


def _dates(tx: Transaction, intent: PeriodCreate) -> tuple[date, date]:
    start, end = intent.start_date, intent.end_date
    closing_day = tx.restaurant.closing_day
    if start is None:
        planned = [(period.start_date, period.end_date) for period in periods_of(tx.restaurant_id)]
        start, default_end = next_period(local_today(tx.restaurant.timezone), planned, closing_day)
        return start, end or default_end
    return start, end or min(period_around(start, closing_day)[1], LAST_DAY)


def _require_free(tx: Transaction, start: date, end: date, field: str, besides: UUID | None = None) -> None:
    """``field``: whose fault it is where another period has one of these days."""
    if end < start:
        raise ValidationFailed.of("endDate", "Must not be before startDate.")
    if (end - start).days >= LONGEST_PERIOD_DAYS:
        raise ValidationFailed.of("endDate", f"A period has at most {LONGEST_PERIOD_DAYS} days.")
    overlapping = Period.objects.filter(restaurant_id=tx.restaurant_id, start_date__lte=end, end_date__gte=start)
    if any(period_id != besides for period_id in overlapping.values_list("id", flat=True)):
        raise ValidationFailed.of(field, "Overlaps another period.")


def _create(
    request: ChangeRequest[PeriodCreate], tx: Transaction, id: UUID | None, start: date, end: date, version: int
) -> Period:
    own = {"id": id} if id else {}
    period = Period(restaurant_id=tx.restaurant_id, start_date=start, end_date=end, revision=version, **own)
    save_with_history(period, request.actor, reason=request.reason)
    save_with_history(
        Schedule(restaurant_id=tx.restaurant_id, period=period, revision=version), request.actor, reason=request.reason
    )
    return period


def _told(tx: Transaction, period_id: UUID) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The period and all periods, as the wire has them."""
    periods = _payloads(periods_of(tx.restaurant_id))
    return next(entry for entry in periods if entry["id"] == str(period_id)), periods


def _payloads(periods: list[PlannedPeriod]) -> list[dict[str, Any]]:
    return [period.payload() for period in periods]
