"""The admin in a manager's words: their language, their zone, why something cannot be, and nothing typed is lost."""

import re

import pytest
from django.core.management import CommandError, call_command

from schedules.services.cells import CellsEdit, cells_edit
from schedules.services.periods import PeriodCreate, period_create
from shiftsync.core.actor import Role
from shiftsync.core.clock import local_today
from shiftsync.realtime.stream.requests import ChangeRequest
from shiftsync.tenants.models import Membership
from staff.models import StaffMember
from staff.services import StaffDelete, staff_delete
from tests.integration.admin.conftest import AtDesk, Desk
from tests.integration.admin.test_schedules import filled
from tests.support.world import World

CHANGE = "staff_staffmember_change"
LISTS = (
    *("staff_staffmember", "schedules_period", "schedules_schedule", "schedules_shift", "schedules_shifttype"),
    *("schedules_calendarday", "schedules_closingrule", "schedules_generationjob", "schedules_feedlink"),
    *("settings_app_staffgroup", "tenants_restaurant", "tenants_membership", "tenants_invitationlink"),
)
ENGLISH_NAMES = {"Designated off"}
"""What a column of English names holds."""

ENGLISH = re.compile(r">\s*([A-Za-z][a-z]+( [a-z]+)+)\s*<")


def in_japanese(desk: Desk) -> Desk:
    """The same user with a browser that asks for Japanese."""
    desk.client.defaults["HTTP_ACCEPT_LANGUAGE"] = "ja"
    return desk


def test_overview__in_both_languages__tasks_and_months(owner: Desk, world: World) -> None:
    filled(world, 0, "08-01", "×")
    english = owner.open("index")
    assert "Latest changes" in english
    assert "changed a cell" in english
    japanese = in_japanese(owner).open("index")
    assert "最近の変更" in japanese
    assert "セルを変更しました" in japanese
    assert 'href="/?restaurant=' not in japanese or str(world.id) in japanese


def test_overview__texts_that_nothing_explains__counted_as_problems_of_their_month(owner: Desk, world: World) -> None:
    today = local_today("Asia/Tokyo")
    period = period_create(ChangeRequest(world.system, PeriodCreate(today, today))).result["period"]
    link = f"/?restaurant={world.id}#/schedule/{period['index']}"
    assert link in owner.open("index")
    assert "no problem" in owner.open("index")
    edit = CellsEdit(period["scheduleId"], {id: {today.isoformat(): "謎"} for id in world.staff_ids[:2]})
    cells_edit(ChangeRequest(world.actor(Role.OWNER), edit))
    assert "2 other problems" in owner.open("index")
    assert "その他の問題2件" in in_japanese(owner).open("index")


def test_overview__plumbing__is_for_operators_alone(owner: Desk) -> None:
    assert "/admin/realtime/" not in owner.open("index")
    assert owner.client.get("/admin/staff/").status_code == 302, "there are no pages of apps"


@pytest.mark.parametrize("page", LISTS)
def test_list__in_japanese__has_no_english_sentence(owner: Desk, page: str) -> None:
    html = in_japanese(owner).open(f"{page}_changelist")
    assert {found[0] for found in ENGLISH.findall(html)} <= ENGLISH_NAMES


def test_moments__of_a_publication__in_the_zone_of_the_restaurant(manager: Desk, world: World) -> None:
    manager.act("publish", "schedules_schedule_changelist", world.schedule_id)
    assert re.search(r"\d{4}-\d\d-\d\d \d\d:\d\d \(Asia/Tokyo\)", manager.open("schedules_schedule_changelist"))


def test_change__of_somebody_whom_a_colleague_deactivates__shown_again_with_what_was_typed(
    manager: Desk, world: World
) -> None:
    member = world.staff_ids[0]
    fields = {**manager.form(CHANGE, member), "position": "寿司"}
    staff_delete(ChangeRequest(world.actor(Role.OWNER), StaffDelete(member)))
    errors, shown = manager.refused(fields, CHANGE, member, status=403)
    assert "deleted" in str(errors)
    assert shown["position"] == "寿司"
    assert StaffMember.objects.get(id=member).position == ""


