"""Every settings table over the socket: create, update, delete, restore, conflicts, refusals, what others hear."""

from typing import Any
from uuid import uuid4

import pytest

from settings_app.rules.table import SettingsTable
from settings_app.rules.v1.flat import flat_row
from settings_app.selectors.rows import all_rows, settings_row
from settings_app.services.versions import VersionLock, version_lock
from shiftsync.core.actor import Role
from shiftsync.realtime.stream.requests import ChangeRequest
from tests.conftest import Connect
from tests.contract.settings.samples import TABLES, another, config_of, made, number_in, sample_row
from tests.support.world import World, make_world

every_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.key)
of_version_1 = pytest.mark.parametrize(
    "table", [each for each in TABLES if each.is_for_v1], ids=lambda table: table.key
)


def synced(client: Any, table: SettingsTable) -> dict[str, dict[str, Any]]:
    """The active rows of a table, as a sync tells them, by id."""
    payload = client.request("SETTINGS_SYNC_REQUEST", {})["payload"]
    assert payload[table.names.collection] == payload["settings"][table.names.collection]
    return {row["id"]: row for row in payload["settings"][table.names.collection]}


@every_table
def test_create__whole_row__is_stored_and_told_as_given(connect: Connect, world: World, table: SettingsTable) -> None:
    author, other = connect(), connect()
    given = sample_row(table, world)
    ack = author.ack(table.names.create_type, {table.names.row: given})
    message = other.expect(table.names.create_type)
    row = message["payload"][table.names.created_key]
    assert message["payload"][table.names.id_key] == row["id"]
    assert {name: row[name] for name in given} == given
    assert [list(row[name]) for name in table.configs] == [list(given[name]) for name in table.configs]
    assert row["revision"] == message["version"] == ack["version"]
    assert ack["result"][table.names.created_key] == row
    assert synced(other, table)[row["id"]] == row
    assert (row["isActive"], row["restaurantId"]) == (True, str(world.id))


@every_table
def test_create__own_id_twice__is_one_row(connect: Connect, world: World, table: SettingsTable) -> None:
    client = connect()
    given = {**sample_row(table, world), "id": str(uuid4())}
    first = client.ack(table.names.create_type, {table.names.row: given})
    again = client.ack(table.names.create_type, {table.names.row: given})
    assert first["result"][table.names.created_key]["id"] == given["id"]
    assert again["version"] == first["version"]
    assert again["result"][table.names.updated_key]["revision"] == first["version"]


@every_table
def test_create__same_request_again__gets_the_same_answer(connect: Connect, world: World, table: SettingsTable) -> None:
    given, request_id = sample_row(table, world), str(uuid4())
    first = connect().ack(table.names.create_type, {table.names.row: given}, request_id)
    again = connect().ack(table.names.create_type, {table.names.row: given}, request_id)
    assert again == first
    assert all_rows(table, world.id).filter(revision=first["version"]).count() == 1


@every_table
def test_update__some_columns__leaves_the_others(connect: Connect, world: World, table: SettingsTable) -> None:
    author, other = connect(), connect()
    row = made(table, world)
    name, value = another(table, row)
    ack = author.ack(table.names.update_type, {table.names.id_key: row["id"], "changes": {name: value}})
    message = other.expect(table.names.update_type)
    told = message["payload"][table.names.updated_key]
    assert message["payload"][table.names.id_key] == row["id"]
    assert told == {**row, name: value, "revision": ack["version"], "updatedAt": told["updatedAt"]}
    assert synced(other, table)[row["id"]] == told


@every_table
def test_update__nothing_or_equal_values__takes_no_version(
    connect: Connect, world: World, table: SettingsTable
) -> None:
    row = made(table, world)
    client = connect()
    before = world.position.version
    for changes in ({}, {"description": row["description"]}, {name: row[name] for name in table.row.fields}):
        client.ack(table.names.update_type, {table.names.id_key: row["id"], "changes": changes})
    client.ack(table.names.update_type, {table.names.row: row})
    assert world.position.version == before
    assert client.settled() == []


@every_table
def test_update__whole_row__ignores_what_only_the_server_writes(
    connect: Connect, world: World, table: SettingsTable
) -> None:
    client = connect()
    row = made(table, world)
    forged = {
        **row,
        "restaurantId": str(uuid4()),
        "versionId": str(uuid4()),
        "isActive": False,
        "createdAt": "2001-01-01T00:00:00Z",
        "lineageId": str(uuid4()),
        "unheard": {"of": 1},
    }
    ack = client.ack(table.names.update_type, {table.names.row: forged})
    assert ack["result"][table.names.updated_key] == row


