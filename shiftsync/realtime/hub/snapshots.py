"""Reading the snapshots of version 1 clients, once per process and version."""

from collections.abc import Callable, Hashable, Iterator, Set
from dataclasses import dataclass, field

from shiftsync.realtime.events import LoggedChange
from shiftsync.realtime.hub.delivery import Delivery, ReadState
from shiftsync.realtime.protocol.wire import BROADCASTS, Broadcast, Listener, Snapshot
from shiftsync.realtime.stream.database import run_db

Listeners = Callable[[], Set[Listener]]
States = dict[Hashable, ReadState]


@dataclass(slots=True)
class Snapshots:
    """The snapshots that were last sent in one restaurant. ``_told`` holds versions by topic and entity."""

    _read: States = field(default_factory=dict)
    _told: dict[Hashable, int] = field(default_factory=dict)

    async def delivery(self, changes: list[LoggedChange], listeners: Listeners) -> Delivery:
        """The delivery of ``changes`` to a room with such version 1 clients.

        ``listeners`` is called again after each read, since a connection may have changed its traits meanwhile and then
        needs another snapshot.
        """
        states: States = {}
        present = listeners()
        while unread := _unread(changes, present, states):
            for snapshot, version in unread.values():
                states[snapshot.key] = await self._state(snapshot, version)
            present = listeners()
        return Delivery(changes, states, self._covered(changes, present, states))

    async def _state(self, snapshot: Snapshot, version: int) -> ReadState:
        known = self._read.get(snapshot.key)
        if known is None or known.version < version:
            known = self._read[snapshot.key] = ReadState(*await run_db(snapshot.read))
        return known

    def _covered(self, changes: list[LoggedChange], listeners: Set[Listener], states: States) -> set[int]:
        """The versions that need not be sent because an earlier snapshot covers them. Records what is sent now."""
        covered: set[int] = set()
        for change, spec, scope in _broadcast(changes) if listeners else ():
            if change.version <= self._told.get(scope, 0):
                covered.add(change.version)
            elif not spec.v1.keeps:
                snapshots = [
                    snapshot
                    for snapshot in _snapshots(change, spec, listeners)
                    if not snapshot.is_ignored_by_its_author
                ]
                told = [states[snapshot.key].version for snapshot in snapshots]
                if told:
                    self._told[scope] = min(told)
        return covered


def _unread(
    changes: list[LoggedChange], listeners: Set[Listener], states: States
) -> dict[Hashable, tuple[Snapshot, int]]:
    """The snapshots that are needed but not read yet, by key, with the version that they must have reached."""
    return {
        snapshot.key: (snapshot, change.version)
        for change, spec, _ in (_broadcast(changes) if listeners else ())
        for snapshot in _snapshots(change, spec, listeners)
        if snapshot.key not in states
    }


def _broadcast(changes: list[LoggedChange]) -> Iterator[tuple[LoggedChange, Broadcast, Hashable]]:
    for change in changes:
        spec = BROADCASTS.get(change.type)
        if spec is not None:
            yield change, spec, (spec.topic, change.entity_id)


def _snapshots(change: LoggedChange, spec: Broadcast, listeners: Set[Listener]) -> Iterator[Snapshot]:
    return (state for listener in listeners for state in spec.v1.states(change, listener))
