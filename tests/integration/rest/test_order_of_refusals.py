"""Who may not do something is told so, and nothing about what they sent: whoever guesses learns no rule, no name and no id by it."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from shiftsync.core.actor import Role
from shiftsync.tenants.models import User
from shiftsync.tenants.services import membership_grant, membership_revoke, token_issue
from tests.integration.rest.conftest import OCCURRENCE, AsRole, Rest
from tests.integration.rest.schema import Document
from tests.integration.rest.test_walk import OF_ONESELF, Ids, address_of, operations
from tests.support.world import World, make_world

BODIES: tuple[str, ...] = ('{"no such": {"field": 7}}', "[[", "null")
NOT_THEIRS = {401, 403, 404, 405}


class Refused:
    """What one person is told by each operation, whatever they send; who may do it is left out."""

    def __init__(self, client: Client, document: Document, world: World) -> None:
        self._client, self._document, self._ids = client, document, Ids(world)

    def answers(self, query: str = "") -> dict[tuple[str, str], set[tuple[int, str]]]:
        """Statuses and texts by operation."""
        found: dict[tuple[str, str], set[tuple[int, str]]] = {}
        for method, path, operation in operations(self._document):
            if OF_ONESELF.match(path) and not path.startswith("/api/restaurants/{"):
                continue
            address = address_of(path, operation, self._ids, is_theirs=True)
            for number, body in enumerate(BODIES):
                where = (
                    f"{address}{query}{'&' if query else '?'}limit=%00&since=9&cursor=x&from=x"
                    if number
                    else address + query
                )
                response = self._client.generic(method.upper(), where, body, content_type="application/json")
                told = (response.status_code, response.content.decode(errors="replace"))
                found.setdefault((method, path), set()).add(told)
        return found


def only_refusals(found: dict[tuple[str, str], set[tuple[int, str]]]) -> list[str]:
    """What is wrong: an answer that depends on what was sent, or that is not a refusal of the person."""
    return [
        f"{method} {path}: {sorted(told)}"
        for (method, path), told in found.items()
        if len(told) > 1 or not {status for status, _ in told} <= NOT_THEIRS
    ]


def by_token(token: str | None) -> Client:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return Client(raise_request_exception=False, headers={**headers, "X-Request-Id": OCCURRENCE})


@pytest.mark.any_database
@pytest.mark.parametrize("who", ["signed out", "made up", "revoked", "inactive"])
def test_nobody_here__whatever_they_send__is_told_that_alone(world: World, document: Document, who: str) -> None:
    found = Refused(by_token(_token_of(world, who)), document, world).answers()
    assert len(found) > 100
    assert not only_refusals(found), "\n".join(only_refusals(found))


@pytest.mark.parametrize("who", ["of another restaurant", "of none", "revoked"])
def test_signed_in_browser__of_a_restaurant_that_is_not_theirs__told_as_of_none(
    world: World, document: Document, who: str
) -> None:
    browser = Client(raise_request_exception=False, headers={"X-Request-Id": OCCURRENCE})
    browser.force_login(_user_of(world, who))
    refused = Refused(browser, document, world)
    wrong = only_refusals(refused.answers(f"?restaurant={world.id}"))
    assert not wrong, "\n".join(wrong)


@pytest.mark.any_database
@pytest.mark.parametrize("role", [Role.VIEWER, Role.STAFF, Role.MANAGER])
def test_member__who_may_do_less__is_told_so_before_their_input_is_read(
    world: World, document: Document, role: Role
) -> None:
    found = Refused(by_token(world.tokens[role]), document, world).answers()
    wrong, refused = [], 0
    for (method, path), answers in found.items():
        told = {
            each for each in answers if "not been published" not in each[1]
        }  # that is of the month, not of who asks
        statuses = {status for status, _ in told}
        refused += statuses == {403}
        if (403 in statuses and len(told) > 1) or (
            role is not Role.MANAGER and method != "get" and statuses - NOT_THEIRS and "/tokens/" not in path
        ):
            wrong.append(f"{method} {path}: {sorted(told)}")
    assert not [each for each in wrong if "/tickets/" not in each], "\n".join(wrong)
    assert refused > (3 if role is Role.MANAGER else 100)


def test_change__refused_for_the_role__stays_refused_when_the_role_is_had(
    viewer: Rest, as_role: AsRole, world: World
) -> None:
    key, body = str(uuid4()), {"name": "x"}
    viewer.refused("post", "staff/", {"name": 7}, status=403, Idempotency_Key=key)
    membership_grant(world.system, user=world.users[Role.VIEWER], role=Role.MANAGER)
    assert viewer.refused("post", "staff/", body, status=403, Idempotency_Key=key)["code"] == "forbidden"
    assert viewer.post("staff/", body, status=201, Idempotency_Key=str(uuid4()))


def test_change__done_before_the_role_was_lost__has_its_answer(manager: Rest, world: World) -> None:
    key, body = str(uuid4()), {"name": "x"}
    first = manager.post("staff/", body, status=201, Idempotency_Key=key)
    membership_grant(world.system, user=world.users[Role.MANAGER], role=Role.VIEWER)
    assert manager.post("staff/", body, status=201, Idempotency_Key=key) == first
    manager.refused("post", "staff/", body, status=403, Idempotency_Key=str(uuid4()))


def _user_of(world: World, who: str) -> User:
    if who == "of another restaurant":
        return make_world("Elsewhere", ("山田", "高橋")).users[Role.OWNER]
    user = User.objects.create_user(f"was-{uuid4().hex[:12]}")
    if who != "of none":
        membership_grant(world.system, user=user, role=Role.OWNER)
    return user if who == "of none" else _revoked(world, user)


def _revoked(world: World, user: User) -> User:
    membership_revoke(world.system, user_id=user.id)
    return user


def _token_of(world: World, who: str) -> str | None:
    if who == "signed out":
        return None
    if who == "made up":
        return "ss_" + "x" * 43
    user = User.objects.create_user(f"was-{uuid4().hex[:12]}")
    membership_grant(world.system, user=user, role=Role.MANAGER)
    secret: Any = token_issue(world.system, user=user)[1]
    if who == "revoked":
        _revoked(world, user)
    else:
        User.objects.filter(id=user.id).update(is_active=False)
    return str(secret)
