"""Reading the whole states of version 1 clients, once per process and version."""

from collections.abc import Callable, Hashable, Iterator, Set
from dataclasses import dataclass, field

from shiftsync.realtime.events import LoggedChange
from shiftsync.realtime.hub.delivery import Delivery, ReadState
from shiftsync.realtime.protocol.wire import BROADCASTS, Broadcast, Listener, WholeState
from shiftsync.realtime.stream.database import run_db

Listeners = Callable[[], Set[Listener]]
States = dict[Hashable, ReadState]


@dataclass(slots=True)
class WholeStates:
    """The whole states that were last told in one restaurant. ``_told`` is by topic and entity, in versions."""

    _read: States = field(default_factory=dict)
    _told: dict[Hashable, int] = field(default_factory=dict)

    async def delivery(self, changes: list[LoggedChange], listeners: Listeners) -> Delivery:
        """The delivery of ``changes`` to a room in which such version 1 clients listen.

        ``listeners`` is asked again after each read: a connection may have taken another trait meanwhile, and needs its state too.
        """
        states: States = {}
        present = listeners()
        while unread := _unread(changes, present, states):
            for whole, version in unread.values():
                states[whole.key] = await self._state(whole, version)
            present = listeners()
        return Delivery(changes, states, self._covered(changes, present, states))

    async def _state(self, whole: WholeState, version: int) -> ReadState:
        known = self._read.get(whole.key)
        if known is None or known.version < version:
            known = self._read[whole.key] = ReadState(*await run_db(whole.read))
        return known

    def _covered(self, changes: list[LoggedChange], listeners: Set[Listener], states: States) -> set[int]:
        """The versions that need not be told, because a state that stands for them was told before; notes what is told now."""
        covered: set[int] = set()
        for change, spec, scope in _broadcast(changes) if listeners else ():
            if change.version <= self._told.get(scope, 0):
                covered.add(change.version)
            elif not spec.v1.keeps:
                wholes = [whole for whole in _wholes(change, spec, listeners) if not whole.is_ignored_by_its_author]
                told = [states[whole.key].version for whole in wholes]
                if told:
                    self._told[scope] = min(told)
        return covered


def _unread(
    changes: list[LoggedChange], listeners: Set[Listener], states: States
) -> dict[Hashable, tuple[WholeState, int]]:
    """By key the states that somebody needs and that were not read, and the version that they must have reached."""
    return {
        whole.key: (whole, change.version)
        for change, spec, _ in (_broadcast(changes) if listeners else ())
        for whole in _wholes(change, spec, listeners)
        if whole.key not in states
    }


def _broadcast(changes: list[LoggedChange]) -> Iterator[tuple[LoggedChange, Broadcast, Hashable]]:
    for change in changes:
        spec = BROADCASTS.get(change.type)
        if spec is not None:
            yield change, spec, (spec.topic, change.entity_id)


def _wholes(change: LoggedChange, spec: Broadcast, listeners: Set[Listener]) -> Iterator[WholeState]:
    return (state for listener in listeners for state in spec.v1.states(change, listener))
