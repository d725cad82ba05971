"""What one account, address or restaurant may have is bounded, so that it cannot hurt another; each bound can be set."""

import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import httpx
import pytest
from pytest_django import Settings

from settings_app.services.versions import VersionCreate, version_create
from shiftsync.core.actor import Role
from shiftsync.core.limits import Limits
from shiftsync.core.rates import Rates
from shiftsync.realtime.stream.requests import ChangeRequest
from tests.integration.rest.conftest import Rest
from tests.support.client import Client
from tests.support.server import ServerProcess
from tests.support.waiting import PATIENCE_SECONDS
from tests.support.world import World

SMALL = {
    "SHIFTSYNC_SOCKETS_PER_USER": "3",
    "SHIFTSYNC_SOCKETS_PER_RESTAURANT": "5",
    "SHIFTSYNC_REQUESTS_PER_USER": "20",
    "SHIFTSYNC_REQUESTS_PER_ADDRESS": "60",
}


@pytest.fixture
def small(database_url: str, world: World) -> Iterator[ServerProcess]:
    """A server whose limits are soon met."""
    with ServerProcess({"DATABASE_URL": database_url, **SMALL}) as process:
        yield process


def bounded(settings: Settings, **limits: int) -> None:
    settings.CONFIG = replace(settings.CONFIG, limits=replace(Limits(), **limits))


def opened(server: ServerProcess, world: World, role: Role, *, v2: bool = True) -> Client:
    client = Client(server.url, token=world.tokens[role], v2=v2)
    client.expect("CONNECTION_ACK")
    return client


def turned_away(server: ServerProcess, world: World, role: Role, *, v2: bool) -> None:
    with Client(server.url, token=world.tokens[role], v2=v2) as client:
        told = client.expect("ERROR")["payload"]
        assert (told["code"], told["retryAfterSeconds"]) == ("rate_limited", 30)
        assert client.close_code() == 1013


def test_head__larger_than_any_browser_sends__refused_before_anything_is_known(small: ServerProcess) -> None:
    with socket.create_connection(("127.0.0.1", small.port), timeout=20) as raw:
        raw.sendall(b"GET /api/me/ HTTP/1.1\r\nHost: localhost\r\nCookie: sessionid=" + b"x" * (2 << 20))
        assert raw.recv(100).split()[1] == b"431"


def test_sockets__of_a_user_and_of_a_restaurant__bounded_and_free_again(small: ServerProcess, world: World) -> None:
    open_ones = [opened(small, world, Role.MANAGER, v2=number % 2 == 0) for number in range(3)]
    turned_away(small, world, Role.MANAGER, v2=True)
    turned_away(small, world, Role.MANAGER, v2=False)
    open_ones += [opened(small, world, Role.OWNER), opened(small, world, Role.VIEWER)]
    turned_away(small, world, Role.OWNER, v2=True)
    open_ones[1].settled()  # those that are in are served
    open_ones.pop(0).close()
    open_ones.append(again(small, world))
    for client in open_ones:
        client.close()


def again(server: ServerProcess, world: World) -> Client:
    """In, as soon as the server has heard that another has left."""
    for _ in range(100):
        client = Client(server.url, token=world.tokens[Role.MANAGER], v2=True)
        if client.wait_for(lambda message: message["type"] in ("CONNECTION_ACK", "ERROR"))["type"] != "ERROR":
            return client
        client.close()
    raise AssertionError("nobody was let in again")


def until_refused(ask: Callable[[], httpx.Response]) -> list[httpx.Response]:
    """The answers up to the first 429. On a slow machine there are more: what is allowed grows with time."""
    answers: list[httpx.Response] = []
    while not answers or answers[-1].status_code != 429:
        assert len(answers) < 1000
        answers.append(ask())
    return answers


