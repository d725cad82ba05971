"""Older spellings of priority rules, and rules about nobody."""

from typing import Any

import pytest

from settings_app.rules import rows
from settings_app.rules.configs import read_rule
from settings_app.rules.intake import take_in
from settings_app.rules.shapes import check
from tests.unit.settings_app.sample import BY_KEY, STAFF, named, plan

RULES = "priority_rules"
NOBODY = {"staffIds": [], "aboutNobody": True}


@pytest.mark.parametrize(
    ("older", "today"),
    [
        ({"type": "required_off", "staff_ids": ["a"]}, {"ruleType": "required_off", "staffIds": ["a"]}),
        ({"ruleType": "required_off", "staff_id": "a"}, {"ruleType": "required_off", "staffIds": ["a"]}),
        ({"staffId": "a", "staffIds": []}, {"staffIds": ["a"]}),
        ({"staffId": "a", "staffIds": ["b"]}, {"staffIds": ["b"]}),
        ({"staffId": ""}, NOBODY),
        ({"staff_id": None}, NOBODY),
        ({"staffId": "", "groupIds": ["g"]}, {"groupIds": ["g"]}),
        ({"shift_type": "early", "days_of_week": [1, 2]}, {"shiftType": "early", "daysOfWeek": [1, 2]}),
        ({"days_of_week": ["Monday", "x"]}, {"daysOfWeek": [1, "x"]}),
        ({"allowed_shifts": ["early"]}, {"allowedShifts": ["early"]}),
        ({"conditions": {"shift_type": "late", "day_of_week": 0}}, {"shiftType": "late", "daysOfWeek": [0]}),
        (
            {"conditions": {"shift_type": "late", "note": 1}, "shiftType": "off"},
            {"shiftType": "off", "conditions": {"note": 1}},
        ),
        ({"conditions": {"days": ["saturday"]}}, {"conditions": {"days": ["saturday"]}}),
        ({"type": "something else"}, {"type": "something else"}),
        ({"shift_type": "early", "shiftType": "late"}, {"shiftType": "late"}),
        ({"shift_type": "early", "shiftType": None}, {"shiftType": "early"}),
        ({"staffIds": [], "note": 1}, {"staffIds": [], "note": 1}),
    ],
)
def test_rule__older_spelling__is_read_as_that_of_today(older: dict[str, Any], today: dict[str, Any]) -> None:
    assert read_rule({"ruleDefinition": older}) == {"ruleDefinition": today}
    assert read_rule({"ruleDefinition": today}) == {"ruleDefinition": today}


def test_rule__older_strength__goes_into_the_rule_config() -> None:
    given = {"ruleDefinition": {"ruleType": "fairness", "preference_strength": 0.5}}

    assert read_rule({**given, "ruleConfig": {"note": 1}})["ruleConfig"] == {"note": 1, "preferenceStrength": 0.5}
    assert take_in(given, rows.PRIORITY_RULE, {"ruleConfig": {"note": 1}})["ruleConfig"] == {
        "note": 1,
        "preferenceStrength": 0.5,
    }


def test_rule__one_person_at_the_top_level__is_about_that_person() -> None:
    assert take_in({"staffId": "a", "ruleType": "required_off"}, rows.PRIORITY_RULE) == {
        "ruleDefinition": {"ruleType": "required_off", "staffIds": ["a"]}
    }


@pytest.mark.parametrize(
    ("given", "stored", "about"),
    [
        ({"staffIds": []}, None, NOBODY),
        ({"ruleDefinition": {"staffIds": []}}, None, NOBODY),
        ({"ruleDefinition": {"ruleType": "fairness"}}, None, {"ruleType": "fairness"}),
        ({"staffIds": [], "groupIds": ["g"]}, None, {"staffIds": [], "groupIds": ["g"]}),
        ({"staffIds": []}, {"staffIds": ["a"]}, NOBODY),
        ({"staffIds": []}, NOBODY, NOBODY),
        ({"staffIds": []}, {}, {"staffIds": []}),
        ({"staffIds": ["b"]}, NOBODY, {"staffIds": ["b"]}),
        ({"staffId": ""}, {"staffIds": ["a"]}, NOBODY),
        ({"staffId": ""}, {}, NOBODY),
    ],
)
def test_rule__of_a_version_1_client_with_an_empty_list__is_about_nobody(
    given: dict[str, Any], stored: dict[str, Any] | None, about: dict[str, Any]
) -> None:
    beside = None if stored is None else {"ruleDefinition": stored}

    assert take_in(given, rows.PRIORITY_RULE, beside, from_v1=True) == {"ruleDefinition": about}


