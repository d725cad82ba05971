"""Version 1 clients that keep the staff of all periods: what they keep stays true."""

from typing import Any

from shiftsync.core.actor import Role
from tests.conftest import Connect
from tests.support.client import Client
from tests.support.world import World

WHOLE = "SYNC_ALL_PERIODS_RESPONSE"
SEPTEMBER = {"year": 2025, "month": 9}


def names(message: dict[str, Any]) -> dict[str, list[str]]:
    """Who is in which period."""
    return {index: [member["name"] for member in staff] for index, staff in message["payload"]["periods"].items()}


def told(client: Client) -> list[str]:
    return [message["type"] for message in client.settled()]


def test_staff_of_all_periods__after_each_change_of_who_is_where__follows(connect: Connect, world: World) -> None:
    editor, heartbeat, other = connect(), connect(v2=False), connect(v2=False)
    editor.ack("PERIOD_CREATE", {})
    heartbeat.send("SYNC_ALL_PERIODS_REQUEST")
    heartbeat.expect(WHOLE)
    heartbeat.settled()
    other.settled()
    first, second, third = world.staff_ids
    created = editor.ack("STAFF_CREATE", {"name": "山田", "startPeriod": SEPTEMBER})
    one, whole = heartbeat.settled()
    assert (one["type"], whole["type"]) == ("STAFF_CREATE", WHOLE)
    assert whole["version"] == created["version"]
    assert names(whole) == {"0": ["田中", "佐藤", "鈴木"], "1": ["田中", "佐藤", "鈴木", "山田"]}
    assert (whole["payload"]["totalPeriods"], whole["clientId"]) == (2, None)
    for type, payload in (
        ("STAFF_UPDATE", {"staffId": first, "changes": {"endPeriod": {"year": 2025, "month": 8, "day": 1}}}),
        ("STAFF_UPDATE", {"staffId": second, "changes": {"startPeriod": SEPTEMBER, "name": "佐藤 花"}}),
        ("STAFF_REORDER", {"staffIds": [third]}),
        ("PERIOD_CREATE", {}),
    ):
        change = editor.ack(type, payload)
        # A period also brings its days: those on which what repeats is closed.
        *others, whole = heartbeat.settled()
        days = ["CALENDAR_SYNC_RESPONSE"] if type == "PERIOD_CREATE" else []
        assert [each["type"] for each in others] == [type, *days]
        assert (whole["type"], whole["version"]) == (WHOLE, change["version"])
    assert names(whole)["1"] == ["鈴木", "佐藤 花", "山田"]
    assert names(whole).keys() == {"0", "1", "2"}
    editor.ack("STAFF_UPDATE", {"staffId": first, "changes": {"position": "寿司"}})
    assert told(heartbeat) == ["STAFF_UPDATE"]
    editor.ack("STAFF_DELETE", {"staffId": third})
    heartbeat.settled()
    editor.ack("STAFF_RESTORE", {"staffId": third})
    assert told(heartbeat) == ["STAFF_RESTORE", WHOLE]
    assert WHOLE not in told(other)
    assert WHOLE not in [message["type"] for message in editor.received]


def test_staff_of_all_periods__who_begins_after_the_last_period__is_there_for_version_2_after_a_reload(
    connect: Connect, world: World
) -> None:
    editor = connect()
    created = editor.ack("STAFF_CREATE", {"name": "山田", "startPeriod": {"year": 2031, "month": 4}})
    editor.send("SYNC_ALL_PERIODS_REQUEST")
    whole = editor.expect(WHOLE)
    assert names(whole) == {"0": ["田中", "佐藤", "鈴木"]}
    assert [(member["id"], member["period"]) for member in whole["payload"]["others"]] == [
        (created["result"]["staff"]["id"], None)
    ]
    version_1 = connect(v2=False)
    version_1.send("SYNC_ALL_PERIODS_REQUEST")
    whole = version_1.expect(WHOLE)
    assert names(whole) == {"0": ["田中", "佐藤", "鈴木"]}
    assert "others" not in whole["payload"]
    viewer = connect(Role.VIEWER)
    viewer.send("SYNC_ALL_PERIODS_REQUEST")
    assert "others" not in viewer.expect(WHOLE)["payload"]


def test_staff_of_all_periods__after_an_own_change__comes_to_its_author_too(connect: Connect, world: World) -> None:
    heartbeat = connect(v2=False)
    heartbeat.send("SYNC_ALL_PERIODS_REQUEST")
    heartbeat.expect(WHOLE)
    for name in ("a", "b", "c"):
        heartbeat.send("STAFF_CREATE", {"name": name, "period": 0}, clientId="me")
    messages = heartbeat.settled()
    created = [message["payload"]["name"] for message in messages if message["type"] == "STAFF_CREATE"]
    assert created == ["a", "b", "c"]
    assert messages[-1]["type"] == WHOLE
    assert names(messages[-1]) == {"0": ["田中", "佐藤", "鈴木", "a", "b", "c"]}


def test_staff_of_all_periods__without_a_period__is_everybody(connect: Connect, world: World) -> None:
    client = connect()
    client.ack("PERIOD_DELETE", {"periodId": world.period_id})
    whole = client.request("SYNC_ALL_PERIODS_REQUEST", {})
    assert names(whole) == {"0": ["田中", "佐藤", "鈴木"]}
    assert whole["payload"]["totalPeriods"] == 0
