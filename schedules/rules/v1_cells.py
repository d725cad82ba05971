"""Cells as version 1 clients write them: moments for days, null for a blank or for a row that says nothing."""

import re
from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

_WITH_A_TIME = re.compile(r"\s*\d{4}-\d\d-\d\d[Tt ]\S")


def named_day(value: Any) -> Any:
    """The day (``YYYY-MM-DD``) that a moment names in every zone alike; whatever else it is, unchanged.

    A date of theirs made into JSON is a moment: midnight of UTC where it had no time. A moment without a zone lies on its own day, one at
    midnight names it. Any other lies on two days, by who looks; it stays, for the check to refuse it.
    """
    if not isinstance(value, str) or not _WITH_A_TIME.match(value):
        return value
    try:
        moment = datetime.fromisoformat(value.strip())
    except ValueError:
        return value
    return moment.date().isoformat() if moment.tzinfo is None or moment.time() == time() else value


def read_cell(payload: Any) -> Any:
    """The payload of a ``SHIFT_UPDATE``, which may be anything. Null is what it is in a ``SHIFT_BULK_UPDATE``: blank."""
    if not isinstance(payload, dict):
        return payload
    read = {**payload}
    if "dateKey" in read:
        read["dateKey"] = named_day(read["dateKey"])
    if "shiftValue" in read and read["shiftValue"] is None:
        read["shiftValue"] = ""
    return read


def read_cells(payload: Any) -> Any:
    """The payload of a ``SHIFT_BULK_UPDATE``, which may be anything. A row that is null has no cells; of two that name one day, the one
    that is a day counts."""
    data = payload.get("scheduleData") if isinstance(payload, dict) else None
    if not isinstance(data, dict):
        return payload
    return {**payload, "scheduleData": {staff_id: _read_row(row) for staff_id, row in data.items()}}


def _read_row(row: Any) -> Any:
    if row is None:
        return {}
    return _by_day(row) if isinstance(row, dict) else row


def _by_day(row: Mapping[str, Any]) -> dict[str, Any]:
    read: dict[str, Any] = {}
    for key, value in row.items():
        day = named_day(key)
        if day == key or day not in row:
            read[day] = value
    return read