def test_change__by_somebody_who_has_lost_the_right__shown_again_with_what_was_typed(
    manager: Desk, world: World
) -> None:
    member = world.staff_ids[0]
    fields = {**manager.form(CHANGE, member), "position": "寿司"}
    Membership.objects.filter(user=world.users[Role.MANAGER]).update(role="viewer")
    errors, shown = manager.refused(fields, CHANGE, member, status=403)
    assert "only a manager may change it" in str(errors)
    assert shown["position"] == "寿司"


def test_change__of_what_is_out_of_reach_now__typed_text_is_shown_to_be_copied(manager: Desk, world: World) -> None:
    member = world.staff_ids[0]
    fields = {**manager.form(CHANGE, member), "position": "寿司"}
    Membership.objects.filter(user=world.users[Role.MANAGER]).update(is_active=False)
    answer = manager.client.post(manager.url(CHANGE, member), fields)
    assert answer.status_code == 403
    assert "寿司" in answer.content.decode()


def test_period__that_ends_before_it_starts__told_at_the_field_in_words(manager: Desk, world: World) -> None:
    page = "schedules_period_add"
    fields = {"restaurant": str(world.id), "start_date": "2025-09-20", "end_date": "2025-09-01"}
    errors, _ = manager.refused({**manager.form(page), **fields}, page)
    assert errors.get("end_date") == ["The last day must not be before the first day."]
    errors, _ = in_japanese(manager).refused({**manager.form(page), **fields}, page)
    assert errors["end_date"] == ["最終日は初日より前にできません。"]


def test_cell__of_somebody_who_is_not_there__names_no_field_of_the_wire(manager: Desk, world: World) -> None:
    page = "schedules_shift_add"
    member = world.staff_ids[0]
    fields = {"schedule": world.schedule_id, "staff": member, "date": "2025-08-02", "value": "×"}
    staff_delete(ChangeRequest(world.actor(Role.OWNER), StaffDelete(member)))
    errors, _ = manager.refused({**manager.form(page), **fields}, page)
    assert "staffId" not in str(errors)
    assert member not in str(errors)


def test_action__that_means_much__asks_with_numbers_first(manager: Desk, world: World) -> None:
    filled(world, 0, "08-01", "×")
    url = manager.url("schedules_schedule_changelist")
    asked = manager.client.post(url, {"action": "publish", "_selected_action": world.schedule_id})
    assert "1 cells and 0 other things change" in asked.content.decode()
    before = world.position
    assert manager.client.post(url, {"action": "unpublish", "_selected_action": world.schedule_id}).status_code == 200
    people = {"action": "deactivate", "_selected_action": world.staff_ids[:2]}
    asked = manager.client.post(manager.url("staff_staffmember_changelist"), people)
    assert "2 people leave" in asked.content.decode()
    assert world.position == before


def test_viewer__meets_no_buttons_that_would_refuse(at_desk: AtDesk, world: World) -> None:
    viewer = at_desk(Role.VIEWER)
    for page in ("staff_staffmember", "schedules_schedule", "settings_app_configversion", "schedules_shifttype"):
        html = viewer.open(f"{page}_changelist")
        assert "/add/" not in html
        for action in ("deactivate", "publish", "activate", "reset", "lock"):
            assert f'<option value="{action}"' not in html, page
    assert "only a manager may change it" in viewer.open(CHANGE, world.staff_ids[0])


@pytest.mark.parametrize("command", ["clean_old_history", "clean_duplicate_history"])
def test_command__that_would_delete_the_audit__is_withdrawn(world: World, command: str) -> None:
    before = StaffMember.history.count()
    with pytest.raises(CommandError, match="is disabled"):
        call_command(command)
    assert StaffMember.history.count() == before > 0
