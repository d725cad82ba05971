"""Calendars, schedules and cells in the admin."""

from uuid import UUID

from schedules.models import CalendarDay, Period, Shift, ShiftType
from schedules.services.cells import CellEdit, cell_edit
from shiftsync.core.actor import Role
from shiftsync.realtime.stream.requests import ChangeRequest
from tests.conftest import Connect
from tests.integration.admin.conftest import Desk
from tests.support.client import Client
from tests.support.world import World

CELL = "schedules_shift_change"
CELLS = "schedules_shift_changelist"


def filled(world: World, staff: int, day: str, value: str) -> Shift:
    """A cell that somebody filled."""
    edit = CellEdit(world.schedule_id, world.staff_ids[staff], f"2025-{day}", value)
    cell_edit(ChangeRequest(world.actor(Role.OWNER), edit))
    return Shift.objects.get(schedule=UUID(world.schedule_id), staff=UUID(world.staff_ids[staff]), date=f"2025-{day}")


def test_cell__changed__heard_by_sockets(manager: Desk, connect: Connect, world: World) -> None:
    cell, client = filled(world, 0, "08-01", "×"), connect()
    manager.send({**manager.form(CELL, cell.pk), "value": "△"}, CELL, cell.pk)
    heard = client.expect("SHIFT_BROADCAST")["payload"]
    assert (heard["dateKey"], heard["shiftValue"]) == ("2025-08-01", "△")
    assert "△" in manager.open("schedules_shift_history", cell.pk)


def test_cell__added__heard_by_sockets(manager: Desk, connect: Connect, world: World) -> None:
    client, page = connect(), "schedules_shift_add"
    cell = {"schedule": world.schedule_id, "staff": world.staff_ids[1], "date": "2025-08-02", "value": "★"}
    manager.send({**manager.form(page), **cell}, page)
    assert client.expect("SHIFT_BROADCAST")["payload"]["shiftValue"] == "★"
    assert "date" in manager.refused({**manager.form(page), **cell, "date": "2025-09-02"}, page)[0]
    assert "value" in manager.refused({**manager.form(page), **cell, "date": "2025-08-03", "value": ""}, page)[0]


def test_cell__stale__told_what_was_replaced(manager: Desk, world: World) -> None:
    cell = filled(world, 0, "08-01", "×")
    fields = manager.form(CELL, cell.pk)
    filled(world, 0, "08-01", "★")
    assert "★" in manager.send({**fields, "value": "△"}, CELL, cell.pk)


def test_cell__locked__refuses_until_unlocked(manager: Desk, connect: Connect, world: World) -> None:
    cell, client = filled(world, 0, "08-01", "×"), connect()
    fields = manager.form(CELL, cell.pk)
    manager.act("lock", CELLS, cell.pk)
    client.expect("SHIFT_LOCK")
    assert "This cell is locked" in manager.open(CELL, cell.pk)
    errors, shown = manager.refused({**fields, "value": "△"}, CELL, cell.pk, status=403)
    assert "locked" in str(errors)
    assert shown["value"] == "△"
    manager.act("unlock", CELLS, cell.pk)
    client.expect("SHIFT_UNLOCK")
    manager.send({**manager.form(CELL, cell.pk), "value": "△"}, CELL, cell.pk)


def test_schedule__published_and_taken_back__heard_by_sockets(manager: Desk, connect: Connect, world: World) -> None:
    filled(world, 0, "08-01", "×")
    client, page = connect(Role.VIEWER), "schedules_schedule_changelist"
    manager.act("publish", page, world.schedule_id)
    assert len(client.expect("SCHEDULE_PUBLISH")["payload"]["diff"]) == 1
    manager.act("unpublish", page, world.schedule_id)
    client.expect("SCHEDULE_UNPUBLISH")
    manager.open("schedules_schedule_change", world.schedule_id)


def test_period__added__heard_by_sockets(manager: Desk, connect: Connect, world: World) -> None:
    client, page = connect(), "schedules_period_add"
    dates = {"restaurant": str(world.id), "start_date": "2025-08-21", "end_date": "2025-09-20"}
    fields = {**manager.form(page), **dates}
    manager.send(fields, page)
    assert client.expect("PERIOD_CREATE")["payload"]["startDate"] == "2025-08-21"
    assert "start_date" in manager.refused({**manager.form(page), **dates, "start_date": "2025-08-22"}, page)[0]
    assert Period.objects.filter(restaurant_id=world.id).count() == 2
    far = {**manager.form(page), "restaurant": str(world.id), "start_date": "9999-12-01", "end_date": "9999-12-31"}
    assert "start_date" in manager.refused(far, page)[0]


