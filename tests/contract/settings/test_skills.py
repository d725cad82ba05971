"""Skills on the socket: who hears of them, what a need may say of one, and that the needs of a copy ask for the skills of the copy."""

from typing import Any
from uuid import uuid4

import pytest

from tests.conftest import Connect
from tests.contract.settings.test_version_1_settings import asked
from tests.support.client import Client
from tests.support.world import World

Row = dict[str, Any]


def added(client: Client, world: World) -> Row:
    """A skill of one person."""
    skill = {"id": str(uuid4()), "name": "調理", "skillConfig": {"level1": [world.staff_ids[0]], "level3": []}}
    row: Row = client.ack("SETTINGS_CREATE_SKILL", {"skill": skill})["result"]["createdSkill"]
    return row


def asking(skill: Row, **config: Any) -> Row:
    """A need for that skill."""
    return {"id": str(uuid4()), "name": "夜", "needConfig": {"skillId": skill["id"], **config}}


@pytest.mark.parametrize("as_object", [False, True])
def test_skills__version_1__hears_nothing_of_them(connect: Connect, world: World, as_object: bool) -> None:
    old, new = connect(v2=False), connect()
    question = {"clientId": "client_a"} if as_object else {}
    added(new, world)
    told = asked(old, question)

    assert "skills" not in {**told, **told["settings"]}


def test_need__with_a_skill__is_never_about_too_many(connect: Connect, world: World) -> None:
    client = connect()
    skill = added(client, world)
    refused = client.request("SETTINGS_CREATE_STAFFING_NEED", {"need": asking(skill, tooManyWeight=1)})["payload"]
    wrong = client.request("SETTINGS_CREATE_STAFFING_NEED", {"need": asking(skill, minLevel=4)})["payload"]
    client.ack("SETTINGS_CREATE_STAFFING_NEED", {"need": asking(skill, minLevel=3, tooManyWeight=0)})

    assert refused["details"] == {"needConfig.tooManyWeight": ["must be 0 where a skill is named"]}
    assert list(wrong["details"]) == ["needConfig.minLevel"]


def test_copy__need_with_a_skill__asks_for_the_skill_of_the_copy(connect: Connect, world: World) -> None:
    client = connect()
    client.ack("SETTINGS_CREATE_STAFFING_NEED", {"need": asking(added(client, world))})
    version = client.ack("SETTINGS_CREATE_VERSION", {"name": "copy"})["result"]["version"]["id"]
    settings = client.request("SETTINGS_SYNC_REQUEST", {"versionId": version})["payload"]["settings"]
    (skill,), (need,) = settings["skills"], settings["staffingNeeds"]

    assert need["needConfig"]["skillId"] == skill["id"]
    assert skill["skillConfig"]["level1"] == [world.staff_ids[0]]
