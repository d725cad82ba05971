"""Every historical form of the browser's storage, whole: what rows it becomes."""

from typing import Any

import pytest

from tests.unit.settings_app.sample import ASSIGNMENTS, BY_KEY, STAFF, STAFF_ID, TABLES, named, plan, rows_of, stored

IN_OLD_FILES = (
    "staff_groups",
    "daily_limits",
    "weekly_limits",
    "monthly_limits",
    "priority_rules",
    "ml_model_configs",
    ASSIGNMENTS,
)
WHOLE = ("lists", "weighed_bounds", "plain_bounds", "named_values")


@pytest.mark.parametrize("name", WHOLE)
def test_whole_file__of_every_form__leaves_nothing_out(name: str) -> None:
    found = plan(stored(name))

    assert found.skipped == ()
    assert all(not table.errors(row) for table in TABLES for row in found.rows[table.key])
    assert not found.is_empty


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("lists", (3, 2, 1, 1, 2, 1, 2)),
        ("weighed_bounds", (2, 3, 1, 2, 6, 1, 2)),
        ("plain_bounds", (2, 3, 1, 1, 0, 1, 0)),
        ("named_values", (2, 4, 1, 0, 2, 1, 0)),
    ],
)
def test_whole_file__of_every_form__becomes_that_many_rows(name: str, counts: tuple[int, ...]) -> None:
    found = plan(stored(name)).rows_inserted()
    assert tuple(found[BY_KEY[key].names.collection] for key in IN_OLD_FILES) == counts


def test_lists__flat_rows__become_columns_and_config() -> None:
    row = named(plan(stored("lists")), "daily_limits")["Maximum Off Days"]

    assert row == {
        "id": row["id"],
        "name": "Maximum Off Days",
        "description": "",
        "limitConfig": {
            "shiftType": "off",
            "maxCount": 4,
            "daysOfWeek": [0, 1, 2, 3, 4, 5, 6],
            "scope": "all",
            "targetIds": [],
        },
        "penaltyWeight": 50,
        "isHardConstraint": False,
        "effectiveFrom": None,
        "effectiveUntil": None,
    }


def test_lists__references__point_to_the_plans_own_rows() -> None:
    found = plan(stored("lists"))
    groups = named(found, "staff_groups")
    first, second = found.rows[ASSIGNMENTS]

    assert found.rows["daily_limits"][1]["limitConfig"]["targetIds"] == [groups["ホール"]["id"]]
    assert found.rows["priority_rules"][1]["ruleDefinition"]["groupIds"] == [groups["ホール"]["id"]]
    assert (first["groupId"], second["groupId"]) == (groups["料理長"]["id"], groups["ホール"]["id"])


def test_lists__keys_that_nobody_knows__are_kept_in_the_config() -> None:
    assert named(plan(stored("lists")), "staff_groups")["ホール"]["groupConfig"]["icon"] == "restaurant"


def test_lists__parameters_of_an_older_algorithm__are_kept_and_named() -> None:
    found = plan(stored("lists"))
    (notes,) = [each.notes for each in found.mapped if each.table == "mlModelConfigs"]

    assert found.rows["ml_model_configs"][0]["parameters"]["populationSize"] == 100
    assert any("populationSize" in note for note in notes)


def test_bounds__one_row_per_shift_type_with_both_bounds() -> None:
    limits = rows_of(stored("plain_bounds"), "daily_limits")

    assert [row["limitConfig"] for row in limits] == [
        {"shiftType": "off", "minCount": 0, "maxCount": 3},
        {"shiftType": "early", "minCount": 0, "maxCount": 2},
        {"shiftType": "late", "minCount": 0, "maxCount": 3},
    ]


def test_bounds__hardness_and_weight__are_the_stricter_ones_and_said_so() -> None:
    found = plan(stored("weighed_bounds"))
    off = found.rows["daily_limits"][0]
    mapped = next(each for each in found.mapped if each.row_id == off["id"])

    assert (off["isHardConstraint"], off["penaltyWeight"]) == (True, 50)
    assert mapped.path == "dailyLimits.minOffPerDay, dailyLimits.maxOffPerDay"
    assert any("stricter" in note for note in mapped.notes)


def test_bounds__of_a_month__have_the_limit_type_that_one_bound_means() -> None:
    both = rows_of({"monthlyLimits": {"minOffPerMonth": 7, "maxOffPerMonth": 8}}, "monthly_limits")
    one = rows_of({"monthlyLimits": {"maxOffPerMonth": 8, "minShiftsPerMonth": 20}}, "monthly_limits")

    assert "limitType" not in both[0]["limitConfig"]
    assert [row["limitConfig"]["limitType"] for row in one] == ["max_off_days", "min_shifts"]


