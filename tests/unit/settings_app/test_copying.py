"""Copies are whole: what a row refers to inside its version is the copy's own."""

from settings_app.rules.copying import copy_rows, lineage_of, repointed
from settings_app.rules.rows import Row
from tests.unit.settings_app.sample import BY_KEY, STAFF, TABLES, counting_ids, plan, stored

ROWS = plan(stored("lists")).rows


def test_copy_rows__ids_inside_configs__point_to_the_copies() -> None:
    copied = copy_rows(ROWS, TABLES, counting_ids(1000))
    hall = next(row for row in copied.rows["staff_groups"] if row["name"] == "ホール")
    early = copied.rows["daily_limits"][1]
    fairness = copied.rows["priority_rules"][1]

    assert early["limitConfig"]["targetIds"] == [hall["id"]]
    assert fairness["ruleDefinition"]["groupIds"] == [hall["id"]]
    assert copied.rows["staff_backup_assignments"][1]["groupId"] == hall["id"]


def test_copy_rows__ids_of_staff__stay() -> None:
    copied = copy_rows(ROWS, TABLES, counting_ids(1000))

    assert copied.rows["staff_groups"][0]["groupConfig"] == ROWS["staff_groups"][0]["groupConfig"]
    assert copied.rows["staff_backup_assignments"][0]["staffId"] == STAFF[9][0]


def test_copy_rows__all_ids_are_new_and_the_originals_untouched() -> None:
    before = repr(ROWS)
    copied = copy_rows(ROWS, TABLES, counting_ids(1000))
    old = {row["id"] for rows in ROWS.values() for row in rows}
    new = {row["id"] for rows in copied.rows.values() for row in rows}

    assert not old & new
    assert copied.ids.keys() == old
    assert repr(ROWS) == before


def test_copy_rows__a_copy_of_a_copy__keeps_the_lineage() -> None:
    first = copy_rows(ROWS, TABLES, counting_ids(1000))
    second = copy_rows(first.rows, TABLES, counting_ids(2000))

    for key in BY_KEY:
        assert [lineage_of(row) for row in second.rows[key]] == [row["id"] for row in ROWS[key]]


def test_copy_rows__reference_to_a_row_that_is_gone__stays() -> None:
    rows: dict[str, list[Row]] = {
        "daily_limits": [{"id": "l", "name": "x", "limitConfig": {"scope": "group", "targetIds": ["gone"]}}]
    }

    copied = copy_rows(rows, TABLES, counting_ids())

    assert copied.rows["daily_limits"][0]["limitConfig"]["targetIds"] == ["gone"]


def test_repointed__targets_that_are_no_groups__stay() -> None:
    shape = BY_KEY["daily_limits"].row
    ids = {"a": "b"}

    for scope, expected in {"group": "b", "individual": "a", "type": "a", "position": "a"}.items():
        row = {"limitConfig": {"scope": scope, "targetIds": ["a"]}}
        assert repointed(row, shape, ids)["limitConfig"]["targetIds"] == [expected]
