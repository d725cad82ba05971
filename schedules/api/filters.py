"""What a list or a month is narrowed by."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from rest_framework import serializers

from shiftsync.core.serializers import WireSerializer

Payload = Mapping[str, Any]


class DaysFilter(WireSerializer):
    """From a day to a day, both included; either may be left out."""

    def get_fields(self) -> dict[str, Any]:
        days = {name: serializers.DateField(required=False) for name in ("from", "to")}
        return {**super().get_fields(), **days}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """In that order."""
        if "from" in attrs and "to" in attrs and attrs["to"] < attrs["from"]:
            raise serializers.ValidationError({"to": ["Must not be before `from`."]})
        return attrs


class CellsFilter(DaysFilter):
    """Which part of a month."""

    staff = serializers.CharField(
        required=False, max_length=20_000, help_text="Only these people: ids, separated by commas."
    )


def is_within(days: Payload, query: Payload) -> bool:
    """Whether a period has a day that is asked for."""
    first, last = _day(days["startDate"]), _day(days["endDate"])
    return not (("from" in query and last < query["from"]) or ("to" in query and first > query["to"]))


def part_of(month: dict[str, Any], query: Payload) -> dict[str, Any]:
    """The cells that are asked for, of a month that may have whatever else beside."""
    if not query:
        return month
    people = set(query["staff"].split(",")) if "staff" in query else None

    def is_asked(staff_id: str, day: str) -> bool:
        return (people is None or staff_id in people) and is_within({"startDate": day, "endDate": day}, query)

    rows = {
        person: {day: value for day, value in row.items() if is_asked(person, day)}
        for person, row in month["scheduleData"].items()
    }
    data = {person: row for person, row in rows.items() if row}
    beside = {"lockedCells": month["lockedCells"], **({"wishes": month["wishes"]} if "wishes" in month else {})}
    asked = {
        name: [cell for cell in cells if is_asked(str(cell["staffId"]), str(cell["dateKey"]))]
        for name, cells in beside.items()
    }
    return {**month, "scheduleData": data, **asked}


def _day(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))
