"""The defaults of a restaurant's first version and of a reset."""

from settings_app.rules.browser_storage.export import export_settings
from settings_app.rules.defaults import default_rows
from tests.unit.settings_app.sample import BY_KEY, TABLES, counting_ids, plan


def test_defaults__are_valid_whole_rows_with_ids_of_their_own() -> None:
    rows = default_rows(TABLES, counting_ids())

    for key, table in BY_KEY.items():
        assert [error for row in rows[key] for error in table.errors(row)] == []
        assert all(row.keys() == {"id", *table.row.fields} for row in rows[key])
    ids = [row["id"] for table_rows in rows.values() for row in table_rows]
    assert len(ids) == len(set(ids))


def test_defaults__counts() -> None:
    counts = {table.names.collection: len(table.defaults) for table in TABLES if table.defaults}

    assert counts == {
        "dailyLimits": 3,
        "weeklyLimits": 2,
        "monthlyLimits": 2,
        "priorityRules": 2,
        "mlModelConfigs": 1,
    }


def test_defaults__one_solver_configuration_is_the_default_and_nothing_of_it_is_unused() -> None:
    rows = default_rows(TABLES, counting_ids())["ml_model_configs"]

    assert [row["isDefault"] for row in rows] == [True]
    assert BY_KEY["ml_model_configs"].remarks(rows[0]) == []


def test_defaults__twice__share_nothing() -> None:
    first, second = default_rows(TABLES, counting_ids()), default_rows(TABLES, counting_ids())
    first["daily_limits"][0]["limitConfig"]["maxCount"] = 99

    assert second["daily_limits"][0]["limitConfig"]["maxCount"] == 5


def test_defaults__exported__migrate_back_without_a_complaint() -> None:
    found = plan(export_settings(default_rows(TABLES, counting_ids()), TABLES))

    assert found.skipped == ()
    assert found.rows_inserted()["dailyLimits"] == 3
