"""What people are told of swaps: who is asked, who could take, and both of what became of it."""

from datetime import date, time, timedelta

import pytest

from schedules.selectors.schedules import shift_types_of
from schedules.services.calendar import PeriodCreate, ShiftTypeUpdate, period_create, shift_type_update
from schedules.services.cells import CellsEdit, cells_edit
from schedules.services.publishing import SchedulePublish, ScheduleUnpublish, schedule_publish, schedule_unpublish
from schedules.services.swap_deciding import SwapDecide, swap_decide
from schedules.services.swaps import SwapAnswer, SwapCreate, SwapWithdraw, swap_answer, swap_create, swap_withdraw
from shiftsync.core.actor import Role
from shiftsync.core.fence import within
from shiftsync.notices.models import Notice
from shiftsync.notices.selectors import words_of
from shiftsync.realtime.stream.requests import ChangeRequest
from shiftsync.tenants.models import Restaurant
from tests.integration.notices.conftest import SATO, TANAKA, told
from tests.support.world import World

BOTH = (Role.STAFF, Role.VIEWER)


class Month:
    """A published month ahead, whose fourth day 田中 works early, and the others have off. What was told of it is forgotten."""

    def __init__(self, world: World) -> None:
        for _ in range(2):
            period = period_create(ChangeRequest(world.system, PeriodCreate())).result["period"]
        self.world, self.schedule_id = world, period["scheduleId"]
        self.day = date.fromisoformat(period["startDate"]) + timedelta(3)
        rests = {str(self.day + timedelta(days)): "×" for days in (-2, 2, 7, 12, 17, 22)}
        values = dict(zip(world.staff_ids, ("△", "×", "×"), strict=True))
        data = {staff_id: {**rests, str(self.day): value} for staff_id, value in values.items()}
        cells_edit(ChangeRequest(world.system, CellsEdit(self.schedule_id, data)))
        schedule_publish(ChangeRequest(world.system, SchedulePublish(self.schedule_id)))
        with within(world.id):
            Notice.objects.filter(restaurant_id=world.id).delete()

    def made(self, other: int | None = None, note: str = "") -> str:
        other_id = None if other is None else self.world.staff_ids[other]
        intent = SwapCreate(self.schedule_id, self.world.staff_ids[TANAKA], self.day, other_id, note=note)
        id: str = swap_create(ChangeRequest(self.world.actor(Role.STAFF), intent)).result["swap"]["id"]
        return id

    def answered(self, swap_id: str, accepts: bool, answer: str = "") -> None:
        swap_answer(ChangeRequest(self.world.actor(Role.VIEWER), SwapAnswer(swap_id, accepts, answer)))

    def decided(self, swap_id: str, approves: bool, answer: str = "") -> None:
        swap_decide(ChangeRequest(self.world.actor(Role.OWNER), SwapDecide(swap_id, approves, answer)))


@pytest.fixture
def month(people: World) -> Month:
    return Month(people)


def kinds(world: World, role: Role) -> list[str]:
    return sorted(each.kind for each in told(world, role))


def newest(world: World, role: Role, language: str = "en") -> tuple[str, list[str]]:
    words = words_of(told(world, role)[-1], language)
    return words.title, words.text.splitlines()


def test_colleague_asked__they_alone_are_told(people: World, month: Month) -> None:
    month.made(SATO, note="通院")
    assert [kinds(people, role) for role in (*BOTH, Role.MANAGER)] == [[], ["swap_asked"], []]
    title, (shift, word) = newest(people, Role.VIEWER)
    assert (title, word) == ("田中 asks you to swap", "「通院」")
    assert shift.startswith("田中: ")
    assert shift.endswith(" △")
    assert newest(people, Role.VIEWER, "ja")[0] == "田中さんからシフト交代の依頼があります"


def test_offer__those_who_could_take_it_are_told__once(people: World, month: Month) -> None:
    month.made()
    assert [kinds(people, role) for role in (*BOTH, Role.MANAGER)] == [[], ["swap_offered"], ["swap_offered"]]
    assert newest(people, Role.MANAGER)[0] == "田中 offers a shift that you could take"


def test_colleague_agrees__whose_shift_it_is_is_told_that_it_waits(people: World, month: Month) -> None:
    month.answered(month.made(SATO), accepts=True)
    assert [kinds(people, role) for role in BOTH] == [["swap_answered"], ["swap_asked"]]
    title, lines = newest(people, Role.STAFF)
    assert (title, lines[-1]) == ("佐藤 takes a shift of 田中", "It waits for the manager.")


