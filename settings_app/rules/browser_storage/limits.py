"""Daily, weekly and monthly limits: a list of rows, a list of ``{name, value, type}``, or one object of bounds.

An object of bounds (``{maxOffPerDay: 3, minOffPerDay: {value: 0, isHard, weight}}``) becomes one row for each shift type,
with both bounds. One row has one hardness and one weight: where the two bounds differ, the stricter counts for both.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from settings_app.rules.browser_storage.items import Item, not_a, read_item, read_list
from settings_app.rules.browser_storage.mending import Notes, mended
from settings_app.rules.browser_storage.words import Bound, bound_in, bound_of, shift_in, words_of
from settings_app.rules.rows import Row
from settings_app.rules.shapes import Shape
from settings_app.rules.storage_form import Reading, StorageForm, Unread
from settings_app.rules.values import Flag, Number

_OF_A_ROW = {"name", "limitConfig", "maxCount", "minCount"}
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


def limits_form(key: str, period: str) -> StorageForm:
    """The storage form of the limits of a ``period`` (``day``, ``week``, ``month``)."""

    def read(shape: Shape, contents: Mapping[str, object]) -> Iterator[Reading]:
        content = contents[key]
        if isinstance(content, dict) and not _OF_A_ROW & content.keys():
            yield from _read_bounds(shape, key, content, period)
        elif isinstance(content, dict):
            yield read_item(shape, key, 0, content, _from_value)
        else:
            yield from read_list(shape, key, content, _from_value)

    return StorageForm((key,), read)


def _from_value(item: Item, notes: Notes) -> Item:
    """``{name, value, type}`` as ``{name, shiftType, minCount or maxCount, type}``."""
    if "value" not in item or {"limitConfig", "minCount", "maxCount"} & item.keys():
        return item
    kind, name = words_of(str(item.get("type", ""))), words_of(str(item.get("name", "")))
    shift = shift_in(kind) or shift_in(name)
    if shift is None:
        notes.append("neither its type nor its name says what is limited: it has no effect until it is edited")
        return item
    bound = bound_in(kind) or bound_in(name) or "maxCount"
    rest = {key: value for key, value in item.items() if key != "value"}
    hardness = {"isHardConstraint": True} if "hard" in kind else {}
    return {**hardness, **rest, "shiftType": shift, bound: item["value"]}


def _read_bounds(shape: Shape, path: str, content: Mapping[str, Any], period: str) -> Iterator[Reading]:
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
    return {*shape.fields, *shape.configs["limitConfig"].fields} - _OF_A_ROW


def _misplaced(path: str, index: int, bound: Bound | None, value: Any, period: str) -> Unread | None:
    if bound is None:
        return Unread(path, index, "is not a limit that is known")
    if bound.period not in ("", period):
        return Unread(path, index, f"is a limit for a {bound.period}, not for a {period}")
    if isinstance(value, dict):
        if value.get("enabled") is False:
            return Unread(path, index, "was switched off", harmless=True)
        value = value.get("value")
    if value is None:
        return Unread(path, index, "has no value", harmless=True)
    return not_a(path, index, value, "a number") if isinstance(value, list) else None


def _add(bounds: _Bounds, bound: Bound, path: str, value: Any) -> None:
    details = value if isinstance(value, dict) else {"value": value}
    if bound.bound in bounds.counts:
        bounds.notes.append(f"{path} says the same as {bounds.paths[-1]}: the later one counts")
    bounds.paths.append(path)
    bounds.counts[bound.bound] = details["value"]
    hard = mended(details.get("isHard", details.get("isHardConstraint")), Flag(), path, bounds.notes)
    weight = mended(details.get("weight", details.get("penaltyWeight")), Number(), path, bounds.notes)
    bounds.hard += [hard] if isinstance(hard, bool) else []
    bounds.weights += [weight] if isinstance(weight, int | float) else []
    known = {"value", "isHard", "isHardConstraint", "weight", "penaltyWeight", "enabled"}
    bounds.notes += [f"{path}.{key}: {details[key]!r} was left behind" for key in details if key not in known]


def _row(shape: Shape, shift_type: str, bounds: _Bounds, shared: Row) -> Reading:
    notes = list(bounds.notes)
    if len(set(bounds.hard)) > 1 or len(set(bounds.weights)) > 1:
        notes.append("the bounds differ in hardness or weight: the stricter counts for both")
    item: Row = {"name": f"{shape.title}: {shift_type}", **shared, "shiftType": shift_type, **bounds.counts}
    limit_type = _LIMIT_TYPES.get((shift_type, next(iter(bounds.counts)))) if len(bounds.counts) == 1 else None
    if limit_type and "limitType" in shape.configs["limitConfig"].fields:
        item.setdefault("limitType", limit_type)
    item |= {"isHardConstraint": any(bounds.hard)} if bounds.hard else {}
    item |= {"penaltyWeight": max(bounds.weights)} if bounds.weights else {}
    return read_item(shape, ", ".join(bounds.paths), bounds.index, item, _telling(notes))


def _telling(told: Notes) -> Any:
    def prepare(item: Item, notes: Notes) -> Item:
        notes.extend(told)
        return item

    return prepare


DAILY = limits_form("dailyLimits", "day")
WEEKLY = limits_form("weeklyLimits", "week")
MONTHLY = limits_form("monthlyLimits", "month")
