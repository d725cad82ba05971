"""Accounts in the admin, filled in by somebody who does not mean well, or pastes what holds more than it shows."""

from uuid import uuid4

import pytest
from django.test import Client

from shiftsync.core.actor import Role
from shiftsync.tenants.models import User
from tests.support.world import PASSWORD, World

STRANGE = ("a\x0bb", "a\x00b", "a\x7f", "a\uffff", "a\x1b[31m")


@pytest.fixture
def operator(world: World) -> Client:
    user = world.users[Role.OWNER]
    User.objects.filter(id=user.id).update(is_superuser=True)
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


@pytest.mark.parametrize("field", ["first_name", "last_name", "email", "username"])
def test_account__control_characters__refused_naming_the_field(operator: Client, world: World, field: str) -> None:
    viewer = world.users[Role.VIEWER]
    fields = {"username": viewer.username, "first_name": "x", "last_name": "", "email": "", "is_active": "on"}
    for text in STRANGE:
        answer = operator.post(f"/admin/tenants/user/{viewer.id}/change/", {**fields, field: text})
        assert answer.status_code == 200, (text, answer.status_code)
        assert field in answer.context["adminform"].form.errors
    viewer.refresh_from_db()
    assert viewer.first_name == ""


def test_account__added_with_control_characters__refused(operator: Client, world: World) -> None:
    fields = {"password1": PASSWORD + "-1", "password2": PASSWORD + "-1", "usable_password": "true"}
    for text in STRANGE:
        answer = operator.post("/admin/tenants/user/add/", {**fields, "username": text})
        assert answer.status_code == 200
        assert "username" in answer.context["adminform"].form.errors
    name = f"new-{uuid4().hex[:8]}"
    assert operator.post("/admin/tenants/user/add/", {**fields, "username": name}).status_code == 302
