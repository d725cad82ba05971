"""Reading the change log for all rooms of a process that lack something: one statement, however many they are.

On PostgreSQL it is asked from the event loop, over a connection of its own: a thread would take the interpreter from the loop while it reads, and a
process that hears of each batch of another has as many to read as it commits itself.
"""

import asyncio
import logging
from uuid import UUID

import psycopg

from shiftsync.core.sql import is_postgresql
from shiftsync.realtime.events import LoggedChange
from shiftsync.realtime.stream.database import run_db
from shiftsync.realtime.stream.log import after_many, changes_in, read_after_many
from shiftsync.realtime.stream.pipeline import Lost, Pipeline

logger = logging.getLogger(__name__)

Found = dict[UUID, list[LoggedChange]]

PAGE = 500
APPLICATION = "shiftsync-log"


class LogReader:
    """Answers rooms one read at a time: those that ask while one is under way share the next, as do those that one hint has woken.

    ``application``: how PostgreSQL lists its connection, which is open from the first read until :meth:`close`.
    """

    def __init__(self, application: str = APPLICATION) -> None:
        self._asked: dict[UUID, tuple[int, asyncio.Future[list[LoggedChange]]]] = {}
        self._reader: asyncio.Task[None] | None = None
        self._pipeline = Pipeline(application)

    async def close(self) -> None:
        """Ends what is under way, and the connection."""
        if self._reader is not None:
            self._reader.cancel()
            await asyncio.gather(self._reader, return_exceptions=True)
        await self._pipeline.close()

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
            found = await self._found(since)
        except Exception as error:
            for future in waiting.values():
                if not future.done():
                    future.set_exception(error)
            return
        for restaurant_id, future in waiting.items():
            if not future.done():
                future.set_result(found.get(restaurant_id, []))

    async def _found(self, since: dict[UUID, int]) -> Found:
        """On a thread where there is no such connection, and where more must be read than what the log holds."""
        if is_postgresql():
            try:
                found = changes_in(await self._pipeline.ask(*after_many(since, PAGE), since))
            except Lost:
                pass  # which is logged there
            except psycopg.Error as error:
                logger.warning("hub.log_reader error=%r", error)
            else:
                if found is not None:
                    return found
        return await run_db(read_after_many, since, PAGE)
