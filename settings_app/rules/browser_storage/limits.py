"""Daily, weekly and monthly limits: a list of rows, a list of ``{name, value, type}``, or one object of bounds.

The bounds of a day may stand beside the limits of single statuses (``staffTypeLimits``), see :mod:`daily_bounds`.
"""

from collections.abc import Iterator, Mapping
from functools import partial

from settings_app.rules.browser_storage.bounds import holds_bounds, read_bounds
from settings_app.rules.browser_storage.daily_bounds import STAFF_TYPE_LIMITS, read_day
from settings_app.rules.browser_storage.items import Item, read_item, read_list
from settings_app.rules.browser_storage.mending import Notes
from settings_app.rules.browser_storage.words import bound_in, shift_in, words_of
from settings_app.rules.scopes import ABOUT_EVERYBODY, names_no_targets
from settings_app.rules.shapes import Shape
from settings_app.rules.storage_form import Reading, StorageForm, says_more_than_nothing

_OF_A_ROW = {"name", "limitConfig", "maxCount", "minCount"}
_OLD_LIMIT_TYPES = {"min_work_days": "min_shifts"}


def limits_form(key: str, period: str) -> StorageForm:
    """The storage form of the limits of a ``period`` (``week``, ``month``)."""

    def read(shape: Shape, contents: Mapping[str, object]) -> Iterator[Reading]:
        yield from read_limits(shape, key, contents[key], period)

    return StorageForm((key,), read, says_more_than_nothing)


def read_limits(shape: Shape, key: str, content: object, period: str) -> Iterator[Reading]:
    """The limits of any form but the list of one object of bounds."""
    if isinstance(content, dict) and not _OF_A_ROW & content.keys():
        yield from read_bounds(shape, key, content, period)
    elif isinstance(content, dict):
        yield read_item(shape, key, 0, content, partial(_prepared, period=period))
    else:
        yield from read_list(shape, key, content, partial(_prepared, period=period))


def _read_daily(shape: Shape, contents: Mapping[str, object]) -> Iterator[Reading]:
    content = contents.get("dailyLimits")
    bounds = _bounds_of_a_day(content)
    if bounds is not None or STAFF_TYPE_LIMITS in contents:
        path, told = bounds or ("dailyLimits", {})
        yield from read_day(shape, path, told, contents.get(STAFF_TYPE_LIMITS))
    if bounds is None and "dailyLimits" in contents:
        yield from read_limits(shape, "dailyLimits", content, "day")


def _bounds_of_a_day(content: object) -> tuple[str, Mapping[str, object]] | None:
    """The object of bounds and its path: alone, as the only row of a list, or as the config of that row."""
    path = "dailyLimits"
    if isinstance(content, list) and len(content) == 1:
        (content,), path = content, "dailyLimits[0]"
    if not isinstance(content, dict):
        return None
    for inside, name in ((content.get("limitConfig", content.get("limit_config")), ".limitConfig"), (content, "")):
        if isinstance(inside, dict) and holds_bounds(inside):
            return path + name, inside
    is_row = bool(_OF_A_ROW & content.keys()) or path != "dailyLimits"
    return None if is_row else (path, content)


def _prepared(item: Item, notes: Notes, period: str) -> Item:
    """A row of the present form; one whose scope names nobody is about everybody."""
    item = from_value(item, notes)
    nested = item.get("limitConfig", item.get("limit_config"))
    config = {**(nested if isinstance(nested, dict) else {}), **item}
    if "target_ids" in config:
        config.setdefault("targetIds", config["target_ids"])
    if config.get(ABOUT_EVERYBODY) is True or not names_no_targets(config, () if period == "day" else ("individual",)):
        return item
    notes.append(f"no targets are named for the scope {config['scope']}: it counts for everybody")
    return {**item, ABOUT_EVERYBODY: True}


def from_value(item: Item, notes: Notes) -> Item:
    """``{name, value, type}`` as ``{name, shiftType, minCount or maxCount, type}``; limit types in their present spelling."""
    if item.get("limitType") in _OLD_LIMIT_TYPES:
        notes.append(f"limitType: {item['limitType']!r} was read as {_OLD_LIMIT_TYPES[item['limitType']]!r}")
        item = {**item, "limitType": _OLD_LIMIT_TYPES[item["limitType"]]}
    if "value" not in item or {"limitConfig", "minCount", "maxCount"} & item.keys():
        return item
    kind, name = words_of(str(item.get("type", ""))), words_of(str(item.get("name", "")))
    shift = shift_in(kind) or shift_in(name)
    if shift is None:
        notes.append("neither its type nor its name says what it limits, so it has no effect until edited")
        return item
    bound = bound_in(kind) or bound_in(name) or "maxCount"
    rest = {key: value for key, value in item.items() if key != "value"}
    hardness = {"isHardConstraint": True} if "hard" in kind else {}
    return {**hardness, **rest, "shiftType": shift, bound: item["value"]}


DAILY = StorageForm(("dailyLimits", STAFF_TYPE_LIMITS), _read_daily, says_more_than_nothing)
WEEKLY = limits_form("weeklyLimits", "week")
MONTHLY = limits_form("monthlyLimits", "month")
