"""Cells on the wire: their values, edits and locks, for the socket and REST alike."""

from typing import Any, ClassVar

from rest_framework import serializers

from schedules.models import VALUE_LENGTH
from schedules.serializers.places import CellPayload
from shiftsync.core.serializers import WireSerializer
from shiftsync.realtime.protocol.payloads import ChangePayload

ID_LENGTH = 64
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


class CoveringCell(CellPayload):
    """A backup's cell and the group that it covers."""

    group_id = serializers.CharField(help_text="The group that this cell covers.")


class ShiftUpdatePayload(ChangePayload):
    """A value for one cell."""

    schedule_id = serializers.CharField(max_length=ID_LENGTH, required=False)
    staff_id = serializers.CharField(max_length=ID_LENGTH)
    date_key = serializers.CharField(max_length=32)
    shift_value = Value()
    period_index = serializers.IntegerField(required=False)


class CellChangePayload(CellPayload):
    """A cell and its value."""

    shift_value = Value()


class CellBroadcast(CellChangePayload):
    """One cell has a new value."""

    date_key = serializers.CharField(
        max_length=WRITTEN_DAY_LENGTH, help_text="`YYYY-MM-DD`. Version 1: of a refused edit, as its author wrote it."
    )
    schedule_id = serializers.CharField()
    period_index = serializers.IntegerField()
    timestamp = serializers.DateTimeField()


class ShiftBulkUpdatePayload(ChangePayload):
    """Values for many cells of one schedule."""

    schedule_id = serializers.CharField(max_length=ID_LENGTH, required=False)
    schedule_data = ScheduleDataField()
    period_index = serializers.IntegerField(required=False)
    mode = serializers.ChoiceField(choices=["merge", "replace"], default="merge")


class CellsBroadcast(WireSerializer):
    """Many cells have new values, by one change."""

    schedule_id = serializers.UUIDField()
    period_index = serializers.IntegerField()
    changes = CellChangePayload(many=True)
    timestamp = serializers.DateTimeField()
    job_id = serializers.UUIDField(required=False, help_text="The job whose proposal this is.")
    swap_id = serializers.UUIDField(required=False, help_text="The swap that was approved by this.")
    covering = CoveringCell(many=True, required=False, help_text="The backups among the cells, and what they cover.")


class CellsPayload(ChangePayload):
    """Cells of one schedule."""

    schedule_id = serializers.CharField(max_length=ID_LENGTH)
    cells = CellPayload(many=True)


class LockedCellsBroadcast(WireSerializer):
    """Cells were locked or unlocked."""

    schedule_id = serializers.UUIDField()
    period_index = serializers.IntegerField()
    cells = CellPayload(many=True)


class CellDifference(CellChangePayload):
    """A cell, its value and the one before."""

    previous_value = Value()


class StepPayload(ChangePayload):
    """Undoes or redoes the author's last step in a schedule."""

    schedule_id = serializers.CharField(max_length=ID_LENGTH)
    partial = serializers.BooleanField(default=False)  # type: ignore[assignment]  # declared fields leave the class
    skip = serializers.BooleanField(default=False)
