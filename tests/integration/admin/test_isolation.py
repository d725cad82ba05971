"""Who sees what: one's own restaurants, by role; nothing else can be told from what does not exist."""

from uuid import uuid4

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext

from schedules.models import Schedule, Shift, ShiftType
from schedules.services.cells import CellEdit, cell_edit
from schedules.services.feeds import feed_issue
from shiftsync.core.actor import Role
from shiftsync.realtime.models import Change, Stream
from shiftsync.realtime.stream.requests import ChangeRequest
from shiftsync.tenants.models import ApiToken, Membership, User
from staff.models import StaffMember
from staff.services import StaffCreate, staff_create
from tests.integration.admin.conftest import AtDesk, Desk
from tests.integration.generation.conftest import start
from tests.support.world import World

admin.autodiscover()  # a server does it with the URLs

WITHOUT_HISTORY = ("realtime", "tenants_apitoken", "schedules_generationjob", "schedules_feedlink")
OURS = {"tenants", "realtime", "staff", "schedules"}
PAGES = sorted(
    f"{model._meta.app_label}_{model._meta.model_name}"
    for model in admin.site._registry
    if model._meta.app_label in OURS and model._meta.model_name != "user"
)
LOGS = [page for page in PAGES if page.startswith("realtime")]
"""The change log and what belongs to it: for operators alone."""


@pytest.fixture
def operator(world: World, at_desk: AtDesk) -> Desk:
    """Somebody who looks after the server."""
    User.objects.filter(id=world.users[Role.OWNER].id).update(is_superuser=True)
    return at_desk(Role.OWNER)


def fill(world: World) -> None:
    """One filled cell, of somebody whose position is a secret."""
    StaffMember.objects.filter(id=world.staff_ids[0]).update(position="秘書")
    edit = CellEdit(world.schedule_id, world.staff_ids[0], "2025-08-01", "秘")
    cell_edit(ChangeRequest(world.actor(Role.OWNER), edit))


@pytest.mark.parametrize("page", [page for page in PAGES if page not in LOGS])
def test_list__two_restaurants__nothing_of_the_other(owner: Desk, world: World, other_world: World, page: str) -> None:
    fill(other_world)
    text = owner.open(f"{page}_changelist")
    theirs = {
        "Elsewhere",
        "山田",
        "高橋",
        "秘",
        "秘書",
        str(other_world.id),
        other_world.schedule_id,
        *other_world.staff_ids,
    }
    assert [name for name in theirs if name in text] == []
    if f'href="/admin/{page.replace("_", "/")}/add/"' in text:
        form = owner.open(f"{page}_add")
        assert [name for name in theirs if name in form] == []


def rows_of(world: World) -> dict[str, object]:
    """A row of each model."""
    fill(world)
    return {
        "tenants_restaurant": world.id,
        "tenants_membership": Membership.objects.filter(restaurant_id=world.id)[0].pk,
        "tenants_apitoken": ApiToken.objects.filter(restaurant_id=world.id)[0].pk,
        "realtime_stream": Stream.objects.get(restaurant_id=world.id).pk,
        "realtime_change": Change.objects.filter(restaurant_id=world.id)[0].pk,
        "staff_staffmember": world.staff_ids[0],
        "schedules_period": world.period_id,
        "schedules_schedule": Schedule.objects.get(restaurant_id=world.id).pk,
        "schedules_shifttype": ShiftType.objects.filter(restaurant_id=world.id)[0].pk,
        "schedules_shift": Shift.objects.filter(restaurant_id=world.id)[0].pk,
        "schedules_generationjob": start(world).pk,
        "schedules_feedlink": feed_issue(world.actor(Role.OWNER), staff_id=world.staff_ids[0])[0].pk,
    }


