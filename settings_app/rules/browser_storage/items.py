"""One item of a stored list as a row: columns, config keys at the top level, older spellings, and what is left over."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from settings_app.rules.browser_storage.mending import Notes, mended
from settings_app.rules.browser_storage.words import camel
from settings_app.rules.intake import flat_keys, take_in, with_defaults
from settings_app.rules.rows import READ_ONLY, Row
from settings_app.rules.shapes import Shape
from settings_app.rules.storage_form import Draft, Reader, Reading, Unread
from settings_app.rules.v1.daily import is_switched_off

Item = Mapping[str, Any]
Prepare = Callable[[Item, Notes], Item]
"""Turns an older form of an item into the current one, before it is read."""

ALIASES = {
    "title": ("name",),
    "label": ("name",),
    "isHard": ("isHardConstraint",),
    "hard": ("isHardConstraint",),
    "weight": ("penaltyWeight",),
    "penalty": ("penaltyWeight",),
    "priority": ("priorityLevel", "priorityOrder"),
    "startDate": ("effectiveFrom",),
    "endDate": ("effectiveUntil",),
}


def listed(key: str, *, prepare: Prepare = lambda item, notes: item) -> Reader:
    """A reader of a table that is a list of objects under one key."""

    def read(shape: Shape, contents: Mapping[str, object]) -> Iterator[Reading]:
        yield from read_list(shape, key, contents[key], prepare) if key in contents else ()

    return read


def read_list(shape: Shape, path: str, content: object, prepare: Prepare) -> Iterator[Reading]:
    """The rows of a list; of anything else that it is no list."""
    if not isinstance(content, list):
        yield not_a(path, 0, content, "a list")
        return
    for index, item in enumerate(content):
        yield read_item(shape, f"{path}[{index}]", index, item, prepare)


def read_item(
    shape: Shape, path: str, index: int, item: object, prepare: Prepare = lambda item, notes: item
) -> Reading:
    """One row of an object."""
    if not isinstance(item, dict):
        return not_a(path, index, item, "an object")
    notes: Notes = []
    known = renamed(prepare(item, notes), shape)
    is_off = known.get("isActive") is False
    if is_off and not is_switched_off(known):
        return Unread(path, index, "had been deleted", harmless=True)
    row = {**take_in(known, shape)}
    _place_leftovers(row, known, shape, notes)
    _name(row, shape, index, notes)
    row = mended(row, shape, "", notes) | ({"isActive": False} if is_off else {})
    old_id = known.get("id")
    return Draft(path, index, with_defaults(row, shape), None if old_id is None else str(old_id), tuple(notes))


def not_a(path: str, index: int, content: object, wanted: str) -> Unread:
    """Nothing can be made of this: it is of another type altogether."""
    if content is None:
        return Unread(path, index, "is empty", harmless=True)
    kinds = {dict: "an object", list: "a list", str: "text", bool: "true or false"}
    return Unread(path, index, f"is {kinds.get(type(content), 'a number')}, not {wanted}")


def renamed(item: Item, shape: Shape) -> Row:
    """``item`` with the keys of columns and config keys in their current spelling, where that is not there already."""
    wanted = {"id", *READ_ONLY, *shape.fields, *(key for config in shape.configs.values() for key in config.fields)}
    current: Row = {}
    for key, value in item.items():
        new = _current_name(str(key), wanted, shape)
        current[key if new in item or new in current else new] = value
    return current


def _current_name(key: str, wanted: set[str], shape: Shape) -> str:
    if key in wanted:
        return key
    candidates: Iterable[str] = (alias for alias in ALIASES.get(key, ()) if alias in shape.fields)
    spelled = camel(key)
    return next(iter(candidates), spelled if spelled in wanted else key)


def _place_leftovers(row: Row, known: Row, shape: Shape, notes: Notes) -> None:
    """Keys that nobody knows are kept in the row's first config; a row without one can only report them."""
    placed = {"id", *READ_ONLY, *shape.fields}
    placed.update(key for config in shape.configs.values() for key in flat_keys(known, config, shape))
    leftovers = {key: value for key, value in known.items() if key not in placed}
    home = next(iter(shape.configs), None)
    config = row.get(home, {}) if home else None
    for key, value in leftovers.items():
        if not isinstance(config, dict) or key in config:
            notes.append(f"{key}: {value!r} has no place in a row and was dropped")
    if home and leftovers and isinstance(config, dict):
        row[home] = {**leftovers, **config}


def _name(row: Row, shape: Shape, index: int, notes: Notes) -> None:
    known, name = shape.fields["name"], row.get("name")
    if known.required and (name is None or (name == "" and any(known.errors(name, "")))):
        row["name"] = f"{shape.title} {index + 1}"
        notes.append("name: there was none")
