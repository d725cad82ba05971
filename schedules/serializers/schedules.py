"""Calendars, schedules and cells on the wire, for the socket and REST alike."""

from typing import Any, ClassVar

from rest_framework import serializers

from schedules.models import VALUE_LENGTH, DayKind, JobKind, JobStatus, ScheduleState, ShiftKind
from schedules.serializers.closings import ClosingRuleSerializer
from shiftsync.core.serializers import WireSerializer
from shiftsync.realtime.protocol.payloads import CellPayload, ChangePayload, PeriodEntry
from staff.serializers import StaffMemberSerializer

ID_LENGTH = 64
MAX_ALIASES = 50
WRITTEN_DAY_LENGTH = 100
"""Of a day as a version 1 client wrote it, which may be the text of a date."""


class Value(serializers.CharField):
    """A cell's value, as it was typed: blank, a symbol, or short text."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=VALUE_LENGTH, allow_blank=True, trim_whitespace=False, **kwargs)


class ScheduleDataField(serializers.Field[Any, Any, Any, Any]):
    """``{staff id: {"YYYY-MM-DD": value}}``. Ids, days and characters are data: each cell is judged for itself where it is used."""

    judges_its_text = True
    wire_name = "ScheduleData"
    wire_schema: ClassVar[dict[str, Any]] = {
        "type": "object",
        "additionalProperties": {
            "type": "object",
            "additionalProperties": {"type": "string", "maxLength": VALUE_LENGTH},
        },
    }
    default_error_messages = {
        "shape": "Must be an object of objects: staff id, then day, then value.",
        "value": "{staff} {day}: must be a text of at most {length} characters.",
    }

    def to_internal_value(self, data: Any) -> dict[str, dict[str, str]]:
        if not isinstance(data, dict):
            self.fail("shape")
        for staff_id, row in data.items():
            if not isinstance(row, dict):
                self.fail("shape")
            for day, value in row.items():
                if value is None:
                    row[day] = ""
                elif not isinstance(value, str) or len(value) > VALUE_LENGTH:
                    self.fail("value", staff=staff_id, day=day, length=VALUE_LENGTH)
        return data

    def to_representation(self, value: Any) -> Any:
        return value


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


class CalendarDaySerializer(WireSerializer):
    id = serializers.UUIDField()
    date = serializers.DateField()
    kind = serializers.ChoiceField(choices=DayKind.choices, allow_null=True)
    note = serializers.CharField(allow_blank=True)
    revision = serializers.IntegerField()


class ShiftTypeFields(WireSerializer):
    """The fields of a shift type that may be written; all optional."""

    symbol = serializers.CharField(max_length=VALUE_LENGTH, required=False)
    kind = serializers.ChoiceField(choices=ShiftKind.choices, required=False)
    label_ja = serializers.CharField(max_length=50, allow_blank=True, required=False)
    label_en = serializers.CharField(max_length=50, allow_blank=True, required=False)
    color = serializers.CharField(max_length=20, allow_blank=True, required=False)
    start_time = serializers.TimeField(allow_null=True, required=False, format="%H:%M")
    end_time = serializers.TimeField(allow_null=True, required=False, format="%H:%M")
    off_equivalent = serializers.DecimalField(
        max_digits=3, decimal_places=2, min_value=0, max_value=1, required=False, coerce_to_string=False
    )
    aliases = serializers.ListField(
        child=serializers.CharField(max_length=VALUE_LENGTH),
        max_length=MAX_ALIASES,
        required=False,
        help_text="Words that are accepted for it when typed, besides its labels.",
    )
    is_leave = serializers.BooleanField(
        required=False, help_text="Requested leave: never copied to another week or period."
    )


class ShiftTypeSerializer(ShiftTypeFields):
    id = serializers.UUIDField()
    symbol = serializers.CharField()
    kind = serializers.ChoiceField(choices=ShiftKind.choices)
    label_ja = serializers.CharField(allow_blank=True)
    label_en = serializers.CharField(allow_blank=True)
    color = serializers.CharField(allow_blank=True)
    start_time = serializers.TimeField(allow_null=True, format="%H:%M")
    end_time = serializers.TimeField(allow_null=True, format="%H:%M")
    off_equivalent = serializers.DecimalField(max_digits=3, decimal_places=2, coerce_to_string=False)
    aliases = serializers.ListField(child=serializers.CharField())
    is_leave = serializers.BooleanField()
    is_active = serializers.BooleanField()
    revision = serializers.IntegerField()


class MovedSymbol(WireSerializer):
    """A shift symbol that everything names otherwise from this change on."""

    previous_symbol = serializers.CharField()
    symbol = serializers.CharField()
    schedule_ids = serializers.ListField(
        child=serializers.UUIDField(),
        help_text="Schedules with such cells. Every cell with the previous symbol now has the new one; published copies are unchanged.",
    )
    staff = StaffMemberSerializer(many=True, help_text="The people whose allowed shift types named it, as stored.")
    settings = serializers.DictField(
        child=serializers.ListField(child=serializers.JSONField()),
        help_text="The rows of the settings in use that named it, as stored, by collection.",
    )


class ShiftTypeUpdatedPayload(ShiftTypeSerializer):
    moved = MovedSymbol(required=False, help_text="If the symbol changed: what changed with it.")


class HolidaySerializer(WireSerializer):
    date = serializers.DateField()
    name_ja = serializers.CharField()
    name_en = serializers.CharField()


class CalendarPayload(WireSerializer):
    periods = PeriodEntry(many=True)
    holidays = HolidaySerializer(many=True, help_text="The public holidays of the restaurant's country.")
    days = CalendarDaySerializer(
        many=True,
        help_text="Notes on single days; for viewers and version 1 clients, recurring closings are included.",
    )
    closing_rules = ClosingRuleSerializer(many=True, help_text="Empty for viewers and version 1 clients.")
    shift_types = ShiftTypeSerializer(many=True)
    timestamp = serializers.DateTimeField()


class CalendarUpdatePayload(ChangePayload):
    date = serializers.DateField()
    kind = serializers.ChoiceField(
        choices=DayKind.choices, required=False, allow_null=True, allow_blank=True, help_text="null: an ordinary day."
    )
    note = serializers.CharField(max_length=200, required=False, allow_blank=True)


class PeriodCreatePayload(ChangePayload):
    id = serializers.CharField(max_length=ID_LENGTH, required=False)
    start_date = serializers.DateField(required=False)
    end_date = serializers.DateField(required=False)


class PeriodDays(ChangePayload):
    start_date = serializers.DateField(required=False)
    end_date = serializers.DateField(required=False)


class PeriodUpdatePayload(PeriodDays):
    period_id = serializers.CharField(max_length=ID_LENGTH)


class PeriodDeletePayload(ChangePayload):
    period_id = serializers.CharField(max_length=ID_LENGTH)


class PeriodCreatedPayload(PeriodEntry):
    periods = PeriodEntry(many=True, help_text="All periods: indexes may have moved.")


class PeriodDeletedPayload(WireSerializer):
    period_id = serializers.UUIDField()
    schedule_id = serializers.UUIDField(allow_null=True)
    periods = PeriodEntry(many=True, help_text="All that are left: indexes may have moved.")


class ShiftTypeCreatePayload(ShiftTypeFields, ChangePayload):
    id = serializers.CharField(max_length=ID_LENGTH, required=False)
    symbol = serializers.CharField(max_length=VALUE_LENGTH)
    kind = serializers.ChoiceField(choices=ShiftKind.choices)


class ShiftTypeUpdatePayload(ChangePayload):
    shift_type_id = serializers.CharField(max_length=ID_LENGTH)
    changes = ShiftTypeFields()


class Succession(ChangePayload):
    successor = serializers.CharField(
        max_length=ID_LENGTH,
        required=False,
        help_text="Id or symbol of the shift type that replaces it wherever it is used.",
    )


class ShiftTypeDeletePayload(Succession):
    shift_type_id = serializers.CharField(max_length=ID_LENGTH)


class ShiftTypeDeletedPayload(WireSerializer):
    shift_type_id = serializers.UUIDField()
    revision = serializers.IntegerField()
    moved = MovedSymbol(required=False, help_text="If it has a successor: what was moved to it.")


class ShiftSyncRequest(WireSerializer):
    schedule_id = serializers.CharField(max_length=ID_LENGTH, required=False, allow_blank=True)
    period_index = serializers.IntegerField(required=False)


class CoveringCell(CellPayload):
    group_id = serializers.CharField(help_text="The group that this cell covers.")


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


class PublishedCover(CoveringCell):
    group_name = serializers.CharField(
        allow_blank=True, required=False, help_text="For a published month: as it was at publication."
    )


class PublishedPerson(StaffMemberSerializer):
    """A staff member as of a publication."""

    blanks = serializers.CharField(
        help_text="What a blank means, one letter per day: `w` works, `f` is not called, `c` closed, `-` not employed."
    )


class PublicationFacts(WireSerializer):
    """A publication without its cells: all that one must know to read them."""

    number = serializers.IntegerField(help_text="Number of the publication within its schedule, from 1.")
    published_at = serializers.DateTimeField()
    published_by = serializers.CharField(allow_null=True, help_text="A name; null for the system.")
    start_date = serializers.DateField()
    end_date = serializers.DateField()
    people = PublishedPerson(many=True, help_text="The people on it, in order.")
    shift_types = ShiftTypeSerializer(many=True)
    days = CalendarDaySerializer(many=True, help_text="Only the days that are not ordinary.")


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


class ShiftUpdatePayload(ChangePayload):
    schedule_id = serializers.CharField(max_length=ID_LENGTH, required=False)
    staff_id = serializers.CharField(max_length=ID_LENGTH)
    date_key = serializers.CharField(max_length=32)
    shift_value = Value()
    period_index = serializers.IntegerField(required=False)


class CellChangePayload(CellPayload):
    shift_value = Value()


class CellBroadcast(CellChangePayload):
    date_key = serializers.CharField(
        max_length=WRITTEN_DAY_LENGTH, help_text="`YYYY-MM-DD`. Version 1: of a refused edit, as its author wrote it."
    )
    schedule_id = serializers.CharField()
    period_index = serializers.IntegerField()
    timestamp = serializers.DateTimeField()


class ShiftBulkUpdatePayload(ChangePayload):
    schedule_id = serializers.CharField(max_length=ID_LENGTH, required=False)
    schedule_data = ScheduleDataField()
    period_index = serializers.IntegerField(required=False)
    mode = serializers.ChoiceField(choices=["merge", "replace"], default="merge")


class CellsBroadcast(WireSerializer):
    schedule_id = serializers.UUIDField()
    period_index = serializers.IntegerField()
    changes = CellChangePayload(many=True)
    timestamp = serializers.DateTimeField()
    job_id = serializers.UUIDField(required=False, help_text="The job whose proposal this is.")
    covering = CoveringCell(many=True, required=False, help_text="The backups among the cells, and what they cover.")


class CellsPayload(ChangePayload):
    schedule_id = serializers.CharField(max_length=ID_LENGTH)
    cells = CellPayload(many=True)


class LockedCellsBroadcast(WireSerializer):
    schedule_id = serializers.UUIDField()
    period_index = serializers.IntegerField()
    cells = CellPayload(many=True)


class SchedulePayload(ChangePayload):
    schedule_id = serializers.CharField(max_length=ID_LENGTH)


class CellDifference(CellChangePayload):
    previous_value = Value()


class FieldChangePayload(WireSerializer):
    """A field that says something else; ``date_keys`` where it is about some days only."""

    field = serializers.CharField()
    before = serializers.JSONField(allow_null=True)
    after = serializers.JSONField(allow_null=True)
    date_keys = serializers.ListField(child=serializers.DateField())


class EntryChangePayload(WireSerializer):
    """Something that is new, gone or different."""

    id = serializers.CharField()
    name = serializers.CharField(allow_blank=True)
    change = serializers.ChoiceField(choices=["added", "removed", "changed"])

    def get_fields(self) -> dict[str, Any]:
        return {**super().get_fields(), "fields": FieldChangePayload(many=True)}


class PublicationChangesPayload(WireSerializer):
    """What has changed besides the cells."""

    people = EntryChangePayload(many=True, help_text="Also `place` and, with its days, `blankMeans`.")
    shift_types = EntryChangePayload(many=True)
    days = EntryChangePayload(many=True)
    covers = EntryChangePayload(many=True, help_text="By the staff member's id; the field is `group`.")
    heading = FieldChangePayload(many=True, help_text="The restaurant's name and time zone, the period's days.")


class PublicationPayload(WireSerializer):
    wire_name = "PublishState"

    schedule_id = serializers.UUIDField()
    period_index = serializers.IntegerField()
    state = serializers.ChoiceField(choices=ScheduleState.choices)
    published_at = serializers.DateTimeField(allow_null=True)
    publication = serializers.IntegerField(
        required=False, allow_null=True, help_text="The number of the publication that viewers see."
    )
    diff = CellDifference(many=True)
    changes = PublicationChangesPayload(required=False, help_text="Other differences.")
    revision = serializers.IntegerField()


class PublishedMonth(PublicationFacts):
    """A month as it was published: the whole document."""

    schedule_id = serializers.UUIDField()
    state = serializers.ChoiceField(choices=ScheduleState.choices)
    schedule_data = ScheduleDataField(help_text="The filled cells, by staff id, then by day.")
    covering = PublishedCover(many=True)


class SeenEntry(WireSerializer):
    """Somebody who has seen a publication."""

    name = serializers.CharField(allow_blank=True)
    is_feed = serializers.BooleanField(help_text="By their calendar.")
    first_seen_at = serializers.DateTimeField()
    last_seen_at = serializers.DateTimeField()


class PublicationPreviewPayload(WireSerializer):
    """What publishing now would change, and who has seen what is published."""

    schedule_id = serializers.UUIDField()
    state = serializers.ChoiceField(choices=ScheduleState.choices)
    publication = serializers.IntegerField(allow_null=True)
    published_at = serializers.DateTimeField(allow_null=True)
    diff = CellDifference(many=True)
    changes = PublicationChangesPayload()
    seen_by = SeenEntry(many=True)


class KeptPublication(WireSerializer):
    """A publication of a schedule, without its document."""

    number = serializers.IntegerField()
    published_at = serializers.DateTimeField()
    published_by = serializers.CharField(allow_null=True, help_text="A name; null for the system.")
    is_shown = serializers.BooleanField(help_text="Whether viewers see it now.")
    seen_by = SeenEntry(many=True)


class PublicationsPayload(WireSerializer):
    schedule_id = serializers.UUIDField()
    publications = KeptPublication(many=True, help_text="The newest first.")


class RestorePublicationPayload(SchedulePayload):
    number = serializers.IntegerField(required=False, min_value=1, help_text="Left out: the last one.")


class StepPayload(ChangePayload):
    schedule_id = serializers.CharField(max_length=ID_LENGTH)
    partial = serializers.BooleanField(default=False)  # type: ignore[assignment]  # declared fields leave the class
    skip = serializers.BooleanField(default=False)
