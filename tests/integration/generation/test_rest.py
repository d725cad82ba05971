"""REST about jobs, evaluation, backups and copying."""

from datetime import date

import pytest

from schedules.models import GenerationJob, Shift
from schedules.rules.copying import same_dates, source_days
from schedules.services.calendar import PeriodCreate, period_create
from schedules.services.cells import CellsEdit, cells_edit
from schedules.worker.running import run_job
from shiftsync.core.actor import Role
from shiftsync.realtime.stream.requests import ChangeRequest
from tests.integration.rest.conftest import AsRole
from tests.support.world import World


def fill(world: World, rows: dict[int, dict[str, str]]) -> None:
    cells_edit(ChangeRequest(world.system, CellsEdit(world.schedule_id, world.grid(rows))))


def test_jobs__from_start_to_applied__each_step_answers_as_documented(as_role: AsRole, world: World) -> None:
    manager = as_role(Role.MANAGER)
    body = {"scheduleId": world.schedule_id, "timeLimitSeconds": 20, "includePast": True}
    job_id = manager.post("jobs/", body, status=202)["result"]["jobId"]
    assert manager.get(f"jobs/{job_id}/")["result"] is None
    assert manager.refused("post", f"jobs/{job_id}/apply/", {}, status=409)["code"] == "conflict"
    run_job(GenerationJob.objects.get().id)
    job = manager.get(f"jobs/{job_id}/")
    assert (job["status"], job["result"]["score"]["hard"]) == ("optimal", 0)
    applied = manager.post(f"jobs/{job_id}/apply/")["result"]["changed"]
    assert applied == len(job["result"]["diff"]) == Shift.objects.exclude(value="").count()
    assert [each["jobId"] for each in manager.get("jobs/")] == [job_id]


def test_jobs__cancelled__says_so(as_role: AsRole, world: World) -> None:
    manager = as_role(Role.MANAGER)
    job_id = manager.post("jobs/", {"scheduleId": world.schedule_id}, status=202)["result"]["jobId"]
    manager.post(f"jobs/{job_id}/cancel/")
    assert manager.get(f"jobs/{job_id}/")["status"] == "cancelled"


@pytest.mark.parametrize("name", ["validation", "statistics", "coverage", "suggestions"])
def test_evaluation__for_editors__answers_as_documented(as_role: AsRole, world: World, name: str) -> None:
    path = f"schedules/{world.schedule_id}/{name}/"
    assert as_role(Role.MANAGER).get(path)["scheduleId"] == world.schedule_id
    as_role(Role.VIEWER).refused("get", path, status=403)


def test_call_backups__nothing_to_cover__changes_nothing(as_role: AsRole, world: World) -> None:
    answer = as_role(Role.MANAGER).post(f"schedules/{world.schedule_id}/call-backups/")
    assert answer["result"] == {"changed": 0}


# --- copying the period before ---


def test_source_days__month_after_month__same_weekday_week_by_week() -> None:
    before = [date(2025, 7, 21), date(2025, 7, 22), date(2025, 7, 28), date(2025, 7, 29)]
    days = [date(2025, 8, 25), date(2025, 9, 1), date(2025, 9, 8), date(2025, 9, 2), date(2025, 9, 3)]
    assert source_days(before, days) == {
        date(2025, 8, 25): date(2025, 7, 21),
        date(2025, 9, 1): date(2025, 7, 28),
        date(2025, 9, 8): date(2025, 7, 21),
        date(2025, 9, 2): date(2025, 7, 22),
    }


def test_same_dates__two_months_after_two_months__each_from_the_one_in_its_place() -> None:
    before = [date(2026, 10, 1), date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 30)]
    days = [date(2026, 12, 1), date(2026, 12, 30), date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 31)]
    assert same_dates(before, days) == {
        date(2026, 12, 1): date(2026, 10, 1),
        date(2026, 12, 30): date(2026, 11, 30),
        date(2026, 12, 31): date(2026, 10, 31),
        date(2027, 1, 1): date(2026, 11, 1),
        date(2027, 1, 31): date(2026, 10, 31),
    }


