"""When people can work, week after week: entered by them or for them, theirs alone to hear of, and past days stay as they were."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from shiftsync.core.actor import Role
from shiftsync.core.clock import local_today
from shiftsync.core.errors import Forbidden
from shiftsync.core.times import TO_THE_MINUTE
from shiftsync.realtime.stream.requests import ChangeRequest
from shiftsync.tenants.services import membership_grant, membership_link
from staff.availability import AvailabilityCreate, availability_create
from staff.models import Availability
from staff.rules import MOST_AVAILABILITY, MOST_OVER
from staff.services import StaffDelete, staff_delete
from tests.conftest import Connect
from tests.support.client import Client
from tests.support.world import World

MONDAY, TUESDAY, SATURDAY = 1, 2, 6


def link(world: World, role: Role, place: int | None) -> None:
    staff_id = None if place is None else UUID(world.staff_ids[place])
    membership_link(world.actor(), user_id=world.users[role].id, staff_id=staff_id)


@pytest.fixture(autouse=True)
def people(world: World) -> None:
    """Two members are somebody on the schedule: the staff member 田中, the viewer 佐藤."""
    for role, place in ((Role.STAFF, 0), (Role.VIEWER, 1)):
        link(world, role, place)


@pytest.fixture
def today(world: World) -> date:
    return local_today(world.restaurant.timezone)


def entry(world: World, person: int = 0, **fields: Any) -> dict[str, Any]:
    return {"staffId": world.staff_ids[person], "weekdays": [MONDAY], **fields}


def made(client: Client, world: World, person: int = 0, **fields: Any) -> dict[str, Any]:
    result = client.ack("AVAILABILITY_CREATE", entry(world, person, **fields))["result"]
    entered: dict[str, Any] = result["availability"]
    return entered


def known(client: Client) -> list[dict[str, Any]]:
    client.send("SYNC_ALL_PERIODS_REQUEST")
    found: list[dict[str, Any]] = client.expect("SYNC_ALL_PERIODS_RESPONSE")["payload"].get("availability", [])
    return found


def changed(client: Client, entered: dict[str, Any], **changes: Any) -> dict[str, Any]:
    payload = {"availabilityId": entered["id"], "changes": changes}
    result: dict[str, Any] = client.ack("AVAILABILITY_UPDATE", payload)["result"]
    return result


def told(client: Client) -> list[str]:
    return [message["type"] for message in client.settled() if "AVAILABILITY" in message["type"]]


def test_own_availability__entered_changed_and_withdrawn__heard_by_managers_and_by_nobody_else(
    connect: Connect, world: World, today: date
) -> None:
    staff, other, manager, old = connect(Role.STAFF), connect(Role.VIEWER), connect(), connect(v2=False)
    entered = made(staff, world, weekdays=[TUESDAY, MONDAY, TUESDAY], note="授業")
    assert (entered["weekdays"], entered["validFrom"], entered["validUntil"]) == ([1, 2], str(today), None)
    assert (entered["isOwn"], entered["availableFrom"], entered["note"]) == (True, None, "授業")
    assert staff.expect("AVAILABILITY_CREATE")["payload"] == manager.expect("AVAILABILITY_CREATE")["payload"] == entered
    assert known(staff) == known(manager) == [entered]
    result = changed(staff, entered, availableFrom="17:00", availableUntil="22:30")
    assert "past" not in result, "it has not begun before today"
    assert (result["availability"]["availableFrom"], result["availability"]["availableUntil"]) == ("17:00", "22:30")
    assert staff.expect("AVAILABILITY_UPDATE")["payload"] == manager.expect("AVAILABILITY_UPDATE")["payload"]
    staff.ack("AVAILABILITY_DELETE", {"availabilityId": entered["id"]})
    for client in (staff, manager):
        gone = client.expect("AVAILABILITY_DELETE")["payload"]
        assert (gone["availabilityId"], "past" in gone) == (entered["id"], False)
    staff.ack("AVAILABILITY_DELETE", {"availabilityId": entered["id"]})
    assert known(staff) == known(manager) == known(other) == known(old) == []
    assert told(other) == told(old) == []


def test_availability__version_1__is_not_told_of_it(connect: Connect, world: World) -> None:
    author, old = connect(), connect(v2=False)
    made(author, world)
    old.send("SYNC_REQUEST", {"period": 0})
    assert "availability" not in old.expect("SYNC_RESPONSE")["payload"]
    assert known(old) == []


def test_own_availability__of_somebody_else__refused_and_not_shown(connect: Connect, world: World) -> None:
    staff, manager = connect(Role.STAFF), connect()
    theirs = made(manager, world, 1)
    assert staff.request("AVAILABILITY_CREATE", entry(world, 1))["payload"]["code"] == "forbidden"
    for id in (theirs["id"], str(uuid4())):
        for type, more in (("AVAILABILITY_UPDATE", {"changes": {"weekdays": [TUESDAY]}}), ("AVAILABILITY_DELETE", {})):
            refused = staff.request(type, {"availabilityId": id, **more})["payload"]
            assert (refused["code"], refused["message"]) == ("not_found", "No such entry of availability.")
    again = staff.request("AVAILABILITY_CREATE", entry(world, 0, id=theirs["id"]))["payload"]
    assert again["code"] == "forbidden"
    assert known(staff) == [] == told(staff)
    assert known(manager) == [theirs]


def test_availability__entered_by_a_manager__theirs_to_change_all_the_same(connect: Connect, world: World) -> None:
    staff, manager = connect(Role.STAFF), connect()
    entered = made(manager, world)
    assert entered["isOwn"] is False
    assert staff.expect("AVAILABILITY_CREATE")["payload"] == entered
    assert changed(staff, entered, weekdays=[SATURDAY])["availability"]["weekdays"] == [SATURDAY]
    staff.ack("AVAILABILITY_DELETE", {"availabilityId": entered["id"]})


def test_availability__changed_after_it_began__says_another_thing_from_today_on(
    connect: Connect, world: World, today: date
) -> None:
    staff, manager = connect(Role.STAFF), connect()
    begun = made(manager, world, validFrom="2025-08-01", note="授業")
    result = changed(staff, begun, weekdays=[TUESDAY])
    now, past = result["availability"], result["past"]
    assert (now["id"], now["weekdays"], now["validFrom"]) == (begun["id"], [TUESDAY], str(today))
    assert (past["weekdays"], past["validFrom"], past["note"]) == ([MONDAY], "2025-08-01", "授業")
    assert past["validUntil"] == str(today - timedelta(days=1))
    assert manager.expect("AVAILABILITY_UPDATE")["payload"] == {**now, "past": past}
    assert known(staff) == known(manager) == [past, now]
    refused = staff.request("AVAILABILITY_UPDATE", {"availabilityId": past["id"], "changes": {"note": "x"}})["payload"]
    assert refused["details"] == {"validUntil": ["This entry is over and cannot be changed."]}
    staff.ack("AVAILABILITY_DELETE", {"availabilityId": past["id"]})
    assert known(staff) == [past, now], "what is over stays"


def test_availability__note_or_end_changed__is_the_same_entry(connect: Connect, world: World, today: date) -> None:
    manager = connect()
    begun = made(manager, world, validFrom="2025-08-01")
    result = changed(manager, begun, note="授業", validUntil=str(today))
    assert "past" not in result
    assert result["availability"]["validFrom"] == "2025-08-01"
    assert known(manager) == [result["availability"]]


def test_availability__withdrawn_after_it_began__ends_with_yesterday(
    connect: Connect, world: World, today: date
) -> None:
    staff, manager = connect(Role.STAFF), connect()
    begun = made(manager, world, validFrom="2025-08-01")
    staff.ack("AVAILABILITY_DELETE", {"availabilityId": begun["id"]})
    (stays,) = known(manager)
    assert (stays["id"], stays["validUntil"]) == (begun["id"], str(today - timedelta(days=1)))
    assert manager.expect("AVAILABILITY_DELETE")["payload"]["past"] == stays


def test_availability__days_that_are_over__for_managers_alone(connect: Connect, world: World, today: date) -> None:
    staff, manager = connect(Role.STAFF), connect()
    yesterday = str(today - timedelta(days=1))
    for fields in ({"validFrom": yesterday}, {"validUntil": yesterday}):
        (field,) = fields
        refused = staff.request("AVAILABILITY_CREATE", {**entry(world), **fields})["payload"]
        assert refused["details"] == {field: ["This day is over."]}
    entered = made(staff, world)
    corrected = changed(manager, entered, validFrom="2025-08-01", weekdays=[TUESDAY])
    assert "past" not in corrected, "who names a day that is over corrects what was entered"
    assert corrected["availability"]["validFrom"] == "2025-08-01"


def test_availability__a_day_that_is_over_named_as_its_last__is_corrected_too(
    connect: Connect, world: World, today: date
) -> None:
    manager = connect()
    entered = made(manager, world, validFrom="2025-08-01")
    corrected = changed(manager, entered, validUntil="2025-08-31", weekdays=[TUESDAY])
    now = corrected["availability"]
    assert (now["validFrom"], now["validUntil"], now["weekdays"]) == ("2025-08-01", "2025-08-31", [TUESDAY])
    assert known(manager) == [now]


def test_availability__times_with_seconds__are_refused_where_they_are_any(connect: Connect, world: World) -> None:
    manager = connect()
    entered = made(manager, world, availableFrom="17:00:00")
    assert changed(manager, entered, availableFrom="17:00")["availability"]["revision"] == entered["revision"]
    payload = {"availabilityId": entered["id"], "changes": {"availableFrom": "17:00:30"}}
    error = manager.request("AVAILABILITY_UPDATE", payload)["payload"]
    assert error["details"] == {"changes": {"availableFrom": [TO_THE_MINUTE]}}
    assert error["detailsJa"] == {"changes": {"availableFrom": ["秒なしの時刻（HH:MM）を入力してください。"]}}
    assert known(manager) == [entered]


def several(world: World, spans: list[tuple[date, date | None]]) -> None:
    mine = {"restaurant_id": world.id, "staff_id": world.staff_ids[0], "weekdays": [MONDAY]}
    Availability.objects.bulk_create(Availability(**mine, valid_from=day, valid_until=last) for day, last in spans)


def test_availability__as_much_as_there_may_be__can_be_changed_and_ended(
    connect: Connect, world: World, today: date
) -> None:
    manager = connect()
    begun = made(manager, world, validFrom="2025-08-01", weekdays=[SATURDAY])
    days = [today + timedelta(7 * week) for week in range(MOST_AVAILABILITY - 1)]
    several(world, [(day, day) for day in days])
    error = manager.request("AVAILABILITY_CREATE", entry(world, weekdays=[0]))["payload"]
    assert set(error["details"]) == {"staffId"}
    assert "Withdraw one" in error["message"]
    assert "取り消す" in error["messageJa"]
    assert changed(manager, begun, weekdays=[TUESDAY])["past"]["weekdays"] == [SATURDAY]
    assert changed(manager, begun, note="授業")["availability"]["note"] == "授業"
    manager.ack("AVAILABILITY_DELETE", {"availabilityId": begun["id"]})
    assert made(manager, world, weekdays=[0])


def test_availability__over__does_not_keep_anybody_from_saying_more(
    connect: Connect, world: World, today: date
) -> None:
    manager = connect()
    days = [date(2001, 1, 1) + timedelta(7 * week) for week in range(MOST_OVER)]
    several(world, [(day, day) for day in days])
    assert made(manager, world, availableFrom="17:00")
    late = entry(world, weekdays=[0], validFrom="2001-01-01", validUntil=str(today - timedelta(days=1)))
    error = manager.request("AVAILABILITY_CREATE", late)["payload"]
    assert set(error["details"]) == {"validUntil"}
    assert error["messageJa"] != error["message"]
    assert made(manager, world, weekdays=[0], validFrom="2001-01-01", validUntil=str(today))


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"weekdays": []}, "weekdays"),
        ({"weekdays": [7]}, "weekdays"),
        ({"availableFrom": "25:00"}, "availableFrom"),
        ({"availableFrom": "09:00", "availableUntil": "09:00"}, "availableUntil"),
        ({"validFrom": "2190-02-01", "validUntil": "2190-01-31"}, "validUntil"),
        ({"validFrom": "1800-01-01"}, "validFrom"),
        ({"staffId": "nobody"}, "staffId"),
        ({"note": "x" * 201}, "note"),
    ],
)
def test_availability__without_sense__is_refused_at_the_field(
    connect: Connect, world: World, fields: dict[str, Any], field: str
) -> None:
    error = connect().request("AVAILABILITY_CREATE", {**entry(world), **fields})["payload"]
    assert error["code"] == "validation_error"
    assert set(error["details"]) == {field}


def test_availability__a_second_for_the_weekday__only_at_another_time(connect: Connect, world: World) -> None:
    author = connect()
    first = made(author, world, weekdays=[MONDAY, SATURDAY], validUntil="2190-01-31")
    again = entry(world, weekdays=[SATURDAY], validFrom="2190-01-31")
    assert set(author.request("AVAILABILITY_CREATE", again)["payload"]["details"]) == {"weekdays"}
    later = made(author, world, weekdays=[SATURDAY], validFrom="2190-02-01")
    made(author, world, weekdays=[TUESDAY])
    made(author, world, 1, weekdays=[SATURDAY])
    longer = {"availabilityId": first["id"], "changes": {"validUntil": None}}
    assert set(author.request("AVAILABILITY_UPDATE", longer)["payload"]["details"]) == {"weekdays"}
    assert "availability" in changed(author, later, weekdays=[SATURDAY, 0])


def test_availability__the_same_request_again__is_one_entry(connect: Connect, world: World) -> None:
    staff, request_id = connect(Role.STAFF), str(uuid4())
    payload = entry(world, id=str(uuid4()))
    first = staff.request("AVAILABILITY_CREATE", payload, request_id)["payload"]["result"]
    assert staff.request("AVAILABILITY_CREATE", payload, request_id)["payload"]["result"] == first
    assert staff.ack("AVAILABILITY_CREATE", payload)["result"] == first
    assert known(staff) == [first["availability"]]


def test_availability__changed_by_another_meanwhile__is_judged_by_the_strategy(connect: Connect, world: World) -> None:
    author, other = connect(), connect()
    entered = made(author, world)
    changed(other, entered, availableFrom="17:00")
    late = {
        "availabilityId": entered["id"],
        "changes": {"availableFrom": "18:00"},
        "baseVersion": entered["revision"],
        "strategy": "first_writer_wins",
    }
    assert author.request("AVAILABILITY_UPDATE", late)["payload"]["code"] == "conflict"
    assert known(author)[0]["availableFrom"] == "17:00"


def test_availability__by_the_system_of_every_change__has_its_history(connect: Connect, world: World) -> None:
    staff = connect(Role.STAFF)
    entered = made(staff, world)
    changed(staff, entered, weekdays=[TUESDAY])
    staff.ack("AVAILABILITY_DELETE", {"availabilityId": entered["id"]})
    trail = Availability.history.filter(id=entered["id"]).order_by("history_id")
    assert [(each.weekdays, each.is_active) for each in trail] == [([1], True), ([2], True), ([2], False)]
    assert {each.history_user_id for each in trail} == {world.users[Role.STAFF].id}


def test_resume__of_a_staff_member__replays_their_own_availability_alone(connect: Connect, world: World) -> None:
    staff, manager = connect(Role.STAFF), connect()
    epoch, version = world.position.epoch, world.position.version
    staff.close()
    made(manager, world, 1)
    mine = made(manager, world)
    again = connect(Role.STAFF, since=f"{epoch}:{version}")
    again.expect("RESUMED")
    (replayed,) = [message for message in again.received if "AVAILABILITY" in message["type"]]
    assert replayed["payload"] == mine


def test_link__changed_or_gone__is_judged_as_it_is_under_the_lock(connect: Connect, world: World) -> None:
    staff = connect(Role.STAFF)
    actor = world.actor(Role.MANAGER)
    membership_grant(world.system, user=world.users[Role.MANAGER], role=Role.STAFF)
    with pytest.raises(Forbidden):
        availability_create(ChangeRequest(actor, AvailabilityCreate(world.staff_ids[0], {"weekdays": [MONDAY]})))
    staff_delete(ChangeRequest(world.system, StaffDelete(world.staff_ids[0])))
    assert staff.request("AVAILABILITY_CREATE", entry(world))["payload"]["code"] == "forbidden"
