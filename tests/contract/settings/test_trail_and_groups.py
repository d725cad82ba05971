"""The audit trail page by page; hard deletes; one row in use; what a fixed number of queries answers."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from settings_app.rules.table import SettingsTable
from settings_app.selectors.rows import all_rows
from settings_app.selectors.sync import sync_settings
from settings_app.selectors.trail import TrailFilter, trail_page
from shiftsync.core.actor import Role
from tests.conftest import Connect
from tests.contract.settings.samples import TABLES, made, sample_row
from tests.contract.settings.test_versions_socket import sync
from tests.support.world import World, make_world

REMOVABLE = [table for table in TABLES if table.hard_delete]
IMPLIED = [table for table in TABLES if table.implied_by]


def trail(client: Any, **asked: Any) -> dict[str, Any]:
    """A page of the trail."""
    client.send("SETTINGS_CHANGES_REQUEST", asked)
    payload: dict[str, Any] = client.expect("SETTINGS_CHANGES_RESPONSE")["payload"]
    return payload


def test_trail__in_pages__is_the_whole_in_order(connect: Connect, world: World) -> None:
    for table in TABLES:
        made(table, world)
    client = connect()
    client.ack("SETTINGS_RESET", {})
    whole = trail(client, limit=500)["changes"]
    paged, cursor = [], None
    while True:
        page = trail(client, limit=7, **({"cursor": cursor} if cursor else {}))
        paged += page["changes"]
        cursor = page["cursor"]
        if cursor is None:
            break
        assert len(page["changes"]) == 7
    assert paged == whole
    revisions = [entry["revision"] for entry in whole]
    assert revisions == sorted(revisions, reverse=True)
    assert {entry["tableName"] for entry in whole} == {"config_versions", *(table.key for table in TABLES)}


def test_trail__filters__by_version_table_row_and_user(connect: Connect, world: World) -> None:
    client, owner = connect(), connect(Role.OWNER)
    first = sync(client)["version"]["id"]
    client.ack("SETTINGS_RESET", {})
    second = sync(client)["version"]["id"]
    owner.ack("SETTINGS_LOCK_VERSION", {"versionId": second})
    assert {entry["versionId"] for entry in trail(client, versionId=first)["changes"]} == {first}
    tables = {entry["tableName"] for entry in trail(client, versionId=second, tableName="dailyLimits")["changes"]}
    assert tables == {"daily_limits"}
    (locked,) = trail(client, userId=str(world.users[Role.OWNER].id))["changes"]
    assert (locked["tableName"], locked["rowId"], locked["newData"]["isLocked"]) == ("config_versions", second, True)
    assert trail(client, rowId="no-uuid")["changes"] == []
    for bad in ({"tableName": "nothing"}, {"cursor": "x"}):
        assert client.request("SETTINGS_CHANGES_REQUEST", bad)["payload"]["code"] == "validation_error"


def test_trail__of_a_row__goes_on_through_the_copies_of_its_version(connect: Connect, world: World) -> None:
    client = connect()
    row, other = made(TABLES[0], world, name="first"), made(TABLES[0], world)
    copy = client.ack("SETTINGS_CREATE_VERSION", {"name": "copy"})["result"]["version"]["id"]
    client.ack("SETTINGS_ACTIVATE_VERSION", {"versionId": copy})
    (copied,) = (each for each in sync(client)["staffGroups"] if each["lineageId"] == row["id"])
    client.ack("SETTINGS_UPDATE_STAFF_GROUPS", {"groupId": copied["id"], "changes": {"name": "second"}})
    for row_id in (row["id"], copied["id"]):
        told = [(each["rowId"], each["operation"]) for each in trail(client, rowId=row_id)["changes"]]
        assert told == [(copied["id"], "UPDATE"), (copied["id"], "INSERT"), (row["id"], "INSERT")]
    first = trail(client, rowId=copied["id"], limit=2)
    rest = trail(client, rowId=copied["id"], limit=2, cursor=first["cursor"])
    assert [each["rowId"] for each in rest["changes"]] == [row["id"]]
    only = trail(client, rowId=copied["id"], versionId=row["versionId"])["changes"]
    assert [each["rowId"] for each in only] == [row["id"]]
    assert other["id"] not in {each["rowId"] for each in trail(client, rowId=row["id"])["changes"]}


def test_trail__of_another_restaurant__is_not_there(connect: Connect, world: World) -> None:
    foreign = make_world("Elsewhere")
    row = made(TABLES[0], foreign)
    entries, _ = trail_page(foreign.id, TrailFilter(row_id=row["id"]))
    client = connect()
    assert trail(client, rowId=row["id"])["changes"] == []
    assert trail(client, versionId=row["versionId"])["changes"] == []
    assert client.request("SETTINGS_RESTORE_CHANGE", {"changeId": entries[0].id})["payload"]["code"] == "not_found"


def test_restore_change__of_a_version__is_refused(connect: Connect, world: World) -> None:
    client = connect()
    client.ack("SETTINGS_RESET", {})
    (entry, *_) = trail(client, tableName="config_versions")["changes"]
    assert client.request("SETTINGS_RESTORE_CHANGE", {"changeId": entry["id"]})["payload"]["code"] == "validation_error"


@pytest.mark.parametrize("table", REMOVABLE, ids=lambda table: table.key)
def test_hard_delete__a_deleted_row__takes_what_refers_to_it(
    connect: Connect, world: World, table: SettingsTable
) -> None:
    author, other = connect(), connect()
    row = made(table, world)
    dependents = {
        each.names.collection: made(each, world, **{name: row["id"]})
        for each in TABLES
        for name, refers in each.row.references.items()
        if refers.target == table.key
    }
    target = {table.names.id_key: row["id"]}
    assert author.request(table.names.hard_delete_type, target)["payload"]["code"] == "validation_error"
    author.ack(table.names.delete_type, target)
    author.ack(table.names.hard_delete_type, target)
    told = other.expect(table.names.hard_delete_type)["payload"]
    assert told["removed"] == {name: [each["id"]] for name, each in dependents.items()}
    assert not all_rows(table, world.id).filter(id=row["id"]).exists()
    settings = sync(other)
    for name, each in dependents.items():
        assert each["id"] not in {row["id"] for row in settings[name]}
        (removal, *_) = trail(author, rowId=each["id"])["changes"]
        assert (removal["operation"], removal["newData"]) == ("DELETE", None)
    assert author.request(table.names.hard_delete_type, target)["payload"]["code"] == "not_found"


@pytest.mark.parametrize("v2", [False, True])
@pytest.mark.parametrize("table", REMOVABLE, ids=lambda table: table.key)
def test_hard_delete__rows_resent_by_a_stale_screen__stay_away(
    connect: Connect, world: World, table: SettingsTable, v2: bool
) -> None:
    author, stale = connect(), connect(v2=v2)
    row = made(table, world)
    rows = [(table, row)] + [
        (each, made(each, world, **{name: row["id"]}))
        for each in TABLES
        for name, refers in each.row.references.items()
        if refers.target == table.key
    ]
    target = {table.names.id_key: row["id"]}
    author.ack(table.names.delete_type, target)
    author.ack(table.names.hard_delete_type, target)
    before = world.position.version
    stale.settled()
    for each, known in rows:
        stale.send(each.names.update_type, {each.names.row: {**known, "description": "edited"}}, requestId=str(uuid4()))
    answers = [message for message in stale.settled() if message["type"] in ("ACK", "ERROR")]
    assert [answer["type"] for answer in answers] == ["ACK"] * len(rows)
    assert all("deleted" in answer["payload"]["result"]["warnings"][0] for answer in answers)
    assert world.position.version == before
    assert not all_rows(table, world.id).filter(id=row["id"]).exists()
    copy = {**row, "id": str(uuid4())}
    author.ack(table.names.update_type, {table.names.row: copy})
    author.ack(table.names.create_type, {table.names.row: row})
    assert {each["id"] for each in sync(author)[table.names.collection]} >= {row["id"], copy["id"]}


@pytest.mark.parametrize("table", REMOVABLE, ids=lambda table: table.key)
def test_restore_change__of_a_removal__makes_the_row_anew(connect: Connect, world: World, table: SettingsTable) -> None:
    client = connect()
    row = made(table, world)
    target = {table.names.id_key: row["id"]}
    client.ack(table.names.delete_type, target)
    client.ack(table.names.hard_delete_type, target)
    removal, deletion, *_ = trail(client, rowId=row["id"])["changes"]
    for entry in (removal, deletion):
        client.ack("SETTINGS_RESTORE_CHANGE", {"changeId": entry["id"]})
    restored = next(each for each in sync(client)[table.names.collection] if each["id"] == row["id"])
    assert {name: restored[name] for name in table.row.fields} == {name: row[name] for name in table.row.fields}


@pytest.mark.parametrize("table", IMPLIED, ids=lambda table: table.key)
def test_update__without_an_id__means_the_row_in_use(connect: Connect, world: World, table: SettingsTable) -> None:
    client = connect()
    row = made(table, world, **{table.implied_by: True})
    made(table, world, **{table.implied_by: False})
    given = {table.names.row: {"description": "in use"}}
    changes = {"changes": {"description": "changed"}}
    for payload, description in ((given, "in use"), (changes, "changed")):
        told = client.ack(table.names.update_type, payload)["result"][table.names.updated_key]
        assert (told["id"], told["description"]) == (row["id"], description)


@pytest.mark.parametrize("table", IMPLIED, ids=lambda table: table.key)
def test_update__without_an_id_where_there_is_none__creates_it(
    connect: Connect, world: World, table: SettingsTable
) -> None:
    client = connect()
    for row in sync(client)[table.names.collection]:
        client.ack(table.names.delete_type, {table.names.id_key: row["id"]})
    ack = client.ack(table.names.update_type, {table.names.row: sample_row(table, world)})
    assert ack["result"][table.names.created_key]["isActive"] is True


def test_sync__any_number_of_rows__takes_as_many_queries(world: World) -> None:
    with CaptureQueriesContext(connection) as few:
        sync_settings(world.id)
    for _ in range(3):
        for table in TABLES:
            made(table, world)
    with CaptureQueriesContext(connection) as many:
        sync_settings(world.id)
    assert len(many) == len(few) == len(TABLES) + 2


def test_backup__of_its_own_group__is_refused(connect: Connect, world: World) -> None:
    client = connect()
    members = world.staff_ids[:2]
    group = client.ack("SETTINGS_CREATE_STAFF_GROUP", {"group": {"name": "Hall", "members": members}})["result"][
        "createdGroup"
    ]
    assert group["groupConfig"] == {"members": members}
    own = {"staffId": members[0], "groupId": group["id"]}
    error = client.request("SETTINGS_CREATE_BACKUP_ASSIGNMENT", {"assignment": own})["payload"]
    assert error["details"] == {"staffId": ["is a member of the group and cannot back it up"]}
    late = {
        "staffId": world.staff_ids[2],
        "groupId": group["id"],
        "effectiveFrom": "2025-02-01",
        "effectiveUntil": "2025-01-01",
    }
    assert (
        "effectiveUntil"
        in client.request("SETTINGS_CREATE_BACKUP_ASSIGNMENT", {"assignment": late})["payload"]["details"]
    )


def test_backups__several_of_a_group_and_several_groups_of_one__are_kept_in_their_order(
    connect: Connect, world: World
) -> None:
    client = connect()
    groups = [made(TABLES[0], world, name=name, groupConfig={"members": []})["id"] for name in ("Grill", "Hall")]
    given = [
        {"staffId": staff_id, "groupId": group, "priorityOrder": order, "effectiveFrom": "2099-01-01"}
        for order, staff_id in enumerate(world.staff_ids[:2], start=1)
        for group in groups
    ]
    for assignment in given:
        assert "warnings" not in client.ack("SETTINGS_CREATE_BACKUP_ASSIGNMENT", {"assignment": assignment})["result"]
    stored = sync(client)["backupAssignments"]
    assert [{name: row[name] for name in given[0]} for row in reversed(stored)] == given


def test_backup__that_could_never_serve__is_told_so(connect: Connect, world: World) -> None:
    client = connect()
    group = made(TABLES[0], world, groupConfig={"members": []})
    over = {"staffId": world.staff_ids[0], "groupId": group["id"], "effectiveUntil": "2025-01-01"}
    ack = client.ack("SETTINGS_CREATE_BACKUP_ASSIGNMENT", {"assignment": over})
    assert ack["result"]["warnings"] == ["effectiveUntil: 2025-01-01 has passed; the backup will no longer be called"]
    client.ack("STAFF_UPDATE", {"staffId": world.staff_ids[1], "changes": {"endPeriod": {"year": 2025, "month": 1}}})
    gone = {"staffId": world.staff_ids[1], "groupId": group["id"]}
    ack = client.ack("SETTINGS_CREATE_BACKUP_ASSIGNMENT", {"assignment": gone})
    assert "is employed until 2025-01-31" in ack["result"]["warnings"][0]


def test_parameters_of_older_algorithms__are_kept_and_told(connect: Connect, world: World) -> None:
    client = connect()
    config = {"parameters": {"algorithm": "genetic", "populationSize": 80}}
    ack = client.ack("SETTINGS_UPDATE_ML_CONFIG", {"config": config})
    assert ack["result"]["updatedConfig"]["parameters"] == config["parameters"]
    assert len(ack["result"]["warnings"]) == 2


def test_two_managers__name_and_members_of_one_group_at_once__both_stay(connect: Connect, world: World) -> None:
    first, second = connect(v2=False), connect(v2=False)
    group = made(TABLES[0], world, groupConfig={"members": world.staff_ids[:1], "coverageRules": {"maxOffPerDay": 2}})
    renamed = {**group, "name": "Grill"}
    joined = {**group, "groupConfig": {**group["groupConfig"], "members": world.staff_ids[:2]}}
    first.send("SETTINGS_UPDATE_STAFF_GROUPS", {"group": renamed})
    second.send("SETTINGS_UPDATE_STAFF_GROUPS", {"group": joined})
    for client in (first, second):
        client.expect("SETTINGS_UPDATE_STAFF_GROUPS")
        client.expect("SETTINGS_UPDATE_STAFF_GROUPS")
    (stored,) = sync(first)["staffGroups"]
    assert stored["name"] == "Grill"
    assert stored["groupConfig"] == {**group["groupConfig"], "members": world.staff_ids[:2]}
