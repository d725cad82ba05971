"""Who is told of what: with the change or not at all, once, and nobody whom it does not concern."""

from datetime import date, time, timedelta
from uuid import uuid4

import pytest

from schedules.models import Schedule
from schedules.selectors.schedules import shift_types_of
from schedules.services.answering import WishesAnswer, wishes_answer
from schedules.services.calendar import PeriodCreate, ShiftTypeUpdate, period_create, shift_type_update
from schedules.services.publishing import (
    SchedulePublicationRestore,
    SchedulePublish,
    ScheduleUnpublish,
    schedule_publish,
    schedule_restore_publication,
    schedule_unpublish,
)
from schedules.services.telling import tell_of_deadlines
from schedules.services.wishes import WishCreate, WishDelete, wish_create, wish_delete
from shiftsync.core.actor import Role
from shiftsync.core.clock import local_today
from shiftsync.core.fence import within
from shiftsync.notices.selectors import words_of
from shiftsync.realtime.stream import commit as committing
from shiftsync.realtime.stream.requests import ChangeRequest
from staff.services import StaffCreate, StaffUpdate, staff_create, staff_update
from tests.integration.notices.conftest import SATO, TANAKA, edit, kinds, link, publish, told
from tests.support.world import World

EVERYBODY = (Role.STAFF, Role.VIEWER, Role.MANAGER)


def test_published__everybody_who_is_on_it_is_told_but_its_author(people: World) -> None:
    publish(people, people.actor(Role.MANAGER))
    assert [kinds(people, role) for role in EVERYBODY] == [["schedule_published"], ["schedule_published"], []]
    assert not told(people, Role.OWNER), "an owner who is nobody on the schedule"
    (notice,) = told(people, Role.STAFF)
    assert words_of(notice, "en").title == "The shifts for Jul 21 – Aug 20 are published"
    assert words_of(notice, "ja").title == "7月21日 – 8月20日のシフトが公開されました"


def test_published_again__only_those_whose_days_are_others_are_told__old_and_new(people: World) -> None:
    edit(people, {TANAKA: {"08-01": "△", "08-02": "×"}, SATO: {"08-05": "×"}})
    publish(people)
    edit(people, {TANAKA: {"08-01": "×", "08-02": "", "08-03": "◇"}})
    publish(people)
    assert kinds(people, Role.STAFF) == ["schedule_published", "schedule_changed"]
    assert kinds(people, Role.VIEWER) == ["schedule_published"]
    notice = told(people, Role.STAFF)[-1]
    days = {each["dateKey"]: (each["before"]["value"], each["after"]["value"]) for each in notice.data["changes"]}
    assert days == {"2025-08-01": ("△", "×"), "2025-08-02": ("×", ""), "2025-08-03": ("", "◇")}
    words = words_of(notice, "en")
    assert words.title == "3 of your days in Jul 21 – Aug 20 have changed"
    assert [line.split(":")[0] for line in words.text.splitlines()] == ["Fri, Aug 1", "Sat, Aug 2", "Sun, Aug 3"]
    assert "→ as usual" in words.text
    assert words_of(notice, "ja").text.splitlines()[0].startswith("8月1日(金): △")


def test_published_again__a_shift_begins_later__those_who_work_it_are_told(people: World) -> None:
    edit(people, {TANAKA: {"08-01": "△"}})
    early = shift_types_of(people.id).get(kind="early")
    for hour in (9, 10):
        times = {"start_time": time(hour), "end_time": time(17)}
        shift_type_update(ChangeRequest(people.system, ShiftTypeUpdate(str(early.id), times, date(2025, 7, 1))))
        publish(people)
    assert kinds(people, Role.STAFF) == ["schedule_published", "schedule_changed"]
    assert kinds(people, Role.VIEWER) == ["schedule_published"]
    assert words_of(told(people, Role.STAFF)[-1], "en").text == "Fri, Aug 1: △ 09:00–17:00 → △ 10:00–17:00"


def test_published_again__somebody_new__it_is_published_to_them_alone(people: World) -> None:
    publish(people)
    added = staff_create(ChangeRequest(people.system, StaffCreate({"name": "高橋"}))).result["staff"]["id"]
    people.staff_ids.append(added)
    link(people, Role.OWNER, 3)
    publish(people)
    assert [kinds(people, role) for role in (*EVERYBODY, Role.OWNER)] == [["schedule_published"]] * 4


@pytest.mark.parametrize(("month", "day"), [(8, 5), (6, 30)], ids=["leaves within it", "had left before it"])
def test_published_again__somebody_leaves__is_told_of_the_days(people: World, month: int, day: int) -> None:
    edit(people, {TANAKA: {"08-06": "△"}})
    publish(people)
    left = {"end_period": {"year": 2025, "month": month, "day": day}}
    staff_update(ChangeRequest(people.system, StaffUpdate(people.staff_ids[TANAKA], left)))
    publish(people)
    assert [kinds(people, role) for role in (Role.STAFF, Role.VIEWER)] == [
        ["schedule_published", "schedule_changed"],
        ["schedule_published"],
    ]
    changes = told(people, Role.STAFF)[-1].data["changes"]
    assert {each["after"]["blank"] for each in changes} == {"-"}
    assert len(changes) == (15 if month == 8 else 31)
    (line,) = words_of(told(people, Role.STAFF)[-1], "en").text.splitlines()
    assert line == f"{'Wed, Aug 6' if month == 8 else 'Mon, Jul 21'} – Wed, Aug 20: not on the schedule"


