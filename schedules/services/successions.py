"""What a shift type that was deleted has left to its successor."""

from typing import Any

from schedules.models import Shift, ShiftType
from shiftsync.core.encoding import decode
from shiftsync.realtime.models import Change

MOST_CELLS = 20_000
"""So many cells are named; more are only counted."""


def succession_of(deleted: ShiftType) -> dict[str, Any]:
    """The cells that a successor took over when ``deleted`` was deleted and that nobody has changed since, in wire form.

    ``succession`` has the ``symbol`` of then, their ``cellCount`` and ``cells``: by schedule and person the days, at most
    :data:`MOST_CELLS` of them; and how many people and rows of the settings name the successor now. Empty where there was none.
    """
    payload = (
        Change.objects.filter(restaurant_id=deleted.restaurant_id, version=deleted.revision)
        .values_list("payload", flat=True)
        .first()
    )
    moved = {} if payload is None else decode(payload).get("moved") or {}
    # All that one change writes has its version, and keeps it until another writes it.
    taken = Shift.objects.filter(restaurant_id=deleted.restaurant_id, revision=deleted.revision)
    found = taken.order_by("schedule_id", "staff_id", "date").values_list("schedule_id", "staff_id", "date", "value")
    rows = list(found[:MOST_CELLS])
    if not moved and not rows:
        return {}
    cells: dict[str, dict[str, list[str]]] = {}
    for schedule_id, staff_id, day, _value in rows:
        cells.setdefault(str(schedule_id), {}).setdefault(str(staff_id), []).append(str(day))
    return {
        "succession": {
            "symbol": moved.get("symbol") or rows[0][3],
            "cellCount": taken.count() if len(rows) == MOST_CELLS else len(rows),
            "cells": cells,
            "staffCount": len(moved.get("staff", ())),
            "settingsCount": sum(map(len, moved.get("settings", {}).values())),
        }
    }
