"""Whom a priority rule is about, as clients old and new say it, and as every reader gets it."""

from typing import Any
from uuid import uuid4

import pytest

from settings_app.models import PriorityRule
from settings_app.services.rows import RowWrite, row_save
from shiftsync.realtime.stream.requests import ChangeRequest
from tests.conftest import Connect
from tests.support.client import Client
from tests.support.world import World

OFF = {"ruleType": "required_off", "daysOfWeek": [1]}
NOBODY = {**OFF, "staffIds": [], "aboutNobody": True}


def sent(client: Client, rule: dict[str, Any]) -> dict[str, Any]:
    """The answer to a whole rule."""
    return dict(client.ack("SETTINGS_UPDATE_PRIORITY_RULES", {"rule": rule})["result"])


def definition_of(client: Client, rule_id: str) -> Any:
    rules = client.request("SETTINGS_SYNC_REQUEST", {})["payload"]["settings"]["priorityRules"]
    return next(rule["ruleDefinition"] for rule in rules if rule["id"] == rule_id)


def test_rule__of_one_person__is_about_that_person_for_every_client(connect: Connect, world: World) -> None:
    person = world.staff_ids[0]
    for version, client in ((1, connect(v2=False)), (2, connect())):
        flat, nested = str(uuid4()), str(uuid4())
        sent(client, {"id": flat, "name": "", "staffId": person, **OFF})
        sent(client, {"id": nested, "name": "", "ruleDefinition": {**OFF, "staff_id": person}})
        for each in (flat, nested):
            assert definition_of(client, each) == {**OFF, "staffIds": [person]}, version


@pytest.mark.parametrize(
    "given", [{"staffId": ""}, {"staffIds": []}, {"staffIds": None}, {"ruleDefinition": {**OFF, "staffIds": []}}]
)
def test_rule__of_a_version_1_client_without_people__is_about_nobody(
    connect: Connect, world: World, given: dict[str, Any]
) -> None:
    client, other, rule_id = connect(v2=False), connect(), str(uuid4())
    answer = sent(client, {"id": rule_id, "name": "new", **OFF, **given})

    assert answer["createdRule"]["ruleDefinition"] == NOBODY
    assert "applies to nobody" in answer["warnings"][0]
    assert definition_of(other, rule_id) == NOBODY

    sent(client, {"id": rule_id, "staffIds": [world.staff_ids[1]]})
    assert definition_of(other, rule_id) == {**OFF, "staffIds": [world.staff_ids[1]]}
    client.ack("SETTINGS_UPDATE_PRIORITY_RULES", {"ruleId": rule_id, "changes": {"staffIds": []}})
    assert definition_of(other, rule_id) == NOBODY


@pytest.mark.parametrize(
    "without",
    [
        {"staffIds": None},
        {"ruleDefinition": {**OFF, "staffIds": None}},
        {"staffIds": None, "ruleDefinition": {**OFF, "staffIds": None}},
        {"staffId": "", "staffIds": [], "ruleDefinition": OFF},
        {"ruleDefinition": OFF},
    ],
)
def test_rule__whose_people_a_version_1_client_takes_away__is_about_nobody(
    connect: Connect, world: World, without: dict[str, Any]
) -> None:
    client, other, rule_id = connect(v2=False), connect(), str(uuid4())
    sent(client, {"id": rule_id, "name": "one", "staffId": world.staff_ids[0], **OFF})

    sent(client, {"id": rule_id, "name": "one", **without})
    assert definition_of(other, rule_id) == NOBODY


def test_rule__about_everybody__stays_so_when_a_version_1_client_echoes_it(connect: Connect, world: World) -> None:
    client, new = connect(v2=False), connect()
    rule = new.ack("SETTINGS_CREATE_PRIORITY_RULE", {"rule": {"name": "all", **OFF, "staffIds": []}})["result"]
    before = world.position.version
    sent(client, {**rule["createdRule"], "staffIds": []})

    assert definition_of(new, rule["createdRule"]["id"]) == {**OFF, "staffIds": []}
    assert world.position.version == before


def test_rule__stored_in_the_older_spelling__is_read_in_that_of_today(connect: Connect, world: World) -> None:
    rule = row_save(ChangeRequest(world.system, RowWrite("priority_rules", {"name": "old"}))).result["createdRule"]
    person = world.staff_ids[0]
    older = {"type": "avoid_shift", "staff_ids": [person], "conditions": {"shift_type": "late", "day_of_week": 0}}
    PriorityRule.objects.filter(id=rule["id"]).update(rule_definition=older)
    today = {"ruleType": "avoid_shift", "staffIds": [person], "shiftType": "late", "daysOfWeek": [0]}
    client = connect(v2=False)

    assert definition_of(client, rule["id"]) == today
    before = world.position.version
    sent(client, {**rule, "ruleDefinition": today})
    assert world.position.version == before
    sent(client, {"id": rule["id"], "shiftType": "early"})
    assert definition_of(client, rule["id"]) == {**today, "shiftType": "early"}
