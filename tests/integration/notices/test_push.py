"""Notices by push, to an endpoint of the test that decrypts them with a browser's real keys."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from ipaddress import ip_network

import pytest
from django.test import Client
from pytest_django import Settings

from shiftsync.core.actor import Role
from shiftsync.core.clock import now
from shiftsync.core.errors import ValidationFailed
from shiftsync.core.fence import within
from shiftsync.notices.models import NoticeDelivery, PushKey, PushSubscription
from shiftsync.notices.push import push_key, push_subscribe
from shiftsync.notices.sending.courier import Courier
from tests.integration.notices.conftest import TANAKA, edit, publish, told
from tests.integration.rest.conftest import AsRole, as_role, document
from tests.support.browser_keys import Browser, is_signed
from tests.support.receiver import PATIENCE, Received, Receiver
from tests.support.waiting import wait_until
from tests.support.worker import WorkerProcess
from tests.support.world import PASSWORD, World

__all__ = ["as_role", "document"]
LOOPBACK = "127.0.0.0/8"


@pytest.fixture(autouse=True)
def loopback(settings: Settings) -> None:
    settings.CONFIG = replace(settings.CONFIG, push_networks=(ip_network(LOOPBACK),))


@pytest.fixture
def service() -> Iterator[Receiver]:
    """A push service."""
    with Receiver() as made:
        yield made


@pytest.fixture
def environment(database_url: str) -> dict[str, str]:
    return {"DATABASE_URL": database_url, "SHIFTSYNC_PUSH_NETWORKS": LOOPBACK}


@pytest.fixture
def courier(people: World) -> Iterator[Courier]:
    running = Courier().start()
    yield running
    running.stop()


def subscribe(world: World, service: Receiver, role: Role = Role.STAFF, name: str = "a") -> Browser:
    browser = Browser(f"http://127.0.0.1:{service.port}/send/{name}")
    with within(world.id):
        push_subscribe(world.actor(role), **browser.fields())
    return browser


def deliveries(world: World) -> list[NoticeDelivery]:
    with within(world.id):
        return list(NoticeDelivery.objects.filter(restaurant_id=world.id).order_by("created_at", "id"))


def settled(world: World, count: int) -> list[str]:
    def states() -> list[str]:
        return [each.state for each in deliveries(world) if each.settled_at is not None]

    wait_until(lambda: len(states()) >= count, PATIENCE, f"{count} settled deliveries")
    return states()


def lapse(world: World) -> None:
    with within(world.id):
        rows = NoticeDelivery.objects.filter(restaurant_id=world.id)
        rows.filter(lease_until__isnull=False).update(lease_until=now() - timedelta(seconds=1))
        rows.update(next_attempt_at=now())


def subscriptions(world: World) -> int:
    with within(world.id):
        return PushSubscription.objects.filter(restaurant_id=world.id).count()


def test_push__sent_by_a_worker__read_with_the_browsers_keys_alone(
    people: World, service: Receiver, environment: dict[str, str]
) -> None:
    browser, others = subscribe(people, service), subscribe(people, service, Role.VIEWER, "b")
    edit(people, {TANAKA: {"08-01": "△"}})
    publish(people)
    with WorkerProcess(environment):
        service.wait_for(2)
        edit(people, {TANAKA: {"08-01": "×"}})
        publish(people)
        service.wait_for(3)
        assert settled(people, 3) == ["sent"] * 3
    mine = [each for each in service.received if each.path == "/send/a"]
    published, changed = map(browser.read, mine)
    assert published["title"] == "The shifts for Jul 21 – Aug 20 are published"
    assert changed["text"] == "Fri, Aug 1: △ → ×"
    assert {each["id"] for each in (published, changed)} == {str(each.id) for each in told(people, Role.STAFF)}
    assert (changed["restaurant"], changed["restaurantId"], changed["place"]) == ("Kitchen", str(people.id), "#/mine")
    with pytest.raises(Exception):  # noqa: B017, PT011 - whatever the library says to a wrong key
        others.read(mine[0])
    headers = mine[0].headers
    assert (headers["content-encoding"], int(headers["ttl"]) > 3600) == ("aes128gcm", True)
    assert is_signed(mine[0], push_key().public)


def test_push__worker_killed_before_it_noted_it__comes_again_as_the_same(
    people: World, service: Receiver, environment: dict[str, str]
) -> None:
    browser = subscribe(people, service)
    with WorkerProcess(environment) as worker:

        def kill(received: Received) -> int:
            worker.kill()
            return 201

        service.handle = kill
        publish(people)
        service.wait_for(1)
        wait_until(lambda: not worker.runs, PATIENCE, "the worker to be killed")
    service.handle = lambda received: 201
    lapse(people)
    with WorkerProcess(environment):
        first, second = service.wait_for(2)
        assert settled(people, 1) == ["sent"]
    assert browser.read(first)["id"] == browser.read(second)["id"], "by which the browser shows it once"
    assert first.headers["topic"] == second.headers["topic"]
    assert len(service.received) == 2


@pytest.mark.parametrize("status", [404, 410])
def test_push__the_service_knows_the_browser_no_more__nothing_is_pushed_there_again(
    people: World, service: Receiver, courier: Courier, status: int
) -> None:
    subscribe(people, service)
    service.handle = lambda received: status
    publish(people)
    assert settled(people, 1) == ["dropped"]
    assert subscriptions(people) == 0
    edit(people, {TANAKA: {"08-01": "△"}})
    publish(people)
    assert len(service.received) == 1


def test_push__the_service_is_busy__sent_later(people: World, service: Receiver, courier: Courier) -> None:
    subscribe(people, service)
    service.handle = lambda received: 503
    publish(people)
    wait_until(lambda: any(each.attempts for each in deliveries(people)), PATIENCE, "an attempt")
    service.handle = lambda received: 201
    lapse(people)
    assert settled(people, 1) == ["sent"]


def test_push__a_long_text__is_cut_at_a_line_and_fits(people: World, service: Receiver, courier: Courier) -> None:
    browser = subscribe(people, service)
    publish(people)
    service.wait_for(1)
    edit(people, {TANAKA: {f"08-{day:02}": "字" * 20 for day in range(1, 20)}})
    publish(people)
    received = service.wait_for(2)[1]
    assert len(received.body) <= 4096
    assert browser.read(received)["text"].splitlines()[-1] == "and 11 more"


@pytest.mark.parametrize(
    "endpoint", ["http://push.example.com/", "https://10.0.0.1/", "https://127.0.0.1/x", "https://localhost/", "x"]
)
def test_subscription__to_where_none_may_go__refused_at_its_field(
    people: World, as_role: AsRole, settings: Settings, endpoint: str
) -> None:
    settings.CONFIG = replace(settings.CONFIG, push_networks=())
    fields = Browser(endpoint).fields()
    assert set(as_role(Role.STAFF).refused("post", "me/push-subscriptions/", fields, status=400)["details"]) == {
        "endpoint"
    }


@pytest.mark.parametrize("field", ["p256dh", "auth"])
def test_subscription__with_keys_that_are_none__refused_at_its_field(
    people: World, as_role: AsRole, field: str
) -> None:
    fields = {**Browser("https://push.example.com/a").fields(), field: "AAAA"}
    assert set(as_role(Role.STAFF).refused("post", "me/push-subscriptions/", fields, status=400)["details"]) == {field}


def test_subscription__by_rest__made_again_ended(people: World, as_role: AsRole) -> None:
    mine, fields = as_role(Role.STAFF), Browser("https://push.example.com/a").fields()
    for _ in range(2):
        assert mine.post("me/push-subscriptions/", fields) == {"browsers": 1}
    assert as_role(Role.VIEWER).post("me/push-subscriptions/end/", {"endpoint": fields["endpoint"]}) == {"browsers": 0}
    assert subscriptions(people) == 1, "it is none of theirs"
    assert mine.post("me/push-subscriptions/end/", {"endpoint": fields["endpoint"]}) == {"browsers": 0}
    assert mine.get("me/notices/settings/")["pushKey"] == push_key().public


def test_subscription__somebody_else_signs_in_there__the_former_is_not_told_there(
    people: World, service: Receiver
) -> None:
    browser = subscribe(people, service)
    with within(people.id):
        push_subscribe(people.actor(Role.VIEWER), **browser.fields())
        (left,) = PushSubscription.objects.filter(restaurant_id=people.id)
    assert left.user_id == people.users[Role.VIEWER].id


def test_subscription__ends_with_the_sign_in_that_made_it_and_with_a_new_password(people: World) -> None:
    user = people.users[Role.STAFF]
    browsers = [Client(), Client()]
    for number, browser in enumerate(browsers):
        assert browser.login(username=user.username, password=PASSWORD)
        fields = Browser(f"https://push.example.com/{number}").fields()
        answer = browser.post(
            f"/api/me/push-subscriptions/?restaurant={people.id}", fields, content_type="application/json"
        )
        assert answer.status_code == 200, answer.content
    browsers[0].post("/sign-out/")
    assert subscriptions(people) == 1
    user.set_password("another-password-1")
    user.save()
    assert subscriptions(people) == 0


def test_subscriptions__too_many_of_a_user__refused(people: World) -> None:
    me = people.actor(Role.STAFF)
    with within(people.id):
        for number in range(20):
            push_subscribe(me, **Browser(f"https://push.example.com/{number}").fields())
        with pytest.raises(ValidationFailed, match="20 browsers"):
            push_subscribe(me, **Browser("https://push.example.com/more").fields())


def test_key__lasts_until_the_servers_own_changes__and_stands_nowhere(people: World, settings: Settings) -> None:
    with within(people.id):
        push_subscribe(people.actor(Role.STAFF), **Browser("https://push.example.com/a").fields())
    public = push_key().public
    assert push_key().public == public
    settings.SECRET_KEY = "another" * 10
    assert push_key().public != public
    assert PushKey.objects.count() == 1
    assert subscriptions(people) == 0, "their browsers know the former key"
