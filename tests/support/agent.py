"""A client as a good one behaves: it reconnects, resumes, and sends again what was not acknowledged, in order."""

import asyncio
import json
import random
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.typing import Subprotocol

from tests.support.client import V2, Message
from tests.support.provision import Place

Cells = dict[tuple[str, str], str]
PAUSE_SECONDS = 0.1
MAY_SUCCEED_LATER = ("unavailable", "rate_limited")


@dataclass(frozen=True)
class Edit:
    """A cell's new value, under one ``requestId`` for ever; ``options`` are what else its payload says."""

    request_id: str
    staff_id: str
    date_key: str
    value: str
    options: tuple[tuple[str, Any], ...] = ()


@dataclass
class Agent:
    """Edits cells and holds a replica of one schedule. ``servers`` are tried in turn when one is gone.

    Where the server's past was replaced (another epoch) it syncs in full; with version 2 it then gives up what was not answered
    and shows it to its author (``shown``), with version 1, which knows no epochs, it sends it again.

    ``sent`` is every edit in its order, ``acked`` the version of each acknowledged one by request id, ``refused`` the code of each
    that was refused for good, ``codes`` the codes with which connections were closed, ``heard`` every cell of every broadcast with
    its version. ``ping_seconds``: how long it waits for a sign of life before it asks for one, and then before it leaves.
    """

    name: str
    place: Place
    servers: Sequence[str]
    is_v2: bool = True
    role: str = "manager"
    ping_seconds: float = 20
    cells: Cells = field(default_factory=dict)
    sent: list[Edit] = field(default_factory=list)
    acked: dict[str, int] = field(default_factory=dict)
    errors: list[Message] = field(default_factory=list)
    codes: list[int] = field(default_factory=list)
    versions: list[int] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    heard: list[tuple[int, str, str, str]] = field(default_factory=list)
    shown: list[Edit] = field(default_factory=list)
    is_live: bool = False
    epoch: str = ""
    _version: int | None = None
    _outbox: dict[str, Edit] = field(default_factory=dict)
    _socket: ClientConnection | None = None
    _task: "asyncio.Task[None] | None" = None

    # --- life ---

    def start(self) -> None:
        """Connects, and stays connected until :meth:`stop`."""
        self._task = asyncio.get_running_loop().create_task(self._live())

    async def stop(self) -> None:
        """Goes away."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _live(self) -> None:
        number = random.Random(self.name).randrange(len(self.servers))
        while True:
            try:
                await self._visit(self.servers[number])
            except (OSError, InvalidHandshake, TimeoutError, ConnectionClosed):
                number = (number + 1) % len(self.servers)
            self.is_live, self._socket = False, None
            await asyncio.sleep(PAUSE_SECONDS)

    async def _visit(self, server: str) -> None:
        query: dict[str, str] = {"client": self.name}
        if self.is_v2 and self._version is not None:
            query["since"] = f"{self.epoch}:{self._version}"
        async with connect(
            f"{server.replace('http', 'ws', 1)}/staff-sync?{urlencode(query)}",
            subprotocols=[Subprotocol(V2)] if self.is_v2 else None,
            additional_headers={"Authorization": f"Bearer {self.place.tokens[self.role]}"},
            open_timeout=5,
            close_timeout=1,
            ping_interval=self.ping_seconds,
            ping_timeout=self.ping_seconds,
            proxy=None,
        ) as socket:
            self._socket = socket
            if "since" not in query:
                await self._send("SHIFT_SYNC_REQUEST", {"scheduleId": self.place.schedule})
            try:
                async for frame in socket:
                    for message in _messages(frame):
                        await self._take(message)
            finally:
                if socket.close_code is not None:
                    self.codes.append(socket.close_code)

    # --- doing ---

    async def edit(self, staff_id: str, date_key: str, value: str, **options: Any) -> Edit:
        """Edits a cell now, or as soon as there is a connection."""
        edit = Edit(str(uuid4()), staff_id, date_key, value, tuple(options.items()))
        self.sent.append(edit)
        self._outbox[edit.request_id] = edit
        if self.is_live:
            await self._send_edit(edit)
        return edit

    async def send_again(self, edit: Edit) -> None:
        """Sends an acknowledged request once more, as a client does that missed its ``ACK``."""
        del self.acked[edit.request_id]
        self._outbox[edit.request_id] = edit
        if self.is_live:
            await self._send_edit(edit)

    def forget_after(self, version: int) -> list[Edit]:
        """Takes what it was told of later versions out of its notes: they are no part of the past any more. Returns its edits among them."""
        gone = [edit for edit in self.sent if self.acked.get(edit.request_id, 0) > version]
        for edit in gone:
            del self.acked[edit.request_id]
            self.sent.remove(edit)
        self.heard = [told for told in self.heard if told[0] <= version]
        self.versions = [told for told in self.versions if told <= version]
        return gone

    async def send_as_if_new(self, edit: Edit) -> None:
        """Sends, twice, a request whose acknowledgement :meth:`forget_after` took away, as one does that knows nothing of that."""
        self.sent.append(edit)
        self._outbox[edit.request_id] = edit
        for _ in range(2 if self.is_live else 0):
            await self._send_edit(edit)

    @property
    def is_connected(self) -> bool:
        """Whether it may still be told something."""
        return self._socket is not None

    @property
    def remote_port(self) -> int | None:
        """The port of the server that it is connected to."""
        return self._socket.remote_address[1] if self._socket is not None else None

    @property
    def waiting(self) -> set[str]:
        """The ids of the requests that have not been answered."""
        return set(self._outbox)

    @property
    def unanswered(self) -> list[Edit]:
        """What it has sent, and was told neither of success nor of refusal."""
        return [edit for edit in self.sent if edit.request_id not in self.acked and edit.request_id not in self.refused]

    @property
    def has_all_acked(self) -> bool:
        """Whether nothing waits."""
        return not self._outbox

    @property
    def version(self) -> int:
        """The version that it has reached."""
        return self._version or 0

    async def _send_edit(self, edit: Edit) -> None:
        payload = {
            "scheduleId": self.place.schedule,
            "staffId": edit.staff_id,
            "dateKey": edit.date_key,
            "shiftValue": edit.value,
            **dict(edit.options),
        }
        await self._send("SHIFT_UPDATE", payload, edit.request_id)

    async def _send(self, type: str, payload: dict[str, Any], request_id: str | None = None) -> None:
        message = {"type": type, "payload": payload, "requestId": request_id, "clientId": self.name}
        if self._socket is not None:
            with suppress(ConnectionClosed):
                await self._socket.send(json.dumps(message))

    # --- hearing ---

    async def _take(self, message: Message) -> None:
        type, payload = message["type"], message["payload"]
        match type:
            case "ACK":
                self.acked[message["requestId"]] = payload["version"]
                self._outbox.pop(message["requestId"], None)
            case "SHIFT_SYNC_RESPONSE":
                self._replace(payload["scheduleData"])
                await self._caught_up(message["version"])
            case "SHIFT_BROADCAST":
                self._apply([payload], message.get("version"))
            case "SHIFT_BULK_BROADCAST":
                self._apply(payload["changes"], message["version"])
            case "RESUMED":
                await self._caught_up(message["version"])
            case "RESYNC_REQUIRED":
                self._belongs_to(payload["epoch"])
                await self._send("SHIFT_SYNC_REQUEST", {"scheduleId": self.place.schedule})
            case "CONNECTION_ACK":
                self._belongs_to(payload["epoch"])
            case "ERROR":
                self.errors.append(message)
                self._refuse(message)

    def _belongs_to(self, epoch: str) -> None:
        if self.epoch not in ("", epoch):
            self._version = None
            if self.is_v2:
                self.shown += self._outbox.values()
                self.sent = [edit for edit in self.sent if edit.request_id not in self._outbox]
                self._outbox.clear()
        self.epoch = epoch

    def _refuse(self, message: Message) -> None:
        """Takes a request back that will not be carried out; what may succeed later is sent again."""
        request_id, code = message.get("requestId"), message["payload"]["code"]
        if request_id in self._outbox and code not in MAY_SUCCEED_LATER:
            self.refused[request_id] = code
            del self._outbox[request_id]

    def _replace(self, data: dict[str, dict[str, str]]) -> None:
        self.cells = {(staff_id, day): value for staff_id, row in data.items() for day, value in row.items() if value}

    def _apply(self, changes: list[dict[str, str]], version: int | None) -> None:
        for cell in changes:
            key = (cell["staffId"], cell["dateKey"])
            self.cells[key] = cell["shiftValue"]
            if not cell["shiftValue"]:
                del self.cells[key]
        if version is not None:
            self.heard += [(version, cell["staffId"], cell["dateKey"], cell["shiftValue"]) for cell in changes]
            self.versions.append(version)
            if self._version is not None:  # until it has all, there is nothing to resume from
                self._version = max(self._version, version)

    async def _caught_up(self, version: int) -> None:
        self._version = max(self.version, version)
        if not self.is_live:
            self.is_live = True
            for edit in tuple(self._outbox.values()):
                await self._send_edit(edit)


def _messages(frame: str | bytes) -> list[Message]:
    message: Message = json.loads(frame)
    return message["payload"]["messages"] if message["type"] == "BATCH" else [message]
