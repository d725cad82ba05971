"""The messages about periods, calendar days and shift types."""

from datetime import date, timedelta

import pytest

from schedules.models import Period
from shiftsync.core.clock import local_today
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
    error = author.request("CALENDAR_UPDATE", {"date": "2025-13-01", "kind": "opened"})["payload"]
    assert set(error["details"]) == {"date", "kind"}


def test_period_create__without_dates__is_the_first_from_today_on_that_is_not_planned(
    connect: Connect, world: World
) -> None:
    author, other = connect(), connect(v2=False)
    author.ack("PERIOD_CREATE", {"startDate": "2199-12-01", "endDate": "2200-01-20"})
    Period.objects.create(restaurant_id=world.id, start_date=date(9999, 12, 1), end_date=date(9999, 12, 31))
    other.settled()
    today = local_today(world.restaurant.timezone)
    ack = author.ack("PERIOD_CREATE", {})
    told = other.expect("PERIOD_CREATE")["payload"]
    assert told["startDate"] <= str(today) <= told["endDate"]
    assert told["index"] == 1
    assert told["scheduleId"]
    assert len(told["periods"]) == 4
    assert ack["result"]["period"]["id"] == told["id"]
    author.ack("PERIOD_CREATE", {})
    following = other.expect("PERIOD_CREATE")["payload"]
    assert date.fromisoformat(following["startDate"]) == date.fromisoformat(told["endDate"]) + timedelta(days=1)


@pytest.mark.parametrize(
    ("dates", "field"),
    [
        ({"startDate": "9999-12-01"}, "startDate"),
        ({"startDate": "1899-12-31"}, "startDate"),
        ({"startDate": "2026-01-01", "endDate": "2201-01-01"}, "endDate"),
        ({"startDate": "2026-01-01", "endDate": "2026-03-04"}, "endDate"),
    ],
)
def test_period_create__beyond_the_calendar_or_too_long__is_refused_at_the_field(
    connect: Connect, dates: dict[str, str], field: str
) -> None:
    client = connect()
    assert set(client.request("PERIOD_CREATE", dates)["payload"]["details"]) == {field}
    client.ack("PERIOD_CREATE", {"startDate": "2026-01-01", "endDate": "2026-03-03"})


def test_period__empty_and_unpublished__is_corrected_and_deleted(connect: Connect, world: World) -> None:
    author, other = connect(), connect(v2=False)
    made = author.ack("PERIOD_CREATE", {"startDate": "2025-09-01", "endDate": "2025-09-30"})["result"]["period"]
    other.expect("PERIOD_CREATE")
    overlapping = author.request("PERIOD_UPDATE", {"periodId": made["id"], "startDate": "2025-08-20"})["payload"]
    assert set(overlapping["details"]) == {"startDate"}
    long = author.request("PERIOD_UPDATE", {"periodId": made["id"], "endDate": "2025-12-30"})["payload"]
    assert set(long["details"]) == {"endDate"}
    author.ack("PERIOD_UPDATE", {"periodId": made["id"], "startDate": "2025-08-21", "endDate": "2025-09-20"})
    told = other.expect("PERIOD_UPDATE")["payload"]
    assert (told["startDate"], told["endDate"], told["scheduleId"]) == ("2025-08-21", "2025-09-20", made["scheduleId"])
    author.ack("PERIOD_DELETE", {"periodId": made["id"]})
    told = other.expect("PERIOD_DELETE")["payload"]
    assert [period["id"] for period in told["periods"]] == [world.period_id]
    assert author.request("PERIOD_DELETE", {"periodId": made["id"]})["payload"]["code"] == "not_found"


def test_period__with_entries_or_published__stays(connect: Connect, world: World) -> None:
    client = connect()
    client.ack("SHIFT_UPDATE", world.edit(0, "08-01", "×"))
    for type, dates in (("PERIOD_UPDATE", {"endDate": "2025-08-19"}), ("PERIOD_DELETE", {})):
        error = client.request(type, {"periodId": world.period_id, **dates})["payload"]
        assert (error["code"], list(error["details"])) == ("conflict", ["periodId"])
        assert error["details"]["periodId"] == ["This period has entries (1 cell)."]
    client.ack("SHIFT_UPDATE", world.edit(0, "08-01", ""))
    client.ack("SCHEDULE_PUBLISH", {"scheduleId": world.schedule_id})
    assert client.request("PERIOD_DELETE", {"periodId": world.period_id})["payload"]["code"] == "conflict"


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
    assert overlapping["details"] == {"startDate": ["Overlaps another period."]}
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
    assert taken["payload"]["details"] == {"symbol": ["Another shift type already uses this symbol."]}
    author.ack("SHIFT_TYPE_DELETE", {"shiftTypeId": shift_type_id})
    assert other.expect("SHIFT_TYPE_DELETE")["payload"]["shiftTypeId"] == shift_type_id
    author.send("CALENDAR_SYNC_REQUEST")
    assert len(author.expect("CALENDAR_SYNC_RESPONSE")["payload"]["shiftTypes"]) == 6
