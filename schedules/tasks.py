"""The generator's tasks in the queue. Whoever starts a job calls :func:`enqueue` in the same transaction."""

import logging
from datetime import timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F
from django.utils.module_loading import import_string
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from schedules.models import GenerationJob, JobStatus
from schedules.selectors.jobs import LEASE
from schedules.worker.cut import JobCut
from schedules.worker.turns import turn_after
from shiftsync.core.clock import now
from shiftsync.core.fence import everywhere

logger = logging.getLogger(__name__)

TRIES = 4
"""Another worker may take the same job at the same moment."""
RUNNER = "schedules.worker.running.run_job"
"""What does a job, by name: it needs the solver, which only the worker that takes the task loads."""


@task()
def run_generation(job_id: str) -> None:
    """Does the job whose turn it is, which need not be the one that this task was made for. One that the database cut off is queued
    again; where it cannot be reached for that either, its watch does so."""
    hint = UUID(job_id)
    run_job = import_string(RUNNER)
    for _ in range(TRIES):
        try:
            if run_job(turn_after(hint)):
                return
        except JobCut as cut:
            logger.warning("job.cut job=%s attempts=%s error=%r", cut.job.id, cut.job.attempts, cut.__cause__)
            connection.close()
            _queue_again(cut.job)
            return


@task()
@everywhere()
def watch_generation(job_id: str) -> None:
    """Looks after a job until it is done: one that a worker left behind is queued again.

    A worker that is killed leaves its task running for ever; this one waits in the queue for any worker meanwhile.
    """
    job = GenerationJob.objects.filter(id=job_id).defer("result").first()
    if job is None or not job.is_active:
        return
    if _is_left_behind(job):
        _queue_again(job)
    _watch(job.id)


@everywhere()
def _queue_again(job: GenerationJob) -> None:
    """Unless somebody has taken it meanwhile. How often it was tried is counted where it is taken; its watch goes on."""
    with transaction.atomic():
        left = GenerationJob.objects.filter(id=job.id, holder=job.holder, status=job.status)
        if left.update(status=JobStatus.QUEUED, lease_until=None, beat=F("beat") + 1):
            _enqueue_run(job)


def _is_left_behind(job: GenerationJob) -> bool:
    """Nobody works on it: its lease has lapsed, or its task was taken from the queue and came to nothing."""
    if job.status == JobStatus.RUNNING:
        return job.lease_until is None or job.lease_until < now()
    waiting = DBTaskResult.objects.filter(id=job.task_id, status=TaskResultStatus.READY) if job.task_id else None
    return not (waiting is not None and waiting.exists()) and job.updated_at < now() - LEASE


def enqueue(job: GenerationJob) -> None:
    """Puts a job into the queue, and its watch. Notes its task in the row."""
    _enqueue_run(job)
    _watch(job.id)


def _enqueue_run(job: GenerationJob) -> None:
    result = run_generation.enqueue(str(job.id))
    GenerationJob.objects.filter(id=job.id).update(task_id=UUID(str(result.id)), updated_at=now())


def _watch(job_id: UUID) -> None:
    watch_generation.using(run_after=now() + LEASE + timedelta(seconds=0.5)).enqueue(str(job_id))
