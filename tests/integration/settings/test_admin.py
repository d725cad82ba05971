"""Every settings table in the admin: real fields for every key, unknown keys kept, told to sockets."""

from typing import Any

import pytest
from django.urls import reverse

from settings_app.models import ConfigVersion
from settings_app.rules.table import SettingsTable
from settings_app.selectors.rows import all_rows
from settings_app.tables import model_of
from shiftsync.core.actor import Role
from tests.conftest import Connect
from tests.contract.settings.samples import TABLES, UNKNOWN, config_of, made, number_in, sample_row
from tests.integration.admin.conftest import AtDesk, Desk
from tests.support.world import World

every_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.key)


def page_of(table: SettingsTable, page: str) -> str:
    """The name of a page of the table."""
    meta = model_of(table)._meta
    return f"{meta.app_label}_{meta.model_name}_{page}"


def shown(desk: Desk, page: str, *args: Any) -> dict[str, Any]:
    """What a browser would send of a form that nobody touched."""
    response = desk.client.get(reverse(f"admin:{page}", args=args))
    assert response.status_code == 200, response.content[:500]
    form = response.context["adminform"].form
    sent: dict[str, Any] = {}
    for name, field in form.fields.items():
        value = field.prepare_value(form[name].value())
        hidden = value if field.show_hidden_initial else None
        for key, each in ((name, value), (f"initial-{name}", hidden)):
            if each is not None and each is not False:
                sent[key] = "on" if each is True and key == name and "Null" not in type(field).__name__ else each
    return sent


@pytest.fixture
def desk(at_desk: AtDesk) -> Desk:
    return at_desk(Role.MANAGER)


@every_table
def test_change__one_field__keeps_all_others(desk: Desk, connect: Connect, world: World, table: SettingsTable) -> None:
    row = made(table, world)
    client = connect()
    page = page_of(table, "change")
    fields = {**shown(desk, page, row["id"]), "description": "by form"}
    expected = {**{name: row[name] for name in table.row.fields}, "description": "by form"}
    config = config_of(table)
    if config is not None:
        name, key = config[0], str(number_in(config[1]))
        fields[f"{name}.{key}"] = ""
        expected[name] = {other: value for other, value in row[name].items() if other != key}
    desk.send(fields, page, row["id"])
    told = client.expect(table.names.update_type)["payload"][table.names.updated_key]
    assert {name: told[name] for name in table.row.fields} == expected
    for name in table.configs:
        assert {key: told[name][key] for key in UNKNOWN} == dict(UNKNOWN)


@every_table
def test_change__nothing__takes_no_version(desk: Desk, world: World, table: SettingsTable) -> None:
    row = made(table, world)
    before = world.position.version
    page = page_of(table, "change")
    desk.send(shown(desk, page, row["id"]), page, row["id"])
    assert world.position.version == before


@every_table
def test_add__a_row__goes_into_the_active_version(
    desk: Desk, connect: Connect, world: World, table: SettingsTable
) -> None:
    page = page_of(table, "add")
    given = {
        f"{name.removesuffix('Id')}": value
        for name, value in sample_row(table, world).items()
        if name in table.row.references
    }
    client = connect()
    fields = {**shown(desk, page), "restaurant": str(world.id), "name": "by form", **given}
    desk.send(fields, page)
    told = client.expect(table.names.create_type)["payload"][table.names.created_key]
    assert told["name"] == "by form"
    assert ConfigVersion.objects.get(id=told["versionId"]).is_active is True


@every_table
def test_actions__out_of_use_and_back__are_changes(
    desk: Desk, connect: Connect, world: World, table: SettingsTable
) -> None:
    row = made(table, world)
    client = connect()
    desk.act("deactivate", page_of(table, "changelist"), row["id"])
    assert client.expect(table.names.delete_type)["payload"][table.names.id_key] == row["id"]
    desk.act("restore", page_of(table, "changelist"), row["id"], among="deleted=only")
    assert client.expect(table.names.update_type)["payload"][table.names.updated_key]["isActive"] is True
    if table.hard_delete:
        desk.act("deactivate", page_of(table, "changelist"), row["id"])
        desk.act("hard_delete", page_of(table, "changelist"), row["id"], among="deleted=only")
        assert not all_rows(table, world.id).filter(id=row["id"]).exists()


@every_table
def test_form__bad_value__is_told_at_its_field(desk: Desk, world: World, table: SettingsTable) -> None:
    config = config_of(table)
    row = made(table, world)
    page = page_of(table, "change")
    name = f"{config[0]}.{number_in(config[1])}" if config else "name"
    errors, _ = desk.refused({**shown(desk, page, row["id"]), name: "-1" if config else "x" * 201}, page, row["id"])
    assert list(errors) == [name]


def test_versions__activate_compare_lock_and_reset__by_action(at_desk: AtDesk, connect: Connect, world: World) -> None:
    manager, owner, client = at_desk(Role.MANAGER), at_desk(Role.OWNER), connect()
    page = "settings_app_configversion_changelist"
    first = ConfigVersion.objects.get(restaurant=world.restaurant)
    add = "settings_app_configversion_add"
    manager.send({**manager.form(add), "restaurant": str(world.id), "name": "copy"}, add)
    copy = ConfigVersion.objects.get(restaurant=world.restaurant, name="copy")
    manager.act("activate", page, copy.id)
    assert client.expect("SETTINGS_ACTIVATE_VERSION")["payload"]["version"]["id"] == str(copy.id)
    assert "The two versions are alike." in manager.act("compare", page, first.id, copy.id)
    assert "have permission" in manager.act("lock", page, copy.id)
    owner.act("lock", page, copy.id)
    assert client.expect("SETTINGS_LOCK_VERSION")["payload"]["version"]["isLocked"] is True
    owner.act("reset", page, copy.id)
    assert client.expect("SETTINGS_SYNC_RESPONSE")["payload"]["reset"] is True


def test_trail__of_ones_own_restaurant__shows_and_restores(at_desk: AtDesk, other_world: World, world: World) -> None:
    row, desk = made(TABLES[0], world), at_desk(Role.MANAGER)
    url = reverse("admin:settings_app_configversion_trail", args=[world.id])
    html = desk.client.get(url, {"rowId": row["id"]}).content.decode()
    assert "INSERT" in html
    change_id = html.split('name="change_id" value="')[1].split('"')[0]
    assert desk.client.post(url, {"change_id": change_id}).status_code == 302
    assert all_rows(TABLES[0], world.id).get(id=row["id"]).is_active is False
    foreign = reverse("admin:settings_app_configversion_trail", args=[other_world.id])
    assert desk.client.get(foreign).status_code == 302
