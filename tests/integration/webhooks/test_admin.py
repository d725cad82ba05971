"""Webhooks in the admin: an owner adds one, sees what fails, and has it taken up again."""

import re
from datetime import timedelta

import pytest

from shiftsync.core.actor import Role
from shiftsync.core.clock import now
from shiftsync.core.fence import everywhere
from shiftsync.webhooks.models import Webhook, WebhookCursor, WebhookState
from shiftsync.webhooks.sending.sender import Sender
from tests.integration.admin.conftest import AtDesk, Desk, at_desk, manager, owner
from tests.integration.admin.test_words import ENGLISH, in_japanese
from tests.integration.webhooks.conftest import Hook, logged, rename
from tests.support.receiver import Receiver
from tests.support.world import World

__all__ = ["AtDesk", "at_desk", "manager", "owner"]
LIST, ADD, CHANGE = "webhooks_webhook_changelist", "webhooks_webhook_add", "webhooks_webhook_change"
DELIVERIES = "webhooks_webhookdelivery_changelist"


def only_webhook() -> Webhook:
    with everywhere():
        return Webhook.objects.select_related("cursor").get()


def test_webhook__added_changed_and_removed_by_an_owner(owner: Desk, world: World) -> None:
    fields = {**owner.form(ADD), "url": "https://payroll.example.com/", "restaurant": str(world.id)}
    owner.send({**fields, "events": ["staff.*", "schedule.published"]}, ADD)
    made = only_webhook()
    assert (made.url, sorted(made.events)) == ("https://payroll.example.com/", ["schedule.published", "staff.*"])
    shown = {**owner.form(CHANGE, made.id), "description": "給与", "events": ["*"]}
    owner.send(shown, CHANGE, made.id)
    assert (only_webhook().description, only_webhook().events) == ("給与", ["*"])
    assert "whsec_" in owner.act("show_secret", LIST, made.id)
    assert "whsec_" in owner.act("rotate_secret", LIST, made.id)
    owner.act("pause", LIST, made.id)
    assert only_webhook().state == WebhookState.PAUSED
    owner.act("remove", LIST, made.id)
    assert not Webhook.objects.exists()


def test_webhook__to_where_none_may_go__error_at_the_field_in_the_readers_words(owner: Desk, world: World) -> None:
    fields = {**owner.form(ADD), "url": "https://10.0.0.1/", "restaurant": str(world.id), "events": "*"}
    errors, shown = in_japanese(owner).refused(fields, ADD)
    assert "インターネット" in str(errors["url"])
    assert shown["url"] == "https://10.0.0.1/"


def test_webhook__that_fails__stands_on_the_first_page_of_its_owner_alone(
    owner: Desk, manager: Desk, receiver: Receiver, hook: Hook
) -> None:
    made = hook(receiver)
    assert receiver.url.split("?")[0] not in owner.open("index")
    with everywhere():
        Webhook.objects.filter(id=made.id).update(state=WebhookState.FAILING)
        WebhookCursor.objects.filter(webhook=made).update(failures=9, failing_since=now() - timedelta(days=6))
    assert receiver.url.split("?")[0] in owner.open("index")
    assert "失敗しているWebhook" in in_japanese(owner).open("index")
    assert receiver.url.split("?")[0] not in manager.open("index")
    owner.act("resume", LIST, made.id)
    assert (only_webhook().state, only_webhook().cursor.failures) == (WebhookState.ACTIVE, 0)
    assert receiver.url.split("?")[0] not in owner.open("index")


def test_deliveries__looked_at_and_repeated(
    owner: Desk, manager: Desk, world: World, receiver: Receiver, hook: Hook, sender: Sender
) -> None:
    webhook = hook(receiver)
    rename(world, "one")
    (entry,) = logged(webhook, 1)
    assert "staff.updated" in owner.open(DELIVERIES)
    owner.act("repeat", DELIVERIES, entry.id)
    first, second = receiver.wait_for(2)
    assert first.id == second.id
    manager.open(DELIVERIES, status=403)


@pytest.mark.parametrize("page", [LIST, DELIVERIES, ADD])
def test_page__in_japanese__has_no_english_sentence(
    owner: Desk, world: World, receiver: Receiver, hook: Hook, sender: Sender, page: str
) -> None:
    webhook = hook(receiver)
    rename(world, "one")
    logged(webhook, 1)
    html = re.sub(r"<option.*?</option>", "", in_japanese(owner).open(page))
    assert not ENGLISH.findall(html)


def test_history__of_a_webhook__says_who_changed_what(owner: Desk, receiver: Receiver, hook: Hook) -> None:
    made = hook(receiver)
    owner.act("pause", LIST, made.id)
    assert "Paused" in owner.open("webhooks_webhook_history", made.id)


def test_role__of_the_reader__owner(world: World, manager: Desk) -> None:
    assert Role.OWNER in world.users
    manager.open(LIST, status=403)
