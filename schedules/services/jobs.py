"""Starting, cancelling and applying the generator's jobs."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import F

from schedules.events.cells import CellEdited, CellsEdited
from schedules.models import ACTIVE_JOB, GenerationJob, JobKind, JobStatus
from schedules.rules.v1_generation import V1Request
from schedules.selectors.jobs import ASKED, DECLINED, TRACE, job_in, jobs_of
from schedules.selectors.schedules import period_of_schedule, schedule_in
from schedules.services.proposing import Proposed, propose_cells
from schedules.services.symbols import symbols_since
from schedules.tasks import enqueue
from shiftsync.core import tracing
from shiftsync.core.clock import local_today, now
from shiftsync.core.encoding import decode
from shiftsync.core.errors import ConflictError, NotFound, RateLimited
from shiftsync.core.payloads import FromPayload, from_payload
from shiftsync.realtime.models import Change
from shiftsync.realtime.stream.commit import Transaction, commit
from shiftsync.realtime.stream.requests import ChangeRequest, Outcome, Written

MAX_SECONDS = 600
WAIT_SECONDS = 10.0


def _named_cells(cells: Iterable[Mapping[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((cell["staff_id"], cell["date_key"]) for cell in cells)


@dataclass(frozen=True, slots=True)
class JobStart(FromPayload):
    """A job for a schedule. What is None comes from the solver configuration.

    ``cells`` (staff id and day) are held by a repair; without them, those of the author's last change of the schedule.
    ``include_past``: days before today may change as well. ``asked``: by a version 1 client, in its words.
    """

    schedule_id: str
    kind: JobKind = field(default=JobKind.GENERATE, metadata=from_payload(read=JobKind))
    keep: str = "filled"
    time_limit_seconds: float | None = None
    seed: int | None = None
    cells: tuple[tuple[str, str], ...] | None = field(default=None, metadata=from_payload(read=_named_cells))
    include_past: bool = False
    asked: V1Request | None = None

    def options(self) -> dict[str, Any]:
        """As the job keeps them."""
        past = True if self.include_past else None
        given = {
            "keep": self.keep,
            "timeLimitSeconds": self.time_limit_seconds,
            "seed": self.seed,
            "includePast": past,
            ASKED: None if self.asked is None else asdict(self.asked),
        }
        return {name: value for name, value in given.items() if value is not None}


@dataclass(frozen=True, slots=True)
class JobCancel(FromPayload):
    """Ends a job that is queued or running."""

    job_id: str


@dataclass(frozen=True, slots=True)
class JobApply(FromPayload):
    """Writes a job's proposal into the grid."""

    job_id: str


@dataclass(frozen=True, slots=True)
class JobDecline(FromPayload):
    """Puts a job's proposal aside, on every device."""

    job_id: str


def job_start(request: ChangeRequest[JobStart]) -> Outcome:
    """Queues a job; the result tells its ``jobId``. Raises :class:`NotFound`, and :class:`ConflictError` where the
    schedule has an unfinished job, :class:`RateLimited` where the restaurant has too many."""

    def write(tx: Transaction) -> Written:
        intent = request.intent
        schedule = schedule_in(tx.restaurant_id, intent.schedule_id)
        busy = jobs_of(tx.restaurant_id, schedule.id).filter(status__in=ACTIVE_JOB).first()
        if busy is not None:
            raise ConflictError("The generator is already running for this schedule.", {"jobId": str(busy.id)})
        _require_room(tx)
        options = intent.options()
        if intent.kind == JobKind.REPAIR:
            options["cells"] = intent.cells if intent.cells is not None else _last_edited(request, str(schedule.id))
        trace = tracing.current()
        if trace is not None:
            options[TRACE] = trace.spot
        job = GenerationJob.objects.create(
            restaurant_id=tx.restaurant_id,
            schedule=schedule,
            requested_by_id=request.actor.user_id,
            client_id=request.actor.client_id,
            kind=intent.kind,
            options=options,
        )
        enqueue(job)
        return Written(None, {"jobId": str(job.id), "scheduleId": str(schedule.id), "status": job.status})

    return commit(request, write)


