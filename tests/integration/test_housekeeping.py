"""Nothing grows without end: one command takes away what is too old, and nothing else."""

import dataclasses
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from schedules.models import GenerationJob, JobKind, JobStatus, Shift
from shiftsync.core.clock import now
from shiftsync.tenants.models import ApiToken
from staff.models import StaffMember
from tests.support.world import World


def housekeeping() -> dict[str, int]:
    out = StringIO()
    call_command("housekeeping", stdout=out)
    lines = [line.split(maxsplit=2) for line in out.getvalue().splitlines()]
    return {name.rstrip("."): int(count) for _, count, name in lines}


def days_ago(days: float) -> Any:
    return now() - timedelta(days=days)


def test_housekeeping__nothing_old__takes_nothing_away(world: World) -> None:
    gone = housekeeping()
    assert set(gone.values()) == {0}
    assert set(gone) == {
        "sessions",
        "tasks",
        "entries of the history",
        "entries of the security log",
        "tokens that had ended",
        "browsers that were signed in",
        "remembered answers",
        "changes and remembered requests",
        "webhook deliveries",
        "notices",
        "mails about accounts",
        "emailed invitations",
        "old proposals",
    }


def test_housekeeping__sessions_tasks_tokens_and_proposals__the_old_ones_go(world: World) -> None:
    for key, days in (("old", 1), ("live", -1)):
        Session.objects.create(session_key=key, session_data="", expire_date=days_ago(days))
    tasks = {
        ("SUCCESSFUL", "finished_at", 8): False,
        ("FAILED", "finished_at", 8): False,
        ("SUCCESSFUL", "finished_at", 6): True,
        ("RUNNING", "started_at", 10): False,
        ("RUNNING", "started_at", 1): True,
        ("READY", "started_at", 100): True,
    }
    made = {}
    for (status, moment, days), stays in tasks.items():
        times: dict[str, Any] = {moment: days_ago(days)}
        row = DBTaskResult.objects.create(
            status=status, args_kwargs={}, task_path="x", backend_name="default", run_after=now(), **times
        )
        made[row.id] = stays
    jobs = ((JobStatus.FEASIBLE, days_ago(91)), (JobStatus.FEASIBLE, days_ago(89)), (JobStatus.QUEUED, None))
    for job_status, finished in jobs:
        GenerationJob.objects.create(
            restaurant_id=world.id,
            schedule_id=world.schedule_id,
            kind=JobKind.GENERATE,
            status=job_status,
            finished_at=finished,
        )
    token = ApiToken.objects.filter(restaurant_id=world.id).first()
    assert token is not None
    ApiToken.objects.filter(id=token.id).update(revoked_at=days_ago(181))
    others = ApiToken.objects.count() - 1

    gone = housekeeping()

    assert list(Session.objects.values_list("session_key", flat=True)) == ["live"]
    assert set(DBTaskResult.objects.values_list("id", flat=True)) == {row for row, stays in made.items() if stays}
    assert (gone["tasks"], gone["old proposals"], gone["tokens that had ended"]) == (3, 1, 1)
    assert ApiToken.objects.count() == others


def history(model: Any, *entries: tuple[str, float]) -> Any:
    """A row's history of those kinds, so many days ago; its id."""
    row = model.objects.first()
    row.history.all().delete()
    for kind, days in entries:
        row.history.create(
            **{field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields},
            history_type=kind,
            history_date=days_ago(days),
        )
    return row


@pytest.mark.parametrize(
    ("years", "left"), [(0, [1500, 1200, 900, 100]), (2, [900, 100]), (3, [1200, 900, 100]), (1, [900, 100])]
)
def test_housekeeping__history__keeps_so_many_years_and_the_state_at_their_beginning(
    world: World, settings: Settings, years: int, left: list[int]
) -> None:
    settings.CONFIG = dataclasses.replace(settings.CONFIG, history_years=years)
    row = history(StaffMember, ("+", 1500), ("~", 1200), ("~", 900), ("~", 100))
    housekeeping()
    ages = [round((now() - each.history_date) / timedelta(days=1)) for each in row.history.order_by("history_id")]
    assert ages == left


def test_housekeeping__history_of_what_was_deleted__goes_wholly(world: World, settings: Settings) -> None:
    settings.CONFIG = dataclasses.replace(settings.CONFIG, history_years=1)
    row = history(StaffMember, ("+", 1500), ("-", 1200))
    housekeeping()
    assert not row.history.exists()


def test_housekeeping__history_younger_than_the_change_log__stays(world: World, settings: Settings) -> None:
    settings.CONFIG = dataclasses.replace(settings.CONFIG, history_years=1)
    settings.CHANGE_LOG_DAYS = 3650
    row = history(StaffMember, ("+", 1500), ("~", 1200))
    housekeeping()
    assert row.history.count() == 2
    assert Shift.history.model.objects.count() == Shift.objects.count()
