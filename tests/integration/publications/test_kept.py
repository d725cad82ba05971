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
from tests.support.world import World

Step = Callable[[World], object]


def change(world: World, service: Callable[[Any], object], intent: object) -> object:
    return service(ChangeRequest(world.system, intent))


def type_id(world: World, kind: str) -> str:
    return str(shift_types_of(world.id).get(kind=kind).id)


def late_hours(world: World) -> object:
    times = {"start_time": time(14), "end_time": time(23)}
    return change(world, calendars.shift_type_update, calendars.ShiftTypeUpdate(type_id(world, "late"), times))


def closing(world: World) -> object:
    return change(
        world, calendars.calendar_day_update, calendars.CalendarDayUpdate(date(2025, 8, 13), "closed", "お盆")
    )


FACTS: dict[str, Step] = {
    "somebody is added, without a first day": lambda w: change(w, staff_create, StaffCreate({"name": "高橋"})),
    "somebody becomes part-time": lambda w: change(
        w, staff_update, StaffUpdate(w.staff_ids[0], {"status": "パート", "blank_means": "free"})
    ),
    "somebody is renamed": lambda w: change(w, staff_update, StaffUpdate(w.staff_ids[0], {"name": "田中 花子"})),
    "somebody has another position": lambda w: change(
        w, staff_update, StaffUpdate(w.staff_ids[1], {"position": "寿司"})
    ),
    "somebody leaves before the month ends": lambda w: change(
        w, staff_update, StaffUpdate(w.staff_ids[1], {"end_period": {"year": 2025, "month": 7, "day": 31}})
    ),
    "somebody is deleted": lambda w: change(w, staff_delete, StaffDelete(w.staff_ids[2])),
    "the order changes": lambda w: change(w, staff_reorder, StaffReorder(list(reversed(w.staff_ids)))),
    "late shifts have hours": late_hours,
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
