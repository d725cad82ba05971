"""Forms 4 and 5 of the browser's storage: the bounds of a day in one object, limits by status, the solver's other name."""

import copy
from typing import Any

import pytest

from settings_app.rules.browser_storage.asked_again import fingerprint, holds_what_is_carried
from settings_app.rules.browser_storage.export import export_settings
from settings_app.rules.rows import Row
from tests.unit.settings_app.sample import (
    ASSIGNMENTS,
    STAFF,
    STAFF_ID,
    TABLES,
    counting_ids,
    named,
    plan,
    rows_of,
    stored,
)

DEFAULTS = stored("browser_defaults")
STATUS_LIMITS = {"社員": {"minOff": 0, "maxOff": 1, "maxEarly": 2, "isHard": True, "penaltyWeight": 60}}


def changed(**keys: Any) -> dict[str, Any]:
    return {**copy.deepcopy(DEFAULTS), **keys}


@pytest.mark.parametrize("version", [4, 5, "5"])
@pytest.mark.parametrize("wrapper", [None, "settings", "data"])
def test_untouched_defaults__either_form_wrapped_or_not__leave_nothing_out(version: Any, wrapper: str | None) -> None:
    content = changed(migrationVersion=version)
    found = plan(content if wrapper is None else {wrapper: content})

    assert found.left_out == ()
    assert [each.path for each in found.skipped] == ["staffGroups[1]"]
    assert all(not table.errors(row) for table in TABLES for row in found.rows[table.key])
    assert {name: count for name, count in found.rows_inserted().items() if count} == {
        "staffGroups": 2,
        "dailyLimits": 6,
        "monthlyLimits": 1,
        "mlModelConfigs": 1,
        "backupAssignments": 1,
    }
    assert found.migration_version == str(version)


def test_untouched_defaults__what_is_no_row__is_told_with_its_reason() -> None:
    reasons = {each.path: each.reason for each in plan(DEFAULTS).ignored}

    assert reasons.keys() == {"migrationVersion", "conflictRules", "lastSyncedAt", "staffTypeLimits"}
    assert reasons["conflictRules"].startswith("is left out on purpose")
    assert reasons["migrationVersion"] == reasons["lastSyncedAt"] == "is about the file"
    assert reasons["staffTypeLimits"] == "is the same as dailyLimits.staffTypeLimits"


def test_bounds_of_a_day__become_rows_of_all_and_of_each_status() -> None:
    rows = named(plan(DEFAULTS), "daily_limits")

    assert {name: row["limitConfig"] for name, row in rows.items()} == {
        "Daily limit: off": {"shiftType": "off", "minCount": 0, "maxCount": 3},
        "Daily limit: early": {"shiftType": "early", "minCount": 0, "maxCount": 2},
        "Daily limit: late": {"shiftType": "late", "minCount": 0, "maxCount": 3},
        "Daily limit: any": {"shiftType": "any", "minCount": 3},
        "Daily limit: 社員 off": _of_status("社員", "off", maxCount=1),
        "Daily limit: 社員 early": _of_status("社員", "early", maxCount=2),
    }
    assert [row["isHardConstraint"] for row in rows.values()] == [False] * 4 + [True] * 2


def _of_status(status: str, shift_type: str, **counts: int) -> Row:
    return {"shiftType": shift_type, **counts, "scope": "staff_status", "targetIds": [status]}


@pytest.mark.parametrize(
    "content",
    [
        {"dailyLimits": {"staffTypeLimits": STATUS_LIMITS}},
        {"staffTypeLimits": STATUS_LIMITS},
        {"dailyLimits": {}, "staffTypeLimits": STATUS_LIMITS},
        {"dailyLimits": {"staffTypeLimits": STATUS_LIMITS}, "staffTypeLimits": STATUS_LIMITS},
        {"dailyLimits": [{"name": "Daily", "limitConfig": {"minOffPerDay": None, "staffTypeLimits": STATUS_LIMITS}}]},
        {"dailyLimits": {"enabled": False, "staffTypeLimits": STATUS_LIMITS}},
    ],
)
def test_limits_by_status__wherever_they_stand__are_read_once(content: Any) -> None:
    rows = rows_of(content, "daily_limits")

    assert [(row["name"], row["limitConfig"]) for row in rows] == [
        ("Daily limit: 社員 off", _of_status("社員", "off", minCount=0, maxCount=1)),
        ("Daily limit: 社員 early", _of_status("社員", "early", maxCount=2)),
    ]
    assert {(row["isHardConstraint"], row["penaltyWeight"]) for row in rows} == {(True, 60)}


