"""Every operation of the document, as everybody who should get nothing by it: what is theirs looks like what nobody has, to the byte."""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.test import Client

from shiftsync.core.actor import Role
from shiftsync.tenants.models import User
from shiftsync.tenants.services import membership_grant, membership_revoke, token_issue
from tests.integration.rest.conftest import OCCURRENCE
from tests.integration.rest.schema import Document
from tests.support.hostile import Sampler
from tests.support.world import World, make_world

SECRETS = ("山田", "高橋", "Elsewhere")
OF_ONESELF = re.compile(r"/api/(me|restaurants|invitations|schema|docs)/")
"""What is about whoever asks and no restaurant in particular."""
LEAVING = "/api/restaurants/{id}/leave/"
"""Ends that with which the others are asked."""
DAY = "2025-08-01"

Operation = tuple[str, str, dict[str, Any]]


def operations(document: Document) -> Iterator[Operation]:
    """Method, path and description of each."""
    for path, methods in document.json["paths"].items():
        if path == LEAVING:
            continue
        for method, operation in methods.items():
            yield method, path, operation


class Asker:
    """Somebody with a token, or (without) nobody."""

    def __init__(self, token: str | None) -> None:
        named = {"X-Request-Id": OCCURRENCE, **({"Authorization": f"Bearer {token}"} if token else {})}
        self._client = Client(raise_request_exception=False, headers=named)

    def ask(self, method: str, address: str, body: Any = None) -> tuple[int, str]:
        """Status and text of the answer, which is never an error of ours."""
        text = "" if body is None else json.dumps(body)
        response = self._client.generic(method.upper(), address, text, content_type="application/json")
        assert response.status_code < 500, (method, address, response.content[:200])
        return response.status_code, response.content.decode(errors="replace")


class Ids:
    """Of a restaurant, by the paths and properties that ask for one; what has no id there is nobody's."""

    def __init__(self, world: World) -> None:
        self._owner = Asker(world.tokens[Role.OWNER])
        self._by_list: dict[str, str] = {}
        self.nobodys = str(uuid4())
        self.by_name = {
            "staffId": world.staff_ids[0],
            "staffIds": world.staff_ids[0],
            "targetIds": world.staff_ids[0],
            "members": world.staff_ids[0],
            "scheduleId": world.schedule_id,
            "fromScheduleId": world.schedule_id,
            "periodId": world.period_id,
        }

    def of_path(self, path: str) -> str:
        """The first id in the list that stands before the id in ``path``."""
        place = path.split("{", maxsplit=1)[0]
        if place not in self._by_list:
            status, text = self._owner.ask("get", place)
            rows = json.loads(text) if status == 200 else []
            rows = (
                rows if isinstance(rows, list) else next((each for each in rows.values() if isinstance(each, list)), [])
            )
            self._by_list[place] = str(rows[0]["id"]) if rows and "id" in rows[0] else self.nobodys
        return self._by_list[place]


def address_of(path: str, operation: dict[str, Any], ids: Ids, *, is_theirs: bool) -> str:
    """The operation's address with their ids, or nobody's."""
    for parameter in operation.get("parameters", ()):
        if parameter["in"] != "path":
            continue
        name = parameter["name"]
        value = {"dateKey": DAY, "day": DAY, "version": "1", "symbol": "×"}.get(name)
        if value is None:
            found = ids.by_name["staffId"] if name == "staffId" else ids.of_path(path)
            value = found if is_theirs else ids.nobodys
        path = path.replace(f"{{{name}}}", quote(value, safe=""))
    return path


@pytest.fixture
def theirs(world: World) -> World:
    """Another restaurant."""
    return make_world("Elsewhere", ("山田", "高橋"))


