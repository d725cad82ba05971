"""The generator, validation and coverage on the wire, for the socket and REST alike."""

from rest_framework import serializers

from schedules.generation.problem import Keep
from schedules.models import JobKind, JobStatus
from schedules.serializers.cells import ID_LENGTH, CellDifference, CoveringCell, ScheduleDataField
from schedules.serializers.places import CellPayload
from schedules.serializers.schedules import JobProgress
from schedules.services.jobs import MAX_SECONDS
from shiftsync.core.lists import ListField
from shiftsync.core.serializers import WireSerializer
from shiftsync.realtime.protocol.payloads import ChangePayload


class ScheduleQuery(WireSerializer):
    """Names the schedule that is asked about."""

    schedule_id = serializers.CharField(max_length=ID_LENGTH)


class GeneratePayload(ChangePayload):
    """Asks the generator for a whole month."""

    schedule_id = serializers.CharField(max_length=ID_LENGTH)
    keep = serializers.ChoiceField(
        choices=[each.value for each in Keep],
        default=Keep.FILLED.value,
        help_text="What to keep of the current grid, besides locked cells, ★ and text.",
    )
    time_limit_seconds = serializers.FloatField(
        required=False, min_value=1, max_value=MAX_SECONDS, help_text="Default: the solver configuration's."
    )
    seed = serializers.IntegerField(required=False, min_value=0, max_value=2**31 - 1)
    include_past = serializers.BooleanField(
        default=False, help_text="Days before today (in the restaurant's zone) may change as well."
    )


class RepairPayload(GeneratePayload):
    """Asks the generator to mend a month around edited cells, with as few other changes as possible."""

    cells = CellPayload(
        many=True, required=False, help_text="The edited cells to keep. Default: the sender's last change."
    )


class JobPayload(ChangePayload):
    """Names a job of the generator."""

    job_id = serializers.CharField(max_length=ID_LENGTH)


class ScoreSerializer(WireSerializer):
    """The points of a schedule; 0 is the best."""

    hard = serializers.IntegerField(help_text="Points of broken hard rules.")
    soft = serializers.IntegerField()
    total = serializers.IntegerField(help_text="Hard and soft points.")


class ViolationSerializer(WireSerializer):
    """One place where a rule is broken, and what it costs."""

    rule = serializers.CharField(allow_blank=True)
    rule_id = serializers.CharField(allow_null=True)
    kind = serializers.CharField()
    is_hard = serializers.BooleanField()
    penalty = serializers.IntegerField()
    message = serializers.CharField()
    message_ja = serializers.CharField()
    staff_id = serializers.CharField(required=False)
    date_key = serializers.DateField(required=False)
    last_date_key = serializers.DateField(required=False, help_text="Set when several days in a row are one violation.")
    text = serializers.CharField(required=False, help_text="The cell's text, if it is not a shift type.")


class ConflictPart(WireSerializer):
    """One rule, for one person or group on some days, that cannot hold together with the others."""

    kind = serializers.CharField()
    rule = serializers.CharField(allow_blank=True)
    rule_id = serializers.CharField(allow_null=True)
    staff_id = serializers.CharField(allow_null=True)
    scope = serializers.CharField(allow_blank=True)
    date_keys = serializers.ListField(child=serializers.DateField())
    message = serializers.CharField()
    message_ja = serializers.CharField()


class RuleConflict(WireSerializer):
    """Hard rules that cannot all be kept."""

    rules = ConflictPart(many=True)
    minimal = serializers.BooleanField(help_text="Proven: dropping any one of these makes the others satisfiable.")


class RuleCost(WireSerializer):
    """What a soft rule costs, and what giving it up would gain (null: not tried)."""

    kind = serializers.CharField()
    rule = serializers.CharField(allow_blank=True)
    rule_id = serializers.CharField(allow_null=True)
    penalty = serializers.IntegerField()
    count = serializers.IntegerField()
    gain = serializers.IntegerField(allow_null=True)
    message = serializers.CharField()
    message_ja = serializers.CharField()


class ExplanationSerializer(WireSerializer):
    """Why no schedule keeps all hard rules, or what the soft rules cost."""

    conflict = RuleConflict(allow_null=True)
    way_out = ViolationSerializer(many=True, help_text="The cheapest: the hard rules that the best schedule breaks.")
    costs = RuleCost(many=True, help_text="The broken soft rules, most expensive first.")


