"""Comparing versions: rows matched by lineage, then by name; references by what they mean."""

import copy
from typing import Any

from settings_app.rules.compare import TableDifference, compare
from settings_app.rules.copying import copy_rows
from settings_app.rules.rows import Row
from tests.unit.settings_app.sample import BY_KEY, TABLES, counting_ids, plan, stored

ROWS: dict[str, list[Row]] = {key: list(rows) for key, rows in plan(stored("lists")).rows.items()}


def copied() -> dict[str, list[Row]]:
    copies = copy_rows(ROWS, TABLES, counting_ids(1000)).rows
    return {key: [copy.deepcopy(row) for row in rows] for key, rows in copies.items()}


def changes(difference: TableDifference) -> list[tuple[str, str, Any, Any]]:
    return [(change.name, change.field, change.before, change.after) for change in difference.changed]


def test_compare__a_copy__differs_in_nothing() -> None:
    assert compare(ROWS, copied(), TABLES) == {key: TableDifference() for key in BY_KEY}


def test_compare__a_version_migrated_twice__differs_in_nothing() -> None:
    again = plan(stored("lists"), new_id=counting_ids(5000)).rows

    assert compare(ROWS, again, TABLES) == {key: TableDifference() for key in BY_KEY}


def test_compare__renamed_and_edited__is_told_field_by_field() -> None:
    after = copied()
    limit = after["daily_limits"][0]
    limit["name"] = "休み"
    limit["limitConfig"] |= {"maxCount": 5, "note": "new"}
    del limit["limitConfig"]["scope"]

    found = compare(ROWS, after, TABLES)["daily_limits"]

    assert changes(found) == [
        ("休み", "name", "Maximum Off Days", "休み"),
        ("休み", "limitConfig.maxCount", 4, 5),
        ("休み", "limitConfig.scope", "all", None),
        ("休み", "limitConfig.note", None, "new"),
    ]
    assert (found.added, found.removed) == ((), ())
    assert found.changed[0].row_id == limit["id"]
    assert found.changed[0].from_row_id == ROWS["daily_limits"][0]["id"]


def test_compare__true_and_one__are_not_the_same() -> None:
    after = copied()
    after["daily_limits"][0]["limitConfig"]["extra"] = 1
    before = copy.deepcopy(ROWS)
    before["daily_limits"][0]["limitConfig"]["extra"] = True

    assert changes(compare(before, after, TABLES)["daily_limits"]) == [
        ("Maximum Off Days", "limitConfig.extra", True, 1)
    ]


def test_compare__added_and_removed_rows__are_whole() -> None:
    after = copied()
    removed = ROWS["weekly_limits"][0]
    after["weekly_limits"] = [{**removed, "id": "new", "name": "another", "lineageId": "new"}]

    found = compare(ROWS, after, TABLES)["weekly_limits"]

    assert found.added == (after["weekly_limits"][0],)
    assert found.removed == (removed,)
    assert found.changed == ()


def test_compare__reference_to_another_row__is_a_change() -> None:
    after = copied()
    kitchen, hall = after["staff_groups"][0]["id"], after["staff_groups"][1]["id"]
    after["daily_limits"][1]["limitConfig"]["targetIds"] = [kitchen]

    found = compare(ROWS, after, TABLES)["daily_limits"]

    assert changes(found) == [("Maximum Early Shifts", "limitConfig.targetIds", [hall], [kitchen])]


def test_compare__rows_without_names__are_matched_by_what_they_refer_to() -> None:
    again: dict[str, list[Row]] = {
        key: list(rows) for key, rows in plan(stored("lists"), new_id=counting_ids(5000)).rows.items()
    }
    again["staff_backup_assignments"] = [{**again["staff_backup_assignments"][1], "priorityOrder": 9}]

    found = compare(ROWS, again, TABLES)["staff_backup_assignments"]

    assert found.removed == (ROWS["staff_backup_assignments"][0],)
    assert changes(found) == [("", "priorityOrder", 2, 9)]


def test_compare__rows_of_one_name__are_paired_in_order() -> None:
    before = {"staff_groups": [{"id": "a", "name": "X", "color": "1"}, {"id": "b", "name": "X", "color": "2"}]}
    after = {"staff_groups": [{"id": "c", "name": "Ｘ ", "color": "1"}]}

    found = compare(before, after, TABLES)["staff_groups"]

    assert found.removed == (before["staff_groups"][1],)
    assert changes(found) == [("Ｘ ", "name", "X", "Ｘ ")]


def test_compare__on_the_wire() -> None:
    after = copied()
    after["staff_groups"][0]["color"] = "#fff"

    assert compare(ROWS, after, TABLES)["staff_groups"].to_wire() == {
        "added": [],
        "removed": [],
        "changed": [
            {
                "rowId": after["staff_groups"][0]["id"],
                "fromRowId": ROWS["staff_groups"][0]["id"],
                "name": "料理長",
                "field": "color",
                "from": "#e8f5e9",
                "to": "#fff",
            }
        ],
    }
