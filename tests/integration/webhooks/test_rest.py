"""Owners look after webhooks by REST and by the command: what may be asked for, what is shown, what is refused."""

import json
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from shiftsync.core.actor import Role
from shiftsync.core.clock import now
from shiftsync.core.fence import everywhere
from shiftsync.realtime.models import Change
from shiftsync.tenants.models import SecurityEvent
from shiftsync.webhooks.models import Webhook, WebhookDelivery, WebhookState
from shiftsync.webhooks.sending.sender import Sender
from shiftsync.webhooks.services import prune_deliveries
from tests.integration.rest.conftest import AsRole, Rest, as_role, document, other_world, owner
from tests.integration.webhooks.conftest import Hook, deliveries, logged, rename
from tests.support.receiver import Receiver
from tests.support.world import World

__all__ = ["as_role", "document", "other_world", "owner"]
FIELDS = {"url": "https://payroll.example.com/hook", "events": ["schedule.*", "staff.updated"]}


@pytest.fixture
def public(settings: Settings) -> None:
    """As it is in production: the public internet alone."""
    settings.CONFIG = replace(settings.CONFIG, webhook_networks=())


def test_webhook__made_read_changed_and_removed(owner: Rest, world: World) -> None:
    made = owner.post("webhooks/", FIELDS, status=201)
    assert {name: made[name] for name in FIELDS} == FIELDS
    assert (made["state"], made["failures"], made["nextAttemptAt"]) == ("active", 0, None)
    assert made["position"] == f"{world.position.epoch}:{world.position.version}"
    where = f"webhooks/{made['id']}/"
    changed = owner.patch(where, {"events": ["*"], "description": "給与"})
    assert (changed["events"], changed["description"], changed["url"]) == (["*"], "給与", FIELDS["url"])
    assert owner.get("webhooks/") == [owner.get(where)]
    owner.delete(where, status=204)
    assert owner.get("webhooks/") == []
    owner.refused("get", where, status=404)


def test_webhook__read_then_changed_by_another__412_and_as_it_was(owner: Rest) -> None:
    made = owner.response("post", "webhooks/", FIELDS, status=201)
    where = made["Location"].removeprefix("/api/")
    read = owner.response("get", where)["ETag"]
    owner.patch(where, {"description": "先に"}, If_Match=read)
    for method, body in (("patch", {"description": "後で"}), ("delete", None)):
        assert owner.refused(method, where, body, status=412, If_Match=read)["code"] == "precondition_failed"
    assert owner.get(where)["description"] == "先に"
    owner.delete(where, status=204, If_Match=owner.response("get", where)["ETag"])


def test_webhook__asked_to_be_tested__says_when_to_look(owner: Rest) -> None:
    made = owner.post("webhooks/", FIELDS, status=201)
    assert int(owner.response("post", f"webhooks/{made['id']}/test/", {}, status=202)["Retry-After"]) > 0


def test_events__by_pages__each_once(owner: Rest) -> None:
    found, path, pages = [], "webhooks/events/?limit=7", 0
    while path and pages < 20:
        response = owner.response("get", path)
        found += response.json()
        pages += 1
        path = response["Link"].partition(">")[0].removeprefix("</api/") if response.has_header("Link") else ""
    assert found == owner.get("webhooks/events/")


def test_webhook__made_twice_by_one_key__once_and_its_secret_stands_nowhere(owner: Rest, world: World) -> None:
    first = owner.post("webhooks/", FIELDS, status=201, Idempotency_Key="one")
    assert owner.post("webhooks/", FIELDS, status=201, Idempotency_Key="one")["id"] == first["id"]
    secret = owner.get(f"webhooks/{first['id']}/secret/")["secret"]
    assert secret.startswith("whsec_")
    with everywhere():
        webhook = Webhook.objects.get(id=first["id"])
        kept = json.dumps(list(Webhook.history.values()), default=str) + str(vars(webhook))
    assert secret.removeprefix("whsec_") not in kept


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/",
        "ftp://example.com/",
        "https://",
        "example.com",
        "https://user:password@example.com/",
        "https://example.com/#part",
        "https://exa mple.com/",
        "https://例え.jp/",
        "https://example.com:99999/",
        "https://localhost/",
        "https://127.0.0.1/",
        "https://10.0.0.1/",
        "https://192.168.1.1:8443/",
        "https://169.254.169.254/latest/meta-data/",
        "https://100.64.0.1/",
        "https://0.0.0.0/",
        "https://224.0.0.1/",
        "https://[::1]/",
        "https://[fe80::1]/",
        "https://[fd00::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[64:ff9b::7f00:1]/",
        "https://[2002:7f00:1::]/",
    ],
)
def test_webhook__to_where_none_may_go__refused_by_field(owner: Rest, public: None, url: str) -> None:
    error = owner.refused("post", "webhooks/", {**FIELDS, "url": url}, status=400)
    assert list(error["details"]) == ["url"]


