"""The messages that start, follow, end and apply the generator's jobs, and that validate a schedule."""

from collections.abc import Hashable, Sequence
from typing import Any
from uuid import UUID

from schedules.models import GenerationJob, JobKind
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
from shiftsync.realtime.hub.ephemeral import EphemeralMessage, register_ephemeral_source
from shiftsync.realtime.protocol.wire import answer, topic
from shiftsync.realtime.socket.router import Context, Payload, change, query
from shiftsync.realtime.stream.requests import Outcome

TOPIC = "generation"

topic(TOPIC, is_default_for_v1=False)
answer("GENERATION_PROGRESS", JobProgress)
answer("GENERATION_RESULT", ResultPayload)


@change("SCHEDULE_GENERATE", GeneratePayload)
def schedule_generate(context: Context, payload: Payload) -> Outcome:
    return services.job_start(context.change(job_start(payload, JobKind.GENERATE), payload))


@change("SCHEDULE_REPAIR", RepairPayload)
def schedule_repair(context: Context, payload: Payload) -> Outcome:
    return services.job_start(context.change(job_start(payload, JobKind.REPAIR), payload))


def job_start(payload: Payload, kind: JobKind) -> services.JobStart:
    """The intent of a valid payload."""
    cells = payload.get("cells")
    return services.JobStart(
        payload["schedule_id"],
        kind,
        payload["keep"],
        payload.get("time_limit_seconds"),
        payload.get("seed"),
        None if cells is None else tuple((cell["staff_id"], cell["date_key"]) for cell in cells),
        include_past=payload["include_past"],
    )


@change("SCHEDULE_GENERATE_CANCEL", JobPayload)
def schedule_generate_cancel(context: Context, payload: Payload) -> Outcome:
    return services.job_cancel(context.change(services.JobCancel(payload["job_id"]), payload))


@change("SCHEDULE_APPLY_GENERATED", JobPayload)
def schedule_apply_generated(context: Context, payload: Payload) -> Outcome:
    return services.job_apply(context.change(services.JobApply(payload["job_id"]), payload))


@change("SCHEDULE_DECLINE_GENERATED", JobPayload)
def schedule_decline_generated(context: Context, payload: Payload) -> Outcome:
    return services.job_decline(context.change(services.JobDecline(payload["job_id"]), payload))


@query("SCHEDULE_VALIDATE", ScheduleQuery, answers="SCHEDULE_VALIDATION", shape=ValidationPayload, needs=Role.MANAGER)
def schedule_validate(context: Context, payload: Payload) -> dict[str, Any]:
    return evaluation.validation(context.actor.restaurant_id, payload["schedule_id"])


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
