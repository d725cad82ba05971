"""Tells a room who moved, in one frame for everybody who did so within a moment: otherwise a thousand clients that join
would cost a million frames."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from shiftsync.core.encoding import encode
from shiftsync.realtime.hub.presence import Entry, state_payload
from shiftsync.realtime.hub.room import Room
from shiftsync.realtime.protocol.envelope import envelope

PRESENCE_TOPIC = "presence"
PAUSE_SECONDS = 0.05

Publish = Callable[[UUID, dict[str, Any]], None]


class PresenceNews:
    """The pending presence news of one hub. ``publish`` sends a restaurant's news to the other processes."""

    def __init__(self, loop: asyncio.AbstractEventLoop, publish: Publish) -> None:
        self._loop = loop
        self._publish = publish
        # By room: the latest entry of each client that moved since the last frame, and whether it comes from this
        # process.
        self._waiting: WeakKeyDictionary[Room, dict[str, tuple[Entry, bool]]] = WeakKeyDictionary()

    def tell(self, room: Room, entries: Sequence[Entry], *, is_own: bool) -> None:
        """Tells the subscribers here and, for our own clients, the other processes: at once, or together with what
        follows shortly."""
        movers = self._waiting.get(room)
        is_resting = movers is None
        if movers is None:
            movers = self._waiting[room] = {}
        movers.update({entry["clientId"]: (entry, is_own) for entry in entries})
        if is_resting:
            self._flush(room)

    def _flush(self, room: Room) -> None:
        movers = self._waiting.pop(room)
        if not movers:
            return
        self._waiting[room] = {}
        self._loop.call_later(PAUSE_SECONDS, self._flush, room)
        _tell(room, [entry for entry, _ in movers.values()], is_complete=False)
        own = [entry for entry, is_own in movers.values() if is_own]
        if own:
            self._publish(room.restaurant_id, {"presence": own})


def repeat_presence(room: Room) -> None:
    """Sends the whole roster to connections that missed news while they were busy."""
    _tell(room, room.roster.everyone(), is_complete=True)


def _tell(room: Room, entries: Sequence[Entry], *, is_complete: bool) -> None:
    """Busy connections are marked, and get the whole roster later."""
    payloads: dict[str | None, str] = {}

    def payload_for(only: str | None) -> str:
        if only not in payloads:
            payloads[only] = encode(state_payload(entries, is_complete=is_complete, only=only))
        return payloads[only]

    for connection in tuple(room.connections):
        if PRESENCE_TOPIC not in connection.audience.topics:
            continue
        if not connection.takes_light_news:
            connection.has_missed_presence = True
        elif not is_complete or connection.has_missed_presence:
            connection.has_missed_presence &= not is_complete
            payload = payload_for(connection.audience.only)
            connection.send_text(envelope("PRESENCE_STATE", payload, client_id=connection.actor.client_id))
