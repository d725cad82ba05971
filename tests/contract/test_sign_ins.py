"""A socket ends with the sign-in by which it came, and follows the role of its user."""

from collections.abc import Callable
from datetime import timedelta
from importlib import import_module

import httpx
import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from shiftsync.core.actor import Role
from shiftsync.core.clock import now
from shiftsync.tenants.models import ApiToken, BrowserSession, User
from shiftsync.tenants.services import membership_grant, token_issue, token_revoke
from shiftsync.tenants.sessions import browser_session_end
from tests.conftest import Connect
from tests.support.client import Client
from tests.support.server import ServerProcess
from tests.support.world import World

Sessions = import_module(settings.SESSION_ENGINE).SessionStore


def session_of(user: User) -> str:
    """The key of a new session of that user."""
    session = Sessions()
    session[SESSION_KEY] = str(user.id)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    key: str = session.session_key
    return key


def signed_in(server: ServerProcess, key: str, *, v2: bool) -> Client:
    headers = [("Cookie", f"{settings.SESSION_COOKIE_NAME}={key}"), ("Origin", server.url)]
    client = Client(server.url, headers=headers, v2=v2)
    client.expect("CONNECTION_ACK")
    return client


def sign_out(user: User, key: str) -> None:
    Sessions(key).flush()


def end_elsewhere(user: User, key: str) -> None:
    moment = now()
    row = BrowserSession.objects.create(user=user, session_key=key, began_at=moment, seen_at=moment)
    browser_session_end(user, session_id=row.id)


def expire(user: User, key: str) -> None:
    session = Sessions(key)
    session.load()
    session.set_expiry(now() - timedelta(seconds=1))
    session.save()


def new_password(user: User, key: str) -> None:
    user.set_password("another password")
    user.save()


def deactivate(user: User, key: str) -> None:
    User.objects.filter(id=user.id).update(is_active=False)


@pytest.mark.parametrize("end", [sign_out, end_elsewhere, expire, new_password, deactivate])
def test_sign_in__ended__its_sockets_of_both_versions_close_and_others_stay(
    server: ServerProcess, world: World, connect: Connect, end: Callable[[User, str], None]
) -> None:
    user, other = world.users[Role.MANAGER], connect(Role.OWNER)
    key = session_of(user)
    with signed_in(server, key, v2=True) as v2, signed_in(server, key, v2=False) as v1:
        end(user, key)
        assert v2.expect("ERROR")["payload"]["code"] == "unauthenticated"
        assert (v2.close_code(), v1.close_code()) == (4401, 4401)
    assert other.ack("SHIFT_UPDATE", world.edit(0, "08-01", "×"))


def test_sign_out__of_one_browser__leaves_the_other_and_tokens(
    server: ServerProcess, world: World, connect: Connect
) -> None:
    user, by_token = world.users[Role.MANAGER], connect(Role.MANAGER)
    first, second = session_of(user), session_of(user)
    with signed_in(server, first, v2=True) as ended, signed_in(server, second, v2=True) as stays:
        sign_out(user, first)
        assert ended.close_code() == 4401
        assert stays.ack("SHIFT_UPDATE", world.edit(0, "08-01", "×"))
    assert by_token.ack("SHIFT_UPDATE", world.edit(0, "08-02", "×"))


def test_ticket__of_a_session__ends_with_it(server: ServerProcess, world: World) -> None:
    key = session_of(world.users[Role.MANAGER])
    with Client(server.url, v2=True, ticket=ticket_of(server, key)) as client:
        client.expect("CONNECTION_ACK")
        sign_out(world.users[Role.MANAGER], key)
        assert client.close_code() == 4401


@pytest.mark.parametrize("end", [sign_out, expire, new_password, deactivate])
def test_ticket__of_a_session_that_has_ended__opens_nothing(
    server: ServerProcess, world: World, end: Callable[[User, str], None]
) -> None:
    user = world.users[Role.MANAGER]
    key = session_of(user)
    ticket = ticket_of(server, key)
    end(user, key)
    with Client(server.url, v2=True, ticket=ticket) as client:
        assert client.expect("ERROR")["payload"]["code"] == "unauthenticated"
        assert client.close_code() == 4401


