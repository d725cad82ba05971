"""What version 1 clients read and write as one object: the limits of a day, the solver."""

from typing import Any
from uuid import uuid4

from settings_app.rules.v1.ortools import DEFAULTS
from tests.conftest import Connect
from tests.contract.settings.version_1 import A, B, Row, asked, by_id, sent
from tests.support.client import Client
from tests.support.world import World

# --- the limits of a day as one object ---


def test_daily_limits__asked_with_client_id__are_one_object_and_beside_it_rows(connect: Connect, world: World) -> None:
    documented, last = connect(v2=False), connect(v2=False)
    rows = asked(documented)["settings"]["dailyLimits"]
    assert asked(documented, {"clientId": None})["settings"]["dailyLimits"] == rows
    answer = asked(last, {"clientId": B})
    assert answer["dailyLimits"] == rows
    told = answer["settings"]["dailyLimits"]
    assert told == {
        "enabled": True,
        "minOffPerDay": 0, "maxOffPerDay": 5,
        "minEarlyPerDay": 0, "maxEarlyPerDay": 3,
        "minLatePerDay": 0, "maxLatePerDay": 3,
        "staffTypeLimits": {},
    }  # fmt: skip
    edit = {"limitId": rows[0]["id"], "changes": {"description": "x"}}
    sent(documented, "SETTINGS_UPDATE_DAILY_LIMITS", edit)
    sync = last.expect("SETTINGS_SYNC_RESPONSE")["payload"]
    assert sync["settings"]["dailyLimits"] == told
    assert sync["settings"]["staffTypeLimits"] == {}
    assert isinstance(sync["dailyLimits"], list)
    assert isinstance(asked(last)["settings"]["dailyLimits"], list)


def test_daily_limits__edited_as_one_object__changes_the_rows_of_what_differs(connect: Connect, world: World) -> None:
    client, rows_reader, new = connect(v2=False), connect(v2=False), connect()
    told = asked(client, {"clientId": A})["settings"]["dailyLimits"]
    start = world.position.version

    def saved(**changes: Any) -> Row:
        sync = sent(client, "SETTINGS_UPDATE_DAILY_LIMITS", {"limit": {**told, **changes}})
        assert sync["type"] == "SETTINGS_SYNC_RESPONSE", sync
        assert sync["payload"]["updated"] == "daily_limits"
        settings = sync["payload"]["settings"]
        assert settings["staffTypeLimits"] == settings["dailyLimits"]["staffTypeLimits"]
        told.update(settings["dailyLimits"])
        return {**told, "rows": sync["payload"]["dailyLimits"]}

    assert saved()["rows"]
    assert world.position.version == start
    # One bound is an update of its row, as version 2 knows it.
    assert saved(maxOffPerDay=4)["maxOffPerDay"] == 4
    assert new.expect("SETTINGS_UPDATE_DAILY_LIMITS")["payload"]["updatedLimit"]["limitConfig"]["maxCount"] == 4
    assert rows_reader.expect("SETTINGS_SYNC_RESPONSE")["payload"]["updated"] == "daily_limits"
    # Several are one change.
    now = saved(maxEarlyPerDay=2, minWorkingStaffPerDay=5, minLatePerDay=1)
    assert (now["maxEarlyPerDay"], now["minWorkingStaffPerDay"], now["minLatePerDay"]) == (2, 5, 1)
    assert world.position.version == start + 2
    whole = new.expect("SETTINGS_SYNC_RESPONSE")
    assert whole["version"] == start + 2
    assert whole["payload"]["revision"] == start + 2
    assert by_id(whole["payload"]["settings"]["dailyLimits"]) == by_id(
        new.request("SETTINGS_SYNC_REQUEST", {})["payload"]["dailyLimits"]
    )
    assert rows_reader.expect("SETTINGS_SYNC_RESPONSE")["payload"]["updated"] == "daily_limits"
    assert "Daily limit: any" in [row["name"] for row in now["rows"]]
    # A bound that is cleared.
    assert "maxOffPerDay" not in sent_clear(client, told)["payload"]["settings"]["dailyLimits"]
    # Limits of a status.
    limits = {"社員": {"maxOff": 2, "maxEarly": 1, "isHard": True, "penaltyWeight": 12}, "派遣": {"minOff": 1}}
    now = saved(staffTypeLimits=limits)
    assert now["staffTypeLimits"] == {
        "社員": limits["社員"],
        "派遣": {"minOff": 1, "isHard": False, "penaltyWeight": 1.0},
    }
    assert len([row for row in now["rows"] if row["limitConfig"].get("scope") == "staff_status"]) == 3
    assert saved(staffTypeLimits={"派遣": {"minOff": 2}})["staffTypeLimits"]["派遣"]["minOff"] == 2
    assert set(told["staffTypeLimits"]) == {"派遣"}
    # Out of use, and in use again.
    before = dict(told)
    off = saved(enabled=False)
    assert {key: off[key] for key in before} == {**before, "enabled": False}
    assert [row["name"] for row in off["rows"]] == ["Daily limit: 派遣 off"]
    assert saved(minOffPerDay=1)["enabled"] is False
    assert asked(client, {"clientId": A})["settings"]["dailyLimits"]["enabled"] is False
    on = saved(enabled=True)
    assert {key: on[key] for key in before} == {**before, "minOffPerDay": 1}
    assert len(on["rows"]) == 5