def test_operations__with_their_ids_or_nobodys__answered_alike(world: World, theirs: World, document: Document) -> None:
    owner, ids = Asker(world.tokens[Role.OWNER]), Ids(theirs)
    components = document.json["components"]["schemas"]
    before, wrong, asked = theirs.position, [], 0
    for method, path, operation in operations(document):
        content = operation.get("requestBody", {}).get("content", {}).get("application/json")
        answers = []
        for is_theirs in (True, False):
            known = ids.by_name if is_theirs else dict.fromkeys(ids.by_name, ids.nobodys)
            body = Sampler({**known, "username": "nobody"}, components).sample(content["schema"]) if content else None
            status, text = owner.ask(method, address_of(path, operation, ids, is_theirs=is_theirs), body)
            for id in (*ids.by_name.values(), ids.of_path(path) if "{" in path else ids.nobodys):
                text = text.replace(id, ids.nobodys)
            answers.append((status, text))
        names_theirs = "{" in path or any(name in str(content) for name in ids.by_name)
        asked += names_theirs
        if names_theirs and answers[0][0] >= 400 and answers[0] != answers[1]:
            wrong.append(f"{method} {path}: {answers[0]} {answers[1]}")
        wrong += [f"{method} {path}: {secret}" for secret in SECRETS if secret in answers[0][1]]
    assert asked > 40
    assert not wrong, "\n".join(wrong)
    assert theirs.position == before


def test_operations__asked_of_their_restaurant_or_of_none__answered_alike(
    world: World, theirs: World, document: Document
) -> None:
    user = world.users[Role.OWNER]
    browser = Client(raise_request_exception=False, headers={"X-Request-Id": OCCURRENCE})
    browser.force_login(user)
    nobodys, wrong, ids = str(uuid4()), [], Ids(theirs)
    for method, path, operation in operations(document):
        if OF_ONESELF.match(path):
            continue
        answers = []
        for restaurant in (str(theirs.id), nobodys):
            address = f"{address_of(path, operation, ids, is_theirs=True)}?restaurant={restaurant}"
            response = browser.generic(method.upper(), address, "{}", content_type="application/json")
            text = response.content.decode(errors="replace").replace(restaurant, nobodys)
            answers.append((response.status_code, text))
        if answers[0] != answers[1] or not 400 <= answers[0][0] < 500:
            wrong.append(f"{method} {path}: {answers[0]} {answers[1]}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("who", ["signed out", "revoked", "of another token", "viewer", "staff", "demoted"])
def test_operations__of_whoever_may_not__change_nothing_and_show_no_more_than_they_may(
    world: World, document: Document, who: str
) -> None:
    asker = Asker(_token_of(world, who))
    components, ids = document.json["components"]["schemas"], Ids(world)
    known = {**ids.by_name, "username": "nobody"}
    before, wrong = world.position, []
    is_member = who in ("viewer", "staff", "demoted")
    for method, path, operation in operations(document):
        content = operation.get("requestBody", {}).get("content", {}).get("application/json")
        body = Sampler(known, components).sample(content["schema"]) if content else None
        status, text = asker.ask(method, address_of(path, operation, ids, is_theirs=True), body)
        if not is_member and status < 400 and not OF_ONESELF.match(path):
            wrong.append(f"{method} {path}: {status} {text[:80]}")
        if not is_member and any(name in text for name in ("田中", "佐藤", "鈴木")):
            wrong.append(f"{method} {path}: shows {text[:80]}")
    assert not wrong, "\n".join(wrong)
    assert world.position == before


def _token_of(world: World, who: str) -> str | None:
    if who == "signed out":
        return None
    if who == "of another token":
        return "ss_" + "x" * 43
    if who in ("viewer", "staff"):
        return world.tokens[Role(who)]
    user = User.objects.create_user(f"was-{uuid4().hex[:12]}")
    membership_grant(world.system, user=user, role=Role.MANAGER)
    _, secret = token_issue(world.system, user=user)
    if who == "revoked":
        membership_revoke(world.system, user_id=user.id)
    else:
        membership_grant(world.system, user=user, role=Role.VIEWER)
    return secret