def test_colleague_declines__is_told_with_their_word(people: World, month: Month) -> None:
    month.answered(month.made(SATO), accepts=False, answer="予定があります")
    title, lines = newest(people, Role.STAFF)
    assert (title, lines[-1]) == ("佐藤 declines to swap with 田中", "「予定があります」")


def test_withdrawn__the_colleague_is_told(people: World, month: Month) -> None:
    asked = month.made(SATO)
    swap_withdraw(ChangeRequest(people.actor(Role.STAFF), SwapWithdraw(asked)))
    assert kinds(people, Role.STAFF) == []
    assert newest(people, Role.VIEWER)[0] == "田中 has withdrawn a swap"


def test_approved__both_are_told_old_and_new__in_one_notice(people: World, month: Month) -> None:
    asked = month.made(SATO)
    month.answered(asked, accepts=True)
    month.decided(asked, approves=True, answer="了解")
    assert kinds(people, Role.STAFF) == ["swap_answered", "swap_decided"]
    assert kinds(people, Role.VIEWER) == ["swap_asked", "swap_decided"], "and not of a changed day besides"
    for role in BOTH:
        title, lines = newest(people, role)
        assert title == "A swap of yours is approved"
        assert [(line[:3], line[-5:]) for line in lines[:2]] == [("田中:", "△ → ×"), ("佐藤:", "× → △")]
        assert lines[2] == "「了解」"


def test_declined_by_the_manager__both_are_told(people: World, month: Month) -> None:
    asked = month.made(SATO)
    month.answered(asked, accepts=True)
    month.decided(asked, approves=False, answer="人が足りません")
    for role in BOTH:
        title, lines = newest(people, role)
        assert (title, lines[-1]) == ("A swap of yours is declined", "「人が足りません」")


def test_goes_through_alone__who_gave_it_is_told_that_it_is_approved(people: World, month: Month) -> None:
    Restaurant.objects.filter(id=people.id).update(swaps="alone")
    month.answered(month.made(SATO), accepts=True)
    assert [kinds(people, role) for role in BOTH] == [["swap_decided"], ["swap_asked"]]


def test_ends_by_itself__both_are_told_why(people: World, month: Month) -> None:
    month.made(SATO)
    schedule_unpublish(ChangeRequest(people.system, ScheduleUnpublish(month.schedule_id)))
    for role in BOTH:
        title, lines = newest(people, role)
        assert (title, lines[-1]) == ("A swap of yours has ended", "This month is no longer published.")


def test_a_manager_speaks_for_the_colleague__both_are_told(people: World, month: Month) -> None:
    asked = month.made(SATO)
    intent = SwapAnswer(asked, accepts=True, other_id=people.staff_ids[SATO])
    swap_answer(ChangeRequest(people.actor(Role.OWNER), intent))
    assert [newest(people, role)[0] for role in BOTH] == ["佐藤 takes a shift of 田中"] * 2


def test_approved__somebody_whose_days_are_the_same__is_told_nothing(people: World, month: Month) -> None:
    asked = month.made(SATO)
    month.answered(asked, accepts=True)
    month.decided(asked, approves=True)
    assert kinds(people, Role.MANAGER) == []


def test_swap_of_a_blank_cell__is_told_as_its_person_reads_it(people: World, month: Month) -> None:
    """A blank one is a day of work for those who work unless told otherwise: "blank" told them nothing."""
    cells_edit(
        ChangeRequest(people.system, CellsEdit(month.schedule_id, {people.staff_ids[TANAKA]: {str(month.day): ""}}))
    )
    schedule_publish(ChangeRequest(people.system, SchedulePublish(month.schedule_id)))
    normal = shift_types_of(people.id).get(kind="normal")
    times = {"start_time": time(10), "end_time": time(19)}
    shift_type_update(ChangeRequest(people.system, ShiftTypeUpdate(str(normal.id), times, date(2025, 7, 1))))
    schedule_publish(ChangeRequest(people.system, SchedulePublish(month.schedule_id)))
    asked = month.made(SATO)
    assert newest(people, Role.VIEWER)[1][0].endswith(" as usual 10:00–19:00")
    assert newest(people, Role.VIEWER, "ja")[1][0].endswith(" 通常勤務 10:00–19:00")
    month.answered(asked, accepts=True)
    month.decided(asked, approves=True)
    for role in BOTH:
        _, lines = newest(people, role)
        assert [line.split(": ")[-1][-24:] for line in lines] == [
            "as usual 10:00–19:00 → ×",
            "× → as usual 10:00–19:00",
        ]
