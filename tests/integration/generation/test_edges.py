"""What is planned after a period counts for it like what lies before it."""

from datetime import date, time, timedelta

import pytest

from schedules.models import GenerationJob, ShiftType
from schedules.selectors.evaluation import validation
from schedules.services.calendar import CalendarDayUpdate, PeriodCreate, calendar_day_update, period_create
from schedules.services.cells import CellsEdit, cells_edit
from schedules.services.jobs import JobApply, JobStart, job_apply, job_start
from schedules.services.publishing import SchedulePublish, schedule_publish
from schedules.services.shift_types import ShiftTypeUpdate, shift_type_update
from schedules.worker.running import run_job
from settings_app.services.rows import RowWrite, row_save
from shiftsync.core.clock import local_today
from shiftsync.realtime.stream.requests import ChangeRequest
from tests.support.world import World

LENGTH = 10
RULE = "three days in a row"


class Months:
    """Two periods side by side that begin tomorrow, and a hard rule: one person works no more than three days in a row."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.start = local_today(world.restaurant.timezone) + timedelta(days=1)
        self.person = world.staff_ids[0]
        self.first, self.second = (self._period(number) for number in range(2))
        rule = {"ruleType": "max_consecutive_work", "maxCount": 3, "staffIds": [self.person]}
        fields = {"name": RULE, "isHardConstraint": True, "ruleDefinition": rule, "ruleConfig": {}}
        row_save(ChangeRequest(world.system, RowWrite("priority_rules", fields)))

    def _period(self, number: int) -> str:
        start = self.start + timedelta(days=number * LENGTH)
        made = period_create(ChangeRequest(self.world.system, PeriodCreate(start, start + timedelta(days=LENGTH - 1))))
        schedule_id: str = made.result["period"]["scheduleId"]
        return schedule_id

    def day(self, number: int) -> date:
        """By its number from the first day of the second period; those of the first are negative."""
        return self.start + timedelta(days=LENGTH + number)

    def write(self, schedule_id: str, **values: dict[int, str]) -> None:
        (cells,) = values.values()
        row = {str(self.day(number)): value for number, value in cells.items()}
        cells_edit(ChangeRequest(self.world.system, CellsEdit(schedule_id, {self.person: row})))

    def plan_first(self) -> None:
        """Off on every third day, but not on the last two."""
        self.write(self.first, cells={-10: "×", -7: "×", -4: "×", -3: "×", -1: "○"})

    def publish_second(self) -> None:
        schedule_publish(ChangeRequest(self.world.system, SchedulePublish(self.second)))

    def broken(self, schedule_id: str) -> list[str]:
        found = validation(self.world.id, schedule_id)["violations"]
        return sorted(each["dateKey"] for each in found if each["rule"] == RULE)


@pytest.fixture
def months(world: World) -> Months:
    return Months(world)


def test_validation__next_month_blank_draft__nothing_is_assumed_of_it(months: Months) -> None:
    months.plan_first()
    assert months.broken(months.first) == []


def test_validation__next_month_published__its_blanks_are_work(months: Months) -> None:
    months.plan_first()
    months.write(months.second, cells={2: "×", 5: "×", 8: "×"})
    months.publish_second()

    assert months.broken(months.first) == [str(months.day(-1))], "two days before the edge and two behind it"


def test_validation__draft__counts_up_to_the_last_entry(months: Months) -> None:
    months.plan_first()
    months.write(months.second, cells={0: "○", 1: "○"})
    assert months.broken(months.first) == [str(months.day(-1))]
    months.write(months.second, cells={0: "", 1: "×"})
    assert months.broken(months.first) == []


def test_validation__published_and_edited_since__what_staff_have_seen_counts(months: Months) -> None:
    months.plan_first()
    months.write(months.second, cells={2: "×", 5: "×", 8: "×"})
    months.publish_second()
    months.write(months.second, cells={0: "×"})

    assert months.broken(months.first) == [str(months.day(-1))]


def test_validation__closed_day_behind_the_edge__ends_the_run(months: Months) -> None:
    months.plan_first()
    months.publish_second()
    assert months.broken(months.first)
    calendar_day_update(ChangeRequest(months.world.system, CalendarDayUpdate(months.day(0), "closed")))

    assert months.broken(months.first) == []


def test_generate__next_month_published__keeps_the_rule_over_the_edge(months: Months) -> None:
    months.write(months.second, cells={3: "×", 6: "×", 9: "×"})
    months.publish_second()
    started = job_start(ChangeRequest(months.world.system, JobStart(months.first, time_limit_seconds=20)))
    job = GenerationJob.objects.get(id=started.result["jobId"])
    run_job(job.id)
    job.refresh_from_db()
    assert job.result is not None, job.error
    assert (job.status, job.result["score"]["hard"]) == ("optimal", 0)
    job_apply(ChangeRequest(months.world.system, JobApply(str(job.id))))

    assert months.broken(months.first) == []
    assert months.broken(months.second) == [], "three days behind the edge are worked, so the last one before it is not"


def weekly(months: Months, table: str, fields: dict[str, object]) -> list[tuple[str, str]]:
    """What a row about the week over the edge, of three days before it and four behind it, says is broken there."""
    row_save(ChangeRequest(months.world.system, RowWrite(table, {"name": "the week", **fields})))
    found = validation(months.world.id, months.first)["violations"]
    return [
        (each["dateKey"], each["message"])
        for each in found
        if each["rule"] == "the week" and each["dateKey"] >= str(months.day(-3))
    ]


@pytest.mark.parametrize("table", ["weekly_limits", "priority_rules"])
def test_validation__week_over_the_edge__is_told_as_the_whole_week_that_counts(months: Months, table: str) -> None:
    months.write(months.first, cells={-10: "×", -7: "×", -4: "×", -1: "○"})
    months.publish_second()
    starts = months.day(-3).isoweekday() % 7
    limit = {"shiftType": "off", "minCount": 1, "scope": "individual", "targetIds": [months.person]}
    hours = {"ruleType": "hours", "maxHours": 1, "per": "week", "staffIds": [months.person], "weekStartsOn": starts}
    fields: dict[str, object] = {"limitConfig": {**limit, "weekStartsOn": starts}}
    if table == "priority_rules":
        normal = ShiftType.objects.get(restaurant=months.world.restaurant, symbol="○")
        times = {"start_time": time(9), "end_time": time(17)}
        shift_type_update(ChangeRequest(months.world.system, ShiftTypeUpdate(str(normal.id), times)))
        fields = {"ruleDefinition": hours, "ruleConfig": {}}
    first, last = months.day(-3), months.day(3)
    ((day, message),) = weekly(months, table, fields)
    assert day == str(first)
    assert f"{first.day} {first:%B} to {last.day} {last:%B}" in message, message
