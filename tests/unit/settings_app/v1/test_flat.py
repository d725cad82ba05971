"""Rows with keys at their top: what goes out, and which of two copies is the edit when they come back."""

from typing import Any

import pytest

from backups.tables import BACKUP_ASSIGNMENTS
from settings_app.rules.table import SettingsTable
from settings_app.rules.v1.flat import flat_row, one_copy, takes_out_of_use, top_keys
from settings_app.tables import DAILY_LIMITS, MONTHLY_LIMITS, PRIORITY_RULES, STAFF_GROUPS, WEEKLY_LIMITS

WEEK = {"limitConfig": {"shiftType": "off", "maxCount": 3, "zNote": 1}}
MONTH = {"limitConfig": {"limitType": "max_off_days", "maxCount": 9.5}}
GROUP = {"groupConfig": {"members": ["a"], "coverageRules": {"minEarly": 1}}}
RULE = {"ruleDefinition": {"ruleType": "avoid_shift", "daysOfWeek": [1]}, "ruleConfig": {"preferenceStrength": 0.5}}


def at_the_top(row: dict[str, Any], table: SettingsTable) -> dict[str, Any]:
    return {key: value for key, value in flat_row(row, table.key).items() if key not in row}


@pytest.mark.parametrize(
    ("table", "row", "top"),
    [
        (STAFF_GROUPS, GROUP, {"members": ["a"]}),
        (STAFF_GROUPS, {"groupConfig": {}}, {"members": []}),
        (DAILY_LIMITS, {"limitConfig": {"shiftType": "off", "maxCount": 3}}, {}),
        (WEEKLY_LIMITS, WEEK, {"shiftType": "off", "maxCount": 3}),
        (WEEKLY_LIMITS, {"limitConfig": {"minCount": 1, "daysOfWeek": [0]}}, {"daysOfWeek": [0]}),
        (MONTHLY_LIMITS, MONTH, {"limitType": "max_off_days", "maxCount": 9.5}),
        (
            MONTHLY_LIMITS,
            {"limitConfig": {"countHalfDays": False, "distributionRules": {"maxConsecutive": 2}, "shiftType": "off"}},
            {"countHalfDays": False, "distributionRules": {"maxConsecutive": 2}},
        ),
        (
            PRIORITY_RULES,
            RULE,
            {
                "ruleType": "avoid_shift",
                "daysOfWeek": [1],
                "staffIds": [],
                "allowedShifts": [],
                "preferenceStrength": 0.5,
            },
        ),
        (
            PRIORITY_RULES,
            {"ruleDefinition": {"staffIds": ["x"], "allowedShifts": None}, "ruleConfig": {}},
            {"staffIds": ["x"], "daysOfWeek": [], "allowedShifts": []},
        ),
        (BACKUP_ASSIGNMENTS, {"priorityOrder": 2}, {"priority": 2}),
    ],
)
def test_flat_row__any__has_its_keys_at_the_top(table: SettingsTable, row: dict[str, Any], top: dict[str, Any]) -> None:
    assert at_the_top(row, table) == top


def test_flat_row__any__stays_whole() -> None:
    assert {key: value for key, value in flat_row(RULE, "priority_rules").items() if key in RULE} == RULE


# --- coming back ---

SEEN_WEEK = {"limitConfig": {"shiftType": "off", "maxCount": 3}}
SEEN_MONTH = {"limitConfig": {"limitType": "max_off_days", "maxCount": 9}}


