"""One restaurant in one process: its connections, to which its changes are delivered in version order."""

import asyncio
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from shiftsync.core.actor import Role
from shiftsync.core.encoding import decode
from shiftsync.core.metrics import GAPS_FILLED
from shiftsync.core.tracing import Spot, moment, record
from shiftsync.realtime.events import INTERNAL_TOPIC, LoggedChange, RestaurantUpdated
from shiftsync.realtime.hub.connection import FORBIDDEN, UNAUTHENTICATED, Connection
from shiftsync.realtime.hub.delivery import Delivery
from shiftsync.realtime.hub.log_reader import LogReader
from shiftsync.realtime.hub.presence import Roster
from shiftsync.realtime.hub.shared_reads import SharedReads
from shiftsync.realtime.hub.snapshots import Snapshots
from shiftsync.realtime.protocol.wire import Listener, Protocol
from shiftsync.realtime.stream.database import SHARE

logger = logging.getLogger(__name__)


class Room:
    """Delivers each version once and in order: from this process's own commits if they are next, otherwise from the
    log.

    ``position`` is the last version delivered; ``_target`` is known to be in the database; ``_hinted`` was only
    announced and needs confirmation from the log.
    """

    def __init__(self, restaurant_id: UUID, epoch: str, position: int, log: LogReader) -> None:
        self.restaurant_id = restaurant_id
        self.epoch = epoch
        self.position = position
        self.connections: set[Connection] = set()
        self._v1_connections: set[Connection] = set()
        self.roster = Roster()
        self.database_turns = asyncio.Semaphore(SHARE)
        self.reads: SharedReads[tuple[int, dict[str, Any], str]] = SharedReads(self.database_turns)
        self._target = self._hinted = position
        self._pending: dict[int, LoggedChange] = {}
        self._traces: dict[int, Spot] = {}
        self._wake = asyncio.Event()
        self._moved = asyncio.Event()
        self._snapshots = Snapshots()
        self._log = log

    @property
    def lag(self) -> int:
        """How many versions are known or announced but not delivered yet."""
        return max(0, self._goal - self.position)

    @property
    def _goal(self) -> int:
        return max(self._target, self._hinted)

    def add(self, connection: Connection) -> None:
        """Adds a connection, which gets changes from now on."""
        self.connections.add(connection)
        if connection.protocol is Protocol.V1:
            self._v1_connections.add(connection)

    def discard(self, connection: Connection) -> None:
        """Removes a connection, if it is there."""
        self.connections.discard(connection)
        self._v1_connections.discard(connection)

    def restart(self, epoch: str, version: int) -> None:
        """Starts over at ``version``, because the clients' history is no longer the server's."""
        self.epoch, self.position = epoch, version
        self._target = self._hinted = version
        self._pending.clear()
        self._traces.clear()
        self._snapshots = Snapshots()
        for connection in tuple(self.connections):
            connection.start_over(epoch, version, "The server's data was replaced.")
        self._tell_waiters()

    def receive(self, changes: Sequence[LoggedChange]) -> None:
        """Takes committed changes of this process, to be delivered when their turn comes."""
        self._pending.update((change.version, change) for change in changes if change.version > self.position)
        if changes:
            self.expect(changes[-1].version)

    def expect(self, version: int) -> None:
        """Notes that ``version`` is in the database."""
        if version > self._target:
            self._target = version
            self._wake.set()

    def hear(self, version: int, traces: Mapping[int, Spot] = {}) -> None:
        """Takes a hint that ``version`` exists. It only triggers a look at the log: a version that the log does not
        have is not waited for. ``traces``: of those versions up to it whose delivery is recorded."""
        self._traces.update((each, spot) for each, spot in traces.items() if each > self.position)
        if version > self._goal:
            self._hinted = version
            self._wake.set()

    async def reach(self, version: int) -> None:
        """Waits until everything up to ``version`` has been delivered here, or the room has started over."""
        epoch = self.epoch
        self.expect(version)
        while self.position < version and self.epoch == epoch:
            await self._moved.wait()

    async def run(self) -> None:
        """Delivers for ever. The hub supervises this task; an error leaves ``position`` where it was."""
        while True:
            while self.position < self._goal:
                changes = self._next_run() or await self._from_log()
                if changes:
                    await self._deliver(changes)
            self._wake.clear()
            if self.position >= self._goal:
                await self._wake.wait()

    def _next_run(self) -> list[LoggedChange]:
        run: list[LoggedChange] = []
        while (change := self._pending.pop(self.position + len(run) + 1, None)) is not None:
            run.append(change)
        return run

    async def _from_log(self) -> list[LoggedChange]:
        """The next changes from the log; none if there was only an unconfirmed hint.

        Raises :class:`LogHole` if they were pruned (clients far behind must sync in full).
        """
        hinted = self._hinted
        changes = await self._log.after(self.restaurant_id, self.position)
        if changes:
            GAPS_FILLED.inc()
        if not changes and self._target <= self.position:
            about = {"restaurant": self.restaurant_id, "version": hinted}
            logger.warning("hub.hint_unconfirmed restaurant=%s version=%s", self.restaurant_id, hinted, extra=about)
            self._hinted = self.position if self._hinted == hinted else self._hinted
        elif not changes or changes[0].version != self.position + 1:
            raise LogHole(self.restaurant_id, self.position)
        return changes

    async def _deliver(self, changes: list[LoggedChange]) -> None:
        # A connection that joins while snapshots are read gets these changes with the state that it reads after
        # joining.
        present, since = tuple(self.connections), moment()
        self._narrow_or_widen(changes, present)
        delivery = await self._snapshots.delivery(changes, self._listeners)
        for connection in present:
            connection.deliver(delivery)
        self._record(changes, since, len(present))
        self._close_revoked(changes)
        self.position = delivery.version
        self._forget_delivered()
        self._tell_waiters()

    def _record(self, changes: Sequence[LoggedChange], since: int, sockets: int) -> None:
        for change in changes:
            spot = change.trace or self._traces.get(change.version)
            if spot is not None:
                record("deliver", spot, since, {"shiftsync.version": change.version, "shiftsync.sockets": sockets})

    def _listeners(self) -> set[Listener]:
        return {connection.audience.listener for connection in self._v1_connections}

    async def echo_of(self, change: LoggedChange, connection: Connection) -> Delivery:
        """The delivery to ``connection`` alone of a change that changed nothing."""
        return await Snapshots().delivery([change], lambda: {connection.audience.listener})

    def _tell_waiters(self) -> None:
        self._moved.set()
        self._moved = asyncio.Event()

    def _forget_delivered(self) -> None:
        for version in [version for version in self._pending if version <= self.position]:
            del self._pending[version]
        for version in [version for version in self._traces if version <= self.position]:
            del self._traces[version]

    def _narrow_or_widen(self, changes: Sequence[LoggedChange], present: Iterable[Connection]) -> None:
        """Applies the owner's word on whether staff see each other's shifts, before what comes with it or after it is sent."""
        for change in changes:
            if change.type == RestaurantUpdated.type:
                sees_colleagues = decode(change.payload)["staffSeeColleagues"]
                for connection in present:
                    connection.take_sight(replace(connection.sight, sees_colleagues=sees_colleagues))

    def _close_revoked(self, changes: list[LoggedChange]) -> None:
        for change in changes:
            if change.topic != INTERNAL_TOPIC:
                continue
            told = decode(change.payload)
            for connection in tuple(self.connections):
                actor = connection.actor
                if str(actor.user_id) == told["userId"] and told["tokenId"] in (None, _text(actor.token_id)):
                    self._apply_access(connection, told)

    def _apply_access(self, connection: Connection, told: Mapping[str, Any]) -> None:
        if told.get("role"):
            connection.take_sight(replace(connection.sight, role=Role(told["role"])))
        else:
            has_signed_out = told["tokenId"] or told.get("hasSignedOut")
            connection.revoke(UNAUTHENTICATED if has_signed_out else FORBIDDEN)


class LogHole(Exception):
    """The next version is missing in the log: it was pruned, or the history was replaced."""

    def __init__(self, restaurant_id: UUID, position: int) -> None:
        super().__init__(f"restaurant {restaurant_id}: no version {position + 1} in the log")


def _text(value: UUID | None) -> str | None:
    return None if value is None else str(value)
