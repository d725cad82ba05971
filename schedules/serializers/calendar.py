"""Periods, calendar days and shift types on the wire, for the socket and REST alike."""

from datetime import date
from typing import Any

from rest_framework import serializers

from schedules.models import MAX_ALIASES, VALUE_LENGTH, DayKind, ShiftKind
from schedules.serializers.cells import ID_LENGTH
from schedules.serializers.closings import ClosingRuleSerializer
from schedules.serializers.places import PeriodEntry
from shiftsync.core.dates import OFF_CALENDAR, is_on_calendar
from shiftsync.core.lists import ListField
from shiftsync.core.serializers import WireSerializer
from shiftsync.core.times import TimeOfDayField
from shiftsync.realtime.protocol.payloads import ChangePayload, HolidaySerializer
from shiftsync.tenants.serializers.restaurants import RestaurantFacts
from staff.serializers import StaffMemberSerializer

MAX_TIMES = 100


class CalendarDaySerializer(WireSerializer):
    """What was said about one day: closed, open, everybody works, or a note."""

    id = serializers.UUIDField()
    date = serializers.DateField()
    kind = serializers.ChoiceField(choices=DayKind.choices, allow_null=True)
    note = serializers.CharField(allow_blank=True)
    revision = serializers.IntegerField()


class CalendarDateField(serializers.DateField):
    """A day within the supported range."""

    def to_internal_value(self, value: Any) -> date:
        day = super().to_internal_value(value)
        if not is_on_calendar(day):
            raise serializers.ValidationError(OFF_CALENDAR)
        return day


class ShiftTimesSerializer(WireSerializer):
    """When a shift type is worked from a day on."""

    valid_from = CalendarDateField(allow_null=True, help_text="null: from the beginning.")
    start_time = TimeOfDayField(allow_null=True)
    end_time = TimeOfDayField(allow_null=True)


class ShiftTypeFields(WireSerializer):
    """The fields of a shift type that may be written; all optional."""

    symbol = serializers.CharField(max_length=VALUE_LENGTH, required=False)
    kind = serializers.ChoiceField(choices=ShiftKind.choices, required=False)
    label_ja = serializers.CharField(max_length=50, allow_blank=True, required=False)
    label_en = serializers.CharField(max_length=50, allow_blank=True, required=False)
    color = serializers.CharField(max_length=20, allow_blank=True, required=False)
    start_time = TimeOfDayField(allow_null=True, required=False)
    end_time = TimeOfDayField(allow_null=True, required=False)
    times = ListField(
        child=ShiftTimesSerializer(),
        max_length=MAX_TIMES,
        required=False,
        help_text="All its times, no day twice; without one from the beginning, the earliest so far remains.",
    )
    off_equivalent = serializers.DecimalField(
        max_digits=3, decimal_places=2, min_value=0, max_value=1, required=False, coerce_to_string=False
    )
    aliases = ListField(
        child=serializers.CharField(max_length=VALUE_LENGTH),
        max_length=MAX_ALIASES,
        required=False,
        help_text="Words that are accepted for it when typed, besides its labels.",
    )
    is_leave = serializers.BooleanField(
        required=False, help_text="Requested leave: never copied to another week or period."
    )


class ShiftTypeSerializer(ShiftTypeFields):
    """A shift type as stored."""

    id = serializers.UUIDField()
    symbol = serializers.CharField()
    kind = serializers.ChoiceField(choices=ShiftKind.choices)
    label_ja = serializers.CharField(allow_blank=True)
    label_en = serializers.CharField(allow_blank=True)
    color = serializers.CharField(allow_blank=True)
    start_time = TimeOfDayField(allow_null=True)
    end_time = TimeOfDayField(allow_null=True)
    times = ListField(
        child=ShiftTimesSerializer(),
        required=False,
        help_text="Oldest first; omitted if there is only one. startTime and endTime show what applies today.",
    )
    off_equivalent = serializers.DecimalField(max_digits=3, decimal_places=2, coerce_to_string=False)
    aliases = ListField(child=serializers.CharField())
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
    """A shift type was created or changed."""

    moved = MovedSymbol(required=False, help_text="If the symbol changed: what changed with it.")


