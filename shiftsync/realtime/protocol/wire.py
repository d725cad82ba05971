"""What may cross the wire: topics, broadcasts and requests, each registered where it lives.

This package contains no app's messages: apps register theirs when Django is ready.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from functools import lru_cache, partial
from typing import Any, TypeAlias, TypeVar
from uuid import UUID

from shiftsync.core.scopes import Area, Scopes, covers, scope_of
from shiftsync.core.serializers import WireSerializer
from shiftsync.realtime.events import LoggedChange


class Protocol(IntEnum):
    """The protocol of a client. Version 2 is negotiated by the WebSocket subprotocol ``shiftsync.v2``."""

    V1 = 1
    V2 = 2


@dataclass(frozen=True, slots=True)
class Topic:
    """Something to subscribe to. ``is_default_for_v1``: a version 1 client has it unless it unsubscribes. ``area``: what a token must
    be for to hear of it. ``narrowed_by``: the field of ``SUBSCRIBE`` that names the entities of which
    alone a connection wants to hear; empty: all are heard of."""

    name: str
    area: Area | None
    is_default_for_v1: bool = True
    narrowed_by: str = ""


Traits: TypeAlias = frozenset[str]
"""What is known of a version 1 connection besides its topics, under names chosen by the apps. Traits decide whether,
and in which form, it gets a snapshot. They are set by the queries that it sends (``query(traits=...)``)."""


@dataclass(frozen=True, slots=True)
class Listener:
    """The properties of version 1 connections on which a snapshot may depend. ``only`` as in :class:`~shiftsync.core.actor.Sight`."""

    is_viewer: bool
    traits: Traits = frozenset()
    only: str | None = None

    @classmethod
    @lru_cache(1024)
    def of(cls, is_viewer: bool, traits: Traits, only: str | None = None) -> "Listener":
        """The one like that."""
        return cls(is_viewer, traits, only)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A complete state that version 1 clients get after a change: read once per process and version, for all of them.

    ``key`` names the state; ``read`` returns the version it was read at and the payload, on a database thread; ``extra``
    is added to the payload for the change at hand, ``author_extra`` besides for the connection that caused it.
    ``topic`` and ``entity_id`` are set if it is about something other than the change: then only subscribers of those
    get it.
    ``has_client_id`` false sends ``clientId: null``, since such clients ignore some messages that carry their own.

    ``own_may_be_stale``: for data that such a client shows before it is confirmed. A snapshot caused by somebody else's
    change may have been read before its own edit and arrive after it, so that its screen falls back. Its own snapshot
    would not repair that, since it ignores it. So after another's snapshot, the next one caused by its own change is
    sent to it with ``clientId: null``.

    ``comes_last``: sent once after all changes that are delivered together, instead of after each.
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
        """Whether its author ignores it, so that it cannot replace the later changes that it contains."""
        return self.has_client_id and self.own_may_be_stale


SnapshotOf = Callable[[LoggedChange, Listener], Snapshot | None]


MoreSnapshotsOf = Callable[[LoggedChange, Listener], Sequence[Snapshot]]


def no_more_snapshots(change: LoggedChange, listener: Listener) -> Sequence[Snapshot]:
    """The default: no further snapshots."""
    return ()


def no_snapshot(change: LoggedChange, listener: Listener) -> None:
    """The default: version 1 clients get the change itself and no snapshot."""


@dataclass(frozen=True, slots=True)
class V1Form:
    """How a broadcast reaches version 1 clients: the message itself (``keeps``), then the snapshot ``whole(change,
    listener)``, or None if such a listener gets none.

    ``more`` are snapshots of other topics that the change affects. ``reads_old_values``: the replaced values are needed
    for that.

    If the message itself is not kept, the snapshot replaces every change of its ``key`` up to its version.
    """

    keeps: bool = True
    whole: SnapshotOf = no_snapshot
    more: MoreSnapshotsOf = no_more_snapshots
    reads_old_values: bool = False

    def states(self, change: LoggedChange, listener: Listener) -> list[Snapshot]:
        """All snapshots that follow ``change``, in the order in which they are sent."""
        whole = self.whole(change, listener)
        return [*([whole] if whole else []), *self.more(change, listener)]


KNOWN_TO_V1 = V1Form()
"""Of messages that version 1 has always had: such clients get them as they are."""

UNKNOWN_TO_V1 = V1Form(keeps=False)
"""The default, since version 1 clients know none of the messages that were made after them."""


Shape: TypeAlias = type[WireSerializer]


Expand: TypeAlias = Callable[[UUID, dict[str, Any]], dict[str, Any]]


OwnPart: TypeAlias = Callable[[Mapping[str, Any], str], Mapping[str, Any] | None]
"""What of a payload concerns the person with that id; None: nothing."""

Part: TypeAlias = Callable[[Mapping[str, Any]], Mapping[str, Any] | None]


def _about(part: OwnPart, person: str, payload: Mapping[str, Any]) -> Mapping[str, Any] | None:
    return part(payload, person)


@dataclass(frozen=True, slots=True)
class Broadcast:
    """A message that announces a change.

    ``told``: what the admin says that its author did ("changed a cell"), lazily translated. ``is_for_editors``: viewers neither receive nor
    replay it. ``own``: of such a message, the part that those viewers receive who are
    somebody on the schedule. ``narrowed``: of a message for all, the part that those receive who see the shifts of that person alone
    (of nobody, where they are nobody); None: it says nothing of anybody's shifts. ``expand(restaurant, kept)`` completes a payload that the log stores only in part. The rows that it reads
    may be newer than the change, as in any snapshot.
    """

    type: str
    topic: str
    payload: Shape
    told: Any
    is_for_editors: bool = False
    v1: V1Form = UNKNOWN_TO_V1
    expand: Expand | None = None
    own: OwnPart | None = None
    narrowed: OwnPart | None = None

    @property
    def has_parts(self) -> bool:
        """Whether somebody receives only a part of it."""
        return self.own is not None or self.narrowed is not None

    def part_for(self, person: str | None, only: str | None) -> Part | None:
        """What makes of its payload the part for a viewer who is that person, and sees ``only`` that one; None: they receive it as it is, or
        (what is for editors) not at all."""
        if self.is_for_editors:
            part, whose = self.own, person
        else:
            part, whose = self.narrowed, only
        return None if part is None or whose is None else partial(_about, part, whose)


@dataclass(frozen=True, slots=True)
class Answer:
    """A message that is only sent as an answer: its type and the shape of its payload."""

    type: str
    payload: Shape


Entry = TypeVar("Entry")


class Registry(dict[str, Entry]):
    """Entries by unique name."""

    def add(self, name: str, entry: Entry) -> Entry:
        """Registers ``entry``. Raises if the name is taken, which is a programming error."""
        if name in self:
            raise ValueError(f"{name} is registered twice")
        self[name] = entry
        return entry


TOPICS: Registry[Topic] = Registry()
BROADCASTS: Registry[Broadcast] = Registry()
ANSWERS: Registry[Answer] = Registry()
V1_ANSWERS: Registry[Answer] = Registry()
"""Messages only for version 1 clients: unknown to version 2, or with a different shape there."""


def topic(name: str, area: Area | None, *, is_default_for_v1: bool = True, narrowed_by: str = "") -> Topic:
    """Registers a topic."""
    return TOPICS.add(name, Topic(name, area, is_default_for_v1, narrowed_by))


def topic_area(name: str) -> Area | None:
    """The area of the topic of that name."""
    return TOPICS[name].area


def may_hear(scopes: Scopes, name: str) -> bool:
    """Whether who acts through a token of those scopes may hear of that topic."""
    area = topic_area(name)
    return area is None or covers(scopes, scope_of(area, writes=False))


def broadcast(
    type: str,
    topic: str,
    payload: type[WireSerializer],
    *,
    told: Any,
    is_for_editors: bool = False,
    v1: V1Form = UNKNOWN_TO_V1,
    expand: Expand | None = None,
    own: OwnPart | None = None,
    narrowed: OwnPart | None = None,
) -> Broadcast:
    """Registers the message that announces events of that type."""
    spec = Broadcast(type, topic, payload, told, is_for_editors, v1, expand, own, narrowed)
    return BROADCASTS.add(type, spec)


def follow_for_v1(type: str, more: MoreSnapshotsOf, *, reads_old_values: bool = False) -> None:
    """Adds snapshots of a higher app to a broadcast that is already registered, for version 1 clients."""
    spec = BROADCASTS[type]
    before = spec.v1.more

    def both(change: LoggedChange, listener: Listener) -> Sequence[Snapshot]:
        return [*before(change, listener), *more(change, listener)]

    v1 = replace(spec.v1, more=both, reads_old_values=spec.v1.reads_old_values or reads_old_values)
    BROADCASTS[type] = replace(spec, v1=v1)


def answer(type: str, payload: type[WireSerializer], *, among: Registry[Answer] = ANSWERS) -> Answer:
    """Registers an answer; with ``among=V1_ANSWERS``, one (or its shape) for version 1 clients only."""
    return among.add(type, Answer(type, payload))