def test_rule__empty_list_of_any_other_client__is_about_everybody() -> None:
    assert take_in({"staffIds": []}, rows.PRIORITY_RULE) == {"ruleDefinition": {"staffIds": []}}
    assert take_in({"groupIds": ["g"]}, rows.PRIORITY_RULE, {"ruleDefinition": NOBODY}) == {
        "ruleDefinition": {"staffIds": [], "groupIds": ["g"]}
    }


def test_rule__about_nobody__is_valid_and_said() -> None:
    row = {"name": "", "ruleDefinition": {"ruleType": "not_together", **NOBODY}}

    assert check(row, rows.PRIORITY_RULE) == []
    assert "applies to nobody" in BY_KEY[RULES].remarks(row)[0]
    both = {"name": "", "ruleDefinition": {"staffIds": ["a"], "aboutNobody": True}}
    assert [error.path for error in check(both, rows.PRIORITY_RULE)] == ["ruleDefinition.aboutNobody"]


def test_migration__rules_in_older_spellings__are_about_whom_they_name() -> None:
    person = STAFF[0][0]
    off = {"ruleType": "required_off", "daysOfWeek": [1]}
    found = plan(
        {
            "priorityRules": [
                {"name": "one", "staffId": person, **off},
                {"name": "not chosen", "staffId": "", **off},
                {"name": "emptied", "staffIds": [], **off},
                {"name": "nested", "ruleDefinition": {"type": "required_off", "staff_id": person}},
                {"name": "all", "ruleDefinition": {"ruleType": "fairness", "staffIds": []}},
            ]
        }
    )
    about = {name: row["ruleDefinition"] for name, row in named(found, RULES).items()}

    assert found.left_out == ()
    assert about["one"] == {**off, "staffIds": [person]}
    assert about["not chosen"] == about["emptied"] == {**off, **NOBODY}
    assert about["nested"] == {"ruleType": "required_off", "staffIds": [person]}
    assert about["all"] == {"ruleType": "fairness", "staffIds": []}
    assert any("applies to nobody" in note for each in found.mapped for note in each.notes)


@pytest.mark.parametrize(
    ("shape", "row"),
    [
        (rows.PRIORITY_RULE, {"name": "", "ruleType": "avoid_shift_with_exceptions", "allowedShifts": ["early"]}),
        (rows.MONTHLY_LIMIT, {"name": "", "limitType": "off_days", "minCount": 8.5, "countHalfDays": True}),
        (rows.MONTHLY_LIMIT, {"name": "x", "limitType": "max_work_days", "maxCount": 20}),
        (rows.MONTHLY_LIMIT, {"name": "x", "limitType": "max_early_shifts", "excludeCalendarRules": False}),
        (rows.MONTHLY_LIMIT, {"name": "x", "limitType": "max_late_shifts", "overrideWeeklyLimits": True}),
        (rows.MONTHLY_LIMIT, {"name": "x", "scope": "individual", "targetIds": [], "excludeEarlyShiftCalendar": True}),
        (rows.WEEKLY_LIMIT, {"name": "", "scope": "individual", "targetIds": [], "daysOfWeek": [0, 6]}),
        (rows.DAILY_LIMIT, {"name": "x", "scope": "staff_status", "targetIds": ["社員"]}),
    ],
)
def test_row__as_version_1_clients_write_it__is_stored_as_sent(shape: Any, row: dict[str, Any]) -> None:
    taken = take_in(row, shape, from_v1=True)
    config = next(value for value in taken.values() if isinstance(value, dict))

    assert check(taken, shape) == []
    assert config == {key: value for key, value in row.items() if key != "name"}
