"""A cell's value is spelled once, on the server, by whichever way it came in; what was stored is what everybody is told."""

import json
from typing import Any
from uuid import UUID

import pytest
from django.test import Client as RestClient

from schedules.sql.cells import read_grid
from shiftsync.core.actor import Role
from tests.conftest import Connect
from tests.support.world import World


def rest(world: World, method: str, path: str, body: Any) -> Any:
    headers = {"Authorization": f"Bearer {world.tokens[Role.MANAGER]}"}
    content = json.dumps(body)
    return RestClient().generic(method, f"/api/{path}", content, content_type="application/json", headers=headers)


def type_of(world: World, symbol: str) -> dict[str, Any]:
    listed = rest(world, "GET", "shift-types/", None).json()
    return next(each for each in listed if each["symbol"] == symbol)


@pytest.mark.parametrize(
    ("typed", "stored"), [("✕\ufe0f", "×"), ("休", "×"), (" 早番 ", "△"), ("⭕", "○"), ("本社\u200b", "本社")]
)
def test_cell__typed_by_socket__stored_and_told_as_spelled(
    connect: Connect, world: World, typed: str, stored: str
) -> None:
    author, other, old = connect(), connect(), connect(v2=False)
    acknowledged = author.ack("SHIFT_UPDATE", world.edit(0, "08-01", typed))
    assert acknowledged["result"]["shiftValue"] == stored
    for client in (author, other, old):
        assert client.expect("SHIFT_BROADCAST")["payload"]["shiftValue"] == stored
    assert read_grid(UUID(world.schedule_id))[0] == world.grid({0: {"08-01": stored}})
    old.send("SHIFT_UPDATE", world.edit(0, "08-01", typed))
    assert old.expect("SHIFT_BROADCAST")["payload"]["shiftValue"] == stored


def test_cells__in_bulk_and_by_rest__stored_and_told_as_spelled(connect: Connect, world: World) -> None:
    client = connect()
    client.ack(
        "SHIFT_BULK_UPDATE",
        {"scheduleId": world.schedule_id, "scheduleData": world.grid({0: {"08-01": "Ｘ", "08-02": "出"}})},
    )
    told = client.expect("SHIFT_BULK_BROADCAST")["payload"]["changes"]
    assert [each["shiftValue"] for each in told] == ["×", "○"]
    done = rest(
        world, "PATCH", f"schedules/{world.schedule_id}/cells/", {"scheduleData": world.grid({1: {"08-01": "☆"}})}
    )
    assert done.status_code == 200
    one = rest(
        world, "PUT", f"schedules/{world.schedule_id}/cells/{world.staff_ids[2]}/2025-08-01/", {"shiftValue": "◆"}
    )
    assert one.json()["result"]["shiftValue"] == "◇"
    expected = {0: {"08-01": "×", "08-02": "○"}, 1: {"08-01": "★"}, 2: {"08-01": "◇"}}
    assert read_grid(UUID(world.schedule_id))[0] == world.grid(expected)


@pytest.mark.parametrize("value", [7, True, 1.5, ["×"], {"a": 1}, "×\x0b", "\ufffe"])
def test_cell__no_text__refused_naming_the_field(connect: Connect, world: World, value: Any) -> None:
    client = connect()
    refused = client.request("SHIFT_UPDATE", {**world.edit(0, "08-01", ""), "shiftValue": value})
    assert refused["type"] == "ERROR"
    assert list(refused["payload"]["details"]) == ["shiftValue"]
    path = f"schedules/{world.schedule_id}/cells/{world.staff_ids[0]}/2025-08-01/"
    answer = rest(world, "PUT", path, {"shiftValue": value})
    assert (answer.status_code, list(answer.json()["details"])) == (400, ["shiftValue"])


def test_alias__set__means_the_type_from_then_on(connect: Connect, world: World) -> None:
    client = connect()
    off = type_of(world, "×")
    client.ack("SHIFT_UPDATE", world.edit(0, "08-01", "やすみ"))
    assert client.expect("SHIFT_BROADCAST")["payload"]["shiftValue"] == "やすみ"
    changed = {"shiftTypeId": off["id"], "changes": {"aliases": [*off["aliases"], " やすみ ", "やすみ"]}}
    result = client.ack("SHIFT_TYPE_UPDATE", changed)["result"]
    assert result["shiftType"]["aliases"] == [*off["aliases"], "やすみ"]
    client.ack("SHIFT_UPDATE", world.edit(0, "08-02", "やすみ"))
    assert client.expect("SHIFT_BROADCAST")["payload"]["shiftValue"] == "×"


@pytest.mark.parametrize("alias", ["×", "休", "公休"])
def test_alias__of_another_type__refused_naming_both(connect: Connect, world: World, alias: str) -> None:
    client = connect()
    changes = {"shiftTypeId": type_of(world, "△")["id"], "changes": {"aliases": [alias]}}
    refused = client.request("SHIFT_TYPE_UPDATE", changes)["payload"]
    assert list(refused["details"]) == ["aliases"]
    assert "△" in refused["message"]
    assert "×" in refused["message"]


