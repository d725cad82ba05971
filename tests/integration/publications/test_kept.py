"""Published means kept: whatever changes afterwards, who only looks reads the month as it was published."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest

from schedules.selectors.schedules import shift_types_of
from schedules.services import calendar as calendars
from schedules.services.cells import CellEdit, cell_edit
from shiftsync.realtime.stream.requests import ChangeRequest
from staff.services import (
    StaffCreate,
    StaffDelete,
    StaffReorder,
    StaffUpdate,
    staff_create,
    staff_delete,
    staff_reorder,
    staff_update,
)
from tests.integration.publications.conftest import Outputs, publish, unlike
from tests.integration.rest.conftest import Rest
from tests.support.world import World

Step = Callable[[World], object]


def change(world: World, service: Callable[[Any], Any], intent: object) -> Any:
    return service(ChangeRequest(world.system, intent))


def type_id(world: World, kind: str) -> str:
    return str(shift_types_of(world.id).get(kind=kind).id)


def late_hours(world: World) -> object:
    times = {"start_time": time(14), "end_time": time(23)}
    return change(world, calendars.shift_type_update, calendars.ShiftTypeUpdate(type_id(world, "late"), times))


def late_hours_from(world: World, *days: date) -> object:
    late = type_id(world, "late")
    for hour, day in enumerate(days, 14):
        times = calendars.ShiftTypeUpdate(late, {"start_time": time(hour), "end_time": time(23)}, day)
        change(world, calendars.shift_type_update, times)
    return None


def closing(world: World) -> object:
    return change(
        world, calendars.calendar_day_update, calendars.CalendarDayUpdate(date(2025, 8, 13), "closed", "お盆")
    )


FACTS: dict[str, Step] = {
    "somebody is added, without a first day": lambda w: change(w, staff_create, StaffCreate({"name": "高橋"})),
    "somebody becomes part-time": lambda w: change(
        w,
        staff_update,
        StaffUpdate(w.staff_ids[0], {"status": "パート", "blank_means": "free"}, valid_from=date(2025, 8, 1)),
    ),
    "somebody is called something else": lambda w: change(
        w, staff_update, StaffUpdate(w.staff_ids[0], {"status": "契約社員"}, valid_from=date(2025, 8, 20))
    ),
    "somebody is renamed": lambda w: change(w, staff_update, StaffUpdate(w.staff_ids[0], {"name": "田中 花子"})),
    "somebody has another position": lambda w: change(
        w, staff_update, StaffUpdate(w.staff_ids[1], {"position": "寿司"})
    ),
    "somebody leaves before the month ends": lambda w: change(
        w, staff_update, StaffUpdate(w.staff_ids[1], {"end_period": {"year": 2025, "month": 7, "day": 31}})
    ),
    "the order changes": lambda w: change(w, staff_reorder, StaffReorder(list(reversed(w.staff_ids)))),
    "late shifts have hours": late_hours,
    "late shifts have other hours from a day on": lambda w: late_hours_from(w, date(2025, 8, 3)),
    "late shifts have other hours on some days": lambda w: late_hours_from(w, date(2025, 8, 1), date(2025, 8, 4)),
    "early shifts become late ones": lambda w: change(
        w,
        calendars.shift_type_update,
        calendars.ShiftTypeUpdate(type_id(w, "early"), {"kind": "late", "label_ja": "中番"}),
    ),
    "the symbol of early shifts changes": lambda w: change(
        w, calendars.shift_type_update, calendars.ShiftTypeUpdate(type_id(w, "early"), {"symbol": "早"})
    ),
    "a day is closed": closing,
    "a day gets a note": lambda w: change(
        w, calendars.calendar_day_update, calendars.CalendarDayUpdate(date(2025, 8, 1), "all_work", "花火大会")
    ),
    "a cell is edited": lambda w: change(w, cell_edit, CellEdit(w.schedule_id, w.staff_ids[0], "2025-08-04", "×")),
}


@pytest.mark.parametrize("what", FACTS)
def test_published_month__facts_change__reads_the_same_until_published_again(
    published: World, outputs: Callable[[], Outputs], what: str
) -> None:
    before = outputs()
    FACTS[what](published)
    assert unlike(before, outputs()) == []
    version = published.position.version
    result = publish(published)
    assert published.position.version == version + 1, "that is something to publish"
    assert result["publication"] == 2
    assert result["diff"] or any(result["changes"].values()), "and it is told what"
    assert unlike(before, outputs()) != []


OUTSIDE: dict[str, Step] = {
    "times change": lambda w: late_hours_from(w, date(2025, 8, 21), date(2025, 9, 1)),
    "somebody is deleted, who was there until today": lambda w: change(w, staff_delete, StaffDelete(w.staff_ids[2])),
}


@pytest.mark.parametrize("what", OUTSIDE)
def test_published_month__facts_change_outside_it__is_no_news(
    published: World, outputs: Callable[[], Outputs], what: str
) -> None:
    before = outputs()
    OUTSIDE[what](published)
    assert unlike(before, outputs()) == []
    version = published.position.version
    publish(published)
    assert published.position.version == version
    assert unlike(before, outputs()) == []


def test_feed__times_change_within_the_month__has_those_of_each_day(
    published: World, outputs: Callable[[], Outputs]
) -> None:
    for day in ("2025-08-03", "2025-08-04", "2025-08-05"):
        change(published, cell_edit, CellEdit(published.schedule_id, published.staff_ids[0], day, "◇"))
    late_hours_from(published, date(2025, 1, 1), date(2025, 8, 5))
    publish(published)
    feed = outputs()[f"feed of {published.staff_ids[0]}"].decode()
    starts = [line.removeprefix("DTSTART:") for line in feed.splitlines() if line.startswith("DTSTART:")]
    assert starts == ["20250803T050000Z", "20250804T050000Z", "20250805T060000Z"]
    types = outputs()["xlsx"]
    assert any(
        "◇ 遅番 14:00–23:00(8/5から15:00–23:00)" in str(cell) for _, rows in types for row in rows for cell in row
    )


def test_published_month__earlier_period_is_added__stays_what_it_is(
    published: World, outputs: Callable[[], Outputs]
) -> None:
    before = outputs()
    change(published, calendars.period_create, calendars.PeriodCreate(date(2025, 6, 21), date(2025, 7, 20)))
    assert unlike(before, outputs()) == []
    version = published.position.version
    publish(published)
    assert published.position.version == version, "nothing of the month has changed"


def test_published_month__read_at_once__says_what_was_published(
    published: World, outputs: Callable[[], Outputs]
) -> None:
    read = outputs()
    assert [each["name"] for each in read["staff"]] == ["田中", "佐藤", "鈴木"]
    month = read["cells"]["publication"]
    assert (month["number"], month["startDate"], month["endDate"]) == (1, "2025-07-21", "2025-08-20")
    assert [each["blanks"] for each in month["people"]] == ["w" * 31] * 3
    assert (
        read["cells"]["scheduleData"]
        == read["published"]["scheduleData"]
        == published.grid(
            {0: {"08-01": "△", "08-02": "×", "08-03": "◇"}, 1: {"08-01": "×", "08-05": "★"}, 2: {"08-09": "○"}}
        )
    )
    assert [row["working"] for row in read["statistics"]["people"]] == [30, 29, 31]


def test_finished_month__somebody_of_whom_nothing_was_entered_becomes_part_time__is_as_it_was(
    published: World, viewer: Rest
) -> None:
    """A blank of theirs was work, and was read as such; what is entered from now on holds from today."""
    added = change(published, staff_create, StaffCreate({"name": "高橋", "status": "社員"})).result["staff"]["id"]
    publish(published)
    before = viewer.get(f"schedules/{published.schedule_id}/publication/")["people"]
    change(published, staff_update, StaffUpdate(added, {"status": "パート", "blank_means": "free"}))
    result = publish(published)
    after = viewer.get(f"schedules/{published.schedule_id}/publication/")["people"]
    assert after == before
    assert result["publication"] == 2, "what they are now is no news in a month that is over"


def test_finished_month__somebody_who_was_not_on_it_becomes_part_time__was_so_from_the_beginning(
    published: World, viewer: Rest
) -> None:
    added = change(published, staff_create, StaffCreate({"name": "高橋", "status": "社員"})).result["staff"]["id"]
    change(published, staff_update, StaffUpdate(added, {"status": "パート", "blank_means": "free"}))
    publish(published)
    people = viewer.get(f"schedules/{published.schedule_id}/publication/")["people"]
    assert set(next(each["blanks"] for each in people if each["id"] == added)) == {"f"}
