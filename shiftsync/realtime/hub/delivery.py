"""A run of changes on its way to the clients. Each text is made once per audience, however many connections share it."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any
from uuid import UUID

from shiftsync.core.actor import Role, Sight
from shiftsync.core.encoding import decode, encode
from shiftsync.realtime.events import LoggedChange
from shiftsync.realtime.protocol.envelope import batch, envelope
from shiftsync.realtime.protocol.frames import Frame
from shiftsync.realtime.protocol.wire import BROADCASTS, TOPICS, Broadcast, Listener, Protocol, Snapshot, Traits

FRAME_CHARACTERS = 256 * 1024


@dataclass(frozen=True, slots=True)
class Audience:
    """What a connection has subscribed to and may receive, and in which form. Connections with equal audiences get the
    same frames. ``entity_ids``: the entities to which it has narrowed the topics that can be narrowed; None: to none. ``only`` as in
    :class:`~shiftsync.core.actor.Sight`."""

    protocol: Protocol
    is_viewer: bool
    topics: frozenset[str]
    entity_ids: frozenset[str] | None = None
    traits: Traits = frozenset()
    only: str | None = None

    @classmethod
    @lru_cache(4096)
    def of(
        cls,
        protocol: Protocol,
        is_viewer: bool,
        topics: frozenset[str],
        entity_ids: frozenset[str] | None = None,
        traits: Traits = frozenset(),
        only: str | None = None,
    ) -> "Audience":
        """The shared instance for these values: what a thousand connections share stays in the processor's cache while
        they are served."""
        return cls(protocol, is_viewer, topics, entity_ids, traits, only)

    def seeing(self, sight: Sight) -> "Audience":
        """The same subscriptions of somebody who sees that."""
        is_viewer = not sight.role.covers(Role.MANAGER)
        return Audience.of(self.protocol, is_viewer, self.topics, self.entity_ids, self.traits, sight.only)

    def hearing(self, topics: frozenset[str], entity_ids: frozenset[str] | None) -> "Audience":
        """The same somebody with these subscriptions."""
        return Audience.of(self.protocol, self.is_viewer, topics, entity_ids, self.traits, self.only)

    def having(self, traits: Traits) -> "Audience":
        """The same with those traits."""
        return Audience.of(self.protocol, self.is_viewer, self.topics, self.entity_ids, traits, self.only)

    @property
    def listener(self) -> Listener:
        """The properties of this audience on which snapshots may depend."""
        return Listener.of(self.is_viewer, self.traits, self.only)

    def hears(self, change: LoggedChange, spec: Broadcast) -> bool:
        """Whether this audience gets ``change`` as it is."""
        return self.follows(change, spec) and not (self.is_viewer and spec.is_for_editors)

    def follows(self, change: LoggedChange, spec: Broadcast) -> bool:
        """Whether ``change`` is about something subscribed to."""
        return spec.topic in self.topics and self._is_within(spec.topic, change.entity_id)

    def hears_snapshot(self, snapshot: Snapshot) -> bool:
        """Whether a snapshot of another topic than its change's is for this audience."""
        if not snapshot.topic:
            return True
        return snapshot.topic in self.topics and self._is_within(snapshot.topic, snapshot.entity_id)

    def _is_within(self, topic: str, entity_id: str) -> bool:
        return self.entity_ids is None or entity_id in self.entity_ids or not TOPICS[topic].narrowed_by


@dataclass(frozen=True, slots=True)
class ReadState:
    """A snapshot as it was read: its version and payload."""

    version: int
    payload: Mapping[str, object]


AuthorKey = tuple[UUID | None, str | None]
NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Told:
    """Frames, and the snapshots (by type) that others' changes brought since the last of its reader's own that came as
    nobody's: see ``Snapshot.own_may_be_stale``. ``settled`` are those that came as nobody's."""

    frames: list[Frame]
    overtaken: frozenset[str] = NONE
    settled: frozenset[str] = NONE


