"""Owners and the sender at the same webhook at the same moment: each waits for the other, and neither for ever."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import close_old_connections, connection, transaction

from shiftsync.core.actor import Role
from shiftsync.core.clock import now
from shiftsync.core.fence import within
from shiftsync.webhooks.models import Webhook, WebhookDelivery, WebhookState
from shiftsync.webhooks.sending.turns import GONE, Attempt, Outgoing, Turn, claim_due, record, to_deliver
from shiftsync.webhooks.services import webhook_delete, webhook_hold, webhook_pause
from tests.integration.webhooks.conftest import Hook, rename
from tests.support.receiver import Receiver
from tests.support.waiting import PATIENCE_SECONDS, wait_until
from tests.support.world import World

pytestmark = pytest.mark.services

HELD_UP = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"


@pytest.mark.parametrize("change", [webhook_pause, webhook_delete])
@pytest.mark.parametrize("status", [GONE, 204])
def test_webhook__changed_by_its_owner_while_its_sender_notes_an_answer__is_what_the_owner_said(
    world: World, receiver: Receiver, hook: Hook, change: Any, status: int
) -> None:
    webhook = hook(receiver)
    rename(world, "told")
    (turn,) = claim_due(1)
    (outgoing,) = to_deliver(turn)
    owner = world.actor(Role.OWNER)
    with ThreadPoolExecutor(1) as sender, within(world.id):
        with transaction.atomic():
            webhook_hold(owner, webhook_id=webhook.id)
            going_on = sender.submit(noted, turn, outgoing, Attempt(now(), 1, status))
            wait_until(
                lambda: is_somebody_held_up() or going_on.done(), PATIENCE_SECONDS, "the sender to come to the webhook"
            )
            change(owner, webhook_id=webhook.id)
        assert going_on.result(PATIENCE_SECONDS) is False
        states = list(Webhook.objects.filter(id=webhook.id).values_list("state", flat=True))
        assert states == ([WebhookState.PAUSED] if change is webhook_pause else [])
        assert not WebhookDelivery.objects.filter(webhook_id=webhook.id).exists()


def noted(turn: Turn, outgoing: Outgoing, attempt: Attempt) -> bool:
    """What a sender does, on a connection of its own."""
    try:
        return record(turn, outgoing, attempt)
    finally:
        close_old_connections()
        connection.close()


def is_somebody_held_up() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(HELD_UP)
        (count,) = cursor.fetchone()
    return bool(count)
