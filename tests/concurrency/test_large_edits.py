"""Edits of so many cells that their work begins before the lock."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest
from django.db import connection

from schedules.models import Shift
from schedules.services.ahead import CheckedCells, look_ahead
from schedules.services.cells import REPLACE, CellEdit, CellsEdit, cell_edit, cells_edit
from schedules.services.plan import Plan, read_plan
from schedules.services.undo import Undo, undo
from schedules.sql.cells import WHOLE_SCHEDULE_FROM, read_schedule
from shiftsync.core.actor import Role
from shiftsync.realtime.stream.requests import ChangeRequest, Outcome
from staff.services import StaffDelete, staff_delete
from tests.support.story import Story
from tests.support.world import World, make_world

DAYS = [f"2025-07-{day}" for day in range(21, 32)] + [f"2025-08-{day:02}" for day in range(1, 21)]
PEOPLE = tuple(f"スタッフ{number}" for number in range(20))


@pytest.fixture
def crowd(db_with_commits: None) -> World:
    """A restaurant whose schedule has more cells than an edit may have that begins under the lock."""
    assert len(PEOPLE) * len(DAYS) >= WHOLE_SCHEDULE_FROM
    return make_world(names=PEOPLE)


def all_cells(world: World, value: str, *, people: int = len(PEOPLE), **options: object) -> CellsEdit:
    data = {staff_id: dict.fromkeys(DAYS, value) for staff_id in world.staff_ids[:people]}
    return CellsEdit(world.schedule_id, data, **options)  # type: ignore[arg-type]  # options of the intent


def ask(world: World, intent: CellsEdit, client: str = "client") -> ChangeRequest[CellsEdit]:
    return ChangeRequest(world.actor(client_id=client), intent, uuid4())


def edit(world: World, staff: int, day: str, value: str) -> Outcome:
    intent = CellEdit(world.schedule_id, world.staff_ids[staff], day, value)
    return cell_edit(ChangeRequest(world.actor(Role.OWNER), intent, uuid4()))


def test_large_edit__of_new_then_known_cells_then_undone__is_told_alike_by_rows_log_and_history(crowd: World) -> None:
    cells_edit(ask(crowd, all_cells(crowd, "○")))
    cells_edit(ask(crowd, all_cells(crowd, "×")))
    undo(ChangeRequest(crowd.actor(), Undo(crowd.schedule_id), uuid4()))

    Story(crowd).check()
    history = Shift.history.filter(schedule_id=crowd.schedule_id)
    kinds = history.order_by("history_id").values_list("history_type", flat=True)
    assert list(kinds) == ["+"] * len(kinds[::3]) + ["~"] * 2 * len(kinds[::3])
    assert set(Shift.objects.values_list("value", flat=True)) == {"○"}


def test_large_edit__where_some_cells_are_new__notes_which(crowd: World) -> None:
    edit(crowd, 0, DAYS[0], "△")
    cells_edit(ask(crowd, all_cells(crowd, "○")))

    Story(crowd).check()
    kinds = Shift.history.filter(revision=crowd.position.version).values_list("history_type", flat=True)
    assert sorted(kinds) == ["+"] * (len(PEOPLE) * len(DAYS) - 1) + ["~"]


def test_large_replacement__with_a_locked_cell__clears_all_others(crowd: World) -> None:
    cells_edit(ask(crowd, all_cells(crowd, "○")))
    Shift.objects.filter(staff_id=UUID(crowd.staff_ids[19]), date=DAYS[0]).update(is_locked=True)
    cells_edit(ask(crowd, all_cells(crowd, "×", people=17, mode=REPLACE)))

    rows = Shift.objects.filter(staff_id__in=[UUID(staff_id) for staff_id in crowd.staff_ids[17:]]).exclude(value="")
    assert [(str(row.staff_id), str(row.date), row.value) for row in rows] == [(crowd.staff_ids[19], DAYS[0], "○")]


def test_repeat_of_a_large_edit__whose_person_was_taken_off_meanwhile__gets_its_answer(crowd: World) -> None:
    request = ask(crowd, all_cells(crowd, "○"))
    first = cells_edit(request)
    staff_delete(ChangeRequest(crowd.actor(), StaffDelete(crowd.staff_ids[0]), uuid4()))

    repeat = cells_edit(request)

    assert repeat.is_repeat
    assert repeat.version == first.version


def test_what_was_read_ahead__and_changed_before_the_lock__is_read_again(crowd: World) -> None:
    cells_edit(ask(crowd, all_cells(crowd, "○")))
    schedule_id = read_schedule_id(crowd)
    ahead = look_ahead(crowd.id, crowd.staff_ids, lambda plan: checked(plan, crowd))
    assert ahead is not None
    edit(crowd, 3, DAYS[4], "△")
    staff_delete(ChangeRequest(crowd.actor(), StaffDelete(crowd.staff_ids[0]), uuid4()))

    assert ahead.cells_now() == read_schedule(schedule_id)
    assert ahead.plan != read_plan(crowd.id, crowd.staff_ids)
    assert ahead.cells_now() is None, "a retry would see what the first try has altered"


def checked(plan: Plan, world: World) -> CheckedCells:
    return CheckedCells(plan.period(world.schedule_id, None), {}, [])


def read_schedule_id(world: World) -> UUID:
    return UUID(world.schedule_id)


def test_large_edits__among_small_ones_of_others__lose_none(crowd: World) -> None:
    def edit_all(round_number: int) -> None:
        try:
            cells_edit(ask(crowd, all_cells(crowd, "○△"[round_number % 2]), client="bulk"))
        finally:
            connection.close()

    def edit_one(number: int) -> Outcome:
        try:
            return edit(crowd, number % len(PEOPLE), DAYS[number % len(DAYS)], f"~{number}")
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        large = [pool.submit(edit_all, number) for number in range(6)]
        small = [pool.submit(edit_one, number) for number in range(60)]
    for writing in large:
        writing.result()

    versions = [writing.result().version for writing in small]
    assert len(set(versions)) == len(small)
    Story(crowd).check()