def test_symbol__of_ones_own__wins_over_words_and_lookalikes(connect: Connect, world: World) -> None:
    client = connect()
    for symbol in ("有", "X"):
        client.ack("SHIFT_TYPE_CREATE", {"symbol": symbol, "kind": "special"})
    for day, typed, stored in (("08-01", "有", "有"), ("08-02", "ｘ", "X"), ("08-03", "✕", "×")):
        assert client.ack("SHIFT_UPDATE", world.edit(0, day, typed))["result"]["shiftValue"] == stored


def test_renamed__its_old_symbol_and_lookalikes__still_mean_it_at_every_door(connect: Connect, world: World) -> None:
    client, old = connect(), connect(v2=False)
    work = type_of(world, "○")
    renamed = client.ack("SHIFT_TYPE_UPDATE", {"shiftTypeId": work["id"], "changes": {"symbol": "出"}})["result"]
    assert renamed["shiftType"]["aliases"] == [each for each in (*work["aliases"], "○") if each != "出"]
    for day, typed in (("08-01", "○"), ("08-02", "◯"), ("08-03", "⭕\ufe0f"), ("08-04", "出勤")):
        assert client.ack("SHIFT_UPDATE", world.edit(0, day, typed))["result"]["shiftValue"] == "出"
    old.send("SHIFT_UPDATE", world.edit(0, "08-05", "○"))
    old.settled()
    path = f"schedules/{world.schedule_id}/cells/"
    assert rest(world, "PATCH", path, {"scheduleData": world.grid({0: {"08-06": "〇"}})}).status_code == 200
    importing = {"table": [["", "8/7"], ["田中", "Ｏ"]], "confirmed": True}
    assert rest(world, "POST", f"schedules/{world.schedule_id}/import/", importing).status_code == 200
    assert set(read_grid(UUID(world.schedule_id))[0][world.staff_ids[0]].values()) == {"出"}
    back = client.ack("SHIFT_TYPE_UPDATE", {"shiftTypeId": work["id"], "changes": {"symbol": "○"}})["result"]
    assert back["shiftType"]["aliases"] == ["出勤", "出"]


def test_renamed__its_old_symbol_means_another_type__is_no_alias(connect: Connect, world: World) -> None:
    client = connect()
    early = type_of(world, "△")
    made = client.ack("SHIFT_TYPE_CREATE", {"symbol": "昼", "kind": "special", "aliases": ["ランチ"]})["result"]
    for symbol, aliases in (("ランチ２", ["昼"]), ("早", ["昼", "△"])):
        row = made["shiftType"] if symbol == "ランチ２" else early
        told = client.ack("SHIFT_TYPE_UPDATE", {"shiftTypeId": row["id"], "changes": {"symbol": symbol}})["result"]
        assert aliases[-1] in told["shiftType"]["aliases"]
    taken = client.ack("SHIFT_TYPE_CREATE", {"symbol": "△", "kind": "early"})["result"]["shiftType"]
    assert client.ack("SHIFT_UPDATE", world.edit(0, "08-01", "△"))["result"]["shiftValue"] == "△"
    assert client.ack("SHIFT_UPDATE", world.edit(0, "08-02", "▲"))["result"]["shiftValue"] == "△"
    gone = client.ack("SHIFT_TYPE_UPDATE", {"shiftTypeId": taken["id"], "changes": {"symbol": "朝"}})["result"]
    assert gone["shiftType"]["aliases"] == [], "△ is a word for 早 already"
    said = {"shiftTypeId": taken["id"], "changes": {"symbol": "モ", "aliases": []}}
    assert client.ack("SHIFT_TYPE_UPDATE", said)["result"]["shiftType"]["aliases"] == ["朝"]


@pytest.mark.parametrize("symbol", ["×\u200b", "\u2060×", " ×\ufeff "])
def test_symbol__another_with_something_that_nobody_sees__is_refused(
    connect: Connect, world: World, symbol: str
) -> None:
    client = connect()
    for type, payload in (
        ("SHIFT_TYPE_CREATE", {"symbol": symbol, "kind": "late"}),
        ("SHIFT_TYPE_UPDATE", {"shiftTypeId": type_of(world, "△")["id"], "changes": {"symbol": symbol}}),
    ):
        refused = client.request(type, payload)
        assert (refused["type"], list(refused["payload"]["details"])) == ("ERROR", ["symbol"])
    made = client.ack("SHIFT_TYPE_CREATE", {"symbol": "深\u200b", "kind": "late"})["result"]["shiftType"]
    assert made["symbol"] == "深"
    refused = client.request("SHIFT_TYPE_CREATE", {"symbol": "\u200b", "kind": "late"})
    assert list(refused["payload"]["details"]) == ["symbol"]
