"""A new restaurant whose first questions are answered, from the command line to a month that keeps the answers."""

import json
from collections import Counter
from datetime import date, timedelta
from io import StringIO
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command

from schedules.models import GenerationJob, Shift
from schedules.selectors.evaluation import validation
from schedules.services.calendar import PeriodCreate, period_create
from schedules.services.jobs import JobApply, JobStart, job_apply, job_start
from schedules.worker.running import run_job
from settings_app.selectors.answers import settings_answers
from shiftsync.core.actor import Actor
from shiftsync.realtime.stream.requests import ChangeRequest
from shiftsync.tenants.models import Restaurant, User
from staff.models import StaffMember
from staff.services import StaffCreate, staff_create

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = [("キッチン", 4), ("ホール", 5)]
FIRST, LAST = date(2027, 1, 1), date(2027, 1, 31)


def created(*options: str) -> UUID:
    out = StringIO()
    call_command("create_restaurant", "--name=和食", "--owner=anna", "--preset=washoku", "--json", *options, stdout=out)
    return UUID(json.loads(out.getvalue())["id"])


def generated(restaurant_id: UUID) -> tuple[str, dict[tuple[UUID, date], str]]:
    """The schedule of the month and its cells, once the generator's proposal is applied."""
    system = Actor.system(restaurant_id)
    for position, count in PEOPLE:
        for number in range(count):
            fields = {"name": f"{position}{number}", "position": position}
            staff_create(ChangeRequest(system, StaffCreate(fields)))
    period = period_create(ChangeRequest(system, PeriodCreate(FIRST, LAST))).result["period"]
    asked = JobStart(period["scheduleId"], time_limit_seconds=10, seed=1)
    job_id = job_start(ChangeRequest(system, asked)).result["jobId"]
    run_job(GenerationJob.objects.get(id=job_id).id)
    job_apply(ChangeRequest(system, JobApply(job_id)))
    cells = Shift.objects.filter(restaurant_id=restaurant_id).values_list("staff_id", "date", "value")
    return period["scheduleId"], {(staff, day): value for staff, day, value in cells}


def test_create_restaurant__with_answers__a_generated_month_keeps_them() -> None:
    restaurant_id = created(
        *("--days-off=9-11", "--days-in-a-row=4", "--early-after-late=never", "--rest-hours=11"),
        *("--at-least=キッチン=2", "--at-least=ホール=2/3", "--at-least-late=1"),
    )
    schedule_id, cells = generated(restaurant_id)
    assert [each for each in validation(restaurant_id, schedule_id)["violations"] if each["hard"]] == []
    days = [FIRST + timedelta(days=each) for each in range(31)]
    people = {member.id: member.position for member in StaffMember.objects.filter(restaurant_id=restaurant_id)}
    rows = {staff: [cells.get((staff, day), "") for day in days] for staff in people}
    assert all(9 <= row.count("×") <= 11 for row in rows.values())
    assert not any(set(row[at : at + 5]).isdisjoint("×★") for row in rows.values() for at in range(27))
    assert not any(pair == ("◇", "△") for row in rows.values() for pair in pairwise(row))
    for at, day in enumerate(days):
        at_work = Counter(people[staff] for staff, row in rows.items() if row[at] != "×")
        is_weekend = day.weekday() >= 5
        assert at_work["キッチン"] >= 2
        assert at_work["ホール"] >= (3 if is_weekend else 2)
        assert any(row[at] == "◇" for row in rows.values())


def test_create_restaurant__with_answers__are_those_that_the_page_shows() -> None:
    found = settings_answers(
        created("--days-off=8", "--at-least=5/7", "--days-a-week=パート=4", "--early-after-late=allowed")
    )
    assert (found["leastDaysOff"], found["mostDaysOff"]) == ({"count": 8, "isHard": True}, None)
    assert found["noEarlyAfterLate"] is None
    every_day: dict[str, Any] = {"position": "", "shiftType": "any", "count": 5, "weekendCount": 7}
    assert found["atWork"] == [{**every_day, "isHard": True, "isRefined": False}]
    assert found["daysAWeek"] == [{"status": "パート", "count": 4, "isHard": True, "isRefined": False}]


@pytest.mark.parametrize(
    ("option", "problem"),
    [
        ("--days-off=x", "x is not a number such as 8"),
        ("--days-off=10-8", "must not be above the most"),
        ("--days-off=40", "leastDaysOff"),
        ("--at-least=Kitchen", "Kitchen is not a number"),
        ("--at-least=Kitchen=501", "atWork"),
        ("--days-a-week=4", "such as Part-time=4"),
        ("--rest-hours=24", "24 is not between 1 and 23"),
        ("--early-after-late=perhaps", "perhaps"),
    ],
)
def test_create_restaurant__answer_that_cannot_be__one_line_and_nothing_is_made(option: str, problem: str) -> None:
    with pytest.raises(CommandError) as refused:
        created(option)
    assert problem in str(refused.value)
    assert "\n" not in str(refused.value)
    assert (Restaurant.objects.count(), User.objects.count()) == (0, 0)


def test_create_restaurant__answers_beside_a_copy__is_refused() -> None:
    source = created()
    with pytest.raises(CommandError, match="The rules are those of the restaurant that is copied"):
        created(f"--copy-from={source}", "--days-off=8")
    assert Restaurant.objects.count() == 1
