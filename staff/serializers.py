"""Staff members, and when they can work, on the wire, for the socket and REST alike."""

from calendar import monthrange
from typing import Any

from rest_framework import serializers

from shiftsync.core.examples import SOMEBODY
from shiftsync.core.lists import ListField
from shiftsync.core.serializers import WireSerializer
from shiftsync.core.times import TimeOfDayField
from shiftsync.realtime.protocol.payloads import ChangePayload
from staff.models import BlankMeans
from staff.rules import MOST_ORDER, is_name


class PeriodPoint(WireSerializer):
    """A month, or a day of it."""

    year = serializers.IntegerField(min_value=1900, max_value=2200)
    month = serializers.IntegerField(min_value=1, max_value=12)
    day = serializers.IntegerField(min_value=1, max_value=31, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        day = attrs.get("day")
        if day is not None and day > monthrange(attrs["year"], attrs["month"])[1]:
            raise serializers.ValidationError({"day": "This month has no such day."})
        return dict(attrs)


class NameField(serializers.CharField):
    """A name as it was typed, spaces around it included: who typed it knows it again by that. Spaces alone are no name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=200, trim_whitespace=False, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        name = super().to_internal_value(data)
        if not is_name(name):
            self.fail("blank")
        return name


class StaffChanges(WireSerializer):
    """The fields of a staff member that may be written; all optional."""

    name = NameField(required=False)
    position = serializers.CharField(max_length=100, allow_blank=True, required=False)
    department = serializers.CharField(max_length=100, allow_blank=True, required=False)
    type = serializers.CharField(max_length=50, allow_blank=True, required=False)
    status = serializers.CharField(max_length=50, allow_blank=True, required=False)
    staff_order = serializers.IntegerField(required=False, min_value=-MOST_ORDER, max_value=MOST_ORDER)
    start_period = PeriodPoint(required=False, allow_null=True)
    end_period = PeriodPoint(required=False, allow_null=True)
    blank_means = serializers.ChoiceField(choices=BlankMeans.choices, required=False)
    allowed_shift_types = ListField(
        child=serializers.CharField(max_length=20),
        max_length=50,
        required=False,
        help_text="Symbols; empty allows all.",
    )


class StaffTermSerializer(WireSerializer):
    """The terms on which somebody works from a day on."""

    valid_from = serializers.DateField(allow_null=True, help_text="null: from the beginning.")
    type = serializers.CharField(allow_blank=True)
    status = serializers.CharField(allow_blank=True)
    blank_means = serializers.ChoiceField(choices=BlankMeans.choices)
    allowed_shift_types = serializers.ListField(child=serializers.CharField())


class EmploymentSerializer(WireSerializer):
    """One stretch of employment."""

    start_period = PeriodPoint(allow_null=True)
    end_period = PeriodPoint(allow_null=True)


class StaffMemberSerializer(StaffChanges):
    """A staff member as stored."""

    id = serializers.UUIDField()
    name: serializers.CharField = serializers.CharField()  # type: ignore[assignment]  # as stored, so not judged again
    position = serializers.CharField(allow_blank=True)
    department = serializers.CharField(allow_blank=True)
    type = serializers.CharField(allow_blank=True)
    status = serializers.CharField(allow_blank=True)
    period = serializers.IntegerField(allow_null=True, help_text="Index of the period that was requested or changed.")
    staff_order = serializers.IntegerField()
    start_period = PeriodPoint(allow_null=True)
    end_period = PeriodPoint(allow_null=True)
    blank_means = serializers.ChoiceField(choices=BlankMeans.choices)
    allowed_shift_types = ListField(child=serializers.CharField())
    is_active = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    revision = serializers.IntegerField(help_text="The version of its last change.")
    terms = StaffTermSerializer(
        many=True,
        required=False,
        help_text="Oldest first; omitted if the fields have never changed.",
    )
    employments = EmploymentSerializer(
        many=True,
        required=False,
        help_text="Oldest first; omitted if there is only one. The fields show the current one, else the next, else the last.",
    )


class StaffCreatePayload(StaffChanges, ChangePayload):
    """A new staff member. Without an ``id`` the server makes one."""

    example = {"name": "山田 花子", "position": "ホール", "status": "パート"}

    id = serializers.CharField(max_length=64, required=False)
    name = NameField()
    period = serializers.IntegerField(required=False, min_value=0)


class DatedFacts(ChangePayload):
    """A change of facts about a person that apply from a day on."""

    valid_from = serializers.DateField(
        required=False,
        help_text="The day from which type, status, blankMeans and allowedShiftTypes apply. Default: today, or the beginning for a new person.",
    )


class StaffUpdatePayload(DatedFacts):
    """New values for some fields of one staff member."""

    staff_id = serializers.CharField(max_length=64)
    changes = StaffChanges()
    period = serializers.IntegerField(required=False, min_value=0)


class FromDay(ChangePayload):
    """A change that takes effect on a day of the author's choice."""

    from_ = serializers.DateField(
        required=False,
        source="from_day",
        help_text="The first day it applies to. A deletion with a day ends the employment before it and leaves past days unchanged.",
    )

    def get_fields(self) -> dict[str, Any]:
        """``from`` is a word of the language, so that no attribute can be called that."""
        fields = super().get_fields()
        fields["from"] = fields.pop("from_")
        return fields


class StaffIdPayload(FromDay):
    """Names the staff member that a message is about."""

    staff_id = serializers.CharField(max_length=64)
    period = serializers.IntegerField(required=False, min_value=0)


class StaffReorderPayload(ChangePayload):
    """Staff ids in the order in which the grid shows them."""

    example = {"staffIds": [SOMEBODY]}

    staff_ids = ListField(child=serializers.CharField(max_length=64), max_length=2000)


class StaffUpdatedPayload(WireSerializer):
    """A staff member was created, changed or restored."""

    staff_id = serializers.UUIDField()
    id = serializers.UUIDField()
    changes = StaffMemberSerializer(help_text="The whole staff member as stored.")


class StaffDeletedPayload(WireSerializer):
    """A staff member was taken off, or their employment ends."""

    staff_id = serializers.UUIDField()
    id = serializers.UUIDField()
    revision = serializers.IntegerField()
    staff = StaffMemberSerializer(
        required=False, help_text="For someone who stays in earlier months: as stored, with the employment ended."
    )


class StaffReorderedPayload(WireSerializer):
    """The order of the staff has changed."""

    staff_ids = serializers.ListField(child=serializers.UUIDField(), help_text="Everybody, in the new order.")
    revision = serializers.IntegerField()


class AvailabilityFields(WireSerializer):
    """When somebody can work; all optional."""

    weekdays = ListField(
        child=serializers.IntegerField(min_value=0, max_value=6),
        min_length=1,
        max_length=7,
        required=False,
        help_text="0 is Sunday. Of one person, no two entries are about the same weekday at the same time.",
    )
    available_from = TimeOfDayField(
        allow_null=True,
        required=False,
        help_text="Can work from then on only. Neither this nor availableUntil: cannot work on these days.",
    )
    available_until = TimeOfDayField(
        allow_null=True,
        required=False,
        help_text="Can work until then only; at or before availableFrom: on the next day. 00:00 is the end of the day.",
    )
    valid_from = serializers.DateField(
        required=False,
        help_text="The first day that it is about. Default: today. Staff cannot name a day that is over.",
    )
    valid_until = serializers.DateField(
        allow_null=True, required=False, help_text="The last day that it is about; null: until further notice."
    )
    note = serializers.CharField(max_length=200, allow_blank=True, required=False)


class AvailabilitySerializer(WireSerializer):
    """When a person can work on some weekdays, week after week."""

    wire_name = "Availability"

    id = serializers.UUIDField()
    staff_id = serializers.UUIDField()
    weekdays = serializers.ListField(child=serializers.IntegerField(), help_text="0 is Sunday.")
    available_from = TimeOfDayField(allow_null=True, help_text="Neither time: cannot work on these days.")
    available_until = TimeOfDayField(allow_null=True)
    valid_from = serializers.DateField()
    valid_until = serializers.DateField(allow_null=True)
    note = serializers.CharField(allow_blank=True)
    made_by = serializers.CharField(allow_null=True, help_text="Who entered it; null: the system.")
    is_own = serializers.BooleanField(help_text="Entered by the person, not by a manager for them.")
    revision = serializers.IntegerField()


class AvailabilityCreatePayload(AvailabilityFields, ChangePayload):
    """When somebody can work, to enter."""

    example = {"staffId": SOMEBODY, "weekdays": [1], "availableFrom": "17:00"}

    id = serializers.CharField(max_length=64, required=False)
    staff_id = serializers.CharField(max_length=64)
    weekdays = ListField(
        child=serializers.IntegerField(min_value=0, max_value=6), min_length=1, max_length=7, help_text="0 is Sunday."
    )


class AvailabilityUpdatePayload(ChangePayload):
    """What to change of an entry."""

    availability_id = serializers.CharField(max_length=64)
    changes = AvailabilityFields()


class AvailabilityDeletePayload(ChangePayload):
    """An entry to withdraw."""

    availability_id = serializers.CharField(max_length=64)


class AvailabilityUpdatedPayload(AvailabilitySerializer):
    """An entry that was changed."""

    past = AvailabilitySerializer(
        required=False,
        help_text="The entry that keeps what it said for the days that are over; omitted if there are none.",
    )


class AvailabilityDeletedPayload(WireSerializer):
    """An entry that was withdrawn."""

    availability_id = serializers.UUIDField()
    staff_id = serializers.UUIDField()
    revision = serializers.IntegerField()
    past = AvailabilitySerializer(
        required=False, help_text="The same entry, where it stays for the days that are over."
    )
