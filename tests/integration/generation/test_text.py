"""Text that no shift type explains, where others plan around it: proposals of the generator, and backups that are called."""

from datetime import date, timedelta
from typing import Any

import pytest

from schedules.models import GenerationJob
from schedules.services.calendar import ShiftTypeDelete, shift_type_delete
from schedules.services.cells import CellsEdit, cells_edit
from schedules.worker.running import run_job
from settings_app.services.rows import RowWrite, row_save
from shiftsync.core.actor import Role
from shiftsync.core.clock import local_today
from shiftsync.realtime.stream.requests import ChangeRequest
from tests.integration.rest.conftest import AsRole, Rest
from tests.support.world import World


@pytest.fixture
def manager(as_role: AsRole) -> Rest:
    return as_role(Role.MANAGER)


@pytest.fixture
def month(manager: Rest, world: World) -> dict[str, Any]:
    """A fortnight that begins tomorrow."""
    start = local_today(world.restaurant.timezone) + timedelta(days=1)
    body = {"startDate": str(start), "endDate": str(start + timedelta(days=13))}
    period: dict[str, Any] = manager.post("periods/", body, status=201)["result"]["period"]
    return {**period, "days": [str(start + timedelta(days=each)) for each in range(14)]}


def fill(world: World, month: dict[str, Any], person: int, **cells: str) -> None:
    """Cells by the place of their day: ``d3="×"``."""
    row = {month["days"][int(place[1:])]: value for place, value in cells.items()}
    cells_edit(ChangeRequest(world.system, CellsEdit(month["scheduleId"], {world.staff_ids[person]: row})))


def proposed(manager: Rest, month: dict[str, Any], **options: Any) -> list[dict[str, str]]:
    body = {"scheduleId": month["scheduleId"], "timeLimitSeconds": 20, **options}
    job_id = manager.post("jobs/", body, status=202)["result"]["jobId"]
    run_job(GenerationJob.objects.get(id=job_id).id)
    diff: list[dict[str, str]] = manager.get(f"jobs/{job_id}/")["result"]["diff"]
    return diff


def messages(told: dict[str, Any]) -> list[str]:
    return [f"{each['kind']}: {each['message']}" for each in told["violations"]]


def limit(world: World, **config: Any) -> None:
    row = {"name": "limit", "isHardConstraint": True, "limitConfig": {"scope": "all", **config}}
    row_save(ChangeRequest(world.system, RowWrite("daily_limits", row)))


@pytest.mark.parametrize("keep", ["filled", "locked"])
def test_proposal__text_in_cells__stays_whatever_is_kept(
    manager: Rest, world: World, month: dict[str, Any], keep: str
) -> None:
    fill(world, month, 0, d0="面接", d5="本店へ")
    limit(world, shiftType="off", minCount=1, maxCount=1)
    days = {month["days"][0], month["days"][5]}
    diff = proposed(manager, month, keep=keep)
    assert diff
    assert not [each for each in diff if each["staffId"] == world.staff_ids[0] and each["dateKey"] in days]


def test_proposal__types_that_the_restaurant_has_not__are_not_written(
    manager: Rest, world: World, month: dict[str, Any]
) -> None:
    for symbol in ("◇", "★", "●"):
        found = next(each for each in manager.get("shift-types/") if each["symbol"] == symbol)
        shift_type_delete(ChangeRequest(world.system, ShiftTypeDelete(found["id"])))
    fill(world, month, 0, d2="◇")
    limit(world, shiftType="late", minCount=2)
    limit(world, shiftType="off", minCount=1)
    symbols = {each["symbol"] for each in manager.get("shift-types/")}
    assert {each["shiftValue"] for each in proposed(manager, month)} <= {*symbols, ""}
    told = manager.get(f"schedules/{month['scheduleId']}/validation/")["violations"]
    assert [each["text"] for each in told if each["kind"] == "unknown_text"] == ["◇"]


def test_call_backups__backup_whose_cell_holds_text__is_not_called(
    manager: Rest, world: World, month: dict[str, Any]
) -> None:
    member, busy, free = world.staff_ids
    config = {"members": [member], "coverageRules": {"backupRequired": True, "backupMode": "each_absence"}}
    group = row_save(ChangeRequest(world.system, RowWrite("staff_groups", {"name": "板場", "groupConfig": config})))
    for order, staff_id in enumerate((busy, free), 1):
        row = {"staffId": staff_id, "groupId": group.result["createdGroup"]["id"], "priorityOrder": order}
        row_save(ChangeRequest(world.system, RowWrite("staff_backup_assignments", row)))
    fill(world, month, 0, d1="×")
    fill(world, month, 1, d1="面接", d4="×", d8="×", d12="×")
    fill(world, month, 2, d1="×", d4="×", d8="×", d12="×")
    assert manager.post(f"schedules/{month['scheduleId']}/call-backups/")["result"]["changed"] == 1
    month_now = manager.get(f"schedules/{month['scheduleId']}/cells/")
    assert [(each["staffId"], each["dateKey"]) for each in month_now["covering"]] == [(free, month["days"][1])]
    assert month_now["scheduleData"][busy][month["days"][1]] == "面接"


def test_rules_and_terms__that_name_shifts_as_people_type_them__mean_the_types(
    manager: Rest, world: World, month: dict[str, Any]
) -> None:
    """By a word, a look-alike, or the symbol of before a rename; a word of no type is told."""
    early, off = (next(each for each in manager.get("shift-types/") if each["symbol"] == symbol) for symbol in "△×")
    manager.patch(f"shift-types/{off['id']}/", {"symbol": "休"})
    day = month["days"][3]
    for shift in ("早番", "▲", early["symbol"], "謎"):
        limit(world, shiftType=shift, minCount=1, daysOfWeek=[date.fromisoformat(day).isoweekday() % 7])
    limit(world, shiftType="✕", maxCount=0)
    manager.patch(f"staff/{world.staff_ids[2]}/", {"allowedShiftTypes": ["◯", "×"]})
    fill(world, month, 0, d3="△", d4="休")
    fill(world, month, 2, d3="△")
    told = manager.get(f"schedules/{month['scheduleId']}/validation/")
    assert told["warnings"] == ["Limit limit: unknown shift type 謎."]
    day_of = date.fromisoformat(day)
    wanted = [
        f"daily_limit: limit: {day_of:%-d %B}: 0 (謎), at least 1 needed",
        f"daily_limit: limit: {day_of + timedelta(days=1):%-d %B}: 1 (休), at most 0 allowed",
        f"shift_not_allowed: 鈴木 cannot work the shift on {day_of:%-d %B}",
    ]
    found = [each for each in messages(told) if each.startswith(("daily_limit", "shift_not_allowed"))]
    assert sorted(found) == wanted