def test_limits_by_status__beside_and_inside_with_different_statuses__are_joined() -> None:
    content = {
        "dailyLimits": {"staffTypeLimits": {"社員": {"maxOff": 1}}},
        "staffTypeLimits": {"社員": {"maxOff": 9}, "派遣": {"maxOff": 2}, "パート": {}},
    }
    found = plan(content)

    assert [row["limitConfig"] for row in found.rows["daily_limits"]] == [
        _of_status("社員", "off", maxCount=1),
        _of_status("派遣", "off", maxCount=2),
    ]
    assert {each.path for each in found.ignored} == {"staffTypeLimits.社員", "staffTypeLimits.パート"}


@pytest.mark.parametrize(
    ("limits", "path"),
    [
        ("none", "staffTypeLimits"),
        ({"社員": 3}, "staffTypeLimits.社員"),
        ({"社員": {"maxOff": 1, "maxNaps": 2}}, "staffTypeLimits.社員.maxNaps"),
        ({"社員": {"maxOff": "many"}}, "staffTypeLimits.社員"),
    ],
)
def test_limits_by_status__damaged__are_told(limits: Any, path: str) -> None:
    assert [each.path for each in plan({"staffTypeLimits": limits}).left_out] == [path]


@pytest.mark.parametrize("enabled", [False, "false"])
def test_bounds_of_a_day__switched_off__are_kept_out_of_use(enabled: object) -> None:
    day = {
        "enabled": enabled,
        "maxOffPerDay": 3,
        "minWorkingStaffPerDay": 2,
        "staffTypeLimits": {"社員": {"maxOff": 1}},
    }
    found = plan({"dailyLimits": day})

    rows = [(row["limitConfig"], row.get("isActive", True)) for row in found.rows["daily_limits"]]
    assert rows == [
        ({"shiftType": "off", "maxCount": 3, "switchedOff": True}, False),
        ({"shiftType": "any", "minCount": 2, "switchedOff": True}, False),
        (_of_status("社員", "off", maxCount=1), True),
    ]
    assert [any("switched off" in note for note in each.notes) for each in found.mapped] == [True, True, False]
    assert found.skipped == ()
    assert fingerprint(found) != fingerprint(plan({"dailyLimits": {**day, "enabled": True}}))


def test_bounds_of_a_day__switched_off__survive_an_export() -> None:
    rows = plan({"dailyLimits": {"enabled": False, "maxOffPerDay": 3}}).rows
    exported = export_settings(rows, TABLES)

    assert exported["dailyLimits"][0]["isActive"] is False
    (back,) = plan(exported).rows["daily_limits"]
    assert {**back, "id": ""} == {**rows["daily_limits"][0], "id": ""}


@pytest.mark.parametrize(
    "content",
    [
        [{"maxOffPerDay": 3, "minWorkingStaffPerDay": 2}],
        [{"id": "d", "name": "Default", "limitConfig": {"maxOffPerDay": 3, "minWorkingStaffPerDay": 2}}],
        [{"name": "Default", "limit_config": {"maxOffPerDay": 3, "minWorkingStaffPerDay": 2}}],
        {"name": "Default", "limitConfig": {"maxOffPerDay": 3, "minWorkingStaffPerDay": 2}},
    ],
)
def test_bounds_of_a_day__as_the_only_row_of_a_list__are_bounds(content: Any) -> None:
    assert [row["limitConfig"] for row in rows_of({"dailyLimits": content}, "daily_limits")] == [
        {"shiftType": "off", "maxCount": 3},
        {"shiftType": "any", "minCount": 2},
    ]


def test_solver__other_name__is_laid_over_the_default_configuration() -> None:
    (row,) = rows_of(DEFAULTS, "ml_model_configs")

    assert (row["modelName"], row["isDefault"], row["confidenceThreshold"]) == ("genetic_algorithm", True, 0.75)
    assert row["parameters"] == {
        "populationSize": 100,
        "generations": 300,
        "maxRuntime": 300,
        "penaltyWeights": DEFAULTS["ortoolsConfig"]["penaltyWeights"],
        "timeLimitSeconds": 30,
        "workers": 4,
    }
    assert row["modelConfig"] == {"ortools": {"preset": "balanced"}}


