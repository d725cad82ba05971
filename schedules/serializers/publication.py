"""Publications on the wire, for the socket and REST alike."""

from typing import Any

from rest_framework import serializers

from schedules.models import ScheduleState
from schedules.serializers.calendar import CalendarDaySerializer, ShiftTypeSerializer
from schedules.serializers.cells import ID_LENGTH, CellDifference, CoveringCell, ScheduleDataField
from shiftsync.core.serializers import WireSerializer
from shiftsync.realtime.protocol.payloads import ChangePayload, HolidaySerializer
from shiftsync.tenants.models import TextMeaning
from staff.serializers import StaffMemberSerializer


class PublishedCover(CoveringCell):
    """A backup's cell and the group that it covers, as readers of the month see it."""

    group_name = serializers.CharField(
        allow_blank=True, required=False, help_text="For a published month: as it was at publication."
    )


class PublishedPerson(StaffMemberSerializer):
    """A staff member as of a publication."""

    blanks = serializers.CharField(
        help_text="What a blank means, one letter per day: `w` works, `f` is not called, `c` closed, `-` not employed."
    )


class PublishedGroup(WireSerializer):
    """A staff group as of a publication."""

    id = serializers.UUIDField()
    name = serializers.CharField(allow_blank=True)
    members = serializers.ListField(child=serializers.CharField(), help_text="Staff ids; only people on the month.")


class Colleague(WireSerializer):
    """Somebody else on a published month, by name alone."""

    id = serializers.UUIDField()
    name = serializers.CharField()


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
    text_counts_as = serializers.ChoiceField(
        choices=TextMeaning.choices, help_text="What text counts as that no shift type explains."
    )
    holidays = HolidaySerializer(
        many=True, required=False, help_text="Also that of the day after the month. Left out of old documents."
    )
    groups = PublishedGroup(many=True, required=False, help_text="Left out of old documents.")
    colleagues = Colleague(
        many=True,
        required=False,
        help_text="Only for who sees their own shifts alone, and is the only one among `people` then: who else is on the month.",
    )


class SchedulePayload(ChangePayload):
    """Names the schedule that a message is about."""

    schedule_id = serializers.CharField(max_length=ID_LENGTH)


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
    heading = FieldChangePayload(
        many=True, help_text="The restaurant's name and time zone, the period's days, what text counts as."
    )
    groups = EntryChangePayload(many=True, help_text="Staff groups; `members` are names.")


class PublicationPayload(WireSerializer):
    """What viewers see of a schedule from now on, and how it differs from before."""

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

    version = serializers.IntegerField(
        help_text="The restaurant's version that was looked at: the base of publishing it."
    )
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
    """The publications of a schedule that are kept."""

    rest_name = "PublicationList"

    schedule_id = serializers.UUIDField()
    publications = KeptPublication(many=True, help_text="The newest first.")


class RestorePublicationPayload(SchedulePayload):
    """Names the publication that viewers are to see again."""

    number = serializers.IntegerField(required=False, min_value=1, help_text="Left out: the last one.")
