"""A person's calendar by a secret address."""

from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from icalendar import Calendar

from schedules.models import FeedLink, Schedule
from schedules.publications.feeds import hours_of
from schedules.selectors.schedules import shift_types_of
from schedules.services.calendar import (
    CalendarDayUpdate,
    PeriodCreate,
    ShiftTypeUpdate,
    calendar_day_update,
    period_create,
    shift_type_update,
)
from schedules.services.cells import CellsEdit, cells_edit
from schedules.services.publishing import SchedulePublish, schedule_publish
from shiftsync.core.actor import Role
from shiftsync.core.clock import local_today
from shiftsync.core.zones import zone_of
from shiftsync.realtime.stream.requests import ChangeRequest
from tests.integration.rest.conftest import AsRole, Rest
from tests.support.world import World


@pytest.fixture
def today(world: World) -> Any:
    """The first day of a period that begins today; the first person is off on it."""
    first = local_today(world.restaurant.timezone)
    period = period_create(ChangeRequest(world.system, PeriodCreate(first, first))).result["period"]
    data = {world.staff_ids[0]: {str(first): "△"}, world.staff_ids[1]: {str(first): "×"}}
    cells_edit(ChangeRequest(world.system, CellsEdit(period["scheduleId"], data)))
    return first


def feed(client: Rest, staff_id: str) -> str:
    url: str = client.post(f"staff/{staff_id}/feed/", status=201)["url"]
    return urlsplit(url).path


def events(path: str) -> list[Any]:
    response = Client().get(path)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/calendar")
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


def publish(world: World) -> None:
    last = Schedule.objects.filter(restaurant=world.restaurant).order_by("-period__start_date").first()
    assert last is not None
    schedule_publish(ChangeRequest(world.system, SchedulePublish(str(last.id))))


def test_feed__before_publishing__is_empty(as_role: AsRole, world: World, today: Any) -> None:
    assert events(feed(as_role(Role.MANAGER), world.staff_ids[0])) == []


def test_feed__published__shows_the_days_of_work(as_role: AsRole, world: World, today: Any) -> None:
    publish(world)
    manager = as_role(Role.MANAGER)
    (event,) = events(feed(manager, world.staff_ids[0]))
    assert (event["summary"], event["dtstart"].dt) == ("早番", today)
    assert events(feed(manager, world.staff_ids[1])) == [], "a day off is no event"


def test_feed__blank_on_a_closed_day__is_no_shift(as_role: AsRole, world: World, today: Any) -> None:
    calendar_day_update(ChangeRequest(world.system, CalendarDayUpdate(today, "closed")))
    publish(world)
    manager = as_role(Role.MANAGER)
    assert events(feed(manager, world.staff_ids[2])) == [], "its blank means work on other days"
    assert len(events(feed(manager, world.staff_ids[0]))) == 1, "what is written there is work"


def test_feed__shift_with_times__has_them(as_role: AsRole, world: World, today: Any) -> None:
    early = shift_types_of(world.id).get(kind="early")
    times = {"start_time": time(6), "end_time": time(14, 30)}
    shift_type_update(ChangeRequest(world.system, ShiftTypeUpdate(str(early.id), times)))
    publish(world)
    (event,) = events(feed(as_role(Role.MANAGER), world.staff_ids[0]))
    start, end = event["dtstart"].dt, event["dtend"].dt
    assert (start.utcoffset(), end.utcoffset()) == (timedelta(0), timedelta(0)), "no calendar has to know the zone"
    zone = ZoneInfo(world.restaurant.timezone)
    assert (start.astimezone(zone), end.astimezone(zone).time()) == (
        datetime.combine(today, time(6), zone),
        time(14, 30),
    )


def test_feed__revoked_or_given_out_anew__old_address_is_gone(as_role: AsRole, world: World) -> None:
    manager, staff_id = as_role(Role.MANAGER), world.staff_ids[0]
    first = feed(manager, staff_id)
    second = feed(manager, staff_id)
    assert Client().get(first).status_code == 404
    assert manager.get(f"staff/{staff_id}/feed/")["isLinked"] is True
    manager.delete(f"staff/{staff_id}/feed/", status=204)
    assert Client().get(second).status_code == 404
    assert not FeedLink.objects.filter(revoked_at=None).exists()


def test_feed__viewer_or_another_restaurant__may_not(as_role: AsRole, world: World, other_world: World) -> None:
    as_role(Role.VIEWER).refused("post", f"staff/{world.staff_ids[0]}/feed/", {}, status=403)
    as_role(Role.OWNER, other_world).refused("post", f"staff/{world.staff_ids[0]}/feed/", {}, status=404)


def test_feed__published_again__grows_its_sequence_and_keeps_its_uid(as_role: AsRole, world: World, today: Any) -> None:
    publish(world)
    path = feed(as_role(Role.MANAGER), world.staff_ids[0])
    (before,) = events(path)
    last = Schedule.objects.filter(restaurant=world.restaurant).order_by("-period__start_date")[0]
    cells_edit(ChangeRequest(world.system, CellsEdit(str(last.id), {world.staff_ids[0]: {str(today): "◇"}})))
    publish(world)
    (after,) = events(path)
    assert (before["sequence"], after["sequence"]) == (1, 2)
    assert before["uid"] == after["uid"]
    assert (before["summary"], after["summary"]) == ("早番", "遅番")


def test_feed__asked_again__is_304_until_published_again(as_role: AsRole, world: World, today: Any) -> None:
    publish(world)
    path = feed(as_role(Role.MANAGER), world.staff_ids[0])
    first = Client().get(path)
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H" in first.content
    assert first["Cache-Control"] == "private, no-cache"
    asked = {"If-None-Match": first["ETag"]}
    assert Client().get(path, headers=asked).status_code == 304
    shift_type_update(
        ChangeRequest(
            world.system, ShiftTypeUpdate(str(shift_types_of(world.id).get(kind="early").id), {"label_ja": "朝番"})
        )
    )
    assert Client().get(path, headers=asked).status_code == 304, "not published"
    publish(world)
    again = Client().get(path, headers=asked)
    assert (again.status_code, again["ETag"] == first["ETag"]) == (200, False)
    assert "朝番" in again.content.decode()


@pytest.mark.parametrize(
    ("zone", "day", "start", "end", "begins", "ends"),
    [
        ("America/Vancouver", "2026-11-02", "09:00", "17:00", "2026-11-02T16:00", "2026-11-03T00:00"),
        ("Europe/Berlin", "2026-03-28", "22:00", "06:00", "2026-03-28T21:00", "2026-03-29T04:00"),
        ("Europe/Berlin", "2026-10-24", "22:00", "06:00", "2026-10-24T20:00", "2026-10-25T05:00"),
        ("Asia/Tokyo", "2026-07-01", "14:00", "00:00", "2026-07-01T05:00", "2026-07-01T15:00"),
    ],
)
def test_hours__around_a_change_of_the_clocks__are_moments(
    zone: str, day: str, start: str, end: str, begins: str, ends: str
) -> None:
    """The night in which the clocks go forward is an hour shorter, the one in which they go back an hour longer; Vancouver stays
    seven hours behind from November 2026 on."""
    found = hours_of({"startTime": start, "endTime": end}, date.fromisoformat(day), zone_of(zone))
    assert found == tuple(datetime.fromisoformat(f"{moment}+00:00") for moment in (begins, ends))