def test_copy_previous__two_months_after_two__by_date_from_the_month_in_its_place(
    as_role: AsRole, world: World
) -> None:
    manager, first = as_role(Role.MANAGER), world.staff_ids[0]

    def added(start: str, end: str) -> str:
        return str(
            manager.post("periods/", {"startDate": start, "endDate": end}, status=201)["result"]["period"]["scheduleId"]
        )

    before, path = added("2025-10-01", "2025-11-30"), f"schedules/{added('2025-12-01', '2026-01-31')}"
    row = {"2025-10-05": "△", "2025-11-05": "◇"}
    manager.patch(f"schedules/{before}/cells/", {"scheduleData": {first: row}})
    told = manager.get(f"{path}/copy-previous/?by=date")
    assert told["again"] == ["2026-01-31"], "November has no 31st"
    manager.post(f"{path}/copy-previous/", {"by": "date"})
    data = manager.get(f"{path}/cells/")["scheduleData"][first]
    assert {day: value for day, value in data.items() if value} == {"2025-12-05": "△", "2026-01-05": "◇"}


@pytest.mark.parametrize("by", ["weekday", "date"])
def test_copy_previous__overwriting__takes_nothing_from_days_before_somebody_came(
    as_role: AsRole, world: World, by: str
) -> None:
    manager = as_role(Role.MANAGER)
    days = {"startDate": "2025-08-21", "endDate": "2025-09-20"}
    path = f"schedules/{manager.post('periods/', days, status=201)['result']['period']['scheduleId']}"
    newcomer = {"name": "新人", "status": "社員", "startPeriod": {"year": 2025, "month": 8, "day": 21}}
    new = manager.post("staff/", newcomer, status=201)["result"]["staff"]["id"]
    row = {"2025-08-25": "△", "2025-09-01": "△"}
    manager.patch(f"{path}/cells/", {"scheduleData": {new: row, world.staff_ids[0]: row}})
    told = manager.get(f"{path}/copy-previous/?overwrite=true&by={by}")
    assert (told["replacing"], {cell["staffId"] for cell in told["cells"]}) == (2, {world.staff_ids[0]})
    manager.post(f"{path}/copy-previous/", {"overwrite": True, "by": by})
    data = manager.get(f"{path}/cells/")["scheduleData"]
    assert data[new] == row
    assert not any(data.get(world.staff_ids[0], {}).values()), "who was there, and had nothing, has nothing"


def test_copy_previous__filled_period_before__is_one_change_by_weekday(as_role: AsRole, world: World) -> None:
    fill(world, {0: {"07-21": "×", "07-28": "△", "07-22": "★"}, 1: {"07-26": "●"}})
    period = period_create(ChangeRequest(world.system, PeriodCreate(date(2025, 8, 21), date(2025, 9, 20)))).result[
        "period"
    ]
    before = world.position.version
    answer = as_role(Role.MANAGER).post(f"schedules/{period['scheduleId']}/copy-previous/")
    assert answer["version"] == before + 1
    copied = {
        (str(cell.staff_id), str(cell.date)): cell.value
        for cell in Shift.objects.filter(schedule_id=period["scheduleId"]).exclude(value="")
    }
    first, second = world.staff_ids[:2]
    saturdays = {(second, day): "●" for day in ("2025-08-23", "2025-09-20")}  # a fifth one takes the first again
    assert copied == {(first, "2025-08-25"): "×", (first, "2025-09-01"): "△", **saturdays}