def test_theirs__by_address__as_what_does_not_exist(owner: Desk, other_world: World) -> None:
    before = None
    for page, key in rows_of(other_world).items():
        before = before or other_world.position
        missing = 10**9 if isinstance(key, int) else uuid4()
        for kind in ("change", "history"):
            if kind == "history" and page.startswith(WITHOUT_HISTORY):
                continue
            answers = [owner.client.get(owner.url(f"{page}_{kind}", id)) for id in (key, missing)]
            assert answers[0].status_code == answers[1].status_code != 200, page
            posted = [owner.client.post(owner.url(f"{page}_change", id), {"name": "x"}) for id in (key, missing)]
            assert posted[0].status_code == posted[1].status_code != 200, page
    assert other_world.position == before


def test_theirs__named_in_a_form_or_an_action__refused(owner: Desk, world: World, other_world: World) -> None:
    before = other_world.position
    page = "staff_staffmember_add"
    fields = {**owner.form(page), "restaurant": str(other_world.id), "name": "x"}
    assert "restaurant" in owner.refused(fields, page)[0]
    page = "schedules_shift_add"
    cell = {"schedule": world.schedule_id, "staff": other_world.staff_ids[0], "date": "2025-08-02", "value": "★"}
    assert "staff" in owner.refused({**owner.form(page), **cell}, page)[0]
    owner.act("deactivate", "staff_staffmember_changelist", other_world.staff_ids[0])
    owner.act("publish", "schedules_schedule_changelist", other_world.schedule_id)
    assert other_world.position == before


def test_viewer__sees_no_drafts_and_changes_nothing(at_desk: AtDesk, world: World) -> None:
    fill(world)
    viewer = at_desk(Role.VIEWER)
    for page in ("schedules_shift", "realtime_change", "realtime_request", "tenants_membership", "tenants_apitoken"):
        viewer.open(f"{page}_changelist", status=403)
    before, member = world.position, world.staff_ids[0]
    assert 'name="name"' not in viewer.open("staff_staffmember_change", member)
    assert viewer.client.post(viewer.url("staff_staffmember_change", member), {"name": "x"}).status_code == 403
    assert viewer.client.post(viewer.url("staff_staffmember_add"), {"name": "x"}).status_code == 403
    viewer.act("deactivate", "staff_staffmember_changelist", member)
    assert world.position == before


def test_manager__sees_neither_access_nor_accounts(manager: Desk) -> None:
    for page in ("tenants_membership", "tenants_apitoken", "tenants_user"):
        manager.open(f"{page}_changelist", status=403)


@pytest.mark.parametrize("page", LOGS)
def test_log__owner__may_not_look(owner: Desk, page: str) -> None:
    owner.open(f"{page}_changelist", status=403)


@pytest.mark.parametrize("page", LOGS)
def test_log__read_only(operator: Desk, world: World, page: str) -> None:
    owner = operator
    owner.open(f"{page}_changelist")
    owner.open(f"{page}_add", status=403)
    if page == "realtime_change":
        key = Change.objects.filter(restaurant_id=world.id)[0].pk
        owner.open(f"{page}_change", key)
        assert owner.client.post(owner.url(f"{page}_change", key), {"type": "x"}).status_code == 403


def test_pages__no_editing_in_lists_and_no_deleting(operator: Desk, world: World) -> None:
    for page in PAGES:
        assert "delete_selected" not in operator.open(f"{page}_changelist")
    for model, model_admin in admin.site._registry.items():
        if model._meta.app_label in OURS:
            assert not model_admin.list_editable


@pytest.mark.parametrize("page", ["staff_staffmember", "schedules_shift", "tenants_apitoken"])
def test_list__more_rows__no_more_queries(owner: Desk, world: World, page: str) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            owner.open(f"{page}_changelist")
        return len(captured)

    fill(world)
    asked()
    before = asked()
    for name, day in (("a", "08-02"), ("b", "08-03"), ("c", "08-04")):
        staff_create(ChangeRequest(world.system, StaffCreate({"name": name})))
        edit = CellEdit(world.schedule_id, world.staff_ids[1], f"2025-{day}", "×")
        cell_edit(ChangeRequest(world.actor(Role.OWNER), edit))
    assert asked() == before <= 25