class FairnessRow(WireSerializer):
    """How evenly one kind of shift is spread over the people."""

    what = serializers.CharField()
    blank_means = serializers.CharField()
    least = serializers.IntegerField()
    most = serializers.IntegerField()
    mean = serializers.FloatField()


class PersonRow(WireSerializer):
    """One person's totals in the period."""

    staff_id = serializers.CharField()
    name = serializers.CharField()
    working = serializers.IntegerField()
    early = serializers.IntegerField()
    late = serializers.IntegerField()
    off = serializers.IntegerField()
    days_off = serializers.FloatField(help_text="In off-equivalents.")
    weekend_offs = serializers.IntegerField()
    longest_run = serializers.IntegerField()
    longest_rest = serializers.IntegerField(help_text="Days off, or without a call, in a row.")
    single_offs = serializers.IntegerField(help_text="Such days alone between two days of work.")
    covers = serializers.IntegerField()


class DayRow(WireSerializer):
    """One day's totals."""

    date_key = serializers.DateField()
    working = serializers.IntegerField()
    early = serializers.IntegerField()
    late = serializers.IntegerField()
    off = serializers.IntegerField()


class NeedRow(WireSerializer):
    """How many a need asks for on a day, and how many are there."""

    need_id = serializers.CharField()
    date_key = serializers.DateField()
    whom = serializers.CharField(allow_blank=True, help_text="Which position, type or group, where there are several.")
    needed = serializers.IntegerField()
    present = serializers.IntegerField(help_text="By the hour: when there are the fewest.")

    def get_fields(self) -> dict[str, serializers.Field[object, object, object, object]]:
        help_text = "Of a need by the hour, `HH:MM`."
        hours = {name: serializers.CharField(required=False, help_text=help_text) for name in ("from", "until")}
        return {**super().get_fields(), **hours}


class WishNumbers(WireSerializer):
    """How many wishes count, and how many of them are kept."""

    total = serializers.IntegerField()
    kept = serializers.IntegerField()
    kept_ids = serializers.ListField(
        child=serializers.UUIDField(), required=False, help_text="Those that are kept, in order of their days."
    )
    unkept = serializers.ListField(child=serializers.UUIDField(), help_text="The other wishes, in order of their days.")


class ProposedCell(CellDifference):
    """A cell that a proposal would change."""

    group_id = serializers.CharField(allow_null=True, help_text="The group that this cell would cover.")


class ResultPayload(WireSerializer):
    """What came out of a job. Whoever asked for it gets the proposal too."""

    wire_name = "GenerationResult"

    job_id = serializers.UUIDField()
    schedule_id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=JobKind.choices)
    status = serializers.ChoiceField(choices=JobStatus.choices)
    error = serializers.CharField(allow_blank=True)
    declined_by = serializers.CharField(
        allow_null=True, allow_blank=True, required=False, help_text="Who declined the proposal; null while it is open."
    )
    progress = JobProgress(help_text="The last report, with the way that led there.")
    score = ScoreSerializer(allow_null=True)
    score_before = ScoreSerializer(allow_null=True)
    objective = serializers.IntegerField(required=False, help_text="The soft points of the proposal.")
    bound = serializers.IntegerField(
        required=False, help_text="A proven lower bound of these points, never above them."
    )
    gap = serializers.FloatField(
        required=False, help_text="How far the points may be from the best, as a part of all that was minimised."
    )
    elapsed_seconds = serializers.FloatField(required=False)
    violations = ViolationSerializer(many=True)
    explanation = ExplanationSerializer(allow_null=True)
    fairness = FairnessRow(many=True)
    fairness_before = FairnessRow(many=True, required=False)
    people = PersonRow(many=True, required=False)
    days = DayRow(many=True, required=False)
    needs = NeedRow(many=True, required=False)
    wishes = WishNumbers(required=False)
    warnings = serializers.ListField(child=serializers.CharField())
    warnings_ja = serializers.ListField(child=serializers.CharField(), help_text="The same in Japanese.")
    schedule_data = ScheduleDataField(required=False)
    covering = CoveringCell(many=True, required=False)
    diff = ProposedCell(many=True, required=False)


