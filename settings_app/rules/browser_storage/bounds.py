"""One object of bounds (``{maxOffPerDay: 3, minOffPerDay: {value: 0, isHard, weight}}``): a row for each shift type, with
both bounds. One row has one hardness and one weight: where the two bounds differ, the stricter counts for both.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from settings_app.rules.browser_storage.items import Item, not_a, read_item
from settings_app.rules.browser_storage.mending import Notes, mended
from settings_app.rules.browser_storage.words import Bound, bound_of
from settings_app.rules.rows import Row
from settings_app.rules.shapes import Shape
from settings_app.rules.storage_form import Reading, Unread
from settings_app.rules.values import Flag, Number

_NO_SHARED_KEYS = {"name", "limitConfig", "maxCount", "minCount"}
_LIMIT_TYPES = {
    ("off", "maxCount"): "max_off_days",
    ("off", "minCount"): "min_off_days",
    ("any", "maxCount"): "max_shifts",
    ("any", "minCount"): "min_shifts",
}


@dataclass(slots=True)
class _Bounds:
    """What the object says of one shift type."""

    index: int
    paths: list[str] = field(default_factory=list)
    counts: Row = field(default_factory=dict)
    hard: list[bool] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)
    notes: Notes = field(default_factory=list)


def bounds_name(shape: Shape, shift_type: str, status: str = "") -> str:
    """What the row of such a bound is called: ``Daily limit: off``, ``Daily limit: 社員 off``."""
    return f"{shape.title}: {' '.join(filter(None, (status, shift_type)))}"


def holds_bounds(content: Mapping[str, object]) -> bool:
    """Whether one of the keys is a bound with its period in the name (``maxOffPerDay``), as no row of a list has one."""
    return any((bound := bound_of(str(key))) is not None and bound.period for key in content)


def read_bounds(shape: Shape, path: str, content: Mapping[str, Any], period: str) -> Iterator[Reading]:
    """The rows of an object of bounds for a ``period`` (``day``, ``week``, ``month``)."""
    found: dict[str, _Bounds] = {}
    shared: Row = {}
    for index, (key, value) in enumerate(content.items()):
        if key in _shared_keys(shape):
            shared[key] = value
            continue
        bound = bound_of(key)
        problem = _misplaced(f"{path}.{key}", index, bound, value, period)
        if problem:
            yield problem
        elif bound:
            bounds = found.setdefault(bound.shift_type, _Bounds(index))
            _add(bounds, bound, f"{path}.{key}", value)
    for shift_type, bounds in found.items():
        yield _row(shape, shift_type, bounds, shared)


def _shared_keys(shape: Shape) -> set[str]:
    """Keys that say something of all rows of the object: those of the config that are no counts, and the columns."""
    return {*shape.fields, *shape.configs["limitConfig"].fields} - _NO_SHARED_KEYS


def _misplaced(path: str, index: int, bound: Bound | None, value: Any, period: str) -> Unread | None:
    if bound is None:
        return Unread(path, index, "is not a known limit")
    if bound.period not in ("", period):
        return Unread(path, index, f"is a limit for a {bound.period}, not for a {period}")
    if isinstance(value, dict):
        if value.get("enabled") is False:
            return Unread(path, index, "was switched off", harmless=True)
        value = value.get("value")
    if value is None or value == "":
        return Unread(path, index, "has no value", harmless=True)
    return not_a(path, index, value, "a number") if isinstance(value, list) else None


def _add(bounds: _Bounds, bound: Bound, path: str, value: Any) -> None:
    details = value if isinstance(value, dict) else {"value": value}
    if bound.bound in bounds.counts:
        bounds.notes.append(f"{path} means the same as {bounds.paths[-1]}: the later one applies")
    bounds.paths.append(path)
    bounds.counts[bound.bound] = details["value"]
    hard = mended(details.get("isHard", details.get("isHardConstraint")), Flag(), path, bounds.notes)
    weight = mended(details.get("weight", details.get("penaltyWeight")), Number(), path, bounds.notes)
    bounds.hard += [hard] if isinstance(hard, bool) else []
    bounds.weights += [weight] if isinstance(weight, int | float) else []
    known = {"value", "isHard", "isHardConstraint", "weight", "penaltyWeight", "enabled"}
    bounds.notes += [f"{path}.{key}: {details[key]!r} was dropped" for key in details if key not in known]


def _row(shape: Shape, shift_type: str, bounds: _Bounds, shared: Row) -> Reading:
    notes = list(bounds.notes)
    if len(set(bounds.hard)) > 1 or len(set(bounds.weights)) > 1:
        notes.append("the bounds differ in hardness or weight: the stricter applies to both")
    item: Row = {"name": bounds_name(shape, shift_type), **shared, "shiftType": shift_type, **bounds.counts}
    limit_type = _LIMIT_TYPES.get((shift_type, next(iter(bounds.counts)))) if len(bounds.counts) == 1 else None
    if limit_type and "limitType" in shape.configs["limitConfig"].fields:
        item.setdefault("limitType", limit_type)
    item |= {"isHardConstraint": any(bounds.hard)} if bounds.hard else {}
    item |= {"penaltyWeight": max(bounds.weights)} if bounds.weights else {}
    return read_item(shape, ", ".join(bounds.paths), bounds.index, item, telling(notes))


def telling(told: Notes) -> Any:
    """A preparation that only passes on what was found out before."""

    def prepare(item: Item, notes: Notes) -> Item:
        notes.extend(told)
        return item

    return prepare
