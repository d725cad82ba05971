"""A restaurant that begins as a copy of another of the same owner: its settings and shift types, without its people."""

import json
from collections.abc import Mapping
from datetime import time
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.test import Client

from schedules.models import ClosingRule, ShiftType
from schedules.services.closings import ClosingRuleCreate, closing_rule_create
from schedules.services.shift_types import ShiftTypeCreate, shift_type_create
from settings_app.selectors.rows import version_rows
from settings_app.selectors.versions import active_version
from settings_app.services.rows import RowWrite, row_save
from settings_app.tables import settings_tables
from shiftsync.core.actor import Role
from shiftsync.core.fence import everywhere
from shiftsync.realtime.stream.requests import ChangeRequest
from shiftsync.tenants.models import Restaurant, User
from shiftsync.tenants.services import membership_grant
from staff.models import StaffMember
from tests.support.world import World

PLACE = {"timezone": "Europe/Paris", "country": "FR", "closingDay": 31}
GROUP, SKILL = str(uuid4()), str(uuid4())


def keep(world: World, table: str, row: Mapping[str, Any], row_id: str | None = None) -> None:
    row_save(ChangeRequest(world.system, RowWrite(table, row, row_id)))


@pytest.fixture
def furnished(world: World) -> World:
    """A restaurant with a row of every kind, with people in them and without."""
    ada, ben, cleo = world.staff_ids
    keep(world, "staff_groups", {"name": "Kitchen", "groupConfig": {"members": [ada, ben]}}, GROUP)
    keep(world, "skills", {"name": "Grill", "skillConfig": {"level2": [ada]}}, SKILL)
    keep(world, "staffing_needs", {"name": "Grill at noon", "needConfig": {"skillId": SKILL, "perDay": {"friday": 1}}})
    about = {"scope": "group", "targetIds": [GROUP], "minCount": 1}
    keep(world, "daily_limits", {"name": "Somebody in the kitchen", "limitConfig": about})
    keep(world, "daily_limits", {"name": "Ada", "limitConfig": {**about, "scope": "individual", "targetIds": [ada]}})
    rule = {"ruleType": "required_off", "daysOfWeek": [1]}
    keep(world, "priority_rules", {"name": "Ada on Mondays", "ruleDefinition": {**rule, "staffIds": [ada]}})
    keep(world, "priority_rules", {"name": "All on Mondays", "ruleDefinition": {**rule, "staffIds": []}})
    mixed = {**rule, "staffIds": [ben], "groupIds": [GROUP]}
    keep(world, "priority_rules", {"name": "Ben and the kitchen", "ruleDefinition": mixed})
    apart = {"ruleType": "not_together", "staffIds": [ada, ben]}
    keep(world, "priority_rules", {"name": "Apart", "ruleDefinition": apart})
    keep(world, "staff_backup_assignments", {"name": "Cleo for the kitchen", "staffId": cleo, "groupId": GROUP})
    fields = {"symbol": "早2", "kind": "early", "label_ja": "早番2", "start_time": time(6), "end_time": time(12)}
    shift_type_create(ChangeRequest(world.system, ShiftTypeCreate({**fields, "aliases": ["はや"]})))
    closing_rule_create(ChangeRequest(world.system, ClosingRuleCreate({"repeats": "weekly", "days_of_week": [2]})))
    return world


def signed_in(world: World, role: Role = Role.OWNER) -> Client:
    user = User.objects.create_user(username=f"user-{uuid4().hex[:8]}", password=uuid4().hex)
    membership_grant(world.system, user=user, role=role)
    browser = Client()
    browser.force_login(user)
    return browser


def begin(browser: Client, source: object, **fields: object) -> Any:
    body = {"name": "Second", **PLACE, "copyFrom": str(source), **fields}
    return browser.post("/api/restaurants/", body, content_type="application/json")


def names(rows: Mapping[str, list[dict[str, Any]]]) -> dict[str, list[str]]:
    return {key: [row["name"] for row in of_table] for key, of_table in rows.items()}


def test_copy__restaurant_with_people_in_its_settings__has_what_can_be_without_them_and_says_the_rest(
    furnished: World,
) -> None:
    before = version_rows(active_version(furnished.id).id)

    answer = begin(signed_in(furnished), furnished.id)

    assert answer.status_code == 201
    made = Restaurant.objects.get(id=answer.json()["id"])
    rows = version_rows(active_version(made.id).id)
    gone = {
        "daily_limits": {"Ada"},
        "priority_rules": {"Ada on Mondays", "Apart"},
        "staff_backup_assignments": {"Cleo for the kitchen"},
    }
    wanted = {key: [name for name in found if name not in gone.get(key, ())] for key, found in names(before).items()}
    assert names(rows) == wanted
    assert {(each["what"], each["name"], each["people"], each["isWhole"]) for each in answer.json()["leftOut"]} == {
        ("staffGroups", "Kitchen", 2, False),
        ("skills", "Grill", 1, False),
        ("dailyLimits", "Ada", 1, True),
        ("priorityRules", "Ada on Mondays", 1, True),
        ("priorityRules", "Ben and the kitchen", 1, False),
        ("priorityRules", "Apart", 2, True),
        ("backupAssignments", "Cleo for the kitchen", 1, True),
    }
    assert not StaffMember.objects.filter(restaurant=made).exists()


