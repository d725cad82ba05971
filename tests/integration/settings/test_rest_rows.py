"""Every settings table over REST: the same writes, refusals and events as over the socket."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from settings_app.rules.table import SettingsTable
from settings_app.services.versions import VersionLock, version_lock
from shiftsync.core.actor import Role
from shiftsync.realtime.stream.requests import ChangeRequest
from tests.conftest import Connect
from tests.contract.settings.samples import TABLES, config_of, made, number_in, sample_row
from tests.integration.rest.conftest import Rest
from tests.support.world import World

every_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.key)


@every_table
def test_life_of_a_row__over_rest__heard_by_sockets(
    manager: Rest, connect: Connect, world: World, table: SettingsTable
) -> None:
    given, path, names = sample_row(table, world), f"{table.names.path}/", table.names
    client = connect()
    ack = manager.post(path, given, status=201)
    row = ack["result"][names.created_key]
    assert {name: row[name] for name in given} == given
    assert client.expect(names.create_type)["payload"][names.created_key] == row
    one = f"{path}{row['id']}/"
    assert manager.get(one) == row == next(each for each in manager.get(path) if each["id"] == row["id"])

    changed = manager.patch(one, {"description": "x", "reason": "why"})["result"][names.updated_key]
    assert client.expect(names.update_type)["payload"][names.updated_key] == changed == manager.get(one)
    merged = manager.put(one, {**row, "name": "whole"})["result"][names.updated_key]
    assert (merged["name"], merged["description"]) == ("whole", "x")

    manager.delete(one)
    assert client.expect(names.delete_type)["payload"][names.id_key] == row["id"]
    assert row["id"] not in {each["id"] for each in manager.get(path)}
    assert row["id"] in {each["id"] for each in manager.get(f"{path}?includeDeleted=true")}
    assert manager.post(f"{one}restore/")["result"][names.updated_key]["isActive"] is True
    if table.hard_delete:
        manager.delete(one)
        manager.post(f"{one}hard-delete/")
        manager.refused("get", one, status=404)


@every_table
def test_same_request__by_socket_and_rest__is_one_change(
    manager: Rest, connect: Connect, world: World, table: SettingsTable
) -> None:
    row, request_id, names = made(table, world), str(uuid4()), table.names
    client = connect()
    first = client.ack(names.update_type, {names.row: {"id": row["id"], "description": "x"}}, request_id)
    again = manager.patch(f"{names.path}/{row['id']}/", {"description": "x"}, Idempotency_Key=request_id)
    assert again == first
    other = manager.refused(
        "patch", f"{names.path}/{row['id']}/", {"description": "y"}, status=400, Idempotency_Key=request_id
    )
    assert other["details"].keys() == {"Idempotency-Key"}


@every_table
def test_refusals__over_rest__are_those_of_the_socket(
    manager: Rest, viewer: Rest, world: World, other_world: World, table: SettingsTable
) -> None:
    row, foreign = made(table, world), made(table, other_world)
    path = f"{table.names.path}/"
    one = f"{path}{row['id']}/"
    viewer.refused("patch", one, {"description": "x"}, status=403)
    assert viewer.get(one)["id"] == row["id"]
    for method in ("get", "patch", "delete"):
        manager.refused(method, f"{path}{foreign['id']}/", {} if method == "patch" else None, status=404)
    config = config_of(table)
    bad: dict[str, object] = {"name": 7}
    name = "name"
    if config is not None:
        bad, name = ({config[0]: {number_in(config[1]): -1}}, f"{config[0]}.{number_in(config[1])}")
    assert manager.refused("patch", one, bad, status=400)["details"].keys() == {name}
    manager.patch(one, {"description": "theirs"})
    stale = {"description": "mine", "baseVersion": row["revision"], "strategy": "first_writer_wins"}
    assert manager.refused("patch", one, stale, status=409, X_Client_Id="other")["details"]["items"]
    version_lock(ChangeRequest(world.actor(Role.OWNER), VersionLock(row["versionId"])))
    assert manager.refused("patch", one, {"description": "x"}, status=423)["code"] == "version_locked"
    assert manager.refused("post", path, row, status=423)["code"] == "version_locked"


def test_priority_rule__of_one_person_or_none__over_rest(manager: Rest, world: World) -> None:
    rule = {"name": "Mondays off", "ruleType": "required_off", "daysOfWeek": [1]}
    person = world.staff_ids[0]
    one = manager.post("priority-rules/", {**rule, "staffId": person}, status=201)["result"]["createdRule"]
    nobody = manager.post("priority-rules/", {**rule, "staffId": ""}, status=201)["result"]
    everybody = manager.post("priority-rules/", {**rule, "staffIds": []}, status=201)["result"]["createdRule"]

    assert one["ruleDefinition"]["staffIds"] == [person]
    assert nobody["createdRule"]["ruleDefinition"]["aboutNobody"] is True
    assert "applies to nobody" in nobody["warnings"][0]
    assert "aboutNobody" not in everybody["ruleDefinition"]


@pytest.mark.parametrize("id", [{}, [], 7, 1.5, True, {"a": 1}])
def test_row__whose_id_is_no_text__is_refused_and_makes_nothing(manager: Rest, connect: Connect, id: Any) -> None:
    row = {"id": id, "name": "a"}
    before = manager.get("staff-groups/")
    assert "id" in manager.refused("post", "staff-groups/", row, status=400)["details"]
    for type in ("SETTINGS_CREATE_STAFF_GROUP", "SETTINGS_UPDATE_STAFF_GROUPS"):
        assert "id" in str(connect().request(type, {"group": row})["payload"]["details"]), type
    assert manager.get("staff-groups/") == before


def test_references__however_many__are_looked_up_at_once(manager: Rest) -> None:
    """They are looked up while the restaurant's stream is locked: one query for each would let one request stop everybody."""

    def queries(count: int) -> int:
        row = {"name": "r", "limitConfig": {"scope": "staff_groups", "targetIds": [f"g{n}" for n in range(count)]}}
        with CaptureQueriesContext(connection) as captured:
            manager.post("daily-limits/", row, status=400)
        return len(captured)

    queries(1)  # the first one also reads what is kept afterwards
    assert queries(400) == queries(4)
