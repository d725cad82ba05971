"""How a period, a cell, and where somebody is among them are written."""

from rest_framework import serializers

from shiftsync.core.serializers import WireSerializer


class PeriodEntry(WireSerializer):
    """A period and its schedule, as every client needs them to find its way."""

    wire_name = "Period"

    index = serializers.IntegerField()
    id = serializers.UUIDField()
    start_date = serializers.DateField()
    end_date = serializers.DateField()
    schedule_id = serializers.UUIDField(allow_null=True)
    state = serializers.ChoiceField(choices=["draft", "published"], allow_null=True)


class CellPayload(WireSerializer):
    """One cell of a schedule: a person on a day."""

    rest_name = "CellKey"

    staff_id = serializers.CharField(max_length=64)
    date_key = serializers.CharField(max_length=10)


class PlacePayload(WireSerializer):
    """Where a client is: the schedule it shows and the cell it has selected or is editing."""

    schedule_id = serializers.CharField(max_length=64, required=False, allow_null=True)
    cell = CellPayload(required=False, allow_null=True)
    state = serializers.ChoiceField(choices=["viewing", "editing"], default="viewing")


class PresenceEntry(PlacePayload):
    """One client of the restaurant and where it is; ``left`` when it has gone."""

    client_id = serializers.CharField()
    user_id = serializers.CharField(allow_blank=True)
    name = serializers.CharField(allow_blank=True)
    schedule_id = serializers.CharField(allow_null=True)
    cell = CellPayload(allow_null=True)
    state = serializers.ChoiceField(choices=["viewing", "editing", "left"])


class PresenceStatePayload(WireSerializer):
    """Who is connected to the restaurant, or who of them has moved."""

    roster = PresenceEntry(many=True)
    complete = serializers.BooleanField(help_text="Whether this is the whole roster or only those who moved.")