def test_copy_previous__by_date__without_leave_closed_days_and_those_who_have_left(
    as_role: AsRole, world: World
) -> None:
    manager = as_role(Role.MANAGER)
    leave = {"symbol": "年休", "kind": "special", "offEquivalent": 1, "isLeave": True}
    manager.post("shift-types/", leave, status=201)
    fill(world, {0: {"08-01": "△", "08-02": "◇", "08-03": "年休", "08-04": "★"}, 1: {"08-01": "△", "08-05": "△"}})
    period = period_create(ChangeRequest(world.system, PeriodCreate(date(2025, 8, 21), date(2025, 9, 20)))).result[
        "period"
    ]
    manager.put("calendar/days/2025-09-02/", {"kind": "closed"})
    manager.patch(f"staff/{world.staff_ids[1]}/", {"endPeriod": {"year": 2025, "month": 9, "day": 3}})
    manager.post(f"schedules/{period['scheduleId']}/copy-previous/", {"by": "date"})
    copied = manager.get(f"schedules/{period['scheduleId']}/cells/")["scheduleData"]
    assert copied == {world.staff_ids[0]: {"2025-09-01": "△"}, world.staff_ids[1]: {"2025-09-01": "△"}}


def test_copy_previous__asked_before__is_told_exactly_what_it_does(as_role: AsRole, world: World) -> None:
    manager = as_role(Role.MANAGER)
    fill(world, {0: {"07-21": "×", "07-28": "△", "07-22": "★"}, 1: {"07-26": "●"}})
    days = {"startDate": "2025-08-21", "endDate": "2025-09-25"}
    path = f"schedules/{manager.post('periods/', days, status=201)['result']['period']['scheduleId']}"
    manager.put("calendar/days/2025-09-02/", {"kind": "closed"})
    manager.patch(f"{path}/cells/", {"scheduleData": {world.staff_ids[0]: {"2025-08-25": "◇"}}})
    manager.post(f"{path}/lock/", {"cells": [{"staffId": world.staff_ids[1], "dateKey": "2025-08-23"}]})
    kept = manager.get(f"{path}/copy-previous/")
    replaced = manager.get(f"{path}/copy-previous/?overwrite=true")
    assert (kept["replacing"], replaced["replacing"]) == (0, 1)
    assert (kept["closed"], kept["unmatched"]) == (["2025-09-02"], [])
    assert kept["locked"] == 1
    assert kept["leave"] >= 1, "★ is nobody's pattern"
    assert {"2025-09-18", "2025-09-25"} <= set(kept["again"]), "the period is longer"
    assert kept["sources"]["2025-09-18"] == "2025-07-24"
    manager.post(f"{path}/copy-previous/", {"overwrite": True})
    told = {(cell["staffId"], cell["dateKey"]): cell["shiftValue"] for cell in replaced["cells"]}
    rows = Shift.objects.filter(schedule_id=path.partition("/")[2]).values_list("staff_id", "date", "value")
    stored = {(str(staff_id), str(day)): value for staff_id, day, value in rows if value}
    assert stored == {cell: value for cell, value in told.items() if value}
    assert manager.get(f"{path}/copy-previous/?overwrite=true")["cells"] == [], "there is nothing left to do"


def test_copy_previous__somebody_who_came_back__not_while_they_were_away(as_role: AsRole, world: World) -> None:
    manager, first = as_role(Role.MANAGER), world.staff_ids[0]
    fill(world, {0: {f"08-{day:02}": "△" for day in range(1, 21)}})
    days = {"startDate": "2025-08-21", "endDate": "2025-09-20"}
    path = f"schedules/{manager.post('periods/', days, status=201)['result']['period']['scheduleId']}"
    manager.delete(f"staff/{first}/?from=2025-09-03")
    manager.post(f"staff/{first}/restore/", {"from": "2025-09-10"})
    cells = manager.get(f"{path}/copy-previous/?by=date")["cells"]
    assert {cell["dateKey"][-2:] for cell in cells} == {f"{day:02}" for day in (1, 2, *range(10, 21))}


