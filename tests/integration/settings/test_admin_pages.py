"""What the admin's settings pages offer and show: one restaurant and one version at a time, in words that one can read."""

from html import unescape
from typing import Any

import pytest
from django.urls import reverse

from settings_app.rules.shapes import STAFF
from settings_app.rules.table import SettingsTable
from settings_app.selectors.rows import rows_of
from settings_app.selectors.versions import active_version, versions_of
from settings_app.services.rows import RowDelete, row_delete
from settings_app.services.versions import (
    VersionActivate,
    VersionCreate,
    VersionLock,
    version_activate,
    version_create,
    version_lock,
)
from settings_app.tables import require_table
from shiftsync.core.actor import Role
from shiftsync.realtime.stream.requests import ChangeRequest
from shiftsync.tenants.services import membership_grant
from tests.contract.settings.samples import TABLES, config_of, made, number_in
from tests.integration.admin.conftest import AtDesk, Desk
from tests.integration.settings.test_admin import page_of, shown
from tests.support.world import World

every_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.key)
GROUPS = require_table("staff_groups")
NAMES = ("田中", "佐藤", "鈴木")


@pytest.fixture
def desk(at_desk: AtDesk, world: World, other_world: World) -> Desk:
    """A manager of two restaurants."""
    membership_grant(other_world.system, user=world.users[Role.MANAGER], role=Role.MANAGER)
    return at_desk(Role.MANAGER)


def copied(world: World) -> str:
    """A copy of the version in use."""
    return str(version_create(ChangeRequest(world.system, VersionCreate("copy"))).result["version"]["id"])


def offered(desk: Desk, address: str) -> dict[str, set[str]]:
    """What each picker of a form offers, by its field."""
    form = desk.client.get(address).context["adminform"].form
    return {
        name: {str(getattr(value, "value", value)) for value, _ in field.choices if value != ""}
        for name, field in form.fields.items()
        if hasattr(field, "choices")
    }


def ids_of(table: SettingsTable, world: World) -> set[str]:
    """The rows of the version in use."""
    return {str(row.pk) for row in rows_of(table, active_version(world.id).id)}


@every_table
def test_change__pickers__offer_the_restaurant_and_version_of_the_row(
    desk: Desk, world: World, other_world: World, table: SettingsTable
) -> None:
    row = made(table, world)
    made(GROUPS, world)
    made(GROUPS, other_world)
    copied(world)
    targets = {STAFF: set(world.staff_ids)} | {each.key: ids_of(each, world) for each in TABLES}
    found = offered(desk, desk.url(page_of(table, "change"), row["id"]))
    pickers = [(name.removesuffix("Id"), refers) for name, refers in table.row.references.items()]
    for config, shape in table.configs.items():
        pickers += [(f"{config}.{name}", refers) for name, refers in shape.references.items()]
    for name, refers in pickers:
        expected = targets[refers.target] if refers.target else targets[STAFF] | targets[GROUPS.key]
        strangers = {*other_world.staff_ids, *ids_of(GROUPS, other_world)}
        assert found[name] >= expected, name
        assert not found[name] & strangers, name
        if refers.target:
            assert found[name] == expected, name


@every_table
def test_add__for_one_of_two_restaurants__asks_which_and_offers_what_is_there(
    desk: Desk, world: World, other_world: World, table: SettingsTable
) -> None:
    made(GROUPS, world)
    theirs = str(made(GROUPS, other_world)["id"])
    address = desk.url(page_of(table, "add"))
    asked = desk.client.get(address)
    assert "adminform" not in asked.context
    assert {str(each.id) for each in asked.context["restaurants"]} == {str(world.id), str(other_world.id)}
    found = offered(desk, f"{address}?restaurant={other_world.id}")
    assert found.pop("restaurant") == {str(other_world.id)}
    everything = set().union(*found.values())
    assert not everything & {*world.staff_ids, *ids_of(GROUPS, world)}
    if any(refers.target == GROUPS.key for refers in table.row.references.values()):
        assert found["group"] == {theirs}


def test_add__for_a_restaurant_of_others__asks_again(desk: Desk, world: World, other_world: World) -> None:
    address = desk.url(page_of(GROUPS, "add"))
    for stranger in ("00000000-0000-4000-8000-000000000000", "no-uuid"):
        assert "restaurants" in desk.client.get(f"{address}?restaurant={stranger}").context
        assert "restaurants" in desk.client.post(address, {"restaurant": stranger, "name": "x"}).context


