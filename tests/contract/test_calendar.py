"""The messages about periods, calendar days and shift types."""

from tests.conftest import Connect
from tests.support.world import World


def test_calendar_sync__new_restaurant__has_the_usual_shift_types(connect: Connect, world: World) -> None:
    client = connect()
    client.send("CALENDAR_SYNC_REQUEST")
    payload = client.expect("CALENDAR_SYNC_RESPONSE")["payload"]
    assert [entry["symbol"] for entry in payload["shiftTypes"]] == ["○", "△", "◇", "×", "★", "●"]
    assert {entry["symbol"]: entry["offEquivalent"] for entry in payload["shiftTypes"]}["×"] == 1
    assert payload["days"] == []
    assert [entry["scheduleId"] for entry in payload["periods"]] == [world.schedule_id]


def test_calendar_update__a_day__closed_and_ordinary_again(connect: Connect) -> None:
    author, other = connect(), connect(v2=False)
    author.ack("CALENDAR_UPDATE", {"date": "2025-08-06", "kind": "closed", "note": "定休日"})
    told = other.expect("CALENDAR_UPDATE")["payload"]
    assert (told["date"], told["kind"], told["note"]) == ("2025-08-06", "closed", "定休日")
    author.ack("CALENDAR_UPDATE", {"date": "2025-08-06", "kind": None, "note": ""})
    assert other.expect("CALENDAR_UPDATE")["payload"]["kind"] is None
    author.send("CALENDAR_SYNC_REQUEST")
    assert author.expect("CALENDAR_SYNC_RESPONSE")["payload"]["days"] == []
    error = author.request("CALENDAR_UPDATE", {"date": "2025-13-01", "kind": "open"})["payload"]
    assert set(error["details"]) == {"date", "kind"}


def test_period_create__without_dates__follows_the_last_by_the_closing_day(connect: Connect, world: World) -> None:
    author, other = connect(), connect(v2=False)
    ack = author.ack("PERIOD_CREATE", {})
    told = other.expect("PERIOD_CREATE")["payload"]
    assert (told["startDate"], told["endDate"], told["index"]) == ("2025-08-21", "2025-09-20", 1)
    assert told["scheduleId"]
    assert len(told["periods"]) == 2
    assert ack["result"]["period"]["id"] == told["id"]


def test_period_create__before_the_first__moves_the_indexes(connect: Connect, world: World) -> None:
    client = connect()
    client.ack("PERIOD_CREATE", {"startDate": "2025-06-21", "endDate": "2025-07-20"})
    told = client.expect("PERIOD_CREATE")["payload"]
    assert told["index"] == 0
    assert [entry["scheduleId"] for entry in told["periods"]][1] == world.schedule_id
    client.ack("SHIFT_UPDATE", world.edit(0, "08-01", "×"))
    assert client.expect("SHIFT_BROADCAST")["payload"]["periodIndex"] == 1


def test_period_create__overlapping_or_backwards__is_refused(connect: Connect) -> None:
    client = connect()
    overlapping = client.request("PERIOD_CREATE", {"startDate": "2025-08-10", "endDate": "2025-09-10"})["payload"]
    assert overlapping["details"] == {"startDate": ["Overlaps with another period."]}
    backwards = client.request("PERIOD_CREATE", {"startDate": "2026-02-10", "endDate": "2026-01-10"})["payload"]
    assert "endDate" in backwards["details"]


def test_shift_type__create_update_delete__reaches_everybody(connect: Connect) -> None:
    author, other = connect(), connect(v2=False)
    ack = author.ack(
        "SHIFT_TYPE_CREATE",
        {"symbol": "半", "kind": "early", "labelJa": "半休", "offEquivalent": 0.5, "startTime": "09:00"},
    )
    created = other.expect("SHIFT_TYPE_CREATE")["payload"]
    assert ack["result"]["shiftType"] == created
    assert (created["offEquivalent"], created["startTime"]) == (0.5, "09:00")
    shift_type_id = created["id"]
    author.ack("SHIFT_TYPE_UPDATE", {"shiftTypeId": shift_type_id, "changes": {"offEquivalent": 0.25}})
    assert other.expect("SHIFT_TYPE_UPDATE")["payload"]["offEquivalent"] == 0.25
    taken = author.request("SHIFT_TYPE_UPDATE", {"shiftTypeId": shift_type_id, "changes": {"symbol": "×"}})
    assert taken["payload"]["details"] == {"symbol": ["Another shift type has this symbol."]}
    author.ack("SHIFT_TYPE_DELETE", {"shiftTypeId": shift_type_id})
    assert other.expect("SHIFT_TYPE_DELETE")["payload"]["shiftTypeId"] == shift_type_id
    author.send("CALENDAR_SYNC_REQUEST")
    assert len(author.expect("CALENDAR_SYNC_RESPONSE")["payload"]["shiftTypes"]) == 6
