"""What may cross the wire: topics, broadcasts and requests, each registered where it lives.

This package knows no message of any app: they are entries of these registries, made when Django is ready.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from functools import lru_cache
from typing import Any, TypeAlias, TypeVar
from uuid import UUID

from shiftsync.core.serializers import WireSerializer
from shiftsync.realtime.events import LoggedChange


class Protocol(IntEnum):
    """Which protocol a client speaks. Version 2 is asked for by the WebSocket subprotocol ``shiftsync.v2``."""

    V1 = 1
    V2 = 2


@dataclass(frozen=True, slots=True)
class Topic:
    """Something to subscribe to. ``is_default_for_v1``: a version 1 client has it unless it unsubscribes."""

    name: str
    is_default_for_v1: bool = True


Traits: TypeAlias = frozenset[str]
"""What is known of a version 1 connection beside its topics, by names that the apps give: they say in which form, or
whether at all, it takes a whole state. A question that it asks sets them (``query(traits=...)``)."""


@dataclass(frozen=True, slots=True)
class Listener:
    """What a whole state may depend on of the version 1 connections that it goes to."""

    is_viewer: bool
    traits: Traits = frozenset()

    @classmethod
    @lru_cache(1024)
    def of(cls, is_viewer: bool, traits: Traits) -> "Listener":
        """The one like that."""
        return cls(is_viewer, traits)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A whole state that version 1 clients get after a change: read once per process and version, for all of them.

    ``key`` names the state; ``read`` returns the version it was read at and the payload, on a database thread; ``extra``
    is added to the payload for the change at hand, ``author_extra`` besides for the connection that caused it.
    ``topic`` and ``entity_id`` say what it is about, where that is not what the change is about: only who hears that gets it.
    ``has_client_id`` false sends ``clientId: null``, since such clients ignore some messages that carry their own.

    ``own_may_be_stale``: for what such a client shows before it is confirmed. A state that somebody else's change brought may have
    been read before its own edit and arrive after it, so that the screen falls back; its own, which it ignores, does not mend
    that. So after another's the next that its own change causes goes to it with ``clientId: null``.

    ``comes_last``: once after all changes that are delivered together, for all of them, instead of after each.
    """

    key: Hashable
    type: str
    read: Callable[[], tuple[int, dict[str, Any]]]
    extra: Mapping[str, Any] = field(default_factory=dict)
    author_extra: Mapping[str, Any] = field(default_factory=dict)
    has_client_id: bool = True
    own_may_be_stale: bool = False
    topic: str = ""
    entity_id: str = ""
    comes_last: bool = False

    @property
    def is_ignored_by_its_author(self) -> bool:
        """Whether it does not stand for later changes that it tells of already: not for whom it is no news at all."""
        return self.has_client_id and self.own_may_be_stale


SnapshotOf = Callable[[LoggedChange, Listener], Snapshot | None]


MoreSnapshotsOf = Callable[[LoggedChange, Listener], Sequence[Snapshot]]


def no_more_snapshots(change: LoggedChange, listener: Listener) -> Sequence[Snapshot]:
    """Most changes lead to one whole state at most."""
    return ()


def no_snapshot(change: LoggedChange, listener: Listener) -> None:
    """Most changes are told to version 1 clients as they are."""


@dataclass(frozen=True, slots=True)
class V1Form:
    """How a broadcast reaches version 1 clients: itself (``keeps``), then the whole state of ``whole(change, listener)``:
    None where such a listener gets none after that change.

    ``more`` are the whole states of other topics that the change has touched as well. ``reads_old_values``: what the change
    replaced is needed to tell.

    Where the message itself is not kept, the whole state stands for every change of its ``key`` up to its version.
    """

    keeps: bool = True
    whole: SnapshotOf = no_snapshot
    more: MoreSnapshotsOf = no_more_snapshots
    reads_old_values: bool = False

    def states(self, change: LoggedChange, listener: Listener) -> list[Snapshot]:
        """All whole states that follow ``change``, in the order in which they are told."""
        whole = self.whole(change, listener)
        return [*([whole] if whole else []), *self.more(change, listener)]


Shape: TypeAlias = type[WireSerializer]


Expand: TypeAlias = Callable[[UUID, dict[str, Any]], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Broadcast:
    """A message that tells of a change. ``is_for_editors``: viewers neither hear nor replay it.

    ``expand(restaurant, kept)`` makes the payload of what the log kept of it, where that is not all; the rows that it reads may
    be newer than the change, as those of every whole state may be.
    """

    type: str
    topic: str
    payload: Shape
    is_for_editors: bool = False
    v1: V1Form = V1Form()
    expand: Expand | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A message that only answers: its type and the shape of its payload."""

    type: str
    payload: Shape


Entry = TypeVar("Entry")


class Registry(dict[str, Entry]):
    """Entries by name; a name is taken once."""

    def add(self, name: str, entry: Entry) -> Entry:
        """Registers ``entry``; the same name twice is a mistake of the programmer."""
        if name in self:
            raise ValueError(f"{name} is registered twice")
        self[name] = entry
        return entry


TOPICS: Registry[Topic] = Registry()
BROADCASTS: Registry[Broadcast] = Registry()
ANSWERS: Registry[Answer] = Registry()
V1_ANSWERS: Registry[Answer] = Registry()
"""What version 1 clients alone get: messages that version 2 does not know, or another shape of one that it does."""


def topic(name: str, *, is_default_for_v1: bool = True) -> Topic:
    """Registers a topic."""
    return TOPICS.add(name, Topic(name, is_default_for_v1))


def broadcast(
    type: str,
    topic: str,
    payload: type[WireSerializer],
    *,
    is_for_editors: bool = False,
    v1: V1Form | None = None,
    expand: Expand | None = None,
) -> Broadcast:
    """Registers the message that tells of events of that type."""
    return BROADCASTS.add(type, Broadcast(type, topic, payload, is_for_editors, v1 or V1Form(), expand))


def follow_for_v1(type: str, more: MoreSnapshotsOf, *, reads_old_values: bool = False) -> None:
    """Lets whole states of an app above follow a broadcast that is registered already, for version 1 clients."""
    spec = BROADCASTS[type]
    before = spec.v1.more

    def both(change: LoggedChange, listener: Listener) -> Sequence[Snapshot]:
        return [*before(change, listener), *more(change, listener)]

    v1 = replace(spec.v1, more=both, reads_old_values=spec.v1.reads_old_values or reads_old_values)
    BROADCASTS[type] = replace(spec, v1=v1)


def answer(type: str, payload: type[WireSerializer], *, among: Registry[Answer] = ANSWERS) -> Answer:
    """Registers a message that only answers; ``among=V1_ANSWERS`` one, or its shape, that only version 1 clients get."""
    return among.add(type, Answer(type, payload))