@every_table
def test_values__that_can_only_be_looked_at__are_shown(at_desk: AtDesk, world: World, table: SettingsTable) -> None:
    row = made(table, world, **({"groupConfig": {"members": world.staff_ids[:1]}} if table is GROUPS else {}))
    page = page_of(table, "change")
    viewer = at_desk(Role.VIEWER).open(page, row["id"])
    version_lock(ChangeRequest(world.actor(Role.OWNER), VersionLock(row["versionId"])))
    locked = at_desk(Role.MANAGER).open(page, row["id"])
    for html in (viewer, locked):
        assert row["description"] in html
        config = config_of(table)
        if config is not None:
            name, shape = config
            assert shape.fields[str(number_in(shape))].label in unescape(html)
            assert f"{name}." not in html
        if table is GROUPS:
            assert NAMES[0] in html


def test_list__at_first__shows_what_is_in_use(at_desk: AtDesk, world: World) -> None:
    kept, gone = made(GROUPS, world, name="kept"), made(GROUPS, world, name="gone")
    row_delete(ChangeRequest(world.system, RowDelete(GROUPS.key, gone["id"])))
    old = kept["versionId"]
    version_activate(ChangeRequest(world.system, VersionActivate(copied(world))))
    page = page_of(GROUPS, "changelist")
    desk = at_desk(Role.MANAGER)

    def listed(filters: str) -> list[tuple[str, str]]:
        rows = desk.client.get(f"{desk.url(page)}?{filters}").context["cl"].result_list
        return sorted((row.name, str(row.config_version_id)) for row in rows)

    new = str(active_version(world.id).id)
    assert listed("") == [("kept", new)]
    assert listed("deleted=only") == [("gone", new)]
    assert listed(f"version={old}&deleted=all") == [("gone", old), ("kept", old)]
    assert len(listed("version=all&deleted=all")) == 4


@pytest.mark.parametrize(("source", "count"), [("", 3), ("empty", 0), ("first", 3)])
def test_version__added__is_a_copy_or_empty(at_desk: AtDesk, world: World, source: str, count: int) -> None:
    desk, page = at_desk(Role.MANAGER), "settings_app_configversion_add"
    first = str(active_version(world.id).id)
    if source == "first":
        version_activate(ChangeRequest(world.system, VersionActivate(copied(world))))
        for row in rows_of(require_table("daily_limits"), active_version(world.id).id):
            row_delete(ChangeRequest(world.system, RowDelete("daily_limits", str(row.pk))))
    chosen = first if source == "first" else source
    fields: dict[str, Any] = {**desk.form(page), "restaurant": str(world.id), "name": "added", "copy_from": chosen}
    desk.send(fields, page)
    version = versions_of(world.id).get(name="added")
    assert rows_of(require_table("daily_limits"), version.id).count() == count
    assert "added" in desk.open("settings_app_configversion_change", version.id)


def test_compare__of_versions_that_differ__names_row_field_and_values(at_desk: AtDesk, world: World) -> None:
    made(GROUPS, world, name="Grill", groupConfig={"members": world.staff_ids[:1]})
    first, second = str(active_version(world.id).id), copied(world)
    version_activate(ChangeRequest(world.system, VersionActivate(second)))
    desk = at_desk(Role.MANAGER)
    (group,) = rows_of(GROUPS, active_version(world.id).id)
    page = page_of(GROUPS, "change")
    fields: dict[str, Any] = {
        **shown(desk, page, group.pk),
        "groupConfig.members": world.staff_ids[:2],
        "description": "",
    }
    desk.send(fields, page, group.pk)
    html = desk.act("compare", "settings_app_configversion_changelist", first, second)
    for text in ("Grill", "groupConfig.members", ", ".join(NAMES[:2])):
        assert text in html


def test_trail__of_an_edit__tells_fields_by_name(at_desk: AtDesk, world: World) -> None:
    row = made(GROUPS, world, name="Grill", groupConfig={"members": world.staff_ids[:1]})
    desk, page = at_desk(Role.MANAGER), page_of(GROUPS, "change")
    desk.send({**shown(desk, page, row["id"]), "groupConfig.members": world.staff_ids[:2]}, page, row["id"])
    address = reverse("admin:settings_app_configversion_trail", args=[world.id])
    html = desk.client.get(address, {"rowId": row["id"], "limit": "1"}).content.decode()
    first, second = NAMES[:2]
    assert f"groupConfig.members:</span> {first} → {first}, {second}" in html
    assert "Grill" in html
    assert f"?rowId={row['id']}&amp;limit=1&amp;cursor=" in html
    assert "Versions" in desk.client.get(address, {"tableName": "config_versions"}).content.decode()
    assert "There is no table nothing" in desk.client.get(address, {"tableName": "nothing"}).content.decode()