@pytest.mark.parametrize(
    ("rows", "defaults"),
    [
        ([], [True]),
        ([{"name": "a"}], [False]),
        ([{"name": "a"}, {"name": "b", "isDefault": True}], [False, True]),
    ],
)
def test_solver__other_name__stands_in_the_row_that_plans_are_made_with(rows: Any, defaults: list[bool]) -> None:
    config = {
        "preset": "fast",
        "solverSettings": {"timeout": 10, "seedling": 1},
        "hardConstraints": {"dailyLimits": True},
    }
    found = rows_of({"mlModelConfigs": rows, "ortoolsConfig": config}, "ml_model_configs")

    assert [row["isDefault"] for row in found] == defaults
    target = found[-1]
    assert target["parameters"] == {"timeLimitSeconds": 10}
    assert target["modelConfig"]["ortools"] == {
        "preset": "fast",
        "solverSettings": {"seedling": 1},
        "hardConstraints": {"dailyLimits": True},
    }


def test_solver__other_name_of_another_kind__is_told() -> None:
    assert [each.path for each in plan({"ortoolsConfig": [1]}).left_out] == ["ortoolsConfig"]


def test_monthly_limit__minimum_of_work_days__is_the_minimum_of_shifts() -> None:
    found = plan({"monthlyLimits": [{"name": "x", "limitType": "min_work_days", "minCount": 20}]})

    assert found.rows["monthly_limits"][0]["limitConfig"] == {"limitType": "min_shifts", "minCount": 20}
    assert any("min_work_days" in note for note in found.mapped[0].notes)


CURRENT: dict[str, list[Row]] = {
    "staff_groups": [{"id": "00000000-0000-0000-0000-0000000000a1", "name": "Hall", "groupConfig": {"members": []}}],
    "weekly_limits": [{"id": "00000000-0000-0000-0000-0000000000a3", "name": "kept", "limitConfig": {}}],
    ASSIGNMENTS: [
        {
            "id": "00000000-0000-0000-0000-0000000000a2",
            "staffId": STAFF_ID["鈴木 大輔"],
            "groupId": "00000000-0000-0000-0000-0000000000a1",
        }
    ],
}


@pytest.mark.parametrize("nothing", [{}, {"weeklyLimits": None}, {"mlParameters": {}}, {"ortoolsConfig": {}}])
def test_file__with_some_tables__keeps_the_rows_of_the_others(nothing: dict[str, Any]) -> None:
    found = plan({"monthlyLimits": [{"name": "x"}], **nothing}, current=CURRENT)

    assert [row["name"] for row in found.rows["weekly_limits"]] == ["kept"]
    assert found.rows[ASSIGNMENTS][0]["groupId"] == found.rows["staff_groups"][0]["id"]
    assert found.carried == {table.key for table in TABLES} - {"monthly_limits"}
    assert found.left_out == ()


def test_file__that_says_there_are_no_rows__empties_the_table() -> None:
    content = {"monthlyLimits": [{"name": "x"}], "weeklyLimits": [], "priorityRules": {}}

    assert plan(content, current=CURRENT).rows["weekly_limits"] == ()


def test_backup_in_use__whose_group_the_file_does_not_have__is_told_and_refuses_nothing() -> None:
    gone = plan({"staffGroups": [{"name": "Bar"}]}, current=CURRENT)
    there = plan({"staffGroups": [{"name": "hall"}]}, current=CURRENT)

    assert [each.path for each in gone.left_out] == ["backupAssignments in use"]
    assert gone.unfit == ()
    assert (there.left_out, len(there.rows[ASSIGNMENTS])) == ((), 1)


def test_fingerprint__same_rows__is_the_same_whatever_the_ids_and_the_wrapping() -> None:
    again = plan({"settings": changed(lastSyncedAt="2026-01-01T00:00:00Z")}, new_id=counting_ids(500))

    assert fingerprint(plan(DEFAULTS)) == fingerprint(again)


@pytest.mark.parametrize(
    "other",
    [
        {"staff": [*STAFF, ("5a000000-0000-4000-8000-0000000000ff", "誰もいない人")]},
        {"chosen": ["staff_groups"]},
        {"content": changed(monthlyLimits=[])},
        {"content": {key: value for key, value in DEFAULTS.items() if key != "weeklyLimits"}},
    ],
)
def test_fingerprint__of_what_comes_out_differently__differs(other: dict[str, Any]) -> None:
    content = other.get("content", DEFAULTS)
    options = {key: value for key, value in other.items() if key != "content"}

    assert fingerprint(plan(content, **options)) != fingerprint(plan(DEFAULTS))


def test_fingerprint__leaves_what_is_carried_to_the_version() -> None:
    content = {"monthlyLimits": [{"name": "x"}]}
    before, other = plan(content, current=CURRENT), {**CURRENT, "weekly_limits": []}
    after = plan(content, current=other)

    assert fingerprint(before) == fingerprint(after)
    assert holds_what_is_carried(before.rows, plan(content, current=CURRENT))
    assert not holds_what_is_carried(before.rows, after)