@every_table
def test_update__stale_base__by_every_strategy(connect: Connect, world: World, table: SettingsTable) -> None:
    mine, theirs = connect(), connect()
    row = made(table, world)
    target = {table.names.id_key: row["id"]}
    base = world.position.version
    theirs.ack(table.names.update_type, {**target, "changes": {"description": "theirs"}})
    stale = {**target, "changes": {"description": "mine"}, "baseVersion": base}

    refused = mine.request(table.names.update_type, {**stale, "strategy": "first_writer_wins"})
    asked = mine.request(table.names.update_type, {**stale, "strategy": "user_choice"})
    assert refused["payload"]["code"] == "conflict"
    assert asked["type"] == "CONFLICT"
    (item,) = asked["payload"]["items"]
    assert (item["entity"], item["entityId"], item["field"]) == (table.key, row["id"], "description")
    assert (item["base"], item["yours"], item["theirs"]) == (row["description"], "mine", "theirs")

    (overwritten,) = mine.ack(table.names.update_type, stale)["result"]["overwritten"]
    assert overwritten["theirs"] == "theirs"


@of_version_1
def test_update__whole_row_of_a_stale_client__keeps_what_others_changed(
    connect: Connect, world: World, table: SettingsTable
) -> None:
    row = made(table, world)
    v1, other = connect(v2=False), connect()
    other.ack(table.names.update_type, {table.names.id_key: row["id"], "changes": {"description": "theirs"}})
    v1.expect("SETTINGS_SYNC_RESPONSE")
    v1.send(table.names.update_type, {table.names.row: {**row, "name": "renamed"}})
    told = other.wait_for(
        lambda message: (
            message["type"] == table.names.update_type
            and message["payload"][table.names.updated_key]["name"] == "renamed"
        )
    )["payload"][table.names.updated_key]
    assert told["description"] == "theirs"


@every_table
def test_update__other_keys_of_one_config__merge(connect: Connect, world: World, table: SettingsTable) -> None:
    mine, theirs = connect(), connect()
    row = made(table, world)
    base = world.position.version
    for config in table.configs:
        theirs.ack(
            table.names.update_type,
            {table.names.id_key: row["id"], "changes": {config: {**row[config], "theirKey": 1}}},
        )
        ack = mine.ack(
            table.names.update_type,
            {
                table.names.id_key: row["id"],
                "changes": {config: {**row[config], "myKey": 2}},
                "baseVersion": base,
                "strategy": "merge_changes",
            },
        )
        merged = ack["result"][table.names.updated_key][config]
        assert merged == {**row[config], "theirKey": 1, "myKey": 2}
        assert "overwritten" not in ack["result"]


@every_table
def test_config__bad_value__is_named_by_path_and_nothing_happens(
    connect: Connect, world: World, table: SettingsTable
) -> None:
    client = connect()
    row = made(table, world)
    config = config_of(table)
    bad: dict[str, Any] = {"name": 7}
    path = "name"
    if config is not None:
        name, shape = config
        key = number_in(shape)
        bad, path = {name: {**row[name], key: -1}}, f"{name}.{key}"
    before = world.position.version
    for type, payload in (
        (table.names.update_type, {table.names.id_key: row["id"], "changes": bad}),
        (table.names.update_type, {table.names.row: {**row, **bad}}),
        (table.names.create_type, {table.names.row: {**sample_row(table, world), **bad}}),
    ):
        before = world.position.version
        error = client.request(type, payload)["payload"]
        assert error["code"] == "validation_error"
        assert list(error["details"]) == [path]
        assert error["message"].startswith(f"{path}: must")
        assert world.position.version == before


@every_table
@pytest.mark.parametrize("reference", ["no-uuid", "00000000-0000-4000-8000-000000000000"])
def test_references__to_nothing__are_refused_by_field(
    connect: Connect, world: World, table: SettingsTable, reference: str
) -> None:
    client = connect()
    row = made(table, world)
    for name in table.row.references:
        error = client.request(table.names.update_type, {table.names.id_key: row["id"], "changes": {name: reference}})[
            "payload"
        ]
        assert error["details"] == {name: ["refers to a row that does not exist"]}


