"""The head of a request is bounded in length and time, whoever sends it."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from uvicorn.config import Config
from uvicorn.server import ServerState

from shiftsync.bounded_http import DRAIN_SECONDS, LONGEST_HEAD, BoundedHttp

OPENING = b"GET / HTTP/1.1\r\nHost: a\r\n"
WHOLE = OPENING + b"\r\n"
PATIENCE = DRAIN_SECONDS + 10


class Brisk(BoundedHttp):
    """Waits for a head no longer than a test does."""

    head_seconds = 0.2


async def application(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body"})


@asynccontextmanager
async def served(
    kind: type[BoundedHttp] = BoundedHttp,
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """A connection to a server of that kind."""
    config = Config(application, interface="asgi3", log_config=None, lifespan="off")
    config.load()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: kind(config, ServerState(), {}), "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname()[:2])
    try:
        yield reader, writer
    finally:
        writer.close()
        server.close()


async def answer(reader: asyncio.StreamReader) -> int:
    """The status of the next answer."""
    head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), PATIENCE)
    return int(head.split()[1])


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("GET /api/staff/é HTTP/1.1".encode(), b"application/problem+json"),
        (b"GET /api/staff/\x00 HTTP/1.1", b"application/problem+json"),
        (b"GET /api/staff/?q=\xff\xfe HTTP/1.1", b"application/problem+json"),
        ("GET /sign-in/é HTTP/1.1".encode(), b"text/plain; charset=utf-8"),
        (b"\x16\x03\x01 /api/", b"text/plain; charset=utf-8"),
    ],
)
async def test_request_line__not_readable__400_in_the_form_of_what_was_asked(line: bytes, kind: bytes) -> None:
    async with served() as (reader, writer):
        writer.write(line + b"\r\nHost: a\r\n\r\n")
        told = await asyncio.wait_for(reader.read(), PATIENCE)
    head, _, body = told.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400 ")
    assert b"content-type: " + kind in head
    if kind.endswith(b"json"):
        assert json.loads(body)["code"] == "invalid_message"
        assert f"content-length: {len(body)}".encode() in head


@pytest.mark.parametrize(
    "endless",
    [b"X: " + b"x" * (1 << 20), b"".join(b"X-%d: x\r\n" % number for number in range(100_000))],
    ids=["a long header", "many headers"],
)
async def test_head__too_long__431_and_the_end(endless: bytes) -> None:
    async with served() as (reader, writer):
        writer.write(OPENING + endless)
        assert await answer(reader) == 431
        assert await asyncio.wait_for(reader.read(), PATIENCE) == b""


async def test_head__long_in_an_address__refused() -> None:
    async with served() as (reader, writer):
        writer.write(b"GET /" + b"x" * (1 << 20))
        assert await answer(reader) in (400, 431)


async def test_connection__over_which_nothing_comes__ends_without_a_word() -> None:
    async with served(Brisk) as (reader, _):
        assert await asyncio.wait_for(reader.read(), PATIENCE) == b""


@pytest.mark.parametrize("begun", [b"GET / HT", OPENING], ids=["half a line", "a header"])
async def test_head__does_not_come__408_and_the_end(begun: bytes) -> None:
    async with served(Brisk) as (reader, writer):
        writer.write(begun)
        assert await answer(reader) == 408
        assert await asyncio.wait_for(reader.read(), PATIENCE) == b""


async def test_head__of_a_later_request__is_bounded_too() -> None:
    async with served(Brisk) as (reader, writer):
        writer.write(WHOLE)
        assert await answer(reader) == 204
        writer.write(OPENING)
        assert await answer(reader) == 408


async def test_heads__many_on_one_connection__are_counted_one_by_one() -> None:
    one = OPENING + b"X: " + b"x" * (LONGEST_HEAD // 2) + b"\r\n\r\n"
    async with served() as (reader, writer):
        for _ in range(5):
            writer.write(one)
            assert await answer(reader) == 204


async def test_body__long__does_not_count_as_head() -> None:
    async with served() as (reader, writer):
        body = b"x" * (4 * LONGEST_HEAD)
        writer.write(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
        assert await answer(reader) == 204