def test_webhook__of_events_that_are_not__refused_by_field(owner: Rest) -> None:
    for events in (["staff.vanished"], ["staff"], ["nothing.*"], [""], []):
        error = owner.refused("post", "webhooks/", {**FIELDS, "events": events}, status=400)
        assert list(error["details"]) == ["events"]


def test_webhooks__more_than_the_operator_allows__refused(owner: Rest, settings: Settings) -> None:
    limits = replace(settings.CONFIG.limits, webhooks_per_restaurant=1)
    settings.CONFIG = replace(settings.CONFIG, limits=limits)
    owner.post("webhooks/", FIELDS, status=201)
    assert "at most 1" in owner.refused("post", "webhooks/", FIELDS, status=400)["message"]


def test_webhooks__of_managers_and_of_others__for_owners_of_the_restaurant_alone(
    owner: Rest, as_role: AsRole, other_world: World
) -> None:
    made = owner.post("webhooks/", FIELDS, status=201)
    for role in (Role.MANAGER, Role.VIEWER, Role.STAFF):
        as_role(role).refused("get", "webhooks/", status=403)
        as_role(role).refused("post", "webhooks/", FIELDS, status=403)
    other = as_role(Role.OWNER, other_world)
    assert other.get("webhooks/") == []
    for method, path in (("get", ""), ("get", "secret/"), ("post", "test/"), ("post", "resume/"), ("delete", "")):
        other.refused(method, f"webhooks/{made['id']}/{path}", status=404)


def test_events__listed__each_type_of_change_by_a_name(owner: Rest) -> None:
    names = {each["name"]: each["changeType"] for each in owner.get("webhooks/events/")}
    assert names["schedule.published"] == "SCHEDULE_PUBLISH"
    assert names["shift.changed"] == "SHIFT_BROADCAST"
    assert names["settings.daily_limit.updated"] == "SETTINGS_UPDATE_DAILY_LIMITS"


def test_deliveries__shown_tested_and_repeated(
    owner: Rest, world: World, receiver: Receiver, hook: Hook, sender: Sender
) -> None:
    where = f"webhooks/{hook(receiver).id}/"
    waiting = owner.post(f"{where}test/", status=202)
    assert (waiting["state"], waiting["event"], waiting["isRequested"]) == ("waiting", "webhook.test", True)
    assert receiver.wait_for(1)[0].event["data"] == {"webhookId": waiting and where.split("/")[1]}
    version = rename(world, "one")
    first = receiver.wait_for(2)[-1]
    (webhook,) = _webhooks()
    logged(webhook, 2)
    entry = owner.get(f"{where}deliveries/?state=succeeded&limit=1")[0]
    assert (entry["version"], entry["event"], entry["status"], entry["eventId"]) == (
        version,
        "staff.updated",
        204,
        first.id,
    )
    owner.post(f"{where}deliveries/{entry['id']}/repeat/", status=202)
    again = receiver.wait_for(3)[-1]
    assert (again.id, again.body) == (first.id, first.body)
    assert [each.is_requested for each in logged(webhook, 3)] == [True, False, True]


def test_repeat__of_an_event_that_the_log_has_lost__410(
    owner: Rest, world: World, receiver: Receiver, hook: Hook, sender: Sender
) -> None:
    webhook = hook(receiver)
    rename(world, "one")
    (entry,) = logged(webhook, 1)
    with everywhere():
        Change.objects.filter(restaurant_id=world.id).delete()
    owner.refused("post", f"webhooks/{webhook.id}/deliveries/{entry.id}/repeat/", status=410)
    owner.refused("post", f"webhooks/{webhook.id}/deliveries/{webhook.id}/repeat/", status=404)