@every_table
def test_delete__any__is_soft_and_done_once(connect: Connect, world: World, table: SettingsTable) -> None:
    author, other = connect(), connect()
    row = made(table, world)
    ack = author.ack(table.names.delete_type, {table.names.id_key: row["id"]})
    told = other.expect(table.names.delete_type)["payload"]
    assert told[table.names.id_key] == row["id"]
    assert told[table.names.deleted_key]["isActive"] is False
    assert row["id"] not in synced(other, table)
    again = author.ack(table.names.delete_type, {table.names.id_key: row["id"]})
    assert again["version"] == ack["version"]
    assert settings_row(table, world.id, row["id"]).is_active is False


@of_version_1
def test_update__of_a_deleted_row__never_revives_it(connect: Connect, world: World, table: SettingsTable) -> None:
    row = made(table, world)
    v1, v2 = connect(v2=False), connect()
    v2.ack(table.names.delete_type, {table.names.id_key: row["id"]})
    changed = {**row, "description": "again"}
    assert v2.ack(table.names.update_type, {table.names.row: changed})["result"]["warnings"]
    assert v2.ack(table.names.create_type, {table.names.row: changed})["result"]["warnings"]
    refused = v2.request(table.names.update_type, {table.names.id_key: row["id"], "changes": {"description": "again"}})
    assert refused["payload"]["code"] == "not_found"
    v1.expect("SETTINGS_SYNC_RESPONSE")
    v1.send(table.names.update_type, {table.names.row: changed})
    assert v1.expect("SETTINGS_SYNC_RESPONSE")["payload"]["updated"] == table.names.updated_tag
    assert settings_row(table, world.id, row["id"]).is_active is False


@every_table
def test_update__of_an_unknown_id__creates_the_row_once(connect: Connect, world: World, table: SettingsTable) -> None:
    client = connect()
    for row_id in (str(uuid4()), "local-1699999999"):
        given = {**sample_row(table, world), "id": row_id}
        first = client.ack(table.names.update_type, {table.names.row: given})
        created = first["result"][table.names.created_key]
        assert created["description"] == given["description"]
        again = client.ack(table.names.update_type, {table.names.row: given})
        assert again["result"][table.names.updated_key]["id"] == created["id"]
        assert again["version"] == first["version"]


@every_table
def test_unknown_row__changes_and_delete__are_not_found(connect: Connect, table: SettingsTable) -> None:
    client = connect()
    for row_id in ("no-uuid", str(uuid4())):
        target = {table.names.id_key: row_id}
        for type, payload in (
            (table.names.update_type, {**target, "changes": {"description": "x"}}),
            (table.names.delete_type, target),
        ):
            assert client.request(type, payload)["payload"]["code"] == "not_found"


@every_table
def test_other_restaurant__its_rows__do_not_exist(connect: Connect, world: World, table: SettingsTable) -> None:
    foreign_world = make_world("Elsewhere")
    foreign = made(table, foreign_world)
    client = connect()
    before = world.position.version
    target = {table.names.id_key: foreign["id"]}
    assert client.request(table.names.delete_type, target)["payload"]["code"] == "not_found"
    changes = {**target, "changes": {"description": "x"}}
    assert client.request(table.names.update_type, changes)["payload"]["code"] == "not_found"
    versioned = {table.names.row: sample_row(table, world), "versionId": foreign["versionId"]}
    before = world.position.version
    assert client.request(table.names.create_type, versioned)["payload"]["code"] == "not_found"
    for name in table.row.references:
        answer = client.request(
            table.names.create_type, {table.names.row: {**sample_row(table, world), name: foreign[name]}}
        )
        assert answer["payload"]["details"] == {name: ["refers to a row that does not exist"]}
        before = world.position.version
    assert world.position.version == before
    assert settings_row(table, foreign_world.id, foreign["id"]).revision == foreign["revision"]


@every_table
def test_viewer__any_change__is_forbidden(connect: Connect, world: World, table: SettingsTable) -> None:
    viewer = connect(Role.VIEWER)
    row = made(table, world)
    given = sample_row(table, world)
    before = world.position.version
    for type, payload in (
        (table.names.create_type, {table.names.row: given}),
        (table.names.update_type, {table.names.row: {**row, "description": "x"}}),
        (table.names.delete_type, {table.names.id_key: row["id"]}),
    ):
        assert viewer.request(type, payload)["payload"]["code"] == "forbidden"
    assert world.position.version == before
    assert row["id"] in synced(viewer, table)