def sent_clear(client: Client, told: Row) -> Row:
    """Clears a bound."""
    sync = sent(client, "SETTINGS_UPDATE_DAILY_LIMITS", {"limit": {**told, "maxOffPerDay": None}})
    del told["maxOffPerDay"]
    return sync


def test_daily_limits__object_that_is_wrong__is_refused_by_its_own_keys(connect: Connect, world: World) -> None:
    client, new = connect(v2=False), connect()
    before = world.position.version
    for limit, field in (
        ({"maxOffPerDay": -1}, "maxOffPerDay"),
        ({"minOffPerDay": 6}, "minOffPerDay"),
        ({"staffTypeLimits": {"社員": {"maxOff": "two"}}}, "staffTypeLimits.社員.maxOff"),
        ({"staffTypeLimits": {"社員": {"minEarly": 3, "maxEarly": 1}}}, "staffTypeLimits.社員.minEarly"),
        ({"enabled": "no"}, "enabled"),
    ):
        error = sent(client, "SETTINGS_UPDATE_DAILY_LIMITS", {"limit": limit})["payload"]
        assert (error["code"], list(error["details"])) == ("validation_error", [field]), error
    refused = new.request("SETTINGS_UPDATE_DAILY_LIMITS", {"limit": {"maxOffPerDay": 3}})
    assert refused["payload"]["code"] == "validation_error"
    assert world.position.version == before


def test_daily_limits__row_shaped_updates__are_still_rows(connect: Connect, world: World) -> None:
    client = connect(v2=False)
    rows = asked(client, {"clientId": A})["dailyLimits"]
    whole = {**rows[0], "limitConfig": {**rows[0]["limitConfig"], "maxCount": 7}}
    for payload in ({"limit": whole}, {"limitId": rows[0]["id"], "changes": {"maxCount": 8}}):
        sync = sent(client, "SETTINGS_UPDATE_DAILY_LIMITS", payload)
        count = (payload.get("limit") or {"limitConfig": payload.get("changes")})["limitConfig"]["maxCount"]
        assert by_id(sync["payload"]["dailyLimits"])[rows[0]["id"]]["limitConfig"]["maxCount"] == count
    new = {"name": "new", "limitConfig": {"shiftType": "early", "maxCount": 1}}
    assert sent(client, "SETTINGS_UPDATE_DAILY_LIMITS", {"limit": new})["payload"]["dailyLimits"][0]["name"] == "new"


# --- the solver under its other name ---


def test_ortools_config__saved__survives_a_reload(connect: Connect, world: World) -> None:
    client, other, new = connect(v2=False), connect(v2=False), connect()
    told = asked(client)["settings"]["ortoolsConfig"]
    (row,) = asked(client)["mlModelConfigs"]
    assert told == {"id": row["id"], **DEFAULTS}
    chosen = {
        "preset": "strict",
        "penaltyWeights": {**told["penaltyWeights"], "staffGroup": 150},
        "solverSettings": {"timeout": 60, "numWorkers": 2},
        "hardConstraints": {**told["hardConstraints"], "dailyLimits": True},
    }
    before = world.position.version
    sync = sent(client, "SETTINGS_UPDATE_ORTOOLS_CONFIG", {"config": chosen})
    assert sync["payload"]["updated"] == "ortools_solver_config"
    assert sync["payload"]["settings"]["ortoolsConfig"] == {**told, **chosen}
    assert other.expect("SETTINGS_SYNC_RESPONSE")["payload"]["settings"]["ortoolsConfig"] == {**told, **chosen}
    config = new.expect("SETTINGS_UPDATE_ML_CONFIG")["payload"]["updatedConfig"]
    assert config["parameters"] == {
        **row["parameters"],
        "timeLimitSeconds": 60,
        "workers": 2,
        "penaltyWeights": {"staffGroup": 150},
    }
    again = sent(client, "SETTINGS_UPDATE_ORTOOLS_CONFIG", {"config": {**told, **chosen, "id": str(uuid4())}})
    assert again["payload"]["updated"] == "ortools_solver_config"
    assert asked(other)["settings"]["ortoolsConfig"] == {**told, **chosen}
    assert world.position.version == before + 1
    error = sent(client, "SETTINGS_UPDATE_ORTOOLS_CONFIG", {"config": {"solverSettings": {"timeout": -1}}})["payload"]
    assert list(error["details"]) == ["solverSettings.timeout"]
    assert new.request("SETTINGS_UPDATE_ORTOOLS_CONFIG", {"config": chosen})["payload"]["code"] == "unknown_type"


# --- whose a sync is ---


def test_own_sync__after_anothers__is_nobodys_once(connect: Connect, world: World) -> None:
    first, second, viewer = connect(v2=False), connect(v2=False), connect(v2=False)
    rows = asked(first)["settings"]["dailyLimits"]
    asked(second)

    def edited(client: Client, name: str, text: str) -> list[str | None]:
        """Whose the sync of that edit is to its author, and to the other two."""
        client.send(
            "SETTINGS_UPDATE_DAILY_LIMITS", {"limitId": rows[0]["id"], "changes": {"description": text}}, clientId=name
        )
        others = [each for each in (first, second, viewer) if each is not client]
        return [each.expect("SETTINGS_SYNC_RESPONSE")["clientId"] for each in (client, *others)]

    assert edited(first, A, "1") == [A, A, A]
    assert edited(first, A, "2") == [A, A, A]
    assert edited(second, B, "3") == [None, B, B]
    assert edited(second, B, "4") == [B, B, B]
    assert edited(first, A, "5") == [None, A, A]
    assert edited(first, A, "6") == [A, A, A]
