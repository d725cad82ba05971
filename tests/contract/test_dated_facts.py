"""Facts about people have dates: what somebody's days meant stays what it meant when their terms or their employment change."""

from datetime import date, timedelta
from typing import Any

from schedules.selectors.problem import read_planning
from shiftsync.core.clock import local_today
from tests.conftest import Connect
from tests.support.client import Client
from tests.support.world import World


def today(world: World) -> date:
    return local_today(world.restaurant.timezone)


def point(day: date) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "day": day.day}


def member(client: Client, staff_id: str, period: int = 0) -> dict[str, Any] | None:
    staff = client.request("SYNC_REQUEST", {"period": period})["payload"]["staff"]
    return next((each for each in staff if each["id"] == staff_id), None)


def with_periods_around_today(client: Client, world: World) -> tuple[str, str]:
    """The schedules of thirty days that end yesterday and of thirty that begin today; the first person has an entry in the first."""
    start = today(world)
    past = client.ack("PERIOD_CREATE", days(start - timedelta(days=30)))["result"]["period"]["scheduleId"]
    coming = client.ack("PERIOD_CREATE", days(start))["result"]["period"]["scheduleId"]
    day = str(start - timedelta(days=3))
    client.ack("SHIFT_UPDATE", {"scheduleId": past, "staffId": world.staff_ids[0], "dateKey": day, "shiftValue": "×"})
    return past, coming


def days(start: date) -> dict[str, str]:
    return {"startDate": str(start), "endDate": str(start + timedelta(days=29))}


def blanks_that_work(world: World, schedule_id: str) -> int:
    """How many of the first person's blanks in a schedule are work."""
    problem = read_planning(world.id, schedule_id).problem
    person = problem.staff_by_id[world.staff_ids[0]]
    return sum(problem.present(person, day).works for day in problem.days)


def test_staff_update__terms_without_a_day__hold_from_today(connect: Connect, world: World) -> None:
    client = connect()
    past, coming = with_periods_around_today(client, world)
    assert (blanks_that_work(world, past), blanks_that_work(world, coming)) == (29, 30)
    changes = {"status": "パート", "blankMeans": "free"}
    client.ack("STAFF_UPDATE", {"staffId": world.staff_ids[0], "changes": changes})
    told = client.expect("STAFF_UPDATE")["payload"]["changes"]
    assert (told["status"], told["blankMeans"]) == ("パート", "free")
    assert [term["validFrom"] for term in told["terms"]] == [None, str(today(world))]
    assert (blanks_that_work(world, past), blanks_that_work(world, coming)) == (29, 0)


def test_staff_update__somebody_new__is_as_if_always_so(connect: Connect, world: World) -> None:
    client = connect()
    client.ack("STAFF_UPDATE", {"staffId": world.staff_ids[0], "changes": {"status": "パート", "blankMeans": "free"}})
    told = client.expect("STAFF_UPDATE")["payload"]["changes"]
    assert (told["status"], told["blankMeans"]) == ("パート", "free")
    assert "terms" not in told


def test_staff_update__from_a_day_to_come__holds_from_then(connect: Connect, world: World) -> None:
    client = connect()
    _, coming = with_periods_around_today(client, world)
    change = {"staffId": world.staff_ids[0], "changes": {"blankMeans": "free"}}
    from_day = str(today(world) + timedelta(days=10))
    client.ack("STAFF_UPDATE", {**change, "validFrom": from_day})
    assert blanks_that_work(world, coming) == 10
    assert client.expect("STAFF_UPDATE")["payload"]["changes"]["blankMeans"] == "work"
    before = world.position.version
    client.ack("STAFF_UPDATE", {**change, "validFrom": from_day})
    assert world.position.version == before
    error = client.request("STAFF_UPDATE", {**change, "validFrom": "9999-12-01"})["payload"]
    assert set(error["details"]) == {"validFrom"}


