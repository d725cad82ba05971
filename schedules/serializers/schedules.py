"""Whole states on the wire, with the jobs that a schedule shows, for the socket and REST alike."""

from rest_framework import serializers

from schedules.models import JobKind, JobStatus, ScheduleState
from schedules.serializers.cells import ID_LENGTH, ScheduleDataField
from schedules.serializers.publication import PublicationFacts, PublishedCover
from shiftsync.core.serializers import WireSerializer
from shiftsync.realtime.protocol.payloads import CellPayload
from staff.serializers import StaffMemberSerializer


class PeriodQuery(WireSerializer):
    period = serializers.IntegerField(required=False, min_value=0)


class StaffSyncPayload(WireSerializer):
    staff = StaffMemberSerializer(many=True)
    staff_members = StaffMemberSerializer(many=True, help_text="The same list.")
    period = serializers.IntegerField()
    timestamp = serializers.DateTimeField()


class AllPeriodsPayload(WireSerializer):
    periods = serializers.DictField(child=StaffMemberSerializer(many=True), help_text="By the period's index.")
    total_periods = serializers.IntegerField()
    timestamp = serializers.DateTimeField()


class ShiftSyncRequest(WireSerializer):
    schedule_id = serializers.CharField(max_length=ID_LENGTH, required=False, allow_blank=True)
    period_index = serializers.IntegerField(required=False)


class JobProgress(WireSerializer):
    """How far a job is. ``phase``: ``queued``, ``running``, then ``first``, ``hard``, ``soft``."""

    wire_name = "GenerationProgress"

    job_id = serializers.UUIDField()
    schedule_id = serializers.UUIDField()
    phase = serializers.CharField()
    objective = serializers.IntegerField(
        allow_null=True, help_text="Points of the phase's own objective; less is better."
    )
    bound = serializers.IntegerField(allow_null=True, help_text="A proven lower bound.")
    elapsed_seconds = serializers.FloatField()
    solutions = serializers.IntegerField()


class JobSerializer(WireSerializer):
    """A job of the generator, without its result."""

    wire_name = "JobListing"

    job_id = serializers.UUIDField()
    schedule_id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=JobKind.choices)
    status = serializers.ChoiceField(choices=JobStatus.choices)
    options = serializers.JSONField()
    progress = JobProgress()
    declined_by = serializers.CharField(
        allow_null=True, allow_blank=True, required=False, help_text="Who declined its proposal; null while it is open."
    )
    requested_by = serializers.CharField(allow_null=True, help_text="A name; null for the system.")
    created_at = serializers.DateTimeField()
    started_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)
    attempts = serializers.IntegerField()
    error = serializers.CharField(allow_blank=True)


class ShiftSyncPayload(WireSerializer):
    schedule_id = serializers.CharField(allow_null=True)
    period_index = serializers.IntegerField(allow_null=True)
    schedule_data = ScheduleDataField(help_text="By staff id, then by day.")
    timestamp = serializers.DateTimeField()
    state = serializers.ChoiceField(choices=ScheduleState.choices, allow_null=True)
    locked_cells = CellPayload(many=True)
    jobs = JobSerializer(many=True, help_text="The schedule's active and most recent jobs, newest first.")
    covering = PublishedCover(many=True, required=False, help_text="Called backups; omitted if there are none.")
    publication = PublicationFacts(required=False, help_text="For viewers: the month as it was published.")
    broadcast = serializers.BooleanField(required=False, help_text="Version 1: sent to everybody, unrequested.")
