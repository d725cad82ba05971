"""Reading the whole states of version 1 clients, once per process and version."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field

from shiftsync.realtime.database import run_db
from shiftsync.realtime.delivery import Delivery, ReadState
from shiftsync.realtime.events import LoggedChange
from shiftsync.realtime.wire import BROADCASTS, WholeState


@dataclass(slots=True)
class WholeStates:
    """The whole states that were last told in one restaurant. ``_told`` is by topic and entity, in versions."""

    _read: dict[Hashable, ReadState] = field(default_factory=dict)
    _told: dict[Hashable, int] = field(default_factory=dict)

    async def delivery(self, changes: list[LoggedChange], viewers: Iterable[bool]) -> Delivery:
        """The delivery of ``changes`` to a room in which version 1 clients of those kinds listen (``True``: viewers)."""
        kinds = sorted(set(viewers))
        states: dict[Hashable, ReadState] = {}
        covered: set[int] = set()
        for change in changes:
            spec = BROADCASTS.get(change.type)
            if spec is None or not kinds:
                continue
            scope = (spec.topic, change.entity_id)
            is_covered = change.version <= self._told.get(scope, 0)
            if is_covered:
                covered.add(change.version)
            for whole in filter(None, (spec.v1.whole(change, is_viewer) for is_viewer in kinds)):
                states[whole.key] = await self._state(whole, change.version)
                if not spec.v1.keeps and not is_covered:
                    self._told[scope] = states[whole.key].version
        return Delivery(changes, states, covered)

    async def _state(self, whole: WholeState, version: int) -> ReadState:
        known = self._read.get(whole.key)
        if known is None or known.version < version:
            known = self._read[whole.key] = ReadState(*await run_db(whole.read))
        return known
