"""The limits of a day as one object: bounds for everybody, whether these count, and bounds by status.

``{enabled, minOffPerDay, ..., staffTypeLimits: {"社員": {maxOff: 1, maxEarly: 2, isHard: true, penaltyWeight: 10}}}``. The
limits by status may also stand beside the object, as a copy.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from settings_app.rules.browser_storage.bounds import bounds_name, read_bounds
from settings_app.rules.browser_storage.items import not_a, read_item
from settings_app.rules.browser_storage.words import bound_of
from settings_app.rules.rows import Row
from settings_app.rules.shapes import Field, Shape
from settings_app.rules.storage_form import Draft, Reading, Unread
from settings_app.rules.v1.daily import SWITCHED_OFF
from settings_app.rules.v1.inputs import read_input
from settings_app.rules.values import Flag

STAFF_TYPE_LIMITS = "staffTypeLimits"
SCOPE = "staff_status"
_ENABLED = Field(Flag(), "In use")

_OF_A_STATUS = {"isHard", "isHardConstraint", "penaltyWeight", "weight"}


def read_day(shape: Shape, path: str, content: Mapping[str, Any], beside: object) -> Iterator[Reading]:
    """The rows of the object at ``path``; ``beside`` is the copy of its limits by status, if the file has one."""
    own = content.get(STAFF_TYPE_LIMITS)
    bounds = {key: value for key, value in content.items() if key not in ("enabled", STAFF_TYPE_LIMITS)}
    readings = read_bounds(shape, path, bounds, "day")
    is_off = read_input(content.get("enabled"), _ENABLED) is False
    yield from map(_out_of_use, readings) if is_off else readings
    if own is not None:
        yield from _read_statuses(shape, f"{path}.{STAFF_TYPE_LIMITS}", own)
    if beside == own and own is not None:
        yield Unread(STAFF_TYPE_LIMITS, 0, f"is the same as {path}.{STAFF_TYPE_LIMITS}", harmless=True)
    elif beside is not None:
        yield from _read_statuses(shape, STAFF_TYPE_LIMITS, beside, known=own if isinstance(own, dict) else {})


def _out_of_use(reading: Reading) -> Reading:
    """The bounds for everybody are kept where they are switched off, and come back when they are switched on."""
    if not isinstance(reading, Draft):
        return reading
    row = {**reading.row, "limitConfig": {**reading.row["limitConfig"], SWITCHED_OFF: True}, "isActive": False}
    return replace(reading, row=row, notes=(*reading.notes, "was switched off: kept, but not active"))


def _read_statuses(
    shape: Shape, path: str, content: object, known: Mapping[str, object] | None = None
) -> Iterator[Reading]:
    if not isinstance(content, dict):
        yield not_a(path, 0, content, "an object")
        return
    for index, (status, limits) in enumerate(content.items()):
        place = f"{path}.{status}"
        if known and status in known:
            yield Unread(place, index, f"is already in dailyLimits.{STAFF_TYPE_LIMITS} already", harmless=True)
        elif not isinstance(limits, dict):
            yield not_a(place, index, limits, "an object of limits")
        else:
            yield from _read_status(shape, place, index, status, limits)


def _read_status(shape: Shape, path: str, index: int, status: str, limits: Mapping[str, Any]) -> Iterator[Reading]:
    """A row for each shift type that the status has a bound for."""
    columns = {key: value for key, value in limits.items() if key in _OF_A_STATUS}
    counts: dict[str, Row] = {}
    for key, value in limits.items():
        bound = bound_of(key)
        if bound is not None and value not in (None, ""):
            counts.setdefault(bound.shift_type, {})[bound.bound] = value
        elif bound is None and key not in _OF_A_STATUS:
            yield Unread(f"{path}.{key}", index, "is not a known limit")
    for shift_type, bounds in counts.items():
        item = {
            "name": bounds_name(shape, shift_type, status),
            "limitConfig": {"shiftType": shift_type, **bounds, "scope": SCOPE, "targetIds": [status]},
            **columns,
        }
        yield read_item(shape, path, index, item)
    if not counts:
        yield Unread(path, index, "has no limits", harmless=True)
