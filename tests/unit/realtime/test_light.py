"""Light news: told once to whom it is for, and not logged."""

from collections.abc import Hashable, Iterator, Sequence
from uuid import UUID

import pytest

from shiftsync.core.actor import Actor, Role
from shiftsync.realtime.hub.connection import Connection
from shiftsync.realtime.hub.ephemeral import (
    EphemeralMessage,
    EphemeralNews,
    register_ephemeral_source,
    unregister_ephemeral_source,
)
from shiftsync.realtime.protocol.wire import Protocol
from tests.support.changes import RESTAURANT
from tests.support.peer import Peer, flushed, open_connection

TOPIC = "generation"
AUTHOR = UUID(int=5)


class Source:
    """Tells of whatever ``marks_now`` holds."""

    def __init__(self) -> None:
        self.marks_now: dict[Hashable, int] = {}

    def marks(self, restaurant_ids: Sequence[UUID]) -> dict[Hashable, int]:
        return dict(self.marks_now)

    def messages(self, keys: Sequence[Hashable]) -> list[EphemeralMessage]:
        return [EphemeralMessage(RESTAURANT, TOPIC, "NEWS", f'"{key} {self.marks_now[key]}"') for key in keys]


@pytest.fixture
def source() -> Iterator[Source]:
    found = Source()
    register_ephemeral_source(found)
    yield found
    unregister_ephemeral_source(found)


def told(news: EphemeralNews) -> list[str]:
    return [message.payload for message in news.fresh([]) if message.type == "NEWS"]


def test_news__mark_that_is_new_or_moves__is_told_once(source: Source) -> None:
    news = EphemeralNews()
    source.marks_now = {"a": 1, "b": 1}
    assert told(news) == ['"a 1"', '"b 1"']
    assert told(news) == []
    source.marks_now["b"] = 2
    assert told(news) == ['"b 2"']


def test_news__two_hubs__each_is_told(source: Source) -> None:
    source.marks_now = {"a": 1}
    assert told(EphemeralNews()) == told(EphemeralNews()) == ['"a 1"']


def greeted(
    peer: Peer, role: Role = Role.MANAGER, client: str = "listener", protocol: Protocol = Protocol.V2
) -> Connection:
    connection = open_connection(peer, protocol, actor=Actor(RESTAURANT, AUTHOR, role, client))
    connection.is_greeted = True
    return connection


async def test_message__for_editors_with_an_author__each_gets_what_is_for_them() -> None:
    author, editor, viewer, old = Peer(), Peer(), Peer(), Peer()
    connections = [
        greeted(author, client="author"),
        greeted(editor),
        greeted(viewer, Role.VIEWER),
        greeted(old, protocol=Protocol.V1),
    ]
    message = EphemeralMessage(RESTAURANT, TOPIC, "NEWS", '"all"', (AUTHOR, "author"), '"own"', is_for_editors=True)
    message.send(connections)
    for connection in connections:
        await flushed(connection)
    assert [[each["payload"] for each in peer.messages] for peer in (author, editor, viewer, old)] == [
        ["own"],
        ["all"],
        [],
        [],
    ]
