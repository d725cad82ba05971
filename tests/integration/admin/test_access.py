"""Restaurants, memberships, tokens and accounts in the admin."""

import re
from dataclasses import replace

from django.test import Client
from pytest_django import Settings

from shiftsync.config import Email
from shiftsync.core.actor import Role
from shiftsync.tenants.credentials import token_for
from shiftsync.tenants.models import ApiToken, Invitation, InvitationLink, InvitationMail, Membership, Restaurant, User
from shiftsync.tenants.services import invitation_accept
from tests.conftest import Connect
from tests.integration.admin.conftest import AtDesk, Desk
from tests.support.world import PASSWORD, World


def test_entry__not_staff__shown_the_sign_in_page(world: World) -> None:
    user, client = world.users[Role.OWNER], Client()
    assert client.get("/admin/", follow=True).redirect_chain[-1][0].startswith("/sign-in/")
    signed_in = client.post("/sign-in/?next=/admin/", {"username": user.username, "password": PASSWORD}, follow=True)
    assert signed_in.redirect_chain[-1][0] == "/admin/"
    User.objects.filter(id=user.id).update(is_staff=False)
    assert client.get("/admin/staff/staffmember/").status_code == 302


def test_restaurant__changed_by_owner_alone(owner: Desk, manager: Desk, world: World) -> None:
    page = "tenants_restaurant_change"
    owner.send({**owner.form(page, world.id), "closing_day": "31", "conflict_strategy": "UserChoice"}, page, world.id)
    restaurant = Restaurant.objects.get(id=world.id)
    assert (restaurant.closing_day, restaurant.conflict_strategy) == (31, "user_choice")
    assert "timezone" in owner.refused({**owner.form(page, world.id), "timezone": "Mars"}, page, world.id)[0]
    assert manager.client.post(manager.url(page, world.id), {"name": "x"}).status_code == 403
    manager.open("tenants_restaurant_history", world.id)


def test_restaurant__added_by_the_operator__complete(world: World, at_desk: AtDesk) -> None:
    operator = world.users[Role.OWNER]
    User.objects.filter(id=operator.id).update(is_superuser=True)
    desk, page = at_desk(Role.OWNER), "tenants_restaurant_add"
    fields = {**desk.form(page), "name": "Third"}
    desk.send(fields, page)
    desk.send(fields, page)
    made = Restaurant.objects.get(name="Third")
    assert made.stream.version == 0


def test_membership__changed_revoked_invited_again__sockets_close(owner: Desk, connect: Connect, world: World) -> None:
    viewer, page = Membership.objects.get(restaurant_id=world.id, role="viewer"), "tenants_membership_change"
    owner.send({**owner.form(page, viewer.pk), "role": "manager"}, page, viewer.pk)
    viewer.refresh_from_db()
    assert (viewer.role, viewer.is_active) == ("manager", True)
    client = connect(Role.VIEWER)
    owner.act("revoke", "tenants_membership_changelist", viewer.pk)
    assert client.close_code() == 4403
    owner.act("invite", "tenants_membership_changelist", viewer.pk)
    viewer.refresh_from_db()
    assert not viewer.is_active
    invitation_accept(viewer.user, invitation_id=Invitation.objects.get(username=viewer.user.username).id)
    viewer.refresh_from_db()
    assert (viewer.role, viewer.is_active) == ("manager", True)


def test_membership__last_owner__refused_on_the_form(owner: Desk, world: World) -> None:
    mine, page = Membership.objects.get(restaurant_id=world.id, role="owner"), "tenants_membership_change"
    errors, shown = owner.refused({**owner.form(page, mine.pk), "role": "viewer"}, page, mine.pk)
    assert "owner" in str(errors["role"])
    assert shown["role"] == "viewer"


