"""One run of the generator, in a worker: the job is claimed, kept alive, reported, and ended with its proposal."""

import logging
import threading
import time
from dataclasses import replace
from datetime import date
from types import TracebackType
from typing import Any
from uuid import UUID, uuid4

from django.db import DatabaseError, connection
from django.db.models import F, Q

from schedules.generation import Problem, Progress, Result
from schedules.generation.asked import as_shown
from schedules.generation.problem import Cell, Keep
from schedules.generation.reading import read_date
from schedules.generation.solving import for_repair, generate, with_past_held
from schedules.models import GenerationJob, JobKind, JobStatus
from schedules.selectors.jobs import ASKED, LEASE, TRACE
from schedules.selectors.problem import read_planning
from schedules.worker.cut import JobCut
from schedules.worker.proposals import proposal_of
from schedules.worker.way import Way
from shiftsync.core import tracing
from shiftsync.core.clock import local_today, now
from shiftsync.core.database_errors import is_transient
from shiftsync.core.errors import DomainError
from shiftsync.core.fence import everywhere, within

logger = logging.getLogger(__name__)

BEAT_SECONDS = 0.25
TELL_SECONDS = 0.5
RENEW_SECONDS = 2.0
MAX_ATTEMPTS = 3
ENDING_ATTEMPTS = 5


def run_job(job_id: UUID) -> bool:
    """Does the job, and says whether it did: not if somebody else does. What goes wrong is written into its row.

    Raises :class:`JobCut` where the database cut it off: then it is worth doing again.
    """
    job = claim(job_id)
    if job is None:
        return False
    about = {"shiftsync.restaurant": job.restaurant_id, "shiftsync.job": job.id, "shiftsync.attempts": job.attempts}
    with within(job.restaurant_id), tracing.work("generation", about, job.options.get(TRACE)):
        tracing.note("wait", int(job.created_at.timestamp() * 1e9))
        if job.cancel_requested:
            _end(job, JobStatus.CANCELLED)
            return True
        with JobHeartbeat(job) as heartbeat:
            _work(job, heartbeat)
    return True


@everywhere()
def claim(job_id: UUID) -> GenerationJob | None:
    """Takes a job that is queued, or whose lease has lapsed; None where it is somebody else's, or done."""
    moment, holder = now(), uuid4()
    is_free = Q(status=JobStatus.QUEUED) | Q(status=JobStatus.RUNNING, lease_until__lt=moment)
    taken = GenerationJob.objects.filter(is_free, id=job_id).update(
        status=JobStatus.RUNNING,
        holder=holder,
        lease_until=moment + LEASE,
        attempts=F("attempts") + 1,
        beat=F("beat") + 1,
        started_at=moment,
        progress={},
    )
    return GenerationJob.objects.filter(id=job_id, holder=holder).first() if taken else None


def _work(job: GenerationJob, heartbeat: "JobHeartbeat") -> None:
    try:
        if job.attempts > MAX_ATTEMPTS:
            raise RuntimeError(f"given up after {MAX_ATTEMPTS} attempts")
        asked, since = job.options.get(ASKED), tracing.moment()
        planning = read_planning(job.restaurant_id, job.schedule_id, asked["staff_ids"] if asked else None)
        problem = problem_for(job, planning.problem, local_today(job.restaurant.timezone))
        tracing.note("read", since)
        since = tracing.moment()
        result = generate(problem, heartbeat.tell, heartbeat.is_stopped)
        tracing.note("solve", since, {"shiftsync.outcome": result.status.value})
        since = tracing.moment()
        is_brief = heartbeat.is_stopped() or job.kind == JobKind.REPAIR or ASKED in job.options
        proposal = proposal_of(problem, result, is_brief=is_brief)
        tracing.note("explain", since)
    except DomainError as error:
        _end(job, JobStatus.FAILED, error=error.message)
    except Exception as error:
        if is_transient(error):
            raise JobCut(job) from error
        logger.exception("job.failed job=%s", job.id)
        _end(job, JobStatus.FAILED, error=f"{type(error).__name__}: {error}")
    else:
        _end(job, _status(result), proposal, base_version=planning.version, progress=heartbeat.progress())


