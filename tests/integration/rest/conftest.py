"""A REST client for each role, in the process of the tests."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from shiftsync.core.actor import Role
from tests.integration.rest.schema import Document
from tests.support.world import World, make_world

OCCURRENCE = "0190a1b2-0000-7000-8000-000000000001"
"""Every request is the same one, so that answers can be compared."""


class Rest:
    """Asks as one user, and checks every answer against the OpenAPI document."""

    def __init__(self, token: str | None, document: Document, **query: str) -> None:
        self._headers = {"X-Request-Id": OCCURRENCE, **({"Authorization": f"Bearer {token}"} if token else {})}
        self._query = query
        self._document = document
        self._client = Client(raise_request_exception=False)

    def ask(self, method: str, path: str, body: Any = None, *, status: int = 200, **headers: str) -> Any:
        """The body of the answer, whose status must be ``status``."""
        response = self.response(method, path, body, status=status, **headers)
        return response.json() if response.content else None

    def response(self, method: str, path: str, body: Any = None, *, status: int | None = 200, **headers: str) -> Any:
        """The whole answer; ``status``: None for any."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        response = self._client.generic(
            method.upper(),
            f"/api/{path}",
            body if isinstance(body, (str, bytes)) else self._document.text_of(body),
            content_type="application/json",
            headers={**self._headers, **named},
            query_params={**self._query, **self._document.query_of(path)},
        )
        assert status in (None, response.status_code), (response.status_code, response.content)
        self._document.check(method, path, response)
        return response

    def get(self, path: str, **options: Any) -> Any:
        return self.ask("get", path, **options)

    def post(self, path: str, body: Any = None, *, status: int = 200, **options: Any) -> Any:
        return self.ask("post", path, body or {}, status=status, **options)

    def patch(self, path: str, body: Any, **options: Any) -> Any:
        return self.ask("patch", path, body, **options)

    def put(self, path: str, body: Any, **options: Any) -> Any:
        return self.ask("put", path, body, **options)

    def delete(self, path: str, **options: Any) -> Any:
        return self.ask("delete", path, **options)

    def refused(self, method: str, path: str, body: Any = None, *, status: int, **options: Any) -> dict[str, Any]:
        """The error that answers; it has the one shape and shows nothing of our insides."""
        error: dict[str, Any] = self.ask(method, path, body, status=status, **options)
        assert {"code", "message", "error", "details"} <= error.keys()
        assert "Traceback" not in str(error)
        return error


AsRole = Callable[..., Rest]


@pytest.fixture(scope="session")
def document(django_db_setup: None) -> Document:
    """The OpenAPI document."""
    return Document()


@pytest.fixture
def as_role(world: World, document: Document) -> AsRole:
    """``as_role(Role.OWNER)``; of another restaurant: ``as_role(Role.OWNER, other)``."""

    def client(role: Role = Role.MANAGER, of: World | None = None) -> Rest:
        return Rest((of or world).tokens[role], document)

    return client


@pytest.fixture
def manager(as_role: AsRole) -> Rest:
    return as_role(Role.MANAGER)


@pytest.fixture
def viewer(as_role: AsRole) -> Rest:
    return as_role(Role.VIEWER)


@pytest.fixture
def owner(as_role: AsRole) -> Rest:
    return as_role(Role.OWNER)


@pytest.fixture
def other_world(world: World) -> World:
    """A second restaurant, whose data must never show."""
    return make_world("Elsewhere", ("山田", "高橋"))


@pytest.fixture
def nowhere() -> str:
    """An id that nothing has."""
    return str(uuid4())
