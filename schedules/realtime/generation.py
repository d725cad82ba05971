"""The messages that start, follow, end and apply the generator's jobs, and that validate a schedule."""

from collections.abc import Hashable, Sequence
from uuid import UUID

from schedules.models import GenerationJob, JobKind
from schedules.realtime.questions import about_schedule
from schedules.realtime.v1_generation import told_in_v1
from schedules.selectors import evaluation
from schedules.selectors.jobs import progress_payload, result_payload, told_now
from schedules.serializers.generation import (
    GeneratePayload,
    JobPayload,
    RepairPayload,
    ResultPayload,
    ScheduleQuery,
    ValidationPayload,
)
from schedules.serializers.schedules import JobProgress
from schedules.services import jobs as services
from shiftsync.core.actor import Role
from shiftsync.core.encoding import encode
from shiftsync.core.scopes import Area
from shiftsync.realtime.hub.ephemeral import EphemeralMessage, register_ephemeral_source
from shiftsync.realtime.protocol.wire import answer, topic
from shiftsync.realtime.socket.router import change_message, query

TOPIC = "generation"

topic(TOPIC, Area.SCHEDULE, is_default_for_v1=False)
answer("GENERATION_PROGRESS", JobProgress)
answer("GENERATION_RESULT", ResultPayload)


change_message("SCHEDULE_GENERATE", GeneratePayload, services.JobStart, services.job_start)
change_message(
    "SCHEDULE_REPAIR",
    RepairPayload,
    services.JobStart,
    services.job_start,
    implied=lambda context: {"kind": JobKind.REPAIR},
)
change_message("SCHEDULE_GENERATE_CANCEL", JobPayload, services.JobCancel, services.job_cancel)
change_message("SCHEDULE_APPLY_GENERATED", JobPayload, services.JobApply, services.job_apply)
change_message("SCHEDULE_DECLINE_GENERATED", JobPayload, services.JobDecline, services.job_decline)
query("SCHEDULE_VALIDATE", ScheduleQuery, answers="SCHEDULE_VALIDATION", shape=ValidationPayload, needs=Role.MANAGER)(
    about_schedule(evaluation.validation)
)


class JobNews:
    """Jobs are worked on in other processes: what they are about is read from their rows."""

    def marks(self, restaurant_ids: Sequence[UUID]) -> dict[Hashable, int]:
        """The beats of the jobs that are at work or ended just now."""
        return told_now(restaurant_ids)

    def messages(self, keys: Sequence[Hashable]) -> list[EphemeralMessage]:
        """Progress of those at work, the result of those that ended."""
        jobs = GenerationJob.objects.filter(id__in=list(keys))
        return [message for job in jobs for message in (_message(job), *told_in_v1(job))]


def _message(job: GenerationJob) -> EphemeralMessage:
    if job.is_active:
        return EphemeralMessage(job.restaurant_id, TOPIC, "GENERATION_PROGRESS", encode(progress_payload(job)))
    return EphemeralMessage(
        job.restaurant_id,
        TOPIC,
        "GENERATION_RESULT",
        encode(result_payload(job, is_requester=False)),
        author=(job.requested_by_id, job.client_id),
        author_payload=encode(result_payload(job, is_requester=True)),
        is_for_editors=True,
    )


register_ephemeral_source(JobNews())
