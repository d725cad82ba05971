"""What has been worked stays: the generator plans from today on, in the restaurant's zone."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.core.management import call_command

from schedules.generation.score import Scorer
from schedules.models import GenerationJob, JobKind, Shift
from schedules.selectors.problem import read_planning
from schedules.services.calendar import PeriodCreate, period_create
from schedules.services.cells import CellsEdit, cells_edit
from schedules.services.jobs import JobApply, JobStart, job_apply, job_start
from schedules.worker.running import problem_for, run_job
from settings_app.services.rows import RowWrite, row_save
from shiftsync.core.actor import Role
from shiftsync.core.clock import local_today
from shiftsync.realtime.stream.requests import ChangeRequest
from tests.integration.rest.conftest import AsRole
from tests.support.world import World


@pytest.fixture
def today(world: World) -> date:
    return local_today(world.restaurant.timezone)


@pytest.fixture
def running(world: World, today: date) -> str:
    """The schedule of a fortnight that is half over, with a rule that its first half breaks too: everybody wants off."""
    days = PeriodCreate(today - timedelta(days=7), today + timedelta(days=6))
    period = period_create(ChangeRequest(world.system, days)).result["period"]
    rule = {"ruleType": "required_off", "staffIds": [world.staff_ids[0]]}
    fields = {"name": "off", "isHardConstraint": True, "ruleDefinition": rule, "ruleConfig": {}}
    row_save(ChangeRequest(world.system, RowWrite("priority_rules", fields)))
    worked = {str(today - timedelta(days=7)): "△", str(today - timedelta(days=6)): "×"}
    cells_edit(ChangeRequest(world.system, CellsEdit(period["scheduleId"], {world.staff_ids[0]: worked})))
    schedule_id: str = period["scheduleId"]
    return schedule_id


def proposed(job_id: str) -> set[date]:
    """The days that the proposal of a job would change."""
    job = GenerationJob.objects.get(id=job_id)
    run_job(job.id)
    job.refresh_from_db()
    assert job.result is not None, job.error
    return {date.fromisoformat(cell["dateKey"]) for cell in job.result["diff"]}


@pytest.mark.parametrize("keep", ["filled", "locked", "none"])
@pytest.mark.parametrize("kind", list(JobKind))
def test_job__running_month__changes_nothing_before_today(
    world: World, running: str, today: date, kind: JobKind, keep: str
) -> None:
    intent = JobStart(running, kind, keep=keep, time_limit_seconds=2, cells=())
    job_id = job_start(ChangeRequest(world.system, intent)).result["jobId"]
    changed = proposed(job_id)

    assert min(changed) == today
    assert max(changed) == today + timedelta(days=6)


def test_job__asked_for_the_past_by_name__changes_it_too(as_role: AsRole, running: str, today: date) -> None:
    body = {"scheduleId": running, "timeLimitSeconds": 2, "includePast": True}
    job_id = as_role(Role.MANAGER).post("jobs/", body, status=202)["result"]["jobId"]

    assert min(proposed(job_id)) < today


def test_command__past__is_an_option(world: World, running: str, today: date) -> None:
    call_command("generate_schedule", schedule=running, time_limit="2", apply=True)
    before = Shift.objects.filter(schedule=UUID(running), date__lt=today).exclude(value="")
    assert [(cell.value) for cell in before.order_by("date")] == ["△", "×"]
    call_command("generate_schedule", schedule=running, time_limit="2", include_past=True, apply=True)
    assert before.count() > 2


def test_apply__day_that_has_passed_since__is_skipped_and_said(world: World, running: str, today: date) -> None:
    job_id = job_start(ChangeRequest(world.system, JobStart(running, time_limit_seconds=2))).result["jobId"]
    proposed(job_id)
    job = GenerationJob.objects.get(id=job_id)
    assert job.result is not None
    yesterday = str(today - timedelta(days=1))
    for cell in job.result["diff"]:
        cell["dateKey"] = yesterday if cell["dateKey"] == str(today) else cell["dateKey"]
    job.save()
    result = job_apply(ChangeRequest(world.system, JobApply(job_id))).result

    assert {(each["dateKey"], each["reason"]) for each in result["skipped"]} == {(yesterday, "This day has passed.")}
    assert not Shift.objects.filter(schedule=UUID(running), date=yesterday).exclude(value="").exists()


@pytest.mark.parametrize(("zone", "is_over"), [("Pacific/Kiritimati", True), ("Pacific/Pago_Pago", False)])
def test_problem__today__is_that_of_the_restaurant(world: World, running: str, zone: str, is_over: bool) -> None:
    """It is never the same day in both zones: they are 25 hours apart."""
    there, elsewhere = local_today(zone), local_today("Pacific/Pago_Pago")
    problem = read_planning(world.id, running).problem
    job = GenerationJob(kind=JobKind.GENERATE, options={})
    held = problem_for(job, problem, there).locked

    assert ((world.staff_ids[0], elsewhere) in held) is is_over


def test_problem__of_a_stub_of_a_month__asks_that_part_of_a_monthly_limit(world: World, today: date) -> None:
    start = today.replace(day=1) + timedelta(days=400)
    period = PeriodCreate(start, start + timedelta(days=10))
    schedule_id = period_create(ChangeRequest(world.system, period)).result["period"]["scheduleId"]
    config = {"limitType": "off_days", "minCount": 8, "scope": "individual", "targetIds": [world.staff_ids[0]]}
    row_save(ChangeRequest(world.system, RowWrite("monthly_limits", {"name": "stub", "limitConfig": config})))
    problem = read_planning(world.id, schedule_id).problem

    assert [each.amount for each in Scorer(problem).violations() if each.rule == "stub"] == [3]


def test_problem__after_a_period_that_was_planned__knows_the_days_of_somebody_without_a_mark(world: World) -> None:
    first = date(2030, 1, 1)
    before = period_create(ChangeRequest(world.system, PeriodCreate(first, first + timedelta(days=9)))).result["period"]
    after = PeriodCreate(first + timedelta(days=10), first + timedelta(days=19))
    schedule_id = period_create(ChangeRequest(world.system, after)).result["period"]["scheduleId"]
    assert read_planning(world.id, schedule_id).problem.days_before == 0
    marks = {world.staff_ids[1]: {str(first + timedelta(days=5)): "×"}}
    cells_edit(ChangeRequest(world.system, CellsEdit(before["scheduleId"], marks)))

    assert read_planning(world.id, schedule_id).problem.days_before == 10
