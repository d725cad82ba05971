"""The hub: one per process and event loop, between the change log and the sockets.

Three things wake it: commits of this process, hints from other processes over the channel layer, and a poll of the
database each second. The log is authoritative; all else only says when to look at it.
"""

import asyncio
import logging
import time
import weakref
from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any
from uuid import UUID

from channels.layers import get_channel_layer
from django.conf import settings

from shiftsync.core.encoding import decode, encode
from shiftsync.core.errors import RateLimited
from shiftsync.core.fence import within
from shiftsync.core.metrics import HINTS_LOST, HUB_LAG
from shiftsync.core.probes import register_probe
from shiftsync.core.tracing import Spot, moment, record
from shiftsync.realtime.events import LoggedChange
from shiftsync.realtime.hub.canary import Canary
from shiftsync.realtime.hub.connection import Connection
from shiftsync.realtime.hub.ephemeral import EphemeralNews
from shiftsync.realtime.hub.gathered import Gathered
from shiftsync.realtime.hub.log_reader import LogReader
from shiftsync.realtime.hub.presence import ANNOUNCE_EVERY_SECONDS, FORGOTTEN_AFTER_SECONDS
from shiftsync.realtime.hub.presence_news import PresenceNews, repeat_presence
from shiftsync.realtime.hub.roll_call import keep_calling
from shiftsync.realtime.hub.room import LogHole, Room
from shiftsync.realtime.models import Stream
from shiftsync.realtime.stream.announce import listen, stop_listening
from shiftsync.realtime.stream.database import run_db, run_db_in
from shiftsync.realtime.stream.lanes import Lanes
from shiftsync.realtime.stream.selectors import installation_id, position_of

logger = logging.getLogger(__name__)

POLL_SECONDS = 1.0
LATE_POLL_SECONDS = 5.0
RESTART_PAUSE_SECONDS = 0.5
FULL_PAUSE_SECONDS = 30.0
RECANCEL_SECONDS = 0.1


def group_of(installation: UUID, restaurant_id: UUID) -> str:
    """The channel layer's group for a restaurant. It includes the installation, since others on the same layer may have
    a restaurant with the same id."""
    return f"{installation.hex}.restaurant.{restaurant_id}"


def hints_group_of(installation: UUID) -> str:
    """The channel group of all processes, over which they exchange the latest versions of restaurants."""
    return f"{installation.hex}.hints"


