"""When a shift type is worked may change from a day on: what was worked before stays what it was."""

from datetime import date, timedelta
from typing import Any

import pytest

from schedules.models import ShiftType
from schedules.selectors.problem import read_planning
from shiftsync.core.actor import Role
from tests.conftest import Connect
from tests.contract.test_dated_facts import today, with_periods_around_today
from tests.support.client import Client
from tests.support.reducer import applied, snapshot
from tests.support.world import World

LATE = {"symbol": "深", "kind": "late", "labelJa": "深番", "startTime": "13:00", "endTime": "22:00"}
Told = list[tuple[str | None, str | None, str | None]]


def made(client: Client, **fields: Any) -> str:
    shift_type_id: str = client.ack("SHIFT_TYPE_CREATE", {**LATE, **fields})["result"]["shiftType"]["id"]
    return shift_type_id


def update(client: Client, shift_type_id: str, changes: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The shift type as it is told after that change."""
    payload = {"shiftTypeId": shift_type_id, "changes": changes, **more}
    shift_type: dict[str, Any] = client.ack("SHIFT_TYPE_UPDATE", payload)["result"]["shiftType"]
    return shift_type


def refusal(client: Client, shift_type_id: str, changes: dict[str, Any], **more: Any) -> Any:
    payload = {"shiftTypeId": shift_type_id, "changes": changes, **more}
    return client.request("SHIFT_TYPE_UPDATE", payload)["payload"]["details"]


def told(shift_type: dict[str, Any]) -> Told:
    """All times of a shift type on the wire."""
    return [(each["validFrom"], each["startTime"], each["endTime"]) for each in shift_type.get("times", [])]


def times(*rows: tuple[str | None, str | None, str | None]) -> list[dict[str, Any]]:
    return [{"validFrom": day, "startTime": start, "endTime": end} for day, start, end in rows]


def worked(world: World, client: Client) -> tuple[str, str, str]:
    """A late shift that was worked three days ago, the schedule that ends yesterday, and the one that begins today."""
    shift_type_id = made(client)
    past, coming = with_periods_around_today(client, world)
    day = str(today(world) - timedelta(days=3))
    client.ack("SHIFT_UPDATE", {"scheduleId": past, "staffId": world.staff_ids[0], "dateKey": day, "shiftValue": "深"})
    return shift_type_id, past, coming


def begins(world: World, schedule_id: str) -> set[int | None]:
    """At which minutes the rules let the late shift begin in a schedule."""
    problem = read_planning(world.id, schedule_id).problem
    return {problem.shift_types.by_symbol["深"].on(day).begins for day in problem.days}


def test_times__from_a_day_to_come__hold_from_then_everywhere(connect: Connect, world: World) -> None:
    client, other, older = connect(), connect(), connect(v2=False)
    shift_type_id, past, coming = worked(world, client)
    other.settled()
    day = str(today(world) + timedelta(days=10))
    shift_type = update(client, shift_type_id, {"startTime": "15:00"}, validFrom=day)
    assert (shift_type["startTime"], shift_type["endTime"]) == ("13:00", "22:00")
    assert told(shift_type) == [(None, "13:00", "22:00"), (day, "15:00", "22:00")]
    assert told(other.expect("SHIFT_TYPE_UPDATE")["payload"]) == told(shift_type)
    assert told(older.request("CALENDAR_SYNC_REQUEST", {})["payload"]["shiftTypes"][-1]) == told(shift_type)
    assert begins(world, past) == {13 * 60}
    assert begins(world, coming) == {13 * 60, 15 * 60}
    version = world.position.version
    update(client, shift_type_id, {"startTime": "15:00"}, validFrom=day)
    assert world.position.version == version


def test_times__without_a_day__hold_from_today_for_what_was_worked(connect: Connect, world: World) -> None:
    client = connect()
    shift_type_id, past, coming = worked(world, client)
    shift_type = update(client, shift_type_id, {"endTime": "23:30"})
    assert (shift_type["startTime"], shift_type["endTime"]) == ("13:00", "23:30")
    assert told(shift_type) == [(None, "13:00", "22:00"), (str(today(world)), "13:00", "23:30")]
    shift_type = update(client, shift_type_id, {"endTime": "22:00"})
    assert "times" not in shift_type, "a correction on the same day leaves nothing behind"
    assert (begins(world, past), begins(world, coming)) == ({13 * 60}, {13 * 60})


def test_times__of_a_type_nobody_worked__are_as_if_always_so(connect: Connect, world: World) -> None:
    client = connect()
    shift_type_id = made(client)
    with_periods_around_today(client, world)
    shift_type = update(client, shift_type_id, {"startTime": "14:00"})
    assert (shift_type["startTime"], told(shift_type)) == ("14:00", [])


def test_times__filled_in_where_there_were_none__are_as_if_always_so(connect: Connect, world: World) -> None:
    client = connect()
    shift_type_id, past, _ = worked(world, client)
    ShiftType.objects.filter(id=shift_type_id).update(start_time=None)
    shift_type = update(client, shift_type_id, {"startTime": "14:00"})
    assert (shift_type["startTime"], told(shift_type)) == ("14:00", [])
    assert begins(world, past) == {14 * 60}


def test_times__of_what_a_blank_is__keep_the_days_that_are_over(connect: Connect, world: World) -> None:
    """Nobody has to enter a normal shift for it to have been worked."""
    client = connect()
    types = client.request("CALENDAR_SYNC_REQUEST", {})["payload"]["shiftTypes"]
    normal = next(each["id"] for each in types if each["kind"] == "normal")
    update(client, normal, {"startTime": "09:00", "endTime": "17:00"})
    with_periods_around_today(client, world)
    assert told(update(client, normal, {"startTime": "10:00"})) == [
        (None, "09:00", "17:00"),
        (str(today(world)), "10:00", "17:00"),
    ]


def test_times__given_as_a_list__are_put_in_order_and_removed(connect: Connect, world: World) -> None:
    client = connect()
    shift_type_id, _, _ = worked(world, client)
    wanted = times(
        ("2200-12-31", "16:00", "22:00"),
        (None, "12:00", "21:00"),
        ("1900-01-01", None, None),
        ("2020-04-01", "12:30", "21:00"),
    )
    shift_type = update(client, shift_type_id, {"times": wanted})
    assert [day for day, _, _ in told(shift_type)] == [None, "1900-01-01", "2020-04-01", "2200-12-31"]
    assert (shift_type["startTime"], shift_type["endTime"]) == ("12:30", "21:00")
    shift_type = update(client, shift_type_id, {"times": times(("2020-04-01", "12:30", "21:00"))})
    assert told(shift_type) == [(None, "12:00", "21:00"), ("2020-04-01", "12:30", "21:00")], "the earliest stays"
    shift_type = update(client, shift_type_id, {"times": []})
    assert (shift_type["startTime"], shift_type["endTime"], told(shift_type)) == ("12:00", "21:00", [])


def test_times__of_a_new_type__begin_with_its_own(connect: Connect, world: World) -> None:
    client = connect()
    payload = {**LATE, "times": times(("2020-01-01", "14:00", "22:00"), ("2199-01-01", "15:00", "23:00"))}
    shift_type = client.ack("SHIFT_TYPE_CREATE", payload)["result"]["shiftType"]
    assert shift_type["startTime"] == "14:00"
    assert told(shift_type)[0] == (None, "13:00", "22:00")


DAY = "2199-01-01"


@pytest.mark.parametrize(
    ("changes", "more", "path"),
    [
        ({"times": times((DAY, "9:00", "x"))}, {}, ("times", "0", "endTime")),
        ({"times": times((None, None, None), ("9999-12-01", None, None))}, {}, ("times", "1", "validFrom")),
        ({"times": times((None, None, None), ("1899-12-31", None, None))}, {}, ("times", "1", "validFrom")),
        ({"times": times(("2026-13-01", None, None))}, {}, ("times", "0", "validFrom")),
        ({"times": times((DAY, "10:00", None), (DAY, "11:00", None))}, {}, ("times", "1", "validFrom")),
        ({"times": times((None, "10:00", None), (None, "11:00", None))}, {}, ("times", "1", "validFrom")),
        ({"times": [{"startTime": "10:00", "endTime": None}]}, {}, ("times", "0", "validFrom")),
        ({"times": [{"validFrom": DAY, "startTime": "10:00"}]}, {}, ("times", "0", "endTime")),
        ({"times": "10:00"}, {}, ("times",)),
        ({"times": times((DAY, "10:00", "12:00")), "startTime": "11:00"}, {}, ("times",)),
        ({"times": times((DAY, "10:00", "12:00")), "startTime": "11:00"}, {"validFrom": DAY}, ("validFrom",)),
        ({"startTime": "10:00"}, {"validFrom": "9999-12-01"}, ("validFrom",)),
        ({"startTime": "25:00"}, {"validFrom": DAY}, ("changes", "startTime")),
    ],
)
def test_times__that_cannot_be__are_refused_by_their_field(
    connect: Connect, world: World, changes: dict[str, Any], more: dict[str, Any], path: tuple[str, ...]
) -> None:
    client = connect()
    shift_type_id = made(client)
    version = world.position.version
    details = refusal(client, shift_type_id, changes, **more)
    found = details.get("changes", details) if path[0] != "changes" else details
    for name in path:
        assert name in found
        found = found[name]
    assert world.position.version == version


def test_times__changed_for_different_days_by_two__are_both_kept(connect: Connect, world: World) -> None:
    one, two = connect(), connect()
    shift_type_id = made(one)
    base = world.position.version
    update(one, shift_type_id, {"startTime": "14:00"}, validFrom="2199-01-01", baseVersion=base)
    mine = times((None, "13:00", "22:00"), ("2199-06-01", "15:00", "22:00"))
    result = two.ack(
        "SHIFT_TYPE_UPDATE", {"shiftTypeId": shift_type_id, "changes": {"times": mine}, "baseVersion": base}
    )["result"]
    assert "overwritten" not in result
    assert told(result["shiftType"]) == [
        (None, "13:00", "22:00"),
        ("2199-01-01", "14:00", "22:00"),
        ("2199-06-01", "15:00", "22:00"),
    ]


@pytest.mark.parametrize("strategy", ["last_writer_wins", "first_writer_wins", "merge_changes", "user_choice"])
def test_times__changed_for_one_day_by_two__are_a_conflict_of_that_day(
    connect: Connect, world: World, strategy: str
) -> None:
    one, two = connect(), connect()
    shift_type_id = made(one)
    base = world.position.version
    update(one, shift_type_id, {"startTime": "14:00"}, validFrom=DAY)
    payload = {
        "shiftTypeId": shift_type_id,
        "changes": {"startTime": "15:00"},
        "validFrom": DAY,
        "baseVersion": base,
        "strategy": strategy,
    }
    answer = two.request("SHIFT_TYPE_UPDATE", payload)
    if strategy in ("last_writer_wins", "merge_changes"):
        assert answer["type"] == "ACK"
        items = answer["payload"]["result"]["overwritten"]
        assert told(answer["payload"]["result"]["shiftType"])[-1] == (DAY, "15:00", "22:00")
    else:
        items = answer["payload"].get("items") or answer["payload"]["details"]["items"]
    assert [(item["field"], item["yours"], item["theirs"]) for item in items] == [
        (f"times.{DAY}.startTime", "15:00", "14:00")
    ]


def test_times__snapshot_and_events__are_the_snapshot_afterwards(connect: Connect, world: World) -> None:
    author, reader = connect(), connect()
    shift_type_id = made(author)
    reader.settled()
    state = snapshot(reader, [world.schedule_id])
    update(author, shift_type_id, {"startTime": "15:00"}, validFrom=DAY)
    update(author, shift_type_id, {"times": times((None, "12:00", "22:00"), (DAY, "16:00", "23:00"))})
    update(author, shift_type_id, {"times": []})
    state = applied(state, reader.settled())
    assert state == snapshot(reader, [world.schedule_id])


def test_published_month__times_change_within_it__is_kept_and_told_with_days(connect: Connect, world: World) -> None:
    editor, viewer = connect(), connect(Role.VIEWER)
    shift_type_id = made(editor)
    editor.ack("SHIFT_UPDATE", world.edit(0, "08-01", "深"))
    editor.ack("SCHEDULE_PUBLISH", {"scheduleId": world.schedule_id})

    def shown() -> Told:
        found = viewer.request("CALENDAR_SYNC_REQUEST", {})["payload"]["shiftTypes"]
        return told(next(each for each in found if each["symbol"] == "深"))

    update(editor, shift_type_id, {"times": times((None, "13:00", "22:00"), ("2025-08-19", "15:00", "22:00"))})
    assert shown() == []
    preview = editor.request("PUBLICATION_PREVIEW_REQUEST", {"scheduleId": world.schedule_id})["payload"]
    (changed,) = preview["changes"]["shiftTypes"]
    assert changed["fields"] == [
        {"field": "startTime", "before": "13:00", "after": "15:00", "dateKeys": ["2025-08-19", "2025-08-20"]}
    ]
    editor.ack("SCHEDULE_PUBLISH", {"scheduleId": world.schedule_id})
    assert shown() == [(None, "13:00", "22:00"), ("2025-08-19", "15:00", "22:00")]
    update(editor, shift_type_id, {"startTime": "16:00"}, validFrom="2025-08-21")
    preview = editor.request("PUBLICATION_PREVIEW_REQUEST", {"scheduleId": world.schedule_id})["payload"]
    assert not any(preview["changes"].values()), "what changes after the month is no news of it"


def test_symbol__of_a_deleted_type_of_another_kind__does_not_forbid_other_changes(
    connect: Connect, world: World
) -> None:
    """The cells that hold it were entered as what it is now."""
    author = connect()
    author.ack("SHIFT_TYPE_DELETE", {"shiftTypeId": made(author)})
    shift_type_id = made(author, kind="off", offEquivalent=1)
    author.ack("SHIFT_UPDATE", world.edit(0, "08-01", "深"))
    assert update(author, shift_type_id, {"labelJa": "深休"})["labelJa"] == "深休"


def test_symbol__of_a_deleted_type_in_old_cells__is_no_new_name_of_another_kind(connect: Connect, world: World) -> None:
    author = connect()
    author.ack("SHIFT_TYPE_DELETE", {"shiftTypeId": made(author)})
    author.ack("SHIFT_UPDATE", world.edit(0, "08-01", "深"))
    off = made(author, symbol="公", kind="off", offEquivalent=1)
    assert "2025-07-21" in refusal(author, off, {"symbol": "深"})["symbol"][0]
    early = made(author, symbol="朝", kind="early", offEquivalent=0)
    assert "symbol" in refusal(author, early, {"symbol": "深"})
    late = made(author, symbol="晩")
    assert update(author, late, {"symbol": "深"})["symbol"] == "深"


def test_today__passes_a_day_of_change__shows_the_times_of_then(connect: Connect, world: World) -> None:
    """What the row shows was written on an earlier day; what is told is of today."""
    client = connect()
    shift_type_id = made(client)
    yesterday: date = today(world) - timedelta(days=1)
    update(client, shift_type_id, {"times": times((None, "13:00", "22:00"), (str(yesterday), "15:00", "23:00"))})
    ShiftType.objects.filter(id=shift_type_id).update(start_time="13:00", end_time="22:00")
    found = client.request("CALENDAR_SYNC_REQUEST", {})["payload"]["shiftTypes"][-1]
    assert (found["startTime"], found["endTime"]) == ("15:00", "23:00")
    version = world.position.version
    update(client, shift_type_id, {"startTime": "15:00"})
    assert world.position.version == version
