"""Damaged files: everything that cannot be resolved is told by table, index and reason; nothing raises."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.settings_app.sample import STAFF_ID, TABLES, counting_ids, named, plan, rows_of, stored

DAMAGED = plan(stored("damaged"))
REASONS = {each.path: each.reason for each in DAMAGED.skipped}


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("staffGroups[1]", "is text, not an object"),
        ("staffGroups[3]", "古い人 is not among the members of staff"),
        ("staffGroups[4]", "the id g2 is used more than once"),
        ("dailyLimits.maxSomething", "is not a known limit"),
        ("dailyLimits.maxOffPerWeek", "is a limit for a week, not for a day"),
        ("dailyLimits.maxOffPerDay", "limitConfig.maxCount: must be a number"),
        ("weeklyLimits[0]", "limitConfig.minCount: must not be above maxCount (1)"),
        ("weeklyLimits[1]", "limitConfig.shiftType: must be one of"),
        ("weeklyLimits[2]", "limitConfig.targetIds: must name at least one"),
        ("monthlyLimits", "is text, not a list"),
        ("priorityRules.誰か.preferredShifts[0]", "誰か is not among the members of staff"),
        ("priorityRules.佐藤 美咲.preferredShifts[0]", "daysOfWeek[0]: must be a number"),
        ("priorityRules.佐藤 美咲.preferredShifts[1]", "is a number, not a wish"),
        ("priorityRules.佐藤 美咲.hobby", "is not a known kind of wish"),
        ("mlParameters", "is a list, not an object"),
        ("backupAssignments[0]", "staffId: 誰か is not among the members of staff"),
        ("backupAssignments[1]", "groupId: 調理 is not among the staff groups of this version"),
        ("backupAssignments[2]", "effectiveUntil: must not be before"),
        ("backupAssignments[3]", "2 members of staff are called 田中 健一"),
    ],
)
def test_damaged_file__each_fault__is_told_with_its_reason(path: str, reason: str) -> None:
    assert reason in REASONS[path]


def test_damaged_row__with_several_faults__is_told_once_with_all_of_them() -> None:
    (told,) = [each for each in DAMAGED.skipped if each.path == "staffGroups[2]"]

    assert (told.table, told.index, told.left_out) == ("staffGroups", 2, True)
    assert "coverageRules.minimumCoverage: must be at least 0" in told.reason
    assert "誰か is not among" in told.reason
    assert "2 members of staff are called 田中 健一" in told.reason


MEMBER = STAFF_ID["佐藤 美咲"]
OWN_GROUP = {
    "staffGroups": [{"id": "g1", "name": "Hall", "members": ["佐藤美咲"]}],
    "backupAssignments": [{"staffId": MEMBER, "groupId": "g1"}],
}


def test_assignment__of_a_member_of_the_group__is_left_out() -> None:
    found = plan(OWN_GROUP)

    (told,) = found.left_out
    assert (told.table, told.index) == ("backupAssignments", 0)
    assert told.reason == "staffId: is a member of the group and cannot back it up"
    assert (len(found.rows["staff_groups"]), found.rows["staff_backup_assignments"]) == (1, ())


def test_assignment_carried_over__is_held_to_the_groups_of_the_file_only() -> None:
    group = {"id": "00000000-0000-0000-0000-0000000000a1", "name": "Hall", "groupConfig": {"members": [MEMBER]}}
    assignment = {"id": "00000000-0000-0000-0000-0000000000a2", "staffId": MEMBER, "groupId": group["id"]}
    current = {"staff_groups": [group], "staff_backup_assignments": [assignment]}

    replaced = plan(OWN_GROUP, chosen=["staff_groups"], current=current)
    kept = plan({"dailyLimits": []}, chosen=["daily_limits"], current=current)

    assert [told.path for told in replaced.left_out] == ["backupAssignments in use"]
    assert (kept.left_out, len(kept.rows["staff_backup_assignments"])) == ((), 1)


def test_damaged_file__the_rest__is_written_all_the_same() -> None:
    assert {each.path for each in DAMAGED.mapped} == {
        "staffGroups[3]",
        "staffGroups[4]",
        "dailyLimits.maxEarlyPerDay",
        "priorityRules.誰か.preferredShifts[0]",
        "priorityRules.佐藤 美咲.preferredShifts[2]",
        "backupAssignments[4]",
    }


def test_damaged_file__what_is_left_out__is_told_apart_from_what_is_written_in_part() -> None:
    assert {each.path for each in DAMAGED.skipped} - {each.path for each in DAMAGED.left_out} == {
        "staffGroups[3]",
        "staffGroups[4]",
        "priorityRules.誰か.preferredShifts[0]",
    }


def test_damaged_file__what_is_no_setting__is_listed() -> None:
    assert {(each.path, each.reason) for each in DAMAGED.ignored} == {
        ("migrationVersion", "9 is newer than 5: read as far as possible"),
        ("theme", "is not a settings table"),
        ("staffGroups[0]", "is empty"),
        ("staffGroups[5]", "had been deleted"),
        ("dailyLimits.minLatePerDay", "has no value"),
        ("priorityRules.鈴木 大輔", "is empty"),
    }


def test_unresolved_member__stays_in_the_list_as_the_file_has_it() -> None:
    content = {"staffGroups": [{"name": "x", "members": ["佐藤 美咲", "誰か"]}]}

    (row,) = rows_of(content, "staff_groups")

    assert row["groupConfig"]["members"] == [STAFF_ID["佐藤 美咲"], "誰か"]


def test_wish_of_somebody_unknown__never_becomes_a_wish_of_everybody() -> None:
    (row,) = rows_of({"priorityRules": {"誰か": [{"shift": "early"}]}}, "priority_rules")

    assert row["ruleDefinition"]["staffIds"] == ["誰か"]


def test_name_of_two_people__one_of_them_exactly__finds_that_one() -> None:
    staff = [("1", "Ann Lee"), ("2", "ANN LEE")]
    content = {"staffGroups": [{"name": "x", "members": ["Ann Lee", "ann lee"]}]}

    found = plan(content, staff=staff)

    assert found.rows["staff_groups"][0]["groupConfig"]["members"] == ["1", "ann lee"]
    assert [each.reason for each in found.skipped] == ["groupConfig.members[1]: 2 members of staff are called ann lee"]


@pytest.mark.parametrize(
    "content", [None, 3, True, "", "text", "{broken", [], [{"name": "x"}], {}, {"theme": 1}, {"settings": None}]
)
def test_not_settings_at_all__gives_an_empty_plan(content: object) -> None:
    found = plan(content)

    assert found.is_empty
    assert set(found.rows_inserted().values()) == {0}
    assert found.skipped == ()


def test_nested_without_end__gives_an_empty_plan() -> None:
    content: Any = []
    for _ in range(5000):
        content = [content]

    assert plan(content).is_empty
    assert plan({"dailyLimits": content}).is_empty


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ({"maxCount": "３"}, {"maxCount": 3}),
        ({"maxCount": "2.0"}, {"maxCount": 2}),
        ({"daysOfWeek": ["sunday", "Mon", "水", "土曜日", "4"]}, {"daysOfWeek": [0, 1, 3, 6, 4]}),
        ({"daysOfWeek": "friday"}, {"daysOfWeek": [5]}),
        ({"daysOfWeek": [1, None, ""]}, {"daysOfWeek": [1]}),
        ({"dates": ["2025/8/5", "2025-08-06T00:00:00.000Z"]}, {"dates": ["2025-08-05", "2025-08-06"]}),
        ({"shiftType": "Early"}, {"shiftType": "early"}),
        ({"scope": "individual", "targetIds": [{"id": "x1"}, 7]}, {"targetIds": ["x1", "7"]}),
    ],
)
def test_value_of_another_type__is_read_where_its_meaning_is_beyond_doubt(
    given: dict[str, Any], read: dict[str, Any]
) -> None:
    found = plan({"dailyLimits": [{"name": "x", **given}]})
    (row,) = found.rows["daily_limits"]

    assert read.items() <= row["limitConfig"].items()
    assert found.mapped[0].notes


@pytest.mark.parametrize("value", ["2025-08-04T15:00:00.000Z", "soon", "2025-13-01"])
def test_date_that_could_be_another_day__is_told_and_not_guessed(value: str) -> None:
    found = plan({"dailyLimits": [{"name": "x", "dates": [value]}]})

    assert [each.reason for each in found.left_out] == [
        "limitConfig.dates[0]: must be a date (YYYY-MM-DD) from 1900 to 2200"
    ]


def test_row_without_a_name__gets_one_and_says_so() -> None:
    found = plan({"dailyLimits": [{"shiftType": "off"}], "staffGroups": [{"members": []}]})

    assert found.rows["daily_limits"][0]["name"] == "Daily limit 1"
    assert found.rows["staff_groups"][0]["name"] == ""
    assert [each.notes for each in found.mapped] == [(), ("name: there was none",)]


def test_assignment_key_without_a_place__is_told() -> None:
    content = {
        "staffGroups": [{"name": "g"}],
        "backupAssignments": [{"staffName": "小林 誠", "groupName": "g", "mood": "good"}],
    }

    (notes,) = [each.notes for each in plan(content).mapped if each.table == "backupAssignments"]

    assert notes == ("mood: 'good' has no place in a row and was dropped",)


# What is chosen, and what is carried over


CURRENT = plan(stored("lists"), new_id=counting_ids(5000)).rows


def test_chosen_tables__the_others__are_carried_over_whole() -> None:
    found = plan(stored("plain_bounds"), chosen=["dailyLimits"], current=CURRENT)
    hall = named(found, "staff_groups")["ホール"]

    assert len(found.rows["daily_limits"]) == 3
    assert found.rows["priority_rules"][1]["ruleDefinition"]["groupIds"] == [hall["id"]]
    assert found.rows["staff_backup_assignments"][1]["groupId"] == hall["id"]
    assert hall["id"] != CURRENT["staff_groups"][1]["id"]
    assert hall["lineageId"] == CURRENT["staff_groups"][1]["id"]
    assert found.carried == {table.key for table in TABLES} - {"daily_limits"}
    assert {each.path for each in found.ignored} >= {"staffGroups", "weeklyLimits"}
    assert {each.table for each in found.mapped} == {"dailyLimits"}


def test_chosen_groups__what_is_carried_over__finds_the_new_group_by_its_name() -> None:
    content = {"staffGroups": [{"id": "n", "name": "ホール"}]}

    found = plan(content, chosen=["staff_groups"], current=CURRENT)
    (hall,) = found.rows["staff_groups"]

    assert found.rows["daily_limits"][1]["limitConfig"]["targetIds"] == [hall["id"]]
    assert [row["groupId"] for row in found.rows["staff_backup_assignments"]] == [hall["id"]]
    assert [(each.table, each.index, each.left_out) for each in found.skipped] == [("backupAssignments", 0, True)]


def test_content_hash__is_that_of_the_content() -> None:
    first = plan({"dailyLimits": [], "theme": 1})

    assert plan({"theme": 1, "dailyLimits": []}).content_hash == first.content_hash
    assert plan({"theme": 1, "dailyLimits": [], "x": 1}).content_hash != first.content_hash


def test_mapping__on_the_wire() -> None:
    mapping = DAMAGED.mapping()

    assert mapping["tables"]["staffGroups"] == {"from": ["staffGroups"], "rows": 2, "skipped": 2, "carriedOver": False}
    assert mapping["unresolved"] == DAMAGED.skipped_to_wire()
    assert DAMAGED.skipped_to_wire()[0] == {
        "table": "staffGroups",
        "index": 1,
        "reason": "is text, not an object",
        "from": "staffGroups[1]",
        "rowLeftOut": True,
    }
    assert mapping["rows"][0]["from"] == "staffGroups[3]"
    assert {"from": "theme", "reason": "is not a settings table"} in mapping["ignored"]


keys = st.sampled_from(
    [
        *(key for table in TABLES for key in table.storage.keys),
        *(name for table in TABLES for name in table.row.fields),
        *(name for table in TABLES for shape in table.configs.values() for name in shape.fields),
        *("id", "settings", "value", "type", "maxOffPerDay", "preferredShifts", "day", "shift", "priority", "strength"),
        *("staffName", "groupName", "isActive", "佐藤 美咲", "migrationVersion"),
    ]
)
leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | keys
anything = st.recursive(leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=5))


@given(st.dictionaries(keys, anything, max_size=4) | anything)
def test_any_json_at_all__gives_valid_rows_and_accounts_for_each_table(content: object) -> None:
    found = plan(content)
    ids = [row["id"] for rows in found.rows.values() for row in rows]

    assert len(ids) == len(set(ids)) == len(found.mapped)
    assert all(not table.errors(row) for table in TABLES for row in found.rows[table.key])
    assert found.rows.keys() == {table.key for table in TABLES}