def test_period__empty__corrected_and_removed(manager: Desk, connect: Connect, world: World) -> None:
    client, page = connect(), "schedules_period_change"
    made = client.ack("PERIOD_CREATE", {"startDate": "2025-09-01", "endDate": "2025-09-30"})["result"]["period"]["id"]
    manager.send({**manager.form(page, made), "start_date": "2025-08-21"}, page, made)
    assert client.expect("PERIOD_UPDATE")["payload"]["startDate"] == "2025-08-21"
    client.ack("SHIFT_UPDATE", world.edit(0, "08-01", "×"))
    manager.act("remove", "schedules_period_changelist", made, world.period_id)
    assert client.expect("PERIOD_DELETE")["payload"]["periodId"] == made
    assert [str(period.id) for period in Period.objects.filter(restaurant_id=world.id)] == [world.period_id]


def test_calendar_day__added_and_changed__heard_by_sockets(manager: Desk, connect: Connect, world: World) -> None:
    client, page = connect(), "schedules_calendarday_add"
    fields = {**manager.form(page), "restaurant": str(world.id), "date": "2025-08-13"}
    assert "kind" in manager.refused(fields, page)[0]
    manager.send({**fields, "kind": "closed"}, page)
    assert client.expect("CALENDAR_UPDATE")["payload"]["kind"] == "closed"
    day, page = CalendarDay.objects.get(restaurant_id=world.id), "schedules_calendarday_change"
    manager.send({**manager.form(page, day.pk), "note": "お盆"}, page, day.pk)
    assert client.expect("CALENDAR_UPDATE")["payload"] == {
        "id": str(day.pk),
        "date": "2025-08-13",
        "kind": "closed",
        "note": "お盆",
        "revision": world.position.version,
    }


def change_times(manager: Desk, client: Client, page: str, id: str) -> None:
    """Its end changes from a day on; that day is taken out again."""
    manager.send({**manager.form(page, id), "end_time": "16:00", "valid_from": "2199-04-01"}, page, id)
    told = client.expect("SHIFT_TYPE_UPDATE")["payload"]
    assert (told["endTime"], told["times"][1]) == (
        "15:00",
        {"validFrom": "2199-04-01", "startTime": "11:00", "endTime": "16:00"},
    )
    wrong = {**manager.form(page, id), "end_time": "16:00", "valid_from": "2201-01-01"}
    assert "valid_from" in manager.refused(wrong, page, id)[0]
    twice = {**manager.form(page, id), "times": "2199-04-01 11:00-16:00\n" * 2}
    assert "times" in manager.refused(twice, page, id)[0]
    manager.send({**manager.form(page, id), "times": "* 11:00-15:00"}, page, id)
    assert "times" not in client.expect("SHIFT_TYPE_UPDATE")["payload"]


def test_shift_type__added_changed_taken_out__heard_by_sockets(manager: Desk, connect: Connect, world: World) -> None:
    client, page = connect(), "schedules_shifttype_add"
    fields = {
        **manager.form(page),
        "restaurant": str(world.id),
        "symbol": "昼",
        "kind": "normal",
        "start_time": "11:00",
    }
    manager.send(fields, page)
    heard = client.expect("SHIFT_TYPE_CREATE")["payload"]
    assert (heard["symbol"], heard["startTime"]) == ("昼", "11:00")
    page = "schedules_shifttype_change"
    manager.send({**manager.form(page, heard["id"]), "off_equivalent": "0.5"}, page, heard["id"])
    assert client.expect("SHIFT_TYPE_UPDATE")["payload"]["offEquivalent"] == 0.5
    assert "symbol" in manager.refused({**manager.form(page, heard["id"]), "symbol": "×"}, page, heard["id"])[0]
    manager.send({**manager.form(page, heard["id"]), "end_time": "15:00"}, page, heard["id"])
    assert "times" not in client.expect("SHIFT_TYPE_UPDATE")["payload"]
    change_times(manager, client, page, heard["id"])
    manager.act("deactivate", "schedules_shifttype_changelist", heard["id"])
    client.expect("SHIFT_TYPE_DELETE")
    assert not ShiftType.objects.get(id=heard["id"]).is_active
