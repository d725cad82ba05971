"""Versions over the socket: create, copy, activate, lock, compare, delete; what each client hears."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from schedules.services.covers import CalledBackup, note_covers
from settings_app.models import ConfigVersion
from settings_app.rules.table import SettingsTable
from shiftsync.core.actor import Role
from tests.conftest import Connect
from tests.contract.settings.samples import TABLES, made, sample_row
from tests.support.world import World, make_world

every_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.key)


def sync(client: Any, version_id: str | None = None) -> dict[str, Any]:
    """The settings of a version (the active one)."""
    answer = client.request("SETTINGS_SYNC_REQUEST", {"versionId": version_id} if version_id else {})
    settings: dict[str, Any] = answer["payload"]["settings"]
    return settings


def created(client: Any, **payload: Any) -> dict[str, Any]:
    """A new version."""
    version: dict[str, Any] = client.ack("SETTINGS_CREATE_VERSION", {"name": "new", **payload})["result"]["version"]
    return version


def test_first_day__of_a_restaurant__has_an_active_version_with_defaults(connect: Connect, world: World) -> None:
    settings = sync(connect())
    assert settings["version"]["versionNumber"] == 1
    assert settings["version"]["isActive"] is True
    counts = {table.names.collection: len(settings[table.names.collection]) for table in TABLES}
    assert counts == {table.names.collection: len(table.defaults) for table in TABLES}


def test_create_version__by_default__is_a_copy_and_not_active(connect: Connect, world: World) -> None:
    for table in TABLES:
        made(table, world)
    author, other = connect(), connect()
    version = created(author, description="d")
    told = other.expect("SETTINGS_CREATE_VERSION")["payload"]["version"]
    assert told == version
    assert (version["versionNumber"], version["isActive"], version["isLocked"]) == (2, False, False)
    assert version["createdBy"] == str(world.users[Role.MANAGER].id)
    assert version["createdByName"] == world.users[Role.MANAGER].display_name
    original, copied = sync(author), sync(author, version["id"])
    for table in TABLES:
        originals, copies = original[table.names.collection], copied[table.names.collection]
        assert [row["lineageId"] for row in copies] == [row["lineageId"] for row in originals]
        assert not {row["id"] for row in copies} & {row["id"] for row in originals}
        assert {row["versionId"] for row in copies} <= {version["id"]}


def test_create_version__empty__has_no_rows(connect: Connect, world: World) -> None:
    client = connect()
    settings = sync(client, created(client, empty=True)["id"])
    assert not any(settings[table.names.collection] for table in TABLES)


def test_create_version__without_a_name_or_from_nothing__is_refused(connect: Connect, world: World) -> None:
    client = connect()
    assert client.request("SETTINGS_CREATE_VERSION", {"name": " "})["payload"]["details"].keys() == {"name"}
    foreign = ConfigVersion.objects.get(restaurant=make_world("Elsewhere").restaurant)
    for copy_from in (str(foreign.id), "no-uuid"):
        answer = client.request("SETTINGS_CREATE_VERSION", {"name": "x", "copyFrom": copy_from})
        assert answer["payload"]["code"] == "not_found"
    assert ConfigVersion.objects.filter(restaurant=world.restaurant).count() == 1


def test_activate__another_version__tells_all_of_its_rows(connect: Connect, world: World) -> None:
    author, v2, v1 = connect(), connect(), connect(v2=False)
    version = created(author)
    v1.expect("SETTINGS_CREATE_VERSION")
    ack = author.ack("SETTINGS_ACTIVATE_VERSION", {"versionId": version["id"]})
    told = v2.expect("SETTINGS_ACTIVATE_VERSION")
    assert told["payload"]["version"]["isActive"] is True
    assert told["payload"]["settings"] == sync(v2) | {"revision": ack["version"]}
    message, whole = v1.next(), v1.next()
    assert (message["type"], whole["type"]) == ("SETTINGS_ACTIVATE_VERSION", "SETTINGS_SYNC_RESPONSE")
    assert whole["clientId"] is None
    assert whole["payload"]["settings"]["version"]["id"] == version["id"]
    assert ConfigVersion.objects.get(restaurant=world.restaurant, is_active=True).id.hex == version["id"].replace(
        "-", ""
    )


def test_activate__the_active_one__changes_nothing(connect: Connect, world: World) -> None:
    client, v1 = connect(), connect(v2=False)
    active, before = sync(client)["version"], world.position.version
    client.ack("SETTINGS_ACTIVATE_VERSION", {"versionId": active["id"]})
    assert world.position.version == before
    v1.send("SETTINGS_ACTIVATE_VERSION", {"versionId": active["id"]})
    assert v1.expect("SETTINGS_ACTIVATE_VERSION")["payload"]["version"]["id"] == active["id"]


@every_table
def test_inactive_version__its_rows__are_edited_only_where_it_is_named(
    connect: Connect, world: World, table: SettingsTable
) -> None:
    row = made(table, world)
    client = connect()
    new = created(client)
    client.ack("SETTINGS_ACTIVATE_VERSION", {"versionId": new["id"]})
    changed = {**row, "description": "late"}
    target = {table.names.id_key: row["id"]}
    for type, payload in (
        (table.names.update_type, {table.names.row: changed}),
        (table.names.update_type, {**target, "changes": {"description": "late"}}),
        (table.names.delete_type, target),
    ):
        assert client.request(type, payload)["payload"]["code"] == "conflict"
    ack = client.ack(
        table.names.update_type, {**target, "changes": {"description": "x"}, "versionId": row["versionId"]}
    )
    assert ack["result"][table.names.updated_key]["versionId"] == row["versionId"]


def test_lock__by_an_owner_only__and_told_to_all(connect: Connect, world: World) -> None:
    manager, owner, v1 = connect(), connect(Role.OWNER), connect(v2=False)
    active = sync(manager)["version"]
    for type, is_locked in (("SETTINGS_LOCK_VERSION", True), ("SETTINGS_UNLOCK_VERSION", False)):
        assert manager.request(type, {"versionId": active["id"]})["payload"]["code"] == "forbidden"
        owner.ack(type, {"versionId": active["id"]})
        assert manager.expect(type)["payload"]["version"]["isLocked"] is is_locked
        assert v1.next()["type"] == type
        whole = v1.next()
        assert (whole["type"], whole["clientId"]) == ("SETTINGS_SYNC_RESPONSE", None)
        assert whole["payload"]["version"]["isLocked"] is is_locked


def test_locked_version__may_be_activated_copied_and_reset(connect: Connect, world: World) -> None:
    owner = connect(Role.OWNER)
    first = sync(owner)["version"]
    owner.ack("SETTINGS_LOCK_VERSION", {"versionId": first["id"]})
    copy = created(owner)
    assert copy["isLocked"] is False
    owner.ack("SETTINGS_ACTIVATE_VERSION", {"versionId": copy["id"]})
    owner.ack("SETTINGS_ACTIVATE_VERSION", {"versionId": first["id"]})
    owner.ack("SETTINGS_RESET", {})
    assert sync(owner)["version"]["isLocked"] is False


def test_versions_request__all__newest_first(connect: Connect, world: World) -> None:
    client = connect()
    created(client, name="two")
    created(client, name="three")
    client.send("SETTINGS_VERSIONS_REQUEST", {})
    versions = client.expect("SETTINGS_VERSIONS_RESPONSE")["payload"]["versions"]
    assert [version["versionNumber"] for version in versions] == [3, 2, 1]


def test_delete_version__never_active__keeps_its_number(connect: Connect, world: World) -> None:
    client = connect()
    version = created(client)
    client.ack("SETTINGS_DELETE_VERSION", {"versionId": version["id"]})
    assert client.request("SETTINGS_ACTIVATE_VERSION", {"versionId": version["id"]})["payload"]["code"] == "not_found"
    assert created(client)["versionNumber"] == 3


def test_delete_version__that_was_active__is_refused(connect: Connect, world: World) -> None:
    client = connect()
    first = sync(client)["version"]
    client.ack("SETTINGS_ACTIVATE_VERSION", {"versionId": created(client)["id"]})
    refused = client.request("SETTINGS_DELETE_VERSION", {"versionId": first["id"]})
    assert refused["payload"]["code"] == "validation_error"


@every_table
def test_compare__a_copy_that_was_edited__row_by_row_and_field_by_field(
    connect: Connect, world: World, table: SettingsTable
) -> None:
    changed, removed = made(table, world), made(table, world, description="to go")
    client = connect()
    before = sync(client)["version"]
    after = created(client)
    client.ack("SETTINGS_ACTIVATE_VERSION", {"versionId": after["id"]})
    copies = {row["lineageId"]: row["id"] for row in sync(client)[table.names.collection]}
    target = {table.names.id_key: copies[changed["lineageId"]]}
    client.ack(table.names.update_type, {**target, "changes": {"description": "other"}})
    client.ack(table.names.delete_type, {table.names.id_key: copies[removed["lineageId"]]})
    new = client.ack(table.names.create_type, {table.names.row: sample_row(table, world, name="another")})
    client.send("SETTINGS_COMPARE_REQUEST", {"from": before["id"], "to": after["id"]})
    payload = client.expect("SETTINGS_COMPARE_RESPONSE")["payload"]
    found = payload["tables"][table.names.collection]
    assert [row["id"] for row in found["added"]] == [new["result"][table.names.created_key]["id"]]
    assert [row["id"] for row in found["removed"]] == [removed["id"]]
    (change,) = found["changed"]
    assert (change["field"], change["from"], change["to"]) == ("description", changed["description"], "other")
    assert (change["rowId"], change["fromRowId"]) == (copies[changed["lineageId"]], changed["id"])


def test_compare__with_nothing__is_not_found(connect: Connect, world: World) -> None:
    client = connect()
    active = sync(client)["version"]["id"]
    for ids in ({"from": active, "to": str(uuid4())}, {"from": "x", "to": active}):
        assert client.request("SETTINGS_COMPARE_REQUEST", ids)["payload"]["code"] == "not_found"


def test_activate__exact_copy__called_backups_follow_their_group(connect: Connect, world: World) -> None:
    client = connect()
    group = client.ack("SETTINGS_CREATE_STAFF_GROUP", {"group": {"name": "Hall"}})["result"]["createdGroup"]
    client.ack("SHIFT_UPDATE", world.edit(2, "08-05", "○"))
    called = CalledBackup(UUID(world.staff_ids[2]), date(2025, 8, 5), "○", UUID(group["id"]))
    note_covers(world.id, UUID(world.schedule_id), [called])
    original = sync(client)["version"]["id"]
    copied = client.ack("SETTINGS_CREATE_VERSION", {"name": "Copy"})["result"]["version"]["id"]

    def covered() -> str:
        client.send("SHIFT_SYNC_REQUEST", {"scheduleId": world.schedule_id})
        (cell,) = client.expect("SHIFT_SYNC_RESPONSE")["payload"]["covering"]
        return str(cell["groupId"])

    assert covered() == group["id"]
    client.ack("SETTINGS_ACTIVATE_VERSION", {"versionId": copied})
    (copy,) = sync(client)["staffGroups"]
    assert covered() == copy["id"] != group["id"]
    client.ack("SETTINGS_ACTIVATE_VERSION", {"versionId": original})
    assert covered() == group["id"]
    empty = client.ack("SETTINGS_CREATE_VERSION", {"name": "Empty", "empty": True})["result"]["version"]["id"]
    client.ack("SETTINGS_ACTIVATE_VERSION", {"versionId": empty})
    assert covered() == group["id"]
