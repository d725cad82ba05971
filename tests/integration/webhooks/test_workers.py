"""Webhooks among processes that are killed: at-least-once, in order, and doubles that can be told by their id."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from ssl import PROTOCOL_TLS_SERVER, SSLContext

import httpx
import pytest

from shiftsync.core.actor import Role
from tests.integration.webhooks.conftest import LOOPBACK, Hook, cursor_of, deliveries, logged, rename
from tests.support.receiver import PATIENCE, Received, Receiver
from tests.support.server import ServerProcess
from tests.support.waiting import wait_until
from tests.support.worker import WorkerProcess
from tests.support.world import World

pytestmark = pytest.mark.slow


@pytest.fixture
def environment(database_url: str, world: World) -> dict[str, str]:
    return {
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "tests.support.impatient_settings",
        "SHIFTSYNC_WEBHOOK_NETWORKS": LOOPBACK,
    }


@pytest.fixture
def worker(environment: dict[str, str]) -> Iterator[WorkerProcess]:
    with WorkerProcess(environment) as process:
        yield process


def test_worker__killed_between_delivery_and_cursor__the_event_comes_again_under_its_id(
    world: World, receiver: Receiver, hook: Hook, worker: WorkerProcess
) -> None:
    webhook = hook(receiver)

    def kill_at_the_second(received: Received) -> int:
        if received.number == 2:
            worker.kill()
        return 204

    receiver.handle = kill_at_the_second
    versions = [rename(world, str(number)) for number in range(4)]
    receiver.wait_for(2)
    wait_until(lambda: not worker.runs, PATIENCE, "the worker to be killed")
    assert cursor_of(webhook).version < versions[1], "the receiver has it, and nobody knows"
    worker.start()
    received = receiver.wait_for(5)
    assert [each.version for each in received] == [versions[0], versions[1], *versions[1:]]
    assert received[1].id == received[2].id
    assert received[1].body == received[2].body
    assert list(dict.fromkeys(each.version for each in received)) == versions
    wait_until(lambda: cursor_of(webhook).version == versions[-1], PATIENCE, "the cursor")


def test_server_and_worker__killed_after_the_commit__the_event_is_delivered_by_another(
    world: World, receiver: Receiver, hook: Hook, environment: dict[str, str]
) -> None:
    hook(receiver)
    with ServerProcess(environment) as web:
        headers = {"Authorization": f"Bearer {world.tokens[Role.MANAGER]}"}
        address = f"{web.url}/api/staff/{world.staff_ids[0]}/"
        answer = httpx.patch(address, json={"name": "acknowledged"}, headers=headers, timeout=30)
        web.kill()
    assert answer.status_code == 200
    assert not receiver.received
    with WorkerProcess(environment):
        (received,) = receiver.wait_for(1)
    assert received.version == answer.json()["version"]
    assert received.event["data"]["changes"]["name"] == "acknowledged"


def test_worker__killed_while_a_receiver_is_down__all_delivered_in_order_when_both_are_back(
    world: World, receiver: Receiver, hook: Hook, environment: dict[str, str]
) -> None:
    receiver.handle = lambda received: 503
    webhook = hook(receiver)
    versions = [rename(world, str(number)) for number in range(3)]
    with WorkerProcess(environment):
        logged(webhook, 1)
    receiver.handle = lambda received: 204
    failed = len(receiver.received)
    with WorkerProcess(environment):
        received = receiver.wait_for(failed + 3)[failed:]
    assert [each.version for each in received] == versions


def test_two_workers__one_killed__the_other_takes_its_webhooks(
    world: World, receiver: Receiver, hook: Hook, environment: dict[str, str]
) -> None:
    with WorkerProcess(environment) as first, Receiver() as slow:
        slow.handle = slow.hold
        hook(slow)
        rename(world, "held")
        slow.wait_for(1)
        first.kill()
        slow.handle = lambda received: 204
        with WorkerProcess(environment):
            assert len({each.id for each in slow.wait_for(2)}) == 1


def test_receiver__by_https__its_certificate_is_checked(
    world: World, hook: Hook, environment: dict[str, str], tmp_path: Path
) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=receiver"),
            *("-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
    )
    security = SSLContext(PROTOCOL_TLS_SERVER)
    security.load_cert_chain(certificate, key)
    with Receiver(security=security) as secure:
        webhook = hook(secure)
        version = rename(world, "secret")
        with WorkerProcess(environment):
            assert "certificate is not valid" in logged(webhook, 1)[0].error
        assert not secure.received
        with WorkerProcess({**environment, "SSL_CERT_FILE": str(certificate)}):
            assert secure.wait_for(1)[0].version == version
        assert all(each.status is None for each in deliveries(webhook)[:1])