@pytest.mark.parametrize(
    ("table", "seen", "flat", "config", "stored"),
    [
        # Only one copy differs: it is the edit, whichever it is.
        (WEEKLY_LIMITS, SEEN_WEEK, {"maxCount": 3}, {"shiftType": "off", "maxCount": 7}, {"shiftType": "off", "maxCount": 7}),
        (WEEKLY_LIMITS, SEEN_WEEK, {"maxCount": 7}, {"shiftType": "off", "maxCount": 3}, {"shiftType": "off", "maxCount": 7}),
        (MONTHLY_LIMITS, SEEN_MONTH, {"maxCount": 9}, {"maxCount": 8}, {"maxCount": 8}),
        (MONTHLY_LIMITS, SEEN_MONTH, {"maxCount": 8.5}, {"maxCount": 9}, {"maxCount": 8.5}),
        # Both differ: the one that the form edits.
        (WEEKLY_LIMITS, SEEN_WEEK, {"maxCount": 4}, {"maxCount": 5}, {"maxCount": 5}),
        (DAILY_LIMITS, SEEN_WEEK, {"maxCount": 4}, {"maxCount": 5}, {"maxCount": 5}),
        (MONTHLY_LIMITS, SEEN_MONTH, {"maxCount": 4}, {"maxCount": 5}, {"maxCount": 4}),
        (MONTHLY_LIMITS, SEEN_MONTH, {"maxCount": 5}, {"maxCount": 5}, {"maxCount": 5}),
        # Neither differs.
        (WEEKLY_LIMITS, SEEN_WEEK, {"maxCount": 3}, {"maxCount": 3}, {"maxCount": 3}),
        # Taken away: null at the top; where the form edits the config, missing there.
        (WEEKLY_LIMITS, SEEN_WEEK, {"maxCount": 3}, {"shiftType": "off"}, {"shiftType": "off"}),
        (WEEKLY_LIMITS, SEEN_WEEK, {"maxCount": 3}, {"maxCount": None}, {"maxCount": None}),
        (MONTHLY_LIMITS, SEEN_MONTH, {"maxCount": None}, {"maxCount": 9}, {"maxCount": None}),
        (MONTHLY_LIMITS, SEEN_MONTH, {"maxCount": 9}, {"limitType": "max_off_days"}, {"limitType": "max_off_days", "maxCount": 9}),
        # Only at the top, or beside an empty config: laid over what there was.
        (WEEKLY_LIMITS, SEEN_WEEK, {"maxCount": 4}, None, {"shiftType": "off", "maxCount": 4}),
        (WEEKLY_LIMITS, SEEN_WEEK, {"maxCount": 4}, {}, {"shiftType": "off", "maxCount": 4}),
        # A key at the top that was never set and stands at what it goes out as is no edit.
        (STAFF_GROUPS, {"groupConfig": {"zNote": 1}}, {"members": []}, {"zNote": 1}, {"zNote": 1}),
        (STAFF_GROUPS, {"groupConfig": {"members": ["a"]}}, {"members": []}, {"members": ["a"]}, {"members": []}),
        (STAFF_GROUPS, {"groupConfig": {"members": ["a"]}}, {"members": ["a"]}, {"members": ["b"]}, {"members": ["b"]}),
        # New rows: nothing was seen.
        (WEEKLY_LIMITS, None, {"maxCount": 4}, {"maxCount": 5}, {"maxCount": 5}),
        (MONTHLY_LIMITS, None, {"maxCount": 4}, {"maxCount": 5}, {"maxCount": 4}),
        (MONTHLY_LIMITS, None, {"maxCount": 4}, {"shiftType": "off"}, {"shiftType": "off", "maxCount": 4}),
        (MONTHLY_LIMITS, None, {"limitType": "off_days", "countHalfDays": True}, None, {"limitType": "off_days", "countHalfDays": True}),
        # Keys that only later versions know.
        (WEEKLY_LIMITS, SEEN_WEEK, {"daysOfWeek": [1]}, None, {"shiftType": "off", "maxCount": 3, "daysOfWeek": [1]}),
    ],
)  # fmt: skip
def test_one_copy__two_copies__the_edited_one_stays(
    table: SettingsTable,
    seen: dict[str, Any] | None,
    flat: dict[str, Any],
    config: dict[str, Any] | None,
    stored: dict[str, Any],
) -> None:
    (name,) = table.configs
    given = {**flat, "name": "n"} if config is None else {**flat, name: config}
    settled = one_copy(given, table.key, table.row, seen)
    assert settled[name] == stored
    assert not flat.keys() & settled.keys()


@pytest.mark.parametrize(
    ("given", "seen", "order"),
    [
        ({"priority": 2}, {"priorityOrder": 1}, 2),
        ({"priority": 2, "priorityOrder": 1}, {"priorityOrder": 1}, 2),
        ({"priority": 1, "priorityOrder": 2}, {"priorityOrder": 1}, 2),
        ({"priority": 2, "priorityOrder": 3}, {"priorityOrder": 1}, 2),
        ({"priority": 2}, None, 2),
        ({"priority": 1, "priorityOrder": 2}, None, 2),
    ],
)
def test_one_copy__priority_of_an_assignment__is_its_order(
    given: dict[str, Any], seen: dict[str, Any] | None, order: int
) -> None:
    assert one_copy(given, "staff_backup_assignments", BACKUP_ASSIGNMENTS.row, seen) == {"priorityOrder": order}


