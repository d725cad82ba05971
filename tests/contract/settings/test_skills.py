"""Skills on the socket: who hears of them, what a need may say of one, and that the needs of a copy ask for the skills of the copy."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from settings_app.services.rows import RowWrite, row_save
from shiftsync.realtime.stream.requests import ChangeRequest
from tests.conftest import Connect
from tests.contract.settings.version_1 import asked
from tests.support.client import Client
from tests.support.world import World, make_world

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


@pytest.mark.parametrize("spell", [str.upper, lambda id: id.replace("-", ""), "{{{}}}".format, "urn:uuid:{}".format])
def test_ids__in_another_spelling__are_kept_as_the_rows_have_them(
    connect: Connect, world: World, spell: Callable[[str], str]
) -> None:
    client, person = connect(), world.staff_ids[0]
    named = {"level1": [spell(person)], "dated": [{"staffId": spell(person), "level": 2}]}
    skill = client.ack("SETTINGS_CREATE_SKILL", {"skill": {"name": "調理", "skillConfig": named}})["result"][
        "createdSkill"
    ]
    asked_for = asking({"id": spell(skill["id"])})
    need = client.ack("SETTINGS_CREATE_STAFFING_NEED", {"need": asked_for})["result"]["createdNeed"]
    again = {"skillId": skill["id"], "changes": {"skillConfig": {"level3": [spell(person)]}}}
    changed = client.ack("SETTINGS_UPDATE_SKILLS", again)["result"]["updatedSkill"]["skillConfig"]

    assert need["needConfig"]["skillId"] == skill["id"]
    assert skill["skillConfig"] == {"level1": [person], "dated": [{"staffId": person, "level": 2}]}
    assert changed == {"level3": [person]}


def of_another_restaurant(world: World) -> tuple[str, str]:
    """A person and a skill that are there, but not here."""
    other = make_world("Elsewhere")
    skill = {"name": "調理", "skillConfig": {"level1": [other.staff_ids[0]]}}
    stored = row_save(ChangeRequest(other.system, RowWrite("skills", skill))).result["createdSkill"]
    return other.staff_ids[0], str(stored["id"])


def refusal(client: Client, message: str, **payload: Any) -> Row:
    told: Row = client.request(message, payload)["payload"]
    return dict(told["details"])


GONE = ["refers to a row that does not exist"]


@pytest.mark.parametrize("is_foreign", [False, True])
def test_skill__of_somebody_who_is_not_here__is_refused_at_their_place(
    connect: Connect, world: World, is_foreign: bool
) -> None:
    client = connect()
    stranger = of_another_restaurant(world)[0] if is_foreign else str(uuid4())
    config = {
        "level2": [world.staff_ids[0], stranger],
        "dated": [{"staffId": stranger, "level": 1}, {"staffId": world.staff_ids[1], "level": 3}],
    }
    known = added(client, world)
    new = refusal(client, "SETTINGS_CREATE_SKILL", skill={"name": "会計", "skillConfig": config})
    old = refusal(client, "SETTINGS_UPDATE_SKILLS", skillId=known["id"], changes={"skillConfig": config})

    assert new == old == {"skillConfig.level2[1]": GONE, "skillConfig.dated[0].staffId": GONE}


@pytest.mark.parametrize("is_foreign", [False, True])
def test_need__with_a_skill_that_is_not_here__is_refused(connect: Connect, world: World, is_foreign: bool) -> None:
    client = connect()
    lost = {"id": of_another_restaurant(world)[1] if is_foreign else str(uuid4())}
    need = client.ack("SETTINGS_CREATE_STAFFING_NEED", {"need": asking(added(client, world))})["result"]
    changes = {"needConfig": asking(lost)["needConfig"]}
    new = refusal(client, "SETTINGS_CREATE_STAFFING_NEED", need=asking(lost))
    old = refusal(client, "SETTINGS_UPDATE_STAFFING_NEEDS", needId=need["createdNeed"]["id"], changes=changes)

    assert new == old == {"needConfig.skillId": GONE}


def test_need__whose_skill_was_deleted__may_be_edited_and_no_other_may_name_it(connect: Connect, world: World) -> None:
    client = connect()
    skill = added(client, world)
    need = client.ack("SETTINGS_CREATE_STAFFING_NEED", {"need": asking(skill)})["result"]["createdNeed"]
    client.ack("SETTINGS_DELETE_SKILL", {"skillId": skill["id"]})
    changes = {"needConfig": {**need["needConfig"], "minLevel": 2}}
    client.ack("SETTINGS_UPDATE_STAFFING_NEEDS", {"needId": need["id"], "changes": changes})

    assert refusal(client, "SETTINGS_CREATE_STAFFING_NEED", need=asking(skill)) == {"needConfig.skillId": GONE}


def test_skill__levels_for_a_time__are_judged_one_by_one_and_kept(connect: Connect, world: World) -> None:
    client = connect()
    first, second = world.staff_ids[:2]
    kept = [
        {"staffId": first, "level": 1, "from": None, "until": "2026-06-30"},
        {"staffId": second, "level": 3, "from": "2026-07-01"},
    ]
    wrong = [{"staffId": first, "level": 4}, {"level": 1}, {"staffId": first, "level": 1, "from": "June"}]
    turned = [*kept, {"staffId": first, "level": 1, "from": "2026-07-02", "until": "2026-07-01"}]
    stored = client.ack("SETTINGS_CREATE_SKILL", {"skill": {"name": "調理", "skillConfig": {"dated": kept}}})["result"]

    assert stored["createdSkill"]["skillConfig"]["dated"] == kept
    assert list(refusal(client, "SETTINGS_CREATE_SKILL", skill={"name": "a", "skillConfig": {"dated": wrong}})) == [
        "skillConfig.dated[0].level",
        "skillConfig.dated[1].staffId",
        "skillConfig.dated[2].from",
    ]
    assert refusal(client, "SETTINGS_CREATE_SKILL", skill={"name": "a", "skillConfig": {"dated": turned}}) == {
        "skillConfig.dated[2].until": ["must not be before from (2026-07-02)"]
    }


def test_need__hours__are_two_times_and_never_of_days_off(connect: Connect, world: World) -> None:
    client = connect()

    def need(**config: Any) -> Row:
        return {"name": "昼", "needConfig": config}

    def refused(**config: Any) -> Row:
        return refusal(client, "SETTINGS_CREATE_STAFFING_NEED", need=need(**config))

    hours = {"from": "22:00", "until": "02:00"}
    stored = client.ack("SETTINGS_CREATE_STAFFING_NEED", {"need": need(**hours)})["result"]["createdNeed"]

    assert stored["needConfig"] == hours
    assert refused(**{"from": "11:00"}) == {"needConfig.until": ["is required beside from"]}
    assert refused(until="11:00") == {"needConfig.from": ["is required beside until"]}
    assert refused(**{"from": "11:60", "until": "24:00"}) == {
        f"needConfig.{name}": ["must be a time (HH:MM) from 00:00 to 23:59"] for name in ("from", "until")
    }
    assert refused(**hours, shiftType="off") == {
        "needConfig.from": ["must not be set for days off, which have no hours"]
    }