def test_rest__of_a_user__429_with_a_time_and_others_go_on(small: ServerProcess, world: World) -> None:
    def ask(role: Role) -> httpx.Response:
        return httpx.get(f"{small.url}/api/me/", headers={"Authorization": f"Bearer {world.tokens[role]}"})

    answers = until_refused(lambda: ask(Role.MANAGER))
    assert [answer.status_code for answer in answers[:-1]] == [200] * (len(answers) - 1)
    assert len(answers) > 20
    refused = answers[-1]
    assert int(refused.headers["Retry-After"]) >= 1
    assert refused.json()["code"] == "rate_limited"
    assert ask(Role.OWNER).status_code == 200


def test_rest__of_an_address__429_before_anything_is_looked_up_and_pages_go_on(
    small: ServerProcess, world: World
) -> None:
    answers = until_refused(lambda: httpx.get(f"{small.url}/api/me/", headers={"Authorization": "Bearer x"}))
    assert {answer.status_code for answer in answers[:-1]} == {401}
    assert len(answers) > 60
    refused = answers[-1]
    assert refused.json()["code"] == "rate_limited"
    assert int(refused.headers["Retry-After"]) >= 1
    elsewhere = {"X-Forwarded-For": "203.0.113.9"}
    assert httpx.get(f"{small.url}/api/me/", headers=elsewhere).status_code == 401
    assert httpx.get(f"{small.url}/health").status_code == 200


@pytest.mark.parametrize("path", ["/api/staff/", "/sign-in/", "/api/nothing/"])
@pytest.mark.parametrize("is_said", [True, False])
def test_body__too_large__413_before_it_is_read_and_before_who_sends_it(
    server: ServerProcess, world: World, path: str, is_said: bool
) -> None:
    """60 MB are announced (or begun, without a length) by nobody; the answer is there long before they are."""
    host, _, port = server.url.removeprefix("http://").partition(":")
    length = f"Content-Length: {60 << 20}" if is_said else "Transfer-Encoding: chunked"
    head = f"POST {path} HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Type: application/json\r\n{length}\r\n\r\n"
    with socket.create_connection((host, int(port)), timeout=PATIENCE_SECONDS) as raw:
        raw.sendall(head.encode())
        if not is_said:
            for _ in range(5):
                raw.sendall(f"{1 << 20:x}\r\n".encode() + b"x" * (1 << 20) + b"\r\n")
        answer = b""
        while b"\r\n\r\n" not in answer or not answer.partition(b"\r\n\r\n")[2]:
            answer += raw.recv(65536)
    assert answer.split(b" ")[1] == b"413"
    assert (b"payload_too_large" in answer) == path.startswith("/api/")


def test_body__of_the_most_that_is_allowed__is_read(server: ServerProcess, world: World) -> None:
    text = b'{"name": "' + b"x" * ((4 << 20) - 20) + b'"}'
    headers = {"Authorization": f"Bearer {world.tokens[Role.MANAGER]}", "Content-Type": "application/json"}
    answer = httpx.post(f"{server.url}/api/staff/", content=text, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "validation_error")


def test_periods__as_many_as_allowed__then_refused(settings: Settings, manager: Rest, world: World) -> None:
    bounded(settings, periods_per_restaurant=2)
    manager.post("periods/", {}, status=201)
    assert "startDate" in manager.refused("post", "periods/", {}, status=400)["details"]


def test_versions__as_many_as_allowed__then_refused(settings: Settings, manager: Rest, world: World) -> None:
    version_create(ChangeRequest(world.system, VersionCreate("one more")))
    bounded(settings, versions_per_restaurant=2)
    refused: Any = manager.refused("post", "config-versions/", {"name": "x"}, status=400)
    assert "at most 2 settings versions" in refused["message"]


def test_rates__of_a_key__a_burst_then_as_told_and_still_ones_are_forgotten() -> None:
    rates = Rates(per_minute=60)
    assert [rates.take("a") for _ in range(60)] == [0.0] * 60
    assert 0 < rates.take("a") <= 1
    assert rates.take("b") == 0.0
    assert len(rates._levels) == 2
    rates._sweep(rates._swept_at + 120)
    assert not rates._levels
