"""The generator's jobs: started once, worked on by one, told of, cancelled, taken up again, applied and undone."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from schedules.models import ACTIVE_JOB, GenerationJob, JobStatus, Shift
from schedules.selectors.problem import read_planning
from schedules.services.cells import CellEdit, cell_edit
from schedules.services.jobs import JobApply, JobCancel, JobStart, job_apply, job_cancel, job_start
from schedules.services.undo import Redo, Undo, redo, undo
from schedules.tasks import watch_generation
from schedules.worker.running import claim, run_job
from shiftsync.core.actor import Actor
from shiftsync.core.clock import now
from shiftsync.core.errors import ConflictError
from shiftsync.realtime.rules.conflicts import Strategy
from shiftsync.realtime.stream.requests import ChangeRequest
from tests.integration.generation.conftest import start
from tests.support.waiting import wait_until
from tests.support.worker import WorkerProcess
from tests.support.world import World, make_world

PATIENCE = 120.0
LARGE = tuple(f"Cook {number}" for number in range(240))
"""So many that a month is not proved optimal before it is cancelled."""


def done(job: GenerationJob) -> bool:
    job.refresh_from_db()
    return job.status not in ACTIVE_JOB


def cells(world: World) -> dict[tuple[str, str], str]:
    rows = Shift.objects.filter(restaurant=world.restaurant).exclude(value="")
    return {(str(row.staff_id), str(row.date)): row.value for row in rows}


def edit(world: World, staff: int, day: str, value: str, client: str = "other") -> None:
    intent = CellEdit(world.schedule_id, world.staff_ids[staff], f"2025-{day}", value)
    cell_edit(ChangeRequest(world.actor(client_id=client), intent))


# --- starting ---


def test_start__sent_twice__is_one_job(world: World) -> None:
    request = ChangeRequest(world.actor(), JobStart(world.schedule_id), request_id=uuid4())
    first, again = job_start(request), job_start(request)
    assert first.result == again.result
    assert GenerationJob.objects.count() == 1


def test_start__while_another_is_unfinished__is_refused_and_names_it(world: World) -> None:
    job = start(world)
    with pytest.raises(ConflictError) as refused:
        start(world)
    assert refused.value.details == {"jobId": str(job.id)}


def test_claim__two_workers__one_gets_it(world: World) -> None:
    job = start(world)
    assert claim(job.id) is not None
    assert claim(job.id) is None


# --- running ---


def test_run__small_month__ends_optimal_with_a_proposal(world: World) -> None:
    job = start(world, time_limit_seconds=20)
    run_job(job.id)
    job.refresh_from_db()
    assert job.status == JobStatus.OPTIMAL, job.error
    assert job.result is not None
    assert job.result["score"]["hard"] == 0
    assert job.base_version == world.position.version
    assert cells(world) == {}, "nothing is written until it is applied"


def test_run__job_that_fails__says_so(world: World) -> None:
    job = start(world)
    GenerationJob.objects.filter(id=job.id).update(attempts=3)
    run_job(job.id)
    job.refresh_from_db()
    assert (job.status, job.error) == (JobStatus.FAILED, "RuntimeError: given up after 3 attempts")


# --- cancelling ---


def test_cancel__queued_job__ends_it(world: World) -> None:
    job = start(world)
    job_cancel(ChangeRequest(world.actor(), JobCancel(str(job.id))))
    assert done(job)
    assert job.status == JobStatus.CANCELLED
    run_job(job.id)
    assert done(job)


def test_cancel__before_the_first_schedule__stops_the_run(world: World) -> None:
    job = start(world)
    GenerationJob.objects.filter(id=job.id).update(cancel_requested=True)
    run_job(job.id)
    assert done(job)
    assert job.status == JobStatus.CANCELLED


# --- left behind ---


def test_watch__lapsed_lease__queues_again(world: World) -> None:
    job = start(world)
    claim(job.id)
    GenerationJob.objects.filter(id=job.id).update(lease_until=now() - timedelta(seconds=1))
    watch_generation.call(str(job.id))
    job.refresh_from_db()
    assert job.status == JobStatus.QUEUED
    assert claim(job.id) is not None


def test_watch__live_lease__leaves_it(world: World) -> None:
    job = start(world)
    claim(job.id)
    watch_generation.call(str(job.id))
    job.refresh_from_db()
    assert job.status == JobStatus.RUNNING


# --- in worker processes ---


def test_worker__job__is_done_by_it(world: World, worker: WorkerProcess) -> None:
    job = start(world, time_limit_seconds=20)
    wait_until(lambda: done(job), PATIENCE, "the worker to do the job")
    assert job.status == JobStatus.OPTIMAL, job.error


@pytest.mark.slow
def test_worker__killed__another_takes_the_job_up(db_with_commits: None, database_url: str) -> None:
    job = start(make_world(names=LARGE), time_limit_seconds=600)

    def is_running(attempts: int) -> bool:
        job.refresh_from_db()
        return job.status == JobStatus.RUNNING and job.attempts == attempts and bool(job.progress)

    with WorkerProcess({"DATABASE_URL": database_url}) as first:
        wait_until(lambda: is_running(1), PATIENCE, "the job to run")
        first.kill()
    with WorkerProcess({"DATABASE_URL": database_url}):
        wait_until(lambda: is_running(2), PATIENCE, "the job to be taken up again")
        job_cancel(ChangeRequest(Actor.system(job.restaurant_id), JobCancel(str(job.id))))
        wait_until(lambda: done(job), PATIENCE, "the job to be cancelled, long before its time is up")
    assert job.status == JobStatus.CANCELLED
    assert job.result is not None, "the best so far is kept"


@pytest.mark.slow
def test_workers__two_jobs__share_the_load(db_with_commits: None, database_url: str) -> None:
    jobs = [start(make_world(names=LARGE), time_limit_seconds=600) for _ in range(2)]
    with WorkerProcess({"DATABASE_URL": database_url}), WorkerProcess({"DATABASE_URL": database_url}):
        running = GenerationJob.objects.filter(status=JobStatus.RUNNING)
        wait_until(lambda: running.count() == 2, PATIENCE, "both to run at the same time")
        for job in jobs:
            job_cancel(ChangeRequest(Actor.system(job.restaurant_id), JobCancel(str(job.id))))
        wait_until(lambda: all(done(job) for job in jobs), PATIENCE, "both to end")


# --- applying ---


Cells = list[dict[str, Any]]


def generated(world: World) -> tuple[GenerationJob, Cells]:
    """A finished job, and its diff."""
    job = start(world, time_limit_seconds=20)
    run_job(job.id)
    job.refresh_from_db()
    assert job.result is not None, job.error
    assert job.result["diff"], "the default settings ask for days off"
    return job, job.result["diff"]


def test_apply__proposal__is_one_change_and_undone_as_one(world: World) -> None:
    job, diff = generated(world)
    before = world.position.version
    outcome = job_apply(ChangeRequest(world.actor(), JobApply(str(job.id))))
    assert outcome.version == before + 1
    assert cells(world) == {(cell["staffId"], cell["dateKey"]): cell["shiftValue"] for cell in diff}
    undo(ChangeRequest(world.actor(), Undo(world.schedule_id)))
    assert cells(world) == {}
    redo(ChangeRequest(world.actor(), Redo(world.schedule_id)))
    assert len(cells(world)) == len(diff)


def test_apply__cell_edited_meanwhile__the_edit_wins(world: World) -> None:
    job, diff = generated(world)
    first = diff[0]
    staff = world.staff_ids.index(first["staffId"])
    edit(world, staff, first["dateKey"][5:], "研修")
    outcome = job_apply(ChangeRequest(world.actor(), JobApply(str(job.id))))
    assert [item["theirs"] for item in outcome.result["refused"]] == ["研修"]
    assert cells(world)[first["staffId"], first["dateKey"]] == "研修"
    assert outcome.result["changed"] == len(diff) - 1


def test_apply__cell_edited_meanwhile_but_told_otherwise__the_proposal_wins(world: World) -> None:
    job, diff = generated(world)
    first = diff[0]
    edit(world, world.staff_ids.index(first["staffId"]), first["dateKey"][5:], "研修")
    request = ChangeRequest(world.actor(), JobApply(str(job.id)), strategy=Strategy.LAST_WRITER_WINS)
    outcome = job_apply(request)
    assert [item["theirs"] for item in outcome.result["overwritten"]] == ["研修"]
    assert cells(world)[first["staffId"], first["dateKey"]] == first["shiftValue"]


def test_apply__unfinished_job__is_refused(world: World) -> None:
    job = start(world)
    with pytest.raises(ConflictError):
        job_apply(ChangeRequest(world.actor(), JobApply(str(job.id))))


# --- reading the problem ---


def test_planning__more_people_and_cells__as_many_queries(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with CaptureQueriesContext(connection) as few:
        read_planning(world.id, world.schedule_id)
    large = make_world(names=LARGE)
    edit(large, 0, "08-01", "×")
    with django_assert_num_queries(len(few)):
        read_planning(large.id, large.schedule_id)
