"""Periods, calendar days and shift types on the wire, for the socket and REST alike."""

from rest_framework import serializers

from schedules.models import VALUE_LENGTH, DayKind, ShiftKind
from schedules.serializers.cells import ID_LENGTH
from schedules.serializers.closings import ClosingRuleSerializer
from shiftsync.core.serializers import WireSerializer
from shiftsync.realtime.protocol.payloads import ChangePayload, HolidaySerializer, PeriodEntry
from shiftsync.tenants.serializers import RestaurantFacts
from staff.serializers import StaffMemberSerializer

MAX_ALIASES = 50


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


class CalendarPayload(WireSerializer):
    restaurant = RestaurantFacts()
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
