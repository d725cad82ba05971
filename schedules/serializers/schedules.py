"""Whole states on the wire, with the jobs that a schedule shows, for the socket and REST alike."""

from rest_framework import serializers

from schedules.models import JobKind, JobStatus, ScheduleState
from schedules.serializers.calendar import ShiftTypeSerializer
from schedules.serializers.cells import ID_LENGTH, ScheduleDataField
from schedules.serializers.places import CellPayload
from schedules.serializers.publication import PublicationFacts, PublishedCover
from schedules.serializers.swaps import SwapSerializer
from schedules.serializers.wishes import WishSerializer, WishTerms
from shiftsync.core.serializers import WireSerializer
from staff.serializers import AvailabilitySerializer, StaffMemberSerializer


class PeriodQuery(WireSerializer):
    """The period that is asked for, by its index."""

    period = serializers.IntegerField(required=False, min_value=0)


class StaffSyncPayload(WireSerializer):
    """The staff of one period."""

    staff = StaffMemberSerializer(many=True)
    staff_members = StaffMemberSerializer(many=True, help_text="The same list.")
    period = serializers.IntegerField()
    availability = AvailabilitySerializer(
        many=True,
        required=False,
        help_text="When people can work, of viewers their own; omitted if nothing is entered.",
    )
    timestamp = serializers.DateTimeField()


class AllPeriodsPayload(WireSerializer):
    """The staff of every period."""

    periods = serializers.DictField(child=StaffMemberSerializer(many=True), help_text="By the period's index.")
    total_periods = serializers.IntegerField()
    others = StaffMemberSerializer(
        many=True,
        required=False,
        help_text="Who belongs to no period that there is, such as somebody who begins after the last one; omitted if nobody.",
    )
    availability = AvailabilitySerializer(
        many=True,
        required=False,
        help_text="When people can work, of viewers their own; omitted if nothing is entered.",
    )
    timestamp = serializers.DateTimeField()


class ShiftSyncRequest(WireSerializer):
    """The schedule that is asked for, by its id or its period's index."""

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
    way = serializers.ListField(
        child=serializers.ListField(child=serializers.FloatField()),
        help_text="What was known by when, in this phase: [seconds, objective, bound], in order, thinned.",
    )


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
    """A schedule with everything that belongs to it."""

    schedule_id = serializers.CharField(allow_null=True)
    period_index = serializers.IntegerField(allow_null=True)
    schedule_data = ScheduleDataField(help_text="By staff id, then by day.")
    timestamp = serializers.DateTimeField()
    state = serializers.ChoiceField(choices=ScheduleState.choices, allow_null=True)
    locked_cells = CellPayload(many=True)
    jobs = JobSerializer(many=True, help_text="The schedule's active and most recent jobs, newest first.")
    covering = PublishedCover(many=True, required=False, help_text="Called backups; omitted if there are none.")
    wishes = WishSerializer(
        many=True,
        required=False,
        help_text="Omitted if there are none. Of those who only look their own, and omitted for who is nobody on the schedule.",
    )
    wish_terms = WishTerms(
        required=False,
        help_text="Until when and how often staff may wish; omitted if unbounded, and for who is nobody on the schedule.",
    )
    wish_shifts = ShiftTypeSerializer(
        many=True, required=False, help_text="The shifts that a wish of one's own can name; omitted for editors."
    )
    swaps = SwapSerializer(
        many=True,
        required=False,
        help_text="Omitted if there are none. Of those who only look their own, and the offers that they could take now.",
    )
    publication = PublicationFacts(required=False, help_text="For viewers: the month as it was published.")
    broadcast = serializers.BooleanField(required=False, help_text="Version 1: sent to everybody, unrequested.")