class ValidationPayload(WireSerializer):
    """A schedule judged by the rules as it stands."""

    schedule_id = serializers.UUIDField()
    score = ScoreSerializer()
    violations = ViolationSerializer(many=True)
    warnings = serializers.ListField(
        child=serializers.CharField(), help_text="Parts of the settings that were skipped, and what is asked of nobody."
    )
    warnings_ja = serializers.ListField(child=serializers.CharField(), help_text="The same in Japanese.")


class StatisticsPayload(WireSerializer):
    """A schedule's totals by person and by day."""

    schedule_id = serializers.UUIDField()
    people = PersonRow(many=True)
    days = DayRow(many=True)
    fairness = FairnessRow(many=True)
    needs = NeedRow(many=True, required=False, help_text="Omitted for viewers.")
    wishes = WishNumbers(required=False, help_text="Omitted for viewers.")


class CoverageQuery(ScheduleQuery):
    """The schedule and the days whose coverage is asked for."""

    def get_fields(self) -> dict[str, serializers.Field[object, object, object, object]]:
        days = {name: serializers.DateField(required=False) for name in ("from", "to")}
        return {**super().get_fields(), **days}


class CoveredBy(WireSerializer):
    """A backup who covers a group on a day, or could."""

    staff_id = serializers.CharField()
    assignment_id = serializers.CharField(allow_blank=True)
    already = serializers.BooleanField(
        help_text="Whether the grid already says so; otherwise they are free to be called."
    )
    shared = serializers.BooleanField(
        help_text="Called for another group that shares its backups with this one, and covers both."
    )


class ReasonSerializer(WireSerializer):
    """Why a group is not covered on a day."""

    rest_name = "UncoveredReason"

    reason = serializers.CharField()
    staff_id = serializers.CharField(allow_null=True)
    message = serializers.CharField()
    message_ja = serializers.CharField()


class CoverageEntry(WireSerializer):
    """One group on one day on which it needs a backup."""

    group_id = serializers.CharField()
    date_key = serializers.DateField()
    members_off = serializers.ListField(child=serializers.CharField())
    needed = serializers.IntegerField()
    covered_by = CoveredBy(many=True)
    uncovered = serializers.IntegerField()
    reasons = ReasonSerializer(many=True, help_text="Why it remains uncovered.")


class CoverageTotals(WireSerializer):
    """How many needs there are and how many are covered."""

    needed = serializers.IntegerField()
    covered = serializers.IntegerField()
    uncovered = serializers.IntegerField()
    rate = serializers.FloatField()


class GroupTotals(CoverageTotals):
    """The totals of one group."""

    group_id = serializers.CharField()


class BackupTotals(WireSerializer):
    """How often one backup covers, and for which groups."""

    staff_id = serializers.CharField()
    days = serializers.IntegerField()
    rate = serializers.FloatField(help_text="The share of needs that are covered.")
    by_group = serializers.DictField(child=serializers.IntegerField())


class CoveragePayload(WireSerializer):
    """Which groups are covered on which days, and by whom."""

    wire_name = "BackupCoverage"

    schedule_id = serializers.UUIDField()
    days = CoverageEntry(many=True)
    groups = GroupTotals(many=True)
    backups = BackupTotals(many=True)
    totals = CoverageTotals()


class SuggestionSerializer(WireSerializer):
    """Making this person a backup of the group would cover so many more needs."""

    staff_id = serializers.CharField()
    group_id = serializers.CharField()
    covers = serializers.IntegerField()
    same_position = serializers.BooleanField(
        help_text="Has the position of an absent member of the group; others are suggested only where nobody has."
    )
    date_keys = serializers.ListField(child=serializers.DateField())


class BackupWarningSerializer(WireSerializer):
    """A backup assignment that cannot do what it says."""

    reason = serializers.CharField()
    assignment_id = serializers.CharField()
    staff_id = serializers.CharField()
    group_ids = serializers.ListField(child=serializers.CharField())
    date_key = serializers.DateField(allow_null=True)
    message = serializers.CharField()
    message_ja = serializers.CharField()


class SuggestionsPayload(WireSerializer):
    """Backup assignments that would cover more."""

    wire_name = "BackupSuggestions"

    schedule_id = serializers.UUIDField()
    suggestions = SuggestionSerializer(many=True)
    warnings = BackupWarningSerializer(many=True)


class BackupApplyPayload(ChangePayload):
    """The days for which backups are to be called."""

    schedule_id = serializers.CharField(max_length=ID_LENGTH)
    date_keys = ListField(child=serializers.DateField(), required=False, max_length=400)