def test_token__issued__shown_once_and_revoked__socket_closes(owner: Desk, connect: Connect, world: World) -> None:
    page, fields = "tenants_apitoken_add", {"restaurant": str(world.id), "name": "till", "expires": "2020-01-01"}
    assert owner.form(page)["allows"] == "*"
    assert "expires" in owner.refused({**owner.form(page), **fields}, page)[0]
    assert "allows" in owner.refused({**owner.form(page), **fields, "expires": "", "allows": ""}, page)[0]
    shown = owner.send({**owner.form(page), **fields, "expires": "", "allows": ["schedule:read", "staff:write"]}, page)
    found = re.search(r"ss_[\w-]+", shown)
    assert found is not None
    assert token_for(found.group()).user_id == world.users[Role.OWNER].id
    assert token_for(found.group()).scopes == "schedule:read staff:write"
    page = owner.open("tenants_apitoken_changelist")
    assert found.group() not in page
    assert "read the schedule, wishes and the calendar, change the staff" in page
    client = connect(Role.VIEWER)
    ids = ApiToken.objects.filter(user=world.users[Role.VIEWER]).values_list("id", flat=True)
    owner.act("revoke", "tenants_apitoken_changelist", *ids)
    assert client.close_code() == 4401


def test_invitation_link__made__shown_once_leads_in_and_is_taken_back(owner: Desk, manager: Desk, world: World) -> None:
    add, listed = "tenants_invitationlink_add", "tenants_invitationlink_changelist"
    manager.open(listed, status=403)
    shown = owner.send({**owner.form(add), "restaurant": str(world.id), "role": "staff", "note": "山本さん"}, add)
    found = re.search(r"http://testserver(/[\w/-]+/)", shown)
    assert found is not None
    join = found.group(1)
    assert Client().get(join).status_code == 200
    page = owner.open(listed)
    assert "山本さん" in page
    assert "can be used" in page
    assert join not in page
    link = InvitationLink.objects.get(restaurant_id=world.id)
    assert join not in owner.open("tenants_invitationlink_change", link.pk)
    assert "links revoked" in owner.act("take_back", listed, link.pk)
    assert Client().get(join).status_code == 404
    assert "revoked" in owner.open(listed)
    assert "No such invitation" in owner.act("take_back", listed, link.pk), "and not twice"


def test_account__made_inactive__sockets_close(world: World, connect: Connect, at_desk: AtDesk) -> None:
    client, page, viewer = connect(Role.VIEWER), "tenants_user_change", world.users[Role.VIEWER]
    owner = at_desk(Role.OWNER)
    owner.open(page, viewer.pk, status=403)
    User.objects.filter(id=world.users[Role.OWNER].id).update(is_superuser=True)
    fields = owner.form(page, viewer.pk)
    fields.pop("is_active")
    owner.send(fields, page, viewer.pk)
    assert client.close_code() == 4401


def test_invitation_link__made_with_an_address__is_mailed_and_mailed_again(
    owner: Desk, world: World, settings: Settings
) -> None:
    email = Email("127.0.0.1", 25, "smtp", "shifts@example.com")
    add, listed = "tenants_invitationlink_add", "tenants_invitationlink_changelist"
    assert 'name="email"' not in owner.open(add)
    settings.CONFIG = replace(settings.CONFIG, email=email)
    fields = {**owner.form(add), "restaurant": str(world.id), "role": "staff", "note": "山本さん"}
    refused = owner.client.post(owner.url(add), {**fields, "email": "nobody"})
    assert "Enter an email address." in refused.text
    shown = owner.send({**fields, "email": "yamamoto@example.com"}, add)
    assert "Copy this link" in shown
    assert "It is emailed to yamamoto@example.com as well." in shown
    assert "on its way to yamamoto@example.com" in owner.open(listed)
    link = InvitationLink.objects.get(restaurant_id=world.id)
    assert "on its way to yamamoto@example.com" in owner.open("tenants_invitationlink_change", link.pk)
    assert "links emailed" in owner.act("mail_again", listed, link.pk)
    assert InvitationMail.objects.filter(link=link).count() == 2
    owner.act("take_back", listed, link.pk)
    assert "yamamoto@example.com" not in owner.open(listed)
    assert "not emailed, or is no longer valid" in owner.act("mail_again", listed, link.pk)