@every_table
def test_locked_version__every_write_of_its_rows__is_refused(
    connect: Connect, world: World, table: SettingsTable
) -> None:
    client = connect()
    row, given = made(table, world), sample_row(table, world)
    version_lock(ChangeRequest(world.actor(Role.OWNER), VersionLock(row["versionId"])))
    before = world.position.version
    for type, payload in (
        (table.names.create_type, {table.names.row: given}),
        (table.names.update_type, {table.names.row: {**row, "description": "x"}}),
        (table.names.update_type, {table.names.id_key: row["id"], "changes": {"description": "x"}}),
        (table.names.delete_type, {table.names.id_key: row["id"]}),
    ):
        assert client.request(type, payload)["payload"]["code"] == "version_locked"
    assert world.position.version == before


@every_table
def test_history__of_every_write__has_user_and_reason(connect: Connect, world: World, table: SettingsTable) -> None:
    client = connect()
    given = sample_row(table, world)
    payload = {table.names.row: given, "reason": "new"}
    row = client.ack(table.names.create_type, payload)["result"][table.names.created_key]
    client.ack(
        table.names.update_type,
        {table.names.id_key: row["id"], "changes": {"description": "x"}, "reason": "better"},
    )
    client.ack(table.names.delete_type, {table.names.id_key: row["id"], "reason": "done"})
    client.send("SETTINGS_CHANGES_REQUEST", {"tableName": table.key, "rowId": row["id"]})
    changes = client.expect("SETTINGS_CHANGES_RESPONSE")["payload"]["changes"]
    assert [(entry["operation"], entry["reason"]) for entry in changes] == [
        ("DELETE", "done"),
        ("UPDATE", "better"),
        ("INSERT", "new"),
    ]
    assert {entry["changedBy"] for entry in changes} == {world.users[Role.MANAGER].display_name}
    assert changes[1]["oldData"] == row == changes[2]["newData"]
    assert changes[1]["newData"]["description"] == "x"
    assert changes[2]["oldData"] is None


@every_table
def test_restore_change__each_entry__puts_the_row_back(connect: Connect, world: World, table: SettingsTable) -> None:
    author, other = connect(), connect()
    row = made(table, world)
    target = {table.names.id_key: row["id"]}
    author.ack(table.names.update_type, {**target, "changes": {"description": "x"}})
    author.ack(table.names.delete_type, target)
    author.send("SETTINGS_CHANGES_REQUEST", {"rowId": row["id"]})
    deleted, updated, inserted = author.expect("SETTINGS_CHANGES_RESPONSE")["payload"]["changes"]

    author.ack("SETTINGS_RESTORE_CHANGE", {"changeId": deleted["id"]})
    assert synced(other, table)[row["id"]]["description"] == "x"
    author.ack("SETTINGS_RESTORE_CHANGE", {"changeId": updated["id"]})
    assert synced(other, table)[row["id"]]["description"] == row["description"]
    author.ack("SETTINGS_RESTORE_CHANGE", {"changeId": inserted["id"]})
    assert row["id"] not in synced(other, table)
    assert author.request("SETTINGS_RESTORE_CHANGE", {"changeId": "nothing:1"})["payload"]["code"] == "not_found"


@of_version_1
def test_version_1__every_change__hears_it_and_the_whole_settings(
    connect: Connect, world: World, table: SettingsTable
) -> None:
    row = made(table, world)
    v1 = connect(v2=False)
    v1.send(table.names.update_type, {table.names.id_key: row["id"], "changes": {"description": "x"}}, clientId="mine")
    update, sync = v1.next(), v1.next()
    assert update["type"] == table.names.update_type
    assert sync["type"] == "SETTINGS_SYNC_RESPONSE"
    assert sync["payload"]["updated"] == table.names.updated_tag
    assert sync["payload"]["settings"]["revision"] == sync["version"] == world.position.version
    assert update["clientId"] == sync["clientId"] == "mine"
    rows = {each["id"]: each for each in sync["payload"][table.names.collection]}
    assert rows[row["id"]] == flat_row(update["payload"][table.names.updated_key], table.key)
