"""Reading the change log for all rooms of a process that lack something: one statement, however many they are."""

import asyncio
from uuid import UUID

from shiftsync.realtime.events import LoggedChange
from shiftsync.realtime.stream.database import run_db
from shiftsync.realtime.stream.log import read_after_many

PAGE = 500


class LogReader:
    """Answers rooms one read at a time: those that ask while one is under way share the next, as do those that one hint has woken."""

    def __init__(self) -> None:
        self._asked: dict[UUID, tuple[int, asyncio.Future[list[LoggedChange]]]] = {}
        self._reader: asyncio.Task[None] | None = None

    async def after(self, restaurant_id: UUID, since: int) -> list[LoggedChange]:
        """A page of the changes with versions above ``since``. A restaurant has one room here, which asks for one thing at a time."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[list[LoggedChange]] = loop.create_future()
        self._asked[restaurant_id] = (since, future)
        if self._reader is None:
            self._reader = loop.create_task(self._read())
        return await future

    async def _read(self) -> None:
        try:
            while self._asked:
                asked, self._asked = self._asked, {}
                await self._answer(asked)
        finally:
            self._reader = None

    async def _answer(self, asked: dict[UUID, tuple[int, "asyncio.Future[list[LoggedChange]]"]]) -> None:
        waiting = {restaurant_id: future for restaurant_id, (_, future) in asked.items() if not future.done()}
        try:
            since = {restaurant_id: asked[restaurant_id][0] for restaurant_id in waiting}
            found = await run_db(read_after_many, since, PAGE)
        except Exception as error:
            for future in waiting.values():
                if not future.done():
                    future.set_exception(error)
            return
        for restaurant_id, future in waiting.items():
            if not future.done():
                future.set_result(found.get(restaurant_id, []))