class CalendarPayload(WireSerializer):
    """The restaurant's calendar: its periods, holidays, special days, closing rules and shift types."""

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
    """What one day is from now on."""

    date = serializers.DateField()
    kind = serializers.ChoiceField(
        choices=DayKind.choices, required=False, allow_null=True, allow_blank=True, help_text="null: an ordinary day."
    )
    note = serializers.CharField(max_length=200, required=False, allow_blank=True)


class PeriodCreatePayload(ChangePayload):
    """A new period. Without dates: the first one from today on that is not planned yet."""

    example = {"startDate": "2031-01-01", "endDate": "2031-01-31"}

    id = serializers.CharField(max_length=ID_LENGTH, required=False)
    start_date = serializers.DateField(required=False)
    end_date = serializers.DateField(required=False)


class PeriodDays(ChangePayload):
    """New dates for a period."""

    start_date = serializers.DateField(required=False)
    end_date = serializers.DateField(required=False)


class PeriodUpdatePayload(PeriodDays):
    """New dates for the period that is named."""

    period_id = serializers.CharField(max_length=ID_LENGTH)


class PeriodDeletePayload(ChangePayload):
    """Names the period to delete, which must be empty and unpublished."""

    period_id = serializers.CharField(max_length=ID_LENGTH)


class PeriodRestorePayload(ChangePayload):
    """Names the deleted period to restore. It comes back empty, as it was."""

    period_id = serializers.CharField(max_length=ID_LENGTH)


class PeriodCreatedPayload(PeriodEntry):
    """A period was created or its dates have changed."""

    periods = PeriodEntry(many=True, help_text="All periods: indexes may have moved.")


class PeriodDeletedPayload(WireSerializer):
    """A period was deleted."""

    period_id = serializers.UUIDField()
    schedule_id = serializers.UUIDField(allow_null=True)
    periods = PeriodEntry(many=True, help_text="All that are left: indexes may have moved.")


class ShiftTypeCreatePayload(ShiftTypeFields, ChangePayload):
    """A new shift type."""

    example = {"symbol": "昼", "kind": "normal", "startTime": "11:00", "endTime": "15:00"}

    id = serializers.CharField(max_length=ID_LENGTH, required=False)
    symbol = serializers.CharField(max_length=VALUE_LENGTH)
    kind = serializers.ChoiceField(choices=ShiftKind.choices)


class DatedTimes(ChangePayload):
    """A change of a shift type whose times apply from a day on."""

    valid_from = CalendarDateField(
        required=False,
        help_text="The day from which startTime and endTime apply. Default: today, or the beginning for a type that had no times or was not used before today.",
    )


class ShiftTypeUpdatePayload(DatedTimes):
    """New values for some fields of one shift type."""

    shift_type_id = serializers.CharField(max_length=ID_LENGTH)
    changes = ShiftTypeFields()


class Succession(ChangePayload):
    """What becomes of the places where a shift type is used when it is deleted."""

    successor = serializers.CharField(
        max_length=ID_LENGTH,
        required=False,
        help_text="Id or symbol of the shift type that replaces it wherever it is used.",
    )


class ShiftTypeDeletePayload(Succession):
    """Names the shift type to delete."""

    shift_type_id = serializers.CharField(max_length=ID_LENGTH)


class SuccessionPayload(WireSerializer):
    """What a deleted shift type has left to its successor, and nobody has changed since."""

    symbol = serializers.CharField(help_text="What its cells were given.")
    cell_count = serializers.IntegerField()
    cells = serializers.DictField(
        child=serializers.DictField(child=serializers.ListField(child=serializers.DateField())),
        help_text="By schedule and staff member, at most 20,000 of them.",
    )
    staff_count = serializers.IntegerField(
        help_text="Staff members whose allowed shift types name the successor since."
    )
    settings_count = serializers.IntegerField(help_text="Rows of the settings that name the successor since.")


class ShiftTypeRestorePayload(ChangePayload):
    """Names the deleted shift type to restore. What its successor took over stays with that; the result says what it was."""

    shift_type_id = serializers.CharField(max_length=ID_LENGTH)


class ShiftTypeDeletedPayload(WireSerializer):
    """A shift type was deleted."""

    shift_type_id = serializers.UUIDField()
    revision = serializers.IntegerField()
    moved = MovedSymbol(required=False, help_text="If it has a successor: what was moved to it.")
