"""Lists take a constant number of queries, however much there is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from schedules.services.calendar import PeriodCreate, period_create
from shiftsync.core.actor import Role
from shiftsync.realtime.stream.requests import ChangeRequest
from shiftsync.tenants.models import User
from shiftsync.tenants.services import membership_grant, token_issue
from staff.services import StaffCreate, staff_create
from tests.integration.rest.conftest import AsRole
from tests.support.world import World

BUDGETS = {
    "me/": 4,
    "restaurants/": 4,
    "memberships/": 6,
    "tokens/": 6,
    "staff/": 9,
    "staff/?period=0": 10,
    "periods/": 9,
    "calendar/": 12,
    "shift-types/": 9,
    "schedules/": 10,
    "changes/?since={position}": 10,
}


def more(world: World) -> None:
    """Makes more of everything."""
    for name in ("a", "b", "c", "d"):
        staff_create(ChangeRequest(world.system, StaffCreate({"name": name})))
        period_create(ChangeRequest(world.system, PeriodCreate()))
        user = User.objects.create_user(f"{name}-{world.id}")
        membership_grant(world.system, user=user, role=Role.VIEWER)
        token_issue(world.system, user=user)


@pytest.mark.parametrize("path", BUDGETS)
def test_list__more_rows__no_more_queries(as_role: AsRole, world: World, path: str) -> None:
    rest = as_role(Role.OWNER)
    position = world.position

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            rest.get(path.replace("{position}", f"{position.epoch}:0"))
        return len([query for query in captured if "SET TRANSACTION" not in query["sql"]])

    asked()
    before = asked()
    more(world)
    assert asked() == before
    assert before <= BUDGETS[path]
