"""How the load generator speaks with each server: greeting, an edit, its acknowledgement.

An edit's value is a mark, ``~12~``, that is found again in whatever frame tells of it.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Protocol
from uuid import uuid4

from benchmarks.peers.yjs import Document, authentication, is_applied, is_let_in
from benchmarks.sockets import BINARY, Socket, connect, open_socket
from benchmarks.worlds import World, message


@dataclass(frozen=True, slots=True)
class Seat:
    """One socket's place: ``number`` counts those of its restaurant, which is the ``table``-th of them; the first ``writers`` write."""

    world: World
    table: int
    number: int
    writers: int

    def cell(self, edit: int) -> tuple[str, str]:
        """Staff and day of its ``edit``-th edit: seats have cells of their own, as people mostly have.

        Of two who set the same key at the same time, Yjs forgets what the one wrote before anybody hears of it, and the load would wait for ever.
        """
        staff, days = self.world.staff_ids, self.world.days
        sharing = -(-self.writers // len(staff))
        own = days[self.number // len(staff) % sharing :: sharing]
        return staff[self.number % len(staff)], own[edit % len(own)]


class Dialect(Protocol):
    """A server's language."""

    async def connect(self, port: int, seat: Seat) -> Socket:
        """A socket that was greeted, and hears what others in its restaurant do."""

    def edit(self, socket: Socket, seat: Seat, edit: int, mark: str) -> None:
        """Sends an edit."""

    def is_acknowledgement(self, frame: bytes) -> bool:
        """Whether the frame answers the socket's own edit."""


class ShiftSync:
    """The product, as version 2 clients speak with it."""

    async def connect(self, port: int, seat: Seat) -> Socket:
        tokens: Sequence[str] = seat.world.tokens
        return await connect(port, tokens[seat.number % len(tokens)])

    def edit(self, socket: Socket, seat: Seat, edit: int, mark: str) -> None:
        staff, day = seat.cell(edit)
        payload = {"scheduleId": seat.world.schedule_id, "staffId": staff, "dateKey": day, "shiftValue": mark}
        socket.send(message("SHIFT_UPDATE", payload))

    def is_acknowledgement(self, frame: bytes) -> bool:
        return frame.startswith(b'{"type":"ACK"')


class SocketIo:
    """Engine.IO 4 over a WebSocket: ``42`` an event, ``43`` its acknowledgement, ``2`` a ping."""

    async def connect(self, port: int, seat: Seat) -> Socket:
        socket = Socket(f"/socket.io/?EIO=4&transport=websocket&restaurant={seat.world.restaurant_id}", [])
        socket.answers = {b"2": b"3"}
        await open_socket(socket, port, b"0{")
        greeted = socket.expect_start(b"40")
        socket.send(b"40")
        await greeted
        return socket

    def edit(self, socket: Socket, seat: Seat, edit: int, mark: str) -> None:
        staff, day = seat.cell(edit)
        world = seat.world
        content = {
            "restaurant": str(world.restaurant_id),
            "schedule": world.schedule_id,
            "user": str(world.user_ids[seat.number % len(world.user_ids)]),
            "staff": staff,
            "date": day,
            "value": mark,
            "requestId": str(uuid4()),
        }
        socket.send(b"421" + json.dumps(["edit", content]).encode())

    def is_acknowledgement(self, frame: bytes) -> bool:
        return frame.startswith(b"43")


@dataclass
class Hocuspocus:
    """Yjs: each seat is a client of its own, and sets the keys of a map."""

    _documents: dict[Socket, Document] = field(default_factory=dict)
    _clients: "count[int]" = field(default_factory=lambda: count(1))

    async def connect(self, port: int, seat: Seat) -> Socket:
        document = Document(str(seat.world.restaurant_id), next(self._clients))
        socket = Socket("/", [])
        await open_socket(socket, port)
        self._documents[socket] = document
        greeted = socket.expect_that(is_let_in)
        socket.send(authentication(document.name), BINARY)
        await greeted
        return socket

    def edit(self, socket: Socket, seat: Seat, edit: int, mark: str) -> None:
        staff, day = seat.cell(edit)
        socket.send(self._documents[socket].set(f"{staff}/{day}", mark), BINARY)

    def is_acknowledgement(self, frame: bytes) -> bool:
        return is_applied(frame)