class Hub:
    """Holds the rooms of this process. All methods but :meth:`on_commit` belong to its event loop."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.rooms: dict[UUID, Room] = {}
        self._by_user: Counter[UUID | None] = Counter()
        self.lanes = Lanes()
        self._log = LogReader()
        self.gathered = Gathered()
        self.polled_at = time.monotonic()
        self._joining: dict[UUID, asyncio.Lock] = {}
        self._room_tasks: dict[UUID, asyncio.Task[None]] = {}
        self._ephemeral = EphemeralNews()
        self.presence = PresenceNews(self.loop, self._publish_soon)
        self._poll_thread = ThreadPoolExecutor(1, thread_name_prefix="shiftsync-poll")
        self._layer: Any = get_channel_layer()
        self.canary = Canary(self._tell_all)
        self._installation: UUID | None = None
        self._channel: str | None = None
        self._hints: dict[UUID, int] = {}
        self._traces: dict[UUID, dict[int, Spot]] = {}
        self._hint_wake = asyncio.Event()
        self._tasks = [
            self.loop.create_task(self._supervise(name, run))
            for name, run in {
                "poll": self._poll,
                "light": self._poll_light,
                "listen": self._listen,
                "hint": self._send_hints,
                "presence": self._keep_presence,
                "roll": self._call_roll,
                "canary": self._keep_canary,
            }.items()
        ]
        listen(self.on_commit)

    @property
    def connection_count(self) -> int:
        """How many sockets are open here."""
        return sum(len(room.connections) for room in self.rooms.values())

    async def _call_roll(self) -> None:
        await keep_calling(lambda: [connection for room in self.rooms.values() for connection in room.connections])

    async def _keep_canary(self) -> None:
        await self.canary.keep_editing(settings.CONFIG.canary_seconds)

    async def close(self) -> None:
        """Ends every task. For tests and for the end of the process."""
        stop_listening(self.on_commit)
        tasks = [*self._tasks, *self._room_tasks.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.lanes.close()
        await self.gathered.close()
        await self._log.close()
        self._poll_thread.shutdown(wait=False)

    # --- joining and leaving ---

    async def join(self, connection: Connection) -> Room:
        """Registers the connection, held, in its restaurant's room. Raises ``NotFound`` for an unknown restaurant, and
        ``RateLimited`` where its user or the restaurant has too many."""
        restaurant_id = connection.actor.restaurant_id
        async with self._joining.setdefault(restaurant_id, asyncio.Lock()):
            room = self.rooms.get(restaurant_id)
            if room is None:
                room = await self._open(restaurant_id)
            self._require_room(connection, room)
            connection.hold()
            room.add(connection)
            self._by_user[connection.actor.user_id] += 1
        return room

    def _require_room(self, connection: Connection, room: Room) -> None:
        limits, user_id = settings.CONFIG.limits, connection.actor.user_id
        if user_id is not None and self._by_user[user_id] >= limits.sockets_per_user:
            raise RateLimited("You have too many connections open; close some.", retry_after=FULL_PAUSE_SECONDS)
        if len(room.connections) >= limits.sockets_per_restaurant:
            raise RateLimited("The restaurant has too many connections open.", retry_after=FULL_PAUSE_SECONDS)

    async def _open(self, restaurant_id: UUID) -> Room:
        position = await run_db(position_of, restaurant_id)
        room = Room(restaurant_id, position.epoch, position.version, self._log)
        self.rooms[restaurant_id] = room
        self._room_tasks[restaurant_id] = self.loop.create_task(self._supervise("room", partial(self._run_room, room)))
        self._in_background(self._join_group(restaurant_id))
        return room

    def leave(self, connection: Connection) -> None:
        """Forgets the connection; the last one out closes the room."""
        room = self.rooms.get(connection.actor.restaurant_id)
        if room is None or connection not in room.connections:
            return
        room.discard(connection)
        self._by_user[connection.actor.user_id] -= 1
        if not self._by_user[connection.actor.user_id]:
            del self._by_user[connection.actor.user_id]
        gone = room.roster.drop_here(connection.connection_id)
        if gone is not None:
            self.presence.tell(room, [gone], is_own=True)
        if not room.connections:
            self._shut(room)

    def _shut(self, room: Room) -> None:
        # Its lock is kept: somebody may be waiting for it, and a second lock would let them open a second room.
        del self.rooms[room.restaurant_id]
        self._room_tasks.pop(room.restaurant_id).cancel()
        self._in_background(self._leave_group(room.restaurant_id))

    # --- commits of this process ---

    def on_commit(self, restaurant_id: UUID, changes: Sequence[LoggedChange]) -> None:
        """Takes changes that were committed in this process, from any thread."""
        if self._runs_here():
            self._committed(restaurant_id, changes)
            return
        try:
            self.loop.call_soon_threadsafe(self._committed, restaurant_id, changes)
        except RuntimeError:  # the loop is closed, so nobody is connected here any more
            stop_listening(self.on_commit)

    def _runs_here(self) -> bool:
        try:
            return asyncio.get_running_loop() is self.loop
        except RuntimeError:
            return False

    def _committed(self, restaurant_id: UUID, changes: Sequence[LoggedChange]) -> None:
        room = self.rooms.get(restaurant_id)
        if room is not None:
            room.receive(changes)
        self._hints[restaurant_id] = max(self._hints.get(restaurant_id, 0), changes[-1].version)
        traced = {change.version: change.trace for change in changes if change.trace is not None}
        if traced:
            self._traces.setdefault(restaurant_id, {}).update(traced)
        self._hint_wake.set()

    # --- hints: sent by a background task, one for all commits since the last ---

    async def _send_hints(self) -> None:
        while True:
            await self._hint_wake.wait()
            self._hint_wake.clear()
            (hints, self._hints), (traces, self._traces), since = (self._hints, {}), (self._traces, {}), moment()
            try:
                await self._tell_all({"versions": hints, **({"traces": traces} if traces else {})})
            except Exception:
                HINTS_LOST.inc(len(hints))
                raise
            for spot in (spot for spots in traces.values() for spot in spots.values()):
                record("publish", spot, since)

    async def _tell_all(self, news: dict[str, Any]) -> None:
        await self._send(hints_group_of(await self._named()), news)

    async def _publish(self, restaurant_id: UUID, news: dict[str, Any]) -> None:
        await self._send(await self._group_of(restaurant_id), {"restaurant": restaurant_id, **news})

    async def _send(self, group: str, news: dict[str, Any]) -> None:
        await self._layer.group_send(group, {"type": "hub.news", "text": encode({"from": self._channel, **news})})

    async def _group_of(self, restaurant_id: UUID) -> str:
        return group_of(await self._named(), restaurant_id)

    async def _named(self) -> UUID:
        if self._installation is None:
            self._installation = await run_db(installation_id)
        return self._installation

    def _publish_soon(self, restaurant_id: UUID, news: dict[str, Any]) -> None:
        self._in_background(self._publish(restaurant_id, news))

    async def _listen(self) -> None:
        self._channel = channel = await self._layer.new_channel((await self._named()).hex)
        await self._layer.group_add(hints_group_of(await self._named()), channel)
        for restaurant_id in tuple(self.rooms):
            await self._join_group(restaurant_id)
        while True:
            message = await self._layer.receive(channel)
            self._heard(decode(message["text"]))

    def _heard(self, news: dict[str, Any]) -> None:
        if "canary" in news:
            self.canary.hear(news["canary"])
        if news["from"] == self._channel:
            return
        traces = news.get("traces", {})
        for name, version in news.get("versions", {}).items():
            room = self.rooms.get(UUID(name))
            if room is not None:
                room.hear(version, {int(each): spot for each, spot in traces.get(name, {}).items()})
        if "presence" in news:
            self._hear_presence(self.rooms.get(UUID(news["restaurant"])), news["presence"])

    def _hear_presence(self, room: Room | None, entries: Sequence[dict[str, Any]]) -> None:
        if room is None:
            return
        for entry in entries:
            if room.roster.set_elsewhere(entry, self.loop.time()):
                self.presence.tell(room, [entry], is_own=False)

    async def _join_group(self, restaurant_id: UUID) -> None:
        if self._channel is not None:
            await self._layer.group_add(await self._group_of(restaurant_id), self._channel)

    async def _leave_group(self, restaurant_id: UUID) -> None:
        if self._channel is not None and restaurant_id not in self.rooms:
            await self._layer.group_discard(await self._group_of(restaurant_id), self._channel)

    # --- the poll ---

    async def _poll(self) -> None:
        while True:
            if self.rooms:
                rows = await run_db_in(self._poll_thread, partial(_positions, tuple(self.rooms)))
                for restaurant_id, epoch, version in rows:
                    self._polled(restaurant_id, epoch, version)
            self.polled_at = time.monotonic()
            HUB_LAG.set(max((room.lag for room in self.rooms.values()), default=0))
            await asyncio.sleep(POLL_SECONDS)

    async def _poll_light(self) -> None:
        while True:
            if self.rooms:
                for message in await run_db_in(self._poll_thread, partial(self._ephemeral.fresh, tuple(self.rooms))):
                    room = self.rooms.get(message.restaurant_id)
                    if room is not None:
                        message.send(tuple(room.connections))
            await asyncio.sleep(POLL_SECONDS)

    def _polled(self, restaurant_id: UUID, epoch: str, version: int) -> None:
        room = self.rooms.get(restaurant_id)
        if room is None:
            return
        if room.epoch != epoch:
            room.restart(epoch, version)
        else:
            room.expect(version)

    async def _run_room(self, room: Room) -> None:
        try:
            await room.run()
        except LogHole as hole:
            about = {"restaurant": room.restaurant_id, "version": room.position}
            logger.warning("hub.log_hole %s", hole, extra=about)
            position = await run_db(position_of, room.restaurant_id)
            room.restart(position.epoch, position.version)

    # --- presence ---

    async def _keep_presence(self) -> None:
        while True:
            await asyncio.sleep(ANNOUNCE_EVERY_SECONDS)
            for room in tuple(self.rooms.values()):
                silent = room.roster.forget(self.loop.time() - FORGOTTEN_AFTER_SECONDS)
                if silent:
                    self.presence.tell(room, silent, is_own=False)
                repeat_presence(room)
                here = room.roster.here()
                if here:
                    await self._publish(room.restaurant_id, {"presence": here})

    # --- keeping alive ---

    async def _supervise(self, name: str, run: Callable[[], Coroutine[Any, Any, None]]) -> None:
        while True:
            task = self.loop.create_task(run())
            try:
                await asyncio.shield(task)
            except asyncio.CancelledError:
                await _ended(task)
                raise
            except Exception as error:
                logger.warning("hub.restart task=%s error=%r", name, error)
            await asyncio.sleep(RESTART_PAUSE_SECONDS)

    def _in_background(self, work: Coroutine[Any, Any, None]) -> None:
        task = self.loop.create_task(_quietly(work))
        _background.add(task)
        task.add_done_callback(_background.discard)


_background: set[asyncio.Task[None]] = set()
_hubs: "weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, Hub]" = weakref.WeakKeyDictionary()


def hub() -> Hub:
    """The hub of the running event loop; made when it is first asked for."""
    loop = asyncio.get_running_loop()
    found = _hubs.get(loop)
    if found is None:
        found = _hubs[loop] = Hub()
    return found


def hubs() -> list[Hub]:
    """Every hub of this process."""
    return list(_hubs.values())


async def _ended(task: asyncio.Task[None]) -> None:
    """Cancels until the task has ended. redis-py may swallow a cancellation while it connects, and the task would then
    wait for a message for ever."""
    while not task.done():
        task.cancel()
        await asyncio.wait([task], timeout=RECANCEL_SECONDS)
    if not task.cancelled():
        task.exception()


async def _quietly(work: Coroutine[Any, Any, None]) -> None:
    """Runs work that may fail without harm: the poll makes up for a lost hint."""
    try:
        await work
    except Exception as error:
        logger.warning("hub.layer error=%r", error)


def _positions(restaurant_ids: Sequence[UUID]) -> list[tuple[UUID, str, int]]:
    rows = Stream.objects.filter(restaurant_id__in=restaurant_ids).values_list("restaurant_id", "epoch", "version")
    with within(*restaurant_ids):
        return [(restaurant_id, str(epoch), version) for restaurant_id, epoch, version in rows]


def _probe() -> tuple[bool, dict[str, Any]]:
    late = max((time.monotonic() - found.polled_at for found in hubs()), default=0.0)
    return late < LATE_POLL_SECONDS, {
        "clients": sum(found.connection_count for found in hubs()),
        "secondsSincePoll": round(late, 3),
    }


def _canary_probe() -> tuple[bool, Any]:
    """How the canary's last edit went. It makes no process unready: where none can write, people may still read."""
    return True, next((found.canary.last for found in hubs()), None)


register_probe("hub", _probe)
register_probe("canary", _canary_probe)