def _require_room(tx: Transaction) -> None:
    """Raises :class:`RateLimited` where the restaurant has as many jobs to do as it may have."""
    most = settings.CONFIG.limits.jobs_per_restaurant
    if jobs_of(tx.restaurant_id).filter(status__in=ACTIVE_JOB).count() >= most:
        raise RateLimited(
            f"This restaurant already has {most} generator jobs; wait until one is done, or cancel one.",
            retry_after=WAIT_SECONDS,
        )


def _last_edited(request: ChangeRequest[Any], schedule_id: str) -> list[tuple[str, str]]:
    """The cells of the author's last change of the schedule."""
    actor = request.actor
    own = Change.objects.filter(
        restaurant_id=actor.restaurant_id,
        client_id=actor.client_id,
        actor_id=actor.user_id,
        entity_id=schedule_id,
        type__in=(CellEdited.type, CellsEdited.type),
    )
    last = own.order_by("-version").values_list("payload", flat=True).first()
    if last is None:
        return []
    payload = decode(last)
    return [(cell["staffId"], cell["dateKey"]) for cell in payload.get("changes") or [payload]]


def job_cancel(request: ChangeRequest[JobCancel]) -> Outcome:
    """Ends a job with the best schedule so far; one that has ended stays as it is. Raises :class:`NotFound`."""

    def write(tx: Transaction) -> Written:
        job = job_in(tx.restaurant_id, request.intent.job_id)
        own = GenerationJob.objects.filter(id=job.id)
        own.filter(status=JobStatus.RUNNING).update(cancel_requested=True)
        own.filter(status=JobStatus.QUEUED).update(
            status=JobStatus.CANCELLED, cancel_requested=True, finished_at=now(), beat=F("beat") + 1
        )
        return Written(None, {"jobId": str(job.id)})

    return commit(request, write)


def job_decline(request: ChangeRequest[JobDecline]) -> Outcome:
    """Drops a job's proposal for everybody: it is offered nowhere any more. Once declined it stays so.

    Raises :class:`NotFound`, and :class:`ConflictError` for a job that is still at work.
    """

    def write(tx: Transaction) -> Written:
        job = job_in(tx.restaurant_id, request.intent.job_id)
        if job.is_active:
            raise ConflictError("The job has not finished.", {"jobId": str(job.id)})
        if DECLINED not in job.options:
            job.options = {**job.options, DECLINED: {"by": request.actor.name, "at": tx.timestamp}}
            job.beat = F("beat") + 1
            job.save(update_fields=["options", "beat", "updated_at"])
        return Written(None, {"jobId": str(job.id)})

    return commit(request, write)


def job_apply(request: ChangeRequest[JobApply]) -> Outcome:
    """Writes a job's proposal as one change. Cells edited since it was made win, unless the request's strategy is another;
    days that have passed since it was made are skipped, unless the job was asked to include the past.

    Raises :class:`NotFound`, :class:`ConflictError` for a job without a proposal, and those of ``propose_cells``.
    """
    job = job_in(request.actor.restaurant_id, request.intent.job_id)
    if job.is_active:
        raise ConflictError("The job has not finished.", {"jobId": str(job.id)})
    if not job.result:
        raise NotFound("The job has no proposal.")
    diff = job.result["diff"]

    def write(tx: Transaction) -> Written:
        cells = tuple(_proposed(diff, symbols_since(tx.restaurant_id, job.base_version or 0)))
        period = period_of_schedule(tx.restaurant_id, job.schedule_id)
        first = None if job.options.get("includePast") else local_today(tx.restaurant.timezone)
        return propose_cells(tx, request, period, cells, origin={"jobId": str(job.id)}, first=first)

    return commit(request, write)


def _proposed(diff: Iterable[Mapping[str, Any]], names: Mapping[str, str]) -> Iterable[Proposed]:
    """The cells of a diff; ``names`` are those of symbols that were renamed since."""
    for cell in diff:
        yield Proposed(
            cell["staffId"],
            date.fromisoformat(cell["dateKey"]),
            names.get(cell["shiftValue"], cell["shiftValue"]),
            names.get(cell["previousValue"], cell["previousValue"]),
            cell.get("groupId"),
        )