def test_staff_delete__from_a_day__leaves_the_days_before(connect: Connect, world: World) -> None:
    client, older = connect(), connect(v2=False)
    with_periods_around_today(client, world)
    first, start = world.staff_ids[0], today(world)
    client.ack("STAFF_DELETE", {"staffId": first, "from": str(start)})
    told = older.expect("STAFF_UPDATE")["payload"]["changes"]
    assert (told["isActive"], told["endPeriod"]) == (True, point(start - timedelta(days=1)))
    assert member(client, first, 1) is not None
    assert member(client, first, 2) is None
    back = start + timedelta(days=5)
    client.ack("STAFF_RESTORE", {"staffId": first, "from": str(back)})
    told = older.expect("STAFF_UPDATE")["payload"]["changes"]
    assert (told["startPeriod"], told["endPeriod"]) == (point(back), None)
    assert [span["endPeriod"] for span in told["employments"]] == [point(start - timedelta(days=1)), None]
    assert member(client, first, 1) is not None
    assert member(client, first, 2) is not None
    coming = client.request("CALENDAR_SYNC_REQUEST", {})["payload"]["periods"][2]["scheduleId"]
    problem = read_planning(world.id, coming).problem
    person = problem.staff_by_id[first]
    assert [person.employed(day) for day in problem.days[:6]] == [False] * 5 + [True]


def test_staff_delete__before_the_employment_or_without_a_day__takes_off_altogether(
    connect: Connect, world: World
) -> None:
    client = connect()
    later = point(today(world) + timedelta(days=40))
    made = client.ack("STAFF_CREATE", {"name": "later", "startPeriod": later})["result"]["staff"]["id"]
    client.ack("STAFF_DELETE", {"staffId": made, "from": str(today(world))})
    assert client.expect("STAFF_DELETE")["payload"]["staffId"] == made
    client.ack("STAFF_DELETE", {"staffId": world.staff_ids[1]})
    assert member(client, world.staff_ids[1]) is None
    client.ack("STAFF_RESTORE", {"staffId": world.staff_ids[1]})
    assert member(client, world.staff_ids[1]) is not None


def test_staff_delete__without_a_day_but_with_a_past__stays_in_the_months_before(
    connect: Connect, world: World
) -> None:
    client, other, older = connect(), connect(), connect(v2=False)
    with_periods_around_today(client, world)
    first, yesterday = world.staff_ids[0], point(today(world) - timedelta(days=1))
    client.ack("SHIFT_UPDATE", world.edit(0, "08-01", "△"))
    client.ack("STAFF_DELETE", {"staffId": first})
    told = other.expect("STAFF_DELETE")["payload"]
    assert (told["staff"]["isActive"], told["staff"]["endPeriod"]) == (True, yesterday)
    assert older.expect("STAFF_DELETE")["payload"]["staffId"] == first
    assert member(client, first, 0) is not None, "the draft of a month that is over"
    assert member(client, first, 2) is None
    version = world.position.version
    client.ack("STAFF_DELETE", {"staffId": first})
    assert world.position.version == version
    client.ack("STAFF_RESTORE", {"staffId": first})
    assert other.expect("STAFF_RESTORE")["payload"]["endPeriod"] is None
    assert member(client, first, 2) is not None


def test_shift_type_rename__named_by_an_earlier_term__is_followed_there(connect: Connect, world: World) -> None:
    client = connect()
    with_periods_around_today(client, world)
    first = world.staff_ids[0]
    made = client.ack("SHIFT_TYPE_CREATE", {"symbol": "遅", "kind": "late"})["result"]["shiftType"]["id"]
    for allowed in (["遅"], ["○", "遅"]):
        client.ack(
            "STAFF_UPDATE", {"staffId": first, "changes": {"allowedShiftTypes": allowed}, "validFrom": "2025-08-01"}
        )
    client.ack("STAFF_UPDATE", {"staffId": first, "changes": {"allowedShiftTypes": ["○"]}})
    client.ack("SHIFT_TYPE_UPDATE", {"shiftTypeId": made, "changes": {"symbol": "晩"}})
    found = member(client, first)
    assert found is not None
    assert [term["allowedShiftTypes"] for term in found["terms"]] == [[], ["○", "晩"], ["○"]]
