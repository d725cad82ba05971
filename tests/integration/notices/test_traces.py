"""Traces of what leaves by mail and by push: one for each delivery, which says nothing of whom it is for or what it says."""

from collections.abc import Iterator
from dataclasses import replace
from ipaddress import ip_network

import pytest
from pytest_django import Settings

from shiftsync.core.actor import Role
from shiftsync.core.fence import within
from shiftsync.notices.models import NoticeDelivery
from shiftsync.notices.push import push_subscribe
from shiftsync.tenants.models import User
from tests.integration.notices.conftest import TANAKA, edit, publish
from tests.support.browser_keys import Browser
from tests.support.collector import Collector, SpanSeen
from tests.support.mailbox import Mailbox
from tests.support.receiver import Receiver
from tests.support.waiting import PATIENCE_SECONDS, wait_until
from tests.support.worker import WorkerProcess
from tests.support.world import World

LOOPBACK = "127.0.0.0/8"
ADDRESS = "tanaka@example.com"
SECRET_VALUE = "Δ秘密"


@pytest.fixture
def collector() -> Iterator[Collector]:
    with Collector() as made:
        yield made


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    box = Mailbox().open()
    yield box
    box.close()


@pytest.fixture
def service(settings: Settings) -> Iterator[Receiver]:
    """A push service."""
    settings.CONFIG = replace(settings.CONFIG, push_networks=(ip_network(LOOPBACK),))
    with Receiver() as made:
        yield made


@pytest.mark.parametrize(("status", "outcome"), [(201, "sent"), (410, "gone")])
def test_notice__by_mail_and_by_push__a_trace_for_each_with_its_outcome_and_nothing_of_people(
    people: World,
    database_url: str,
    collector: Collector,
    mailbox: Mailbox,
    service: Receiver,
    status: int,
    outcome: str,
) -> None:
    User.objects.filter(id=people.users[Role.STAFF].id).update(email=ADDRESS)
    browser = Browser(f"http://127.0.0.1:{service.port}/send/a")
    with within(people.id):
        push_subscribe(people.actor(Role.STAFF), **browser.fields())
    service.handle = lambda received: status
    edit(people, {TANAKA: {"08-01": SECRET_VALUE}})
    publish(people)
    environment = {
        "DATABASE_URL": database_url,
        "SHIFTSYNC_EMAIL_URL": mailbox.url,
        "SHIFTSYNC_PUSH_NETWORKS": LOOPBACK,
        "SHIFTSYNC_TRACES_ENDPOINT": collector.url,
        "OTEL_BSP_SCHEDULE_DELAY": "50",
    }
    with WorkerProcess(environment):
        wait_until(lambda: len(carried(collector)) == 2, PATIENCE_SECONDS, "a trace of each delivery")
    with within(people.id):
        rows = {str(row.id): row for row in NoticeDelivery.objects.filter(restaurant_id=people.id)}
    outcomes = {}
    for root, *others in carried(collector):
        assert root.attributes["shiftsync.restaurant"] == str(people.id)
        channel = rows[root.attributes["shiftsync.delivery"]].channel
        assert root.name == f"notice by {channel}"
        assert not root.parent
        (sending,) = (span for span in others if span.name == "send")
        assert sending.parent == root.id
        outcomes[channel] = sending.attributes["shiftsync.outcome"]
    assert outcomes == {"mail": "sent", "push": outcome}
    seen = str(collector.traces())
    assert not [each for each in (ADDRESS, SECRET_VALUE, "/send/a", "田中") if each in seen]


def carried(collector: Collector) -> list[list[SpanSeen]]:
    """The traces of deliveries that were sent."""
    return [
        spans
        for spans in collector.traces().values()
        if spans[0].name.startswith("notice by") and any(span.name == "send" for span in spans)
    ]
