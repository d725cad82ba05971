"""The queue of tasks, as one looks at it from outside: how many wait, and for how long."""

from datetime import datetime

from django.db.models import Case, Count, F, Min, When
from django_tasks_db.models import DBTaskResult

from shiftsync.core.clock import now
from shiftsync.core.metrics import QUEUE_OLDEST, QUEUE_TASKS


def waiting_tasks(moment: datetime) -> tuple[int, float]:
    """How many tasks a worker could take at ``moment``, and for how many seconds the oldest has been waiting (0 if none).

    One that is to begin later does not wait yet.
    """
    # Without a time to begin, the package writes the last day that a database knows.
    since = Case(When(run_after__lte=moment, then=F("run_after")), default=F("enqueued_at"))
    found = DBTaskResult.objects.ready().order_by().aggregate(count=Count("pk"), since=Min(since))
    oldest = found["since"]
    return found["count"], 0.0 if oldest is None else max(0.0, (moment - oldest).total_seconds())


def measure_queue() -> None:
    """Puts what :func:`waiting_tasks` says now among the metrics."""
    count, oldest = waiting_tasks(now())
    QUEUE_TASKS.set(count)
    QUEUE_OLDEST.set(oldest)
