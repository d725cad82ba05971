"""A request stays on one thread: how often it hops to another is counted through the whole chain of middleware."""

from typing import Any

import httpx
import pytest
from asgiref.sync import SyncToAsync
from django.core.asgi import get_asgi_application

from shiftsync.core.actor import Role
from shiftsync.csp import HEADER
from tests.support.world import World

MOST_HOPS = 6
"""The chain; what Django does before and after (the signals of a request's beginning and end, reading, closing); the view."""


@pytest.fixture
def hops(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The functions that were called on a thread, from now on."""
    called: list[str] = []
    hop = SyncToAsync.__call__

    async def counted(self: SyncToAsync[Any, Any], *args: Any, **kwargs: Any) -> Any:
        called.append(getattr(self.func, "__qualname__", repr(self.func)))
        return await hop(self, *args, **kwargs)

    monkeypatch.setattr(SyncToAsync, "__call__", counted)
    return called


async def get(path: str, token: str, host: str = "testserver") -> httpx.Response:
    application: Any = get_asgi_application()
    transport = httpx.ASGITransport(application)
    async with httpx.AsyncClient(transport=transport, base_url=f"http://{host}") as client:
        return await client.get(path, headers={"Authorization": f"Bearer {token}"})


@pytest.mark.parametrize("path", ["/sign-in/", "/api/staff/", "/health"])
async def test_request__ordinary__hops_to_a_thread_a_few_times_only(world: World, hops: list[str], path: str) -> None:
    response = await get(path, world.tokens[Role.MANAGER])

    assert response.status_code == 200
    assert len(hops) <= MOST_HOPS, hops


@pytest.mark.parametrize(("path", "host"), [("/?a=%00", "testserver"), ("/sign-in/", "somebody.else")])
async def test_request__refused_before_any_view__has_the_policy_too(world: World, path: str, host: str) -> None:
    response = await get(path, world.tokens[Role.MANAGER], host)

    assert response.status_code == 400
    assert HEADER in response.headers
