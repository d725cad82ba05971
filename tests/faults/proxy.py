"""A TCP proxy before a server, which spoils what passes through it."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field

CHUNK = 1 << 14
SLOW_SECONDS = 0.02


@dataclass
class Proxy:
    """Passes connections to ``port`` of this machine on. Each way of spoiling lasts until :meth:`heal`."""

    port: int
    url: str = ""
    _delay: float = 0.0
    _may_pass: asyncio.Event = field(default_factory=asyncio.Event)
    _is_slow: bool = False
    _server: "asyncio.Server | None" = None
    _writers: set[asyncio.StreamWriter] = field(default_factory=set)

    async def start(self) -> "Proxy":
        self._may_pass.set()
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def stop(self) -> None:
        """Ends it and its connections."""
        if self._server is not None:
            self._server.close()
        self.cut()

    def cut(self) -> None:
        """Ends all connections with a reset."""
        for writer in self._writers:
            writer.transport.abort()

    def delay(self, seconds: float) -> None:
        """Holds back whatever passes."""
        self._delay = seconds

    def fall_silent(self) -> None:
        """Keeps connections open, and passes nothing on: either side believes that the other is there."""
        self._may_pass.clear()

    def slow_down(self) -> None:
        """Passes a few bytes at a time to clients, as to one who hardly reads."""
        self._is_slow = True

    def heal(self) -> None:
        """As before. What was left half open ends now, as it does once either machine finds out."""
        if not self._may_pass.is_set():
            self.cut()
            self._may_pass.set()
        self._delay, self._is_slow = 0.0, False

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        try:
            inner, outer = await asyncio.open_connection("127.0.0.1", self.port)
        except OSError:
            writer.transport.abort()
            self._writers.discard(writer)
            return
        self._writers.add(outer)
        ways = (self._pass(reader, outer, is_answer=False), self._pass(inner, writer, is_answer=True))
        tasks = [asyncio.ensure_future(way) for way in ways]
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            task.cancel()
        for end in (writer, outer):
            end.close()
            self._writers.discard(end)

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, is_answer: bool) -> None:
        with suppress(OSError):
            while data := await reader.read(256 if self._is_slow and is_answer else CHUNK):
                await self._may_pass.wait()
                await asyncio.sleep(SLOW_SECONDS if self._is_slow and is_answer else self._delay)
                writer.write(data)
                await writer.drain()
