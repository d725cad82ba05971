"""Taking in what a client sends as a row: tolerant where clients in use need it, silent about nothing else.

- Older spellings (:attr:`Shape.read`) are read as those of today.
- Config keys at the top level (``members``, ``maxCount``, ...) belong into the row's JSON config.
- Read-only and unknown keys at the top level are ignored.
- An empty date (an untouched input) is no date; null for a column that has a default means the default.
"""

import copy
from collections.abc import Mapping
from typing import Any

from settings_app.rules.rows import Row
from settings_app.rules.shapes import Shape
from settings_app.rules.values import Day


def take_in(
    given: Mapping[str, Any], shape: Shape, stored: Mapping[str, Any] | None = None, *, from_v1: bool = False
) -> Row:
    """The columns that ``given`` sets, by wire name, unchecked.

    A config key at the top level is laid over the config beside it, else over the ``stored`` one. ``from_v1``: by a
    version 1 client, whose rows may mean something else (:attr:`Shape.settle`).
    """
    given = shape.read(given)
    row = {name: _plain(given[name], name, shape) for name in shape.fields if name in given}
    for name, config in shape.configs.items():
        flat = flat_keys(given, config, shape)
        beside = row.get(name, (stored or {}).get(name, {}))
        if flat and isinstance(beside, dict):
            row[name] = {**beside, **flat}
        if isinstance(row.get(name), dict):
            row[name] = config.settle(row[name], None if stored is None else stored.get(name), from_v1)
    return row


def flat_keys(given: Mapping[str, Any], config: Shape, shape: Shape) -> Row:
    """The keys of a config that stand at the top level of the row. A column's own name is never one."""
    return {key: value for key, value in given.items() if key in config.fields and key not in shape.fields}


def with_defaults(row: Mapping[str, Any], shape: Shape) -> Row:
    """``row`` with every column of its shape, in their order; what is missing has its default."""
    return {
        **{key: value for key, value in row.items() if key not in shape.fields},
        **{name: row.get(name, copy.deepcopy(column.default)) for name, column in shape.fields.items()},
    }


def _plain(value: Any, name: str, shape: Shape) -> Any:
    column = shape.fields[name]
    if value == "" and isinstance(column.value, Day):
        return None
    if value is None and not column.nullable:
        return copy.deepcopy(column.default)
    return value
