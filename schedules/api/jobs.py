"""REST about the generator's jobs."""

from typing import Any

from rest_framework import serializers

from schedules.api.cells import CellsResult
from schedules.generation.problem import Keep
from schedules.models import JobKind, JobStatus
from schedules.selectors.jobs import job_in, job_payloads, jobs_of, result_payload
from schedules.serializers.cells import ID_LENGTH
from schedules.serializers.generation import ResultPayload
from schedules.serializers.places import CellPayload
from schedules.serializers.schedules import JobSerializer
from schedules.services import jobs as services
from shiftsync.core.actor import Role
from shiftsync.core.examples import SOME_SCHEDULE
from shiftsync.core.paging import MOST, limit_of
from shiftsync.core.serializers import WireSerializer
from shiftsync.core.viewsets import Payload
from shiftsync.realtime.api import Result, StreamViewSet, answers, changes
from shiftsync.realtime.protocol.payloads import ChangePayload
from shiftsync.realtime.stream.requests import Outcome

LAST = 50


class JobsQuery(WireSerializer):
    """Which jobs of the generator are asked for."""

    schedule_id = serializers.CharField(max_length=ID_LENGTH, required=False, help_text="Of this schedule only.")
    status = serializers.ChoiceField(choices=JobStatus.choices, required=False, help_text="With this status only.")


class JobRequest(ChangePayload):
    """A job for the generator: a whole month, or the repair of one."""

    example = {"scheduleId": SOME_SCHEDULE, "keep": "filled", "timeLimitSeconds": 20}

    schedule_id = serializers.CharField(max_length=ID_LENGTH)
    kind = serializers.ChoiceField(choices=JobKind.choices, default=JobKind.GENERATE)
    keep = serializers.ChoiceField(choices=[each.value for each in Keep], default=Keep.FILLED.value)
    time_limit_seconds = serializers.FloatField(required=False, min_value=1, max_value=services.MAX_SECONDS)
    seed = serializers.IntegerField(required=False, min_value=0, max_value=2**31 - 1)
    include_past = serializers.BooleanField(
        default=False, help_text="Days before today (in the restaurant's zone) may change as well."
    )
    cells = CellPayload(
        many=True, required=False, help_text="The cells a repair keeps. Default: the client's last change."
    )


class JobStarted(Result):
    """The job that was queued."""

    job_id = serializers.UUIDField()
    schedule_id = serializers.UUIDField()
    status = serializers.ChoiceField(choices=JobStatus.choices)


class JobCancelled(Result):
    """The job that was cancelled."""

    job_id = serializers.UUIDField()


class JobDeclined(Result):
    """The job whose proposal was declined."""

    job_id = serializers.UUIDField()


class JobDetails(JobSerializer):
    """A job with its result."""

    result = ResultPayload(allow_null=True, help_text="null while it is running.")


class JobsViewSet(StreamViewSet):
    """What the generator is asked to do."""

    @answers(JobSerializer(many=True), takes=JobsQuery, needs=Role.MANAGER, has_etag=False)
    def list(self, query: Payload) -> list[Payload]:
        """The last jobs, the newest first: 50, or by pages up to 1,000."""
        jobs = jobs_of(self.actor.restaurant_id, query.get("schedule_id"))
        if "status" in query:
            jobs = jobs.filter(status=query["status"])
        return job_payloads(jobs[: LAST if limit_of(self.request) is None else MOST])

    @answers(JobDetails, needs=Role.MANAGER, has_etag=False)
    def retrieve(self, query: Payload, id: str) -> Payload:
        """One of them, with its progress and, when it is finished, its result and proposal."""
        job = job_in(self.actor.restaurant_id, id)
        result: dict[str, Any] | None = None if job.is_active else result_payload(job, is_requester=True)
        return {**job_payloads([job])[0], "result": result}

    @changes(JobRequest, JobStarted, status=202, location="/api/jobs/{jobId}/")
    def create(self, payload: Payload) -> Outcome:
        """Starts a job; 409 while another one of the schedule is unfinished."""
        return services.job_start(self.sender.change(services.JobStart.of(payload), payload))

    @changes(ChangePayload, JobCancelled)
    def cancel(self, payload: Payload, id: str) -> Outcome:
        """Ends it with the best schedule so far."""
        return services.job_cancel(self.sender.change(services.JobCancel(id), payload))

    @changes(ChangePayload, JobDeclined)
    def decline(self, payload: Payload, id: str) -> Outcome:
        """Drops its proposal for everybody."""
        return services.job_decline(self.sender.change(services.JobDecline(id), payload))

    @changes(ChangePayload, CellsResult)
    def apply(self, payload: Payload, id: str) -> Outcome:
        """Writes its proposal as one change. Cells edited meanwhile stay, unless `strategy` is `last_writer_wins`."""
        return services.job_apply(self.sender.change(services.JobApply(id), payload))
