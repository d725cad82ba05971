"""Whose turn it is: the queue of the generator's jobs is fair over restaurants, however many jobs one of them has."""

from datetime import UTC, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from schedules.models import GenerationJob, JobKind, JobStatus
from shiftsync.core.fence import everywhere

_NEVER = datetime.min.replace(tzinfo=UTC)


@everywhere()
def turn_after(hint: UUID) -> UUID:
    """The job that a worker should do who has taken the task of ``hint`` from the queue.

    A restaurant that has a job running waits for those that have none; a repair, for which somebody waits, goes before whole months;
    then it is the turn of the restaurant that has waited longest for one. The job chosen and ``hint`` change tasks, so that each
    that waits still has one.
    """
    with transaction.atomic():
        chosen = _chosen() or hint
        if chosen != hint:
            tasks = dict(GenerationJob.objects.filter(id__in=(chosen, hint)).values_list("id", "task_id"))
            GenerationJob.objects.filter(id=chosen).update(task_id=tasks.get(hint))
            GenerationJob.objects.filter(id=hint, status=JobStatus.QUEUED).update(task_id=tasks[chosen])
    return chosen


def _chosen() -> UUID | None:
    jobs = GenerationJob.objects
    waiting = list(jobs.filter(status=JobStatus.QUEUED).values_list("id", "restaurant_id", "kind", "created_at"))
    busy = set(jobs.filter(status=JobStatus.RUNNING).values_list("restaurant_id", flat=True))
    theirs = {restaurant for _, restaurant, _, _ in waiting}
    served = jobs.filter(restaurant_id__in=theirs, started_at__isnull=False).order_by().values("restaurant_id")
    last = dict(served.annotate(last=Max("started_at")).values_list("restaurant_id", "last"))

    def rank(job: tuple[UUID, UUID, str, datetime]) -> tuple[bool, bool, datetime, datetime]:
        _, restaurant, kind, since = job
        return restaurant in busy, kind != JobKind.REPAIR, last.get(restaurant, _NEVER), since

    return min(waiting, key=rank)[0] if waiting else None
