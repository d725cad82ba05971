"""Static files through the ASGI application, as the server serves them."""

import httpx
import pytest

from shiftsync.asgi import application
from shiftsync.static import is_immutable


@pytest.fixture
def client() -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app=application)
    return httpx.AsyncClient(transport=transport, base_url="http://localhost")


async def test_static__file_of_an_app__is_served_with_its_type(client: httpx.AsyncClient) -> None:
    response = await client.get("/static/shiftsync/pages.css")

    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/css")
    assert response.headers["x-content-type-options"] == "nosniff"
    assert ".card {" in response.text


async def test_static__large_file__arrives_whole(client: httpx.AsyncClient) -> None:
    response = await client.get("/static/drf_spectacular_sidecar/swagger-ui-dist/swagger-ui-bundle.js")

    assert len(response.content) == int(response.headers["content-length"]) > 1_000_000


async def test_static__unchanged_since__is_not_sent_again(client: httpx.AsyncClient) -> None:
    first = await client.get("/static/shiftsync/pages.css")

    again = await client.get("/static/shiftsync/pages.css", headers={"If-None-Match": first.headers["etag"]})

    assert (again.status_code, again.content) == (304, b"")


async def test_static__head_and_range__are_understood(client: httpx.AsyncClient) -> None:
    head = await client.head("/static/shiftsync/pages.css")
    part = await client.get("/static/shiftsync/pages.css", headers={"Range": "bytes=0-4"})

    assert (head.status_code, head.content) == (200, b"")
    assert (part.status_code, part.text) == (206, "/* Th")


async def test_static__post__is_refused(client: httpx.AsyncClient) -> None:
    assert (await client.post("/static/shiftsync/pages.css")).status_code == 405


@pytest.mark.parametrize(
    "path", ["/static/nothing.css", "/static/", "/static/%2e%2e/manage.py", "/static/../manage.py"]
)
async def test_static__no_such_file__is_not_found(client: httpx.AsyncClient, path: str) -> None:
    assert (await client.get(path)).status_code == 404


@pytest.mark.parametrize(
    ("url", "immutable"),
    [
        ("/static/frontend/assets/main-B5xK_9aZ.js", True),
        ("/static/frontend/assets/noto-DkQ9r-1a.woff2", True),
        ("/static/frontend/icon.svg", False),
        ("/static/shiftsync/pages.css", False),
        ("/static/admin/js/core.js", False),
    ],
)
def test_static__name_with_a_hash_of_vite__may_be_kept_for_ever(url: str, immutable: bool) -> None:
    assert is_immutable(url) is immutable