def problem_for(job: GenerationJob, problem: Problem, today: date) -> Problem:
    """The schedule's problem with what the job asks for. Days before ``today`` stay, unless it asks for them too."""
    asked: dict[str, Any] = job.options
    options = problem.options
    options = replace(
        options,
        time_limit=float(asked.get("timeLimitSeconds") or options.time_limit),
        seed=options.seed if asked.get("seed") is None else int(asked["seed"]),
        keep=Keep(asked.get("keep") or Keep.FILLED),
    )
    problem = replace(problem, options=options)
    if ASKED in asked:
        wanted = asked[ASKED]
        problem = as_shown(problem, wanted["dates"], wanted["held"])
    if not asked.get("includePast"):
        problem = with_past_held(problem, today)
    return for_repair(problem, _cells(asked)) if job.kind == JobKind.REPAIR else problem


def _cells(asked: dict[str, Any]) -> list[Cell]:
    return [(staff_id, day) for staff_id, key in asked.get("cells", ()) if (day := read_date(key)) is not None]


def _status(result: Result) -> JobStatus:
    return JobStatus(result.status.value)


def _end(
    job: GenerationJob,
    status: JobStatus,
    result: dict[str, Any] | None = None,
    *,
    error: str = "",
    base_version: int | None = None,
    progress: dict[str, Any] | None = None,
) -> None:
    """Writes the end of the job, unless another run has taken it over."""
    told = {"progress": progress} if progress else {}
    for remaining in reversed(range(ENDING_ATTEMPTS)):
        try:
            own = GenerationJob.objects.filter(id=job.id, holder=job.holder, status=JobStatus.RUNNING)
            own.update(
                status=status,
                result=result,
                error=error[:500],
                base_version=base_version,
                beat=F("beat") + 1,
                lease_until=None,
                finished_at=now(),
                **told,
            )
            return
        except DatabaseError:
            connection.close()
            if not remaining:
                raise
            time.sleep(TELL_SECONDS)


class JobHeartbeat:
    """Beside a run, on a thread of its own: writes its progress, renews its lease, and hears that it should stop."""

    def __init__(self, job: GenerationJob) -> None:
        self._job = job
        self._news: Progress | None = None
        self._last: Progress | None = None
        self._way = Way()
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._keep, name=f"job-{job.id}", daemon=True)

    def __enter__(self) -> "JobHeartbeat":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def tell(self, progress: Progress) -> None:
        """Takes a report from the solver; of one that was not sent before the next only the way has a trace."""
        with self._lock:
            self._way.add(progress)
            self._news = self._last = progress

    def progress(self) -> dict[str, Any] | None:
        """The last report with the way that led there, as the job keeps it; None before the first."""
        with self._lock:
            return None if self._last is None else {**self._last.to_wire(), "way": self._way.to_wire()}

    def is_stopped(self) -> bool:
        """Whether the run should end with the best so far."""
        return self._stopped.is_set()

    def _keep(self) -> None:
        with within(self._job.restaurant_id):
            self._beat_until_over()

    def _beat_until_over(self) -> None:
        written = time.monotonic()
        try:
            while not self._over.wait(BEAT_SECONDS):
                since = time.monotonic() - written
                if since >= RENEW_SECONDS or (self._news is not None and since >= TELL_SECONDS):
                    self._write()
                    written = time.monotonic()
                self._listen()
        finally:
            connection.close()

    def _write(self) -> None:
        news, self._news = self._news, None
        told: dict[str, Any] = {"progress": self.progress(), "beat": F("beat") + 1} if news is not None else {}
        try:
            own = GenerationJob.objects.filter(id=self._job.id, holder=self._job.holder, status=JobStatus.RUNNING)
            if not own.update(lease_until=now() + LEASE, **told):
                self._stopped.set()
        except DatabaseError as error:
            logger.warning("job.beat job=%s error=%r", self._job.id, error)
            connection.close()

    def _listen(self) -> None:
        try:
            row = GenerationJob.objects.filter(id=self._job.id).values_list("cancel_requested", "holder").first()
        except DatabaseError as error:
            logger.warning("job.listen job=%s error=%r", self._job.id, error)
            connection.close()
            return
        if row is None or row[0] or row[1] != self._job.holder:
            self._stopped.set()
