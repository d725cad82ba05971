"""A connection to PostgreSQL on the event loop, for the one who commits for many restaurants, and the one who reads what others
have committed: two round trips a transaction, or one to read.

A dedicated thread made half as many edits a second, and a connection of Django's pool a third: each statement waited for the thread's
turn among those that deliver frames.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Collection, Sequence
from typing import Any, TypeVar
from uuid import UUID

import psycopg
from django.db import connection
from psycopg.adapt import Transformer

from shiftsync.core.fence import SETTING, scope_of
from shiftsync.core.queries import BoundQuery
from shiftsync.realtime.stream.exchange import Asked, Exchange

Result = TypeVar("Result")

logger = logging.getLogger(__name__)

ANSWER_SECONDS = 10.0
"""How long the database may take over one round trip before the connection counts as lost."""
APPLICATION = "shiftsync-lane"
"""How PostgreSQL lists the connection."""
PARAMETERS = {
    # A plan costs more than the few rows that it finds, most of all below the policies of row-level security. Left to itself, PostgreSQL
    # plans each anew that looks for a list: it takes a list that it does not know yet to have ten members.
    "plan_cache_mode": "force_generic_plan",
    # What is locked beyond the streams holds up all who are in the batch; whom it concerns waits alone, afterwards.
    "lock_timeout": "250ms",
    "timezone": "UTC",
}
PLANS_KEPT_SECONDS = 10.0
"""How long a plan may be used. One that was made while a table was small reads the whole of it, however large it has become since."""


class Lost(Exception):
    """The connection is gone. Whether what was being committed has been, the database knows: ask again with the same ids."""


class Pipeline:
    """The connection; it is opened when it is needed. A transaction is :meth:`begin`, then :meth:`commit` or :meth:`give_up`; or :meth:`ask` alone.

    ``application`` is how PostgreSQL lists it."""

    def __init__(self, application: str = APPLICATION) -> None:
        self._application = application
        self._connection: psycopg.AsyncConnection[Any] | None = None
        self._exchange = Exchange()
        self._planned_at = 0.0

    async def begin(self, questions: Sequence[BoundQuery], restaurants: Collection[UUID]) -> list[list[Any]]:
        """Begins a transaction about those restaurants, and asks; the rows that answer each question. Raises :class:`Lost`, or what the database refused."""
        return await self._carried(self._begin(await self._opened(), questions, scope_of(*restaurants)))

    async def ask(self, sql: str, parameters: Sequence[Any], restaurants: Collection[UUID]) -> list[Any]:
        """The rows that answer a question about those restaurants, in a transaction of its own. Raises as :meth:`begin` does."""
        on = await self._opened()
        try:
            return await self._carried(self._ask(on, sql, parameters, scope_of(*restaurants)))
        except psycopg.Error:
            await self.give_up()
            raise

    async def commit(self, statements: Sequence[tuple[str, Sequence[Any]]]) -> None:
        """Executes the statements and commits. Raises as :meth:`begin` does; unless it raises ``Lost``, nothing has happened then."""
        await self._carried(self._commit(await self._opened(), statements))

    async def give_up(self) -> None:
        """Ends the transaction without a trace."""
        if self._connection is not None:
            try:
                await self._carried(self._exchange.forget(self._connection))
            except (Lost, psycopg.Error):
                await self.close()

    async def close(self) -> None:
        """Closes the connection."""
        lost, self._connection = self._connection, None
        if lost is not None:
            await lost.close()

    async def _opened(self) -> "psycopg.AsyncConnection[Any]":
        if self._connection is None or self._connection.closed:
            try:
                self._connection = await psycopg.AsyncConnection.connect(**_parameters(self._application))
                self._connection.pgconn.enter_pipeline_mode()
            except psycopg.Error as error:
                raise Lost from error
            self._exchange = Exchange()
        return self._connection

    async def _carried(self, work: Awaitable[Result]) -> Result:
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                return await work
        except (TimeoutError, psycopg.Error) as error:
            if isinstance(error, TimeoutError) or self._connection is None or self._connection.closed:
                logger.warning("lane.connection_lost error=%r", error)
                await self.close()
                raise Lost from error
            raise
        except asyncio.CancelledError:
            await self.close()
            raise

    async def _begin(
        self, on: "psycopg.AsyncConnection[Any]", questions: Sequence[BoundQuery], scope: str
    ) -> list[list[Any]]:
        before: list[Asked] = [("BEGIN", None), *self._plans_discarded(), (f"SET LOCAL {SETTING} = '{scope}'", None)]
        asked = [(each.sql, each.parameters) for each in questions if each.parameters is not None]
        answers = await self._exchange.carry_out(on, [*before, *asked])  # one after the other, in their order
        rest = iter(answers[len(before) :])
        reader: Any = Transformer(on)
        return [[] if each.parameters is None else each.told(_rows(reader, next(rest))) for each in questions]

    def _plans_discarded(self) -> list[Asked]:
        if time.monotonic() - self._planned_at < PLANS_KEPT_SECONDS:
            return []
        self._planned_at = time.monotonic()
        return [("DISCARD PLANS", None)]  # without waiting for autovacuum: who plans looks at how large the tables are

    async def _ask(
        self, on: "psycopg.AsyncConnection[Any]", sql: str, parameters: Sequence[Any], scope: str
    ) -> list[Any]:
        before: list[Asked] = [("BEGIN", None), *self._plans_discarded(), (f"SET LOCAL {SETTING} = '{scope}'", None)]
        *_, answer, _ = await self._exchange.carry_out(on, [*before, (sql, parameters), ("COMMIT", None)])
        return _rows(Transformer(on), answer)

    async def _commit(
        self, on: "psycopg.AsyncConnection[Any]", statements: Sequence[tuple[str, Sequence[Any]]]
    ) -> None:
        await self._exchange.carry_out(on, [*statements, ("COMMIT", None)])


def _rows(reader: Any, answer: Any) -> list[Any]:
    """The rows of a result, as the connection's types make Python values of them."""
    reader.set_pgresult(answer)
    rows: list[Any] = reader.load_rows(0, answer.ntuples, tuple)
    return rows


def _parameters(application: str) -> dict[str, Any]:
    """Those of Django's connections, with our own in place of some."""
    parameters = dict(connection.get_connection_params())
    parameters.pop("cursor_factory", None)
    own = " ".join(f"-c {name}={value}" for name, value in PARAMETERS.items())
    return {
        **parameters,
        "application_name": application,
        "autocommit": True,
        "options": f"{parameters.get('options', '')} {own}".strip(),
    }