@dataclass
class Delivery:
    """Consecutive changes of one restaurant, and what version 1 clients need for them.

    ``states`` holds the snapshots by key; ``covered`` the versions that an earlier snapshot told of already.
    """

    changes: list[LoggedChange]
    states: Mapping[Hashable, ReadState] = field(default_factory=dict)
    covered: Set[int] = frozenset()
    _told: dict[Hashable, Told] = field(default_factory=dict)
    _known: dict[int, tuple[Audience, Told]] = field(default_factory=dict)

    @property
    def version(self) -> int:
        """The version at which a client is after this delivery."""
        return self.changes[-1].version

    def split(self, version: int) -> tuple["Delivery | None", "Delivery | None"]:
        """The part up to ``version`` and the part after it.

        The second part sends its snapshots again, since a state that was read at ``version`` goes between the two.
        """
        before = [change for change in self.changes if change.version <= version]
        after = [change for change in self.changes if change.version > version]
        return (
            Delivery(before, self.states, self.covered) if before else None,
            Delivery(after, self.states) if after else None,
        )

    def frames_for(self, audience: Audience, author: AuthorKey, person: str | None = None) -> list[Frame]:
        """The frames for a connection of that audience; ``author`` is its user and client, ``person`` who on the schedule that is."""
        return self.told_to(audience, author, NONE, person).frames

    def told_to(
        self, audience: Audience, author: AuthorKey, overtaken: frozenset[str], person: str | None = None
    ) -> Told:
        """The same for a connection with these ``overtaken`` snapshots, and those that are overtaken after it."""
        if person is not None and audience.is_viewer and audience.protocol is Protocol.V2 and self._is_personal:
            return self._told_to_person(audience, person)
        if audience.protocol is Protocol.V1 and self._speaks_to(author):
            return self._once((audience, author, overtaken), audience, author, overtaken)
        told = self._shared(audience, author)
        return told if not overtaken else Told(told.frames, told.overtaken | overtaken)

    def latest_of(self, author: AuthorKey) -> int:
        """The version of the latest change of ``author`` here; 0 if there is none."""
        return max((each.version for each in self.changes if (each.user_id, each.client_id) == author), default=0)

    @cached_property
    def _is_personal(self) -> bool:
        """Whether somebody may hear a part of it that others do not; else all of an audience share their frames."""
        return any(spec is not None and spec.own is not None for spec in map(BROADCASTS.get, self._types()))

    def _types(self) -> Iterator[str]:
        return (change.type for change in self.changes)

    def _told_to_person(self, audience: Audience, person: str) -> Told:
        told = self._told.get((audience, person))
        if told is None:
            told = self._told[audience, person] = Told(list(_v2_frames(_heard(self, audience, person))))
        return told

    @cached_property
    def payloads(self) -> Mapping[int, Mapping[str, Any]]:
        """What the changes of which somebody hears a part say, by version: read once for all."""
        return {
            change.version: decode(change.payload)
            for change in self.changes
            if (spec := BROADCASTS.get(change.type)) is not None and spec.has_parts
        }

    def _shared(self, audience: Audience, author: AuthorKey) -> Told:
        """What all of an audience hear; found by its being the same object, since to hash its parts takes as long as to send a frame."""
        known = self._known.get(id(audience))
        if known is None:
            known = self._known[id(audience)] = (audience, self._once(audience, audience, author, NONE))
        return known[1]

    def _once(self, key: Hashable, audience: Audience, author: AuthorKey, overtaken: frozenset[str]) -> Told:
        told = self._told.get(key)
        if told is None:
            make = _v2_told if audience.protocol is Protocol.V2 else _v1_told
            told = self._told[key] = make(self, audience, author, overtaken)
        return told

    def _speaks_to(self, author: AuthorKey) -> bool:
        return any((change.user_id, change.client_id) == author for change in self.changes)


def message_of(change: LoggedChange) -> str:
    """The broadcast of one change."""
    return envelope(
        change.type,
        change.payload,
        client_id=change.client_id,
        version=change.version,
        timestamp=change.timestamp,
    )


def _heard(
    delivery: Delivery, audience: Audience, person: str | None = None
) -> Iterator[tuple[LoggedChange, Broadcast]]:
    """What that audience hears; of what is for editors the part about ``person``, and of the rest what whoever sees only one person may."""
    for change in delivery.changes:
        spec = BROADCASTS.get(change.type)
        if spec is None or not audience.follows(change, spec):
            continue
        part = spec.part_for(person, audience.only) if audience.is_viewer else None
        if part is None:
            if audience.hears(change, spec):
                yield change, spec
        elif (told := part(delivery.payloads[change.version])) is not None:
            yield replace(change, payload=encode(told)), spec


def _v2_told(delivery: Delivery, audience: Audience, author: AuthorKey, overtaken: frozenset[str]) -> Told:
    return Told(list(_v2_frames(_heard(delivery, audience))))


def _v2_frames(heard: Iterable[tuple[LoggedChange, Broadcast]]) -> Iterator[Frame]:
    """One frame for the changes of one commit; a long replay is split into frames of moderate size."""
    messages: list[str] = []
    version = size = 0
    for change, _ in heard:
        text = message_of(change)
        if messages and size + len(text) > FRAME_CHARACTERS:
            yield _joined(messages, version)
            messages, size = [], 0
        messages.append(text)
        version, size = change.version, size + len(text)
    if messages:
        yield _joined(messages, version)


def _joined(messages: list[str], version: int) -> Frame:
    return Frame.of(messages[0] if len(messages) == 1 else batch(messages, version))


def _v1_told(delivery: Delivery, audience: Audience, author: AuthorKey, overtaken: frozenset[str]) -> Told:
    """Each change's own message, unless a snapshot replaces it, then its snapshots; those that come last go to the end."""
    frames: list[Frame] = []
    last: dict[Hashable, str] = {}
    settled = NONE
    for change, spec in _heard(delivery, audience):
        if change.version in delivery.covered:
            continue
        if spec.v1.keeps:
            frames.append(Frame.of(message_of(change)))
        is_author = (change.user_id, change.client_id) == author
        for snapshot in filter(audience.hears_snapshot, spec.v1.states(change, audience.listener)):
            is_signed = snapshot.has_client_id and not (is_author and snapshot.type in overtaken)
            text = _snapshot_message(change, snapshot, delivery.states[snapshot.key], is_author, is_signed)
            if snapshot.comes_last:
                last[snapshot.key] = text
            else:
                frames.append(Frame.of(text))
            if snapshot.own_may_be_stale and not is_author:
                overtaken |= {snapshot.type}
            elif not is_signed:
                overtaken -= {snapshot.type}
                settled |= {snapshot.type} if snapshot.own_may_be_stale else NONE
    return Told([*frames, *map(Frame.of, last.values())], overtaken, settled)


def _snapshot_message(
    change: LoggedChange, snapshot: Snapshot, state: ReadState, is_author: bool, is_signed: bool
) -> str:
    payload = {**state.payload, **snapshot.extra, **(snapshot.author_extra if is_author else {})}
    return envelope(
        snapshot.type,
        encode(payload),
        client_id=change.client_id if is_signed else None,
        version=state.version,
        timestamp=change.timestamp,
    )