def test_copy__references_among_the_rows__lead_to_the_copies(furnished: World) -> None:
    made = begin(signed_in(furnished), furnished.id).json()["id"]

    rows = version_rows(active_version(made).id)
    (group,), (skill,) = rows["staff_groups"], rows["skills"]
    assert group["groupConfig"]["members"] == []
    assert skill["skillConfig"]["level2"] == []
    (limit,) = (each for each in rows["daily_limits"] if each["name"] == "Somebody in the kitchen")
    assert limit["limitConfig"]["targetIds"] == [group["id"]]
    (need,) = rows["staffing_needs"]
    assert need["needConfig"]["skillId"] == skill["id"]
    (rule,) = (each for each in rows["priority_rules"] if each["name"] == "Ben and the kitchen")
    assert (rule["ruleDefinition"]["staffIds"], rule["ruleDefinition"]["groupIds"]) == ([], [group["id"]])
    everything = json.dumps(rows)
    assert not [staff_id for staff_id in furnished.staff_ids if staff_id in everything]
    theirs = {row["id"] for of_table in version_rows(active_version(furnished.id).id).values() for row in of_table}
    assert not [row_id for row_id in theirs if row_id in everything]
    for table in settings_tables():
        assert all(not table.errors(row) for row in rows[table.key])


def test_copy__calendar_and_the_restaurants_own_settings__are_those_of_the_original(furnished: World) -> None:
    Restaurant.objects.filter(id=furnished.id).update(wish_limit=4, swaps="none", text_counts_as="off")

    made = Restaurant.objects.get(id=begin(signed_in(furnished), furnished.id).json()["id"])

    fields = ("symbol", "kind", "label_ja", "start_time", "end_time", "aliases", "off_equivalent")
    types = [list(ShiftType.objects.filter(restaurant=each).values_list(*fields)) for each in (furnished.id, made.id)]
    assert types[0] == types[1]
    assert types[1][-1][:4] == ("早2", "early", "早番2", time(6))
    assert ClosingRule.objects.get(restaurant=made).days_of_week == [2]
    assert (made.wish_limit, made.swaps, made.text_counts_as) == (4, "none", "off")
    assert (made.timezone, made.country, made.closing_day) == ("Europe/Paris", "FR", 31)


@pytest.mark.parametrize("role", [Role.MANAGER, None])
def test_copy__restaurant_that_one_does_not_own__is_refused_by_its_field(furnished: World, role: Role | None) -> None:
    browser = signed_in(furnished, Role.OWNER)
    owned = begin(browser, furnished.id, name="Mine").json()["id"]
    other = Restaurant.objects.create(name="Theirs", timezone="Asia/Tokyo", closing_day=20, country="JP")
    if role is not None:
        user = User.objects.get(memberships__restaurant=owned)
        with everywhere():
            membership_grant(furnished.system.__class__.system(other.id), user=user, role=role)

    answer = begin(browser, other.id)

    assert answer.status_code == 400
    assert answer.json()["details"] == {"copyFrom": ["You own no such restaurant."]}
    assert not Restaurant.objects.filter(name="Second").exists()


def test_copy__by_the_page__says_what_was_left_out_and_leads_on(furnished: World) -> None:
    browser = signed_in(furnished)
    page = browser.get("/begin/").text
    assert f'<option value="{furnished.id}">Kitchen</option>' in page
    answers = {"name": "Second", "preset": "cafe", "closingDay": "31", "country": "FR", "timezone": "Europe/Paris"}

    answer = browser.post("/begin/", {**answers, "requestId": str(uuid4()), "copyFrom": str(furnished.id)})

    made = Restaurant.objects.get(name="Second")
    assert answer.status_code == 201
    assert "Rule: Ada on Mondays — left out" in answer.text
    assert "Group: Kitchen — copied without its people" in answer.text
    assert f'href="/?restaurant={made.id}"' in answer.text
    assert ShiftType.objects.filter(restaurant=made, symbol="早2").exists()


@pytest.mark.parametrize("wrong", ["the other one", "5091b663-f498-4841-b177-8057b04ea4e8"])
def test_copy__by_the_page_of_what_is_not_there__said_at_its_field(furnished: World, wrong: str) -> None:
    answers = {"name": "Second", "preset": "cafe", "closingDay": "31", "country": "FR", "timezone": "Europe/Paris"}

    answer = signed_in(furnished).post("/begin/", {**answers, "requestId": str(uuid4()), "copyFrom": wrong})

    assert answer.status_code == 400
    assert 'id="wrong-copy"' in answer.text


def test_copy__by_the_command__tells_what_was_left_out(furnished: World, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("create_restaurant", "--name=Second", "--owner=anna", f"--copy-from={furnished.id}", "--json")

    told = json.loads(capsys.readouterr().out)
    assert {"what": "priorityRules", "name": "Apart", "people": 2, "copied": "no"} in told["leftOut"]
    assert {"what": "staffGroups", "name": "Kitchen", "people": 2, "copied": "without its people"} in told["leftOut"]
    assert ShiftType.objects.filter(restaurant_id=told["id"], symbol="早2").exists()
