"""Export → migrate through the database: another restaurant gets an equal version."""

import json
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from settings_app.rules.browser_storage.export import export_settings
from settings_app.rules.copying import repointed
from settings_app.rules.rows import Row
from settings_app.selectors.rows import version_rows
from settings_app.services.replacing import SettingsMigrate, settings_migrate
from settings_app.tables import settings_tables
from shiftsync.core.ids import new_id
from shiftsync.realtime.stream.requests import ChangeRequest
from staff.services import StaffCreate, staff_create
from tests.support.world import World, make_world
from tests.unit.settings_app.sample import STAFF
from tests.unit.settings_app.test_export import RowsByTable, versions

Ids = dict[str, str]


@pytest.fixture
def restaurants(db_with_commits: None) -> tuple[World, World, Ids]:
    """Two restaurants whose people bear the same names, and who of the second is whom of the first."""
    here, there = make_world("Here", ()), make_world("There", ())
    ids = {id_: str(new_id()) for id_, _ in STAFF}
    for id_, name in STAFF:
        staff_create(ChangeRequest(here.system, StaffCreate({"name": name}, UUID(id_))))
        staff_create(ChangeRequest(there.system, StaffCreate({"name": name}, UUID(ids[id_]))))
    return here, there, ids


def migrated(world: World, content: Any) -> RowsByTable:
    """The rows of the version that the content became, the oldest first."""
    result = settings_migrate(ChangeRequest(world.system, SettingsMigrate(content))).result
    return version_rows(UUID(result["newVersion"]["id"]))


# Without shrinking: each attempt makes two versions in the database.
@settings(
    max_examples=6,
    deadline=None,
    phases=[Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(rows=versions().filter(lambda rows: any(rows.values())))
def test_export_then_migrate__into_another_restaurant__is_an_equal_version(
    restaurants: tuple[World, World, Ids], rows: RowsByTable
) -> None:
    here, there, staff_ids = restaurants
    stored = migrated(here, export_settings(rows, settings_tables()))
    moved = with_people(stored, staff_ids)
    back = migrated(there, with_people(export_settings(stored, settings_tables()), staff_ids))
    ids = {old["id"]: new["id"] for key, made in stored.items() for old, new in zip(made, back[key], strict=True)}
    for table in settings_tables():
        expected = [repointed(row, table.row, ids) for row in moved[table.key]]
        columns = [*table.row.fields]
        assert written(back[table.key], columns) == written(expected, columns)


def with_people(content: Any, ids: Ids) -> Any:
    """The same with the people of the other restaurant."""
    text = json.dumps(content)
    for mine, theirs in ids.items():
        text = text.replace(mine, theirs)
    return json.loads(text)


def written(rows: list[Row], columns: list[str]) -> list[str]:
    """What a client may write of each row, spelt out: the order of keys and the kinds of numbers count."""
    return [json.dumps([row[name] for name in columns]) for row in rows]
