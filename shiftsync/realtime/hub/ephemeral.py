"""News that is not a change but must reach clients of every process: polled from its source each second, never logged.

An app registers a source. Each hub asks it for the marks of its items, and for messages about items whose mark has
changed.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from shiftsync.core.fence import within
from shiftsync.realtime.hub.connection import Connection
from shiftsync.realtime.protocol.envelope import envelope

Marks = Mapping[Hashable, int]


@dataclass(frozen=True, slots=True)
class EphemeralMessage:
    """A message to a restaurant's subscribers of ``topic``. ``payload`` is JSON text.

    ``author`` is the user and client that caused it; that client gets ``author_payload`` instead, where there is one.
    ``is_for_editors``: viewers do not hear it. ``is_for_author_alone``: nobody else does, and that connection whatever it listens to;
    as an answer it is nobody's, so it carries no client id. ``user_id``: it is for that user's connections and no others.
    """

    restaurant_id: UUID
    topic: str
    type: str
    payload: str
    author: tuple[UUID | None, str | None] = (None, None)
    author_payload: str | None = None
    is_for_editors: bool = False
    is_for_author_alone: bool = False
    user_id: UUID | None = None

    def send(self, connections: Iterable[Connection]) -> None:
        """Queues it for the ``connections`` that should get it. Busy connections are included, since this may be the
        last message about an item."""
        for connection in connections:
            if connection.is_greeted and self._is_for(connection):
                connection.send_text(self._text(connection))

    def _is_for(self, connection: Connection) -> bool:
        if self.is_for_author_alone:
            return (connection.actor.user_id, connection.actor.client_id) == self.author
        if self.user_id is not None and connection.actor.user_id != self.user_id:
            return False
        audience = connection.audience
        return self.topic in audience.topics and not (self.is_for_editors and audience.is_viewer)

    def _text(self, connection: Connection) -> str:
        is_author = self.author[1] is not None and connection.author == self.author
        own = self.author_payload if is_author else None
        client_id = None if self.is_for_author_alone else self.author[1]
        return envelope(self.type, self.payload if own is None else own, client_id=client_id)


class EphemeralSource(Protocol):
    """Both run on the poll's thread and may read the database."""

    def marks(self, restaurant_ids: Sequence[UUID]) -> Marks:
        """The items of those restaurants, each with a mark that changes when the item does."""

    def messages(self, keys: Sequence[Hashable]) -> list[EphemeralMessage]:
        """Messages about those items as they are now."""


_sources: list[EphemeralSource] = []


def register_ephemeral_source(source: EphemeralSource) -> None:
    """Makes every hub poll ``source`` each second."""
    _sources.append(source)


def unregister_ephemeral_source(source: EphemeralSource) -> None:
    """The reverse."""
    _sources.remove(source)


class EphemeralNews:
    """Remembers what one hub has already sent."""

    def __init__(self) -> None:
        self._told: dict[int, dict[Hashable, int]] = {}

    def fresh(self, restaurant_ids: Sequence[UUID]) -> list[EphemeralMessage]:
        """Messages about all items that are new or have changed since the last call. Items that are gone are forgotten."""
        found: list[EphemeralMessage] = []
        for source in tuple(_sources):
            told = self._told.get(id(source), {})
            with within(*restaurant_ids):
                marks = dict(source.marks(restaurant_ids))
                news = [key for key, mark in marks.items() if told.get(key) != mark]
                if news:
                    found += source.messages(news)
            self._told[id(source)] = marks
        return found