RULE = {"name": "", "ruleType": "required_off", "daysOfWeek": [1]}
SOMEBODY = STAFF_ID["高橋 愛"]


@pytest.mark.parametrize(
    ("rule", "people"),
    [
        ({**RULE, "staffId": "高橋 愛"}, [SOMEBODY]),
        ({**RULE, "staffId": "高橋愛"}, [SOMEBODY]),
        ({**RULE, "staffId": SOMEBODY}, [SOMEBODY]),
        ({**RULE, "staff_id": SOMEBODY}, [SOMEBODY]),
        ({**RULE, "staffId": SOMEBODY, "staffIds": []}, [SOMEBODY]),
        ({"name": "x", "ruleDefinition": {"ruleType": "required_off", "staffId": SOMEBODY}}, [SOMEBODY]),
        ({"name": "x", "rule_definition": {"type": "required_off", "staff_id": SOMEBODY}}, [SOMEBODY]),
        ({**RULE, "staffId": "もういない人"}, ["もういない人"]),
    ],
)
def test_rule__of_one_person_in_any_spelling__is_about_that_person(rule: Row, people: list[str]) -> None:
    (row,) = rows_of(changed(priorityRules=[rule]), "priority_rules")

    assert row["ruleDefinition"]["staffIds"] == people
    assert "aboutNobody" not in row["ruleDefinition"]


@pytest.mark.parametrize(
    "people",
    [
        {"staffId": ""},
        {"staffIds": []},
        {"staffId": None},
        {"staffId": "", "staffIds": []},
        {"staffIds": None},
        {"staffIds": [""]},
        {"staffIds": [None]},
        {"staff_ids": []},
        {"ruleDefinition": {"ruleType": "required_off", "staffIds": ["", None]}},
        {"ruleDefinition": {"ruleType": "required_off", "staffIds": []}},
        {"ruleDefinition": {"ruleType": "required_off", "staffIds": None}, "staffIds": []},
        {"ruleDefinition": {"ruleType": "required_off"}, "staffIds": []},
        {"ruleDefinition": {"ruleType": "required_off", "staffIds": [SOMEBODY]}, "staffIds": []},
        {"ruleDefinition": {"ruleType": "required_off", "staffIds": [SOMEBODY]}, "staffIds": [], "lineageId": "l"},
        {"ruleDefinition": {"ruleType": "required_off", "staffIds": [], "aboutNobody": True}, "lineageId": "l"},
    ],
)
def test_rule__without_anybody__is_about_nobody_and_said_so(people: Row) -> None:
    found = plan(changed(priorityRules=[{**RULE, **people}]))

    assert found.rows["priority_rules"][0]["ruleDefinition"]["aboutNobody"] is True
    notes = next(each.notes for each in found.mapped if each.table == "priorityRules")
    assert any("applies to nobody" in note for note in notes)


EVERYBODY: list[Row] = [
    {"ruleDefinition": {"ruleType": "required_off"}},
    {"ruleDefinition": {"ruleType": "required_off", "staffIds": []}, "aboutEverybody": True},
    {"ruleDefinition": {"ruleType": "required_off", "staffIds": []}, "staffIds": [], "lineageId": "l"},
    {"ruleDefinition": {"ruleType": "required_off"}, "staffIds": [], "lineageId": "l"},
    {"ruleDefinition": {"ruleType": "fairness", "staffIds": []}},
]


@pytest.mark.parametrize("rule", EVERYBODY)
def test_rule__about_everybody_as_it_was_here__stays_so(rule: Row) -> None:
    found = plan({"priorityRules": [{"name": "x", **rule}]})

    (row,) = found.rows["priority_rules"]
    assert row["ruleDefinition"] == rule["ruleDefinition"]
    assert [each.notes for each in found.mapped] == [()]


def test_inputs_that_were_emptied__have_no_value() -> None:
    day = {"maxOffPerDay": "3", "minOffPerDay": "", "staffTypeLimits": {"社員": {"maxOff": 1, "maxEarly": ""}}}
    week = [{"name": "w", "shiftType": "off", "minCount": "", "maxCount": "2"}]
    found = plan({"dailyLimits": day, "weeklyLimits": week})

    assert not found.skipped
    limits = [row["limitConfig"] for row in found.rows["daily_limits"]]
    assert [(each["shiftType"], each.get("minCount"), each.get("maxCount")) for each in limits] == [
        ("off", None, 3),
        ("off", None, 1),
    ]
    assert found.rows["weekly_limits"][0]["limitConfig"] == {"shiftType": "off", "minCount": None, "maxCount": 2}
