"""What happens in a restaurant reaches the program that asked for it: signed, in order, all of it, and nothing else."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from pytest_django import Settings

from schedules.services.publishing import SchedulePublish, schedule_publish
from shiftsync.core.actor import Role
from shiftsync.core.clock import now
from shiftsync.core.fence import within
from shiftsync.realtime.models import Change
from shiftsync.realtime.stream.pruning import prune_changes
from shiftsync.realtime.stream.requests import ChangeRequest
from shiftsync.webhooks.models import DeliveryState, WebhookCursor, WebhookState
from shiftsync.webhooks.sending.sender import Sender
from shiftsync.webhooks.services import (
    webhook_pause,
    webhook_resume,
    webhook_rotate_secret,
    webhook_secrets,
    webhook_update,
)
from tests.integration.webhooks.conftest import (
    Hook,
    cursor_of,
    deliveries,
    logged,
    rename,
    try_again,
    wait_for_state,
)
from tests.support.receiver import PATIENCE, Received, Receiver
from tests.support.waiting import wait_until
from tests.support.world import World, make_world


def test_events__of_changes__delivered_in_order_signed_and_whole(
    world: World, receiver: Receiver, hook: Hook, sender: Sender
) -> None:
    webhook = hook(receiver)
    versions = [rename(world, f"name {number}") for number in range(25)]
    received = receiver.wait_for(25)
    assert [each.version for each in received] == versions
    (secret,) = webhook_secrets(world.actor(Role.OWNER), webhook_id=webhook.id)
    assert all(each.is_signed_with(secret) for each in received)
    assert len({each.id for each in received}) == 25
    first = received[0]
    assert (first.path, first.headers["content-type"]) == ("/hook?of=shiftsync", "application/json")
    told = first.event
    assert told["type"] == "staff.updated"
    assert told["changeType"] == "STAFF_UPDATE"
    assert UUID(told["restaurantId"]) == world.id
    assert told["changedBy"] == world.users[Role.MANAGER].display_name
    assert told["data"]["changes"]["name"] == "name 0"
    assert [each.state for each in logged(webhook, 25)] == [DeliveryState.SUCCEEDED] * 25
    assert cursor_of(webhook).version == versions[-1]


def test_events__of_names_and_areas__only_those(world: World, receiver: Receiver, hook: Hook, sender: Sender) -> None:
    webhook = hook(receiver, "schedule.published")
    rename(world, "somebody else")
    published = schedule_publish(ChangeRequest(world.actor(), SchedulePublish(world.schedule_id))).version
    last = rename(world, "and again")
    (received,) = receiver.wait_for(1)
    assert (received.event["type"], received.version) == ("schedule.published", published)
    wait_until(
        lambda: cursor_of(webhook).version == last, PATIENCE, "the cursor to move past what is none of its events"
    )
    assert len(receiver.received) == 1


def test_events__of_another_restaurant__never_told(
    world: World, receiver: Receiver, hook: Hook, sender: Sender
) -> None:
    hook(receiver)
    other = make_world("Elsewhere", ("山田", "高橋"))
    rename(other, "theirs")
    own = rename(world, "ours")
    (received,) = receiver.wait_for(1)
    assert received.version == own
    assert "theirs" not in received.body.decode()
    assert UUID(received.event["restaurantId"]) == world.id


def test_receiver__that_fails__gets_the_same_event_again_and_nothing_before_it(
    world: World, receiver: Receiver, hook: Hook, sender: Sender
) -> None:
    receiver.handle = lambda received: 500 if received.number < 3 else 204
    webhook = hook(receiver)
    first, second = rename(world, "one"), rename(world, "two")
    for count in (1, 2):
        assert logged(webhook, count)[-1].status == 500
        cursor = cursor_of(webhook)
        assert (cursor.failures, cursor.version < first) == (count, True)
        assert cursor.failing_since is not None
        assert cursor.next_attempt_at > now()
        try_again(webhook)
    received = receiver.wait_for(4)
    assert [each.version for each in received] == [first, first, first, second]
    assert len({each.id for each in received[:3]}) == 1
    assert [each.attempt for each in logged(webhook, 4)] == [1, 2, 3, 1]
    assert cursor_of(webhook).failing_since is None


def test_receiver__that_asks_for_time__gets_it(world: World, hook: Hook, sender: Sender) -> None:
    with Receiver(lambda received: 429, headers=[("Retry-After", "600")]) as busy:
        webhook = hook(busy)
        rename(world, "one")
        logged(webhook, 1)
        assert cursor_of(webhook).next_attempt_at > now() + timedelta(seconds=500)


def test_receiver__that_does_not_answer__holds_up_nobody_else(
    world: World, receiver: Receiver, hook: Hook, sender: Sender
) -> None:
    with Receiver() as slow:
        slow.handle = slow.hold
        hook(slow)
        hook(receiver)
        versions = [rename(world, "0")]
        slow.wait_for(1)
        versions += [rename(world, str(number)) for number in range(1, 5)]
        assert [each.version for each in receiver.wait_for(5)] == versions
        assert len(slow.received) == 1


def test_receiver__that_does_not_answer__is_given_up_after_the_time(
    world: World, hook: Hook, settings: Settings, sender: Sender
) -> None:
    settings.WEBHOOK_TIMEOUT_SECONDS = 0.3
    with Receiver() as slow:
        slow.handle = slow.hold
        webhook = hook(slow)
        rename(world, "one")
        assert "0.3 s" in logged(webhook, 1)[0].error


def test_receiver__that_is_not_there__noted_and_tried_again(
    world: World, receiver: Receiver, hook: Hook, sender: Sender
) -> None:
    with Receiver() as away:
        webhook = hook(away)
    version = rename(world, "one")
    assert logged(webhook, 1)[0].status is None
    assert logged(webhook, 1)[0].error
    webhook_update(world.actor(Role.OWNER), webhook_id=webhook.id, url=receiver.url)
    assert receiver.wait_for(1)[0].version == version


def test_receiver__that_redirects_or_talks_without_end__not_followed_and_cut(
    world: World, receiver: Receiver, hook: Hook, sender: Sender
) -> None:
    where = [("Location", receiver.url)]
    with Receiver(lambda received: 302, headers=where, answer="あ\x00".encode() * 100_000) as elsewhere:
        webhook = hook(elsewhere)
        rename(world, "one")
        (entry,) = logged(webhook, 1)
    assert (entry.status, entry.state, len(entry.response)) == (302, DeliveryState.FAILED, 500)
    assert "\x00" not in entry.response
    assert not receiver.received


def test_receiver__that_fails_for_days__is_disabled_and_told_everything_once_resumed(
    world: World, receiver: Receiver, hook: Hook, sender: Sender
) -> None:
    receiver.handle = lambda received: 500
    webhook = hook(receiver)
    first = rename(world, "one")
    logged(webhook, 1)
    with within(world.id):
        WebhookCursor.objects.filter(webhook=webhook).update(failing_since=now() - timedelta(days=5, hours=1))
    try_again(webhook)
    wait_for_state(webhook, state=WebhookState.FAILING)
    second = rename(world, "two")
    receiver.handle = lambda received: 204
    count = len(receiver.received)
    try_again(webhook)
    webhook_resume(world.actor(Role.OWNER), webhook_id=webhook.id)
    received = receiver.wait_for(count + 2)[count:]
    assert [each.version for each in received] == [first, second]
    wait_for_state(webhook, state=WebhookState.ACTIVE)


def test_receiver__that_is_gone__is_disabled_at_once(
    world: World, receiver: Receiver, hook: Hook, sender: Sender
) -> None:
    receiver.handle = lambda received: 410
    webhook = hook(receiver)
    rename(world, "one")
    wait_for_state(webhook, state=WebhookState.GONE)


def test_webhook__paused__is_told_later_or_from_then_on(
    world: World, receiver: Receiver, hook: Hook, sender: Sender
) -> None:
    owner = world.actor(Role.OWNER)
    webhook = hook(receiver)
    with Receiver() as second:
        other = hook(second)
        for each in (webhook, other):
            webhook_pause(owner, webhook_id=each.id)
        missed = rename(world, "missed")
        webhook_resume(owner, webhook_id=webhook.id)
        webhook_resume(owner, webhook_id=other.id, skip=True)
        told = rename(world, "told")
        assert [each.version for each in receiver.wait_for(2)] == [missed, told]
        assert [each.version for each in second.wait_for(1)] == [told]


def test_secret__rotated__both_sign_for_a_time(world: World, receiver: Receiver, hook: Hook, sender: Sender) -> None:
    owner = world.actor(Role.OWNER)
    webhook = hook(receiver)
    (old,) = webhook_secrets(owner, webhook_id=webhook.id)
    webhook_rotate_secret(owner, webhook_id=webhook.id, hours=1)
    new, former = webhook_secrets(owner, webhook_id=webhook.id)
    assert (former, new == old) == (old, False)
    rename(world, "one")
    (received,) = receiver.wait_for(1)
    assert received.is_signed_with(old)
    assert received.is_signed_with(new)
    webhook_rotate_secret(owner, webhook_id=webhook.id, hours=0)
    rename(world, "two")
    last = receiver.wait_for(2)[-1]
    (newest,) = webhook_secrets(owner, webhook_id=webhook.id)
    assert [last.is_signed_with(each) for each in (old, new, newest)] == [False, False, True]


def test_secret__of_another_key_of_the_server__nothing_is_sent_and_the_log_says_why(
    world: World, receiver: Receiver, hook: Hook, settings: Settings, sender: Sender
) -> None:
    webhook = hook(receiver)
    settings.SECRET_KEY = "another"
    version = rename(world, "one")
    assert "Rotate the secret" in logged(webhook, 1)[0].error
    assert not receiver.received
    webhook_rotate_secret(world.actor(Role.OWNER), webhook_id=webhook.id)
    assert receiver.wait_for(1)[0].version == version


def test_log__pruned_past_a_webhook__told_to_read_everything_anew(
    world: World, receiver: Receiver, hook: Hook, sender: Sender
) -> None:
    owner = world.actor(Role.OWNER)
    webhook = hook(receiver)
    webhook_pause(owner, webhook_id=webhook.id)
    rename(world, "lost")
    with within(world.id):
        Change.objects.filter(restaurant_id=world.id).update(created_at=now() - timedelta(days=60))
    prune_changes()
    webhook_resume(owner, webhook_id=webhook.id)
    (received,) = receiver.wait_for(1)
    told: dict[str, Any] = received.event
    assert told["type"] == "resync.required"
    assert told["data"]["version"] == world.position.version
    after = rename(world, "after")
    assert receiver.wait_for(2)[-1].version == after


def test_webhook__changed_while_a_delivery_is_under_way__begins_anew_with_the_same_event(
    world: World, receiver: Receiver, hook: Hook, sender: Sender
) -> None:
    with Receiver() as slow:
        slow.handle = slow.hold
        webhook = hook(slow)
        version = rename(world, "one")
        (held,) = slow.wait_for(1)
        webhook_update(world.actor(Role.OWNER), webhook_id=webhook.id, url=receiver.url)
        (received,) = receiver.wait_for(1)
        assert (received.id, received.version) == (held.id, version)


def test_event__too_large__comes_without_its_data(
    world: World, receiver: Receiver, hook: Hook, sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shiftsync.webhooks.sending.turns.MOST_BYTES", 400)
    hook(receiver)
    version = rename(world, "x" * 90)
    (received,) = receiver.wait_for(1)
    assert (received.version, received.event["data"]) == (version, None)


def test_two_senders__each_event_once(world: World, receiver: Receiver, hook: Hook, sender: Sender) -> None:
    second = Sender().start()
    try:
        webhook = hook(receiver)
        versions = [rename(world, str(number)) for number in range(10)]
        wait_until(lambda: cursor_of(webhook).version == versions[-1], PATIENCE, "all to be delivered")
        assert [each.version for each in receiver.received] == versions
    finally:
        second.stop()


def test_sender__stopped__lets_go_of_its_turns(world: World, receiver: Receiver, hook: Hook) -> None:
    with Receiver() as slow:
        slow.handle = slow.hold
        webhook = hook(slow)
        version = rename(world, "one")
        sender = Sender().start()
        slow.wait_for(1)
        sender.stop()
        assert cursor_of(webhook).holder is None
        assert cursor_of(webhook).version < version
        assert not deliveries(webhook)


def odd(received: Received) -> int:
    return 0 if received.number == 1 else 204


def test_receiver__that_hangs_up__tried_again(world: World, receiver: Receiver, hook: Hook, sender: Sender) -> None:
    receiver.handle = odd
    webhook = hook(receiver)
    version = rename(world, "one")
    assert "without an answer" in logged(webhook, 1)[0].error
    try_again(webhook)
    assert [each.version for each in receiver.wait_for(2)] == [version, version]