def ticket_of(server: ServerProcess, key: str) -> str:
    """A ticket that the browser with that session asks for."""
    cookies = {settings.SESSION_COOKIE_NAME: key, "csrftoken": "c" * 32}
    with httpx.Client(base_url=server.url, cookies=cookies) as browser:
        ticket: str = browser.post("/api/tickets/", headers={"X-CSRFToken": "c" * 32}).json()["ticket"]
    return ticket


def test_new_password__tokens_made_before__end_and_later_ones_count(
    server: ServerProcess, world: World, connect: Connect
) -> None:
    user, client = world.users[Role.MANAGER], connect(Role.MANAGER)
    new_password(user, "")
    assert client.close_code() == 4401
    assert me(server, world.tokens[Role.MANAGER]) == 401
    _, secret = token_issue(world.actor(Role.MANAGER))
    assert me(server, secret) == 200


def me(server: ServerProcess, secret: str) -> int:
    """What the server answers who comes with that token."""
    return httpx.get(f"{server.url}/api/me/", headers={"Authorization": f"Bearer {secret}"}).status_code


def test_token__expires__closes_its_socket_and_is_refused(server: ServerProcess, world: World) -> None:
    token, secret = token_issue(world.actor(Role.MANAGER), expires_at=now() + timedelta(days=1))
    with Client(server.url, token=secret, v2=True) as client:
        client.expect("CONNECTION_ACK")
        ApiToken.objects.filter(id=token.id).update(expires_at=now())
        assert client.close_code() == 4401
    assert me(server, secret) == 401


def test_token__made_with_a_token__ends_no_later_and_with_it(server: ServerProcess, world: World) -> None:
    def issue(secret: str, **payload: str) -> dict[str, str]:
        answer = httpx.post(
            f"{server.url}/api/tokens/", headers={"Authorization": f"Bearer {secret}"}, json={"name": "till", **payload}
        )
        assert answer.status_code == 201
        issued: dict[str, str] = answer.json()
        return issued

    end = now() + timedelta(days=2)
    parent, secret = token_issue(world.actor(Role.MANAGER), expires_at=end)
    child = issue(secret, expiresAt="2199-12-31T00:00:00Z")
    grandchild = issue(child["token"])
    assert set(ApiToken.objects.filter(name="till").values_list("expires_at", flat=True)) == {end}
    token_revoke(world.system, token_id=parent.id)
    assert [me(server, each) for each in (secret, child["token"], grandchild["token"])] == [401, 401, 401]


def test_role_changed__open_sockets__are_told_and_may_do_what_it_allows(connect: Connect, world: World) -> None:
    user = world.users[Role.MANAGER]
    v2, v1 = connect(), connect(v2=False)
    membership_grant(world.system, user=user, role=Role.VIEWER)
    assert v2.expect("ROLE_CHANGED")["payload"] == {"role": "viewer", "sight": "viewer"}
    assert v1.close_code() == 1012
    assert v2.request("SHIFT_UPDATE", world.edit(0, "08-01", "×"))["payload"]["code"] == "forbidden"
    owner = connect(Role.OWNER)
    owner.ack("SHIFT_UPDATE", world.edit(1, "08-01", "×"))
    v2.settled()
    assert not [each for each in v2.received if each["type"] == "SHIFT_BROADCAST"]
    membership_grant(world.system, user=user, role=Role.MANAGER)
    assert v2.expect("ROLE_CHANGED")["payload"] == {"role": "manager", "sight": "manager"}
    assert v2.ack("SHIFT_UPDATE", world.edit(0, "08-01", "×"))


def test_superuser__no_more__is_what_their_membership_says(
    server: ServerProcess, world: World, connect: Connect
) -> None:
    user = world.users[Role.VIEWER]
    User.objects.filter(id=user.id).update(is_superuser=True)
    client = connect(Role.VIEWER)
    client.ack("SHIFT_UPDATE", world.edit(0, "08-01", "×"))
    User.objects.filter(id=user.id).update(is_superuser=False)
    assert client.expect("ROLE_CHANGED")["payload"] == {"role": "viewer", "sight": "viewer"}
    assert client.request("SHIFT_UPDATE", world.edit(0, "08-02", "×"))["payload"]["code"] == "forbidden"