def test_one_copy__rule__settles_both_of_its_configs() -> None:
    given = {
        "staffIds": ["x"],
        "preferenceStrength": 0.9,
        "ruleDefinition": {"ruleType": "avoid_shift", "daysOfWeek": [1]},
        "ruleConfig": {"preferenceStrength": 0.5},
    }
    assert one_copy(given, "priority_rules", PRIORITY_RULES.row, RULE) == {
        "ruleDefinition": {"ruleType": "avoid_shift", "daysOfWeek": [1], "staffIds": ["x"]},
        "ruleConfig": {"preferenceStrength": 0.9},
    }


def test_one_copy__new_rule_with_nobody_chosen__says_so() -> None:
    given = {"staffIds": [], "ruleDefinition": {"ruleType": "avoid_shift"}}
    settled = one_copy(given, "priority_rules", PRIORITY_RULES.row, None)
    assert settled["ruleDefinition"] == {"ruleType": "avoid_shift", "staffIds": []}


@pytest.mark.parametrize(
    ("table", "given", "stored"),
    [
        (WEEKLY_LIMITS, {"maxCount": "", "shiftType": "", "daysOfWeek": "", "scope": ""}, dict.fromkeys(("maxCount", "shiftType", "daysOfWeek", "scope"))),
        (WEEKLY_LIMITS, {"limitConfig": {"shiftType": "off", "maxCount": ""}}, {"shiftType": "off", "maxCount": None}),
        (WEEKLY_LIMITS, {"maxCount": 3, "limitConfig": {"shiftType": "off", "maxCount": ""}}, {"shiftType": "off", "maxCount": None}),
        (WEEKLY_LIMITS, {"maxCount": "", "limitConfig": {"shiftType": "off", "maxCount": 3}}, {"shiftType": "off", "maxCount": None}),
        (MONTHLY_LIMITS, {"minCount": "", "distributionRules": {"maxConsecutive": "", "own": ""}}, {"minCount": None, "distributionRules": {"maxConsecutive": None, "own": ""}}),
        (STAFF_GROUPS, {"groupConfig": {"coverageRules": {"minimumCoverage": ""}}}, {"coverageRules": {"minimumCoverage": None}}),
    ],
)  # fmt: skip
def test_one_copy__input_that_was_emptied__is_no_value(
    table: SettingsTable, given: dict[str, Any], stored: dict[str, Any]
) -> None:
    (name,) = table.configs
    seen = {"limitConfig": {"shiftType": "off", "maxCount": 3}} if "limitConfig" in given else None
    assert one_copy(given, table.key, table.row, seen)[name] == stored


def test_one_copy__config_that_is_none__is_left_to_be_refused() -> None:
    given = {"maxCount": 3, "limitConfig": "three"}
    assert one_copy(given, "weekly_limits", WEEKLY_LIMITS.row, SEEN_WEEK) == given


def test_top_keys__any__are_known_and_named_ones_and_no_columns() -> None:
    assert {"daysOfWeek", "maxCount", "weekStartsOn"} <= top_keys("weekly_limits", WEEKLY_LIMITS.row)
    assert top_keys("staff_backup_assignments", BACKUP_ASSIGNMENTS.row) == {"priority"}
    assert "name" not in top_keys("monthly_limits", MONTHLY_LIMITS.row)


@pytest.mark.parametrize(
    ("table", "given", "is_taken"),
    [
        (BACKUP_ASSIGNMENTS, {"isActive": False}, True),
        (BACKUP_ASSIGNMENTS, {"isActive": "false"}, True),
        (BACKUP_ASSIGNMENTS, {"is_active": False}, True),
        (BACKUP_ASSIGNMENTS, {"isActive": True, "is_active": False}, False),
        (BACKUP_ASSIGNMENTS, {"isActive": None}, False),
        (BACKUP_ASSIGNMENTS, {"isActive": 0}, False),
        (BACKUP_ASSIGNMENTS, {}, False),
        (PRIORITY_RULES, {"isActive": False}, False),
    ],
)
def test_out_of_use__only_where_a_form_has_a_switch(
    table: SettingsTable, given: dict[str, Any], is_taken: bool
) -> None:
    assert takes_out_of_use(given, table.key) is is_taken
