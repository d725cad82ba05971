"""What viewers see: the published copy of a schedule."""

from dataclasses import dataclass

from schedules.cell_sql import read_grid
from schedules.events import SchedulePublished, ScheduleUnpublished
from schedules.models import Schedule, ScheduleState
from schedules.rules.cells import differences
from schedules.selectors import period_of_schedule, schedule_in
from shiftsync.core.clock import iso
from shiftsync.core.history import save_with_history
from shiftsync.realtime.commit import Transaction, commit
from shiftsync.realtime.requests import ChangeRequest, Outcome, Written


@dataclass(frozen=True, slots=True)
class SchedulePublish:
    schedule_id: str


@dataclass(frozen=True, slots=True)
class ScheduleUnpublish:
    schedule_id: str


def schedule_publish(request: ChangeRequest[SchedulePublish]) -> Outcome:
    """Shows viewers the month as it is now; nothing changes if they see it already. The result carries the diff."""

    def write(tx: Transaction) -> Written:
        schedule = schedule_in(tx.restaurant_id, request.intent.schedule_id)
        grid, _ = read_grid(schedule.id)
        diff = differences(schedule.published or {}, grid)
        if schedule.state == ScheduleState.PUBLISHED and not diff:
            return Written(None, _result(schedule), echo=_published(tx, schedule, []))
        schedule.state, schedule.published, schedule.published_at = ScheduleState.PUBLISHED, grid, tx.moment
        schedule.revision = version = tx.take_version()
        save_with_history(schedule, request.actor, reason=request.reason)
        change = tx.record(request, _published(tx, schedule, diff), version)
        return Written(change, {**_result(schedule), "diff": diff})

    return commit(request, write)


def schedule_unpublish(request: ChangeRequest[ScheduleUnpublish]) -> Outcome:
    """Takes the published copy away from viewers."""

    def write(tx: Transaction) -> Written:
        schedule = schedule_in(tx.restaurant_id, request.intent.schedule_id)
        period = period_of_schedule(tx.restaurant_id, schedule.id)
        if schedule.state == ScheduleState.DRAFT:
            return Written(None, _result(schedule), echo=ScheduleUnpublished(schedule, period.index, None, []))
        diff = differences(schedule.published or {}, {})
        schedule.state, schedule.published, schedule.published_at = ScheduleState.DRAFT, None, None
        schedule.revision = version = tx.take_version()
        save_with_history(schedule, request.actor, reason=request.reason)
        change = tx.record(request, ScheduleUnpublished(schedule, period.index, None, diff), version)
        return Written(change, _result(schedule))

    return commit(request, write)


def _published(tx: Transaction, schedule: Schedule, diff: list[dict[str, str]]) -> SchedulePublished:
    period = period_of_schedule(tx.restaurant_id, schedule.id)
    published_at = iso(schedule.published_at) if schedule.published_at else None
    return SchedulePublished(schedule, period.index, published_at, diff)


def _result(schedule: Schedule) -> dict[str, object]:
    return {
        "scheduleId": str(schedule.id),
        "state": schedule.state,
        "publishedAt": iso(schedule.published_at) if schedule.published_at else None,
    }
