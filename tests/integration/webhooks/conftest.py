"""Webhooks to a receiver on this machine, delivered by a sender in the process of the tests."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from ipaddress import ip_network
from typing import Any

import pytest
from pytest_django import Settings

from shiftsync.core.actor import Role
from shiftsync.core.clock import now
from shiftsync.core.fence import within
from shiftsync.realtime.stream.requests import ChangeRequest
from shiftsync.webhooks.models import Webhook, WebhookCursor, WebhookDelivery
from shiftsync.webhooks.sending.sender import Sender
from shiftsync.webhooks.services import webhook_create
from staff.services import StaffUpdate, staff_update
from tests.support.receiver import PATIENCE, Receiver
from tests.support.waiting import wait_until
from tests.support.world import World

LOOPBACK = "127.0.0.0/8"


@pytest.fixture(autouse=True)
def loopback(settings: Settings) -> None:
    """Webhooks may go to this machine, which the operator must allow."""
    settings.CONFIG = replace(settings.CONFIG, webhook_networks=(ip_network(LOOPBACK),))


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as made:
        yield made


@pytest.fixture
def sender(world: World) -> Iterator[Sender]:
    """What a worker runs beside its tasks."""
    running = Sender().start()
    yield running
    running.stop()


Hook = Callable[..., Webhook]


@pytest.fixture
def hook(world: World) -> Hook:
    """``hook(receiver, "staff.*")``: a webhook of the restaurant."""

    def make(receiver: Receiver, *events: str, of: World | None = None) -> Webhook:
        owner = (of or world).actor(Role.OWNER)
        with within(owner.restaurant_id):
            return webhook_create(owner, url=receiver.url, events=events or ("*",))

    return make


def rename(world: World, name: str, staff: int = 0) -> int:
    """Changes somebody's name; the version of that."""
    change = StaffUpdate(world.staff_ids[staff], {"name": name})
    return staff_update(ChangeRequest(world.actor(), change)).version


def try_again(webhook: Webhook) -> None:
    """Lets the pause after a failure be over."""
    with within(webhook.restaurant_id):
        WebhookCursor.objects.filter(webhook=webhook).update(next_attempt_at=now())


def deliveries(webhook: Webhook) -> list[WebhookDelivery]:
    """The log, oldest first."""
    with within(webhook.restaurant_id):
        return list(WebhookDelivery.objects.filter(webhook=webhook).order_by("created_at", "id"))


def logged(webhook: Webhook, count: int) -> list[WebhookDelivery]:
    """The log once it has so many entries that do not wait."""

    def done() -> list[WebhookDelivery]:
        return [each for each in deliveries(webhook) if each.state != "waiting"]

    wait_until(lambda: len(done()) >= count, PATIENCE, f"{count} entries of the log")
    return done()


def cursor_of(webhook: Webhook) -> WebhookCursor:
    with within(webhook.restaurant_id):
        return WebhookCursor.objects.get(webhook=webhook)


def wait_for_state(webhook: Webhook, **wanted: Any) -> None:
    """Until the webhook's row has those values."""

    def holds() -> bool:
        with within(webhook.restaurant_id):
            return Webhook.objects.filter(id=webhook.id, **wanted).exists()

    wait_until(holds, PATIENCE, f"a webhook with {wanted}")
