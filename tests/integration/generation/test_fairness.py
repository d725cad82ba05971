"""Shares are evened out over the periods before: as they were published, else as they are drafted."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from schedules.generation.terms import POINTS
from schedules.models import GenerationJob, Shift
from schedules.selectors.evaluation import validation
from schedules.selectors.problem import read_planning
from schedules.services.calendar import PeriodCreate, period_create
from schedules.services.cells import CellsEdit, cells_edit
from schedules.services.jobs import JobApply, JobStart, job_apply, job_start
from schedules.services.publishing import SchedulePublish, schedule_publish
from schedules.worker.running import run_job
from settings_app.services.rows import RowWrite, row_save
from shiftsync.core.actor import Role
from shiftsync.core.clock import local_today
from shiftsync.realtime.stream.requests import ChangeRequest
from staff.services import StaffUpdate, staff_update
from tests.integration.rest.conftest import AsRole
from tests.support.world import World

LENGTH = 14
FAIR = "fair late shifts"


class Months:
    """Periods side by side that begin tomorrow, and a rule about late shifts that looks back to two of them."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.start = local_today(world.restaurant.timezone) + timedelta(days=1)
        definition = {"ruleType": "fairness", "shiftType": "late", "pastPeriods": 2}
        fields = {"name": FAIR, "isHardConstraint": False, "ruleDefinition": definition, "ruleConfig": {}}
        row_save(ChangeRequest(world.system, RowWrite("priority_rules", fields)))

    def period(self, number: int) -> str:
        period = PeriodCreate(self.day(number, 0), self.day(number, LENGTH - 1))
        schedule_id: str = period_create(ChangeRequest(self.world.system, period)).result["period"]["scheduleId"]
        return schedule_id

    def day(self, number: int, index: int) -> date:
        return self.start + timedelta(days=number * LENGTH + index)

    def late(self, schedule_id: str, number: int, person: int, count: int) -> None:
        """The first days of somebody late, the others as they were."""
        row = {str(self.day(number, index)): "◇" if index < count else "" for index in range(LENGTH)}
        cells_edit(ChangeRequest(self.world.system, CellsEdit(schedule_id, {self.world.staff_ids[person]: row})))

    def publish(self, schedule_id: str) -> None:
        schedule_publish(ChangeRequest(self.world.system, SchedulePublish(schedule_id)))

    def broken(self, schedule_id: str) -> list[float]:
        found = validation(self.world.id, schedule_id)["violations"]
        return [each["penalty"] / POINTS for each in found if each["rule"] == FAIR]

    def had(self, schedule_id: str) -> dict[str, int]:
        """What the problem of a schedule knows of the periods before: late shifts by person."""
        (past,) = read_planning(self.world.id, schedule_id).problem.past_shares.values()
        return {staff_id: share.number for staff_id, share in past.shares.items() if share.number}


@pytest.fixture
def months(world: World) -> Months:
    return Months(world)


def test_past__draft_counts__until_it_is_published_and_then_what_was_published(months: Months) -> None:
    first, second = months.period(0), months.period(1)
    months.late(first, 0, person=0, count=5)
    person = months.world.staff_ids[0]
    assert months.had(second) == {person: 5}
    months.publish(first)
    months.late(first, 0, person=0, count=9)
    assert months.had(second) == {person: 5}
    months.publish(first)
    assert months.had(second) == {person: 9}


def test_past__as_many_periods_as_asked__and_unplanned_ones_hold_nothing(months: Months) -> None:
    schedules = [months.period(number) for number in range(4)]
    for number in (0, 1):
        months.late(schedules[number], number, person=number, count=3)

    assert months.had(schedules[3]) == {months.world.staff_ids[1]: 3}
    problem = read_planning(months.world.id, schedules[3]).problem
    (past,) = problem.past_shares.values()
    assert {share.days for share in past.shares.values()} == {LENGTH}
    assert past.since == months.day(1, 0)


def test_validation__unfair_over_two_periods__is_told_as_cells_are_edited(months: Months) -> None:
    first, second = months.period(0), months.period(1)
    months.late(first, 0, person=0, count=5)
    months.publish(first)
    assert months.broken(second) == [4]
    months.late(second, 1, person=1, count=5)
    months.late(second, 1, person=2, count=4)
    assert months.broken(second) == []


def test_past__person_who_left__is_not_compared(months: Months) -> None:
    first, second = months.period(0), months.period(1)
    months.late(first, 0, person=0, count=5)
    last = months.day(0, LENGTH - 1)
    left = {"end_period": {"year": last.year, "month": last.month, "day": last.day}}
    staff_update(ChangeRequest(months.world.system, StaffUpdate(months.world.staff_ids[0], left)))

    assert months.broken(second) == []


def test_generated_one_after_the_other__four_periods__end_within_one(months: Months) -> None:
    config = {"shiftType": "late", "minCount": 1, "maxCount": 1, "scope": "all"}
    fields = {"name": "one late", "isHardConstraint": True, "limitConfig": config}
    row_save(ChangeRequest(months.world.system, RowWrite("daily_limits", fields)))
    for number in range(4):
        schedule_id = months.period(number)
        intent = JobStart(schedule_id, time_limit_seconds=10)
        job_id = job_start(ChangeRequest(months.world.actor(Role.MANAGER), intent)).result["jobId"]
        run_job(GenerationJob.objects.get(id=job_id).id)
        job_apply(ChangeRequest(months.world.actor(Role.MANAGER), JobApply(job_id)))
        months.publish(schedule_id)
    late = Shift.objects.filter(restaurant_id=months.world.id, value="◇")
    totals = [late.filter(staff=UUID(each)).count() for each in months.world.staff_ids]

    assert sum(totals) == 4 * LENGTH
    assert max(totals) - min(totals) <= 1


def test_problem__that_looks_back__reads_publications_once_and_drafts_together(months: Months) -> None:
    def queries(schedule_id: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as counted:
            read_planning(months.world.id, schedule_id)
        return len(counted)

    schedules = [months.period(number) for number in range(3)]
    nothing = queries(schedules[0])
    for number in (0, 1):
        months.late(schedules[number], number, person=0, count=3)
    drafts = queries(schedules[2])
    for schedule_id in schedules[:2]:
        months.publish(schedule_id)
    anew, again = queries(schedules[2]), queries(schedules[2])

    assert drafts - nothing <= 6
    assert anew == again + 1
    assert again <= drafts


@pytest.mark.parametrize(("value", "says"), [(13, "12"), (-1, "0"), (1.5, "whole"), ("two", "number")])
def test_rest__past_periods_out_of_bounds__are_refused_by_name(as_role: AsRole, value: Any, says: str) -> None:
    body = {"name": "fair", "ruleDefinition": {"ruleType": "fairness", "pastPeriods": value}}
    answer = as_role(Role.MANAGER).post("priority-rules/", body, status=400)

    assert "ruleDefinition.pastPeriods" in str(answer)
    assert says in str(answer)


def test_rest__past_periods__are_kept(as_role: AsRole) -> None:
    body = {"name": "fair", "ruleDefinition": {"ruleType": "fairness", "shiftType": "late", "pastPeriods": 12}}
    made = as_role(Role.MANAGER).post("priority-rules/", body, status=201)

    assert made["result"]["createdRule"]["ruleDefinition"]["pastPeriods"] == 12