def test_bounds__what_is_said_of_all__goes_into_every_row() -> None:
    (limit,) = rows_of(stored("weighed_bounds"), "weekly_limits")

    assert limit["limitConfig"] == {"weekStartsOn": 1, "shiftType": "off", "maxCount": 2, "minCount": 1}


@pytest.mark.parametrize(
    ("key", "shift_type", "bound"),
    [
        ("maxOffDays", "off", "maxCount"),
        ("minDaysOff", "off", "minCount"),
        ("maxWorkDays", "any", "maxCount"),
        ("minStaffPerDay", "any", "minCount"),
        ("max_early_per_day", "early", "maxCount"),
        ("maximumLateShifts", "late", "maxCount"),
    ],
)
def test_bounds__older_spellings__are_understood(key: str, shift_type: str, bound: str) -> None:
    (row,) = rows_of({"dailyLimits": {key: 2}}, "daily_limits")

    assert row["limitConfig"] == {"shiftType": shift_type, bound: 2}


@pytest.mark.parametrize(
    ("item", "config"),
    [
        ({"name": "Max off per day", "value": 4, "type": "max"}, {"shiftType": "off", "maxCount": 4, "type": "max"}),
        ({"name": "x", "value": 2, "type": "maxEarlyPerDay"}, {"shiftType": "early", "maxCount": 2}),
        ({"name": "遅番下限", "value": 1, "type": "soft"}, {"shiftType": "late", "minCount": 1}),
        ({"name": "休み", "value": 1}, {"shiftType": "off", "maxCount": 1}),
        ({"name": "謎", "value": 1, "type": "other"}, {"value": 1, "type": "other"}),
    ],
)
def test_named_values__type_and_name_say_what_is_limited(item: dict[str, Any], config: dict[str, Any]) -> None:
    (row,) = rows_of({"dailyLimits": [item]}, "daily_limits")

    assert config.items() <= row["limitConfig"].items()


def test_named_values__hard__is_the_column() -> None:
    (row,) = rows_of({"dailyLimits": [{"name": "off", "value": 1, "type": "hard"}]}, "daily_limits")

    assert row["isHardConstraint"] is True


def test_named_values__conditions__are_kept_and_said_to_have_no_effect() -> None:
    found = plan(stored("named_values"))
    rule = named(found, "priority_rules")["土日優先"]
    mapped = next(each for each in found.mapped if each.row_id == rule["id"])

    assert rule["ruleDefinition"] == {"conditions": {"days": ["saturday", "sunday"]}}
    assert any("no effect" in note for note in mapped.notes)


def test_named_values__name_and_description_alone__are_a_row() -> None:
    (row,) = rows_of(stored("named_values"), "weekly_limits")

    assert (row["name"], row["description"], row["limitConfig"]) == ("週の休み", "まだ決めていない", {})


def test_members__by_name__are_resolved_whatever_the_spaces() -> None:
    kitchen, prep = rows_of(stored("weighed_bounds"), "staff_groups")

    assert kitchen["groupConfig"]["members"] == [STAFF_ID[name] for name in ("佐藤 美咲", "鈴木 大輔", "高橋 愛")]
    assert prep["groupConfig"]["members"] == [STAFF_ID["伊藤 翔太"], STAFF_ID["渡辺 由美"]]


def test_groups__as_a_map__from_name_to_members() -> None:
    found = named(plan(stored("plain_bounds")), "staff_groups")

    assert found["Kitchen"]["groupConfig"] == {"members": [STAFF_ID["佐藤 美咲"], STAFF_ID["鈴木 大輔"]]}
    assert found["Hall"]["groupConfig"]["coverageRules"] == {"maxOffPerDay": 1}


def test_rule_map__one_row_per_preference() -> None:
    rules = rows_of(stored("weighed_bounds"), "priority_rules")

    assert [(row["priorityLevel"], row["ruleDefinition"], row["ruleConfig"]) for row in rules[:3]] == [
        (1, _wish("佐藤 美咲", "early", 0), {"preferenceStrength": 0.9}),
        (2, _wish("佐藤 美咲", "off", 3), {"preferenceStrength": 0.5}),
        (2, _wish("渡辺 由美", "early", 6), {"preferenceStrength": 1}),
    ]


def _wish(person: str, shift_type: str, day: int) -> dict[str, Any]:
    return {"ruleType": "preferred_shift", "staffIds": [STAFF_ID[person]], "shiftType": shift_type, "daysOfWeek": [day]}