def test_published_as_it_is__or_taken_back__nobody_is_told(people: World) -> None:
    publish(people)
    publish(people)
    schedule_unpublish(ChangeRequest(people.system, ScheduleUnpublish(people.schedule_id)))
    assert kinds(people, Role.STAFF) == ["schedule_published"]


def test_published__the_commit_fails__nobody_is_told(people: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_off(statements: object) -> None:
        raise RuntimeError("pulled the plug")

    monkeypatch.setattr(committing, "execute_and_commit", break_off)
    with pytest.raises(RuntimeError, match="plug"):
        publish(people)
    assert not told(people, Role.STAFF)


def test_published__repeated_by_its_request_id__told_once(people: World) -> None:
    request = ChangeRequest(people.actor(Role.OWNER), SchedulePublish(people.schedule_id), request_id=uuid4())
    assert schedule_publish(request).version == schedule_publish(request).version
    assert kinds(people, Role.STAFF) == ["schedule_published"]


def test_wishes__answered__each_person_is_told_of_theirs_in_one_notice(people: World) -> None:
    for person, day in ((TANAKA, 1), (TANAKA, 2), (SATO, 3)):
        wish = WishCreate(people.schedule_id, people.staff_ids[person], date(2025, 8, day), {"kind": "off"})
        wish_create(ChangeRequest(people.system, wish))
    answer = WishesAnswer(people.schedule_id, "declined", answer="人が足りません")
    wishes_answer(ChangeRequest(people.actor(Role.MANAGER), answer))
    assert [kinds(people, role) for role in EVERYBODY] == [["wish_answered"], ["wish_answered"], []]
    words = words_of(told(people, Role.STAFF)[0], "en")
    assert words.title == "2 of your wishes have been answered"
    assert words.text.splitlines()[0] == "Fri, Aug 1 day off: declined 「人が足りません」"
    assert words_of(told(people, Role.VIEWER)[0], "ja").text == "8月3日(日) 休み: 見送り 「人が足りません」"


def test_deadline__near__everybody_planned_is_told_once_for_each_deadline(people: World) -> None:
    period = period_create(ChangeRequest(people.system, PeriodCreate())).result["period"]
    today = local_today("Asia/Tokyo")

    def due(deadline: date) -> list[list[str]]:
        with within(people.id):
            Schedule.objects.filter(id=period["scheduleId"]).update(wish_deadline=deadline)
        for _ in range(2):
            tell_of_deadlines()
        return [kinds(people, role) for role in EVERYBODY]

    assert due(today + timedelta(4)) == [[], [], []]
    assert due(today - timedelta(1)) == [[], [], []]
    assert due(today + timedelta(3)) == [["wish_deadline"]] * 3
    assert due(today) == [["wish_deadline"] * 2] * 3
    assert words_of(told(people, Role.STAFF)[0], "en").text == "You have entered 0 wishes."


def test_published_again__after_it_was_taken_back__what_is_otherwise_for_them_is_named(people: World) -> None:
    edit(people, {TANAKA: {"08-01": "×"}})
    publish(people)
    schedule_unpublish(ChangeRequest(people.system, ScheduleUnpublish(people.schedule_id)))
    edit(people, {TANAKA: {"08-01": "△"}})
    publish(people)
    assert [kinds(people, role) for role in (Role.STAFF, Role.VIEWER)] == [["schedule_published"] * 2] * 2
    words = words_of(told(people, Role.STAFF)[-1], "en")
    assert words.title == "The shifts for Jul 21 – Aug 20 are published"
    assert words.text.splitlines() == ["Different from what was published before:", "Fri, Aug 1: × → △"]
    assert words_of(told(people, Role.STAFF)[-1], "ja").text.startswith("前に公開されたシフトから変わった日:")
    assert not words_of(told(people, Role.VIEWER)[-1], "en").text


def test_shown_again__as_it_was_taken_back__nothing_is_otherwise(people: World) -> None:
    for value in "×△":
        edit(people, {TANAKA: {"08-01": value}})
        publish(people)
    schedule_unpublish(ChangeRequest(people.system, ScheduleUnpublish(people.schedule_id)))
    schedule_restore_publication(ChangeRequest(people.system, SchedulePublicationRestore(people.schedule_id)))
    assert kinds(people, Role.STAFF) == ["schedule_published", "schedule_changed", "schedule_published"]
    assert not words_of(told(people, Role.STAFF)[-1], "en").text


def test_published_again__after_it_was_taken_back__somebody_is_on_it_no_more__they_are_told(people: World) -> None:
    edit(people, {TANAKA: {"08-06": "△"}})
    publish(people)
    schedule_unpublish(ChangeRequest(people.system, ScheduleUnpublish(people.schedule_id)))
    left = {"end_period": {"year": 2025, "month": 6, "day": 30}}
    staff_update(ChangeRequest(people.system, StaffUpdate(people.staff_ids[TANAKA], left)))
    publish(people)
    assert kinds(people, Role.STAFF) == ["schedule_published", "schedule_changed"]


def test_wish__taken_away_by_a_manager__its_person_is_told(people: World) -> None:
    wish = WishCreate(people.schedule_id, people.staff_ids[TANAKA], date(2025, 8, 1), {"kind": "off"})
    id = wish_create(ChangeRequest(people.system, wish)).result["wish"]["id"]
    wish_delete(ChangeRequest(people.actor(Role.MANAGER), WishDelete(id)))
    assert [kinds(people, role) for role in EVERYBODY] == [["wish_answered"], [], []]
    words = words_of(told(people, Role.STAFF)[0], "en")
    assert words.text == "Fri, Aug 1 day off: removed"
    assert words_of(told(people, Role.STAFF)[0], "ja").text == "8月1日(金) 休み: マネージャーが削除"
