"""Closings that repeat over REST and in the admin, and what counts them."""

from datetime import date
from typing import Any

import pytest

from schedules.models import ClosingRule
from schedules.selectors.problem import read_planning
from shiftsync.core.actor import Role
from tests.integration.admin.conftest import Desk, at_desk, manager  # noqa: F401  # the admin's fixtures
from tests.integration.rest.conftest import AsRole, Rest
from tests.support.world import World

WEDNESDAYS = {date(2025, 7, 23), date(2025, 7, 30), date(2025, 8, 6), date(2025, 8, 13), date(2025, 8, 20)}


@pytest.fixture
def rule(as_role: AsRole) -> dict[str, Any]:
    """Every Wednesday, as long as one can think back."""
    body = {"repeats": "weekly", "daysOfWeek": [3], "validFrom": None}
    made: dict[str, Any] = as_role().post("closing-rules/", body, status=201)["result"]["rule"]
    return made


def test_closing_rules__over_rest__are_made_changed_and_taken_away(as_role: AsRole, rule: dict[str, Any]) -> None:
    client = as_role()
    assert client.get("closing-rules/") == [rule]
    assert client.get("calendar/")["closingRules"] == [rule]
    assert as_role(Role.VIEWER).get("closing-rules/") == []
    changed = client.patch(f"closing-rules/{rule['id']}/", {"repeats": "monthly", "weeks": [-1]})["result"]["rule"]
    assert (changed["repeats"], changed["weeks"], changed["daysOfWeek"]) == ("monthly", [-1], [3])
    assert (
        "daysOfWeek"
        in client.refused("patch", f"closing-rules/{rule['id']}/", {"daysOfWeek": []}, status=400)["details"]
    )
    client.delete(f"closing-rules/{rule['id']}/")
    assert client.get("closing-rules/") == []
    as_role(Role.VIEWER).refused("post", "closing-rules/", {"repeats": "weekly", "daysOfWeek": [3]}, status=403)


def test_closing_rules__of_another_restaurant__are_not_there(
    as_role: AsRole, rule: dict[str, Any], other_world: World
) -> None:
    stranger = as_role(Role.OWNER, other_world)
    assert stranger.get("closing-rules/") == []
    stranger.refused("patch", f"closing-rules/{rule['id']}/", {"note": "x"}, status=404)
    stranger.refused("delete", f"closing-rules/{rule['id']}/", status=404)


def test_closed_days__of_a_rule__are_those_of_the_plan(as_role: AsRole, world: World, rule: dict[str, Any]) -> None:
    client = as_role()
    client.put("calendar/days/2025-08-06/", {"kind": "open"})
    client.put("calendar/days/2025-08-13/", {"kind": "all_work"})
    client.put("calendar/days/2025-08-20/", {"kind": None, "note": "在庫確認"})
    problem = read_planning(world.id, world.schedule_id).problem
    inside = {day for day in problem.closed if day in problem.days}
    assert inside == WEDNESDAYS - {date(2025, 8, 6), date(2025, 8, 13)}
    assert date(2025, 7, 16) in problem.closed, "days before the period too"
    assert date(2025, 8, 27) in problem.closed, "and those after"
    assert problem.all_work == {date(2025, 8, 13)}


def test_copy_previous__closed_by_a_rule__is_left_out(as_role: AsRole, world: World, rule: dict[str, Any]) -> None:
    client: Rest = as_role()
    period = client.post("periods/", {"startDate": "2025-08-21", "endDate": "2025-09-20"}, status=201)["result"][
        "period"
    ]
    data = {world.staff_ids[0]: {f"2025-08-0{day}": "△" for day in range(1, 8)}}
    client.patch(f"schedules/{world.schedule_id}/cells/", {"scheduleData": data})
    client.post(f"schedules/{period['scheduleId']}/copy-previous/", {"by": "weekday"})
    copied = client.get(f"schedules/{period['scheduleId']}/cells/")["scheduleData"][world.staff_ids[0]]
    assert copied
    assert {date.fromisoformat(day).isoweekday() for day, value in copied.items() if value} == {1, 2, 4, 5, 6, 7}


def test_closing_rule__in_the_admin__by_the_same_door(
    world: World,
    manager: Desk,  # noqa: F811  # the fixture
) -> None:
    page = "schedules_closingrule_add"
    fields = {"repeats": "yearly", "from_day": "12-31", "to_day": "01-03"}
    manager.send({**manager.form(page), **fields, "restaurant": str(world.id)}, page)
    made = ClosingRule.objects.get(restaurant=world.restaurant)
    assert (made.from_day, made.to_day) == ("12-31", "01-03")
    change = "schedules_closingrule_change"
    assert "to_day" in manager.refused({**manager.form(change, made.pk), "to_day": "13-01"}, change, made.pk)[0]
    manager.act("deactivate", "schedules_closingrule_changelist", made.pk)
    made.refresh_from_db()
    assert not made.is_active