def test_rule_map__other_wishes__have_their_own_rule_type() -> None:
    rules = rows_of(stored("weighed_bounds"), "priority_rules")[3:]

    assert [row["ruleDefinition"] | {"staffIds": []} for row in rules] == [
        {"ruleType": "avoid_shift", "staffIds": [], "shiftType": "late"},
        {"ruleType": "required_off", "staffIds": [], "daysOfWeek": [1]},
        {"ruleType": "required_off", "staffIds": [], "dates": ["2025-08-15"]},
    ]


def test_solver_parameters__in_snake_case__get_their_names_and_columns() -> None:
    (row,) = rows_of(stored("plain_bounds"), "ml_model_configs")

    assert row["parameters"] == {
        "timeLimitSeconds": 20,
        "population_size": 80,
        "mutation_rate": 0.1,
        "penaltyWeights": {"fairness": 2},
    }
    assert (row["modelName"], row["confidenceThreshold"], row["isDefault"]) == ("genetic-v1", 0.75, True)


def test_solver_parameters__repeated_beside_the_rows__are_no_second_row() -> None:
    parameters = {"algorithm": "cp_sat", "seed": 3}
    content = {"mlModelConfigs": [{"name": "a", "parameters": parameters}], "mlParameters": parameters}

    found = plan(content)

    assert len(found.rows["ml_model_configs"]) == 1
    assert [(each.path, each.reason) for each in found.ignored] == [
        ("mlParameters", "is the same as mlModelConfigs[0]")
    ]


def test_solver_parameters__that_differ_from_the_rows__are_one_more_row() -> None:
    content = {"mlModelConfigs": [{"name": "a", "isDefault": True}], "mlParameters": {"seed": 3}}

    rows = rows_of(content, "ml_model_configs")

    assert [(row["isDefault"], row["parameters"]) for row in rows] == [(True, {}), (False, {"seed": 3})]


def test_assignments__by_names_and_numbers__are_resolved() -> None:
    found = plan(stored("weighed_bounds"))
    kitchen, prep = found.rows["staff_groups"]

    assert [(row["staffId"], row["groupId"], row["priorityOrder"]) for row in found.rows[ASSIGNMENTS]] == [
        (STAFF_ID["小林 誠"], kitchen["id"], 1),
        (STAFF_ID["加藤 恵"], prep["id"], 2),
    ]


def test_assignment__with_an_id_that_is_gone__is_resolved_by_the_name_beside_it() -> None:
    content = {
        "staffGroups": [{"id": "g", "name": "調理"}],
        "backupAssignments": [
            {"staffId": "gone", "staffName": "小林 誠", "groupId": "old", "group": {"id": "older", "name": "調理"}}
        ],
    }

    (row,) = rows_of(content, ASSIGNMENTS)

    assert row["staffId"] == STAFF_ID["小林 誠"]


@pytest.mark.parametrize("wrapper", ["settings", "state", "data"])
def test_wrapped__settings__are_found(wrapper: str) -> None:
    assert plan({wrapper: stored("lists"), "version": 1}).rows_inserted() == plan(stored("lists")).rows_inserted()


def test_wrapped__json_in_text__is_parsed() -> None:
    assert rows_of('{"settings": "{\\"weeklyLimits\\": [{\\"name\\": \\"x\\"}]}"}', "weekly_limits")[0]["name"] == "x"


def test_snake_case__tables_and_columns__are_understood() -> None:
    content = {
        "weekly_limits": [
            {
                "name": "x",
                "limit_config": {"maxCount": 2},
                "penalty_weight": 3,
                "is_hard_constraint": True,
                "effective_from": "2025-01-01",
                "restaurant_id": "r",
                "created_at": "2024-01-01T00:00:00Z",
            }
        ]
    }

    (row,) = rows_of(content, "weekly_limits")

    assert (row["limitConfig"], row["penaltyWeight"], row["isHardConstraint"]) == ({"maxCount": 2}, 3, True)
    assert row["effectiveFrom"] == "2025-01-01"


def test_migration_version__is_read() -> None:
    found = plan(stored("lists"))

    assert found.migration_version == "2"
    assert found.mapping()["migrationVersion"] == "2"


def test_plan__names_staff_of_the_sample_only() -> None:
    known = {id_ for id_, _ in STAFF}
    for name in WHOLE:
        groups = rows_of(stored(name), "staff_groups")
        assert {member for row in groups for member in row["groupConfig"].get("members", [])} <= known
