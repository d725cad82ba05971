"""Every message of the registry, with every part of its payload wrong in turn: always refused or answered, and the socket stays."""

import json
import os
import socket
from collections.abc import Iterator
from itertools import islice
from typing import Any
from uuid import uuid4

import pytest

from shiftsync.core.actor import Role
from shiftsync.realtime.export.document import protocol_schema
from shiftsync.realtime.export.schema import expanded
from tests.conftest import Connect
from tests.support.client import Message
from tests.support.hostile import BODIES, Sampler, nested
from tests.support.server import ServerProcess
from tests.support.waiting import PATIENCE_SECONDS
from tests.support.world import World

STEP = 3
ENVELOPES: tuple[dict[str, Any], ...] = (
    {"requestId": 7},
    {"requestId": "\x00"},
    {"requestId": nested(100)},
    {"clientId": 7},
    {"clientId": "\x00\x0b"},
    {"clientId": "x" * 5000},
    {"timestamp": 10**30},
    {"type": 7},
    {"type": "\x00"},
    {"type": ["PING"]},
    {"type": "x" * 5000},
)
AT_ONE_GO = 900
"""So many messages, with what is asked between them, a connection may send at once; more are read no quicker than 200 a second."""
FRAMES = (
    "",
    "null",
    "[]",
    "7",
    '"x"',
    "{",
    '{"type": "PING", "payload": NaN}',
    '{"type": "PING", "payload": "\\ud800"}',
)


def messages(world: World) -> Iterator[tuple[str, Any]]:
    """Type and payload of every message to send."""
    known = {
        "scheduleId": world.schedule_id,
        "staffId": world.staff_ids[0],
        "staffIds": world.staff_ids[0],
        "dateKey": "2025-08-01",
    }
    sampler = Sampler(known)
    step = 1 if os.environ.get("TEST_LONG_WALK") else STEP
    protocol = protocol_schema()
    for number, (kind, reference) in enumerate(protocol["client"].items()):
        schema = expanded(reference, protocol["$defs"])
        yield from ((kind, body) for body in BODIES)
        yield from ((kind, payload) for payload in islice(sampler.spoilt(schema), number % step, None, step))


@pytest.mark.parametrize("is_v2", [True, False])
def test_messages__every_part_of_the_payload_wrong__refused_or_answered(
    connect: Connect, world: World, is_v2: bool
) -> None:
    client = connect(Role.OWNER, v2=is_v2)
    sent, received = dict[str, str](), list[Message]()
    for number, (kind, payload) in enumerate(messages(world), 1):
        if number % AT_ONE_GO == 0:
            # Before the next one: who is not read for long answers no ping either, and is cut off.
            client.settled()
            received += client.received
            client.close()
            client = connect(Role.OWNER, v2=is_v2)
        request_id = str(uuid4())
        text = json.dumps({"type": kind, "payload": payload, "requestId": request_id})
        sent[request_id] = text[:300]
        client.send_text(text)
        if number % 20 == 0:
            client.settled()
    client.settled()
    received += client.received
    wrong = [sent.get(each.get("requestId", ""), each) for each in received if _is_ours(each)]
    assert not wrong, wrong[:20]


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "http://["}, {"Origin": "null"}, {"Origin": "\x7f"}, {"Host": "["}, {"Cookie": "sessionid=a\x01b"}],
)
def test_handshake__odd_headers__refused_or_let_in(
    server: ServerProcess, world: World, headers: dict[str, str]
) -> None:
    """Never a fault of ours: one with a token is let in unless a page of another site asks."""
    given = {"Host": server.url.removeprefix("http://"), **headers}
    lines = [f"{name}: {value}" for name, value in given.items()]
    opening = [
        "GET /staff-sync HTTP/1.1",
        *lines,
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
        f"Authorization: Bearer {world.tokens[Role.MANAGER]}",
    ]
    host, _, port = server.url.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=PATIENCE_SECONDS) as raw:
        raw.sendall("\r\n".join([*opening, "", ""]).encode("latin-1"))
        status = int(raw.recv(4096).split()[1])
    assert status in (101, 400, 403)


@pytest.mark.parametrize(
    ("query", "headers", "status"),
    [
        ("?period=" + "0" * 9000, [], 414),
        ("", ["X-Long: " + "x" * 9000], 431),
        ("", [f"X-Many-{number}: x" for number in range(200)], 431),
        ("", [": x"], 400),
        ("", ["X Y: x"], 400),
    ],
    ids=["long address", "long header", "many headers", "header without a name", "header of two words"],
)
def test_handshake__cannot_be_read__answered_and_hung_up(
    server: ServerProcess, query: str, headers: list[str], status: int
) -> None:
    """Nobody is signed in at that point: what stays open could be had by anybody, without limit."""
    opening = [
        f"GET /staff-sync{query} HTTP/1.1",
        f"Host: 127.0.0.1:{server.port}",
        *headers,
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
    ]
    with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE_SECONDS) as raw:
        raw.sendall("\r\n".join([*opening, "", ""]).encode())
        answer = b""
        while part := raw.recv(4096):
            answer += part
    assert int(answer.split()[1]) == status


def test_envelopes__wrong__told_and_the_socket_stays(connect: Connect) -> None:
    client = connect(Role.OWNER)
    for wrong in ENVELOPES:
        client.send_text(json.dumps({"type": "PING", "payload": {"timestamp": 1}, **wrong}))
    for text in FRAMES:
        client.send_text(text)
    client.send("PING", {"timestamp": nested(255)})
    client.send("PING", {"timestamp": nested(60)})
    client.send("PING", {"timestamp": "last"})
    answer = client.wait_for(lambda message: message["type"] == "PONG" and message["payload"]["timestamp"] == "last")
    assert answer["success"]
    assert not [each for each in client.received if _is_ours(each)]


def _is_ours(message: dict[str, Any]) -> bool:
    return message["type"] == "ERROR" and message["payload"]["code"] in ("internal_error", "unavailable")
