"""Runs of the generator."""

from django.conf import settings
from django.db import models

from schedules.models.grid import Schedule
from shiftsync.core.models import Identified
from shiftsync.tenants.models import Restaurant


class JobKind(models.TextChoices):
    """What a job makes."""

    GENERATE = "generate", "generate"
    REPAIR = "repair", "repair"


class JobStatus(models.TextChoices):
    """Where a job stands. ``infeasible``: hard rules must be broken; the best schedule is there all the same."""

    QUEUED = "queued", "queued"
    RUNNING = "running", "running"
    OPTIMAL = "optimal", "optimal"
    FEASIBLE = "feasible", "feasible"
    INFEASIBLE = "infeasible", "infeasible"
    CANCELLED = "cancelled", "cancelled"
    FAILED = "failed", "failed"


ACTIVE_JOB = (JobStatus.QUEUED, JobStatus.RUNNING)


class GenerationJob(Identified):
    """One run of the generator: who asked for what, how far it is, and the proposal that came out.

    ``beat`` grows with all that is worth telling. ``holder`` names the run that works on it, as long as ``lease_until``
    lies ahead; a running job whose lease has lapsed was dropped and is queued again. ``task_id`` is its task in the queue.
    ``base_version`` is the version of the restaurant that the proposal was made from.
    """

    restaurant = models.ForeignKey(Restaurant, on_delete=models.CASCADE, related_name="+", db_index=False)
    schedule = models.ForeignKey(Schedule, on_delete=models.CASCADE, related_name="jobs")
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        null=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    client_id = models.CharField(max_length=100, null=True)  # noqa: DJ001  # the system has none
    kind = models.CharField(max_length=8, choices=JobKind.choices)
    options = models.JSONField(default=dict)
    status = models.CharField(max_length=10, choices=JobStatus.choices, default=JobStatus.QUEUED)
    progress = models.JSONField(default=dict)
    result = models.JSONField(null=True)
    error = models.CharField(max_length=500, blank=True)
    base_version = models.BigIntegerField(null=True)
    beat = models.BigIntegerField(default=0)
    holder = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    task_id = models.UUIDField(null=True)
    cancel_requested = models.BooleanField(default=False)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["restaurant", "-created_at"], name="job_by_restaurant")]
        constraints = [
            models.UniqueConstraint(
                fields=["schedule"], condition=models.Q(status__in=ACTIVE_JOB), name="job_one_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.status}"

    @property
    def is_active(self) -> bool:
        """Whether it is queued or running."""
        return self.status in ACTIVE_JOB