def test_repeat_week__one_week__fills_the_other_days_but_leave_and_closed_ones(as_role: AsRole, world: World) -> None:
    manager, first = as_role(Role.MANAGER), world.staff_ids[0]
    path = f"schedules/{world.schedule_id}"
    fill(world, {0: {"07-28": "△", "07-29": "★", "07-30": "◇", "08-06": "×"}})
    manager.put("calendar/days/2025-08-04/", {"kind": "closed"})
    preview = manager.get(f"{path}/repeat-week/?weekStart=2025-07-28")
    assert preview["closed"] == ["2025-08-04"]
    before = world.position.version
    manager.post(f"{path}/repeat-week/", {"weekStart": "2025-07-28"})
    assert world.position.version == before + 1
    data = manager.get(f"{path}/cells/")["scheduleData"][first]
    assert {day[5:]: value for day, value in data.items() if value} == {
        "07-28": "△",
        "07-29": "★",
        "07-30": "◇",
        "07-21": "△",
        "07-23": "◇",
        "08-06": "×",
        "08-11": "△",
        "08-13": "◇",
        "08-18": "△",
        "08-20": "◇",
    }
    assert len(preview["cells"]) == 6
    late = manager.refused("post", f"{path}/repeat-week/", {"weekStart": "2025-08-18"}, status=400)
    assert set(late["details"]) == {"weekStart"}
    as_role(Role.VIEWER).refused("get", f"{path}/repeat-week/?weekStart=2025-07-28", status=403)


def test_copy_previous__first_period__not_found(as_role: AsRole, world: World) -> None:
    as_role(Role.MANAGER).refused("post", f"schedules/{world.schedule_id}/copy-previous/", {}, status=404)


# --- text that is no shift type ---


def test_validation__text_that_is_no_shift_type__is_said_once_for_each_person(as_role: AsRole, world: World) -> None:
    manager, first = as_role(Role.MANAGER), world.staff_ids[0]
    fill(world, {0: {"08-04": "面接", "08-05": "面接", "08-06": "休"}, 1: {"08-04": "面接"}})
    found = manager.get(f"schedules/{world.schedule_id}/validation/")
    told = [each for each in found["violations"] if each["kind"] == "unknown_text"]
    assert [(each["staffId"], each["dateKey"]) for each in told] == [
        (first, "2025-08-04"),
        (world.staff_ids[1], "2025-08-04"),
    ]
    assert told[0]["messageJa"] == "「面接」はシフトの種類ではありません"
    special = next(each for each in manager.get("shift-types/") if each["kind"] == "special")
    manager.patch(f"shift-types/{special['id']}/", {"aliases": ["面接"]})
    fill(world, {0: {"08-04": "面接", "08-05": "面接"}, 1: {"08-04": "面接"}})
    again = manager.get(f"schedules/{world.schedule_id}/validation/")["violations"]
    assert [each for each in again if each["kind"] == "unknown_text"] == []


def test_text__counts_as_the_restaurant_says__in_statistics_coverage_and_problems(
    as_role: AsRole, world: World
) -> None:
    manager, owner = as_role(Role.MANAGER), as_role(Role.OWNER)
    fill(world, {0: {"08-04": "本店", "08-05": "×"}})
    path = f"schedules/{world.schedule_id}"

    def counted() -> tuple[int, float, int, bool]:
        people = manager.get(f"{path}/statistics/")["people"]
        mine = next(each for each in people if each["staffId"] == world.staff_ids[0])
        problems = manager.get(f"{path}/validation/")["violations"]
        has_problem = any(each["kind"] == "unknown_text" for each in problems)
        return mine["working"], mine["daysOff"], mine["off"], has_problem

    days = 31
    assert counted() == (days - 2, 1.0, 1, True)
    owner.patch(f"restaurants/{world.id}/", {"textCountsAs": "work"})
    assert counted() == (days - 1, 1.0, 1, False)
    owner.patch(f"restaurants/{world.id}/", {"textCountsAs": "off"})
    assert counted() == (days - 2, 2.0, 2, False)
