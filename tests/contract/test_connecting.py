"""Who is let in, how they are greeted, and the envelope."""

import json
from typing import Any
from uuid import uuid4

import httpx
import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from websockets.exceptions import InvalidStatus

from shiftsync.core.actor import Role
from shiftsync.tenants.credentials import issue_ticket
from shiftsync.tenants.models import User
from shiftsync.tenants.services import membership_grant, membership_revoke, token_issue, token_revoke
from tests.conftest import Connect
from tests.support.client import Client
from tests.support.server import ServerProcess
from tests.support.waiting import PATIENCE_SECONDS
from tests.support.world import World, make_world


def cookie_of(user: User) -> str:
    """The session cookie of a signed-in user."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def refused_status(server: ServerProcess, **options: Any) -> int:
    """The HTTP status with which a handshake is refused."""
    with pytest.raises(InvalidStatus) as refusal:
        Client(server.url, **options)
    return refusal.value.response.status_code


def test_connection_ack__any_client__says_all_that_the_contract_names(server: ServerProcess, world: World) -> None:
    for v2 in (False, True):
        with Client(server.url, token=world.tokens[Role.OWNER], v2=v2) as client:
            ack = client.next()
            payload = ack["payload"]
            assert ack["type"] == "CONNECTION_ACK"
            assert ack["success"] is True
            assert payload["status"] == "connected"
            assert payload["clientId"] == ack["clientId"]
            assert payload["restaurantId"] == str(world.id)
            assert payload["role"] == "owner"
            assert payload["userId"] == str(world.users[Role.OWNER].pk)
            assert payload["userName"] == world.users[Role.OWNER].display_name
            assert payload["maxFrameBytes"] == 1 << 20
            assert payload["protocol"] == (2 if v2 else 1)
            assert payload["heartbeatSeconds"] == 30
            assert payload["version"] == ack["version"] == world.position.version
            assert payload["epoch"] == world.position.epoch
            assert payload["periods"] == [
                {
                    "index": 0,
                    "id": world.period_id,
                    "startDate": "2025-07-21",
                    "endDate": "2025-08-20",
                    "scheduleId": world.schedule_id,
                    "state": "draft",
                }
            ]
            assert ack["timestamp"].endswith("Z")
            assert len(ack["timestamp"]) == len("2025-08-24T03:15:00.123Z")


def test_client_parameter__given__is_the_connections_id(connect: Connect, world: World) -> None:
    mine = str(uuid4())
    client = connect(client=mine)
    assert client.received[0]["payload"]["clientId"] == mine
    client.send("STAFF_CREATE", {"name": "山田"})
    assert client.expect("STAFF_CREATE")["clientId"] == mine


@pytest.mark.parametrize("since", [False, True])
def test_client_parameter__that_another_user_has_used__is_given_anew(
    connect: Connect, world: World, since: bool
) -> None:
    mine = str(uuid4())
    position = f"{world.position.epoch}:{world.position.version}"
    connect(client=mine)
    other = connect(Role.OWNER, client=mine, **({"since": position} if since else {}))
    given = other.received[0]["payload"]["clientId"]
    assert given not in (mine, None)
    if since:
        assert other.next()["type"] == "RESYNC_REQUIRED"
    again = connect(client=mine, since=position)
    assert again.received[0]["payload"]["clientId"] == mine
    assert again.expect("RESUMED")["payload"]["version"] == world.position.version


def test_origin__spelled_otherwise__is_the_same_origin(server: ServerProcess, world: World) -> None:
    token = world.tokens[Role.MANAGER]
    port = server.url.rsplit(":", 1)[1]
    for origin in (f"HTTP://127.0.0.1:{port}", f"http://127.0.0.1.:{port}", f"http://127.0.0.1:{port}/"):
        with Client(server.url, v2=True, token=token, headers=[("Origin", origin)]) as client:
            assert client.next()["type"] == "CONNECTION_ACK"


def test_session__with_allowed_origin__gets_in(server: ServerProcess, world: World) -> None:
    cookie = cookie_of(world.users[Role.MANAGER])
    headers = [("Cookie", cookie), ("Origin", server.url)]
    with Client(server.url, v2=True, headers=headers) as client:
        assert client.next()["payload"]["role"] == "manager"


def test_session__without_origin__does_not_count(server: ServerProcess, world: World) -> None:
    assert refused_status(server, headers=[("Cookie", cookie_of(world.users[Role.MANAGER]))]) == 403


@pytest.mark.parametrize("v2", [False, True])
def test_foreign_origin__any_client__is_refused_at_the_handshake(server: ServerProcess, world: World, v2: bool) -> None:
    headers = [("Cookie", cookie_of(world.users[Role.MANAGER])), ("Origin", "https://evil.example")]
    assert refused_status(server, v2=v2, headers=headers) == 403
    assert refused_status(server, v2=v2, token=world.tokens[Role.OWNER], headers=headers[1:]) == 403


def test_nobody__version_1__is_refused_at_the_handshake(server: ServerProcess, world: World) -> None:
    assert refused_status(server) == 403
    assert refused_status(server, token="ss_wrong") == 403
    assert refused_status(server, token=world.tokens[Role.OWNER], restaurant=uuid4()) == 403


def test_nobody__version_2__is_told_and_closed(server: ServerProcess, world: World) -> None:
    for options, code, close in (
        ({}, "unauthenticated", 4401),
        ({"token": "ss_wrong"}, "unauthenticated", 4401),
        ({"token": world.tokens[Role.OWNER], "restaurant": uuid4()}, "forbidden", 4403),
        ({"token": world.tokens[Role.OWNER], "restaurant": "no-uuid"}, "forbidden", 4403),
    ):
        with Client(server.url, v2=True, **options) as client:
            assert client.next()["payload"]["code"] == code
            assert client.close_code() == close


def test_ticket__once__and_never_again(server: ServerProcess, world: World) -> None:
    ticket = issue_ticket(world.actor())
    with Client(server.url, v2=True, ticket=ticket) as client:
        assert client.next()["payload"]["role"] == "manager"
    assert refused_status(server, ticket=ticket) == 403


def test_restaurant_parameter__member_of_two__chooses(server: ServerProcess, world: World) -> None:
    other = make_world("Second")
    user = world.users[Role.MANAGER]
    membership_grant(other.system, user=user, role=Role.VIEWER)
    headers = [("Cookie", cookie_of(user)), ("Origin", server.url)]
    assert refused_status(server, headers=headers) == 403
    for wanted in (world, other):
        with Client(server.url, headers=headers, restaurant=wanted.id) as client:
            assert client.next()["payload"]["restaurantId"] == str(wanted.id)


def test_revoked_membership__open_socket__is_closed(connect: Connect, world: World) -> None:
    v2, v1 = connect(), connect(v2=False)
    membership_revoke(world.system, user_id=world.users[Role.MANAGER].id)
    assert v2.expect("ERROR")["payload"]["code"] == "forbidden"
    assert v2.close_code() == 4403
    assert v1.close_code() == 4403


def test_revoked_token__its_socket_only__is_closed(server: ServerProcess, connect: Connect, world: World) -> None:
    token, secret = token_issue(world.system, user=world.users[Role.MANAGER])
    other = connect()
    with Client(server.url, token=secret, v2=True) as client:
        client.expect("CONNECTION_ACK")
        token_revoke(world.system, token_id=token.id)
        assert client.expect("ERROR")["payload"]["code"] == "unauthenticated"
        assert client.close_code() == 4401
    assert other.settled() == []


def test_ping__any_timestamp__comes_back_with_epoch_and_version(connect: Connect, world: World) -> None:
    client = connect(v2=False)
    for timestamp in (1724487600000, "2025-08-24T03:15:00Z", None, {"any": 1}):
        client.send("PING", {"timestamp": timestamp})
        pong = client.expect("PONG")["payload"]
        assert pong == {
            "timestamp": timestamp,
            "epoch": world.position.epoch,
            "version": world.position.version,
        }


def test_envelope__only_a_type__is_enough(connect: Connect) -> None:
    client = connect()
    client.send_text('{"type":"PING"}')
    assert client.expect("PONG")["payload"]["timestamp"] is None
    client.send_text('{"type":"SYNC_REQUEST","payload":null,"timestamp":null,"clientId":null,"requestId":null}')
    assert client.expect("SYNC_RESPONSE")["payload"]["period"] == 0


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{no json", "invalid_json"),
        ("NaN", "invalid_json"),
        ("[]", "invalid_message"),
        ('"text"', "invalid_message"),
        ("{}", "invalid_message"),
        ('{"type":7}', "invalid_message"),
        ('{"type":"NO_SUCH_MESSAGE"}', "unknown_type"),
        ('{"type":"PING","requestId":"no-uuid"}', "validation_error"),
        ('{"type":"STAFF_UPDATE","payload":[]}', "validation_error"),
        ('{"type":"STAFF_UPDATE","payload":"text"}', "validation_error"),
    ],
)
def test_bad_message__any__is_told_and_the_socket_stays_open(connect: Connect, text: str, code: str) -> None:
    client = connect()
    client.send_text(text)
    error = client.expect("ERROR")
    assert error["payload"]["code"] == code
    assert error["payload"]["message"] == error["payload"]["error"]
    assert error["success"] is False
    assert client.settled() == []


def test_binary_frame__any__is_told(connect: Connect) -> None:
    client = connect()
    client.socket.send(b"\x00\x01")
    assert client.expect("ERROR")["payload"]["code"] == "invalid_message"


@pytest.mark.parametrize("filling", ["x" * (1 << 20), "○" * (1 << 19)])
def test_frame_over_a_mebibyte__closes_with_1009(connect: Connect, filling: str) -> None:
    client, other = connect(), connect()
    client.send_text(json.dumps({"type": "PING", "payload": {"timestamp": filling}}, ensure_ascii=False))
    assert client.close_code() == 1009
    assert other.settled() == []


def test_error__of_a_request__carries_its_id(connect: Connect) -> None:
    client = connect()
    request_id = str(uuid4())
    for text in (
        json.dumps({"type": "NOPE", "requestId": request_id}),
        json.dumps({"type": "STAFF_DELETE", "payload": {}, "requestId": request_id}),
    ):
        client.send_text(text)
        assert client.expect("ERROR")["requestId"] == request_id


def test_health__while_clients_are_connected__counts_them(server: ServerProcess, connect: Connect) -> None:
    connect(), connect(v2=False)
    health = httpx.get(f"{server.url}/health", timeout=PATIENCE_SECONDS).json()
    assert health["status"] == "ok"
    assert health["clients"] >= 2
    assert health["endpoint"] == "/staff-sync"
    assert httpx.get(f"{server.url}/health/ready", timeout=PATIENCE_SECONDS).status_code == 200
    assert 'shiftsync_connections{protocol="v2"}' in httpx.get(f"{server.url}/metrics", timeout=PATIENCE_SECONDS).text


def test_sigterm__open_sockets__close_with_1012(database_url: str, world: World) -> None:
    with ServerProcess({"DATABASE_URL": database_url}) as process:
        client = Client(process.url, token=world.tokens[Role.MANAGER], v2=True)
        client.expect("CONNECTION_ACK")
        process.stop()
        assert client.close_code() == 1012
        client.close()
