"""Rows with config keys at their top: so version 1 clients read them and write them back.

Such a row holds each of these values twice, in its config and at the top, and its author has edited one of the two copies.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from settings_app.rules.browser_storage.words import camel
from settings_app.rules.rows import Row
from settings_app.rules.shapes import Field, Shape
from settings_app.rules.v1.inputs import read_input, read_inputs
from settings_app.rules.values import Flag

_SWITCH = Field(Flag(), "In use")


@dataclass(frozen=True, slots=True)
class TopKeys:
    """Keys of ``config`` that stand at the top of a row too; ``always`` are there with that value where they are not set."""

    config: str
    keys: tuple[str, ...]
    always: Mapping[str, Any] = field(default_factory=dict)


TOP_KEYS: Mapping[str, tuple[TopKeys, ...]] = {
    "staff_groups": (TopKeys("groupConfig", ("members",), {"members": []}),),
    "weekly_limits": (TopKeys("limitConfig", ("shiftType", "maxCount", "daysOfWeek", "scope", "targetIds")),),
    "monthly_limits": (
        TopKeys(
            "limitConfig",
            (
                "limitType",
                "minCount",
                "maxCount",
                "countHalfDays",
                "excludeCalendarRules",
                "excludeEarlyShiftCalendar",
                "overrideWeeklyLimits",
                "scope",
                "targetIds",
                "distributionRules",
            ),
        ),
    ),
    "priority_rules": (
        TopKeys(
            "ruleDefinition",
            ("ruleType", "staffIds", "shiftType", "daysOfWeek", "allowedShifts"),
            {"staffIds": [], "daysOfWeek": [], "allowedShifts": []},
        ),
        TopKeys("ruleConfig", ("preferenceStrength",)),
    ),
}
OTHER_NAMES: Mapping[str, Mapping[str, str]] = {"staff_backup_assignments": {"priority": "priorityOrder"}}
"""Columns that such clients call otherwise, by table."""

SWITCHED_BY_A_FIELD = frozenset({"staff_backup_assignments"})
"""The tables whose forms take a row out of use by ``isActive``. Elsewhere it is what a screen read of its row, and is ignored."""

CONFIG_WINS = frozenset({"daily_limits", "weekly_limits"})
"""The tables whose forms edit the config; those of all others edit what stands at the top."""


def flat_row(row: Row, table: str) -> Row:
    """A stored row of the table of that key, as a version 1 client reads it."""
    flat = dict(row)
    for top in TOP_KEYS.get(table, ()):
        values = _at_the_top(row.get(top.config), top)
        flat |= {key: value for key, value in values.items() if key not in row}
    return flat | {name: row[column] for name, column in OTHER_NAMES.get(table, {}).items()}


def one_copy(given: Mapping[str, Any], table: str, shape: Shape, seen: Mapping[str, Any] | None) -> Row:
    """``given``, as such a client sent it, with each value once: in its config, or under its column's own name.

    ``seen`` is the row that its author had before it, None for a new one. The copy that differs from it is the edit; where both do,
    and from one another, the one that the table's form edits.
    """
    row = _with_inputs_read(given, table, shape)
    for name, column in OTHER_NAMES.get(table, {}).items():
        _settle_column(row, name, column, shape.fields[column].default if seen is None else seen.get(column))
    for config, config_shape in shape.configs.items():
        _settle_config(
            row, table, _top_of(table, config, config_shape, shape), None if seen is None else seen.get(config)
        )
    return row


def takes_out_of_use(given: Mapping[str, Any], table: str) -> bool:
    """Whether an update takes its row out of use. Only rows in use are ever read, so one that is not was switched off by its author."""
    return table in SWITCHED_BY_A_FIELD and read_input(given.get("isActive", given.get("is_active")), _SWITCH) is False


def top_keys(table: str, shape: Shape) -> set[str]:
    """All that may stand at the top of a row beside its columns."""
    found = {key for config, known in shape.configs.items() for key in _top_of(table, config, known, shape).keys}
    return found | set(OTHER_NAMES.get(table, ()))


def in_todays_spelling(given: Mapping[str, Any], table: str, shape: Shape) -> Row:
    """``given`` with its columns, and keys of configs at its top, as they are called today: rows that come out of the older database
    have them in snake_case. A key that is there in both spellings counts in that of today."""
    read = shape.read(_in_camel_case(given, set(shape.fields)))
    return _in_camel_case(read, {*shape.fields, *top_keys(table, shape)})


def _in_camel_case(given: Mapping[str, Any], known: Set[str]) -> Row:
    read: Row = {}
    for key, value in given.items():
        today = camel(key) if camel(key) in known else key
        if key == today or given.get(today) is None:
            read[today] = value
    return read


def _with_inputs_read(given: Mapping[str, Any], table: str, shape: Shape) -> Row:
    """The columns and the keys of the configs, in them and at the top, as what the inputs of a form mean."""
    row = read_inputs(given, shape)
    for config_shape in shape.configs.values():
        at_the_top = row.keys() & (config_shape.fields.keys() - shape.fields.keys())
        row |= read_inputs({key: row[key] for key in at_the_top}, config_shape)
    for name, column in OTHER_NAMES.get(table, {}).items():
        if name in row:
            read = read_inputs({column: row.pop(name)}, shape)
            row |= {name: read[column]} if column in read else {}
    return row


def _top_of(table: str, config: str, config_shape: Shape, shape: Shape) -> TopKeys:
    """What may come in at the top for one config: also the known keys that do not go out there."""
    out = next((top for top in TOP_KEYS.get(table, ()) if top.config == config), TopKeys(config, ()))
    keys = dict.fromkeys((*out.keys, *config_shape.fields))
    return TopKeys(config, tuple(key for key in keys if key not in shape.fields), out.always)


def _settle_column(row: Row, name: str, column: str, seen: Any) -> None:
    if name not in row:
        return
    other = row.pop(name)
    if column not in row or not _same(other, seen):
        row[column] = other


def _settle_config(row: Row, table: str, top: TopKeys, seen: Any) -> None:
    flat = {key: row[key] for key in top.keys if key in row}
    beside = row.get(top.config)
    if not flat or not (beside is None or isinstance(beside, dict)):
        return
    before = seen if isinstance(seen, dict) else {}
    for key in flat:
        del row[key]
    row[top.config] = _merged(flat, beside, before, table, top) if beside else {**before, **flat}


def _merged(flat: Row, beside: Row, before: Row, table: str, top: TopKeys) -> Row:
    merged = dict(beside)
    shown = _at_the_top(before, top) if before else {}
    for key, value in flat.items():
        is_edited_beside = _is_edited_beside(beside, before, key, table)
        if not _same(value, shown.get(key)):
            if not (is_edited_beside and table in CONFIG_WINS):
                merged[key] = value
        elif key not in beside and not is_edited_beside and (key in before or not before):
            merged[key] = before.get(key, value)
    return merged


def _is_edited_beside(beside: Row, before: Row, key: str, table: str) -> bool:
    """Whether the copy in the config differs. One that is missing was taken away where the form edits the config; elsewhere it
    is no copy."""
    return not _same(beside.get(key), before.get(key)) and (key in beside or table in CONFIG_WINS)


def _at_the_top(config: Any, top: TopKeys) -> Row:
    values = config if isinstance(config, dict) else {}
    found = {key: values[key] for key in top.keys if key in values}
    missing = {key: list(value) for key, value in top.always.items() if found.get(key) is None}
    return found | missing


def _same(one: Any, other: Any) -> bool:
    """A key that is missing and one that is null both are not set. True and 1 are two values."""
    return bool(one == other) and isinstance(one, bool) == isinstance(other, bool)
