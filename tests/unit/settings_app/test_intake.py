"""Taking in rows as clients send them."""

from settings_app.rules import rows
from settings_app.rules.intake import take_in, with_defaults
from settings_app.rules.shapes import check
from tests.unit.settings_app.sample import TABLES


def test_take_in__config_keys_at_the_top_level__go_into_the_config() -> None:
    given = {"id": "1", "name": "x", "shiftType": "off", "maxCount": 3, "isHardConstraint": True, "unknown": 1}

    assert take_in(given, rows.DAILY_LIMIT) == {
        "name": "x",
        "isHardConstraint": True,
        "limitConfig": {"shiftType": "off", "maxCount": 3},
    }


def test_take_in__top_level_beside_a_config__is_laid_over_it() -> None:
    given = {"limitConfig": {"maxCount": 1, "custom": "kept"}, "maxCount": 3}

    assert take_in(given, rows.DAILY_LIMIT) == {"limitConfig": {"maxCount": 3, "custom": "kept"}}


def test_take_in__top_level_alone__is_laid_over_what_is_stored() -> None:
    stored = {"limitConfig": {"maxCount": 1, "custom": "kept"}}

    assert take_in({"maxCount": 3}, rows.DAILY_LIMIT, stored) == {"limitConfig": {"maxCount": 3, "custom": "kept"}}
    assert stored == {"limitConfig": {"maxCount": 1, "custom": "kept"}}


def test_take_in__two_configs__each_gets_its_own_keys() -> None:
    taken = take_in({"ruleType": "fairness", "preferenceStrength": 0.5}, rows.PRIORITY_RULE)

    assert taken == {"ruleDefinition": {"ruleType": "fairness"}, "ruleConfig": {"preferenceStrength": 0.5}}


def test_take_in__read_only_keys__are_ignored() -> None:
    given = {"name": "x", "createdAt": "now", "revision": 3, "versionId": "v", "restaurantId": "r", "isActive": False}

    assert take_in(given, rows.STAFF_GROUP) == {"name": "x"}


def test_take_in__empty_date_and_null_with_a_default__are_not_set() -> None:
    taken = take_in({"effectiveFrom": "", "penaltyWeight": None, "limitConfig": None}, rows.DAILY_LIMIT)

    assert taken == {"effectiveFrom": None, "penaltyWeight": 1.0, "limitConfig": {}}


def test_take_in__config_of_another_type__is_left_for_the_check() -> None:
    taken = take_in({"name": "x", "limitConfig": [1], "maxCount": 3}, rows.DAILY_LIMIT)

    assert [str(error) for error in check(taken, rows.DAILY_LIMIT)] == ["limitConfig: must be an object"]


def test_take_in__nothing__sets_nothing() -> None:
    assert [take_in({}, table.row) for table in TABLES] == [{}] * len(TABLES)


def test_with_defaults__fresh_configs_each_time() -> None:
    first, second = with_defaults({"name": "a"}, rows.STAFF_GROUP), with_defaults({"name": "b"}, rows.STAFF_GROUP)
    first["groupConfig"]["members"] = ["x"]

    assert second == {"name": "b", "description": "", "color": "", "groupConfig": {}}


def test_with_defaults__of_the_wire() -> None:
    limit = with_defaults({"id": "1", "name": "x"}, rows.WEEKLY_LIMIT)
    rule = with_defaults({"name": "x"}, rows.PRIORITY_RULE)
    assignment = with_defaults({"staffId": "s", "groupId": "g"}, rows.BACKUP_ASSIGNMENT)

    assert (limit["id"], limit["penaltyWeight"], limit["isHardConstraint"], limit["effectiveFrom"]) == (
        "1",
        1.0,
        False,
        None,
    )
    assert rule["priorityLevel"] == 1
    assert (assignment["assignmentType"], assignment["priorityOrder"]) == ("regular", 1)
