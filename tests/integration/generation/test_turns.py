"""The generator's queue: fair over restaurants, bounded for each, and quick for those who wait."""

from dataclasses import replace
from uuid import UUID

import pytest
from pytest_django import Settings

from schedules.models import GenerationJob, JobKind, JobStatus, Schedule
from schedules.services.calendar import PeriodCreate, period_create
from schedules.services.jobs import JobStart, job_start
from schedules.tasks import run_generation
from schedules.worker.running import claim
from schedules.worker.turns import turn_after
from shiftsync.core.errors import RateLimited
from shiftsync.realtime.stream.requests import ChangeRequest
from tests.support.world import World, make_world


def started(world: World, count: int, kind: JobKind = JobKind.GENERATE) -> list[GenerationJob]:
    """So many jobs of the restaurant, each for a period of its own."""
    jobs = []
    for _ in range(count):
        period = period_create(ChangeRequest(world.system, PeriodCreate())).result["period"]
        intent = JobStart(period["scheduleId"], kind, cells=() if kind == JobKind.REPAIR else None)
        job_id = job_start(ChangeRequest(world.actor(), intent)).result["jobId"]
        jobs.append(GenerationJob.objects.get(id=job_id))
    return jobs


def served(tasks: list[GenerationJob], *, ends: bool = True) -> list[UUID]:
    """Whose jobs are done, one after the other, as their tasks come out of the queue in order."""
    restaurants = []
    for job in tasks:
        taken = claim(turn_after(job.id))
        assert taken is not None
        restaurants.append(taken.restaurant_id)
        if ends:
            GenerationJob.objects.filter(id=taken.id).update(status=JobStatus.FEASIBLE)
    return restaurants


def test_queue__one_restaurant_asks_for_many__others_are_in_between(world: World) -> None:
    second, third = make_world("Second"), make_world("Third")
    jobs = [*started(world, 4), *started(second, 2), *started(third, 1)]
    order = served(jobs)
    assert set(order[:3]) == {world.id, second.id, third.id}
    assert order[3:5] in ([world.id, second.id], [second.id, world.id])
    assert order[5:] == [world.id, world.id]


def test_queue__restaurant_with_one_running__waits_while_others_wait(world: World) -> None:
    second = make_world("Second")
    jobs = [*started(world, 3), *started(second, 2)]
    assert served(jobs, ends=False) == [world.id, second.id, world.id, second.id, world.id]


def test_queue__repair__goes_before_whole_months(world: World) -> None:
    second = make_world("Second")
    months = started(world, 2)
    (repair,) = started(second, 1, JobKind.REPAIR)
    assert turn_after(months[0].id) == repair.id


def test_queue__another_chosen__both_keep_a_task(world: World) -> None:
    second = make_world("Second")
    first, later = started(world, 2)
    (other,) = started(second, 1)
    assert claim(first.id) is not None
    tasks = {job.task_id for job in (later, other)}
    chosen = turn_after(later.id)
    assert chosen == other.id
    assert {GenerationJob.objects.get(id=job.id).task_id for job in (later, other)} == tasks
    assert GenerationJob.objects.get(id=later.id).task_id == other.task_id


def test_queue__nobody_waits__the_task_does_nothing(world: World) -> None:
    (job,) = started(world, 1)
    GenerationJob.objects.update(status=JobStatus.CANCELLED)
    run_generation.call(str(job.id))
    job.refresh_from_db()
    assert job.status == JobStatus.CANCELLED


def test_start__more_than_the_limit__refused_with_a_time(settings: Settings, world: World) -> None:
    settings.CONFIG = replace(settings.CONFIG, limits=replace(settings.CONFIG.limits, jobs_per_restaurant=2))
    jobs = started(world, 2)
    with pytest.raises(RateLimited) as refused:
        started(world, 1)
    assert "at most" not in refused.value.message
    assert "2 generator jobs" in refused.value.message
    assert refused.value.retry_after
    started(make_world("Second"), 1)
    GenerationJob.objects.filter(id=jobs[0].id).update(status=JobStatus.OPTIMAL)
    started(world, 1)
    assert Schedule.objects.exists()
