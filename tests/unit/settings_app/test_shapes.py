"""Shapes: known keys checked by path, unknown keys kept, cross-field rules, JSON Schema."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from settings_app.rules import configs, rows
from settings_app.rules.shapes import Shape, by_path, check, map_references
from tests.unit.settings_app.sample import TABLES

SHAPES = {
    "groupConfig": configs.GROUP_CONFIG,
    "daily": configs.DAILY_LIMIT_CONFIG,
    "weekly": configs.WEEKLY_LIMIT_CONFIG,
    "monthly": configs.MONTHLY_LIMIT_CONFIG,
    "ruleDefinition": configs.RULE_DEFINITION,
    "ruleConfig": configs.RULE_CONFIG,
    "parameters": configs.PARAMETERS,
    "modelConfig": configs.MODEL_CONFIG,
}


def messages(config: object, shape: Shape, path: str = "limitConfig") -> list[str]:
    return [str(error) for error in check(config, shape, path)]


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ({"maxCount": -1}, "limitConfig.maxCount: must be at least 0"),
        ({"maxCount": "3"}, "limitConfig.maxCount: must be a number"),
        ({"maxCount": True}, "limitConfig.maxCount: must be a number"),
        ({"maxCount": 1.5}, "limitConfig.maxCount: must be a whole number"),
        ({"maxCount": float("nan")}, "limitConfig.maxCount: must be a number"),
        ({"maxCount": 10**400}, "limitConfig.maxCount: must be at most 10000"),
        ({"daysOfWeek": 0}, "limitConfig.daysOfWeek: must be a list"),
        ({"daysOfWeek": [0, 7]}, "limitConfig.daysOfWeek[1]: must be at most 6"),
        ({"daysOfWeek": [None]}, "limitConfig.daysOfWeek[0]: must not be null"),
        ({"dates": ["2025-02-29"]}, "limitConfig.dates[0]: must be a date (YYYY-MM-DD) from 1900 to 2200"),
        ({"dates": ["20250228"]}, "limitConfig.dates[0]: must be a date (YYYY-MM-DD) from 1900 to 2200"),
        (
            {"scope": "everyone"},
            "limitConfig.scope: must be one of all, position, type, staff_status, group, individual",
        ),
        ({"targetIds": [1]}, "limitConfig.targetIds[0]: must be text"),
        ({"targetIds": [""]}, "limitConfig.targetIds[0]: must not be empty"),
        ({"minCount": 3, "maxCount": 2}, "limitConfig.minCount: must not be above maxCount (2)"),
        ({"scope": "group"}, "limitConfig.targetIds: must name at least one for the scope group"),
        (
            {"scope": "individual", "targetIds": []},
            "limitConfig.targetIds: must name at least one for the scope individual",
        ),
        ("text", "limitConfig: must be an object"),
        (None, "limitConfig: must not be null"),
    ],
)
def test_daily_limit__wrong_value__is_named_by_path(config: object, message: str) -> None:
    assert messages(config, configs.DAILY_LIMIT_CONFIG)[:1] == [message]


@pytest.mark.parametrize(
    "config",
    [
        {},
        {"maxCount": None, "scope": None, "daysOfWeek": None},
        {"shiftType": "off", "minCount": 0, "maxCount": 0, "daysOfWeek": [0, 6], "dates": ["2024-02-29"]},
        {"maxCount": 2.0},
        {"shiftType": "△"},
        {"shiftType": "早出"},
        {"shiftType": "A"},
        {"scope": "type", "targetIds": ["パート"]},
        {"scope": "all", "targetIds": []},
    ],
)
def test_daily_limit__right_value__is_accepted(config: dict[str, Any]) -> None:
    assert messages(config, configs.DAILY_LIMIT_CONFIG) == []


def test_shift_type__misspelt__is_not_taken_for_a_symbol() -> None:
    assert (
        "limitConfig.shiftType: must be one of early" in messages({"shiftType": "earyl"}, configs.DAILY_LIMIT_CONFIG)[0]
    )


def test_monthly_limit__decimals__are_allowed() -> None:
    assert messages({"maxCount": 8.5, "minCount": 0.5}, configs.MONTHLY_LIMIT_CONFIG) == []


def test_group__nested_rules__are_checked_by_path() -> None:
    config = {"members": ["a"], "coverageRules": {"maxOffPerDay": -1, "backupMode": "always"}}

    assert messages(config, configs.GROUP_CONFIG, "groupConfig") == [
        "groupConfig.coverageRules.maxOffPerDay: must be at least 0",
        "groupConfig.coverageRules.backupMode: must be one of each_absence, below_minimum",
    ]


@pytest.mark.parametrize(
    ("definition", "path"),
    [
        ({"ruleType": "forbidden_sequence"}, "sequence"),
        ({"ruleType": "forbidden_sequence", "sequence": ["late"]}, "sequence"),
        ({"ruleType": "required_sequence", "sequence": ["late"]}, "sequence"),
        ({"ruleType": "max_consecutive_work"}, "maxCount"),
        ({"ruleType": "max_weekends"}, "maxCount"),
        ({"ruleType": "run_length"}, "maxCount"),
        ({"ruleType": "hours"}, "maxHours"),
        ({"ruleType": "hours", "minHours": 40, "maxHours": 28}, "minHours"),
        ({"ruleType": "rest_between"}, "minHours"),
        ({"ruleType": "run_length", "minCount": 3, "maxCount": 2}, "minCount"),
        ({"ruleType": "together", "staffIds": ["a"]}, "staffIds"),
        ({"ruleType": "not_together"}, "staffIds"),
        ({"ruleType": "sometimes"}, "ruleType"),
    ],
)
def test_rule__that_could_not_be_kept__is_refused(definition: dict[str, Any], path: str) -> None:
    assert [error.path for error in check(definition, configs.RULE_DEFINITION)] == [path]


@pytest.mark.parametrize(
    "definition",
    [
        {},
        {"conditions": {"anything": [1, {"deep": None}]}},
        {"ruleType": "forbidden_sequence", "sequence": ["late", "early"]},
        {"ruleType": "together", "groupIds": ["g"]},
        {"ruleType": "not_together", "staffIds": ["a", "b"]},
        {"ruleType": "max_consecutive_work", "maxCount": 5},
    ],
)
def test_rule__that_can_be_kept__is_accepted(definition: dict[str, Any]) -> None:
    assert check(definition, configs.RULE_DEFINITION) == []


@pytest.mark.parametrize(
    ("value", "path"),
    [
        ({"note": float("inf")}, "limitConfig.note"),
        ({"note": ["ok", "nul\0"]}, "limitConfig.note[1]"),
        ({"note": {"deep": "\ud800"}}, "limitConfig.note.deep"),
        ({"bad\0key": 1}, "limitConfig"),
    ],
)
def test_unknown_key__that_no_database_could_keep__is_refused(value: dict[str, Any], path: str) -> None:
    assert [error.path for error in check(value, configs.DAILY_LIMIT_CONFIG, "limitConfig")] == [path]


def test_unknown_key__nested_without_end__is_refused_and_not_followed() -> None:
    config: dict[str, Any] = {}
    for _ in range(900):
        config = {"inner": config}

    assert ["nested" in error.message for error in check(config, configs.DAILY_LIMIT_CONFIG)] == [True]


def test_by_path__several_errors_in_one_place__are_listed() -> None:
    errors = check({"maxCount": -1, "minCount": "x"}, configs.DAILY_LIMIT_CONFIG, "limitConfig")

    assert by_path(errors) == {
        "limitConfig.minCount": ["must be a number"],
        "limitConfig.maxCount": ["must be at least 0"],
    }


def test_map_references__scope_decides_what_targets_are() -> None:
    seen: list[tuple[str, str, str]] = []

    def translate(target: str, text: str, path: str) -> str:
        seen.append((target, text, path))
        return text.upper()

    for scope in ("all", "position", "type", "group", "individual"):
        map_references({"scope": scope, "targetIds": ["a"]}, configs.DAILY_LIMIT_CONFIG, translate)

    assert seen == [("staff_groups", "a", "targetIds[0]"), ("staff", "a", "targetIds[0]")]


def test_map_references__everything_else__stays_in_its_order() -> None:
    config = {"zeta": 1, "members": ["a", 7], "alpha": {"members": ["b"]}, "coverageRules": {"x": 1}}

    mapped = map_references(config, configs.GROUP_CONFIG, lambda target, text, path: f"{target}:{text}")

    assert list(mapped.items()) == [
        ("zeta", 1),
        ("members", ["staff:a", 7]),
        ("alpha", {"members": ["b"]}),
        ("coverageRules", {"x": 1}),
    ]


scalars = st.none() | st.booleans() | st.integers(-3, 12_000) | st.sampled_from([0.05, 0.5, 2.0, 1e9])
texts = st.sampled_from(
    ["", "off", "early", "△", "earyl", "all", "group", "2025-02-28", "2025-02-30", "cp_sat", "x" * 201]
)
values = st.recursive(
    scalars | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["maxOffPerDay", "other"]), inner),
    max_leaves=5,
)


@pytest.mark.parametrize("name", SHAPES)
@settings(max_examples=40)
@given(data=st.data())
def test_json_schema__agrees_with_the_check_of_single_fields(name: str, data: st.DataObject) -> None:
    shape = SHAPES[name]
    config = data.draw(st.dictionaries(st.sampled_from([*shape.fields, "unknown"]), values))
    without_rules = Shape(shape.title, shape.fields)
    validator = Draft202012Validator(shape.schema(), format_checker=FormatChecker())

    assert validator.is_valid(config) == (check(config, without_rules) == [])


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.key)
def test_json_schema__of_every_row__is_a_schema_with_labels(table: Any) -> None:
    schema = table.row.schema()

    Draft202012Validator.check_schema(schema)
    assert all(column["title"] for column in schema["properties"].values())


def test_row__dates_in_the_wrong_order__are_refused() -> None:
    row = {"name": "x", "effectiveFrom": "2025-05-02", "effectiveUntil": "2025-05-01"}

    assert [str(error) for error in check(row, rows.DAILY_LIMIT)] == [
        "effectiveUntil: must not be before effectiveFrom (2025-05-02)"
    ]


def test_row__without_a_name__is_refused_but_for_a_group() -> None:
    assert [str(error) for error in check({}, rows.DAILY_LIMIT)] == ["name: is required"]
    assert [str(error) for error in check({"name": ""}, rows.DAILY_LIMIT)] == ["name: must not be empty"]
    assert check({"name": ""}, rows.STAFF_GROUP) == []
