"""Reading the generator's jobs, and how they look on the wire."""

from collections.abc import Hashable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from schedules.models import ACTIVE_JOB, GenerationJob
from shiftsync.core.clock import iso, now
from shiftsync.core.errors import NotFound
from shiftsync.core.ids import parse_id
from shiftsync.realtime.stream.selectors import author_names

LAST_JOBS = 5
LEASE = timedelta(seconds=8)
"""How long a worker that has not been heard of still holds its job."""
ASKED = "asked"
"""The option that holds what a version 1 client asked for; it may hold a whole grid, so it is not told with the job."""
TOLD_FOR = timedelta(seconds=60)
NO_RESULT: dict[str, Any] = {
    "score": None,
    "scoreBefore": None,
    "violations": [],
    "explanation": None,
    "fairness": [],
    "warnings": [],
    "warningsJa": [],
}
DECLINED = "declined"
"""Among a job's options: by whom and when its proposal was dropped."""
TRACE = "trace"
"""Among a job's options: where in which trace it was asked for; only where traces are on, and told to nobody."""
UNTOLD = (ASKED, DECLINED, TRACE)
PRIVATE = ("scheduleData", "diff", "covering")
"""What of a result is for its requester alone."""


def jobs_of(restaurant_id: UUID, schedule_id: object = None) -> QuerySet[GenerationJob]:
    """The jobs of a restaurant (or of one schedule), the newest first, without their results."""
    jobs = GenerationJob.objects.filter(restaurant_id=restaurant_id).order_by("-created_at", "-id").defer("result")
    if schedule_id is None:
        return jobs
    wanted = parse_id(schedule_id)
    return jobs.filter(schedule_id=wanted) if wanted else jobs.none()


def job_in(restaurant_id: UUID, job_id: object) -> GenerationJob:
    """The one door to a job. Raises :class:`NotFound`."""
    wanted = parse_id(job_id)
    found = GenerationJob.objects.filter(restaurant_id=restaurant_id, id=wanted).first() if wanted else None
    if found is None:
        raise NotFound("No such job.")
    return found


def last_jobs(restaurant_id: UUID, schedule_id: UUID) -> list[dict[str, Any]]:
    """The active job of a schedule and the last ones, the newest first."""
    return job_payloads(jobs_of(restaurant_id, schedule_id)[:LAST_JOBS])


def job_payloads(jobs: Sequence[GenerationJob] | QuerySet[GenerationJob]) -> list[dict[str, Any]]:
    """Jobs without their results, on the wire."""
    found = list(jobs)
    names = author_names(job.requested_by_id for job in found if job.requested_by_id)
    return [job_payload(job, names.get(job.requested_by_id) if job.requested_by_id else None) for job in found]


def job_payload(job: GenerationJob, requested_by: str | None) -> dict[str, Any]:
    """A job without its result, on the wire."""
    return {
        "jobId": str(job.id),
        "scheduleId": str(job.schedule_id),
        "kind": job.kind,
        "status": job.status,
        "options": {name: value for name, value in job.options.items() if name not in UNTOLD},
        "declinedBy": declined_by(job),
        "progress": progress_payload(job),
        "requestedBy": requested_by,
        "createdAt": iso(job.created_at),
        "startedAt": iso(job.started_at) if job.started_at else None,
        "finishedAt": iso(job.finished_at) if job.finished_at else None,
        "attempts": job.attempts,
        "error": job.error,
    }


def progress_payload(job: GenerationJob) -> dict[str, Any]:
    """How far a job is; before its first schedule there is no objective."""
    waiting: dict[str, Any] = {
        "phase": job.status,
        "objective": None,
        "bound": None,
        "elapsedSeconds": 0,
        "solutions": 0,
        "way": [],
    }
    return {"jobId": str(job.id), "scheduleId": str(job.schedule_id), **waiting, **job.progress}


def result_payload(job: GenerationJob, *, is_requester: bool) -> dict[str, Any]:
    """What came out of a finished job; the proposal itself for its requester alone."""
    result = dict(job.result or {})
    if not is_requester:
        result = {name: value for name, value in result.items() if name not in PRIVATE}
    head = {"jobId": str(job.id), "scheduleId": str(job.schedule_id), "kind": job.kind, "status": job.status}
    how = {"error": job.error, "declinedBy": declined_by(job), "progress": progress_payload(job)}
    return {**head, **how, **NO_RESULT, **result}


def declined_by(job: GenerationJob) -> str | None:
    """Who dropped the proposal; None: it stands."""
    declined: dict[str, str] | None = job.options.get(DECLINED)
    return None if declined is None else declined["by"]


def told_now(restaurant_ids: Sequence[UUID]) -> dict[Hashable, int]:
    """The jobs that clients should know of, each with its beat: at work, or ended or declined just now."""
    since = now() - TOLD_FOR
    rows = GenerationJob.objects.filter(
        Q(status__in=ACTIVE_JOB) | Q(finished_at__gt=since) | Q(finished_at__isnull=False, updated_at__gt=since),
        restaurant_id__in=restaurant_ids,
    )
    found: dict[Hashable, int] = {}
    found.update(rows.values_list("id", "beat"))
    return found
