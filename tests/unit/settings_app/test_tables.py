"""The descriptions of the tables: names on the wire, registration, remarks."""

import dataclasses

import pytest

from settings_app.rules.shapes import STAFF
from settings_app.tables import ML_MODEL_CONFIGS, STAFF_GROUPS, register, settings_table, settings_tables
from tests.unit.settings_app.sample import BY_KEY, TABLES


def test_wire_names__of_every_table__are_those_of_the_protocol() -> None:
    found = {table.key: (*table.message_types, table.names.id_key, table.names.created_key) for table in TABLES}

    assert found["staff_groups"] == (
        "SETTINGS_CREATE_STAFF_GROUP",
        "SETTINGS_UPDATE_STAFF_GROUPS",
        "SETTINGS_DELETE_STAFF_GROUP",
        "SETTINGS_HARD_DELETE_STAFF_GROUP",
        "groupId",
        "createdGroup",
    )
    assert found["monthly_limits"] == (
        "SETTINGS_CREATE_MONTHLY_LIMIT",
        "SETTINGS_UPDATE_MONTHLY_LIMITS",
        "SETTINGS_DELETE_MONTHLY_LIMIT",
        "limitId",
        "createdLimit",
    )
    assert found["ml_model_configs"] == (
        "SETTINGS_CREATE_ML_CONFIG",
        "SETTINGS_UPDATE_ML_CONFIG",
        "SETTINGS_DELETE_ML_CONFIG",
        "configId",
        "createdConfig",
    )
    assert found["staff_backup_assignments"] == (
        "SETTINGS_CREATE_BACKUP_ASSIGNMENT",
        "SETTINGS_UPDATE_BACKUP_ASSIGNMENT",
        "SETTINGS_DELETE_BACKUP_ASSIGNMENT",
        "assignmentId",
        "assignment",
    )


def test_wire_names__of_all_tables__are_distinct() -> None:
    types = [type_ for table in TABLES for type_ in table.message_types]
    collections = [table.names.collection for table in TABLES]
    paths = [table.names.path for table in TABLES]

    assert len({*types}) == len(types)
    assert len({*collections}) == len({*paths}) == len(TABLES)


def test_updated_tag__is_what_older_clients_know() -> None:
    assert STAFF_GROUPS.names.updated_tag == "staff_groups"
    assert ML_MODEL_CONFIGS.names.updated_tag == "ml_config"


def test_tables__refer_only_to_tables_before_them() -> None:
    known = {STAFF}
    for table in TABLES:
        shapes = [table.row, *table.configs.values()]
        targets = {
            target
            for shape in shapes
            for refers in shape.references.values()
            for target in (refers.target, *refers.targets.values())
        }
        assert targets - {""} <= known
        known.add(table.key)


def test_register__the_same_again__changes_nothing() -> None:
    before = settings_tables()

    assert register(STAFF_GROUPS) is STAFF_GROUPS
    assert settings_tables() == before


def test_register__another_of_that_key__is_refused() -> None:
    with pytest.raises(ValueError, match="staff_groups"):
        register(dataclasses.replace(STAFF_GROUPS, title="others"))


def test_settings_table__is_found_by_key_and_by_name_on_the_wire() -> None:
    assert settings_table("staff_groups") is settings_table("staffGroups") is STAFF_GROUPS
    assert settings_table("nothing") is None


def test_remarks__parameters_of_older_algorithms__are_named() -> None:
    row = {"parameters": {"algorithm": "genetic", "populationSize": 80, "seed": 1}}

    assert ML_MODEL_CONFIGS.remarks(row) == [
        "parameters.algorithm: kept, but the solver does not use it",
        "parameters.populationSize: kept, but the solver does not use it",
    ]
    assert BY_KEY["daily_limits"].remarks(row) == []
