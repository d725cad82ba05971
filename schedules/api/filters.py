"""What a list or a month is narrowed by."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from rest_framework import serializers

from schedules.models import SwapState, WishKind, WishState
from shiftsync.core.serializers import WireSerializer
from shiftsync.core.several import Several

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


def of_staff(help_text: str) -> Several:
    """People by their ids."""
    return Several(child=serializers.CharField(max_length=36), max_length=1000, help_text=help_text)


class CellsFilter(DaysFilter):
    """Which part of a month."""

    staff = of_staff("Only these people.")


class WishesFilter(CellsFilter):
    """Which wishes."""

    kind = Several(child=serializers.ChoiceField(choices=WishKind.choices), help_text="Only wishes of these kinds.")
    state = Several(child=serializers.ChoiceField(choices=WishState.choices), help_text="Only those in these states.")


class SwapsFilter(DaysFilter):
    """Which swaps."""

    staff = of_staff("Only those of these people: who give a shift away, were asked, or take it.")
    state = Several(child=serializers.ChoiceField(choices=SwapState.choices), help_text="Only those in these states.")


def asked_for(entries: Iterable[Payload], query: Payload) -> list[dict[str, Any]]:
    """Those of wishes or swaps, as their reader knows them, that a filter names."""
    return [dict(entry) for entry in entries if _is_asked_for(entry, query)]


def _is_asked_for(entry: Payload, query: Payload) -> bool:
    day = {"startDate": entry["dateKey"], "endDate": entry["dateKey"]}
    people = {entry["staffId"], entry.get("otherId")}
    return (
        is_within(day, query)
        and ("staff" not in query or not people.isdisjoint(query["staff"]))
        and all(entry[name] in query[name] for name in ("kind", "state") if name in query)
    )


def is_within(days: Payload, query: Payload) -> bool:
    """Whether a period has a day that is asked for."""
    first, last = _day(days["startDate"]), _day(days["endDate"])
    return not (("from" in query and last < query["from"]) or ("to" in query and first > query["to"]))


def part_of(month: dict[str, Any], query: Payload) -> dict[str, Any]:
    """The cells that are asked for, of a month that may have whatever else beside."""
    if not query:
        return month
    people = set(map(str, query["staff"])) if "staff" in query else None

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