def test_webhook__disabled__tried_by_its_owner_and_resumed(
    owner: Rest, world: World, receiver: Receiver, hook: Hook, sender: Sender
) -> None:
    webhook = hook(receiver)
    with everywhere():
        Webhook.objects.filter(id=webhook.id).update(state=WebhookState.FAILING)
    where = f"webhooks/{webhook.id}/"
    owner.post(f"{where}test/", status=202)
    receiver.wait_for(1)
    assert owner.get(where)["state"] == "failing"
    assert owner.post(f"{where}resume/")["state"] == "active"
    assert owner.post(f"{where}pause/")["state"] == "paused"
    assert owner.post(f"{where}resume/", {"skip": True})["state"] == "active"


def test_secret__rotated__both_shown_while_both_sign(owner: Rest) -> None:
    where = f"webhooks/{owner.post('webhooks/', FIELDS, status=201)['id']}/"
    old = owner.get(f"{where}secret/")
    assert (old["formerSecret"], old["formerSecretUntil"]) == (None, None)
    until = owner.post(f"{where}rotate-secret/", {"hours": 2})["formerSecretUntil"]
    new = owner.get(f"{where}secret/")
    assert (new["formerSecret"], new["formerSecretUntil"]) == (old["secret"], until)
    assert until > now().isoformat()
    owner.refused("post", f"{where}rotate-secret/", {"hours": 169}, status=400)


def test_security_log__of_webhooks__says_who_did_what(owner: Rest, world: World) -> None:
    where = f"webhooks/{owner.post('webhooks/', FIELDS, status=201)['id']}/"
    owner.get(f"{where}secret/")
    owner.patch(where, {"events": ["*"]})
    owner.delete(where, status=204)
    kinds = SecurityEvent.objects.filter(restaurant_id=world.id, kind__startswith="webhook").order_by("at")
    assert list(kinds.values_list("kind", flat=True)) == [
        "webhook_added",
        "webhook_secret_shown",
        "webhook_changed",
        "webhook_removed",
    ]


def told(*words: str) -> Any:
    out = StringIO()
    call_command("webhooks", *words, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_command__does_what_owners_may(world: World, receiver: Receiver, sender: Sender) -> None:
    of = ("--restaurant", str(world.id))
    made = told(*of, "--add", receiver.url, "--events", "staff.*")
    assert told(*of)["webhooks"][0]["events"] == "staff.*"
    assert told(*of, "--secret", made["id"])["secret"] == made["secret"]
    rename(world, "one")
    (received,) = receiver.wait_for(1)
    assert received.is_signed_with(made["secret"])
    (webhook,) = _webhooks()
    logged(webhook, 1)
    (entry,) = told(*of, "--deliveries", made["id"])["deliveries"]
    assert told(*of, "--repeat", made["id"], entry["id"])["event"] == "staff.updated"
    assert receiver.wait_for(2)[-1].id == received.id
    assert told(*of, "--pause", made["id"])["state"] == "paused"
    assert told(*of, "--resume", made["id"])["state"] == told(*of, "--skip", made["id"])["state"] == "active"
    assert told(*of, "--rotate", made["id"])["secret"] != made["secret"]
    assert told(*of, "--test", made["id"])["event"] == "webhook.test"
    told(*of, "--remove", made["id"])
    with pytest.raises(CommandError, match="No such webhook"):
        told(*of, "--pause", made["id"])


def _webhooks() -> list[Webhook]:
    with everywhere():
        return list(Webhook.objects.all())


def test_deliveries__old_ones__go_with_the_change_log(
    world: World, receiver: Receiver, hook: Hook, sender: Sender
) -> None:
    webhook = hook(receiver)
    for name in ("old", "new"):
        rename(world, name)
    old, new = logged(webhook, 2)
    with everywhere():
        WebhookDelivery.objects.filter(id=old.id).update(created_at=now() - timedelta(days=31))
        assert prune_deliveries() == 1
    assert [each.id for each in deliveries(webhook)] == [new.id]
